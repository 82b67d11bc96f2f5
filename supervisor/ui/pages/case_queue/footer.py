"""Below the list: what is shown of how many, sums of everything, the row height."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.rows.case_queue import QueueTotals
from supervisor.ui.widgets import Label, SegmentedControl
from supervisor.words import formats

HEIGHT = 36


class QueueFooter(QFrame):
    """The footer of the queue.

    Signals:
        height_chosen: rows are to be dense (bool).
    """

    height_chosen = Signal(bool)

    def __init__(self, *, dense: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self.setFixedHeight(HEIGHT)
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 0, 12, 0)
        box.setSpacing(16)
        self.shown = Label(role="strong")
        self.sums = Label(role="secondary")
        self._height = height = SegmentedControl(
            [("dense", tr("Compact")), ("standard", tr("Standard"))], tr("Row height")
        )
        height.choose("dense" if dense else "standard")
        height.chosen.connect(lambda key: self.height_chosen.emit(key == "dense"))
        box.addWidget(self.shown)
        box.addWidget(self.sums)
        box.addStretch(1)
        box.addWidget(Label(tr("Row height"), "secondary"))
        box.addWidget(height)

    def show_height(self, *, dense: bool) -> None:
        """Mark the height in force."""
        self._height.choose("dense" if dense else "standard")

    def show_totals(self, totals: QueueTotals, on_screen: tuple[int, int]) -> str:
        """Say the figures; gives the words about the rows, for other places."""
        text = ntr("{n:,} case", "{n:,} cases", totals.cases)
        first, last = on_screen
        if totals.cases and last >= first >= 0:
            text = tr(
                "{first}–{last} of {all}",
                first=formats.count(first + 1),
                last=formats.count(min(last + 1, totals.cases)),
                all=text,
            )
        self.shown.setText(text)
        due = ntr("{n} promise due today", "{n} promises due today", totals.promises_due_today)
        amount = tr("overdue {amount} CNY", amount=formats.money(totals.overdue_fen))
        self.sums.setText(f"{amount} · {due}")
        return text
