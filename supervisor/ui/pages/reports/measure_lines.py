"""Measures as lines of a form: what, who, by when; those of last week with what became of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.models.rows.reports import PlannedMeasure
from supervisor.ui.widgets import Button, IconButton, Label
from supervisor.words import formats

NO_DAY = QDate(2000, 1, 1)
"""Stands for a measure without a day; the field shows a dash."""
LONGEST = 400


class MeasureLine(QFrame):
    """One measure to be written.

    Signals:
        edited: something in it changed. dropped: it is not wanted.
    """

    edited = Signal()
    dropped = Signal()

    def __init__(self, measure: PlannedMeasure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inset")
        self._result = measure.result
        self.text = _line(measure.text, tr("What is done"))
        self.owner = _line(measure.owner, tr("Responsible"))
        self.due = QDateEdit()
        self.due.setDisplayFormat("yyyy-MM-dd")
        self.due.setCalendarPopup(True)
        self.due.setMinimumDate(NO_DAY)
        self.due.setSpecialValueText(formats.MISSING)
        self.due.setAccessibleName(tr("By when"))
        due = measure.due_on
        self.due.setDate(NO_DAY if due is None else QDate(due.year, due.month, due.day))
        self.drop = IconButton("x", tr("Take the measure out"), size=24)
        self.drop.clicked.connect(self.dropped)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self.owner, 1)
        below.addWidget(self.due)
        below.addWidget(self.drop)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(6)
        box.addWidget(self.text)
        box.addLayout(below)
        self.text.textChanged.connect(self.edited)
        self.owner.textChanged.connect(self.edited)
        self.due.dateChanged.connect(self.edited)

    def value(self) -> PlannedMeasure:
        """As it stands."""
        day = self.due.date()
        due = None if day == NO_DAY else date(day.year(), day.month(), day.day())
        text, owner = self.text.text().strip(), self.owner.text().strip()
        return PlannedMeasure(text, owner, due, self._result)

    def set_read_only(self, on: bool) -> None:  # noqa: FBT001 - as Qt's own
        """Read, not written."""
        self.text.setReadOnly(on)
        self.owner.setReadOnly(on)
        self.due.setReadOnly(on)
        self.drop.setVisible(not on)


class ResultLine(QFrame):
    """A measure of last week and what became of it.

    Signals:
        edited: the result changed.
    """

    edited = Signal()

    def __init__(self, measure: PlannedMeasure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inset")
        self._measure = measure
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(6)
        what = Label(measure.text)
        what.setWordWrap(True)
        day = measure.due_on.isoformat() if measure.due_on else formats.MISSING
        who = Label(tr("{who}, by {day}", who=measure.owner or formats.MISSING, day=day), "hint")
        self.result = _line(measure.result, tr("Result"))
        self.result.setAccessibleName(tr("Result: {measure}", measure=measure.text))
        for part in (what, who, self.result):
            box.addWidget(part)
        self.result.textChanged.connect(self.edited)

    def value(self) -> PlannedMeasure:
        """As it stands."""
        return replace(self._measure, result=self.result.text().strip())

    def set_read_only(self, on: bool) -> None:  # noqa: FBT001 - as Qt's own
        """Read, not written."""
        self.result.setReadOnly(on)


class MeasureLines(QWidget):
    """Measures below each other, and a button for one more.

    Signals:
        edited: one was changed, added or taken out.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[MeasureLine] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)
        self.more = Button(tr("Add a measure"), "link", "plus")
        self.more.clicked.connect(self.add)
        self._box.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._due: date | None = None

    def show_measures(self, measures: Sequence[PlannedMeasure], due: date | None) -> None:
        """Other measures; new ones are due on `due` unless said otherwise."""
        self._due = due
        for line in self.lines:
            self._remove(line)
        self.lines = [self._made(one) for one in measures]

    def values(self) -> tuple[PlannedMeasure, ...]:
        """Those with a text, in their order."""
        return tuple(one for one in (line.value() for line in self.lines) if one.text)

    def add(self) -> MeasureLine:
        """One more; the cursor stands in it."""
        line = self._made(PlannedMeasure("", "", self._due))
        self.lines.append(line)
        line.text.setFocus()
        return line

    def set_read_only(self, on: bool) -> None:  # noqa: FBT001 - as Qt's own
        """Read, not written."""
        self.more.setVisible(not on)
        for line in self.lines:
            line.set_read_only(on)

    def _made(self, measure: PlannedMeasure) -> MeasureLine:
        line = MeasureLine(measure, self)
        self._box.insertWidget(self._box.count() - 1, line)
        line.edited.connect(self.edited)
        line.dropped.connect(lambda: self._drop(line))
        return line

    def _drop(self, line: MeasureLine) -> None:
        self.lines.remove(line)
        self._remove(line)
        self.more.setFocus()
        self.edited.emit()

    def _remove(self, line: MeasureLine) -> None:
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()


def _line(text: str, name: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    field.setMaxLength(LONGEST)
    field.setCursorPosition(0)  # a long text is read from its beginning
    return field
