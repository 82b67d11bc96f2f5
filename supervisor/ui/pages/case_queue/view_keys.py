"""What a saved view is known by and called on the screen."""

from supervisor.i18n import mark, tr
from supervisor.models.rows.saved_view import SavedViewRow

BUILTIN = {
    "today": mark("Must do today"),
    "first_look": mark("Awaiting first look"),
    "recall": mark("Recall list"),
    "unreported": mark("Today's visits not reported"),
    "promise_today": mark("Promises due today"),
    "awaiting_data": mark("Due, awaiting payment data"),
    "promise_broken": mark("Not kept, to follow up"),
    "plan_requested": mark("Plan requests to answer"),
    "untouched": mark("No visit for over 7 days"),
    "ending": mark("Hold or retention ending"),
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
