"""The repayment schedule: what is paid, overdue and not yet due stays apart."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from supervisor.i18n import ntr, tr
from supervisor.models.rows.case_file import CaseFileRow, InstalmentRow, InstalmentState
from supervisor.ui.look.icons import icon
from supervisor.ui.look.plain import tip
from supervisor.ui.look.tokens import theme_changed
from supervisor.words import formats, word

_LOOKS = {
    InstalmentState.PAID: ("check", "ok"),
    InstalmentState.PART_PAID: ("circle", "warn"),
    InstalmentState.OVERDUE: ("triangle-alert", "warn"),
    InstalmentState.NOT_DUE: ("circle", "text3"),
}
COLUMNS = 5
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def state_text(row: InstalmentRow) -> str:
    """Paid, part paid with the sum, overdue with its days, not yet due."""
    if row.state is InstalmentState.OVERDUE:
        return ntr("Overdue {n} day", "Overdue {n} days", row.days_overdue)
    if row.state is InstalmentState.PART_PAID:
        return tr("Part paid {amount}", amount=formats.money(row.paid_fen))
    return word(row.state)


class Schedule(QWidget):
    """All instalments of all contracts of the case."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about = QLabel(self)
        self.about.setProperty("role", "secondary")
        self.about.setWordWrap(True)
        self.table = QTableWidget(0, COLUMNS, self)
        self.table.setHorizontalHeaderLabels(
            [
                tr("No."),
                tr("Due on"),
                tr("Principal"),
                tr("Interest etc."),
                tr("State"),
            ]
        )
        self.table.setAccessibleName(tr("Repayment schedule"))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(28)
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        head = self.table.horizontalHeader()
        for column, width in enumerate((36, 82, 72, 72)):
            self.table.setColumnWidth(column, width)
        head.setMinimumSectionSize(32)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (2, 3):
            item = self.table.horizontalHeaderItem(column)
            if item is not None:
                item.setTextAlignment(RIGHT)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head.setSectionResizeMode(COLUMNS - 1, QHeaderView.ResizeMode.Stretch)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.about)
        box.addWidget(self.table, 1)
        self._file: CaseFileRow | None = None
        theme_changed.connect(self._on_theme)

    def _on_theme(self) -> None:
        if self._file is not None:
            self.show_file(self._file)

    def show_file(self, file: CaseFileRow) -> None:
        """Show the schedule of a case as of its day."""
        self._file = file
        several = len({row.contract_no for row in file.schedule}) > 1
        self.about.setText(_about(file))
        self.table.setRowCount(len(file.schedule))
        for line, row in enumerate(file.schedule):
            number = f"{row.contract_no[-4:]}-{row.number}" if several else str(row.number)
            texts = (
                number,
                row.due_on.isoformat(),
                formats.money(row.principal_fen),
                formats.money(row.interest_fen + row.fee_fen + row.penalty_fen),
                state_text(row),
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column in {2, 3}:
                    item.setTextAlignment(RIGHT)
                if column == COLUMNS - 1:
                    item.setIcon(icon(*_LOOKS[row.state]))
                item.setToolTip(tip(_parts(row) if column == 3 else text))
                self.table.setItem(line, column, item)
        self._show_first_open(file)

    def _show_first_open(self, file: CaseFileRow) -> None:
        """What is paid may lie above; the first unpaid instalment is on screen."""
        unpaid = (n for n, row in enumerate(file.schedule) if row.state is not InstalmentState.PAID)
        first = self.table.item(next(unpaid, 0), 0)
        if first is not None:
            self.table.scrollToItem(first, QTableWidget.ScrollHint.PositionAtCenter)


def _parts(row: InstalmentRow) -> str:
    return tr(
        "Interest {interest}, fees {fees}, penalty {penalty}",
        interest=formats.money(row.interest_fen),
        fees=formats.money(row.fee_fen),
        penalty=formats.money(row.penalty_fen),
    )


def _about(file: CaseFileRow) -> str:
    paid = sum(row.state is InstalmentState.PAID for row in file.schedule)
    text = tr("{paid} of {n} instalments paid", paid=paid, n=len(file.schedule))
    if file.payments_known_on is None:
        return " · ".join((text, tr("no payment data yet")))
    known = tr("payment data up to {day}", day=file.payments_known_on.isoformat())
    return f"{text} · {known}"
