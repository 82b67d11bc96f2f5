"""The visit note as reading text: trigger words with numbers, what was set aside in grey."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
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
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QTextEdit, QWidget

from supervisor.i18n import tr
from supervisor.models.enums import Severity
from supervisor.models.rows.incident_detail import SpanRow
from supervisor.ui.look.tokens import theme_changed, tokens
from supervisor.ui.pages.incidents.note_segments import Segment, segments
from supervisor.ui.tables import paint
from supervisor.ui.widgets import Label
from supervisor.words import word

LINE = 26


class NoteView(QTextEdit):
    """Read-only, selectable, as high as its text. Text is set piece by piece, never as markup."""

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


class Swatch(QWidget):
    """A small ground of a highlight, for the legend."""

    def __init__(self, token: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        self.setFixedSize(14, 12)
        theme_changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paint.colour(getattr(tokens(), self._token)))
        painter.drawRoundedRect(self.rect(), 2, 2)
        painter.end()


def legend(pieces: Sequence[Segment]) -> QWidget:
    """Only what occurs in this note."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    severities = {piece.severity for piece in pieces if piece.severity is not None}
    entries = []
    if Severity.CRITICAL in severities:
        entries.append(("hl2", word(Severity.CRITICAL)))
    if severities - {Severity.CRITICAL}:
        entries.append(("hl", tr("Attention or less")))
    if any(piece.cancelled for piece in pieces):
        entries.append(("hl_neg", tr("Recognised, does not count")))
    for token, text in entries:
        row.addWidget(Swatch(token))
        row.addWidget(Label(text, "secondary"))
        row.addSpacing(6)
    row.addStretch(1)
    holder.setVisible(bool(entries))
    return holder
