"""安排外访 and 改期: every change of a field shows at once which rules block which visit."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from supervisor.clock import SHANGHAI
from supervisor.i18n import ntr, tr
from supervisor.models.changes import Changes
from supervisor.models.enums import AddressKind
from supervisor.models.ids import StaffId
from supervisor.models.orders import CaseRef, Order
from supervisor.models.orders_plans import PlanVisits, ReschedulePlans
from supervisor.models.rows.plan_checks import PlanMark
from supervisor.models.rows.planning import Planning, PlanProposal
from supervisor.models.rows.schedule import PoolCase, VisitCard
from supervisor.ui.look.icons import icon
from supervisor.ui.pages.visit_schedule import changed_plans, fields, questions
from supervisor.ui.pages.visit_schedule.presenter import SchedulePresenter, ref_of
from supervisor.ui.widgets import FormRow, ListRow
from supervisor.ui.widgets.judged_dialog import JudgedDialog
from supervisor.ui.widgets.merge_dialog import MergeField
from supervisor.ui.widgets.order_dialog import Send
from supervisor.words import formats, word
from supervisor.words.against import against
from supervisor.words.of_schedule import refusal_text, weekday_text

LIST_HEIGHT = 190
WIDTH = 560
MINUTES = 60


class PlanningDialog(JudgedDialog):
    """An order about visits; what the rules say of each stands below."""

    help_topic = "schedule"

    def __init__(
        self,
        ask: SchedulePresenter,
        title: str,
        confirm_text: Callable[[int], str],
        send: Send,
        parent: QWidget,
    ) -> None:
        super().__init__(ask.desk, title, confirm_text, send, parent, width=WIDTH)
        self._ask = ask
        self.verdicts = self.listed
        self.verdicts.setAccessibleName(tr("What the rules say of each visit"))
        self.verdicts.setMaximumHeight(LIST_HEIGHT)

    @property
    def planning(self) -> Planning | None:
        """What the order would do; None while it is being checked."""
        found: Planning | None = self._verdict
        return found

    def command(self) -> Callable[..., Changes]:
        """What carries the order out."""
        return questions.COMMANDS[type(self.order())]

    def preview(self, order: Order) -> Callable[..., Any]:
        """What the rules say of each visit."""
        return questions.PREVIEWS[type(order)]

    def show_verdict(self, verdict: Planning) -> int:
        """Which visits are possible, and which are left out and why."""
        n, refused = len(verdict.accepted), verdict.refused
        said = ntr("{n} visit is possible.", "{n} visits are possible.", n)
        left = ntr("{n} is left out:", "{n} are left out:", len(refused)) if refused else ""
        undo = tr("Can be undone for 10 minutes.") if n else ""
        self.about.setText(" ".join(part for part in (said, undo, left) if part))
        rows = [
            ListRow(f"{one.refusal.subject}  {refusal_text(one.refusal)}",
                    icon=icon("circle-pause", "crit"))
            for one in refused
        ]  # fmt: skip
        rows += [ListRow(proposal_text(one), icon=icon("check", "ok")) for one in verdict.accepted]
        self.verdicts.show_rows(rows)
        self.verdicts.show()
        return n


def proposal_text(one: PlanProposal) -> str:
    """A visit as it would be, with what is still to get and to consider."""
    check = one.check
    window = f"{formats.clock_time(check.start_at)}–{formats.clock_time(check.end_at)}"
    gaps = [rule.rule_id for rule in check.of(PlanMark.GAP)]
    parts = [one.case.case_no, f"{check.on:%m-%d} {weekday_text(check.on)} {window}"]
    if gaps:
        parts.append(tr("still to get: {what}", what=against(gaps)))
    return "  ".join(parts)


class PlanVisitsDialog(PlanningDialog):
    """安排外访: the chosen cases for a pair on a day, one after the other."""

    def __init__(
        self,
        ask: SchedulePresenter,
        cases: Sequence[PoolCase],
        start: datetime,
        pair: tuple[StaffId | None, StaffId | None],
        send: Send,
        parent: QWidget,
    ) -> None:
        super().__init__(
            ask,
            tr("Plan visits"),
            lambda n: ntr("Plan {n} visit", "Plan {n} visits", n),
            send,
            parent,
        )
        self._cases = tuple(CaseRef(one.branch_id, one.case_id, one.version) for one in cases)
        people = fields.people_of(ask.directory, cases[0].branch_id)
        self.day = fields.day_field(start.astimezone(SHANGHAI).date(), self)
        self.starts = fields.time_field(start, tr("From"), self)
        self.minutes = QSpinBox(self)
        self.minutes.setRange(10, 240)
        self.minutes.setSingleStep(5)
        self.minutes.setValue(MINUTES)
        self.minutes.setSuffix(tr(" min each"))
        self.minutes.setAccessibleName(tr("Minutes for each visit"))
        self.agent = fields.person_field(people, tr("The people of each case"), self)
        self.second = fields.person_field(people, tr("Second person of the case, or nobody"), self)
        fields.choose(self.agent, pair[0])
        fields.choose(self.second, pair[1])
        self.place = QComboBox(self)
        for kind in AddressKind:
            self.place.addItem(word(kind), kind.value)
        self.strategy = QLineEdit(self)
        self.strategy.setMaxLength(500)
        self.add_row(FormRow(tr("When"), fields.line(self, self.day, self.starts, self.minutes)))
        self.add_row(FormRow(tr("Who goes"), fields.line(self, self.agent, self.second)))
        self.add_row(FormRow(tr("Address"), self.place))
        self.add_row(FormRow(tr("How to talk"), self.strategy))
        for changed in (
            self.day.dateChanged,
            self.starts.timeChanged,
            self.minutes.valueChanged,
            self.agent.currentIndexChanged,
            self.second.currentIndexChanged,
            self.place.currentIndexChanged,
        ):
            changed.connect(lambda *_: self.judge())
        self.finish()

    def wanted(self) -> Order | None:
        """安排外访 as the fields stand."""
        return PlanVisits(
            actor=self._ask.desk.actor,
            cases=self._cases,
            first_from=fields.moment_of(fields.day_of(self.day), self.starts),
            minutes=self.minutes.value(),
            agent_id=self.agent.currentData(),
            second_agent_id=self.second.currentData(),
            address_kind=AddressKind(self.place.currentData()),
            strategy=self.strategy.text().strip(),
        )


class RescheduleDialog(PlanningDialog):
    """改期: another day, time or pair.

    A visit that somebody else saved meanwhile is shown field by field; of several the newer ones
    are taken and judged again.
    """

    def __init__(
        self,
        ask: SchedulePresenter,
        cards: Sequence[VisitCard],
        on: date,
        start: datetime,
        pair: tuple[StaffId | None, StaffId | None] | None,
        send: Send,
        parent: QWidget,
    ) -> None:
        super().__init__(
            ask,
            tr("Reschedule"),
            lambda n: ntr("Move {n} visit", "Move {n} visits", n),
            send,
            parent,
        )
        self.cards = tuple(cards)
        people = fields.people_of(ask.directory, cards[0].branch_id)
        self.day = fields.day_field(on, self)
        self.starts = fields.time_field(start, tr("First one from"), self)
        self.agent = fields.person_field(people, tr("The people stay"), self)
        self.second = fields.person_field(people, tr("Nobody"), self)
        if pair is not None:
            fields.choose(self.agent, pair[0])
            fields.choose(self.second, pair[1])
        about = tr("A notice of another time is none: it must be given again.")
        self.add_row(FormRow(tr("When"), fields.line(self, self.day, self.starts), hint=about))
        self.add_row(FormRow(tr("Who goes"), fields.line(self, self.agent, self.second)))
        for changed in (
            self.day.dateChanged,
            self.starts.timeChanged,
            self.agent.currentIndexChanged,
            self.second.currentIndexChanged,
        ):
            changed.connect(lambda *_: self._on_change())
        self.second.setEnabled(self.agent.currentData() is not None)
        self.finish()

    def _on_change(self) -> None:
        self.second.setEnabled(self.agent.currentData() is not None)
        self.judge()

    def wanted(self) -> Order | None:
        """改期 as the fields stand."""
        on = fields.day_of(self.day)
        agent = self.agent.currentData()
        return ReschedulePlans(
            actor=self._ask.desk.actor,
            plans=tuple(ref_of(card) for card in self.cards),
            on=on,
            at=fields.moment_of(on, self.starts),
            pair=agent is not None,
            agent_id=agent,
            second_agent_id=self.second.currentData() if agent is not None else None,
        )

    def _on_judged(self, verdict: Planning) -> None:
        super()._on_judged(verdict)
        stale = changed_plans.changed(self.cards, (one.refusal for one in verdict.refused))
        if stale and not self.unanswered():  # what was sent may be what changed them
            self._ask.reread_plans(stale, self._on_newer, self._on_unjudged)

    def _on_newer(self, now: tuple[VisitCard, ...]) -> None:
        if len(self.cards) == 1 and now:
            self.merge_with(now[0], self)
        elif now:
            self.cards = changed_plans.newer(self.cards, now, only=False)
            self.say_merged(changed_plans.told(len(now)))
            self.judge()

    def merge_fields(self) -> Mapping[str, MergeField]:
        """When, and who goes."""
        return changed_plans.merge_fields(self._ask.directory, ("when", "agent", "second"))

    def values_of(self, record: VisitCard | None) -> Mapping[str, Any]:
        """When the visit begins, and who goes."""
        every = changed_plans.values_of(record or self.cards[0], {})
        return {name: every[name] for name in ("when", "agent", "second")}

    def typed(self) -> Mapping[str, Any]:
        """The values as the fields stand; people who stay are those of the visit."""
        known, agent = self.values_of(None), self.agent.currentData()
        return {
            "when": fields.moment_of(fields.day_of(self.day), self.starts),
            "agent": known["agent"] if agent is None else agent,
            "second": known["second"] if agent is None else self.second.currentData(),
        }

    def rest_on(self, record: VisitCard, values: Mapping[str, Any]) -> None:
        """These values, on the visit as it is now."""
        self.cards = (record,)
        now = self.values_of(record)
        at = values["when"].astimezone(SHANGHAI)
        self.day.setDate(QDate(at.year, at.month, at.day))
        self.starts.setTime(QTime(at.hour, at.minute))
        same = (values["agent"], values["second"]) == (now["agent"], now["second"])
        fields.choose(self.agent, None if same else values["agent"])
        fields.choose(self.second, None if same else values["second"])
        self.judge()
