"""States of the workloads page for pictures."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from supervisor.errors import UnreachableError

if TYPE_CHECKING:
    from supervisor.ui.pages.workloads.page import WorkloadsPage


def steps(page: "WorkloadsPage") -> list[tuple[str, Callable[[], object]]]:
    """Name of the picture, and what brings the page there."""
    return [
        ("workloads-split", lambda: page.show_view("split")),
        ("workloads-choice", lambda: _choose(page)),
        ("workloads-table", lambda: _table(page)),
        ("workloads-card-failed", lambda: _failed(page)),
    ]


def _choose(page: "WorkloadsPage") -> None:
    for row in (0, 2):
        page.split.model.tick(row, on=False)


def _table(page: "WorkloadsPage") -> object:
    page.show_view("loads")
    return page.loads.show_table()


def _failed(page: "WorkloadsPage") -> None:
    page.funnel.show_trouble(UnreachableError("database_unreachable"), page.refresh)
