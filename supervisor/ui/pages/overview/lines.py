"""Lines of the start page: each is a button that opens the cases behind it."""

from typing import ClassVar

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.rows.overview import AgentProgressRow, ReasonCountRow, StageRow
from supervisor.ui.look import icons
from supervisor.ui.look.plain import tip
from supervisor.ui.look.tokens import Tokens, theme_changed, tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align, Shape
from supervisor.words import formats, word

EDGE = 16
FIGURE = 64
"""Width of a column of counts."""
AMOUNT = 124
BAR = 6
SIGNS = 44
"""The shape before the words and the arrow behind them, with their gaps."""


class Line(QAbstractButton):
    """Painted from tokens; Enter opens as a click does, arrows move between lines."""

    tall: ClassVar[int] = 36

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(self.tall)
        theme_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(280, self.tall)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needs = paint.advance(self.text(), 13, 500) + 2 * EDGE + SIGNS
        self.setToolTip(tip(self.text()) if needs > self.width() else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; arrows go on."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = self.rect()
        if self.underMouse():
            painter.fillRect(rect, paint.colour(colours.surface2))
        line = QRect(EDGE, rect.bottom(), rect.width() - 2 * EDGE, 1)
        painter.fillRect(line, paint.colour(colours.line))
        arrow = QRect(0, 0, 16, 16)
        arrow.moveCenter(rect.center())
        arrow.moveRight(rect.right() - EDGE + 4)
        icons.paint(painter, "chevron-right", arrow, "text3")
        self.paint_words(painter, rect.adjusted(EDGE, 0, -EDGE - 20, -1), colours)
        if self.hasFocus():
            painter.setPen(paint.colour(colours.focus))
            pen = painter.pen()
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(3, 2, -3, -2), 4, 4)
        painter.end()

    def paint_words(self, painter: QPainter, room: QRect, colours: Tokens) -> None:
        """Draw what the line says into the room left of the arrow."""
        say(painter, room, self.text(), colours.text)


def say(
    painter: QPainter,
    room: QRect,
    text: str,
    colour: str,
    *,
    size: int = 13,
    weight: int = 400,
    align: Align = Align.LEFT,
) -> None:
    """Text in a room; names give way, figures are never cut because their room fits them."""
    painter.setFont(paint.text_font(size, weight))
    painter.setPen(paint.colour(colour))
    painter.drawText(room, align.flag, paint.elided(text, size, weight, room.width()))


class ReasonLine(Line):
    """One reason: shape, count and noun, the amount behind it."""

    tall = 48

    def __init__(self, line: ReasonCountRow, shape: Shape, parent: QWidget) -> None:
        text = ntr("{n:,} case: {what}", "{n:,} cases: {what}", line.cases, what=word(line.reason))
        super().__init__(text, parent)
        self.line, self._shape = line, shape
        self.setAccessibleName(f"{text}, {self._detail()}")

    def paint_words(self, painter: QPainter, room: QRect, colours: Tokens) -> None:
        paint.paint_shape(painter, QPointF(room.left() + 8, 17), self._shape, colours)
        upper = QRect(room.left() + 24, 5, room.width() - 24, 20)
        say(painter, upper, self.text(), colours.text, weight=500)
        say(painter, upper.translated(0, 19), self._detail(), colours.text2, size=12)

    def _detail(self) -> str:
        return tr("overdue {amount} CNY", amount=formats.money(self.line.overdue_fen))


class AgentLine(Line):
    """One person's day: planned, under way, reported, not back, and a bar of what is reported."""

    def __init__(self, row: AgentProgressRow, parent: QWidget) -> None:
        name = f"{row.agent} {row.agent_no}".strip() or tr("Nobody yet")
        super().__init__(name, parent)
        self.row = row
        said = tr(
            "{name}: {planned} planned, {under_way} under way, {reported} reported, "
            "{not_back} not back",
            name=name,
            planned=row.planned,
            under_way=row.under_way,
            reported=row.reported,
            not_back=row.not_back,
        )
        self.setAccessibleName(said)

    def paint_words(self, painter: QPainter, room: QRect, colours: Tokens) -> None:
        row = self.row
        figures = (row.planned, row.under_way, row.reported, row.not_back)
        right = room.right() + 1
        for place, n in enumerate(reversed(figures)):
            box = QRect(right - FIGURE * (place + 1), room.top(), FIGURE, room.height())
            late = place == 0 and n > 0
            tone = colours.warn if late else colours.text if n else colours.text3
            say(painter, box, str(n), tone, weight=500 if late else 400, align=Align.RIGHT)
        left = room.width() - FIGURE * len(figures)
        name = QRect(room.left(), room.top(), min(110, left), room.height())
        say(painter, name, self.text(), colours.text)
        track = QRectF(name.right() + 8, room.center().y() - BAR / 2, left - name.width() - 16, BAR)
        if track.width() > 24 and row.planned:
            paint_bar(painter, track, row.reported / row.planned, colours)


class StageLine(Line):
    """One stage: cases and overdue amount, and its share of the cases as a bar."""

    def __init__(self, row: StageRow, most: int, parent: QWidget) -> None:
        super().__init__(word(row.bucket), parent)
        self.row, self._most = row, most
        amount = formats.money(row.overdue_fen)
        self.setAccessibleName(
            ntr(
                "{stage}: {n:,} case, overdue {amount} CNY",
                "{stage}: {n:,} cases, overdue {amount} CNY",
                row.cases,
                stage=self.text(),
                amount=amount,
            )
        )

    def paint_words(self, painter: QPainter, room: QRect, colours: Tokens) -> None:
        amount = formats.money(self.row.overdue_fen)
        right = room.right() + 1
        money = QRect(right - AMOUNT, room.top(), AMOUNT, room.height())
        count = QRect(money.left() - FIGURE, room.top(), FIGURE, room.height())
        say(painter, money, amount, colours.text, align=Align.RIGHT)
        say(painter, count, formats.count(self.row.cases), colours.text, align=Align.RIGHT)
        say(painter, QRect(room.left(), room.top(), 36, room.height()), self.text(), colours.text)
        left = room.left() + 40
        track = QRectF(left, room.center().y() - BAR / 2, count.left() - left, BAR)
        if track.width() > 24 and self._most:
            paint_bar(painter, track, self.row.cases / self._most, colours)


class FactLine(Line):
    """A fact of the branch: its name at the left, the figure at the right."""

    def __init__(self, title: str, figure: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._figure = figure
        self.setAccessibleName(f"{title}: {figure}")

    def paint_words(self, painter: QPainter, room: QRect, colours: Tokens) -> None:
        width = paint.advance(self._figure, 13, 500)
        say(painter, room.adjusted(0, 0, -width - 8, 0), self.text(), colours.text2)
        say(painter, room, self._figure, colours.text, weight=500, align=Align.RIGHT)


def paint_bar(painter: QPainter, track: QRectF, share: float, colours: Tokens) -> None:
    """A bar from zero on its track."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(paint.colour(colours.track))
    painter.drawRoundedRect(track, 2, 2)
    if share > 0:
        full = QRectF(track.left(), track.top(), track.width() * min(1.0, share), track.height())
        painter.setBrush(paint.colour(colours.bar))
        painter.drawRoundedRect(full, 2, 2)
