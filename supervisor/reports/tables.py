"""Tables: heads repeated, no row split, no figure broken, sums never alone on a page.

Where a table would not fit, its type shrinks by half points down to that of notes.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reportlab.platypus import Flowable, LongTable

from supervisor.reports import fonts, ink
from supervisor.reports.text import CELL, Style, Text
from supervisor.reports.widths import INSET, SMALLEST, TIGHT, Column, Line, fit

__all__ = ["Column", "Line", "sits", "table"]
LEAD = 1.39
"""From one line of a cell to the next, in sizes of its type."""


def table(
    columns: Sequence[Column],
    rows: Sequence[Line],
    width: float,
    style: Style = CELL,
    *,
    tight: bool = False,
) -> Flowable:
    """The table in `width` points; `tight`: little room between lines."""
    high = 0.7 if tight else 2.6
    found = fit(columns, rows, width, style.size)
    if found is not None:
        sized = replace(style, size=found.size, lead=found.size * LEAD)
        return _table(columns, rows, found.widths, sized, (found.pad, high))
    sized = replace(style, size=SMALLEST, lead=SMALLEST * LEAD)
    even = [width / len(columns)] * len(columns)
    words = [replace(one, figures=False) for one in columns]
    return _table(words, rows, even, sized, (TIGHT, high))


def sits(
    columns: Sequence[Column], rows: Sequence[Line], width: float, style: Style = CELL
) -> bool:
    """Whether a table fits in its own size, names in two lines at most."""
    found = fit(columns, rows, width, style.size)
    return found is not None and not found.loose and found.size == style.size


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
            done.append(("LEFTPADDING", (0, number), (0, number), pad + INSET))
    return done
