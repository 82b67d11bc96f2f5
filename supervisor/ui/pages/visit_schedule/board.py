"""The board with what moves on it: a card to another pair or time, by keyboard and by mouse."""

from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QToolTip

from supervisor.models.rows.schedule import Course, VisitCard
from supervisor.ui.look.plain import tip
from supervisor.ui.pages.visit_schedule.board_view import BoardView, Draft

STEP = timedelta(minutes=15)
"""How far Ctrl+arrow moves a visit in time."""


class Board(BoardView):
    """Nothing is written here: a move that was confirmed or dropped is told."""

    # Moving a card

    def nudge(self, key: int) -> None:
        """Ctrl+arrow: the current card goes to another pair, or a quarter of an hour on."""
        card = self.current
        if card is None or card.course is not Course.PLANNED:
            return
        draft = self.draft or Draft(card, self.at.lane, card.window_from)
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            by = STEP if key == Qt.Key.Key_Right else -STEP
            draft = replace(draft, start=draft.start + by)
        else:
            by_lanes = 1 if key == Qt.Key.Key_Down else -1
            lane = draft.lane + by_lanes
            while 0 <= lane < len(self.lanes) and not self.lanes[lane].people:
                lane += by_lanes
            if 0 <= lane < len(self.lanes):
                draft = replace(draft, lane=lane)
        self._set_draft(draft)
        self._show(self._layout.lanes[draft.lane].label)

    def _set_draft(self, draft: Draft | None) -> None:
        self.draft = draft
        self.viewport().update()
        self.drafted.emit(draft)

    def cancel_move(self) -> bool:
        """Esc: the card stays where it was; whether one was on its way."""
        had = self.draft is not None
        if had:
            self._set_draft(None)
        return had

    # Mouse

    def _point(self, event: QMouseEvent) -> QPoint:
        return event.position().toPoint() + QPoint(0, self.verticalScrollBar().value())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._layout.spot_at(self._point(event))
        if spot is None or event.button() == Qt.MouseButton.MiddleButton:
            return
        held = event.modifiers()
        self._go(spot)
        card = self.current
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint() if card is not None else None
            if held & Qt.KeyboardModifier.ControlModifier:
                self._toggle()
            elif held & Qt.KeyboardModifier.ShiftModifier and card is not None:
                self._choose(self._between(self._anchor or card.plan_id, card.plan_id))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        card = self.current
        if self._pressed is None or card is None or card.course is not Course.PLANNED:
            return
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        if self.draft is None and far < QApplication.startDragDistance():
            return
        point = self._point(event)
        lane = self._layout.lane_at(point.y())
        if lane >= 0 and self.lanes[lane].people:
            self._set_draft(Draft(card, lane, self._start_at(card, lane, point)))

    def _start_at(self, card: VisitCard, lane: int, point: QPoint) -> datetime:
        """In another lane the time stays; in its own it follows the card it is dropped behind."""
        if lane == self._spot_of(card.plan_id).lane:
            before = self._layout.before(lane, point)
            others = [one for one in self.lanes[lane].cards if one.plan_id != card.plan_id]
            ahead = others[: min(before, len(others))]
            if ahead:
                return ahead[-1].window_until
        return card.window_from

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if event.button() != Qt.MouseButton.LeftButton:
            return
        draft = self.draft
        if draft is not None:
            self.cancel_move()
            home = self._spot_of(draft.card.plan_id).lane
            if (draft.lane, draft.start) != (home, draft.card.window_from):
                self.move_wanted.emit(draft)
        elif self.current is not None:
            self.picked.emit(self.current)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self._layout.lanes:
            rect = self._layout.rect_of(self.at)
            middle = rect.center() - QPoint(0, self.verticalScrollBar().value())
            place = self.viewport().mapToGlobal(middle)
        self.menu_wanted.emit(place)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            point = event.pos() + QPoint(0, self.verticalScrollBar().value())
            spot = self._layout.spot_at(point)
            cards = self.lanes[spot.lane].cards if spot is not None else ()
            if spot is not None and 0 <= spot.card < len(cards):
                card = cards[spot.card]
                text = self.said_of(card)
                QToolTip.showText(event.globalPos(), tip(text), self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)
