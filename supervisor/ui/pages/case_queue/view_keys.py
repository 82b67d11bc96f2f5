"""What a saved view is known by on the screen."""

from supervisor.models.rows.saved_view import SavedViewRow


def view_key(view: SavedViewRow) -> str:
    """Its ready-made name, or its number."""
    return view.builtin or f"view-{view.view_id}"
