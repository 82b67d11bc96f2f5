"""Painting of lanes and cards from tokens; nothing here asks or decides."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from supervisor.models.rows.plan_checks import PlanCheck
from supervisor.models.rows.schedule import Course, Lane, VisitCard
from supervisor.ui.look import icons
from supervisor.ui.look.tokens import Tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align, Shape
from supervisor.words import word
from supervisor.words.of_schedule import (
    Check,
    Sign,
    checks_of,
    household_text,
    lane_facts,
    load_text,
    people_text,
    recall_text,
    target_text,
    time_text,
    visit_text,
)

PAD = 10
LINE = 18
ICON = 12
LOOKS = {
    Sign.DONE: ("check", "ok"),
    Sign.OPEN: ("circle", "warn"),
    Sign.ADVICE: ("triangle-alert", "warn"),
    Sign.BLOCKED: ("circle-pause", "crit"),
    Sign.UNKNOWN: ("circle-question-mark", "text3"),
}
"""Icon and colour of a check: never the colour alone."""
COURSE_TONES = {
    Course.PLANNED: "text2",
    Course.UNDER_WAY: "accent",
    Course.REPORTED: "ok",
    Course.NOT_BACK: "warn",
}
CORNER = 6


@dataclass(frozen=True, slots=True)
class CardLines:
    """The texts of a card, put together once."""

    time: str
    state: str
    state_tone: str
    recall: str
    who: str
    door: str
    what: str
    visit: str
    checks: tuple[Check, ...]


def lines_of(card: VisitCard, check: PlanCheck | None) -> CardLines:
    """A card in words."""
    recall = recall_text(card)
    return CardLines(
        time=time_text(card),
        state=word(card.course),
        state_tone=COURSE_TONES[card.course],
        recall=recall,
        who=" · ".join(part for part in (card.name, card.area) if part),
        door=household_text(card),
        what=" · ".join((word(card.address_kind), target_text(card))),
        visit=visit_text(card),
        checks=checks_of(card, check),
    )


@dataclass(frozen=True, slots=True)
class CardState:
    """How a card stands on the board."""

    selected: bool = False
    current: bool = False
    focused: bool = False
    moving: bool = False


def paint_card(
    painter: QPainter, rect: QRect, lines: CardLines, state: CardState, colours: Tokens
) -> None:
    """One card: time and state, who, what for, and its four checks."""
    _ground(painter, rect, lines, state, colours)
    room = rect.adjusted(PAD, 5, -PAD, -5)
    first = QRect(room.left(), room.top(), room.width(), LINE + 2)
    if state.selected:
        box = QRect(first.left(), first.top(), 14, first.height())
        paint.paint_tick_box(painter, box, colours, on=True)
        first.setLeft(first.left() + 20)
    right = first.right() + 1
    if lines.recall:
        right = _right(painter, first, lines.recall, "crit", colours, first.width() - 96)
        middle = QPointF(right - 10, first.center().y() + 1.5)
        paint.paint_shape(painter, middle, Shape.DIAMOND, colours)
        right -= 18
    else:
        right = _right(painter, first, lines.state, lines.state_tone, colours, first.width() - 96)
    first.setRight(right - 6)
    _left(painter, first, lines.time, "text", colours, weight=500)
    for number, (left_text, right_text) in enumerate(
        ((lines.who, lines.door), (lines.what, lines.visit)), start=1
    ):
        row = QRect(room.left(), room.top() + 2 + LINE * number, room.width(), LINE)
        end = _right(painter, row, right_text, "text2", colours, row.width() // 2)
        row.setRight(end - (7 if right_text else 1))
        tone = "text" if number == 1 else "text2"
        _left(painter, row, left_text, tone, colours, size=13 if number == 1 else 12)
    _checks(painter, QRect(room.left(), room.bottom() - LINE + 2, room.width(), LINE), lines,
            colours)  # fmt: skip


def _ground(
    painter: QPainter, rect: QRect, lines: CardLines, state: CardState, colours: Tokens
) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = colours.accent_bg if state.selected else colours.surface
    edge = colours.crit_line if lines.recall else colours.line2
    pen = QPen(paint.colour(edge), 1)
    if state.current:
        pen = QPen(paint.colour(colours.focus if state.focused else colours.ctl), 2)
    if state.moving:
        pen = QPen(paint.colour(colours.focus), 2, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(paint.colour(ground))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
    if lines.recall:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paint.colour(colours.crit_fill))
        painter.drawRoundedRect(
            QRectF(rect.left() + 3, rect.top() + 6, 3, rect.height() - 12), 1, 1
        )
    painter.restore()


def _checks(painter: QPainter, room: QRect, lines: CardLines, colours: Tokens) -> None:
    left = room.left()
    for one in lines.checks:
        name, tone = LOOKS[one.sign]
        box = QRect(left, room.center().y() - ICON // 2 + 1, ICON, ICON)
        icons.paint(painter, name, box, tone)
        width = paint.advance(one.name, 12, 400)
        text = QRect(left + ICON + 3, room.top(), width + 2, room.height())
        painter.setFont(paint.text_font(12, 400))
        painter.setPen(paint.colour(getattr(colours, "text2" if tone == "ok" else tone)))
        painter.drawText(text, Align.LEFT.number, one.name)
        left += ICON + 3 + width + 8


def paint_lane(
    painter: QPainter, label: QRect, lane: Lane, colours: Tokens, *, current: bool, target: bool
) -> None:
    """The label of a lane: who, numbers, and how full the day is."""
    if target:
        painter.fillRect(label, paint.colour(colours.accent_bg))
    room = label.adjusted(12, 10, -12, -8)
    away = any(person.away for person in lane.people)
    row = QRect(room.left(), room.top(), room.width(), LINE + 2)
    _left(painter, row, people_text(lane), "text", colours, weight=500)
    row.translate(0, LINE + 1)
    _left(painter, row, lane_facts(lane), "warn" if away else "text2", colours, size=12)
    row.translate(0, LINE + 1)
    over = lane.doors > lane.capacity and bool(lane.people)
    _left(painter, row, load_text(lane), "warn" if over else "text2", colours, size=12)
    if lane.people:
        track = QRect(room.left(), row.bottom() + 3, room.width(), 5)
        paint_load(painter, track, lane, colours)
    if current:
        painter.setPen(QPen(paint.colour(colours.focus), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(label.adjusted(3, 3, -4, -4), CORNER, CORNER)


def paint_load(painter: QPainter, track: QRect, lane: Lane, colours: Tokens) -> None:
    """Addresses as a bar with a tick at the capacity; what lies beyond it is hatched."""
    most = max(lane.capacity, lane.doors, 1)
    unit = track.width() / most
    painter.fillRect(track, paint.colour(colours.track))
    within = QRect(track)
    within.setWidth(round(unit * min(lane.doors, lane.capacity)))
    painter.fillRect(within, paint.colour(colours.bar))
    if lane.doors > lane.capacity:
        beyond = QRect(track)
        beyond.setLeft(within.right() + 1)
        painter.fillRect(beyond, paint.colour(colours.warn_bg))
        brush = painter.brush()
        painter.setBrush(brush)
        painter.fillRect(beyond, Qt.BrushStyle.BDiagPattern)
    tick = track.left() + round(unit * lane.capacity) - 1
    painter.fillRect(QRect(tick, track.top() - 2, 2, track.height() + 4),
                     paint.colour(colours.c4))  # fmt: skip


def _left(
    painter: QPainter,
    room: QRect,
    text: str,
    tone: str,
    colours: Tokens,
    *,
    size: int = 13,
    weight: int = 400,
) -> None:
    painter.setFont(paint.text_font(size, weight))
    painter.setPen(paint.colour(getattr(colours, tone)))
    shown = paint.elided(text, size, weight, max(0, room.width()))
    painter.drawText(room, Align.LEFT.number, shown)


def _right(painter: QPainter, room: QRect, text: str, tone: str, colours: Tokens, most: int) -> int:
    """Text at the right edge, cut where it would take more than its share; where it begins."""
    if not text:
        return room.right() + 1
    shown = paint.elided(text, 12, 400, max(0, most))
    width = paint.advance(shown, 12, 400) + 1
    box = QRect(room.right() + 1 - width, room.top(), width, room.height())
    painter.setFont(paint.text_font(12, 400))
    painter.setPen(paint.colour(getattr(colours, tone)))
    painter.drawText(box, Align.RIGHT.number, shown)
    return box.left()
