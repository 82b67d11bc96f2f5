"""What an import would do or did, in four figures with the sum of money below."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.models.rows.intake import ImportCheck, ImportResult
from supervisor.ui.widgets import Label
from supervisor.words.formats import count, money


class Figures(QWidget):
    """New, changed, already there, refused."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(40)
        self._numbers: dict[str, Label] = {}
        for key, title in (
            ("inserted", tr("New rows")),
            ("updated", tr("Changed rows")),
            ("unchanged", tr("Already there, skipped")),
            ("refused", tr("Cannot be imported")),
        ):
            column = QVBoxLayout()
            column.setSpacing(2)
            figure = Label("—", "objectTitle")
            figure.setAccessibleName(title)
            column.addWidget(Label(title, "secondary"))
            column.addWidget(figure)
            self._numbers[key] = figure
            row.addLayout(column)
        self._sum = Label(role="secondary")
        row.addStretch(1)
        row.addWidget(self._sum)

    def show_counts(self, counted: ImportCheck | ImportResult) -> None:
        """Show what was found out."""
        for key, figure in self._numbers.items():
            number = getattr(counted, key)
            figure.setText(count(number))
            figure.set_tone("warn" if key == "refused" and number else "")
        sums = counted.sums if isinstance(counted, ImportCheck) else {}
        self._sum.setText(_sum_words(sums["amount"]) if sums.get("amount") else "")


def _sum_words(fen: int) -> str:
    return tr("Amounts together: {amount} CNY", amount=money(fen))
