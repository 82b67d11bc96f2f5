"""Where the lanes and cards of a day lie: plain geometry, without a widget."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

CARD_HEIGHT = 88
CARD_WIDTH = 216
"""Cards are at least so wide; what is left over they share."""
GAP = 8
LABEL = 176
LOWEST = CARD_HEIGHT + 2 * GAP


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the board: a lane, and a card in it (-1: the lane itself)."""

    lane: int
    card: int


@dataclass(frozen=True, slots=True)
class LaneBox:
    """A lane with its label and its cards."""

    rect: QRect
    label: QRect
    cards: tuple[QRect, ...]


class BoardLayout:
    """The boxes of all lanes for a width; y counts from the top of the whole board."""

    def __init__(
        self, counts: Sequence[int], width: int, label: int = LABEL, least: int = CARD_WIDTH
    ) -> None:
        room = max(least, width - label - GAP)
        self.columns = max(1, (room + GAP) // (least + GAP))
        across = (room - GAP * self.columns) // self.columns
        boxes, top = [], 0
        for count in counts:
            rows = max(1, -(-count // self.columns))
            height = rows * (CARD_HEIGHT + GAP) + GAP
            cards = tuple(
                QRect(
                    label + (n % self.columns) * (across + GAP),
                    top + GAP + (n // self.columns) * (CARD_HEIGHT + GAP),
                    across,
                    CARD_HEIGHT,
                )
                for n in range(count)
            )
            boxes.append(LaneBox(QRect(0, top, width, height), QRect(0, top, label, height), cards))
            top += height
        self.lanes = tuple(boxes)
        self.height = top
        self._tops = [box.rect.top() for box in boxes]

    def lane_at(self, y: int) -> int:
        """The lane at a height, -1 for none."""
        if not 0 <= y < self.height:
            return -1
        return bisect_right(self._tops, y) - 1

    def spot_at(self, point: QPoint) -> Spot | None:
        """The card, or the lane, under a point."""
        lane = self.lane_at(point.y())
        if lane < 0:
            return None
        for number, rect in enumerate(self.lanes[lane].cards):
            if rect.contains(point):
                return Spot(lane, number)
        return Spot(lane, -1)

    def before(self, lane: int, point: QPoint) -> int:
        """How many cards of a lane lie before a point in reading order."""
        rects = self.lanes[lane].cards
        return sum(
            rect.bottom() < point.y() or (rect.top() <= point.y() and rect.center().x() < point.x())
            for rect in rects
        )

    def visible(self, top: int, bottom: int) -> range:
        """The lanes between two heights."""
        first = max(0, bisect_right(self._tops, top) - 1)
        return range(first, bisect_right(self._tops, bottom))

    def rect_of(self, spot: Spot) -> QRect:
        """The box of a card, or of a lane's label."""
        box = self.lanes[spot.lane]
        return box.cards[spot.card] if 0 <= spot.card < len(box.cards) else box.label
