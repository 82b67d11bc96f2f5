"""Points with their intervals as a chart row."""

from dataclasses import dataclass

from supervisor.models.rows.charts import ChartMark, ChartRow, Ink


@dataclass(frozen=True, slots=True)
class IntervalPoint:
    """A figure and how sure it is.

    Attributes:
        value, low, high: None where there is no figure, or no interval.
        figure, aside: at the right: the value and its n.
        why: why there is no figure; the line is hatched and says it.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    figure: str
    aside: str
    mark: ChartMark
    ink: Ink = Ink.MAIN
    why: str = ""


@dataclass(frozen=True, slots=True)
class IntervalGroup:
    """Points that are compared with each other; without a label they stand at the left edge."""

    label: str
    points: tuple[IntervalPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalsRow(ChartRow):
    """Groups one below the other on one scale from zero to `most`.

    Attributes:
        ticks: places on the lower axis and what they are called.
        facts: what is on no scale, as lines below: (name, words, mark).
    """

    groups: tuple[IntervalGroup, ...] = ()
    most: float = 1.0
    ticks: tuple[tuple[float, str], ...] = ()
    facts: tuple[tuple[str, str, ChartMark], ...] = ()
