"""What a table column is: functions over the row, so language and data can change at any time."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt

from supervisor.models.enums import Mark

R = TypeVar("R")


class Align(StrEnum):
    """Text left, numbers right, marks in the middle."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"

    @property
    def flag(self) -> Qt.AlignmentFlag:
        """Qt's word for it, vertically centred."""
        return _FLAGS[self]

    @property
    def number(self) -> int:
        """The same as a plain number: painting asks for it often."""
        return _NUMBERS[self]


_FLAGS = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Align.CENTER: Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
}
_NUMBERS = {align: int(flag) for align, flag in _FLAGS.items()}


class Shape(StrEnum):
    """Severity has a shape and a word, always both."""

    DIAMOND = "diamond"  # serious
    TRIANGLE = "triangle"  # attention
    CIRCLE = "circle"  # ordinary
    SQUARE = "square"  # done


SHAPE_TOKENS = {
    Shape.DIAMOND: "crit_fill",
    Shape.TRIANGLE: "warn_fill",
    Shape.CIRCLE: "text3",
    Shape.SQUARE: "ok_fill",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How one cell is painted beside its text; every colour is a token name.

    Attributes:
        tone: colour of the text.
        medium: weight 500.
        shape: severity shape before the text.
        mark: draw the letter box instead of text.
        lead: first part in its own tone and width (a date before an outcome).
        lead_right: the lead stands right-aligned in its width.
        tail: small part after the text (time left); gives way when the cell is narrow.
        progress: 0..1, a bar under the text.
    """

    tone: str = "text"
    medium: bool = False
    shape: Shape | None = None
    mark: Mark | None = None
    lead: str = ""
    lead_width: int = 0
    lead_tone: str = "text2"
    lead_right: bool = False
    tail: str = ""
    tail_tone: str = "text3"
    progress: float | None = None


@dataclass(frozen=True)  # no slots: Column[Row](...) could not be written with them
class Column(Generic[R]):
    """One column.

    Attributes:
        key: stable name; widths, order and saved views are remembered by it.
        title: the head in the language in force.
        text: the cell as people read and copy it.
        sort: for complete sets, the value `sorted()` compares; for windowed ones, anything not None
            says that the head can be clicked (the page turns the key into SQL).
        width: default width in logical px.
        tooltip: more than the text; None means the text itself when it is elided.
        frozen: stays when the table scrolls sideways; only leading columns.
        accessible: the cell as it is spoken; None means the text.
        numeric: a number or an identifier made of digits that Excel must keep as text.
        look: painting beyond plain text.
        hidden: not shown until the person asks for it.
        fixed: cannot be hidden or moved.
        grows: takes room that is left, the last such column all that nobody else wants.
        roomy: how wide a growing column would like to be before another one gets more.
    """

    key: str
    title: Callable[[], str]
    text: Callable[[R], str]
    sort: Callable[[R], Any] | None = None
    align: Align = Align.LEFT
    width: int = 120
    tooltip: Callable[[R], str] | None = None
    frozen: bool = False
    accessible: Callable[[R], str] | None = None
    numeric: bool = False
    look: Callable[[R], Look] | None = None
    hidden: bool = False
    fixed: bool = False
    grows: bool = False
    roomy: int = 0
    chosen: Callable[[], str] | None = None

    @property
    def name(self) -> str:
        """The title in full, for the chooser and for speech, where the head is shortened."""
        return (self.chosen or self.title)()
