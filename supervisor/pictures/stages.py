"""By stage: how much came back, what a visit brings, how many were visited, how soon."""

from collections.abc import Mapping

from supervisor.i18n import tr
from supervisor.models.enums import Bucket
from supervisor.models.enums_measures import Basis, MeasureId, Unit
from supervisor.models.rows.charts import (
    Bar,
    BarPart,
    BarsRow,
    ChartHead,
    ChartMark,
    ChartTable,
    Ink,
    Records,
)
from supervisor.models.rows.charts_intervals import IntervalGroup, IntervalPoint, IntervalsRow
from supervisor.models.rows.measures import Key, MeasureReport, MeasureRow
from supervisor.pictures.periods import Period, period_text
from supervisor.pictures.points import point, scale, table_of
from supervisor.pictures.saying import joined, n_text, one_row, said, unknown_text, value_text
from supervisor.words import word
from supervisor.words.figures import amount_text
from supervisor.words.formats import MISSING, count, whole_yuan

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


def yields(visits: MeasureReport, day: MeasureReport, of: Period) -> BarsRow:
    """每次上门的回款 by stage, and what an agent-day brings; thin stages have no figure."""
    title, asked = tr("What does a visit bring, by stage?"), (_M.YIELD_VISIT, _M.YIELD_DAY)
    rows = _by_bucket(visits)
    n = sum(row.n for row in rows.values())
    if not n:
        return BarsRow(head=_absent("yields", title, asked))
    bars = tuple(_bar(key, row, of) for key, row in rows.items())
    daily = one_row(day)
    facts: tuple[tuple[str, str, ChartMark], ...] = ()
    if daily is not None:
        name, words = tr("Per agent-day, all stages"), said("", daily, Unit.FEN_EACH)
        facts = ((name, words, ChartMark(joined(name, words))),)
    subtitle = joined(period_text(of.first, of.last), tr("CNY per completed visit"), n_text(n))
    reading = tr("Paid within 7 days of the visit; costs of a visit are not recorded.")
    return BarsRow(
        head=ChartHead("yields", title, subtitle, reading, measures=asked),
        table=_yield_table(rows),
        bars=bars,
        facts=facts,
    )


def _bar(key: int, row: MeasureRow, of: Period) -> Bar:
    name = bucket_name(key)
    mark = ChartMark(said(name, row, Unit.FEN_EACH), _of(Records("visits", of.first, of.last), key))
    thin = row.few or row.value is None
    part = BarPart(0 if row.value is None or thin else row.value, Ink.QUANTITY, "", mark)
    figure = MISSING if row.value is None or thin else whole_yuan(round(row.value))
    return Bar(name, (part,), figure, n_text(row.n))


def _yield_table(rows: ByBucket) -> ChartTable:
    lines = tuple(
        (bucket_name(key), value_text(row, Unit.FEN_EACH) if not row.few else MISSING,
         amount_text(row.numerator), count(row.n))
        for key, row in rows.items()
    )  # fmt: skip
    heads = (tr("Stage"), tr("CNY per visit"), tr("Amount"), tr("Visits"))
    return ChartTable(heads, lines)


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
