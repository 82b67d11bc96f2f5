"""The style in force while paper is made, as the language is: margins, headings, size of text.

The formal style follows GB/T 9704 where that says something a report with tables can keep: type
area 156 by 225 mm, a centred title, headings by number without a bar, running text of 16 points on
28, the page number between dashes at the outer edge (the foot only says how many pages there are).
Tables and charts stay as they are, and so does the typeface: the standard's own (小标宋, 仿宋) may
not be given away.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from supervisor.models.enums_reports import PaperStyle
from supervisor.reports.text import BODY, Style

_IN_FORCE: ContextVar[PaperStyle] = ContextVar("paper_style", default=PaperStyle.PLAIN)


@dataclass(frozen=True, slots=True)
class Margins:
    """Room around the type area of an upright page, in points; the left is the bound side."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """Of the type area of an upright page."""
        return A4[0] - self.left - self.right

    @property
    def across(self) -> float:
        """Of the type area of a page that lies."""
        return A4[1] - self.left - self.right


_MARGINS = {
    PaperStyle.PLAIN: Margins(20 * mm, 15 * mm, 20 * mm, 15 * mm),
    PaperStyle.FORMAL: Margins(28 * mm, 26 * mm, 37 * mm, 35 * mm),
}
_FORMAL_BODY = Style(16.0, 28.0)


@contextmanager
def setting(style: PaperStyle) -> Iterator[None]:
    """Make paper in this style inside the block."""
    before = _IN_FORCE.set(style)
    try:
        yield
    finally:
        _IN_FORCE.reset(before)


def is_formal() -> bool:
    """Whether paper is made in the formal style."""
    return _IN_FORCE.get() is PaperStyle.FORMAL


def margins() -> Margins:
    """Those of the style in force."""
    return _MARGINS[_IN_FORCE.get()]


def body() -> Style:
    """Of running text: conclusions, measures, problems, plan."""
    return _FORMAL_BODY if is_formal() else BODY
