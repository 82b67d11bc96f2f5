"""One timeline over all channels, newest first, with a toggle per channel."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QPushButton,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from supervisor.i18n import ptr, tr
from supervisor.models.rows.case_file import EntryKind, EntryRow
from supervisor.ui.look import fonts, icons
from supervisor.ui.look.style import polish
from supervisor.ui.look.tokens import tokens
from supervisor.ui.widgets import Label, ListRow, RowList
from supervisor.ui.widgets.flow import FlowLayout
from supervisor.ui.widgets.row_list import DATA
from supervisor.words import formats, sentence, word

ROW_HEIGHT = 48
LOWEST = 180
QWIDGETSIZE_MAX = 16_777_215
DATE_WIDTH = 44
RING = 22
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Channel:
    """A toggle above the timeline: what it is called and which entries it keeps."""

    key: str
    title: str
    kinds: frozenset[EntryKind]


_LOOKS: dict[EntryKind, tuple[str, str]] = {
    EntryKind.VISIT: ("house", "accent"),
    EntryKind.PHONE: ("phone", "text2"),
    EntryKind.SMS: ("message-square", "text2"),
    EntryKind.LETTER: ("mail", "text2"),
    EntryKind.PAYMENT: ("banknote", "ok"),
    EntryKind.PROMISE: ("handshake", "warn"),
    EntryKind.PLAN: ("calendar-days", "accent"),
    EntryKind.ASSIGNMENT: ("arrow-left-right", "text2"),
    EntryKind.HOLD: ("circle-pause", "crit"),
    EntryKind.COMPLAINT: ("circle-alert", "crit"),
    EntryKind.FLAG: ("flag", "crit"),
    EntryKind.NOTE: ("sticky-note", "text2"),
    EntryKind.PLACED: ("inbox", "text2"),
}
"""Icon and colour by kind; colour only where something is serious, promised, paid or visited."""


def channels() -> tuple[Channel, ...]:
    """The toggles, everything first."""
    written = frozenset({EntryKind.SMS, EntryKind.LETTER})
    money = frozenset({EntryKind.PAYMENT, EntryKind.PROMISE})
    course = frozenset({EntryKind.ASSIGNMENT, EntryKind.HOLD, EntryKind.PLACED, EntryKind.NOTE})
    return (
        Channel("all", tr("All"), frozenset(EntryKind)),
        Channel("visit", ptr("channel", "Visits"), frozenset({EntryKind.VISIT, EntryKind.PLAN})),
        Channel("phone", tr("Phone"), frozenset({EntryKind.PHONE})),
        Channel("written", tr("Messages"), written),
        Channel("money", ptr("channel", "Money"), money),
        Channel("flag", ptr("channel", "Flags"), frozenset({EntryKind.FLAG, EntryKind.COMPLAINT})),
        Channel("course", tr("Course"), course),
    )


def headline(entry: EntryRow) -> str:
    """What happened, in words."""
    return sentence(entry.code, entry.facts)


def detail(entry: EntryRow) -> str:
    """Who, and what was written."""
    said = tr(", ").join(entry.people)
    return " · ".join(part for part in (" ".join(entry.text.split()), said) if part)


class _Painter(QStyledItemDelegate):
    """Date and time, a ring with the channel's icon, two lines."""

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.today = today

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: EntryRow = index.data(DATA)
        rect: QRect = option.rect
        colours = tokens()
        icon, token = _LOOKS[entry.kind]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_when(painter, rect, entry)
        left = rect.left() + DATE_WIDTH + 8
        middle = left + RING // 2
        painter.setPen(QPen(colours.line2))
        painter.drawLine(middle, rect.top(), middle, rect.bottom())
        ring = QRect(left, rect.top() + 4, RING, RING)
        painter.setPen(QPen(getattr(colours, token)))
        painter.setBrush(QPen(colours.surface).color())
        painter.drawEllipse(ring)
        icons.paint(painter, icon, ring.adjusted(5, 5, -5, -5), token)
        self._paint_words(painter, rect, left + RING + 10, entry)
        painter.restore()

    def _paint_when(self, painter: QPainter, rect: QRect, entry: EntryRow) -> None:
        colours = tokens()
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(fonts.font(12))
        painter.setPen(QPen(colours.text))
        day = QRect(rect.left(), rect.top() + 3, DATE_WIDTH, 20)
        shown = (
            entry.on.strftime("%m-%d") if entry.on.year == self.today.year else f"{entry.on:%y-%m}"
        )
        painter.drawText(day, flags, shown)
        painter.setPen(QPen(colours.text3))
        clock = formats.clock_time(entry.at) if entry.at is not None else ""
        painter.drawText(day.translated(0, 18), flags, clock)

    def _paint_words(self, painter: QPainter, rect: QRect, left: int, entry: EntryRow) -> None:
        colours = tokens()
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        room = rect.right() - left - 4
        painter.setFont(fonts.font(13, 500))
        loud = entry.kind in {EntryKind.FLAG, EntryKind.HOLD, EntryKind.COMPLAINT}
        painter.setPen(QPen(colours.crit if loud else colours.text))
        kind = word(entry.kind)
        used = painter.fontMetrics().horizontalAdvance(kind)
        line = QRect(left, rect.top() + 3, room, 20)
        painter.drawText(line, flags, kind)
        painter.setFont(fonts.font(13))
        painter.setPen(QPen(colours.text))
        said = painter.fontMetrics().elidedText(
            headline(entry), Qt.TextElideMode.ElideRight, max(0, room - used - 8)
        )
        painter.drawText(line.adjusted(used + 8, 0, 0, 0), flags, said)
        painter.setFont(fonts.font(12))
        painter.setPen(QPen(colours.text2))
        below = painter.fontMetrics().elidedText(detail(entry), Qt.TextElideMode.ElideRight, room)
        painter.drawText(line.translated(0, 19), flags, below)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(200, ROW_HEIGHT)


class Timeline(QWidget):
    """The list with its toggles."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[EntryRow, ...] = ()
        self._channel = "all"
        self._toggles: dict[str, QPushButton] = {}
        self._whole = False
        self.title = Label(tr("Timeline"), "strong")
        bar = QWidget(self)
        flow = FlowLayout(bar, gap=4)
        for channel in channels():
            chip = QPushButton(channel.title, bar)
            chip.setObjectName("chip")
            chip.clicked.connect(lambda _=False, key=channel.key: self.choose(key))
            flow.addWidget(chip)
            self._toggles[channel.key] = chip
        self.list = RowList(self)
        self.list.setAccessibleName(tr("Timeline"))
        self.list.setItemDelegate(_Painter(today, self.list))
        self.list.setVerticalScrollMode(RowList.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.moved.connect(self._on_current)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.title)
        box.addWidget(bar)
        box.addWidget(self.list, 1)

    def show_whole(self, *, on: bool, titled: bool) -> None:
        """As high as its entries, for a page that scrolls as one; else a list that scrolls."""
        self._whole = on
        self.title.setVisible(titled)
        policy = Qt.ScrollBarPolicy
        self.list.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if on else policy.ScrollBarAsNeeded
        )
        self._fit()

    def _fit(self) -> None:
        if self._whole:
            self.list.setFixedHeight(max(1, self.list.count()) * ROW_HEIGHT)
        else:
            self.list.setMinimumHeight(LOWEST)
            self.list.setMaximumHeight(QWIDGETSIZE_MAX)

    def _on_current(self, at: int) -> None:
        """Keys move within a list that does not scroll: the page around it has to."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        inside = around.widget() if isinstance(around, QScrollArea) else None
        if self._whole and at >= 0 and inside is not None and isinstance(around, QScrollArea):
            middle = QPoint(0, at * ROW_HEIGHT + ROW_HEIGHT // 2)
            where = self.list.viewport().mapTo(inside, middle)
            around.ensureVisible(where.x(), where.y(), 0, ROW_HEIGHT)

    def show_entries(self, entries: tuple[EntryRow, ...]) -> None:
        """Show another case's entries; the chosen channel stays."""
        self._entries = entries
        counts = Counter(entry.kind for entry in entries)
        for channel in channels():
            n = sum(counts[kind] for kind in channel.kinds)
            chip = self._toggles[channel.key]
            chip.setText(channel.title if channel.key == "all" else f"{channel.title} {n}")
            chip.setVisible(channel.key == "all" or n > 0)
            if channel.key == self._channel and n == 0:
                self._channel = "all"
        self.choose(self._channel)

    def choose(self, key: str) -> None:
        """Show the entries of one channel."""
        self._channel = key
        kinds = next(one.kinds for one in channels() if one.key == key)
        self.list.show_rows([_row(entry) for entry in self._entries if entry.kind in kinds])
        self._fit()
        for name, chip in self._toggles.items():
            chip.setAccessibleDescription(tr("shown") if name == key else "")
            chip.setProperty("look", "plain" if name != key else "filter")
            polish(chip)


def _row(entry: EntryRow) -> ListRow:
    spoken = f"{entry.on.isoformat()} {word(entry.kind)} {headline(entry)}"
    below = detail(entry)
    tip = f"{spoken}\n{entry.text}".strip() if below else spoken
    return ListRow(headline(entry), entry, tip=tip, spoken=f"{spoken} {below}".strip())
