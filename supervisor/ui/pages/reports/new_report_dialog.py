"""新建报告: which report, of which branches, over which days; made with the dialog open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Event

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from supervisor.errors import SupervisorError
from supervisor.i18n import ntr, tr
from supervisor.models.enums_reports import ReportKind
from supervisor.models.ids import BranchId
from supervisor.models.rows.directory import DirectoryRow
from supervisor.models.rows.reports import ReportRequest
from supervisor.models.rules.workdays import Calendar
from supervisor.ui.background.desk import Scope
from supervisor.ui.pages.reports.periods import Period, Preset, beginning, period_of, preset_text
from supervisor.ui.widgets import Dialog, FormRow, Label, ThinBar
from supervisor.ui.widgets.branch_choice import BranchChoice
from supervisor.words import sentence_of, word

ONE_BRANCH = frozenset({ReportKind.AGENT, ReportKind.EVIDENCE})
"""Kinds about a person or a case: the branch follows from them."""
Made = Callable[[int], object]
"""Told how many reports were made."""


@dataclass(frozen=True, slots=True)
class Making:
    """How the dialog has reports made: requests, progress, then, failed; gives the stop flag.

    `calendar`: the house's working days, once they are known.
    """

    start: Callable[
        [
            tuple[ReportRequest, ...],
            Callable[[int, int], object],
            Made,
            Callable[[Exception], object],
        ],
        Event,
    ]
    kinds: tuple[ReportKind, ...]
    directory: DirectoryRow
    scope: Scope
    today: date
    sees_all: bool = True
    calendar: Calendar | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Branches by id; `everyone`: all there are, and the person may ask for all of them."""

    branches: tuple[BranchId, ...]
    everyone: bool = False

    @property
    def scope(self) -> tuple[BranchId, ...] | None:
        """As requests say it."""
        return None if self.everyone else self.branches


def requests_of(
    kind: ReportKind, chosen: Chosen, period: Period, subject: str | None
) -> tuple[ReportRequest, ...]:
    """What is asked for: weekly reports of several branches are a comparison and a booklet each."""
    days = (period.first, period.last)
    if kind is not ReportKind.WEEKLY:
        return (ReportRequest(kind, chosen.scope, *days, subject),)
    booklets = tuple(ReportRequest(kind, (one,), *days) for one in chosen.branches)
    if len(booklets) < 2:
        return booklets
    return (ReportRequest(ReportKind.DIGEST, chosen.scope, *days), *booklets)


class ReportBranches(BranchChoice):
    """All branches, or some of them; nothing is asked where there is one."""

    def __init__(self, known: DirectoryRow, scope: Scope) -> None:
        super().__init__([(one.branch_id, one.name) for one in known.branches], tr("All branches"))
        first = scope.branch_of(known)
        self.choose(None if first is None else (first,))
        self.setVisible(len(known.branches) > 1)

    def chosen(self) -> tuple[BranchId, ...]:
        """The branches, by their order in the list; the only one where there is one."""
        if self.everyone.isChecked() or len(self._known) == 1:
            return self._known
        return self.marked()


class NewReportDialog(Dialog):
    """Stays open while reports are made: progress, a stop, and the reason when it cannot be."""

    help_topic = "reports"

    def __init__(self, making: Making, parent: QWidget) -> None:
        super().__init__(tr("New report"), tr("Make the report"), width=460, parent=parent)
        self._making = making
        self._stop: Event | None = None
        self.kind = QComboBox()
        for kind in making.kinds:
            self.kind.addItem(word(kind), kind.value)
        self.add_row(FormRow(tr("Report"), self.kind))
        self.branches = ReportBranches(making.directory, making.scope)
        self.branch_row = self.add_row(
            FormRow(tr("Branches"), self.branches, check=self._check_branches)
        )
        self.branch_row.setVisible(len(making.directory.branches) > 1)
        self._add_period()
        self._add_subject()
        self.hint = Label(role="hint")
        self.hint.setWordWrap(True)
        self.body.addWidget(self.hint)
        self.bar = ThinBar()
        self.bar.hide()
        self.body.addWidget(self.bar)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.branches.changed.connect(self._say)
        self._on_kind()

    def _add_period(self) -> None:
        self.preset = QComboBox()
        self.preset.setMaxVisibleItems(len(Preset))
        for preset in Preset:
            self.preset.addItem(preset_text(preset), preset.value)
        self.first, self.last = _day(tr("First day")), _day(tr("Last day"))
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.preset, 1)
        line.addWidget(self.first)
        line.addWidget(self.last)
        holder.setFocusProxy(self.preset)
        self.preset.setAccessibleName(tr("Period"))
        self.preset.activated.connect(lambda _at: self._on_preset())
        self.first.dateChanged.connect(self._on_day)
        self.last.dateChanged.connect(self._on_day)
        self.add_row(FormRow(tr("Period"), holder, check=self._check_period))

    def _add_subject(self) -> None:
        self.person = QComboBox()
        self.person.setMaxVisibleItems(16)
        for one in self._making.directory.staff:
            if one.active:
                self.person.addItem(f"{one.name} {one.staff_no}", one.staff_no)
        self.person_row = self.add_row(FormRow(tr("Collector"), self.person))
        self.case = QLineEdit()
        self.case_row = self.add_row(FormRow(tr("Case no."), self.case, check=self._check_case))

    # What the fields say

    @property
    def report_kind(self) -> ReportKind:
        """The kind chosen."""
        return ReportKind(self.kind.currentData())

    def period(self) -> Period:
        """The days as they stand."""
        return Period(_date_of(self.first), _date_of(self.last))

    def subject(self) -> str | None:
        """Staff number or case number; None where the kind has none."""
        if self.report_kind is ReportKind.AGENT:
            return str(self.person.currentData() or "") or None
        if self.report_kind in {ReportKind.EVIDENCE, ReportKind.VISIT_SHEET}:
            return self.case.text().strip() or None
        return None

    def requests(self) -> tuple[ReportRequest, ...]:
        """What will be made."""
        return requests_of(self.report_kind, self._chosen(), self.period(), self.subject())

    def _chosen(self) -> Chosen:
        making, several = self._making, len(self._making.directory.branches) > 1
        if self.report_kind is ReportKind.AGENT:
            number = self.person.currentData()
            own = (one.branch_id for one in making.directory.staff if one.staff_no == number)
            return Chosen(tuple(own))
        everyone = self.report_kind in ONE_BRANCH or self.branches.everyone.isChecked()
        branches = tuple(one.branch_id for one in making.directory.branches)
        if everyone and several:
            return Chosen(branches, everyone=making.sees_all)
        return Chosen(self.branches.chosen())

    def fill(self, kind: ReportKind, subject: str = "") -> None:
        """Begin with this kind, and this person or case."""
        at = self.kind.findData(kind.value)
        if at >= 0:
            self.kind.setCurrentIndex(at)
        self.case.setText(subject)
        person = self.person.findData(subject)
        if person >= 0:
            self.person.setCurrentIndex(person)

    def _on_kind(self, _at: int = 0) -> None:
        kind = self.report_kind
        several = len(self._making.directory.branches) > 1
        if kind is ReportKind.DIGEST and len(self.branches.chosen()) < 2:
            self.branches.choose(None)
        self.branch_row.setVisible(several and kind not in ONE_BRANCH)
        self.person_row.setVisible(kind is ReportKind.AGENT)
        self.case_row.setVisible(kind in {ReportKind.EVIDENCE, ReportKind.VISIT_SHEET})
        self.preset.setCurrentIndex(self.preset.findData(beginning(kind).value))
        self._on_preset()
        self._say()
        self.adjustSize()

    def _on_preset(self) -> None:
        preset = Preset(self.preset.currentData())
        if preset is Preset.CUSTOM:
            self.first.setFocus()
            return
        period = period_of(preset, self._making.today, self._making.calendar)
        for field, day in ((self.first, period.first), (self.last, period.last)):
            field.blockSignals(True)
            field.setDate(QDate(day.year, day.month, day.day))
            field.blockSignals(False)
        self._say()

    def _on_day(self) -> None:
        self.preset.setCurrentIndex(self.preset.findData(Preset.CUSTOM.value))
        self._say()

    def _check_branches(self) -> str:
        missing = self.report_kind not in ONE_BRANCH and not self.branches.chosen()
        return tr("Choose at least one branch.") if missing else ""

    def _check_period(self) -> str:
        period = self.period()
        return tr("The last day lies before the first.") if period.last < period.first else ""

    def _check_case(self) -> str:
        missing = self.report_kind is ReportKind.EVIDENCE and not self.case.text().strip()
        return tr("Write the number of the case.") if missing else ""

    def _say(self, *_changed: object) -> None:
        """What will come of it."""
        texts = []
        if self.period().last >= self._making.today:
            texts.append(tr("The period is not over: figures will still change."))
        made = len(self.requests())
        if made > 1:
            texts.append(
                ntr("{n} report: a comparison, and a booklet for each branch.",
                    "{n} reports: a comparison, and a booklet for each branch.", made)
            )  # fmt: skip
        if self.report_kind is ReportKind.VISIT_SHEET:
            texts.append(tr("Without a case number: every visit planned in these days."))
        self.hint.setText(" ".join(texts))
        self.hint.setVisible(bool(texts))

    # Making

    def confirm(self) -> None:
        """Check, make, and stay open until it is done."""
        if not self.primary.isEnabled():
            return
        wrong = self.problems()
        self.summary.hide()
        if wrong:
            wrong[0].field.setFocus()
            return
        self._busy(True)
        self._stop = self._making.start(
            self.requests(), self._on_progress, self._on_made, self._on_refused
        )

    def reject(self) -> None:
        """Esc and 取消: stop what is being made; else close."""
        if self._stop is not None and not self.primary.isEnabled():
            self._stop.set()
            self.cancel.set_enabled(False, tr("Being stopped"))
            return
        super().reject()

    def _busy(self, on: bool) -> None:  # noqa: FBT001 - a state
        self.primary.set_enabled(not on, tr("Being made"))
        self.cancel.set_enabled(True)
        self.cancel.setText(tr("Stop") if on else tr("Cancel"))
        self.bar.setVisible(on)
        self.bar.set_share(None if on else 0.0)
        for row in self._rows:
            row.setEnabled(not on)
        if on:
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_progress(self, done: int, of: int) -> None:
        if self.primary.isEnabled():
            return
        self.bar.set_share(done / of if of and done else None)
        if of > 1:
            self.hint.setText(tr("{done} of {of} reports made", done=done, of=of))
            self.hint.show()

    def _on_made(self, made: int) -> None:
        self._stop = None
        if made:
            self.confirmed.emit()
            self.accept()
            return
        self._busy(False)
        self.summary.setText(tr("Stopped. No report was made."))
        self.summary.show()

    def _on_refused(self, error: Exception) -> None:
        self._stop = None
        self._busy(False)
        if not isinstance(error, SupervisorError):
            raise error
        self.summary.setText(sentence_of(error))
        self.summary.show()


def _day(name: str) -> QDateEdit:
    field = QDateEdit()
    field.setDisplayFormat("yyyy-MM-dd")
    field.setCalendarPopup(True)
    field.setAccessibleName(name)
    return field


def _date_of(field: QDateEdit) -> date:
    day = field.date()
    return date(day.year(), day.month(), day.day())
