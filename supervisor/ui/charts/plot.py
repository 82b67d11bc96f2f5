"""The base of every plot: a keyboard cursor over marks, tooltips, and words for screen readers."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar, Generic, TypeVar, cast

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from supervisor.i18n import tr
from supervisor.models.rows.charts import ChartMark, ChartRow, Records
from supervisor.ui.charts import offers
from supervisor.ui.look.plain import tip
from supervisor.ui.look.tokens import theme_changed, tokens
from supervisor.ui.tables import paint

REACH = 14.0
"""So far beside a mark a pointer still means it, in px."""
RowT = TypeVar("RowT", bound=ChartRow)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark lies in the plot. Left and right stay in a `lane`, up and down change it."""

    mark: ChartMark
    rect: QRectF
    lane: int = 0


class Plot(QWidget, Generic[RowT]):
    """Takes a chart row and draws it; made once, fed as often as there is news.

    Signals:
        opened: the `behind` of a mark that was clicked or entered (object).
        menu_wanted: right click, Shift+F10 or the menu key (QPoint of the screen).
    """

    spoken_role: ClassVar[QAccessible.Role] = QAccessible.Role.Chart

    opened = Signal(object)
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: RowT | None = None
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.ring = _Ring(self)
        theme_changed.connect(self.retheme)

    @property
    def row(self) -> RowT | None:
        """What is drawn."""
        return self._row

    def show_row(self, row: RowT) -> None:
        """Draw another row; the cursor stays where it was if there is such a place."""
        self._row = row
        self.setAccessibleName(row.head.title)
        self.setAccessibleDescription(row.head.reading)
        if self._at >= len(self.places()):
            self._at = -1
        self.update()
        self._place_ring()

    def spoken_value(self) -> str:
        """The numbers for screen readers: a line for each row of the table, with its heads."""
        table = None if self._row is None else self._row.table
        return "" if table is None else "\n".join(map(partial(_line, table.heads), table.rows))

    def places(self) -> list[Place]:
        """Where every mark lies, in reading order."""
        return []

    def retheme(self) -> None:
        """Other colours are in force."""
        self.update()

    @property
    def current(self) -> ChartMark | None:
        """The mark under the keyboard cursor."""
        places = self.places()
        return places[self._at].mark if 0 <= self._at < len(places) else None

    def explain(self) -> str:
        """The definition of what is drawn, for Shift+F1."""
        return offers.definition_of(self._row)

    def move_to(self, number: int) -> None:
        """Put the cursor on a mark and say it."""
        places = self.places()
        if not places:
            return
        self._at = max(0, min(number, len(places) - 1))
        place = places[self._at]
        self._place_ring()
        self.setAccessibleDescription(place.mark.said)
        event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)
        self._tell(place, place.rect.bottomRight().toPoint())

    def mark_at(self, spot: QPointF) -> ChartMark | None:
        """The mark a pointer at `spot` means."""
        found = self._hit(spot)
        return None if found is None else self.places()[found].mark

    def _hit(self, spot: QPointF) -> int | None:
        places = self.places()
        inside = [i for i, one in enumerate(places) if one.rect.contains(spot)]
        if inside:
            return min(inside, key=lambda i: places[i].rect.width() * places[i].rect.height())
        near = [(_apart(one.rect, spot), i) for i, one in enumerate(places)]
        best = min(near, default=(REACH + 1, 0))
        return best[1] if best[0] <= REACH else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End move; Enter opens what is behind."""
        key, places = event.key(), self.places()
        if not places:
            super().keyPressEvent(event)
            return
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.current)
            return
        aims = {
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(places) - 1,
            Qt.Key.Key_Left: self._beside(places, -1),
            Qt.Key.Key_Right: self._beside(places, 1),
            Qt.Key.Key_Up: self._across(places, -1),
            Qt.Key.Key_Down: self._across(places, 1),
        }
        if key not in aims:
            super().keyPressEvent(event)
            return
        self.move_to(aims[Qt.Key(key)])

    def _beside(self, places: list[Place], step: int) -> int:
        if self._at < 0:
            return 0
        lane = [i for i, one in enumerate(places) if one.lane == places[self._at].lane]
        return lane[max(0, min(lane.index(self._at) + step, len(lane) - 1))]

    def _across(self, places: list[Place], step: int) -> int:
        """The nearest mark of the next lane; where there is one lane, the next mark."""
        if self._at < 0:
            return 0
        lanes = sorted({one.lane for one in places})
        if len(lanes) == 1:
            return self._beside(places, step)
        here = lanes.index(places[self._at].lane)
        lane = lanes[max(0, min(here + step, len(lanes) - 1))]
        x = places[self._at].rect.center().x()
        others = [i for i, one in enumerate(places) if one.lane == lane]
        return min(others, key=lambda i: abs(places[i].rect.center().x() - x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mark = self.mark_at(event.position())
        opens = mark is not None and mark.behind is not None
        shape = Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            found = self._hit(event.position())
            if found is not None:
                self._at = found
                self._place_ring()
                self._open(self.places()[found].mark)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def event(self, event: QEvent) -> bool:
        """A tooltip is asked for."""
        if event.type() is QEvent.Type.ToolTip:
            asked = cast(QHelpEvent, event)
            found = self._hit(QPointF(asked.pos()))
            if found is None:
                QToolTip.hideText()
            else:
                self._tell(self.places()[found], asked.pos())
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        if event.reason() in by_key:
            self.move_to(max(0, self._at))
        self._place_ring()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._row is not None:
            self.setAccessibleDescription(self._row.head.reading)
        self._place_ring()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.ring.setGeometry(self.rect())
        self._place_ring()

    def _tell(self, place: Place, spot: QPoint) -> None:
        if not self.isVisible():
            return
        more = tr("Enter shows what is behind it.") if place.mark.behind is not None else ""
        text = "\n".join(part for part in (place.mark.said, more) if part)
        QToolTip.showText(self.mapToGlobal(spot + QPoint(6, 6)), tip(text), self)

    def _open(self, mark: ChartMark | None) -> None:
        if mark is not None and mark.behind is not None:
            QToolTip.hideText()
            behind: Hashable = mark.behind
            if isinstance(behind, Records) and self._row is not None:
                behind = replace(behind, title=self._row.head.title)
            self.opened.emit(behind)

    def _place_ring(self) -> None:
        places = self.places() if self.hasFocus() else []
        known = 0 <= self._at < len(places)
        self.ring.show_at(places[self._at].rect if known else None)

    def paint_over(self, painter: QPainter) -> None:
        """Words above what a canvas drew: labels at line ends."""


def _line(heads: tuple[str, ...], cells: tuple[str, ...]) -> str:
    """One row of the table: each number after its head."""
    first, *rest = cells
    told = [f"{head} {cell}" for head, cell in zip(heads[1:], rest, strict=False) if cell]
    return f"{first}: {', '.join(told)}" if told else first


def _apart(rect: QRectF, spot: QPointF) -> float:
    wide = max(rect.left() - spot.x(), 0.0, spot.x() - rect.right())
    high = max(rect.top() - spot.y(), 0.0, spot.y() - rect.bottom())
    return float((wide * wide + high * high) ** 0.5)


class _Ring(QWidget):
    """Lies above the plot: labels, and the ring around the mark under the cursor."""

    def __init__(self, plot: Plot[RowT]) -> None:
        super().__init__(plot)
        self._plot = plot
        self._rect: QRectF | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_at(self, rect: QRectF | None) -> None:
        """Ring this place, or none."""
        self._rect = rect
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._plot.paint_over(painter)
        if self._rect is not None:
            painter.setPen(QPen(paint.colour(tokens().focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            wide = self._rect.adjusted(-4, -4, 4, 4).intersected(
                QRectF(self.rect()).adjusted(1, 1, -1, -1)
            )
            painter.drawRoundedRect(wide, 4, 4)
        painter.end()
