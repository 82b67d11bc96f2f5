"""The text of a help topic: Markdown in our type and colours, with a way back and forward."""

from collections.abc import Callable

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from supervisor.errors import ExpectedError
from supervisor.i18n import tr
from supervisor.manual.links import FLAG, MEASURE, PAGE, aim, definition
from supervisor.manual.topics import text
from supervisor.ui.look.fonts import BODY_PX, font
from supervisor.ui.look.tokens import theme_changed, tokens
from supervisor.words import sentence_of

HEADS = {1: (20, 0, 8), 2: (16, 16, 6), 3: (14, 12, 4)}
"""Size, room above and below of a heading, in pixels."""
KEYS_SHARES = (28, 72)
"""Per cent of the width that a table of keys gives to the keys, and to what they do."""
LEAD = 150
"""Per cent of the natural line."""
_GROWN = QTextFormat.Property.FontSizeAdjustment
MARKDOWN = QTextDocument.ResourceType.MarkdownResource
Type = QTextDocument.ResourceType


class HelpView(QTextBrowser):
    """Shows topics and definitions; a link to a screen of the program is passed on.

    Signals:
        page_wanted: the id of a screen.
        topic_shown: the name of the topic in front; "" for a definition.
    """

    page_wanted = Signal(str)
    topic_shown = Signal(str)

    def __init__(self, keys: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self._with_keys = ""
        self.setAccessibleName(tr("Help text"))
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(20)
        self.anchorClicked.connect(self.follow)
        theme_changed.connect(self._retheme)

    def show_topic(self, name: str, *, keys: bool = False) -> None:
        """A topic; with `keys` those of the page in front stand below it."""
        if keys:
            self._with_keys = name
        self.setSource(QUrl(f"{name}.md"), MARKDOWN)

    @property
    def topic(self) -> str:
        """The name of what is shown; "" for a definition."""
        found = aim(self.source().toString())
        return found.name if found.kind == "topic" else ""

    def follow(self, url: QUrl) -> None:
        """A link was opened, by pointer or by Enter."""
        found = aim(url.toString())
        if found.kind == PAGE:
            self.page_wanted.emit(found.name)
        else:
            self.setSource(QUrl(url.toString()), MARKDOWN)

    def doSetSource(self, name: QUrl | str, type_: Type = MARKDOWN) -> None:
        super().doSetSource(name, type_)
        self._dress()
        self.topic_shown.emit(self.topic)

    def loadResource(self, type_: int, name: QUrl | str) -> object:
        """The Markdown behind an address; a sentence where it cannot be read."""
        if Type(type_) is not MARKDOWN:
            return None
        found = aim(name if isinstance(name, str) else name.toString())
        try:
            if found.kind in {MEASURE, FLAG}:
                return definition(found)
            whole = text(found.name)
        except ExpectedError as error:
            head = tr("This topic cannot be read")
            return f"# {head}\n\n{sentence_of(error)}\n"
        return whole + self._keys() if found.name == self._with_keys else whole

    def mark(self, words: str) -> None:
        """Go to the first place that holds the words and select it."""
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if words and not self.find(words):
            self.find(words.split(maxsplit=1)[0])

    def go_to_keys(self) -> None:
        """The section with the keys of the page comes to the top; a topic without one is left."""
        if self.topic != self._with_keys:
            self.show_topic(self._with_keys)
        head, block = tr("Keys of this page"), self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.text() == head:
                bar = self.verticalScrollBar()
                self.setTextCursor(QTextCursor(block))
                bar.setValue(bar.value() + self.cursorRect().top())
                return
            block = block.next()

    def _retheme(self) -> None:
        if not self.source().isEmpty():
            self.reload()

    def _dress(self) -> None:
        """Headings, leading, keys and links in our type."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        block = self.document().begin()
        while block.isValid():
            self._dress_block(cursor, block)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _rule(frame)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _dress_block(self, cursor: QTextCursor, block: QTextBlock) -> None:
        level = block.blockFormat().headingLevel()
        size, above, below = HEADS.get(level, (BODY_PX, 0, 6))
        form = QTextBlockFormat()
        form.setTopMargin(above)
        form.setBottomMargin(2 if block.textList() else below)
        form.setLineHeight(LEAD, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setPosition(block.position())
        cursor.mergeBlockFormat(form)
        iterator = block.begin()
        while not iterator.atEnd():
            piece = iterator.fragment()
            cursor.setPosition(piece.position())
            cursor.setPosition(piece.position() + piece.length(), QTextCursor.MoveMode.KeepAnchor)
            cursor.setCharFormat(_look(piece.charFormat(), size, heading=bool(level)))
            iterator += 1


def _rule(table: QTextTable) -> None:
    """A table with hair lines, as wide as the text."""
    form = table.format()
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    form.setBorder(1)
    form.setBorderBrush(QColor(tokens().line2))
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setCellPadding(6)
    if table.columns() == 2:
        shares = [QTextLength(QTextLength.Type.PercentageLength, one) for one in KEYS_SHARES]
        form.setColumnWidthConstraints(shares)
    form.setTopMargin(4)
    form.setBottomMargin(8)
    table.setFormat(form)


def _look(was: QTextCharFormat, size: int, *, heading: bool) -> QTextCharFormat:
    """Our face in place of the one Markdown brings; keys on a quiet ground."""
    colours = tokens()
    strong = heading or was.fontWeight() > 400
    look = QTextCharFormat(was)
    look.clearProperty(int(_GROWN.value))  # headings of Markdown are larger by themselves
    look.setFont(font(size, 500 if strong else 400))
    look.setForeground(QColor(colours.accent if was.isAnchor() else colours.text))
    if was.fontFixedPitch():
        look.setFontFixedPitch(False)
        look.setBackground(QColor(colours.sunken))
    if was.isAnchor():
        look.setFontUnderline(True)
    return look
