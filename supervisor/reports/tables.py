"""Tables: heads repeated, no row split, no figure broken, sums never alone on a page.

Widths come from the content: a column of figures is as wide as its widest figure, what is left
goes to the columns of words, whose texts may take several lines. Where a table would not fit, its
type shrinks by half points down to that of notes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.platypus import Flowable, LongTable

from supervisor.reports import breaking, fonts, ink
from supervisor.reports.text import CELL, Style, Text

SMALLEST = 7.5
PAD, TIGHT = 4.0, 2.0
SHORT = 13
"""Words up to so many characters wide are not broken if it can be helped."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        head: may take two lines.
        figures: right-aligned and never broken; else words, which may take several lines.
        share: how much of the room that is left words get, relatively.
        left: unbroken as figures are, but from the left: dates and numbers that name something.
    """

    head: str
    figures: bool = True
    share: float = 1.0
    left: bool = False

    @property
    def align(self) -> str:
        """To which side cells go."""
        return "right" if self.figures and not self.left else "left"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells.

    Attributes:
        total: sums of a group or of all; printed bold and kept with the line before.
        title: the head of a group; kept with the line after.
        inset: indented, as a member of a group.
        quiet: explains the line before: grey, no rule between them, never apart from it.
        link: where a click on the first cell leads.
    """

    cells: tuple[str, ...]
    total: bool = False
    title: bool = False
    inset: bool = False
    quiet: bool = False
    link: str = ""


def table(
    columns: Sequence[Column],
    rows: Sequence[Line],
    width: float,
    style: Style = CELL,
    *,
    tight: bool = False,
) -> Flowable:
    """The table in `width` points; `tight`: little room between lines."""
    high = 1.1 if tight else 2.6
    for size, pad, whole in _attempts(style):
        sized = replace(style, size=size, lead=size * 1.39)
        widths = _widths(columns, rows, width, sized, pad, whole=whole)
        if widths is not None:
            return _table(columns, rows, widths, sized, (pad, high))
    sized = replace(style, size=SMALLEST, lead=SMALLEST * 1.39)
    even = [width / len(columns)] * len(columns)
    words = [replace(one, figures=False) for one in columns]
    return _table(words, rows, even, sized, (TIGHT, high))


def sits(
    columns: Sequence[Column], rows: Sequence[Line], width: float, style: Style = CELL
) -> bool:
    """Whether a table fits in its own size, short words unbroken."""
    return _widths(columns, rows, width, style, TIGHT, whole=True) is not None


def _attempts(style: Style) -> list[tuple[float, float, bool]]:
    """Sizes and room beside cells, best first; short words are broken only when all else fails."""
    steps = int((style.size - SMALLEST) * 2) + 1
    sizes = [style.size - 0.5 * step for step in range(steps)]
    return [(size, pad, whole) for whole in (True, False) for size in sizes for pad in (PAD, TIGHT)]


def _widths(
    columns: Sequence[Column],
    rows: Sequence[Line],
    width: float,
    style: Style,
    pad: float,
    *,
    whole: bool,
) -> list[float] | None:
    """What each column gets; None: it does not fit at this size."""
    least, wanted = [], []
    for number, column in enumerate(columns):
        head = _head_width(column.head, replace(style, bold=True), whole=whole)
        cells = [
            (fonts.shown(row.cells[number]), replace(style, bold=row.total or row.title),
             9.0 if row.inset and not number else 0.0)
            for row in rows
        ]  # fmt: skip
        full = max((s.measure(t) + more for t, s, more in cells), default=0.0)
        if column.figures:
            least.append(max(head, full) + 2 * pad)
        else:
            narrow = max(
                (min(breaking.narrowest(t, s.measure), 14 * style.size) + more
                 for t, s, more in cells), default=0.0)  # fmt: skip
            kept = full if whole and full <= SHORT * style.size else 0.0
            least.append(max(head, narrow, kept, min(full, 3 * style.size)) + 2 * pad)
        wanted.append(max(full + 2 * pad, least[-1]))
    left = width - sum(least)
    if left < 0:
        return None
    return _shared_out(columns, least, wanted, left)


def _head_width(head: str, style: Style, *, whole: bool) -> float:
    """A short head stays in one line, a longer one takes two that are about equal."""
    measure = style.measure
    narrow = breaking.narrowest(head, measure)
    if not whole:
        return narrow
    full = measure(head)
    return max(narrow, full if full <= 4.6 * style.size else full / 2 + style.size)


def _shared_out(
    columns: Sequence[Column], least: list[float], wanted: list[float], left: float
) -> list[float]:
    """Words get what they want first, by share; what is left then widens every column."""
    got = list(least)
    while left > 0.5:
        hungry = [i for i, c in enumerate(columns) if not c.figures and wanted[i] - got[i] > 0.1]
        if not hungry:
            return [one + left / len(got) for one in got]
        whole = sum(columns[i].share for i in hungry)
        given = 0.0
        for i in hungry:
            more = min(left * columns[i].share / whole, wanted[i] - got[i])
            got[i] += more
            given += more
        left -= given
    return got


def _table(
    columns: Sequence[Column],
    rows: Sequence[Line],
    widths: list[float],
    style: Style,
    pads: tuple[float, float],
) -> Flowable:
    heads = [_head(column, style) for column in columns]
    body = [[_cell(c, t, row, style) for c, t in zip(columns, row.cells, strict=True)]
            for row in rows]  # fmt: skip
    made = LongTable(
        [heads, *body], colWidths=widths, repeatRows=1, style=_dress(columns, rows, style, pads),
        hAlign="LEFT",
    )  # fmt: skip
    made.spaceBefore, made.spaceAfter = 3, 4
    return made


def _head(column: Column, style: Style) -> Flowable:
    look = replace(style, bold=True, colour=ink.TEXT2, align=column.align, lead=style.size * 1.25)
    return Text(column.head, look, even=True)


def _cell(column: Column, text: str, row: Line, style: Style) -> Any:
    """Figures as plain strings (fast), words as paragraphs."""
    if column.figures and "\n" not in text:
        return fonts.shown(text)
    bold = row.total or row.title
    colour = ink.TEXT2 if row.quiet else style.colour
    return Text(text, replace(style, bold=bold, align=column.align, colour=colour), link=row.link)


def _dress(
    columns: Sequence[Column], rows: Sequence[Line], style: Style, pads: tuple[float, float]
) -> list[tuple[Any, ...]]:
    pad, high = pads
    done: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), fonts.REGULAR, style.size, style.lead),
        ("TEXTCOLOR", (0, 0), (-1, -1), ink.BLACK),
        ("LEFTPADDING", (0, 0), (-1, -1), pad),
        ("RIGHTPADDING", (0, 0), (-1, -1), pad),
        ("TOPPADDING", (0, 0), (-1, -1), high),
        ("BOTTOMPADDING", (0, 0), (-1, -1), high + 0.6),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LINEABOVE", (0, 0), (-1, 0), 1.2, ink.BLACK),
        ("LINEBELOW", (0, 0), (-1, 0), 0.6, ink.RULE),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, ink.HAIR),
        ("LINEBELOW", (0, -1), (-1, -1), 1.0, ink.BLACK),
    ]
    for number, column in enumerate(columns):
        if column.align == "right":
            done.append(("ALIGN", (number, 0), (number, -1), "RIGHT"))
    for number, row in enumerate(rows, 1):
        if row.total:
            done.append(("FONT", (0, number), (-1, number), fonts.BOLD, style.size, style.lead))
            done.append(("LINEABOVE", (0, number), (-1, number), 0.6, ink.RULE))
            if number > 1:
                done.append(("NOSPLIT", (0, number - 1), (-1, number)))
        if row.title and number < len(rows):
            done.append(("NOSPLIT", (0, number), (-1, number + 1)))
        if row.quiet:
            done.append(("TEXTCOLOR", (0, number), (-1, number), ink.TEXT2))
            done.append(("LINEABOVE", (0, number), (-1, number), 0.6, ink.WHITE))
            done.append(("NOSPLIT", (0, number - 1), (-1, number)))
        if row.inset:
            done.append(("LEFTPADDING", (0, number), (0, number), pad + 9.0))
    return done
