"""States of the queue page for pictures of every screen."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supervisor.ui.pages.case_queue.page import CaseQueuePage

Step = tuple[str, Callable[[], object]]
DIALOGS = {"reassign": "reassign", "hold": "hold", "follow-up": "note", "plan-visit": "plan"}


def steps(page: "CaseQueuePage") -> list[Step]:
    """Name and preparation of each picture, in order; a dialog is returned to be taken alone."""

    def conditions() -> None:
        page.filters.more.setChecked(True)

    def alone() -> None:
        page.filters.more.setChecked(False)
        page.open_case(full=True)

    def beside() -> None:
        page.set_full(on=False)

    def ticked() -> None:
        page.close_case()
        page.model.tick_range(3, 6)

    of_page: list[Step] = [("conditions", conditions), ("columns", page.table.choose_columns)]
    if not page.model.total:
        return of_page
    return [
        *of_page,
        *((name, partial(page.acts.show, act)) for name, act in DIALOGS.items()),
        ("case-page", alone),
        ("reveal", partial(page.acts.reveal, "phones")),
        ("case", beside),
        ("queue-bulk", ticked),
    ]
