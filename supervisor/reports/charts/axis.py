"""A plane with two axes: from values to points, ticks with their words, thin lines across."""

from collections.abc import Sequence
from dataclasses import dataclass

from supervisor.models.enums_measures import Unit
from supervisor.reports import ink
from supervisor.reports.charts.pen import Pen, Point, Stroke, wide
from supervisor.words.figures import tick

GRID = Stroke(0.4, ink.HAIR)
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def step_of(most: float, ticks: int = 5, unit: Unit = Unit.SHARE) -> float:
    """A round distance of ticks; money steps in 元."""
    if most <= 0:
        return 1.0
    size = 1e-4
    while True:
        for one in _STEPS:
            if most / (one * size) <= ticks:
                step = one * size
                return max(step, 1.0) if unit is Unit.COUNT else step
        size *= 10


@dataclass(frozen=True, slots=True)
class Plane:
    """Where values lie: the box in points, and the range of both axes."""

    left: float
    foot: float
    wide: float
    high: float
    xs: tuple[float, float]
    ys: tuple[float, float]

    def at(self, x: float, y: float) -> Point:
        """The point of a pair of values, kept inside the box."""
        return self.x(x), self.y(y)

    def x(self, value: float) -> float:
        """Along the lower axis."""
        low, high = self.xs
        share = (value - low) / (high - low) if high > low else 0.5
        return self.left + self.wide * min(1.0, max(0.0, share))

    def y(self, value: float) -> float:
        """Along the left axis."""
        low, high = self.ys
        share = (value - low) / (high - low) if high > low else 0.0
        return self.foot + self.high * min(1.0, max(0.0, share))


def left_room(ys: tuple[float, float], unit: Unit) -> float:
    """Room the words of the left axis take."""
    step = step_of(ys[1] - min(0.0, ys[0]), 5, unit)
    return max(wide(tick(value, unit, step)) for value in (ys[0], ys[1])) + 6


def draw_left(pen: Pen, plane: Plane, unit: Unit) -> None:
    """Ticks of the left axis with lines across."""
    low, high = plane.ys
    step = step_of(high - low, 5, unit)
    value = step * round(low / step)
    while value <= high + step * 1e-6:
        if value >= low - step * 1e-6:
            y = plane.y(value)
            pen.line(((plane.left, y), (plane.left + plane.wide, y)), GRID)
            pen.text(plane.left - 3, y, tick(value, unit, step), colour=ink.TEXT2, align="right")
        value += step


def draw_lower(pen: Pen, plane: Plane, ticks: Sequence[tuple[float, str]], label: str = "") -> None:
    """Words below the axis, those that would touch the one before left out; its name at the end."""
    pen.line(((plane.left, plane.foot), (plane.left + plane.wide, plane.foot)),
             Stroke(0.6, ink.RULE))  # fmt: skip
    taken = -1e9
    for value, words in ticks:
        x, half = plane.x(value), wide(words) / 2
        if x - half < taken + 3:
            continue
        pen.text(x, plane.foot - 6.5, words, colour=ink.TEXT2, align="centre")
        taken = x + half
    if label:
        pen.text(plane.left + plane.wide, plane.foot - 16, label, colour=ink.TEXT2, align="right")


def plain_ticks(low: float, high: float, unit: Unit = Unit.COUNT) -> list[tuple[float, str]]:
    """Round ticks for an axis that has no words of its own."""
    step = step_of(high - low, 6, unit)
    value, found = step * -(-low // step), []
    while value <= high + step * 1e-6:
        found.append((value, tick(value, unit, step)))
        value += step
    return found


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Heights near the wanted ones that lie at least `gap` apart, between `low` and `high`."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = [0.0] * len(wanted)
    below = low - gap
    for i in order:
        placed[i] = below = max(wanted[i], below + gap)
    above = high + gap
    for i in reversed(order):
        placed[i] = above = min(placed[i], above - gap)
    return placed
