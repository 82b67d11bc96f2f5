"""Grids of cells, points with intervals, and the funnel plot of people on paper."""

from supervisor.models.rows.charts_grid import GridCell, GridLine, GridRow, Tone
from supervisor.models.rows.charts_intervals import IntervalPoint, IntervalsRow
from supervisor.models.rows.charts_people import PeopleFunnelRow, Side
from supervisor.reports import ink
from supervisor.reports.charts import axis
from supervisor.reports.charts.axis import Plane
from supervisor.reports.charts.bars import FACT, draw_facts
from supervisor.reports.charts.pen import SIZE, Pen, Point, Stroke, cut, stroke, wide

CELL, HEAD, ACROSS = 18.5, 13.0, 11.0
_LOW_CELL = 13.5
_POINT, _GROUP = 14.0, 15.0


def _cell_height(row: GridRow) -> float:
    return CELL if any(one.detail for line in row.lines for one in line.cells) else _LOW_CELL


def grid_height(row: GridRow, _: float) -> float:
    """By the number of lines."""
    return _across(row) + HEAD + len(row.lines) * _cell_height(row) + len(row.facts) * FACT + 4


def _across(row: GridRow) -> float:
    """Room for what stands above the heads of columns, where anything does."""
    return ACROSS if row.across else 0.0


def draw_grid(pen: Pen, row: GridRow, width: float, height: float) -> None:
    """Cells in greys with their text; thin ones hatched, worse and better also by an arrow."""
    high = _cell_height(row)
    labels = [
        wide(one.label, size=8, bold=True) + wide(one.detail, size=7) + (8 if one.detail else 0)
        for one in row.lines
    ]
    left = min(max([*labels, wide(row.corner)], default=0.0) + 6, width * 0.36)
    across = (width - left) / max(1, len(row.columns))
    top = height - _across(row)
    pen.text(left, height - ACROSS / 2, row.across, colour=ink.TEXT2)
    pen.text(0, top - HEAD / 2, cut(row.corner, left - 4), colour=ink.TEXT2)
    for number, name in enumerate(row.columns):
        pen.text(left + (number + 0.5) * across, top - HEAD / 2,
                 cut(name, across + 2), colour=ink.TEXT2, align="centre")  # fmt: skip
    y = top - HEAD
    for line in row.lines:
        y -= high
        _draw_label(pen, line, left, y + high / 2)
        for number, cell in enumerate(line.cells):
            _draw_cell(pen, cell, (left + number * across, y, across - 1, high - 1))
    draw_facts(pen, [(words, "") for words, _ in row.facts], width, y)


def _draw_label(pen: Pen, line: GridLine, left: float, middle: float) -> None:
    pen.text(0, middle, line.label, size=8, bold=True)
    start = wide(line.label, size=8, bold=True) + 5
    pen.text(start, middle, cut(line.detail, left - start - 3, size=7), size=7, colour=ink.TEXT2)


def _draw_cell(pen: Pen, cell: GridCell, box: tuple[float, float, float, float]) -> None:
    x, y, wide_, high = box
    middle = x + wide_ / 2
    if cell.tone is Tone.THIN:
        pen.hatch(*box)
        half = min(wide_ - 2, wide(cell.text, size=7) + 3) / 2
        pen.rect(middle - half, y + high / 2 - 4.5, 2 * half, 9, ink.WHITE)
        pen.text(middle, y + high / 2, cut(cell.text, wide_, size=7), size=7, align="centre",
                 colour=ink.TEXT2)  # fmt: skip
        return
    if cell.tone is Tone.EMPTY:
        pen.rect(*box, None, ink.HAIR)
        pen.text(middle, y + high / 2, cell.text, colour=ink.TEXT3, align="centre")
        return
    ground = ink.WHITE if cell.tone in {Tone.SAME, Tone.BETTER} else ink.grey(cell.strength)
    pen.rect(*box, ground, ink.RULE)
    bold = cell.tone is Tone.RAMP or cell.tone is Tone.WORSE
    room = wide_ - 1
    size = 7.5 if wide(cell.text, size=7.5, bold=bold) <= room else 6.5
    if cell.detail:
        pen.text(middle, y + high * 0.68, cut(cell.text, room, size=size, bold=bold), size=size,
                 bold=bold, align="centre")  # fmt: skip
        pen.text(middle, y + high * 0.27, cut(cell.detail, room, size=6.5), size=6.5,
                 align="centre")  # fmt: skip
    else:
        pen.text(middle, y + high / 2, cut(cell.text, room, size=size, bold=bold), size=size,
                 bold=bold, align="centre")  # fmt: skip


def intervals_height(row: IntervalsRow, _: float) -> float:
    """By the number of points."""
    points = sum(len(one.points) for one in row.groups)
    heads = sum(1 for one in row.groups if one.label)
    return points * _POINT + heads * _GROUP + 18 + len(row.facts) * FACT


def draw_intervals(pen: Pen, row: IntervalsRow, width: float, height: float) -> None:
    """A point and its interval on a common scale from zero; what is not known is hatched."""
    points = [one for group in row.groups for one in group.points]
    left = min(max((wide(one.label, size=8.5) for one in points), default=0.0) + 10, width * 0.36)
    aside = max((wide(one.aside) for one in points), default=0.0)
    figure = max((wide(one.figure, size=8, bold=True) for one in points), default=0.0)
    room = max(40.0, width - left - aside - figure - 20)
    bottom = 18 + len(row.facts) * FACT
    plane = Plane(left, bottom, room, height - bottom, (0.0, row.most or 1.0), (0.0, 1.0))
    taken = -1e9
    for value, words in row.ticks:
        x, half = plane.x(value), wide(words) / 2
        pen.line(((x, plane.foot), (x, height)), axis.GRID)
        if x - half > taken + 3:
            pen.text(x, plane.foot - 7, words, colour=ink.TEXT2, align="centre")
            taken = x + half
    y = height
    for group in row.groups:
        if group.label:
            y -= _GROUP
            pen.text(0, y + _GROUP / 2 - 1, group.label, size=8, bold=True)
        for one in group.points:
            y -= _POINT
            _draw_point(pen, plane, one, (y + _POINT / 2, width, figure, aside))
    draw_facts(pen, [(name, words) for name, words, _ in row.facts], width, bottom - 16)


def _draw_point(
    pen: Pen, plane: Plane, one: IntervalPoint, room: tuple[float, float, float, float]
) -> None:
    y, width, figure, aside = room
    pen.text(0, y, cut(one.label, plane.left - 8, size=8.5), size=8.5)
    end = plane.left + plane.wide
    if one.value is None:
        pen.hatch(plane.left, y - 4, plane.wide, 8)
        words = cut(one.why, plane.wide - 8)
        pen.rect(plane.left + 2, y - 4, wide(words) + 4, 8, ink.WHITE)
        pen.text(plane.left + 4, y, words, colour=ink.TEXT2)
    else:
        if one.low is not None and one.high is not None:
            look = stroke(one.ink)
            low, high = plane.x(one.low), plane.x(one.high)
            pen.line(((low, y), (high, y)), Stroke(look.width, look.colour))
            for x in (low, high):
                pen.line(((x, y - 2.5), (x, y + 2.5)), Stroke(0.8, look.colour))
        pen.marker((plane.x(one.value), y), one.ink)
    pen.text(end + 8 + figure, y, one.figure, size=8, bold=True, align="right")
    pen.text(min(width, end + 16 + figure + aside), y, one.aside, colour=ink.TEXT2, align="right")


def funnel_height(_: PeopleFunnelRow, __: float) -> float:
    """What suits a funnel plot."""
    return 180.0


def draw_funnel(pen: Pen, row: PeopleFunnelRow, width: float, height: float) -> None:
    """Limits around 1 with the zone inside; only who lies outside has a name."""
    xs = [one.x for one in row.limits] or [one.x for one in row.points] or [0.0, 1.0]
    ys = [y for one in row.limits for y in (one.low, one.high)] + [one.y for one in row.points]
    tall = (max(0.0, min(ys, default=0.5) - 0.1), min(3.0, max(ys, default=1.5) + 0.1))
    left = axis.left_room(tall, row.head.unit)
    plane = Plane(left, 24, width - left - 6, height - 30, (min(xs), max(xs)), tall)
    near, far = (_edges(plane, row, *sides) for sides in (("low", "high"), ("far_low", "far_high")))
    pen.area([*near[0], *reversed(near[1])], ink.BAND)
    axis.draw_left(pen, plane, row.head.unit)
    axis.draw_lower(pen, plane, axis.plain_ticks(*plane.xs), row.x_label)
    for edge in near:
        pen.line(edge, Stroke(0.7, ink.TEXT2))
    for edge in far:
        pen.line(edge, Stroke(0.7, ink.TEXT2, (4, 2)))
    y = plane.y(1.0)
    pen.line(((left, y), (left + plane.wide, y)), Stroke(1.2, ink.BLACK))
    pen.text(left + 3, y + 6, row.zone, colour=ink.TEXT2)
    for edge, words in ((near[1], row.near_label), (far[1], row.far_label)):
        if edge:
            pen.text(left + plane.wide, edge[-1][1] + 5, words, colour=ink.TEXT2, align="right")
    _draw_people(pen, plane, row)


def _edges(plane: Plane, row: PeopleFunnelRow, *sides: str) -> list[list[Point]]:
    low, high = plane.ys
    return [
        [plane.at(one.x, getattr(one, side)) for one in row.limits
         if side in {"low", "high"} or low <= getattr(one, side) <= high]
        for side in sides
    ]  # fmt: skip


def _draw_people(pen: Pen, plane: Plane, row: PeopleFunnelRow) -> None:
    outside = []
    for one in row.points:
        at = plane.at(one.x, one.y)
        if one.side is Side.INSIDE:
            pen.spot(at, ink.TEXT2, hollow=True)
        else:
            pen.triangle(at, up=one.side is Side.ABOVE)
            outside.append((at, one.name))
    heights = axis.apart([at[1] for at, _ in outside], SIZE + 2, plane.foot,
                         plane.foot + plane.high)  # fmt: skip
    end = plane.left + plane.wide
    for (at, name), y in zip(outside, heights, strict=True):
        if abs(y - at[1]) > SIZE:  # moved off other names: a line says whose it is
            aside = 5 if at[0] + 6 + wide(name, bold=True) <= end else -5
            pen.line((at, (at[0] + aside, y)), Stroke(0.4, ink.TEXT2))
        if at[0] + 6 + wide(name, bold=True) > end:
            pen.text(at[0] - 6, y, cut(name, at[0] - plane.left - 8, bold=True), bold=True,
                     align="right")  # fmt: skip
        else:
            pen.text(at[0] + 6, y, name, bold=True)
