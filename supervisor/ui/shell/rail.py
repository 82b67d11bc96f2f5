"""The rail: pages as icons with labels and badges."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.ui.look import fonts, icons
from supervisor.ui.look.tokens import theme_changed, tokens
from supervisor.ui.shell.registry import PageEntry, numbered
from supervisor.ui.widgets.scroller import Scroller
from supervisor.ui.widgets.spoken import Role

WIDE, NARROW = 72, 56
ICON = 20


class RailButton(QAbstractButton):
    """One page. The badge has a number and, where serious, its own colour and word."""

    spoken_role = Role.RadioButton

    def __init__(self, entry: PageEntry, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self._keys = keys
        self._count, self._serious = 0, False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        theme_changed.connect(self.update)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(WIDE, 58)

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROW - 2, 50)

    def set_badge(self, count: int, *, serious: bool = False) -> None:
        """0 takes the badge away."""
        self._count, self._serious = count, serious
        self.retranslate()
        self.update()

    def retranslate(self) -> None:
        """Words changed."""
        self.setText(self.entry.title())
        name = self.entry.title()
        if self._count:
            name = tr("{page}, {n} waiting", page=name, n=self._count)
        self.setAccessibleName(name)
        self.setToolTip(f"{self.entry.title()}  {self._keys}".strip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect()).adjusted(4, 2, -4, -2)
        on = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        if on or self.underMouse():
            painter.setBrush(_colour(colours.surface if on else colours.sunken))
            painter.drawRoundedRect(ground, 6, 6)
        if on:
            painter.setBrush(_colour(colours.accent))
            painter.drawRoundedRect(QRectF(1, self.height() / 2 - 9, 3, 18), 1.5, 1.5)
        if self.hasFocus():
            pen = painter.pen()
            pen.setColor(_colour(colours.focus))
            pen.setStyle(Qt.PenStyle.SolidLine)
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), 5, 5)
        self._paint_face(painter, on=on)
        painter.end()

    def _paint_face(self, painter: QPainter, *, on: bool) -> None:
        colours = tokens()
        place = QRect(0, 0, ICON, ICON)
        place.moveCenter(QRect(0, 8, self.width(), 22).center())
        icons.paint(painter, self.entry.icon, place, "accent" if on else "text2")
        painter.setFont(fonts.font(12, 500 if on else 400))
        painter.setPen(_colour(colours.text if on else colours.text2))
        line = QRect(2, 33, self.width() - 4, 18)
        words = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, line.width()
        )
        painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), words)
        if self._count:
            self._paint_badge(painter)

    def _paint_badge(self, painter: QPainter) -> None:
        colours = tokens()
        words = "999+" if self._count > 999 else str(self._count)
        painter.setFont(fonts.font(11, 500))
        width = max(16, painter.fontMetrics().horizontalAdvance(words) + 8)
        box = QRectF(min(self.width() / 2 + 4, self.width() - width - 2), 6, width, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_colour(colours.crit_fill if self._serious else colours.text3))
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(_colour(colours.surface))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)


def _colour(value: str) -> QColor:
    return QColor(value)


class Rail(QFrame):
    """The left edge of the window; it scrolls by wheel and keys where the window is low.

    Signals:
        chosen: a page id.
    """

    chosen = Signal(str)

    def __init__(self, entries: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(tr("Pages"))
        self.buttons: dict[str, RailButton] = {}
        inner = QWidget()
        self._scroller = scroller = Scroller(tr("Pages"), self, stops=False)
        scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroller.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroller.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroller)
        box = QVBoxLayout(inner)
        box.setContentsMargins(0, 6, 0, 6)
        box.setSpacing(2)
        for number, entry in numbered(entries).items():
            box.addWidget(self._button(entry, f"Alt+{number}"))
        box.addStretch(1)
        for entry in (e for e in entries if e.at_foot):
            box.addWidget(self._button(entry, "Ctrl+,"))
        self._narrow = False
        self.set_narrow(False)

    def _button(self, entry: PageEntry, keys: str) -> RailButton:
        button = RailButton(entry, keys, self)
        button.clicked.connect(lambda: self.chosen.emit(entry.page_id))
        self.buttons[entry.page_id] = button
        return button

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - a state of the window
        """56 instead of 72 px, where the words of the language fit into it."""
        metrics = QFontMetrics(fonts.font(12, 500))
        longest = max(metrics.horizontalAdvance(one.text()) for one in self.buttons.values())
        self._narrow = narrow
        self.setFixedWidth(NARROW if narrow and longest <= NARROW - 4 else WIDE)

    def show_current(self, page_id: str) -> None:
        """Mark the page in front."""
        for name, button in self.buttons.items():
            button.setChecked(name == page_id)
            if name == page_id:
                self._scroller.ensureWidgetVisible(button)

    def retranslate(self) -> None:
        """Words changed."""
        for part in (self, self._scroller):
            part.setAccessibleName(tr("Pages"))
        for button in self.buttons.values():
            button.retranslate()
        self.set_narrow(self._narrow)
