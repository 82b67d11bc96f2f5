"""States of the incidents page for pictures."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from supervisor.models.enums_incidents import FlagMove

if TYPE_CHECKING:
    from supervisor.ui.pages.incidents.page import IncidentsPage


def steps(page: "IncidentsPage") -> list[tuple[str, Callable[[], object]]]:
    """Name of the picture, and what brings the page there."""
    return [
        ("incident-look", lambda: page.acts.move(FlagMove.LOOK)),
        ("incident-step", page.acts.add_step),
        ("incidents-course", page.show_course),
        ("incidents-month", lambda: page.use_period("month")),
        ("incidents-none", lambda: page.filters.chosen.emit({"search": "ZZ0000000000"})),
        ("complaints", lambda: _complaints(page)),
        ("incidents-week", lambda: _back(page)),
    ]


def _complaints(page: "IncidentsPage") -> None:
    page.clear()
    page.show_mode("complaints")


def _back(page: "IncidentsPage") -> None:
    page.show_mode("handling")
    page.use_period("week")
