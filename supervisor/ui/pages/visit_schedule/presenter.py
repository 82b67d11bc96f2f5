"""What the visit schedule shows and why: every decision of the page, without widgets."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from supervisor import clock
from supervisor.models.enums import Topic
from supervisor.models.ids import PlanId
from supervisor.models.orders_plans import PlanRef, PlanVisits
from supervisor.models.rows.plan_checks import PlanAsk, PlanCheck
from supervisor.models.rows.schedule import PlanCardsAsk, ScheduleAsk, ScheduleDay, VisitCard
from supervisor.models.rules.workdays import Calendar, official
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.presenter import DirectoryPresenter
from supervisor.ui.background.runner import Failed
from supervisor.ui.pages.visit_schedule import questions

DAY = timedelta(days=1)


def ref_of(card: VisitCard) -> PlanRef:
    """The plan of a card with the version it was seen at."""
    return PlanRef(card.branch_id, card.plan_id, card.version)


class SchedulePresenter(DirectoryPresenter):
    """A day of one branch.

    Signals:
        shown: a day (ScheduleDay). judged: what the rules say of its visits (by plan id).
    """

    shown = Signal(object)
    judged = Signal(object)

    commands = questions.COMMANDS
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
        super().__init__(desk, parent)
        self.on = clock.today()
        self._calendar = official()
        self.day: ScheduleDay | None = None
        self.checks: Mapping[PlanId, PlanCheck] = {}

    @property
    def today(self) -> date:
        """The business date."""
        return clock.today()

    @property
    def may_plan(self) -> bool:
        """Whether this person plans visits; others look."""
        return self.desk.actor.role in PlanVisits.givers

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
        return day if self._calendar.is_workday(day) else self._calendar.next_workday(day)

    def _on_calendar(self, calendar: Calendar) -> None:
        self._calendar = calendar

    def refresh(self) -> None:
        """Read the day again, and what the rules say of it."""
        self.scope = self.desk.scope
        self._ask(questions.calendar, None, "calendar", self._on_calendar)
        branch = self.branch_id()
        if branch is None:
            return
        ask = ScheduleAsk(branch, self.on, clock.now(), self.desk.scope.teams)
        self._ask(questions.schedule_day, ask, "day", self._on_day)

    def reread_plans(
        self, cards: Sequence[VisitCard], then: Callable[[Any], object], refused: Failed
    ) -> None:
        """These plans as they are now (tuple of VisitCard), whatever day they were moved to."""
        ids = tuple(card.plan_id for card in cards)
        ask = PlanCardsAsk(cards[0].branch_id, ids, clock.now())
        self._ask(questions.plan_cards, ask, "reread", then, refused)

    def check_of(self, card: VisitCard | None) -> PlanCheck | None:
        """What the rules say of a card; None: not known yet."""
        return None if card is None else self.checks.get(card.plan_id)

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
