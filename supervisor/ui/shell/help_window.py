"""F1: help beside the work. Contents and search at the left, the topic at the right."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from supervisor.errors import ExpectedError
from supervisor.i18n import tr
from supervisor.manual.finding import find
from supervisor.manual.topics import Topic, manual, text, title
from supervisor.ui.look.memory import window_memory
from supervisor.ui.look.room import resize_within
from supervisor.ui.look.tokens import tokens
from supervisor.ui.shell.help_view import HelpView
from supervisor.ui.tables import paint
from supervisor.ui.widgets import (
    Button,
    EmptyState,
    IconButton,
    Label,
    ListRow,
    RowList,
    Splitter,
    clearable,
    with_search_sign,
)
from supervisor.words import sentence_of

SIZE = (900, 640)
CONTENTS = 240
PLACE = "help/place"
GROUPS = ("screen", "idea", "role")
_LEFT_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


class HelpWindow(QDialog):
    """Does not stand in the way: the window behind goes on working.

    Signals:
        page_wanted: the id of a screen a link leads to.
        tour_wanted: the person wants to be shown round once more.
    """

    page_wanted = Signal(str)
    tour_wanted = Signal()

    def __init__(
        self, keys: Callable[[], list[tuple[str, str]]], parent: QWidget, *, remembers: bool = True
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._keys, self._remembers = keys, remembers
        self.setWindowTitle(tr("Help"))
        self.setModal(False)
        self._build()
        self._connect()
        self.trouble = self._read_contents()
        self._beside_a_dialog = isinstance(parent, QDialog)
        self.tour.setVisible(isinstance(parent, QMainWindow) and hasattr(parent, "guidance"))
        place = window_memory().value(PLACE)
        if remembers and isinstance(place, QByteArray):
            self.restoreGeometry(place)
        else:
            resize_within(self, *SIZE)

    def _build(self) -> None:
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search the help"))
        self.search.setAccessibleName(tr("Search the help"))
        with_search_sign(self.search)
        clearable(self.search)
        self.contents = RowList()
        self.contents.setAccessibleName(tr("Contents"))
        self.contents.setItemDelegate(_Contents(self.contents))
        self.nothing = EmptyState()
        self.nothing.hide()
        self.view = HelpView(self._keys_text)
        self.back = IconButton("arrow-left", tr("Back"), keys="Alt+←")
        self.ahead = IconButton("arrow-right", tr("Forward"), keys="Alt+→")
        self.tour = Button(tr("Show me round"), small=True)
        self.keys = Button(tr("Keys of this page"), small=True)
        self.keys.setToolTip("Ctrl+F1")
        self.where = Label(role="secondary")
        left, right = QWidget(), QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 8, 12)
        column.addWidget(self.search)
        column.addWidget(self.contents, 1)
        column.addWidget(self.nothing, 1)
        other = QVBoxLayout(right)
        other.setContentsMargins(0, 12, 12, 12)
        other.addLayout(self._bar())
        other.addWidget(self.view, 1)
        self.splitter = Splitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([CONTENTS, SIZE[0] - CONTENTS])
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.splitter)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        for part in (self.back, self.ahead):
            part.setEnabled(False)
            bar.addWidget(part)
        bar.addWidget(self.where, 1)
        bar.addWidget(self.keys)
        bar.addWidget(self.tour)
        return bar

    def _connect(self) -> None:
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._open_first)
        self.contents.moved.connect(lambda _at: self._open_current())
        self.contents.picked.connect(lambda _at: self._go_to_text())
        self.back.clicked.connect(self.view.backward)
        self.ahead.clicked.connect(self.view.forward)
        self.view.backwardAvailable.connect(self.back.setEnabled)
        self.view.forwardAvailable.connect(self.ahead.setEnabled)
        self.view.topic_shown.connect(self._on_shown)
        self.view.page_wanted.connect(self._go_to_page)
        self.tour.clicked.connect(self.tour_wanted)
        self.keys.clicked.connect(self.view.go_to_keys)
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+F", self.search.setFocus),
            ("Ctrl+F1", self.view.go_to_keys),
            ("F6", self._next_part),
            ("Alt+Left", self.view.backward),
            ("Alt+Right", self.view.forward),
        )
        for sequence, act in keys:
            QShortcut(QKeySequence(sequence), self, act)

    def _read_contents(self) -> str:
        """Fill the list of topics; the sentence of what went wrong, if it cannot be read."""
        try:
            self._show_topics(self._in_order())
        except ExpectedError as error:
            self.view.setPlainText(sentence_of(error))
            return sentence_of(error)
        return ""

    def _in_order(self) -> list[Topic]:
        return [one for group in GROUPS for one in manual().topics if one.group == group]

    def _show_topics(self, topics: list[Topic], said: dict[str, str] | None = None) -> None:
        heads = {"screen": tr("Screens"), "idea": tr("What things mean"), "role": tr("Your work")}
        rows: list[ListRow] = []
        group = ""
        for one in topics:
            if said is None and one.group != group:
                group = one.group
                rows.append(ListRow(heads[group], enabled=False))
            name = title(text(one.name))
            at = said.get(one.name, "") if said else ""
            rows.append(ListRow(name, data=one.name, tip=f"{name}\n{at}" if at else name))
        self.contents.show_rows(rows)
        self.contents.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    # What is shown

    def show_topic(self, name: str) -> None:
        """A topic, with the keys of the page in front below it."""
        self.search.clear()
        if not self.trouble:
            self.view.show_topic(name, keys=True)
        self.view.setFocus()

    def _go_to_page(self, page_id: str) -> None:
        """Screens are behind the dialog, or not there yet; what was typed is not to be lost."""
        if self.tour.isHidden():
            said = tr("Close the dialog first; the screen is behind it.")
            self.where.setText(said if self._beside_a_dialog else tr("Choose the data first."))
        else:
            self.page_wanted.emit(page_id)

    def _keys_text(self) -> str:
        """The keys of the page as a section of the text."""
        head, keys, does = tr("Keys of this page"), tr("Keys"), tr("What they do")
        rows = "".join(f"| {_cell(one)} | {_cell(words)} |\n" for one, words in self._keys())
        return f"\n## {head}\n\n| {keys} | {does} |\n|---|---|\n{rows}"

    def _on_shown(self, name: str) -> None:
        self.where.setText("" if name else tr("Definition"))
        self.contents.blockSignals(True)
        self.contents.make_current(self._place_of(name))
        self.contents.blockSignals(False)
        words = self.search.text().strip()
        if words:
            self.view.mark(words)

    def _place_of(self, name: str) -> int:
        """Where a topic stands in the contents; -1: nowhere."""
        rows = self.contents.rows
        return next((at for at, row in enumerate(rows) if name and row.data == name), -1)

    def _narrow(self, words: str) -> None:
        if self.trouble:
            return
        if not words.strip():
            self._show_topics(self._in_order())
            self._on_shown(self.view.topic)
            return
        hits = find(words, self._in_order(), text)
        self._show_topics([hit.topic for hit in hits], {hit.topic.name: hit.at for hit in hits})
        if not hits:
            self.nothing.show_state(
                tr("No topic holds “{words}”", words=words.strip()),
                tr("Try a shorter word, or look through the contents."),
                [(tr("All topics"), self.search.clear)],
            )

    def _open_first(self) -> None:
        first = next((at for at, row in enumerate(self.contents.rows) if row.data), -1)
        if first >= 0:
            self.contents.make_current(first)
            self._go_to_text()

    def _open_current(self) -> None:
        at = self.contents.current()
        name = self.contents.rows[at].data if at >= 0 else None
        if name and name != self.view.topic:
            self.view.show_topic(name)

    def _go_to_text(self) -> None:
        self._open_current()
        self.view.setFocus()

    def _next_part(self) -> None:
        parts = [self.search, self.contents, self.view]
        at = next((i for i, one in enumerate(parts) if one.hasFocus()), 2)
        following = [*parts[at + 1 :], *parts[: at + 1]]
        next(one for one in following if one.isVisible()).setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep_place()
        super().closeEvent(event)

    def reject(self) -> None:
        """Esc."""
        self._keep_place()
        super().reject()

    def _keep_place(self) -> None:
        if self._remembers:
            window_memory().setValue(PLACE, self.saveGeometry())


class _Contents(QStyledItemDelegate):
    """Groups stand in grey above their topics; they cannot be chosen."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsEnabled:
            super().paint(painter, option, index)
            return
        room: QRect = option.rect
        painter.save()
        painter.setFont(paint.text_font(12, 500))
        painter.setPen(paint.colour(tokens().text2))
        words = str(index.data())
        painter.drawText(room.adjusted(12, 0, -8, 0), int(_LEFT_MIDDLE), words)
        painter.restore()


def _cell(words: str) -> str:
    return words.replace("|", "\\|")
