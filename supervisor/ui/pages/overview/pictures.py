"""States of the start page for pictures."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from supervisor.errors import UnreachableError
from supervisor.pictures import periods

if TYPE_CHECKING:
    from supervisor.ui.pages.overview.page import OverviewPage


def steps(page: "OverviewPage") -> list[tuple[str, Callable[[], object]]]:
    """Name of the picture, and what brings the page there."""
    return [
        ("overview-month", lambda: _month(page)),
        ("overview-below", lambda: _below(page)),
        ("overview-table", page.parts.charts["flag_rates"].show_table),
        ("overview-card-failed", lambda: _failed(page)),
    ]


def _month(page: "OverviewPage") -> None:
    page.period.choose(periods.MONTH)
    if page.figures is not None:
        page.figures.choose_period(periods.MONTH)


def _below(page: "OverviewPage") -> None:
    bar = page.area.verticalScrollBar()
    bar.setValue(bar.maximum())


def _failed(page: "OverviewPage") -> None:
    page.area.verticalScrollBar().setValue(0)
    card = page.parts.charts["intakes"]
    card.show_trouble(UnreachableError("database_unreachable"), page.refresh)
