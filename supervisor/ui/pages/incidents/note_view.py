"""The visit note as reading text: trigger words with numbers, what was set aside in grey."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from supervisor.i18n import tr
from supervisor.models.enums import Severity
from supervisor.models.rows.incident_detail import SpanRow
from supervisor.ui.look.tokens import theme_changed, tokens
from supervisor.ui.pages.incidents.note_segments import Segment, segments
from supervisor.ui.pages.incidents.painted import Painted
from supervisor.ui.tables import paint
from supervisor.words import word

LINE = 26
LEGEND_LINE, SWATCH = 18, 14


class NoteView(QTextEdit):
    """Read-only, selectable, as high as its text. Text is set piece by piece, never as markup.

    Signals:
        copied: words of the note went to the clipboard.
    """

    copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noteText")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Visit note"))
        self._pieces: tuple[Segment, ...] = ()
        document = QTextDocument(self)
        document.setDocumentMargin(0)
        document.setDefaultFont(paint.text_font(14, 400))
        self.setDocument(document)
        theme_changed.connect(self._render)

    def show_note(self, note: str, spans: Sequence[SpanRow]) -> None:
        """Show a note with its highlights."""
        self._pieces = segments(note, spans)
        self.setAccessibleDescription(spoken(self._pieces))
        self._render()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Every copy passes here, by key, menu or dragging."""
        self.copied.emit()
        return super().createMimeDataFromSelection()

    def sizeHint(self) -> QSize:
        return QSize(320, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, LINE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.height() != self._height():
            self.setFixedHeight(self._height())

    def _height(self) -> int:
        self.document().setTextWidth(max(120, self.viewport().width()))
        return max(LINE, int(self.document().size().height()) + 4)

    def _render(self) -> None:
        self.clear()
        cursor = QTextCursor(self.document())
        block = QTextBlockFormat()
        block.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setBlockFormat(block)
        for piece in self._pieces:
            cursor.insertText(piece.text, _format(piece))
            for number in piece.numbers:
                cursor.insertText(f"[{number}]", _number_format(piece))
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._fit()


def _format(piece: Segment) -> QTextCharFormat:
    colours, made = tokens(), QTextCharFormat()
    made.setForeground(QColor(colours.text))
    if piece.severity is not None:
        serious = piece.severity is Severity.CRITICAL
        made.setBackground(QColor(colours.hl2 if serious else colours.hl))
        made.setFontWeight(500)
    elif piece.cancelled is not None:
        made.setBackground(QColor(colours.hl_neg))
        made.setForeground(QColor(colours.text2))
        made.setFontUnderline(True)
        made.setToolTip(word(piece.cancelled))
    return made


def _number_format(piece: Segment) -> QTextCharFormat:
    colours, made = tokens(), QTextCharFormat()
    serious = piece.severity is Severity.CRITICAL
    made.setForeground(QColor(colours.crit if serious else colours.warn))
    made.setFontPointSize(9)
    return made


def spoken(pieces: Sequence[Segment]) -> str:
    """What the highlights say, for screen readers: nothing important lives in a colour alone."""
    told = []
    for piece in pieces:
        if piece.severity is not None:
            told.append(tr("{level}: {words}", level=word(piece.severity), words=piece.text))
        elif piece.cancelled is not None:
            told.append(tr("Does not count: {words}", words=piece.text))
    return tr("; ").join(told)


class Legend(Painted):
    """What the grounds in the note mean; only those that occur in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: list[tuple[str, str]] = []

    def show_pieces(self, pieces: Sequence[Segment]) -> None:
        """Tell of the grounds in these pieces."""
        severities = {piece.severity for piece in pieces if piece.severity is not None}
        found = []
        if Severity.CRITICAL in severities:
            found.append(("hl2", word(Severity.CRITICAL)))
        if severities - {Severity.CRITICAL}:
            found.append(("hl", tr("Attention or less")))
        if any(piece.cancelled for piece in pieces):
            found.append(("hl_neg", tr("Recognised, does not count")))
        self._entries = found
        self.setAccessibleName(tr(", ").join(text for _, text in found))
        self.changed()

    def height_at(self, width: int) -> int:
        return max((top + LEGEND_LINE for _, top, _ in self._places(width)), default=0)

    def _places(self, width: int) -> list[tuple[int, int, tuple[str, str]]]:
        x = y = 0
        found = []
        for entry in self._entries:
            wide = SWATCH + 6 + paint.advance(entry[1], 12, 400)
            if x and x + wide > width:
                x, y = 0, y + LEGEND_LINE
            found.append((x, y, entry))
            x += wide + 12
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, colours = QPainter(self), tokens()
        painter.setFont(paint.text_font(12, 400))
        for x, y, (token, text) in self._places(self.width()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(paint.colour(getattr(colours, token)))
            painter.drawRoundedRect(QRect(x, y + 3, SWATCH, 12), 2, 2)
            painter.setPen(paint.colour(colours.text2))
            room = QRect(x + SWATCH + 6, y, self.width(), LEGEND_LINE)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.end()
