"""Texts and chips that are painted, not built of widgets: another flag costs no new widgets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from supervisor.ui.look import icons
from supervisor.ui.look.plain import tip
from supervisor.ui.look.tokens import Tokens, theme_changed, tokens
from supervisor.ui.tables import paint

CHIP_HEIGHT, CHIP_GAP, CHIP_PADDING, ICON_SIDE = 24, 6, 9, 14
_GROUNDS = {
    "plain": ("sunken", "sunken", "text2"),
    "warn": ("warn_bg", "warn_line", "warn"),
    "ok": ("ok_bg", "ok_line", "ok"),
    "crit": ("crit_bg", "crit_line", "crit"),
}
"""Ground, edge and text token of a chip, as the style sheet has them."""

_FACES = {
    "": (13, 400, "text", 20),
    "secondary": (12, 400, "text2", 18),
    "hint": (12, 400, "text3", 18),
    "objectTitle": (16, 500, "text", 24),
}
"""Size, weight, token and line height of the roles labels have."""


class Paragraph:
    """A text in one face, wrapped to a width; Chinese breaks anywhere, words between words."""

    def __init__(
        self, text: str, px: int = 13, weight: int = 400, tone: str = "text", line: int = 20
    ) -> None:
        self.text, self.tone = text, tone
        self._line = line
        self._layout = QTextLayout(text, paint.text_font(px, weight))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._width = -1
        self._height = 0

    def fit(self, width: int) -> int:
        """Break the lines for this width; how high that makes it."""
        if width == self._width:
            return self._height
        self._width, count = width, 0
        layout = self._layout
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(20, width))
            line.setPosition(QPointF(0, count * self._line + (self._line - line.height()) / 2))
            count += 1
        layout.endLayout()
        self._height = max(1, count) * self._line
        return self._height

    def draw(self, painter: QPainter, x: int, y: int, colours: Tokens) -> None:
        """Draw what `fit` broke."""
        painter.setPen(paint.colour(getattr(colours, self.tone)))
        self._layout.draw(painter, QPointF(x, y))


@dataclass(frozen=True, slots=True)
class ChipLook:
    """A chip to paint. `look`: "plain", "warn", "ok" or "crit"; "text": no ground."""

    text: str
    look: str = "plain"
    icon: str = ""
    tip: str = ""

    @property
    def width(self) -> int:
        """How wide it is."""
        inside = paint.advance(self.text, 12, 400) + (ICON_SIDE + 4 if self.icon else 0)
        # A px more than measured: whole px lose a fraction, and the text would be cut.
        return inside + 2 + (0 if self.look == "text" else 2 * CHIP_PADDING)


def flow(chips: Sequence[ChipLook], width: int) -> Iterator[tuple[ChipLook, QRect]]:
    """Where each chip stands: left to right, then down."""
    x = y = 0
    for chip in chips:
        wide = min(chip.width, max(1, width))
        if x and x + wide > width:
            x, y = 0, y + CHIP_HEIGHT + CHIP_GAP
        yield chip, QRect(x, y, wide, CHIP_HEIGHT)
        x += wide + CHIP_GAP


def flow_height(chips: Sequence[ChipLook], width: int) -> int:
    """How high the chips become at this width."""
    return max((box.bottom() + 1 for _, box in flow(chips, width)), default=0)


def draw_chip(painter: QPainter, chip: ChipLook, box: QRect, colours: Tokens) -> None:
    """Draw one chip."""
    tone, left = "text2", box.left()
    if chip.look != "text":
        ground, edge, tone = _GROUNDS[chip.look]
        painter.setPen(QPen(paint.colour(getattr(colours, edge)), 1))
        painter.setBrush(paint.colour(getattr(colours, ground)))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        left += CHIP_PADDING
    if chip.icon:
        side = QRect(left, box.top() + (box.height() - ICON_SIDE) // 2, ICON_SIDE, ICON_SIDE)
        icons.paint(painter, chip.icon, side, tone)
        left += ICON_SIDE + 4
    painter.setFont(paint.text_font(12, 400))
    painter.setPen(paint.colour(getattr(colours, tone)))
    room = QRect(left, box.top(), box.right() - left + 1, box.height())
    shown = paint.elided(chip.text, 12, 400, max(0, room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class Painted(QWidget):
    """As high as its content at its width; the content is laid out anew only when it changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._heights_known: dict[int, int] = {}
        theme_changed.connect(self.update)

    def height_at(self, width: int) -> int:
        """The height of the content; overridden."""
        del width
        raise LookupError(type(self).__name__)

    def changed(self) -> None:
        """There is other content."""
        self._heights_known.clear()
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        known = self._heights_known.get(width)
        if known is None:
            known = self._heights_known[width] = self.height_at(width)
        return known

    def sizeHint(self) -> QSize:
        width = max(self.width(), 200)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.heightForWidth(max(self.width(), 80)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()


class Prose(Painted):
    """A text over as many lines as it takes; what stands on lines of its own stays there."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._px, self._weight, self._tone, self._line = _FACES[role]
        self._text = ""
        self._paragraphs: list[Paragraph] = []

    def text(self) -> str:
        """What it says."""
        return self._text

    def setText(self, text: str) -> None:
        """Say something else."""
        if text == self._text:
            return
        self._text = text
        self._paragraphs = [
            Paragraph(part, self._px, self._weight, self._tone, self._line)
            for part in text.split("\n")
        ]
        self.setAccessibleName(text)
        self.changed()

    def height_at(self, width: int) -> int:
        return sum(part.fit(width) for part in self._paragraphs)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, colours, y = QPainter(self), tokens(), 0
        for part in self._paragraphs:
            height = part.fit(self.width())
            part.draw(painter, 0, y, colours)
            y += height
        painter.end()


class PaintedChips(Painted):
    """A row of chips that continues below; the whole is one name for screen readers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: tuple[ChipLook, ...] = ()

    def show_chips(self, chips: Sequence[ChipLook]) -> None:
        """Show these."""
        self.chips = tuple(chips)
        self.setAccessibleName(" · ".join(chip.text for chip in chips))
        self.changed()

    def height_at(self, width: int) -> int:
        return flow_height(self.chips, width)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, colours = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for chip, box in flow(self.chips, self.width()):
            draw_chip(painter, chip, box, colours)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            show_tip(self, event, list(flow(self.chips, self.width())))
            return True
        return super().event(event)


def show_tip(widget: QWidget, event: QHelpEvent, places: Sequence[tuple[ChipLook, QRect]]) -> None:
    """The tip of the chip below the pointer, if it has one."""
    said = next((chip.tip for chip, box in places if box.contains(event.pos())), "")
    if said:
        QToolTip.showText(event.globalPos(), tip(said), widget)
    else:
        QToolTip.hideText()
