"""Figures of measures as points with intervals, and scales that begin at zero."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import cycle

from supervisor.i18n import tr
from supervisor.models.enums_measures import Unit
from supervisor.models.rows.charts import ChartMark, ChartTable, Ink
from supervisor.models.rows.charts_intervals import IntervalGroup, IntervalPoint
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.pictures.saying import counts_text, joined, said, unknown_text, value_text
from supervisor.words.figures import tick
from supervisor.words.formats import MISSING, count, whole_yuan

STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25)
MOST_TICKS = 6
FEN = 100


def _share(value: float) -> str:
    return tick(value, Unit.SHARE, 0.001)


def point(
    label: str,
    row: MeasureRow | None,
    behind: Hashable = None,
    *,
    unit: Unit = Unit.SHARE,
    ink: Ink = Ink.MAIN,
    context: str = "",
    aside: str = "",
) -> IntervalPoint:
    """A figure of a measure; hatched with its counts where there are too few.

    `context`: what the mark names before the label. `aside`: in place of n.
    """
    name = joined(context, label)
    if row is None or (not row.n and not row.unknown):
        why = tr("nothing counted")
        return IntervalPoint(label, None, None, None, MISSING, "0", ChartMark(joined(name, why)),
                             ink, why)  # fmt: skip
    mark = ChartMark(said(name, row, unit), behind)
    beside = aside or count(row.n)
    if row.few or row.value is None:
        why = joined(counts_text(row, unit), tr("too few for a rate"), unknown_text(row))
        return IntervalPoint(label, None, None, None, MISSING, beside, mark, ink, why)
    return IntervalPoint(
        label, row.value, row.low, row.high, value_text(row, unit), beside, mark, ink
    )


def scale(groups: Iterable[IntervalGroup]) -> tuple[float, tuple[tuple[float, str], ...]]:
    """How far the scale of shares reaches, and its ticks."""
    ends = [
        end
        for group in groups
        for one in group.points
        for end in (one.value, one.high)
        if end is not None
    ]
    most = min(1.0, max(ends, default=1.0))
    step = next((one for one in STEPS if most / one <= MOST_TICKS), STEPS[-1])
    steps = int(most / step - 1e-9) + 1
    ticks = tuple((n * step, tick(n * step, Unit.SHARE, step)) for n in range(steps + 1))
    return steps * step, ticks


def money_scale(groups: Iterable[IntervalGroup]) -> tuple[float, tuple[tuple[float, str], ...]]:
    """How far a scale of amounts in 分 reaches, and its ticks in whole yuan."""
    ends = [v for group in groups for one in group.points for v in (one.value, one.high) if v]
    most = max(ends, default=FEN)
    step = float(FEN)
    for factor in cycle((2.0, 2.5, 2.0)):
        if most / step <= MOST_TICKS:
            break
        step *= factor
    steps = int(most / step - 1e-9) + 1
    ticks = tuple((n * step, whole_yuan(round(n * step))) for n in range(steps + 1))
    return steps * step, ticks


def table_of(
    groups: Sequence[IntervalGroup], *heads: str, show: Callable[[float], str] = _share
) -> ChartTable:
    """Every point as a line of text; `heads` are those of group and label."""
    rows = []
    for group in groups:
        for one in group.points:
            interval = ""
            if one.low is not None and one.high is not None:
                interval = f"{show(one.low)} – {show(one.high)}"
            rows.append((group.label, one.label, one.figure if not one.why else one.why, interval,
                         one.aside))  # fmt: skip
    named = (*heads, tr("Value"), tr("95% interval"), "n")
    return ChartTable(named, tuple(rows))


def rows_by_group(report: MeasureReport) -> dict[object, MeasureRow]:
    """Rows of a measure broken down once, by their key."""
    return {row.group[0]: row for row in report.rows if row.group and not row.part}
