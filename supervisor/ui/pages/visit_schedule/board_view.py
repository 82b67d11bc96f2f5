"""A painted surface with a lane for each pair and a card for each visit, and its keyboard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from supervisor.i18n import language, tr
from supervisor.models.ids import PlanId
from supervisor.models.rows.plan_checks import PlanCheck
from supervisor.models.rows.schedule import Lane, VisitCard
from supervisor.ui.look.tokens import theme_changed, tokens
from supervisor.ui.pages.visit_schedule.board_layout import CARD_WIDTH, BoardLayout, Spot
from supervisor.ui.pages.visit_schedule.card_painter import (
    CardLines,
    CardState,
    lines_of,
    paint_card,
    paint_lane,
)
from supervisor.ui.tables import paint
from supervisor.words.of_schedule import load_text, people_text, spoken

WIDE_CARD = 236
"""English checks are longer words."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A card on its way to another pair or time; nothing is written before it is confirmed."""

    card: VisitCard
    lane: int
    start: datetime


class BoardView(QAbstractScrollArea):
    """Selection and current card are kept over refreshes.

    Signals:
        moved: another card is current (VisitCard or None).
        picked: the current card is to be shown (VisitCard).
        selected: the selection changed (tuple of VisitCard).
        drafted: a move is under way (Draft or None).
        move_wanted: a move was confirmed or dropped (Draft).
        menu_wanted: a menu at a place of the screen (QPoint).
        act_wanted: a key asked for an act ("recall").
    """

    spoken_role = QAccessible.Role.List

    moved = Signal(object)
    picked = Signal(object)
    selected = Signal(object)
    drafted = Signal(object)
    move_wanted = Signal(object)
    menu_wanted = Signal(object)
    act_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scheduleBoard")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Visits by pair"))
        self.viewport().setMouseTracking(False)
        self.lanes: tuple[Lane, ...] = ()
        self.at = Spot(0, -1)
        self.draft: Draft | None = None
        self._checks: Mapping[PlanId, PlanCheck] = {}
        self._lines: dict[PlanId, CardLines] = {}
        self._chosen: set[PlanId] = set()
        self._anchor: PlanId | None = None
        self._pressed: QPoint | None = None
        self._layout = BoardLayout((), 1)
        theme_changed.connect(self.viewport().update)

    # What is shown

    def show_lanes(
        self, lanes: Sequence[Lane], checks: Mapping[PlanId, PlanCheck] | None = None
    ) -> None:
        """Other lanes; the current card and the selection stay where they still are."""
        current = self.current
        self.lanes = tuple(lanes)
        if checks is not None:
            self._checks = checks
        self._lines = {}
        known = {card.plan_id for card in self.cards}
        self._chosen &= known
        self.draft = None
        self._arrange()
        if current is not None and current.plan_id in known:
            self.at = self._spot_of(current.plan_id)
        else:
            self.at = self._first()
        self._tell()
        self.selected.emit(self.selection)
        self.drafted.emit(None)

    def show_checks(self, checks: Mapping[PlanId, PlanCheck]) -> None:
        """What the rules say has arrived."""
        self._checks = checks
        self._lines = {}
        self.viewport().update()
        self._describe()

    @property
    def cards(self) -> tuple[VisitCard, ...]:
        """Every card in the order of lanes."""
        return tuple(card for lane in self.lanes for card in lane.cards)

    @property
    def current(self) -> VisitCard | None:
        """The card the keyboard is on."""
        if not 0 <= self.at.lane < len(self.lanes):
            return None
        cards = self.lanes[self.at.lane].cards
        return cards[self.at.card] if 0 <= self.at.card < len(cards) else None

    @property
    def selection(self) -> tuple[VisitCard, ...]:
        """The chosen cards in the order of lanes."""
        return tuple(card for card in self.cards if card.plan_id in self._chosen)

    def clear_selection(self) -> None:
        """Nothing is chosen."""
        self._choose(set())

    def select_where(self, plans: set[PlanId]) -> None:
        """These cards are chosen."""
        self._choose(plans & {card.plan_id for card in self.cards})

    def make_current(self, plan_id: PlanId) -> None:
        """Put the keyboard on a card."""
        self._go(self._spot_of(plan_id))

    def _first(self) -> Spot:
        for number, lane in enumerate(self.lanes):
            if lane.cards:
                return Spot(number, 0)
        return Spot(0, -1)

    def _spot_of(self, plan_id: PlanId) -> Spot:
        for number, lane in enumerate(self.lanes):
            for place, card in enumerate(lane.cards):
                if card.plan_id == plan_id:
                    return Spot(number, place)
        return self._first()

    def _arrange(self) -> None:
        least = WIDE_CARD if language() == "en" else CARD_WIDTH
        counts = [len(lane.cards) for lane in self.lanes]
        self._layout = BoardLayout(counts, self.viewport().width(), least=least)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._layout.height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(32)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        del dx, dy
        self.viewport().update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, offset = tokens(), self.verticalScrollBar().value()
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), paint.colour(colours.surface))
        painter.translate(0, -offset)
        shown = event.rect().translated(0, offset)
        for number in self._layout.visible(shown.top(), shown.bottom()):
            self._paint_lane(painter, number, shown)
        painter.end()

    def _paint_lane(self, painter: QPainter, number: int, shown: QRect) -> None:
        colours, box, lane = tokens(), self._layout.lanes[number], self.lanes[number]
        target = self.draft is not None and self.draft.lane == number
        if target:
            painter.fillRect(box.rect, paint.colour(colours.surface2))
        alone = self.at == Spot(number, -1) and self.hasFocus()
        paint_lane(painter, box.label, lane, colours, current=alone, target=target)
        for place, (card, rect) in enumerate(zip(lane.cards, box.cards, strict=True)):
            if rect.intersects(shown):
                spot = Spot(number, place)
                state = CardState(
                    selected=card.plan_id in self._chosen,
                    current=spot == self.at,
                    focused=self.hasFocus(),
                    moving=self.draft is not None and self.draft.card.plan_id == card.plan_id,
                )
                paint_card(painter, rect, self._lines_of(card), state, colours)
        bottom = box.rect.bottom()
        painter.fillRect(0, bottom, box.rect.width(), 1, paint.colour(colours.line))

    def _lines_of(self, card: VisitCard) -> CardLines:
        found = self._lines.get(card.plan_id)
        if found is None:
            found = lines_of(card, self._checks.get(card.plan_id))
            self._lines[card.plan_id] = found
        return found

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # Keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        control = bool(held & Qt.KeyboardModifier.ControlModifier)
        if control and key in _ARROWS and not held & Qt.KeyboardModifier.AltModifier:
            self.nudge(key)
        elif control and key == Qt.Key.Key_A:
            self._choose({card.plan_id for card in self.cards})
        elif control or held & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif key in _MOVES:
            self._step(key, extend=bool(held & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Space:
            self._toggle()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        elif key == Qt.Key.Key_Delete:
            self.act_wanted.emit("recall")
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if self.draft is not None:
            draft = self.draft
            self.cancel_move()
            self.move_wanted.emit(draft)
        elif self.current is not None:
            self.picked.emit(self.current)

    def _step(self, key: int, *, extend: bool) -> None:
        if not self.lanes:
            return
        self.cancel_move()
        before = self.current
        self._go(self._towards(key))
        if extend and self.current is not None:
            if self._anchor is None:
                self._anchor = before.plan_id if before else self.current.plan_id
            self._choose(self._between(self._anchor, self.current.plan_id))
        elif not extend:
            self._anchor = None

    def _towards(self, key: int) -> Spot:
        lane, card = self.at.lane, self.at.card
        columns = self._layout.columns
        count = len(self.lanes[lane].cards)
        if key == Qt.Key.Key_Left:
            return Spot(lane, max(card - 1, 0 if count else -1))
        if key == Qt.Key.Key_Right:
            return Spot(lane, min(card + 1, count - 1))
        if key == Qt.Key.Key_Home:
            return Spot(lane, 0 if count else -1)
        if key == Qt.Key.Key_End:
            return Spot(lane, count - 1)
        if key == Qt.Key.Key_Down and card >= 0 and card + columns < count:
            return Spot(lane, card + columns)
        if key == Qt.Key.Key_Up and card - columns >= 0:
            return Spot(lane, card - columns)
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 4,
              Qt.Key.Key_PageUp: -4}[Qt.Key(key)]  # fmt: skip
        other = min(max(lane + by, 0), len(self.lanes) - 1)
        if other == lane:
            return self.at
        return self._in_lane(other, card % columns if card >= 0 else 0, last=by == -1)

    def _in_lane(self, lane: int, column: int, *, last: bool) -> Spot:
        """The card of another lane below or above the same column."""
        count, columns = len(self.lanes[lane].cards), self._layout.columns
        if not count:
            return Spot(lane, -1)
        first = (count - 1) // columns * columns if last else 0
        return Spot(lane, min(first + column, count - 1))

    def _between(self, one: PlanId, other: PlanId) -> set[PlanId]:
        order = [card.plan_id for card in self.cards]
        ends = sorted((order.index(one), order.index(other))) if one in order else [0, 0]
        return set(order[ends[0] : ends[1] + 1])

    def _toggle(self) -> None:
        card = self.current
        if card is not None:
            self._anchor = card.plan_id
            self._choose(self._chosen ^ {card.plan_id})

    def _choose(self, plans: set[PlanId]) -> None:
        self._chosen = set(plans)
        self.viewport().update()
        self.selected.emit(self.selection)

    def _go(self, spot: Spot) -> None:
        changed = spot != self.at
        self.at = spot
        if self._layout.lanes:
            self._show(self._layout.rect_of(spot))
        if changed:
            self._tell()

    def _show(self, rect: QRect) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if rect.top() - 8 < bar.value():
            bar.setValue(rect.top() - 8)
        elif rect.bottom() + 8 > bar.value() + height:
            bar.setValue(rect.bottom() + 8 - height)

    def _tell(self) -> None:
        self.viewport().update()
        self._describe()
        self.moved.emit(self.current)

    def said_of(self, card: VisitCard) -> str:
        """A card for a screen reader and the tooltip."""
        return spoken(card, self._checks.get(card.plan_id))

    def nudge(self, key: int) -> None:
        """Ctrl+arrow."""

    def cancel_move(self) -> bool:
        """Whether a card was on its way; it stays where it was."""
        return False

    def _describe(self) -> None:
        """What a screen reader says of the current card or lane."""
        card = self.current
        if card is not None:
            self.setAccessibleDescription(self.said_of(card))
        elif 0 <= self.at.lane < len(self.lanes):
            lane = self.lanes[self.at.lane]
            self.setAccessibleDescription(tr(", ").join((people_text(lane), load_text(lane))))
        else:
            self.setAccessibleDescription("")
        event = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(event)

    def spoken_value(self) -> str:
        """Every card for screen readers, one a line."""
        return "\n".join(self.said_of(card) for card in self.cards)


_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
_MOVES = _ARROWS | {Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
