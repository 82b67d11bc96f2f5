"""Which column of the file is read as which field, with samples; every choice can be changed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.models.rows.intake import ColumnRow, FieldRow, FilePreview, KindRow
from supervisor.ui.widgets import ElidedLabel, Scroller
from supervisor.words import sentence

SAMPLES = 3


class MappingBox(QWidget):
    """One line per column: heading, samples, field.

    Signals:
        mapped: (heading, field key or None).
    """

    mapped = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: dict[str, QComboBox] = {}
        self._scroll = Scroller(tr("Columns of the file"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)

    def show_file(self, preview: FilePreview, kind: KindRow) -> None:
        """Show the columns of this file with the fields of its kind."""
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(3, 1)
        for place, title in enumerate(
            (tr("Column in the file"), tr("First values"), tr("Read as"), "")
        ):
            head = QLabel(title)
            head.setProperty("role", "secondary")
            grid.addWidget(head, 0, place)
        self._choices = {}
        for line, column in enumerate(preview.columns, start=1):
            self._add_line(grid, line, column, kind)
        grid.setRowStretch(len(preview.columns) + 1, 1)
        self._scroll.setWidget(inside)

    def _add_line(self, grid: QGridLayout, line: int, column: ColumnRow, kind: KindRow) -> None:
        heading = QLabel(column.heading or tr("(no heading)"))
        heading.setTextFormat(Qt.TextFormat.PlainText)
        samples = QLabel(tr(", ").join(value[:24] for value in column.samples[:SAMPLES]))
        samples.setTextFormat(Qt.TextFormat.PlainText)
        samples.setProperty("role", "secondary")
        samples.setMinimumWidth(240)
        choice = self._choice(column, kind)
        heading.setBuddy(choice)
        grid.addWidget(heading, line, 0)
        grid.addWidget(samples, line, 1)
        grid.addWidget(choice, line, 2)
        if column.note is not None:
            note = ElidedLabel(sentence(column.note, {"column": column.heading}), "hint")
            choice.activated.connect(lambda _i: note.setVisible(choice.currentData() is None))
            grid.addWidget(note, line, 3)

    def _choice(self, column: ColumnRow, kind: KindRow) -> QComboBox:
        box = QComboBox()
        box.setMinimumWidth(200)
        box.setAccessibleName(tr("Field for column {heading}", heading=column.heading))
        box.addItem(tr("Do not import"), None)
        for field in kind.fields:
            box.addItem(_field_words(field), field.key)
        box.setCurrentIndex(max(0, box.findData(column.field)))
        box.activated.connect(lambda _i: self._on_mapped(column.heading, box.currentData()))
        self._choices[column.heading] = box
        return box

    def _on_mapped(self, heading: str, field: str | None) -> None:
        for other, box in self._choices.items():
            if other != heading and field is not None and box.currentData() == field:
                box.setCurrentIndex(0)
        self.mapped.emit(heading, field)


def _field_words(field: FieldRow) -> str:
    return tr("{field} (required)", field=field.heading) if field.required else field.heading
