"""What the start page asks for, and how reasons are grouped by urgency."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from supervisor import clock
from supervisor.i18n import tr
from supervisor.models.enums import QueueReason
from supervisor.models.queries.directory import branches
from supervisor.models.queries.overview import composition, overview
from supervisor.models.rows.case_queue import CaseQueueFilter
from supervisor.models.rows.directory import BranchRow
from supervisor.models.rows.overview import OverviewFilter, OverviewRow, ReasonCountRow
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.presenter import Presenter

FIRST = (QueueReason.CRITICAL_FLAG, QueueReason.RECALL, QueueReason.FOLLOW_UP_OVERDUE)
TODAY = (
    QueueReason.PROMISE_DUE_TODAY,
    QueueReason.PROMISE_AWAITING_DATA,
    QueueReason.PROMISE_BROKEN,
    QueueReason.VISIT_NOT_READY,
    QueueReason.VISIT_TODAY,
    QueueReason.VISIT_UNREPORTED,
)
WEEK = (QueueReason.HOLD_ENDING, QueueReason.RETENTION_ENDING, QueueReason.UNTOUCHED)


@dataclass(frozen=True, slots=True)
class Group:
    """先处理, 今天内 or 本周内, with its lines in the order of the queue."""

    key: str
    title: str
    lines: tuple[ReasonCountRow, ...]


def grouped(row: OverviewRow) -> tuple[Group, ...]:
    """The reasons that have cases, by urgency; empty groups are left out."""
    known = {line.reason: line for line in row.reasons}
    groups = (
        ("first", tr("First"), FIRST),
        ("today", tr("Within today"), TODAY),
        ("week", tr("Within the week"), WEEK),
    )
    made = (
        Group(key, title, tuple(known[reason] for reason in reasons if reason in known))
        for key, title, reasons in groups
    )
    return tuple(group for group in made if group.lines)


class OverviewPresenter(Presenter):
    """The day as it stands.

    Signals:
        ready: the start page (OverviewRow). composed: what is in hand (CompositionRow).
        branches_ready: the branches the person may see are known.
    """

    ready = Signal(object)
    composed = Signal(object)
    branches_ready = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.wanted = OverviewFilter(clock.today(), clock.now())
        self.scope = desk.scope
        self.branches: tuple[BranchRow, ...] = ()

    def ask_branches(self) -> None:
        """Ask which branches there are to choose from."""
        # People of a whole company are not counted for the first page.
        self._ask(branches, self.desk.actor, "branches", self._on_branches)

    def refresh(self) -> None:
        """Read the day as it stands now."""
        self.scope = self.desk.scope
        self.wanted = OverviewFilter(clock.today(), clock.now(), self.scope.branches)
        about = (self.wanted, self.desk.actor)
        self._ask_aside(overview, about, "overview", self._on_ready)
        self._ask_aside(composition, about, "composition", self.composed.emit)

    def _on_branches(self, rows: tuple[BranchRow, ...]) -> None:
        self.branches = rows
        self.branches_ready.emit()

    def behind(self, *reasons: QueueReason) -> CaseQueueFilter:
        """The cases behind a line, as the queue shows them."""
        return CaseQueueFilter(
            as_of=self.wanted.as_of,
            now=self.wanted.now,
            branches=self.wanted.branches,
            reasons=frozenset(reasons),
        )

    def _on_ready(self, row: OverviewRow) -> None:
        self.read_at = self.desk.database.known_at(clock.now())
        self.ready.emit(row)
