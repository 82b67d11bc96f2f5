"""A scroll area the keyboard can walk: named, and with a ring that says it has the focus."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from supervisor.ui.look.tokens import tokens

BY_KEY = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    }
)


class FocusRing(QWidget):
    """Lies over a widget and is shown while the keyboard is there."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_over(self, room: QWidget, *, on: bool) -> None:
        """Around `room`, or not at all."""
        self.setGeometry(room.rect())
        self.setVisible(on)
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().focus), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()


class Squeezed(QWidget):
    """Holds a part that fits itself into less room than it would like; only then it is scrolled.

    Qt gives what stands in a scroll area the height it would like.
    """

    def __init__(self, part: QWidget) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(part)

    def heightForWidth(self, _width: int) -> int:
        return self.minimumSizeHint().height()


class Scroller(QScrollArea):
    """Takes the focus while there is something to scroll; a `region` (F6 goes there) always.

    Without `stops` never: everything in it takes the focus itself. `least`: its width in pixels
    where what stands in it needs no more.
    """

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        region: bool = False,
        stops: bool = True,
        least: int = 0,
    ) -> None:
        super().__init__(parent)
        self._region, self._stops, self._least = region, stops, least
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._ring = FocusRing(self)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.rangeChanged.connect(self._on_range)
        self._on_range()

    def _on_range(self) -> None:
        bars = (self.verticalScrollBar(), self.horizontalScrollBar())
        scrolls = self._stops and any(bar.maximum() > bar.minimum() for bar in bars)
        stop = self._region or scrolls
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for what cannot be scrolled to."""
        hint, inside = super().minimumSizeHint(), self.widget()
        still = self.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if inside is None or not still:
            return hint
        bars = self.verticalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        bar = self.verticalScrollBar().sizeHint().width() if bars else 0
        return QSize(max(self._least, inside.minimumSizeHint().width() + bar), hint.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring.show_over(self, on=event.reason() in BY_KEY)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.show_over(self, on=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ring.setGeometry(self.rect())
