"""What the visit schedule shows and why: every decision of the page, without widgets."""

from collections.abc import Callable, Hashable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from supervisor import clock
from supervisor.models.changes import Changes
from supervisor.models.enums import Role, Topic
from supervisor.models.ids import BranchId, CommandId, PlanId
from supervisor.models.orders import Order, Undo
from supervisor.models.orders_plans import PlanRef
from supervisor.models.rows.directory import DirectoryRow
from supervisor.models.rows.plan_checks import PlanAsk, PlanCheck
from supervisor.models.rows.schedule import ScheduleAsk, ScheduleDay, VisitCard
from supervisor.models.rules.workdays import is_workday
from supervisor.ui.background.desk import Desk, Scope
from supervisor.ui.pages.visit_schedule import questions
from supervisor.ui.widgets.order_dialog import Done, Failed

DAY = timedelta(days=1)
PLANNERS = frozenset({Role.SUPERVISOR, Role.ADMIN})


def ref_of(card: VisitCard) -> PlanRef:
    """The plan of a card with the version it was seen at."""
    return PlanRef(card.branch_id, card.plan_id, card.version)


class SchedulePresenter(QObject):
    """Lives in the GUI thread; every answer comes from the runner's readers.

    Signals:
        shown: a day (ScheduleDay). judged: what the rules say of its visits (by plan id).
        directory_ready: branches, teams and people.
        done: an order was carried out (Changes). failed: the world said no (Exception).
    """

    shown = Signal(object)
    judged = Signal(object)
    directory_ready = Signal()
    done = Signal(object)
    failed = Signal(object)

    depends_on = frozenset(
        {
            Topic.PLANS,
            Topic.CASES,
            Topic.VISITS,
            Topic.PAYMENTS,
            Topic.COMPLAINTS,
            Topic.FLAGS,
            Topic.PARAMETERS,
        }
    )

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.on = clock.today()
        self.directory: DirectoryRow | None = None
        self.day: ScheduleDay | None = None
        self.checks: Mapping[PlanId, PlanCheck] = {}
        self.read_at = clock.now()
        self.scope = desk.scope

    @property
    def today(self) -> date:
        """The business date."""
        return clock.today()

    @property
    def may_plan(self) -> bool:
        """Whether this person plans visits; others look."""
        return self.desk.actor.role in PLANNERS

    def start(self) -> None:
        """The directory first: it says which branch is shown."""
        self._ask(questions.directory, self.desk.actor, "directory", self._on_directory)

    def branch_id(self) -> BranchId | None:
        """The branch shown: that of the scope, else the first one there is."""
        return self.desk.scope.branch_of(self.directory)

    def shown_scope(self) -> Scope:
        """The scope as this screen honours it: one branch, or teams of it."""
        return self.desk.scope.in_one_branch(self.directory)

    def go(self, on: date) -> None:
        """Another day."""
        self.on = on
        self.refresh()

    def step(self, days: int) -> None:
        """Some days on or back."""
        self.go(self.on + days * DAY)

    def next_workday(self, after: date | None = None) -> date:
        """The next day the office works, from tomorrow (or the day after another) on."""
        day = max(self.today, after or self.today) + DAY
        while not is_workday(day):
            day += DAY
        return day

    def use_scope(self, scope: Scope) -> None:
        """Other branches or teams, for all pages."""
        self.desk.scope = self.scope = scope
        self.refresh()

    def refresh(self) -> None:
        """Read the day again, and what the rules say of it."""
        self.scope = self.desk.scope
        branch = self.branch_id()
        if branch is None:
            return
        ask = ScheduleAsk(branch, self.on, clock.now(), self.desk.scope.teams)
        self._ask(questions.schedule_day, ask, "day", self._on_day)

    def check_of(self, card: VisitCard | None) -> PlanCheck | None:
        """What the rules say of a card; None: not known yet."""
        return None if card is None else self.checks.get(card.plan_id)

    def send(self, order: Order, then: Done | None = None, refused: Failed | None = None) -> None:
        """Carry an order out; the day follows by the bus."""

        def told(changes: Changes) -> None:
            if then is not None:
                then(changes)
            self.done.emit(changes)

        self.desk.runner.do(
            questions.COMMANDS[type(order)],
            order,
            initiator=self,
            then=told,
            failed=refused or self.failed.emit,
        )

    def send_from_dialog(
        self, _command: Callable[..., Changes], order: Order, then: Done, refused: Failed
    ) -> None:
        """The same in the shape dialogs ask with."""
        self.send(order, then, refused)

    def undo(self, undo_id: CommandId) -> None:
        """撤销."""
        self.send(Undo(actor=self.desk.actor, undo_id=undo_id))

    def _ask(
        self,
        query: Callable[..., Any],
        about: object,
        key: Hashable,
        then: Callable[[Any], object],
    ) -> None:
        self.desk.runner.ask(
            partial(self.desk.database.read, query, about),
            owner=self,
            key=key,
            then=then,
            failed=self.failed.emit,
        )

    def _on_directory(self, rows: DirectoryRow) -> None:
        self.directory = rows
        self.directory_ready.emit()
        self.refresh()

    def _on_day(self, day: ScheduleDay) -> None:
        if day.on != self.on:
            return
        self.day = day
        self.read_at = clock.now()
        known = {card.plan_id for card in day.cards}
        self.checks = {id_: check for id_, check in self.checks.items() if id_ in known}
        self.shown.emit(day)
        ask = PlanAsk(branches=(day.branch_id,), on=day.on)
        self._ask(questions.plan_checks, ask, "checks", partial(self._on_checks, day))

    def _on_checks(self, day: ScheduleDay, checks: tuple[PlanCheck, ...]) -> None:
        if self.day is None or self.day.on != day.on:
            return
        self.checks = {check.plan_id: check for check in checks if check.plan_id is not None}
        self.judged.emit(self.checks)
