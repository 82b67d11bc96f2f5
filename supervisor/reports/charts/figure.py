"""A chart row as a flowable: title, drawing, legend, reading; long ones break between lines."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from reportlab.platypus import Flowable

from supervisor.i18n import tr
from supervisor.models.rows.charts import (
    BarsRow,
    BulletsRow,
    ChartRow,
    ControlRow,
    Ink,
    LegendEntry,
    LinesRow,
    SparkRow,
    TileRow,
)
from supervisor.models.rows.charts_grid import GridRow
from supervisor.models.rows.charts_intervals import IntervalsRow
from supervisor.models.rows.charts_people import LoadsRow, PeopleFunnelRow
from supervisor.models.rows.charts_steps import StepsRow
from supervisor.reports import breaking, fonts, ink
from supervisor.reports.charts import bars, grids, lines, tiles
from supervisor.reports.charts.pen import SIZE, Pen, stroke, wide
from supervisor.reports.text import NOTE, Style


@dataclass(frozen=True, slots=True)
class Form:
    """How a kind of row is drawn: how high it wants to be, and the strokes."""

    height: Callable[[Any, float], float]
    draw: Callable[..., None]


FORMS: dict[type[ChartRow], Form] = {
    LinesRow: Form(lines.lines_height, lines.draw_lines),
    ControlRow: Form(lines.control_height, lines.draw_control),
    SparkRow: Form(lines.spark_height, lines.draw_spark),
    BarsRow: Form(bars.bars_height, bars.draw_bars),
    BulletsRow: Form(bars.bullets_height, bars.draw_bullets),
    StepsRow: Form(bars.steps_height, bars.draw_steps),
    LoadsRow: Form(bars.loads_height, bars.draw_loads),
    GridRow: Form(grids.grid_height, grids.draw_grid),
    IntervalsRow: Form(grids.intervals_height, grids.draw_intervals),
    PeopleFunnelRow: Form(grids.funnel_height, grids.draw_funnel),
    TileRow: Form(tiles.tile_height, tiles.draw_tile),
}
"""Every kind of chart the screens have; a test walks them."""

TITLE = Style(9.0, 13.0, bold=True)


class Figure(Flowable):
    """A chart on paper.

    Args:
        row: what is drawn.
        height: of the drawing; None: what suits it.
        titled: whether title and subtitle stand above (a section may have said them).
        most: the scale of the whole where this is a part of a chart that was broken.
        called: the title of the whole there; this one has its own.
    """

    def __init__(
        self,
        row: ChartRow,
        *,
        height: float | None = None,
        titled: bool = True,
        most: Any = None,
        called: str = "",
    ) -> None:
        super().__init__()
        self._called = called or row.head.title
        self._row, self._asked, self._titled, self._most = row, height, titled, most
        self._form = FORMS[type(row)]
        self._above: list[tuple[str, Style]] = []
        self._below: list[tuple[str, Style]] = []
        self._drawn = 0.0

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: ARG002, N803
        """Words above and below take the lines they need."""
        head = self._row.head
        self.width = availWidth
        self._above = []
        if self._titled:
            self._above += _broken(head.title, TITLE, availWidth)
            self._above += _broken(head.subtitle, NOTE, availWidth)
        self._below = [] if head.note else _broken(head.reading, NOTE, availWidth)
        self._legend = [] if head.note else _rows_of(head.legend, availWidth)
        if head.note:
            told = (head.note, head.advice)
            self._below = [line for one in told for line in _broken(one, NOTE, availWidth - 12)]
            self._drawn = 8.0
        else:
            self._drawn = self._asked or self._form.height(self._row, availWidth)
        words = sum(style.lead for _, style in (*self._above, *self._below))
        self.height = words + self._drawn + len(self._legend) * 11 + 4
        return availWidth, self.height

    def getSpaceBefore(self) -> float:  # noqa: N802
        """Room above."""
        return 4.0

    def getSpaceAfter(self) -> float:  # noqa: N802
        """Room below."""
        return 4.0

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        """Only what has many lines breaks, and each part keeps the scale and head of the whole."""
        row = self._row
        most: Any
        if isinstance(row, LoadsRow):
            name, line, most = "lines", bars.LOAD, bars.loads_most(row)
        elif isinstance(row, BarsRow):
            name, line, most = "bars", bars.LINE, bars.bars_most(row)
        else:
            return []
        self.wrap(availWidth, availHeight)
        items = getattr(row, name)
        fit = len(items) - int(-(-(self.height - availHeight) // line)) if items else 0
        if fit < 3 or len(items) - fit < 1:
            return []
        if isinstance(row, LoadsRow) and row.lines[fit - 1].is_head:
            fit -= 1
        return self._parts(name, fit, self._most or most)

    def _parts(self, name: str, fit: int, most: Any) -> list[Flowable]:
        row: Any = self._row
        items = getattr(row, name)
        quiet = replace(row.head, reading="", legend=())
        first = replace(row, head=replace(quiet, legend=row.head.legend), **{name: items[:fit]})
        if isinstance(row, BarsRow):
            first = replace(first, facts=())
        more = replace(row.head, title=tr("{title} (continued)", title=self._called))
        rest = replace(row, head=more, **{name: items[fit:]})
        return [
            Figure(first, titled=self._titled, most=most),
            Figure(rest, titled=self._titled, most=most, called=self._called),
        ]

    def draw(self) -> None:
        """From top to bottom: words, legend, drawing, words."""
        pen = Pen(self.canv)
        y = self.height
        for words, style in self._above:
            y -= style.lead
            pen.text(0, y + style.lead / 2, words, size=style.size, bold=style.bold,
                     colour=style.colour)  # fmt: skip
        for row in self._legend:
            y -= 11
            _draw_legend(pen, row, y + 5.5)
        if self._row.head.note:
            self._draw_note(pen, y)
            return
        y -= self._drawn + 2
        self.canv.saveState()
        self.canv.translate(0, y)
        more = {} if self._most is None else {"most": self._most}
        self._form.draw(pen, self._row, self.width, self._drawn, **more)
        self.canv.restoreState()
        for words, style in self._below:
            y -= style.lead
            pen.text(0, y + style.lead / 2, words, size=style.size, colour=style.colour)

    def _draw_note(self, pen: Pen, y: float) -> None:
        """Why there is nothing to see, in a quiet frame."""
        high = sum(style.lead for _, style in self._below) + 8
        pen.rect(0, y - high, self.width, high, None, ink.HAIR)
        y -= 4
        for words, style in self._below:
            y -= style.lead
            pen.text(6, y + style.lead / 2, words, size=style.size, colour=style.colour)


def _broken(words: str, style: Style, room: float) -> list[tuple[str, Style]]:
    if not words:
        return []
    return [(line, style) for line in breaking.lines(fonts.shown(words), room, style.measure)]


def _rows_of(
    entries: tuple[LegendEntry, ...], room: float
) -> list[list[tuple[float, LegendEntry]]]:
    rows: list[list[tuple[float, LegendEntry]]] = []
    x = room
    for one in entries:
        need = 15 + wide(one.label) + 10
        if not rows or x + need - 10 > room:
            rows.append([])
            x = 0.0
        rows[-1].append((x, one))
        x += need
    return rows


_AREAS = frozenset({Ink.BAND, Ink.QUANTITY, Ink.WAITING, Ink.LATE, Ink.ENDED, Ink.DONE, Ink.THIN})


def _draw_legend(pen: Pen, row: list[tuple[float, LegendEntry]], y: float) -> None:
    for x, one in row:
        if one.hollow:
            pen.marker((x + 5, y), one.ink, hollow=True)
        elif one.ink in _AREAS:
            pen.fill((x, y - 3, 10, 6), one.ink)
            pen.rect(x, y - 3, 10, 6, None, ink.HATCH)
        else:
            pen.line(((x, y), (x + 11, y)), stroke(one.ink))
        pen.text(x + 14, y, one.label, size=SIZE, colour=ink.TEXT2)
