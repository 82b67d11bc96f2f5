"""No rows: which conditions keep them away, and what would be there without each."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal

from supervisor.errors import SupervisorError, UnreachableError
from supervisor.i18n import ntr, tr
from supervisor.ui.pages.case_queue.filters import Condition
from supervisor.ui.widgets import EmptyState
from supervisor.words import sentence_of

MOST_OFFERS = 4


class AbsentQueue(EmptyState):
    """Nothing could be read yet: why, and another try.

    Signals:
        again: the person wants another try.
    """

    again = Signal()

    def show_error(self, error: SupervisorError) -> None:
        """Say what is wrong."""
        away = isinstance(error, UnreachableError)
        self.show_state(
            tr("The cases could not be read"),
            sentence_of(error),
            [(tr("Try again"), self.again.emit)],
            "wifi-off" if away else "circle-alert",
        )


class EmptyQueue(EmptyState):
    """The empty state of the queue.

    Signals:
        cleared: every condition is to go. removed: the key of one.
    """

    cleared = Signal()
    removed = Signal(str)

    def show_conditions(self, found: Sequence[Condition], without: Mapping[str, int]) -> None:
        """Say it; `without` holds how many cases there are without a condition, as known."""
        if not found:
            text = tr("Import cases, or ask for access to a branch.")
            self.show_state(tr("No cases here"), text, (), "inbox")
            return
        actions: list[tuple[str, Callable[[], object]]] = [
            (tr("Clear all conditions"), self.cleared.emit)
        ]
        for one in found:
            n = without.get(one.key, 0)
            if n:
                text = ntr(
                    "Without “{what}”: {n:,} case",
                    "Without “{what}”: {n:,} cases",
                    n,
                    what=one.text,
                )
                actions.append((text, partial(self.removed.emit, one.key)))
        title = (
            tr("No case meets the condition")
            if len(found) == 1
            else ntr("No case meets {n} condition", "No case meets all {n} conditions", len(found))
        )
        what = " · ".join(one.text for one in found)
        self.show_state(title, what, actions[:MOST_OFFERS], "funnel-x")
