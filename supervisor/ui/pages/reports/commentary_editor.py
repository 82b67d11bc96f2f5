"""What people write before printing: conclusions, problems, plan, support, measures."""

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.models.rows.reports import Commentary
from supervisor.ui.pages.reports.measure_lines import MeasureLines, ResultLine
from supervisor.ui.widgets import Button, FormRow, Label, Scroller

LINES = 3
"""Lines a field shows before it grows with what is written in it."""
MOST_LINES = 12


class ListField(QPlainTextEdit):
    """One item on each line; as high as its text, within reason. Tab goes to the next field."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._grow)
        self._grow()

    def items(self) -> tuple[str, ...]:
        """What stands on each line, empty ones left out."""
        return tuple(one.strip() for one in self.toPlainText().splitlines() if one.strip())

    def show_items(self, items: tuple[str, ...]) -> None:
        """Other items."""
        self.setPlainText("\n".join(items))

    def _grow(self) -> None:
        lines = min(MOST_LINES, max(LINES, round(self.document().size().height())))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 22)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()  # of the page, not of a text
            return
        super().keyPressEvent(event)


class CommentaryEditor(Scroller):
    """Knows nothing of saving; says when something was written.

    Signals:
        edited: the person changed something.
        compare_wanted: show once more what both wrote.
    """

    edited = Signal()
    compare_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, stops=False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown: Commentary | None = None
        self._telling = True
        self.fields = {
            "conclusions": ListField(tr("Conclusions")),
            "problems": ListField(tr("Problems")),
            "plan": ListField(tr("Plan for the next period")),
            "support": ListField(tr("Support needed")),
        }
        self.compare = Button(tr("Compare both"))
        self.compare.clicked.connect(lambda _on=False: self.compare_wanted.emit())
        self.compare.hide()
        self.measures = MeasureLines()
        self.results: list[ResultLine] = []
        self._lay_out()
        for field in self.fields.values():
            field.textChanged.connect(self._on_edited)
        self.measures.edited.connect(self._on_edited)

    def _lay_out(self) -> None:
        inner = QWidget()
        self._box = QVBoxLayout(inner)
        self._box.setContentsMargins(16, 4, 16, 16)
        self._box.setSpacing(12)
        self.said = Label(role="hint")
        self.said.setWordWrap(True)
        self._box.addWidget(self.said)
        self._box.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeft)
        self._last = QWidget()
        self._last_box = QVBoxLayout(self._last)
        self._last_box.setContentsMargins(0, 0, 0, 0)
        self._last_box.setSpacing(6)
        self._last_box.addWidget(Label(tr("Measures of last time and their results"), "secondary"))
        hint = tr("One on each line")
        for key, field in self.fields.items():
            self._box.addWidget(FormRow(field.accessibleName(), field, hint=hint))
            if key == "conclusions":
                self._box.addWidget(Label(tr("Measures: what, who, by when"), "secondary"))
                self._box.addWidget(self.measures)
                self._box.addWidget(self._last)
        self._box.addStretch(1)
        self.setWidget(inner)

    def show_commentary(self, words: Commentary, to_on: date) -> None:
        """Another commentary; where the fields say the same already nothing moves."""
        if self._shown is not None and words == self.value():
            self._shown = words
            return
        self._shown, self._telling = words, False
        for key, field in self.fields.items():
            if field.items() != getattr(words, key):  # else the cursor stays where it is
                field.show_items(getattr(words, key))
        # A week from the last day: people report at the next meeting.
        self.measures.show_measures(words.measures, to_on + timedelta(days=5))
        self._show_results(words)
        self._telling = True

    def value(self) -> Commentary:
        """As the fields stand."""
        texts = {key: field.items() for key, field in self.fields.items()}
        return Commentary(
            conclusions=texts["conclusions"],
            problems=texts["problems"],
            plan=texts["plan"],
            support=texts["support"],
            measures=self.measures.values(),
            last_measures=tuple(line.value() for line in self.results),
        )

    def set_read_only(self, on: bool, why: str = "") -> None:  # noqa: FBT001 - as Qt's own
        """Read, not written, and why."""
        for field in self.fields.values():
            field.setReadOnly(on)
        self.measures.set_read_only(on)
        for line in self.results:
            line.set_read_only(on)
        self.say(why)

    def say(self, text: str, tone: str = "") -> None:
        """Where the text is: saved, being saved, not saved and why."""
        self.said.setText(text)
        self.said.set_tone(tone)
        self.said.setVisible(bool(text))

    def first_field(self) -> QWidget:
        """Where writing begins."""
        return self.fields["conclusions"]

    def _show_results(self, words: Commentary) -> None:
        for line in self.results:
            self._last_box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.results = [ResultLine(one) for one in words.last_measures]
        for line in self.results:
            line.edited.connect(self._on_edited)
            self._last_box.addWidget(line)
        self._last.setVisible(bool(self.results))

    def _on_edited(self) -> None:
        if self._telling:
            self.edited.emit()
