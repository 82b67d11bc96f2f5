"""投诉台账: complaints with their clock, state, visit and person; answer, extend, link, close."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from supervisor.i18n import ntr, ptr, tr
from supervisor.models.enums_incidents import ComplaintState
from supervisor.models.rows.complaints import ComplaintPage, ComplaintRow
from supervisor.ui.pages.incidents.parts import wrapped
from supervisor.ui.tables import Align, Column, Look, RowTableModel, Shape, TablePanel
from supervisor.ui.widgets import Button, Chip, ElidedLabel, EmptyState, clearable
from supervisor.words import formats, word

ACTS = ("answer", "extend", "link", "close", "case")


def clock_text(row: ComplaintRow) -> str:
    """How long is left for the answer, in words."""
    if row.days_left is None:
        answered = row.answered_on.isoformat() if row.answered_on is not None else ""
        return tr("answered {day}", day=answered) if answered else ""
    if row.days_left < 0:
        return ntr("{n} day late", "{n} days late", -row.days_left)
    if not row.days_left:
        return tr("due today")
    return ntr("{n} day left", "{n} days left", row.days_left)


def _clock_look(row: ComplaintRow) -> Look:
    if row.late:
        return Look(tone="crit", shape=Shape.DIAMOND)
    soon = row.days_left is not None and row.days_left <= 3
    return Look(tone="warn", shape=Shape.TRIANGLE) if soon else Look()


def columns(today: date) -> list[Column[ComplaintRow]]:
    """Columns of the ledger."""
    return [
        Column(
            "clock",
            lambda: tr("Answer"),
            clock_text,
            sort=lambda row: row.due_on,
            look=_clock_look,
            width=100,
            fixed=True,
            frozen=True,
        ),
        Column(
            "due",
            lambda: ptr("complaints", "Due"),
            lambda row: formats.day(row.due_on, today),
            sort=lambda row: row.due_on,
            align=Align.RIGHT,
            width=96,
        ),
        Column(
            "days",
            lambda: tr("Clock"),
            lambda row: ntr("{n} day", "{n} days", row.clock_days),
            sort=lambda row: row.clock_days,
            align=Align.RIGHT,
            width=104,
        ),
        Column("state", lambda: tr("State"), lambda row: word(row.state),
               sort=lambda row: row.state, width=140),
        Column("number", lambda: tr("Complaint"), lambda row: row.complaint_no,
               sort=lambda row: row.complaint_no, numeric=True, width=110),
        Column("received", lambda: tr("Received"),
               lambda row: formats.moment(row.received_at, today),
               sort=lambda row: row.received_at, align=Align.RIGHT, width=132),
        Column("channel", lambda: tr("Channel"), lambda row: word(row.channel),
               sort=lambda row: row.channel, width=110),
        Column("borrower", lambda: tr("Borrower"), lambda row: row.borrower, width=72,
               accessible=lambda row: row.borrower.replace("*", "") + tr(" (masked)")),
        Column("case", lambda: tr("Case"), lambda row: row.case_no,
               sort=lambda row: row.case_no, numeric=True, width=130),
        Column("visit", lambda: tr("Visit"), lambda row: row.visit_no or formats.MISSING,
               numeric=True, width=110),
        Column("person", lambda: tr("Person"), lambda row: row.person or formats.MISSING,
               width=84),
        Column("about", lambda: tr("About"), lambda row: row.about, width=150, grows=True),
        Column(
            "outcome",
            lambda: tr("Outcome"),
            lambda row: word(row.outcome) if row.outcome else "",
            width=120,
            hidden=True,
        ),
    ]  # fmt: skip


class Ledger(QFrame):
    """The table and what can be done with the complaint that is current.

    Signals:
        act_wanted: (one of ACTS, ComplaintRow).
        add_wanted: put a complaint down.
        chosen: conditions as keyword arguments of `ComplaintFilter` (dict).
    """

    act_wanted = Signal(str, object)
    add_wanted = Signal()
    chosen = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._today = today
        self.may_answer = True
        self.chips: dict[str, Chip] = {}
        self._state = ""
        self.model: RowTableModel[ComplaintRow] = RowTableModel(
            columns(today), row_id=lambda row: (row.branch_id, row.complaint_id)
        )
        self.table = TablePanel(self.model, "complaints")
        self.table.setAccessibleName(tr("Complaint ledger"))
        self.empty = EmptyState()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        box.addWidget(self._head())
        box.addWidget(self.stack, 1)
        box.addWidget(self._foot())
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(lambda row: self.act_wanted.emit("case", row))

    def _head(self) -> QWidget:
        head = QFrame()
        head.setObjectName("filterBar")
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 10, 12, 8)
        row.setSpacing(6)
        for key, text in (
            ("", tr("All")),
            *((state.value, word(state)) for state in ComplaintState),
            ("late", tr("Late")),
        ):
            chip = Chip(text, "outline" if key else "on")
            chip.clicked.connect(lambda _on=False, one=key: self._choose(one))
            self.chips[key] = chip
            row.addWidget(chip)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Complaint, case or person"))
        self.search.setAccessibleName(tr("Search complaints"))
        clearable(self.search)
        self.search.setMaximumWidth(240)
        self.search.textChanged.connect(lambda text: self.chosen.emit({"search": text.strip()}))
        row.addSpacing(6)
        row.addWidget(self.search, 1)
        self.search.setMinimumWidth(150)
        self.counts = ElidedLabel(role="secondary")
        self.counts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.counts, 2)
        self.add = Button(tr("Add a complaint"))
        self.add.clicked.connect(self.add_wanted)
        row.addWidget(self.add)
        return head

    def _foot(self) -> QWidget:
        self.foot = QFrame()
        self.foot.setObjectName("dialogFoot")
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        self.about = wrapped("", "secondary")
        row.addWidget(self.about, 1)
        self.buttons: dict[str, Button] = {}
        for act, text, kind in (
            ("answer", tr("Answer"), "primary"),
            ("extend", tr("Extend the clock"), ""),
            ("link", tr("Visit and person"), ""),
            ("close", tr("Close the complaint"), ""),
            ("case", tr("Open the case"), "link"),
        ):
            button = Button(text, kind)
            button.clicked.connect(lambda _on=False, one=act: self.do(one))
            self.buttons[act] = button
            row.addWidget(button)
        return self.foot

    def show_page(self, page: ComplaintPage, *, may_answer: bool, is_filtered: bool) -> None:
        """Show the ledger."""
        self.may_answer = may_answer
        self.add.set_enabled(may_answer, tr("Complaints are answered by other roles."))
        self.model.set_rows(page.rows)
        self.stack.setCurrentWidget(self.table if page.rows else self.empty)
        if not page.rows:
            title = tr("No complaint meets the conditions") if is_filtered else tr(
                "No complaints on record"
            )  # fmt: skip
            about = tr("Complaints arrive by import, from other systems, or are added here.")
            self.empty.show_state(title, about, (), "inbox" if is_filtered else "circle-check")
        self.counts.setText(
            tr("{total:,} complaints · {open:,} to answer · {late:,} late", total=page.total,
               open=page.open, late=page.late)
        )  # fmt: skip
        if page.rows and self.table.current_row() is None:
            self.table.make_current(0)
        self._on_current(self.table.current_row())

    def show_conditions(self, state: str, search: str) -> None:
        """Conditions that came from elsewhere."""
        self._mark(state)
        blocked = self.search.blockSignals(True)
        self.search.setText(search)
        self.search.blockSignals(blocked)

    def do(self, act: str) -> None:
        """Ask for an act on the current complaint."""
        row = self.table.current_row()
        if row is not None:
            self.act_wanted.emit(act, row)

    def _choose(self, key: str) -> None:
        self._mark(key)
        late = key == "late"
        states = frozenset() if not key or late else frozenset({ComplaintState(key)})
        self.chosen.emit({"states": states, "late_only": late})

    def _mark(self, key: str) -> None:
        self._state = key
        for one, chip in self.chips.items():
            chip.set_look("on" if one == key else "outline")

    def _on_current(self, row: ComplaintRow | None) -> None:
        self.foot.setVisible(row is not None)
        if row is None:
            return
        is_open = row.state is ComplaintState.OPEN
        why = tr("Complaints are answered by other roles.")
        for act, fits in (
            ("answer", is_open),
            ("extend", is_open and row.clock_days < 60),
            ("link", row.state is not ComplaintState.CLOSED),
            ("close", row.state is ComplaintState.ANSWERED),
        ):
            self.buttons[act].setVisible(fits)
            self.buttons[act].set_enabled(self.may_answer, why)
        said = [row.about or tr("No words on record."), row.extended_because, row.answer]
        self.about.setText(" · ".join(part for part in said if part))
