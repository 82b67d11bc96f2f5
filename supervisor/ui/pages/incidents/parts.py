"""Small parts of the incidents screen: severity tag, headings, bars painted from tokens."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from supervisor.models.enums import Severity
from supervisor.models.rows.incidents import RulePrecision
from supervisor.ui.look.tokens import Tokens, theme_changed, tokens
from supervisor.ui.pages.incidents.painted import Prose
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align, Shape
from supervisor.ui.widgets import Label
from supervisor.words import word
from supervisor.words.meanings import meaning
from supervisor.words.of_incidents_screen import LEAST_FOR_A_RATE

SHAPES = {
    Severity.CRITICAL: Shape.DIAMOND,
    Severity.MAJOR: Shape.TRIANGLE,
    Severity.MINOR: Shape.CIRCLE,
    Severity.INFO: Shape.CIRCLE,
}
TONES = {Severity.CRITICAL: "crit", Severity.MAJOR: "warn"}
"""Colour of a severity word; the others are plain text."""


class SeverityTag(QWidget):
    """Shape and word of a severity: always both."""

    def __init__(self, severity: Severity, size: int = 13, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._severity, self._size = severity, size
        self._text = word(severity)
        self.setAccessibleName(self._text)
        self.setToolTip(meaning(severity))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme_changed.connect(self.update)

    def set_severity(self, severity: Severity) -> None:
        """Another severity."""
        self._severity, self._text = severity, word(severity)
        self.setAccessibleName(self._text)
        self.setToolTip(meaning(severity))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(17 + paint.advance(self._text, self._size, 500), 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = tokens()
        painter = QPainter(self)
        middle = QPointF(5.5, self.height() / 2 + 0.5)
        paint.paint_shape(painter, middle, SHAPES[self._severity], colours)
        painter.setFont(paint.text_font(self._size, 500))
        tone = TONES.get(self._severity, "text2")
        painter.setPen(paint.colour(getattr(colours, tone)))
        painter.drawText(self.rect().adjusted(16, 0, 0, 0), Align.LEFT.number, self._text)
        painter.end()


def paint_precision(painter: QPainter, track: QRectF, one: RulePrecision, colours: Tokens) -> None:
    """How often findings of a rule stood up: share from zero with its interval.

    Below n = 20 there is no share; the track is hatched and the words give the counts.
    """
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(paint.colour(colours.track))
    painter.drawRoundedRect(track, 2, 2)
    if one.judged < LEAST_FOR_A_RATE or one.low is None or one.high is None:
        if one.judged:
            painter.setBrush(QBrush(paint.colour(colours.hatch), Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(track, 2, 2)
        return
    painter.setBrush(paint.colour(colours.bar))
    filled = QRectF(track)
    filled.setWidth(track.width() * (one.share or 0.0))
    painter.drawRoundedRect(filled, 2, 2)
    painter.setPen(QPen(paint.colour(colours.c4), 1.5))
    left, middle = track.left(), track.center().y()
    low, high = left + one.low * track.width(), left + one.high * track.width()
    painter.drawLine(QPointF(low, middle), QPointF(high, middle))
    for end in (low, high):
        painter.drawLine(QPointF(end, middle - 3.5), QPointF(end, middle + 3.5))


def wrapped(text: str, role: str = "", tone: str = "") -> Label:
    """A label over as many lines as it takes."""
    label = Label(text, role, tone)
    label.setWordWrap(True)
    label.setMinimumWidth(40)
    return label


def heading(title: str, about: str = "", *more: QWidget) -> QHBoxLayout:
    """The heading of a section: title, grey words, what stands at its right edge."""
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(Label(title, "strong"))
    grey = wrapped(about, "secondary")
    grey.setVisible(bool(about))
    line.addWidget(grey, 1)
    if not about:
        line.addStretch(1)
    for part in more:
        line.addWidget(part)
    return line


class Heading(QWidget):
    """The heading of a section that stays and is told anew."""

    def __init__(self, title: str = "", *more: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.title = Label(title, "strong")
        self.about = Prose("secondary")
        line.addWidget(self.title)
        line.addWidget(self.about, 1)
        for part in more:
            line.addWidget(part)

    def say(self, title: str, about: str = "") -> None:
        """Another title, other grey words."""
        tell(self.title, title)
        tell(self.about, about)


def tell(label: Label | Prose, text: str, *, hides: bool = False) -> None:
    """Set a text where it is another one; with `hides` an empty label is not shown."""
    if label.text() != text:
        label.setText(text)
    if hides and label.isHidden() == bool(text):
        label.setVisible(bool(text))


def show_if(widget: QWidget, on: bool) -> None:  # noqa: FBT001 - as Qt's own
    """Show or hide where that changes anything: a layout is asked once less."""
    if widget.isHidden() == on:
        widget.setVisible(on)


def column(parts: Sequence[QWidget | QHBoxLayout], spacing: int = 6) -> QWidget:
    """Parts below each other."""
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(spacing)
    for part in parts:
        if isinstance(part, QWidget):
            box.addWidget(part)
        else:
            box.addLayout(part)
    return holder


def rule_line() -> QWidget:
    """A hairline between sections."""
    line = QWidget()
    line.setObjectName("hairline")
    line.setFixedHeight(1)
    line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
    return line
