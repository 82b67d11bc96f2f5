"""What the incidents screen shows and why: every decision of the page, without widgets."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from supervisor import clock
from supervisor.i18n import tr
from supervisor.models.enums import Role, Topic
from supervisor.models.ids import StepId
from supervisor.models.rows.complaints import ComplaintFilter, ComplaintPage, ComplaintRow
from supervisor.models.rows.directory import DirectoryRow
from supervisor.models.rows.incident_detail import IncidentAsk, IncidentDetail
from supervisor.models.rows.incidents import FlagRef, IncidentFilter, IncidentPage
from supervisor.ui.background.desk import Desk, Scope
from supervisor.ui.background.presenter import Presenter
from supervisor.ui.background.runner import Failed
from supervisor.ui.pages.incidents import drilling, questions
from supervisor.ui.pages.incidents.questions import RuleBook

PERIODS = ("open", "week", "month", "all")
BURN_DOWN_DAYS = 28


class IncidentsPresenter(Presenter):
    """Lists, the chosen flag and the ledger, as the hat that is worn may see them.

    Signals:
        listed: lines, most pressing first (IncidentPage).
        aged: open flags by age (tuple of AgeingRow). burned: days of the last weeks (tuple).
        checked: how many visits an empty list speaks of (VisitsChecked).
        detailed: the chosen flag in full (IncidentDetail). gone: it is not there any more.
        ledger_ready: complaints (ComplaintPage).
        directory_ready: branches, teams and people. named: what rules are called (RuleBook).
    """

    listed = Signal(object)
    aged = Signal(object)
    burned = Signal(object)
    checked = Signal(object)
    detailed = Signal(object)
    gone = Signal()
    ledger_ready = Signal(object)
    directory_ready = Signal()
    named = Signal()

    depends_on = frozenset(
        {Topic.FLAGS, Topic.COMPLAINTS, Topic.VISITS, Topic.CASES, Topic.PARAMETERS}
    )

    commands = questions.COMMANDS

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.period = PERIODS[0]
        self.conditions = IncidentFilter(clock.today(), clock.now())
        self.ledger_wanted = ComplaintFilter(clock.today())
        self.directory: DirectoryRow | None = None
        self.rules = RuleBook({})
        self.page = IncidentPage((), 0, 0)
        self.chosen: FlagRef | None = None
        self.detail: IncidentDetail | None = None
        self.scope = desk.scope
        self._reasons: dict[str, str] = {}

    @property
    def today(self) -> date:
        """The business date the screen speaks of."""
        return clock.today()

    @property
    def now(self) -> datetime:
        """The instant countdowns are told from."""
        return clock.now()

    @property
    def is_hidden(self) -> bool:
        """Whether customers are de-identified for this person."""
        return self.desk.actor.role is Role.TRAINING_LEAD

    def start(self) -> None:
        """Ask for everything once."""
        self._ask(questions.rule_book, None, "rules", self._on_rules)
        self._ask(questions.directory, self.desk.actor, "directory", self._on_directory)
        self.refresh()

    def wanted(self) -> IncidentFilter:
        """The conditions as they stand now, within the period, scope and role."""
        today = self.today
        first, last = self._days()
        return replace(
            self.conditions,
            as_of=today,
            now=self.now,
            branches=self.desk.scope.branches,
            teams=self.desk.scope.teams,
            raised_from=first,
            raised_until=last,
            open_only=self.period == "open",
            allowed=self.desk.actor.branches,
            deidentified=self.is_hidden,
        )

    def _days(self) -> tuple[date | None, date | None]:
        """The days of the period; those a figure brought where every flag is meant."""
        today = self.today
        if self.period == "week":
            return today - timedelta(days=today.weekday()), today
        if self.period == "month":
            return today.replace(day=1), today
        asked = self.conditions if self.period == drilling.EVERYTHING else None
        return (asked.raised_from, asked.raised_until) if asked is not None else (None, None)

    def ledger_filter(self) -> ComplaintFilter:
        """Conditions of the complaint ledger within scope and role."""
        return replace(
            self.ledger_wanted,
            as_of=self.today,
            branches=self.desk.scope.branches,
            allowed=self.desk.actor.branches,
        )

    @property
    def is_filtered(self) -> bool:
        """Whether any condition beyond the period narrows the list."""
        mine = self.conditions
        return bool(
            mine.states
            or mine.categories
            or mine.severities
            or mine.caused_by
            or mine.mine
            or mine.late_only
            or mine.search.strip()
            or drilling.came_from(mine)
        )

    @property
    def origin(self) -> str:
        """What figure the flags stand behind; empty: none."""
        names = tr(", ").join(self._name_of(one) for one in sorted(self.conditions.rules))
        return drilling.origin_text(self.conditions, names, self.today)

    def choose(self, **changes: Any) -> None:
        """Other conditions."""
        self.conditions = replace(self.conditions, **changes)
        self._ask_list()

    def _name_of(self, rule_id: str) -> str:
        words = self.rules.of(rule_id)
        return words.name if words else self.rules.title(rule_id, self._reasons.get(rule_id, ""))

    def clear(self) -> None:
        """No condition but the period; what a figure brought is left with its days."""
        if drilling.came_from(self.conditions):
            self.period = drilling.OPEN
        self.conditions = IncidentFilter(self.today, self.now)
        self._ask_list()

    def drill(self, wanted: IncidentFilter) -> None:
        """The flags behind a figure, closed ones too where it counts them."""
        self.conditions = wanted
        self.period = drilling.period_for(wanted)
        self.chosen = self.detail = None  # the first of them is shown
        self.refresh()

    def ask_past(self, rule_id: str, reason: str, which: drilling.Past) -> None:
        """The judged flags behind how a rule did before; `reason` names what only notes tell."""
        self._reasons = {rule_id: reason}
        self.drill(drilling.of_rule(self.conditions, rule_id, which))

    def use_period(self, key: str) -> None:
        """未结, 本周, 本月 or 全部."""
        self.period = key
        self.conditions = replace(self.conditions, states=frozenset(), **drilling.NOWHERE)
        self.refresh()

    def use_scope(self, scope: Scope) -> None:
        """Other branches or teams, for all pages."""
        self.desk.scope = self.scope = scope
        self.refresh()

    def choose_complaints(self, **changes: Any) -> None:
        """Other conditions of the ledger."""
        self.ledger_wanted = replace(self.ledger_wanted, **changes)
        self.ask_ledger()

    def refresh(self) -> None:
        """Read everything shown again."""
        self.scope = self.desk.scope
        self._ask_list()
        about = replace(self.wanted(), states=frozenset(), open_only=False, raised_from=None)
        self._ask(questions.ageing, replace(about, raised_until=None), "ageing", self.aged.emit)
        first = self.today - timedelta(days=BURN_DOWN_DAYS - 1)
        period = replace(about, raised_from=first, raised_until=self.today)
        self._ask(questions.burn_down, period, "burn_down", self.burned.emit)
        self.ask_ledger()
        self.ask_detail()

    def ask_ledger(self) -> None:
        """Read the complaints; training leads see none."""
        if self.is_hidden:
            self.ledger_ready.emit(ComplaintPage((), 0, 0, 0))
            return
        self._ask(questions.complaint_ledger, self.ledger_filter(), "ledger",
                  self.ledger_ready.emit)  # fmt: skip

    def show_flag(self, ref: FlagRef | None) -> None:
        """Another flag is chosen, or none."""
        same = ref is not None and self.chosen is not None and _same(ref, self.chosen)
        self.chosen = ref
        if not same:
            self.detail = None
        self.ask_detail()

    def ask_detail(self) -> None:
        """Read the chosen flag in full."""
        if self.chosen is None:
            return
        ask = IncidentAsk(self.chosen.branch_id, self.chosen.flag_id, self.desk.actor,
                          self.today, self.now, deidentified=self.is_hidden)  # fmt: skip
        self._ask(questions.incident, ask, "detail", partial(self._on_detail, self.chosen))

    def reread_step(
        self, ref: FlagRef, step_id: StepId, then: Callable[[Any], object], refused: Failed
    ) -> None:
        """A step as it is now, for who works at it at the same time as somebody else."""
        ask = IncidentAsk(ref.branch_id, ref.flag_id, self.desk.actor, self.today, self.now,
                          deidentified=self.is_hidden)  # fmt: skip

        def found(detail: IncidentDetail | None) -> None:
            steps = detail.steps if detail is not None else ()
            then(next((one for one in steps if one.step_id == step_id), None))

        self._ask(questions.incident, ask, "reread", found, refused)

    def reread_complaint(
        self, row: ComplaintRow, then: Callable[[Any], object], refused: Failed
    ) -> None:
        """A complaint as it is now, as `reread_step`."""
        ask = ComplaintFilter(self.today, (row.branch_id,), cases=(row.case_id,),
                              allowed=self.desk.actor.branches)  # fmt: skip

        def found(page: ComplaintPage) -> None:
            then(next((one for one in page.rows if one.complaint_id == row.complaint_id), None))

        self._ask(questions.complaint_ledger, ask, "reread", found, refused)

    def _ask_list(self) -> None:
        self._ask(questions.incidents, self.wanted(), "list", self._on_list)

    def _on_list(self, page: IncidentPage) -> None:
        self.page = page
        self.read_at = clock.now()
        self.listed.emit(page)
        if not page.total:
            self._ask(questions.visits_checked, self.wanted(), "checked", self.checked.emit)

    def _on_detail(self, about: FlagRef, found: IncidentDetail | None) -> None:
        if self.chosen is None or not _same(about, self.chosen):
            return
        self.detail = found
        if found is None:
            self.chosen = None
            self.gone.emit()
        else:
            self.detailed.emit(found)

    def _on_rules(self, book: RuleBook) -> None:
        self.rules = book
        self.named.emit()

    def _on_directory(self, rows: DirectoryRow) -> None:
        self.directory = rows
        self.directory_ready.emit()


def _same(one: FlagRef, other: FlagRef) -> bool:
    return (one.branch_id, one.flag_id) == (other.branch_id, other.flag_id)
