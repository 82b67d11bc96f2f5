"""By stage: how much came back, what a visit brings, how many were visited, how soon."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from supervisor.i18n import ntr, tr
from supervisor.models.enums import Bucket
from supervisor.models.enums_measures import Basis, MeasureId, Unit
from supervisor.models.rows.charts import (
    ChartHead,
    ChartMark,
    Ink,
    Records,
)
from supervisor.models.rows.charts_intervals import IntervalGroup, IntervalPoint, IntervalsRow
from supervisor.models.rows.measures import Key, MeasureReport, MeasureRow
from supervisor.models.rules.statistics.ratio import LEAST_DAYS, ratio_interval
from supervisor.pictures.periods import Period, period_text
from supervisor.pictures.points import money_scale, point, scale, table_of
from supervisor.pictures.saying import joined, n_text, one_row, said, unknown_text, value_text
from supervisor.words import word
from supervisor.words.figures import amount_text, figure
from supervisor.words.formats import MISSING, whole_yuan

_M = MeasureId
ByBucket = Mapping[int, MeasureRow]


def bucket_name(key: Key) -> str:
    """M0 to M6+."""
    return word(Bucket(key)) if isinstance(key, int) and key >= 0 else tr("not known")


def _by_bucket(report: MeasureReport, basis: Basis | None = None) -> ByBucket:
    found = {}
    for row in report.rows:
        key = row.group[0] if row.group else None
        if isinstance(key, int) and not row.part and basis in {None, row.basis}:
            found[key] = row
    return found


def _absent(key: str, title: str, asked: tuple[MeasureId, ...]) -> ChartHead:
    return ChartHead(key, title, measures=asked, note=tr("No case in this period"),
                     advice=tr("A longer period may have some."))  # fmt: skip


def _points(
    rows: ByBucket, buckets: list[int], kind: Records, ink: Ink, context: str
) -> tuple[IntervalPoint, ...]:
    return tuple(
        point(bucket_name(one), rows.get(one), _of(kind, one), ink=ink, context=context)
        for one in buckets
    )


def _of(kind: Records, bucket: int) -> Records:
    only = (("bucket", bucket),) if bucket >= 0 else ()
    return Records(kind.kind, kind.first, kind.last, only)


def recovery(money: MeasureReport, cases: MeasureReport, of: Period) -> IntervalsRow:
    """回款率 by stage: of the amount, and of the cases with their interval."""
    title, asked = tr("How much comes back, by stage?"), (_M.RECOVERY_AMOUNT, _M.RECOVERY_CASES)
    amounts, numbers = _by_bucket(money), _by_bucket(cases)
    buckets = sorted(amounts.keys() | numbers.keys())
    if not buckets:
        return IntervalsRow(head=_absent("recovery", title, asked))
    behind, by_amount, by_cases = Records("cases"), tr("Of the amount"), tr("Of the cases")
    groups = (
        IntervalGroup(by_amount, _points(amounts, buckets, behind, Ink.MAIN, by_amount)),
        IntervalGroup(by_cases, _points(numbers, buckets, behind, Ink.OTHER, by_cases)),
    )
    most, ticks = scale(groups)
    received = sum(row.numerator for row in amounts.values())
    due = sum(row.denominator or 0 for row in amounts.values())
    n = sum(row.n for row in numbers.values())
    whole = tr("{received} of {due}", received=amount_text(received), due=amount_text(due))
    subtitle = joined(period_text(of.first, of.last), whole, n_text(n))
    reading = tr("Stage at the start of the period, or at assignment. Amounts have no interval.")
    return IntervalsRow(
        head=ChartHead("recovery", title, subtitle, reading, measures=asked),
        table=table_of(groups, tr("Of what"), tr("Stage")),
        groups=groups,
        most=most,
        ticks=ticks,
    )


def yields(
    visits: MeasureReport,
    day: MeasureReport,
    by_day: MeasureReport,
    of: Period,
    cost_fen: int | None = None,
) -> IntervalsRow:
    """每次上门的回款 by stage with its interval, what an agent-day brings, and costs.

    Args:
        visits: by stage.
        day: as a whole, for each agent-day.
        by_day: by stage and day; how days differ gives the interval.
        of: the period.
        cost_fen: of a visit; None: not known.
    """
    title, asked = tr("What does a visit bring, by stage?"), (_M.YIELD_VISIT, _M.YIELD_DAY)
    rows = _by_bucket(visits)
    n = sum(row.n for row in rows.values())
    if not n:
        return IntervalsRow(head=_absent("yields", title, asked))
    sure = {key: _with_interval(row, key, by_day) for key, row in rows.items()}
    behind = Records("visits", of.first, of.last)
    groups = (IntervalGroup("", tuple(_yield_point(*one, behind) for one in sure.items())),)
    most, ticks = money_scale(groups)
    subtitle = joined(period_text(of.first, of.last), tr("CNY per completed visit"), n_text(n))
    paid = tr("Paid within 7 days of the visit.")
    interval = ntr(
        "Intervals come from how days differ; at least {n} day is needed.",
        "Intervals come from how days differ; at least {n} days are needed.",
        LEAST_DAYS,
    )
    return IntervalsRow(
        head=ChartHead("yields", title, subtitle, f"{paid} {interval}", measures=asked),
        table=table_of(groups, "", tr("Stage"), show=lambda fen: whole_yuan(round(fen))),
        groups=groups,
        most=most,
        ticks=ticks,
        facts=tuple(_yield_facts(sum(row.numerator for row in rows.values()), n, day, cost_fen)),
    )


def _with_interval(row: MeasureRow, bucket: int, by_day: MeasureReport) -> MeasureRow:
    days = [one for one in by_day.rows if one.group and one.group[0] == bucket and not one.part]
    found = ratio_interval([one.numerator for one in days], [one.denominator or 0 for one in days])
    return row if found is None else replace(row, low=max(0.0, found[0]), high=found[1])


def _yield_point(bucket: int, row: MeasureRow, behind: Records) -> IntervalPoint:
    made = point(bucket_name(bucket), row, _of(behind, bucket), unit=Unit.FEN_EACH)
    return made if made.value is None else replace(made, figure=whole_yuan(round(made.value)))


def _yield_facts(
    fen: float, visits: int, day: MeasureReport, cost_fen: int | None
) -> Iterator[tuple[str, str, ChartMark]]:
    daily = one_row(day)
    if daily is not None:
        name, words = tr("Per agent-day, all stages"), said("", daily, Unit.FEN_EACH)
        yield name, words, ChartMark(joined(name, words))
    name = tr("Received for each yuan a visit costs")
    if cost_fen is None:
        words = tr("cost not known")
    else:
        each = figure(fen / visits / cost_fen, Unit.RATIO)
        words = joined(each, tr("cost of a visit {cost} CNY", cost=whole_yuan(cost_fen)))
    yield name, words, ChartMark(joined(name, words))


def reach(
    coverage: MeasureReport,
    whole: MeasureReport,
    intensity: MeasureReport,
    delay: MeasureReport,
    of: Period,
) -> IntervalsRow:
    """覆盖率 by stage; visits a case and days to the first visit as facts below."""
    title = tr("How many cases are visited, how often, how soon?")
    asked = (_M.COVERAGE, _M.INTENSITY, _M.FIRST_VISIT_DELAY)
    rows = _by_bucket(coverage)
    every = one_row(whole)
    if not rows or every is None:
        return IntervalsRow(head=_absent("reach", title, asked))
    behind = Records("visits", of.first, of.last)
    groups = (IntervalGroup("", _points(rows, sorted(rows), behind, Ink.MAIN, tr("Visited"))),)
    subtitle = joined(
        period_text(of.first, of.last), tr("visited at least once"), value_text(every, Unit.SHARE),
        n_text(every.n),
    )  # fmt: skip
    facts = []
    for name, report, unit in (
        (tr("Visits per visited case"), intensity, Unit.EACH),
        (tr("Days to the first visit (median of the intake)"), delay, Unit.DAYS),
    ):
        row = one_row(report)
        words = _fact(row, unit)
        facts.append((name, words, ChartMark(joined(name, words))))
    ticks = tuple((one / 4, f"{one * 25}%") for one in range(5))
    reading = tr("Cases on hold throughout are left out. Not visited yet is not a delay of zero.")
    return IntervalsRow(
        head=ChartHead("reach", title, subtitle, reading, measures=asked),
        table=table_of(groups, "", tr("Stage")),
        groups=groups,
        most=1.0,
        ticks=ticks,
        facts=tuple(facts),
    )


def _fact(row: MeasureRow | None, unit: Unit) -> str:
    """A figure that is no share; too few have none."""
    if row is None:
        return MISSING
    if row.few or row.value is None:
        return joined(MISSING, tr("too few for a rate"), n_text(row.n), unknown_text(row))
    return said("", row, unit)
