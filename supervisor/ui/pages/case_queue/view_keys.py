"""What a saved view is known by and called on the screen."""

from supervisor.i18n import mark, tr
from supervisor.models.rows.saved_view import SavedViewRow

BUILTIN = {
    "today": mark("Must do today"),
    "first_look": mark("Awaiting first look"),
    "recall": mark("Recall list"),
    "unreported": mark("Unreported today"),
    "promise_today": mark("Due today"),
    "awaiting_data": mark("Awaiting data"),
    "promise_broken": mark("Promise not kept"),
    "plan_requested": mark("Plan requests"),
    "untouched": mark("No visit > 7 days"),
    "ending": mark("Hold ending soon"),
    "new_this_week": mark("New this week"),
    "my_people": mark("My people"),
}


def view_key(view: SavedViewRow) -> str:
    """Its ready-made name, or its number."""
    return view.builtin or f"view-{view.view_id}"


def view_name(view: SavedViewRow) -> str:
    """The name as people read it; ready-made ones are translated."""
    if view.builtin is None:
        return view.name
    known = BUILTIN.get(view.builtin)
    return tr(known) if known else view.builtin
