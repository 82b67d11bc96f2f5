"""What the incidents page makes of answers: rows, emptiness, the flag, the ledger, trouble."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from supervisor.errors import SupervisorError, UnreachableError, is_refusal
from supervisor.i18n import ntr, tr
from supervisor.models.enums import FlagState, Role, Severity
from supervisor.models.rows.complaints import ComplaintPage
from supervisor.models.rows.incident_detail import IncidentDetail
from supervisor.models.rows.incidents import BurnDownRow, FlagRef, IncidentPage
from supervisor.models.rows.visits_checked import VisitsChecked
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.incidents.body import IncidentsBody
from supervisor.ui.pages.incidents.parts import show_if
from supervisor.words import formats, sentence_of

FRAME_MS = 5
"""Between two parts of a flag: keys and paints go between them."""
PATIENCE_MS = 300
"""Answers that come sooner show nothing in between (ui.md, loading)."""
WORKERS = frozenset({Role.SUPERVISOR, Role.COMPLIANCE, Role.TRAINING_LEAD, Role.ADMIN})
ANSWERERS = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.COMPLIANCE})


class IncidentsAnswers(IncidentsBody):
    """Paints; `IncidentsPage` connects it and answers to the shell."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._started = False
        self._narrowed = False
        """Whether the person asked for other flags; what is open may not be among them."""
        self._burned: tuple[BurnDownRow, ...] = ()
        self._checked: VisitsChecked | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._show_waiting)
        self._to_show: list[Callable[[], None]] = []
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setInterval(FRAME_MS)
        self._frame.timeout.connect(self._show_next)

    def _on_list(self, page: IncidentPage) -> None:
        self.waiting.stop()
        for part in (self.waiting, self.banner, self.absent):
            part.hide()
        self.body.show()
        self.filters.show_counts(page)
        self.show_rows(page)
        self.show_emptiness(page)
        self.read_at_changed.emit(self.presenter.read_at)
        self.busy_changed.emit(False)
        self.trouble.emit(False)
        self.say_rows()

    def show_rows(self, page: IncidentPage) -> None:
        """The list, with its place kept."""
        ask = self.presenter
        had_focus = self.list.hasFocus() or not self.focusWidget()
        self.list.show_incidents(page.rows, ask.rules, ask.now, ask.today)
        shown = ntr(
            "{shown:,} of {n:,} flag shown",
            "{shown:,} of {n:,} flags shown",
            page.matching,
            shown=len(page.rows),
        )
        self.shown.setText(shown)
        self.list_stack.setCurrentWidget(self.list if page.rows else self.list_empty)
        if not page.rows:
            self.list_empty.show_state(
                tr("No flag meets the conditions"),
                "",
                [(tr("Take all conditions off"), self.clear)] if ask.is_filtered else [],
            )
        at = self.list.place_of(ask.chosen)
        if at < 0 and page.rows and (self._narrowed or ask.chosen is None or ask.detail is None):
            at = 0
        self._narrowed = False
        blocked = self.list.blockSignals(True)
        self.list.make_current(at)
        self.list.blockSignals(blocked)
        row = self.list.row_at(at)
        if row is not None and (ask.chosen is None or ask.chosen.flag_id != row.ref.flag_id):
            self.choose(row.ref)
        elif not page.rows and (ask.chosen is None or ask.is_filtered):
            self.nothing_chosen()
        if had_focus and self.isVisible():
            self.focus_main()

    def nothing_chosen(self) -> None:
        """No flag stands in the middle."""
        self._patience.stop()
        self._to_show.clear()
        self.presenter.show_flag(None)
        self.detail.clear()
        for part in (self.work, self.review):
            part.hide()

    def show_emptiness(self, page: IncidentPage) -> None:
        """Nothing at all, which is good, or the parts of the view."""
        nothing = not page.total and not self.presenter.is_filtered and self.mode == "handling"
        ready = self.waiting.isHidden() and self._started
        self.absent.setVisible(nothing and ready)
        self.body.setVisible(not nothing and ready)
        if nothing and ready:
            self.absent.show_state(
                self._nothing_title(), self._what_was_checked(), (), "circle-check"
            )

    def _nothing_title(self) -> str:
        return {
            "open": tr("No flag is open"),
            "week": tr("No flags this week"),
            "month": tr("No flags this month"),
            "all": tr("No flag was ever raised"),
        }[self.presenter.period]

    def _on_checked(self, found: VisitsChecked) -> None:
        self._checked = found
        if not self.absent.isHidden():
            self.absent.show_state(self._nothing_title(), self._what_was_checked(), (),
                                   "circle-check")  # fmt: skip

    def _what_was_checked(self) -> str:
        found = self._checked
        if found is None:
            return ""
        if found.waiting:
            return ntr(
                "{n:,} visit checked, {waiting:,} still to be checked.",
                "{n:,} visits checked, {waiting:,} still to be checked.",
                found.checked,
                waiting=found.waiting,
            )
        return ntr(
            "{n:,} visit, all of it checked.", "{n:,} visits, all of them checked.", found.checked
        )

    def _on_detail(self, detail: IncidentDetail) -> None:
        self._patience.stop()
        ask = self.presenter
        same = self.detail.shows(detail)
        parts = self.detail.parts_of(detail, ask.rules, ask.today, self.desk.actor.role)
        beside = [partial(self._show_work, detail), partial(self._show_review, detail)]
        self._to_show = [*parts, *beside]
        if same:
            self.show_all()
        else:
            # Another flag: part after part, so that none takes longer than a frame.
            self._show_next()

    def show_all(self) -> None:
        """Show what is left of the flag at once."""
        while self._to_show:
            self._show_next()

    def _show_next(self) -> None:
        self._frame.stop()
        if self._to_show:
            self._to_show.pop(0)()
        if self._to_show:
            self._frame.start()

    def _show_work(self, detail: IncidentDetail) -> None:
        ask = self.presenter
        may_work = self.desk.actor.role in WORKERS
        self.work.show_detail(detail, ask.now, ask.today, may_work=may_work)
        show_if(self.work, True)

    def _show_review(self, detail: IncidentDetail) -> None:
        self.review.show_detail(detail)
        show_if(self.review, True)

    def _on_ledger(self, page: ComplaintPage) -> None:
        wanted = self.presenter.ledger_wanted
        filtered = bool(wanted.search or wanted.states or wanted.late_only)
        may = self.desk.actor.role in ANSWERERS
        self.ledger.show_page(page, may_answer=may, is_filtered=filtered)

    def _on_burned(self, rows: tuple[BurnDownRow, ...]) -> None:
        self._burned = rows

    def _retell(self) -> None:
        """The names of rules are here: say rows and the open flag again."""
        self.filters.show_origin(self.presenter.origin)
        if self.presenter.page.rows:
            self.show_rows(self.presenter.page)
        if self.presenter.detail is not None:
            self._on_detail(self.presenter.detail)

    def _tick(self) -> None:
        ask = self.presenter
        self.work.tick(ask.now, ask.today)
        if self.isVisible() and ask.page.rows:
            self.show_rows(ask.page)

    def say_rows(self) -> None:
        """Counts for the status bar."""
        if self.mode in {"training", "questions"}:
            return
        page = self.presenter.page
        serious = sum(
            row.severity is Severity.CRITICAL and row.state is FlagState.NEW for row in page.rows
        )
        late = sum(row.late for row in page.rows)
        parts = [ntr("{n:,} flag", "{n:,} flags", page.matching)]
        if serious:
            parts.append(ntr("{n} serious without a first look", "{n} serious without a first look",
                             serious))  # fmt: skip
        if late:
            parts.append(ntr("{n} late", "{n} late", late))
        self.status_changed.emit(" · ".join(parts))

    def focus_main(self) -> None:
        """The focus is in what the view shows."""
        main = self.main_of(self.mode)
        if main.isVisible():
            main.setFocus()

    def main_of(self, mode: str) -> QWidget:
        """What has the focus in a view."""
        return self.ledger.table.view if mode == "complaints" else self.list

    def choose(self, ref: FlagRef) -> None:
        """Show another flag."""
        before = self.presenter.chosen
        if before is None or (before.branch_id, before.flag_id) != (ref.branch_id, ref.flag_id):
            self.wait_for_detail()
        self.presenter.show_flag(ref)

    def wait_for_detail(self) -> None:
        """The chosen flag is still to come; until it is late the one before stays, named as such.

        Nothing can be done with that one meanwhile: the presenter has let go of it.
        """
        self._patience.start()

    def _show_waiting(self) -> None:
        """It takes its time: nobody's figures stand here while another flag is chosen."""
        self._to_show.clear()
        self.detail.wait()
        for part in (self.work, self.review):
            part.hide()

    def clear(self) -> None:
        """Take every condition off."""
        self.presenter.clear()
        self._show_conditions()

    def _show_conditions(self) -> None:
        """Period and controls as the presenter has them."""
        self.periods.choose(self.presenter.period)
        self.filters.show_conditions(self.presenter.conditions, self.presenter.origin)

    def _on_failed(self, error: Exception) -> None:
        self.busy_changed.emit(False)
        self.waiting.stop()
        if not isinstance(error, SupervisorError):
            raise error
        again = [(tr("Try again"), self.refresh)]
        away = isinstance(error, UnreachableError)
        if self.body.isHidden() and self.absent.isHidden():
            self.waiting.hide()
            title = tr("Incidents could not be read")
            self.absent.show_state(title, sentence_of(error), again, "wifi-off")
            self.absent.show()
        elif is_refusal(error):
            self.banner.show_news("warn", sentence_of(error), dismissable=True)
        else:
            at = formats.clock_time(self.presenter.read_at)
            said = tr("Shown is what was read at {at}.", at=at)
            self.banner.show_news("warn", sentence_of(error), said, again, dismissable=True)
        self.trouble.emit(away)
