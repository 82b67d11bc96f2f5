"""Incidents: what went wrong, and what must happen by when. Questions, not verdicts."""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from supervisor.i18n import tr
from supervisor.models.enums import Role, Topic
from supervisor.models.enums_incidents import FlagMove, Verdict
from supervisor.models.rows.complaints import ComplaintRow
from supervisor.models.rows.incident_detail import RuleCard
from supervisor.models.rows.incidents import FlagRef, IncidentFilter
from supervisor.ui.background.desk import Desk, Scope
from supervisor.ui.pages.incidents import pictures
from supervisor.ui.pages.incidents.acts import Acts
from supervisor.ui.pages.incidents.ageing import CourseDialog
from supervisor.ui.pages.incidents.drilling import Past
from supervisor.ui.pages.incidents.modes import IncidentsModes
from supervisor.ui.pages.incidents.presenter import IncidentsPresenter

TICK_MS = 60_000
WORKERS = frozenset({Role.SUPERVISOR, Role.COMPLIANCE, Role.TRAINING_LEAD, Role.ADMIN})
ANSWERERS = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.COMPLIANCE})


class IncidentsPage(IncidentsModes):
    """Paints four states: waiting, nothing to look at, rows, trouble. Decides nothing."""

    page_id: ClassVar[str] = "incidents"
    depends_on: ClassVar[frozenset[Topic]] = IncidentsPresenter.depends_on | {Topic.DIRECTORY}

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.acts = Acts(self, self.presenter, self.said.emit)
        self.offer_modes()
        self._clock = QTimer(self)
        self._clock.setInterval(TICK_MS)
        self._clock.timeout.connect(self._tick)
        self._connect()

    def _connect(self) -> None:
        ask = self.presenter
        ask.listed.connect(self._on_list)
        ask.detailed.connect(self._on_detail)
        ask.gone.connect(self.nothing_chosen)
        ask.aged.connect(self.ageing.show_rows)
        ask.burned.connect(self._on_burned)
        ask.checked.connect(self._on_checked)
        ask.ledger_ready.connect(self._on_ledger)
        ask.directory_ready.connect(self._show_scope)
        ask.named.connect(self._retell)
        ask.failed.connect(self._on_failed)
        self.scope.chosen.connect(self._on_scope)
        self.modes.chosen.connect(self.show_mode)
        self.periods.chosen.connect(self.use_period)
        self.halves.chosen.connect(self.show_half)
        self.filters.chosen.connect(self._on_conditions)
        self.filters.origin_closed.connect(self.clear)
        self.list.moved.connect(self._on_moved)
        self.list.picked.connect(self._on_picked)
        self.ageing.course_wanted.connect(self.show_course)
        self._connect_flag()
        self.desk.bus.changed.connect(self._on_bus)

    def _connect_flag(self) -> None:
        self.detail.case_wanted.connect(self.open_case)
        self.detail.lift_wanted.connect(lambda: self.acts.move(FlagMove.LIFT_HOLD))
        self.detail.statement_wanted.connect(self.acts.statement)
        self.detail.answer_wanted.connect(self.acts.answer)
        self.detail.complaints_wanted.connect(self._show_complaints)
        self.detail.sheet_wanted.connect(self.open_sheet)
        self.detail.past_wanted.connect(self.show_past)
        self.detail.note.copied.connect(self.note_copied)
        self.work.add_wanted.connect(self.acts.add_step)
        self.work.look_wanted.connect(lambda: self.acts.move(FlagMove.LOOK))
        self.work.act_wanted.connect(self.acts.step)
        self.review.move_wanted.connect(self.acts.move)
        self.review.judged.connect(self._on_judged)
        self.review.emptied.connect(self.focus_main)
        self.ledger.act_wanted.connect(self._on_complaint)
        self.ledger.add_wanted.connect(self.acts.add_complaint)
        self.ledger.chosen.connect(lambda only: self.presenter.choose_complaints(**only))

    # What the shell asks

    def help_topic(self) -> str:
        """The topic of the view in front."""
        return {"training": "training", "complaints": "complaints"}.get(self.mode, "incidents")

    def title(self) -> str:
        """风险事件."""
        return tr("Incidents")

    def header_left(self) -> list[QWidget]:
        """Whose flags, which period, which view."""
        known = self.presenter.directory
        # In a small window teams are chosen on other pages: the scope is the same everywhere.
        teams = 0 if known is None or self.is_narrow else len(known.teams)
        several = known is not None and len(known.branches) + teams > 1
        scope: list[QWidget] = [self.scope] if several else []
        periods: list[QWidget] = [self.periods] if self.mode == "handling" else []
        return [*scope, *periods, self.modes]

    def regions(self) -> list[QWidget]:
        """Filters, list, flag, follow-up; in the ledger its search and table."""
        if self.mode != "handling":
            return self.other_regions()
        work = self.work.lines[0].tick if self.work.lines else None
        parts = (self.filters.search, self.list, self.detail.area, work or self.work.add)
        return [part for part in parts if part.isVisible()]

    def activate(self) -> None:
        """The first time, ask for everything; the list has the focus."""
        self._clock.start()
        if not self._started:
            self._started = True
            self.waiting.start()
            self.busy_changed.emit(True)
            self.presenter.start()
            if self.desk.actor.role is Role.TRAINING_LEAD:
                self.show_mode("training")
        elif self.presenter.scope != self.desk.scope:
            self._show_scope()
            self.refresh()
        self.focus_main()

    def hear(self, topics: frozenset[Topic], initiator: object) -> None:
        """The page listens to the bus itself."""

    def refresh(self) -> None:
        """Read everything shown again."""
        if self._started:
            self.busy_changed.emit(True)
            self.presenter.refresh()
            self.refresh_other()

    def prefer(self) -> None:
        """The person may wear another hat: other moves, other sight."""
        self.offer_modes()
        self.refresh()

    def go_to(self, what: object) -> None:
        """A flag, conditions, {"search": text}, or {"complaints": text}."""
        if isinstance(what, dict) and "complaints" in what:
            self._show_complaints(str(what["complaints"]))
            return
        self.show_mode("handling")
        if isinstance(what, FlagRef):
            self.presenter.show_flag(what)
            self.wait_for_detail()
        elif isinstance(what, IncidentFilter):
            self.presenter.drill(what)
            self._show_conditions()
        elif isinstance(what, dict) and "search" in what:
            self.presenter.choose(search=str(what["search"]))
            self._show_conditions()

    def place(self) -> object:
        """The open flag, else the conditions."""
        return self.presenter.chosen or self.presenter.conditions

    def compact(self, on: bool) -> None:  # noqa: FBT001 - a state of the window
        """A low window: the ages of flags in one line."""
        self.ageing.set_compact(on)

    def step_back(self) -> bool:
        """Esc: back to the flag in a narrow window, else take conditions off."""
        if self.is_narrow and self.halves.current == "work":
            self.show_half("detail")
            self.list.setFocus()
            return True
        if self.mode == "handling" and self.presenter.is_filtered:
            self.clear()
            return True
        return False

    def focus_filter(self) -> None:
        """Ctrl+F."""
        if self.mode == "complaints":
            self.ledger.search.setFocus()
        elif self.mode == "handling":
            self.filters.focus_first()
        else:
            self.focus_main()

    # Keys

    def key_previous_case(self) -> None:
        """Alt+Left: the flag before."""
        self._go_by(-1)

    def key_next_case(self) -> None:
        """Alt+Right: the flag after."""
        self._go_by(1)

    def key_follow_up(self) -> None:
        """Ctrl+N: one more step, where the flag can be seen."""
        if self.mode == "handling":
            self.acts.add_step()

    def key_save(self) -> None:
        """Ctrl+S: submit the review in front as it stands, never one that is not seen."""
        if self.mode == "handling":
            self.review.send()
        shown = self.training.review if self.training is not None else None
        if self.mode == "training" and shown is not None and shown.isVisible():
            shown.send()

    def _go_by(self, step: int) -> None:
        if self.mode != "handling":
            return
        at = self.list.current() + step
        if 0 <= at < self.list.count():
            self.list.make_current(at)

    # Views

    def show_mode(self, key: str) -> None:
        """处置, 培训, 外访核实 or 投诉台账."""
        self.mode = key
        self.modes.choose(key)
        self.body.setCurrentWidget(self.view_of(key))
        self.show_emptiness(self.presenter.page)
        self.header_changed.emit()
        self.say_rows()
        self.focus_main()

    def _show_complaints(self, search: str = "") -> None:
        detail = self.presenter.detail
        text = search or (detail.row.case_no if detail is not None else "")
        self.ledger.show_conditions("", text)
        self.show_mode("complaints")
        self.presenter.choose_complaints(search=text, states=frozenset(), late_only=False)

    def show_course(self) -> CourseDialog:
        """How the pile went over the last weeks."""
        dialog = CourseDialog(self._burned, self)
        dialog.open()
        return dialog

    def open_case(self) -> None:
        """The case of the open flag, in the queue with its panel."""
        detail = self.presenter.detail
        if detail is not None and detail.row.case_no:
            self.go_wanted.emit("case_queue", {"open": detail.row.case_no})

    # What the person does

    def _on_moved(self, at: int) -> None:
        row = self.list.row_at(at)
        if row is not None:
            self.choose(row.ref)

    def _on_picked(self, at: int) -> None:
        self._on_moved(at)
        if self.is_narrow:
            self.show_half("detail")
            self.detail.area.setFocus()

    def _on_conditions(self, only: dict[str, Any]) -> None:
        if "mine" in only:
            only = {"mine": self.desk.actor.name if only["mine"] else ""}
        self._narrowed = True
        self.presenter.choose(**only)

    def use_period(self, key: str) -> None:
        """Another period; what a figure brought goes."""
        self._narrowed = True
        self.presenter.use_period(key)
        self._show_conditions()

    def show_past(self, card: RuleCard, which: Past) -> None:
        """The judged flags behind how a rule did before."""
        self.show_mode("handling")
        self.presenter.ask_past(card.rule_id, card.reason, which)
        self._show_conditions()
        self.list.setFocus()

    def _on_judged(self, verdict: Verdict, reason: str, decides: bool) -> None:  # noqa: FBT001
        self.acts.judge(verdict, reason, self.review.sent, decides=decides)

    def _on_complaint(self, act: str, row: ComplaintRow) -> None:
        if act == "case":
            self.go_wanted.emit("case_queue", {"open": row.case_no})
        else:
            self.acts.complaint(act, row)

    def _show_scope(self) -> None:
        known = self.presenter.directory
        if known is not None:
            self.scope.show_choices(known.branches, known.teams, self.desk.scope)
        self.header_changed.emit()

    def _on_scope(self, scope: Scope) -> None:
        self.presenter.use_scope(scope)
        self.refresh_other()

    def _on_bus(self, topics: frozenset[Topic], _initiator: object) -> None:
        if self._started and topics & self.depends_on and self.isVisible():
            self.presenter.refresh()
            self.refresh_other()

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        """States of the page for pictures."""
        return pictures.steps(self)
