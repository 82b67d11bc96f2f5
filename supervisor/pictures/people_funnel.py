"""Actual ÷ expected by person in a funnel plot: nobody is ranked, chance is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median

from supervisor.i18n import ntr, tr
from supervisor.models.enums_measures import MeasureId, Unit
from supervisor.models.rows.charts import ChartHead, ChartMark, ChartTable, Records
from supervisor.models.rows.charts_people import (
    FunnelLimits,
    FunnelPoint,
    PeopleFunnelRow,
    Side,
)
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.models.rules.intervals import Z95
from supervisor.models.rules.measures.definitions import LEAST_PEOPLE
from supervisor.models.rules.statistics.funnel import Z998, Standing, limits
from supervisor.pictures.periods import period_text
from supervisor.pictures.saying import joined, n_text
from supervisor.words.figures import figure

STEPS = 60
"""Places a limit is drawn through."""
_OUTSIDE = {
    Standing.ABOVE_95: Side.ABOVE,
    Standing.ABOVE_998: Side.ABOVE,
    Standing.BELOW_95: Side.BELOW,
    Standing.BELOW_998: Side.BELOW,
}
_FAR = frozenset({Standing.ABOVE_998, Standing.BELOW_998})


@dataclass(frozen=True, slots=True)
class _Known:
    """A judged person. `spread`: standard error of the ratio, over-dispersion included."""

    row: MeasureRow
    ratio: float
    spread: float
    standing: Standing


def people_funnel(report: MeasureReport, names: Mapping[int, str]) -> PeopleFunnelRow:
    """The funnel of people of a branch; `names` of those who may be shown.

    The lower axis counts cases by how much their mix tells: limits are then those every person is
    judged by, and no point lies on another side than its judgement.
    """
    known = [one for one in map(_known, report.rows) if one is not None]
    mine = [one for one in known if one.row.group[0] in names]
    few = sum(row.group[0] in names for row in report.rows) - len(mine)
    if not mine:
        return PeopleFunnelRow(head=_nothing(few))
    scale = median(one.spread * sqrt(one.row.n) for one in mine)
    places = [(scale / one.spread) ** 2 for one in mine]
    points = tuple(
        _point(one, at, names[int(str(one.row.group[0]))], report)
        for one, at in zip(mine, places, strict=True)
    )
    return PeopleFunnelRow(
        head=_head(mine, points, few, report),
        table=_table(mine, names),
        points=points,
        limits=_limits(places, scale),
        zone=tr("not distinguishable"),
        near_label="95%",
        far_label="99.8%",
        x_label=tr("cases, counted by how much their mix tells"),
    )


def _known(row: MeasureRow) -> _Known | None:
    standing = Standing(row.note) if row.note else Standing.TOO_FEW
    if standing is Standing.TOO_FEW or row.few or row.value is None or row.high is None:
        return None
    spread = (row.high - row.value) / Z95
    return _Known(row, row.value, spread, standing) if spread > 0 else None


def _limits(places: Sequence[float], scale: float) -> tuple[FunnelLimits, ...]:
    first, last = min(places) * 0.9, max(places) * 1.08
    found = []
    for step in range(STEPS + 1):
        x = first + (last - first) * step / STEPS
        near = limits(x, x * scale * scale, Z95)
        far = limits(x, x * scale * scale, Z998)
        found.append(FunnelLimits(x, *near, *far))
    return tuple(found)


def _point(one: _Known, at: float, name: str, report: MeasureReport) -> FunnelPoint:
    row, side = one.row, _OUTSIDE.get(one.standing, Side.INSIDE)
    said = joined(
        name,
        tr("actual ÷ expected {ratio}", ratio=figure(one.ratio, Unit.RATIO)),
        tr(
            "{hits} paid, {expected} expected",
            hits=figure(row.numerator, Unit.COUNT),
            expected=figure(row.denominator, Unit.EACH),
        ),
        n_text(row.n),
        tr(
            "95% interval {low} to {high}",
            low=figure(row.low, Unit.RATIO),
            high=figure(row.high, Unit.RATIO),
        ),
        standing_text(one.standing),
    )
    behind = Records("held", report.first_on, report.last_on, (("agent", int(str(row.group[0]))),))
    label = joined(name, figure(one.ratio, Unit.RATIO)) if side is not Side.INSIDE else ""
    return FunnelPoint(at, one.ratio, side, label, ChartMark(said, behind))


def standing_text(standing: Standing) -> str:
    """Where somebody lies, without a verdict."""
    if standing is Standing.NOT_DISTINGUISHABLE:
        return tr("not distinguishable")
    limit = "99.8%" if standing in _FAR else "95%"
    if _OUTSIDE[standing] is Side.ABOVE:
        return tr("above the {limit} limit", limit=limit)
    return tr("below the {limit} limit; look for reasons first", limit=limit)


def _head(
    mine: Sequence[_Known], points: Sequence[FunnelPoint], few: int, report: MeasureReport
) -> ChartHead:
    inside = sum(point.side is Side.INSIDE for point in points)
    outside = len(points) - inside
    parts = [
        ntr(
            "{n} person lies within the 95% limits: not distinguishable, no ranks.",
            "{n} people lie within the 95% limits: not distinguishable, no ranks.",
            inside,
        )
    ]
    if outside:
        parts.append(
            ntr(
                "{n} person lies outside; look for reasons first.",
                "{n} people lie outside; look for reasons first.",
                outside,
            )
        )
    if few:
        parts.append(_few(few))
    subtitle = joined(
        period_text(report.first_on, report.last_on),
        tr("expected from stage, amount, product and earlier contact"),
        n_text(sum(one.row.n for one in mine)),
    )
    return ChartHead(
        "people_funnel",
        tr("Who differs by more than chance?"),
        subtitle,
        " ".join(parts),
        Unit.RATIO,
        (MeasureId.FAIR_COMPARISON,),
    )


def _few(few: int) -> str:
    return ntr(
        "{n} person with fewer than {least} cases is not shown.",
        "{n} people with fewer than {least} cases are not shown.",
        few,
        least=LEAST_PEOPLE,
    )


def _nothing(few: int) -> ChartHead:
    return ChartHead(
        "people_funnel",
        tr("Who differs by more than chance?"),
        measures=(MeasureId.FAIR_COMPARISON,),
        note=tr("Too few cases to compare people"),
        advice=_few(few) if few else tr("{least} cases a person are needed.", least=LEAST_PEOPLE),
    )


def _table(mine: Sequence[_Known], names: Mapping[int, str]) -> ChartTable:
    heads = (
        tr("Collector"),
        tr("Paid"),
        tr("Expected"),
        tr("Actual ÷ expected"),
        tr("95% interval"),
        "n",
        tr("Standing"),
    )
    rows = tuple(
        (
            names[int(str(one.row.group[0]))],
            figure(one.row.numerator, Unit.COUNT),
            figure(one.row.denominator, Unit.EACH),
            figure(one.ratio, Unit.RATIO),
            f"{figure(one.row.low, Unit.RATIO)}–{figure(one.row.high, Unit.RATIO)}",
            f"{one.row.n:,}",
            standing_text(one.standing),
        )
        for one in sorted(mine, key=lambda one: names[int(str(one.row.group[0]))].split()[-1])
    )
    return ChartTable(heads, rows)
