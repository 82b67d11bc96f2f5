"""Lines, control charts and sparks on paper."""

from itertools import pairwise

from supervisor.models.rows.charts import ControlRow, Ink, LinePoint, LinesRow, Series, SparkRow
from supervisor.reports import ink
from supervisor.reports.charts import axis
from supervisor.reports.charts.axis import Plane
from supervisor.reports.charts.pen import SIZE, Pen, Stroke, cut, stroke, wide

HEADROOM = 1.1
LOWER = 22.0
"""Room below the axis."""


def lines_height(_: LinesRow, __: float) -> float:
    """Lines take what they are given; this is what suits them."""
    return 150.0


def draw_lines(pen: Pen, row: LinesRow, width: float, height: float) -> None:
    """Band, lines with markers, labels at their ends."""
    plane = _plane(row, width, height)
    axis.draw_left(pen, plane, row.head.unit)
    ticks = row.ticks or axis.plain_ticks(*plane.xs)
    axis.draw_lower(pen, plane, ticks, row.x_label)
    if row.band:
        low = [plane.at(x, y) for x, y, _ in row.band.points]
        high = [plane.at(x, y) for x, _, y in row.band.points]
        pen.area([*low, *reversed(high)], ink.BAND)
        for edge in (low, high):
            pen.line(edge, Stroke(0.4, ink.BAND_EDGE))
    if row.known_until is not None:
        x = plane.x(row.known_until)
        pen.line(((x, plane.foot), (x, plane.foot + plane.high)), Stroke(0.5, ink.RULE, (3, 2)))
    for series in row.series:
        _draw_series(pen, plane, series)
    _draw_labels(pen, plane, row, width)


def _plane(row: LinesRow, width: float, height: float) -> Plane:
    xs = [one.x for series in row.series for one in series.points]
    ys = [one.y for series in row.series for one in series.points if one.y is not None]
    if row.band:
        xs += [x for x, _, _ in row.band.points]
        ys += [high for _, _, high in row.band.points]
    reach = (min(xs), max(xs)) if xs else (0.0, 1.0)
    if reach[0] == reach[1]:
        reach = (reach[0] - 0.5, reach[1] + 0.5)
    tall = (min(0.0, *ys) if ys else 0.0, (max(ys, default=0.0) or 1.0) * HEADROOM)
    left = axis.left_room(tall, row.head.unit)
    labels = [_last(one) for one in row.series if one.label]
    need = max((wide(one.label, bold=one.ink is Ink.MAIN) + 9 for one in row.series), default=0.0)
    room = width - left
    at_end = any(one is not None and (one.x - reach[0]) / (reach[1] - reach[0]) > 0.5
                 for one in labels)  # fmt: skip
    right = min(need, room * 0.42) if at_end else 8.0
    return Plane(left, LOWER, room - right, height - LOWER - 6, reach, tall)


def _last(series: Series) -> LinePoint | None:
    known = [one for one in series.points if one.y is not None]
    return known[-1] if known else None


def _draw_series(pen: Pen, plane: Plane, series: Series) -> None:
    look = stroke(series.ink)
    open_look = Stroke(look.width, look.colour, (2, 2))
    run: list[tuple[float, float]] = []
    for before, after in pairwise((None, *series.points)):
        assert after is not None  # noqa: S101 - only the first of the first pair is None
        if after.y is None:
            pen.line(run, look)
            run = []
            continue
        here = plane.at(after.x, after.y)
        if after.hollow and before is not None and before.y is not None:
            pen.line(run, look)
            pen.line((plane.at(before.x, before.y), here), open_look)
            run = [here]
        else:
            run.append(here)
    pen.line(run, look)
    last = _last(series)
    for one in series.points:
        marked = one.hollow or series.dots or (one is last and series.ink is not Ink.REFERENCE)
        if one.y is not None and marked:
            pen.marker(plane.at(one.x, one.y), series.ink, hollow=one.hollow)


def _draw_labels(pen: Pen, plane: Plane, row: LinesRow, width: float) -> None:
    told = [(series, last) for series in row.series if series.label
            and (last := _last(series)) is not None]  # fmt: skip
    wanted = [plane.y(last.y or 0.0) for _, last in told]
    heights = axis.apart(wanted, SIZE + 2, plane.foot + 4, plane.foot + plane.high)
    for (series, last), y in zip(told, heights, strict=True):
        x = plane.x(last.x) + 6
        bold = series.ink is Ink.MAIN
        words = series.label
        if x + wide(words, bold=bold) > width:
            words = cut(words, max(30.0, width - x), bold=bold)
        colour = ink.BLUE if bold else ink.BLACK if series.ink is Ink.OTHER else ink.TEXT2
        pen.rect(x - 1, y - SIZE / 2, wide(words, bold=bold) + 2, SIZE, ink.WHITE)
        pen.text(x, y, words, bold=bold, colour=colour)


def control_height(_: ControlRow, __: float) -> float:
    """What suits a control chart."""
    return 130.0


def draw_control(pen: Pen, row: ControlRow, width: float, height: float) -> None:
    """Limits as a stepped zone, the centre, and points; those outside as diamonds with words."""
    points = row.points
    heights = [v for one in points for v in (one.value, one.high) if v is not None]
    tall = (0.0, (max(heights, default=0.0) or 1.0) * 1.2)
    left = axis.left_room(tall, row.head.unit)
    right = max(wide(row.centre_label), wide(row.high_label)) + 6
    plane = Plane(left, LOWER, width - left - right, height - LOWER - 4,
                  (-0.5, max(len(points), 1) - 0.5), tall)  # fmt: skip
    axis.draw_left(pen, plane, row.head.unit)
    for i, one in enumerate(points):
        if one.low is not None and one.high is not None:
            x, y = plane.at(i - 0.5, one.low)
            pen.rect(x, y, plane.x(i + 0.5) - x, plane.y(one.high) - y, ink.BAND)
    axis.draw_lower(pen, plane, [(float(i), one.label) for i, one in enumerate(points)])
    for place, words in row.events:
        x = plane.x(place)
        pen.line(((x, plane.foot), (x, plane.foot + plane.high)), Stroke(0.6, ink.TEXT2, (3, 2)))
        pen.text(x + 2, plane.foot + plane.high - 3, cut(words, plane.wide * 0.4), colour=ink.TEXT2)
    _draw_centre(pen, plane, row)
    _draw_points(pen, plane, row)


def _draw_centre(pen: Pen, plane: Plane, row: ControlRow) -> None:
    end = plane.left + plane.wide
    if row.centre is None:
        return
    y = plane.y(row.centre)
    pen.line(((plane.left, y), (end, y)), Stroke(0.7, ink.TEXT2, (4, 2)))
    high = next((one.high for one in reversed(row.points) if one.high is not None), None)
    wanted = [y] if high is None else [y, plane.y(high)]
    placed = axis.apart(wanted, SIZE + 2, plane.foot, plane.foot + plane.high)
    pen.text(end + 4, placed[0], row.centre_label, colour=ink.TEXT2)
    if high is not None:
        pen.text(end + 4, placed[1], row.high_label, colour=ink.TEXT2)


def _draw_points(pen: Pen, plane: Plane, row: ControlRow) -> None:
    known = [(i, one) for i, one in enumerate(row.points) if one.value is not None]
    for (i, before), (j, after) in pairwise(known):
        dash = (2.0, 2.0) if after.hollow else ()
        pen.line((plane.at(i, before.value or 0), plane.at(j, after.value or 0)),
                 Stroke(1.2, ink.BLUE, dash))  # fmt: skip
    named = []
    for i, one in known:
        at = plane.at(i, one.value or 0.0)
        pen.marker(at, Ink.WAITING if one.outside else Ink.MAIN, hollow=one.hollow, size=2.0)
        if one.name:
            named.append((at, one.name))
    heights = axis.apart([at[1] + 8 for at, _ in named], SIZE + 2, plane.foot + 4,
                         plane.foot + plane.high)  # fmt: skip
    for (at, name), y in zip(named, heights, strict=True):
        long = wide(name, bold=True)
        # At the side of the line where there is room; a point lies on what rises or falls to it.
        left = at[0] - long - 5 if at[0] - long - 5 > plane.left else at[0] + 5
        pen.rect(left - 1, y - SIZE / 2, long + 2, SIZE, ink.WHITE)
        pen.text(left, y, name, bold=True)


def spark_height(_: SparkRow, __: float) -> float:
    """A spark is low."""
    return 30.0


def draw_spark(pen: Pen, row: SparkRow, width: float, height: float) -> None:
    """A line in its own range, the last point marked."""
    known = [(i, one) for i, one in enumerate(row.points) if one.value is not None]
    values = [one.value or 0.0 for _, one in known]
    if not values:
        return
    low, high = min(values), max(values)
    if low == high:
        low, high = low - 1, high + 1
    plane = Plane(3, 4, width - 6, height - 8, (0, max(1, len(row.points) - 1)), (low, high))
    for (i, before), (j, after) in pairwise(known):
        dash = (2.0, 2.0) if after.hollow else ()
        pen.line((plane.at(i, before.value or 0), plane.at(j, after.value or 0)),
                 Stroke(1.0, ink.BLACK, dash))  # fmt: skip
    i, last = known[-1]
    pen.marker(plane.at(i, last.value or 0), Ink.MAIN, hollow=last.hollow, size=2.0)
