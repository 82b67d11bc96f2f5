"""Bars, bullets, steps and loads on paper: one line each, from zero, numbers always written."""

from collections.abc import Sequence

from supervisor.models.rows.charts import BarPart, BarsRow, BulletsRow, Ink
from supervisor.models.rows.charts_people import LoadCell, LoadLine, LoadsRow
from supervisor.models.rows.charts_steps import StepsRow
from supervisor.reports import ink
from supervisor.reports.charts.pen import SIZE, Pen, Stroke, cut, on, wide

LINE, FACT, BAR = 17.0, 13.0, 8.0
LOAD, LOAD_HEAD, LOAD_BAR = 12.0, 16.0, 6.5
STEP, BULLET = 20.0, 19.0
_FACT_RULE = Stroke(0.4, ink.HAIR)


def left_of(labels: Sequence[str], width: float, *, bold: bool = False) -> float:
    """Where bars begin, so that the labels stand before them."""
    need = max((wide(one, size=8.5, bold=bold) for one in labels), default=0.0)
    return min(need, width * 0.34) + 8


def draw_parts(
    pen: Pen, parts: Sequence[BarPart], at: tuple[float, float], scale: float, high: float
) -> float:
    """A stacked bar with its numbers where they fit; where it ends."""
    x, y = at
    for part in parts:
        long = part.value * scale
        pen.fill((x, y, max(0.0, long - 0.5), high), part.ink)
        if part.value and high >= 6 and wide(part.text, size=6.5) + 3 <= long:
            if part.ink is Ink.THIN:
                half = wide(part.text, size=6.5) / 2 + 1
                pen.rect(x + long / 2 - half, y + 0.6, 2 * half, high - 1.2, ink.WHITE)
            pen.text(x + long / 2, y + high / 2, part.text, size=6.5, colour=on(part.ink),
                     align="centre")  # fmt: skip
        x += long
    return x


def bars_height(row: BarsRow, _: float) -> float:
    """By the number of lines."""
    return len(row.bars) * LINE + len(row.facts) * FACT + 4


def bars_most(row: BarsRow) -> float:
    """The longest bar, the common scale."""
    ends = [sum(part.value for part in one.parts) for one in row.bars]
    return max([*ends, *(one.cap for one in row.bars if one.cap is not None)], default=0.0)


def draw_bars(pen: Pen, row: BarsRow, width: float, height: float, most: float = 0.0) -> None:
    """Label, bar, figure, and what stands at the right edge; facts below."""
    most = most or bars_most(row)
    left = left_of([f"{one.label}　{one.detail}" if one.detail else one.label for one in row.bars],
                   width)  # fmt: skip
    aside = max((wide(one.aside) for one in row.bars), default=0.0)
    figure = max((wide(one.figure, size=8, bold=True) for one in row.bars), default=0.0)
    room = max(20.0, width - left - aside - figure - (18 if aside else 8))
    scale = room / most if most else 0.0
    y = height
    for one in row.bars:
        y -= LINE
        middle = y + LINE / 2
        label = cut(one.label, left - 6, size=8.5)
        pen.text(0, middle, label, size=8.5)
        if one.detail:
            start = wide(label, size=8.5) + 5
            pen.text(start, middle, cut(one.detail, left - start - 4), colour=ink.TEXT2)
        end = draw_parts(pen, one.parts, (left, middle - BAR / 2), scale, BAR)
        pen.text(end + 4, middle, one.figure, size=8, bold=True)
        pen.text(width, middle, one.aside, colour=ink.TEXT2, align="right")
        if one.cap is not None:
            x = left + one.cap * scale
            pen.rect(x - 0.7, middle - BAR / 2 - 2.5, 1.4, BAR + 5, ink.BLACK)
    draw_facts(pen, [(name, words) for name, words, _ in row.facts], width, y)


def draw_facts(pen: Pen, facts: Sequence[tuple[str, str]], width: float, top: float) -> None:
    """Name at the left, words at the right, a hair line above each."""
    for number, (name, words) in enumerate(facts):
        y = top - number * FACT - 2
        pen.line(((0, y), (width, y)), _FACT_RULE)
        said = cut(words, width * 0.66)
        pen.text(0, y - FACT / 2, cut(name, width - wide(said) - 8), colour=ink.TEXT2)
        pen.text(width, y - FACT / 2, said, align="right")


def bullets_height(row: BulletsRow, _: float) -> float:
    """By the number of lines."""
    return len(row.bullets) * BULLET


def draw_bullets(pen: Pen, row: BulletsRow, width: float, height: float) -> None:
    """What was reached on a track, the target as a thick line, the time gone as a triangle."""
    left = left_of([one.label for one in row.bullets], width, bold=True)
    told = [f"{one.figure}，{one.gap}" if one.gap else one.figure for one in row.bullets]
    right = min(max((wide(one, size=8) for one in told), default=0.0), width * 0.46) + 8
    room = max(40.0, width - left - right)
    for number, one in enumerate(row.bullets):
        middle = height - number * BULLET - BULLET / 2
        pen.text(0, middle, cut(one.label, left - 6, size=8.5, bold=True), size=8.5, bold=True)
        if one.value is None:
            pen.hatch(left, middle - 4, room, 8)
        else:
            share = room / one.scale if one.scale else 0.0
            pen.rect(left, middle - 4, room, 8, ink.TRACK)
            pen.rect(left, middle - 4, min(room, one.value * share), 8, ink.BAR)
            if one.target is not None:
                x = left + min(room, one.target * share)
                pen.rect(x - 1, middle - 7, 2, 14, ink.BLACK)
            if one.pace is not None:
                pen.triangle((left + min(room, one.pace * share), middle + 7.5), up=False)
        figure = cut(one.figure, right - 8, size=8, bold=True)
        pen.text(left + room + 8, middle + (4.5 if one.gap else 0), figure, size=8, bold=True)
        pen.text(left + room + 8, middle - 5, cut(one.gap, right - 8), colour=ink.TEXT2)


def steps_height(row: StepsRow, _: float) -> float:
    """By the number of steps."""
    return len(row.steps) * STEP


def draw_steps(pen: Pen, row: StepsRow, width: float, height: float) -> None:
    """What is left after each step, what it is in cases and money at the right."""
    left = left_of([one.label for one in row.steps], width, bold=True)
    count = max((len(one.figures) for one in row.steps), default=0)
    columns = [
        max((wide(one.figures[i], size=8) for one in row.steps if i < len(one.figures)),
            default=0.0) + 12
        for i in range(count)
    ]  # fmt: skip
    rates = max((wide(one.rate) for one in row.steps), default=0.0)
    room = max(40.0, width - left - sum(columns) - min(rates, width * 0.3) - 8)
    most = max((sum(part.value for part in one.parts) for one in row.steps), default=0.0)
    for number, one in enumerate(row.steps):
        middle = height - number * STEP - STEP / 2
        if one.apart:
            pen.line(((0, middle + STEP / 2), (width, middle + STEP / 2)), _FACT_RULE)
        pen.text(left - 8, middle + 3, cut(one.label, left - 8, size=8.5, bold=True), size=8.5,
                 bold=True, align="right")  # fmt: skip
        end = draw_parts(pen, one.parts, (left, middle - 1), room / most if most else 0.0, BAR)
        free = width - sum(columns) - end - 6
        pen.text(end + 4, middle + 3, cut(one.rate, free), bold=True)
        pen.text(left, middle - 6, cut(one.lost, width - sum(columns) - left - 6),
                 colour=ink.TEXT2, size=7)  # fmt: skip
        x = width
        for words, wanted in zip(reversed(one.figures), reversed(columns), strict=False):
            pen.text(x, middle + 3, words, size=8, align="right")
            x -= wanted


def loads_height(row: LoadsRow, _: float) -> float:
    """By the number of people."""
    return LOAD_HEAD + len(row.lines) * LOAD


def loads_most(row: LoadsRow) -> tuple[float, ...]:
    """The scale of each column."""
    return tuple(
        max((_end(line.cells[i]) for line in row.lines if i < len(line.cells)), default=0.0)
        for i in range(len(row.columns))
    )


def _end(cell: LoadCell) -> float:
    return max(sum(part.value for part in cell.parts), cell.cap or 0.0)


def draw_loads(
    pen: Pen, row: LoadsRow, width: float, height: float, most: Sequence[float] = ()
) -> None:
    """A table of bars: a person a line, groups with their sums."""
    most = most or loads_most(row)
    left = min(max((wide(one.label, size=8) for one in row.lines), default=0.0) + 10, width * 0.3)
    whole = sum(row.widths) or 1.0
    rooms = [(width - left) * one / whole for one in row.widths]
    edges = [left + sum(rooms[:i]) for i in range(len(rooms))]
    for x, name, room in zip(edges, row.columns, rooms, strict=True):
        pen.text(x, height - 7, cut(name, room - 4), bold=True, colour=ink.TEXT2)
    y = height - LOAD_HEAD
    pen.line(((0, y), (width, y)), Stroke(0.6, ink.RULE))
    for line in row.lines:
        y -= LOAD
        if line.is_head:
            pen.rect(0, y, width, LOAD, ink.SUM_GROUND)
        pen.text(0 if line.is_head else 6, y + LOAD / 2, cut(line.label, left - 8, size=8,
                 bold=line.is_head), size=8, bold=line.is_head)  # fmt: skip
        for i, cell in enumerate(line.cells[: len(rooms)]):
            _draw_cell(pen, line, cell, (edges[i], y, rooms[i] - 6), most[i])


def _draw_cell(
    pen: Pen, line: LoadLine, cell: LoadCell, place: tuple[float, float, float], most: float
) -> None:
    x, y, room = place
    middle = y + LOAD / 2
    sign = "▲ " if cell.over else ""
    figure = f"{sign}{cell.figure}"
    if line.is_head or not cell.parts:
        pen.text(x, middle, cut(figure, room, bold=line.is_head), bold=line.is_head)
        return
    long = room - wide(figure) - 4
    scale = max(4.0, long) / most if most else 0.0
    end = draw_parts(pen, cell.parts, (x, middle - LOAD_BAR / 2), scale, LOAD_BAR)
    if cell.cap is not None:
        cap = x + cell.cap * scale
        pen.rect(cap - 0.5, middle - LOAD_BAR / 2 - 1.5, 1, LOAD_BAR + 3, ink.BLACK)
        end = max(end, cap + 1)
    pen.text(end + 3, middle, figure, size=SIZE)
