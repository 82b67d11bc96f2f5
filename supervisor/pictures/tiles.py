"""The six key figures of the start page, each with n, eight weeks and a comparison in words."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from supervisor.i18n import ntr, tr
from supervisor.models.enums_measures import Basis, MeasureId, Unit
from supervisor.models.rows.charts import (
    ChartHead,
    ChartMark,
    ChartTable,
    Records,
    SparkPoint,
    SparkRow,
    TileRow,
)
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.pictures import comparing, periods
from supervisor.pictures.aiming import share_words
from supervisor.pictures.periods import Period
from supervisor.pictures.saying import (
    joined,
    least,
    n_text,
    nothing_said,
    said,
    value_text,
    week_text,
)
from supervisor.words.figures import amount_parts, amount_text, figure
from supervisor.words.formats import MISSING, count, day, rate, whole_yuan

Weeks = dict[date, tuple[float | None, str]]
"""By week: the value drawn and the words it says."""
WEEK_DAYS = timedelta(days=6)
_M = MeasureId
FLAG_RATES = (_M.REFUSAL_RATE, _M.CONFLICT_RATE, _M.LEGAL_RISK_RATE)


def in_hand(
    report: MeasureReport, of: Period, weeks: Mapping[date, MeasureReport] | None = None
) -> TileRow:
    """在催案件."""
    parts = {(row.part, row.basis): row for row in report.rows}
    cases = parts["open", Basis.NUMBER]
    fen = parts["open", Basis.MONEY].numerator
    come, gone = (parts[name, Basis.NUMBER].n for name in ("inflow", "outflow"))
    amount = tr("overdue {amount}", amount=amount_text(fen))
    moves = tr("in {come}, out {gone}", come=count(come), gone=count(gone))
    spark: Weeks = {
        week: (row.numerator, count(round(row.numerator)))
        for week, row in _rows(weeks, "open").items()
    }
    return _tile(
        ChartHead("in_hand", tr("Cases in hand"), measures=(_M.IN_HAND,)),
        (count(cases.n), ntr("case", "cases", cases.n)),
        comparison=joined(amount, moves),
        behind=Records("cases"),
        spark=_spark(spark, of),
    )


def received(
    report: MeasureReport,
    before: MeasureReport,
    of: Period,
    weeks: Mapping[date, MeasureReport] | None = None,
) -> TileRow:
    """本周回款: what the cohort paid as far as payment data reach, beside as many days before.

    `before` must end as many days after its first as payment data reach into the period; else
    there is no comparison. Before they reach it nothing is known, which is not zero.
    """
    titles = {
        periods.TODAY: tr("Received today"),
        periods.WEEK: tr("Received this week"),
        periods.MONTH: tr("Received this month"),
    }
    own = tr("Received in the period")
    now, was = report.rows[0], before.rows[0]
    known = min(report.payments_known_on or of.last, of.last)
    reach = tr("payment data up to {day}", day=day(known, of.last))
    words = reach if known < of.last else ""
    if before.last_on - before.first_on == known - of.first:
        than = periods.before_name(of)
        words = joined(comparing.money(round(now.numerator), round(was.numerator), than), words)
    shown = amount_parts(now.numerator) if known >= of.first else (MISSING, "")
    spark: Weeks = {
        week: (row.numerator, joined(whole_yuan(round(row.numerator)), n_text(row.n)))
        for week, row in _rows(weeks, "", Basis.MONEY).items()
    }
    return _tile(
        ChartHead("received", titles.get(of.key, own), measures=(_M.RECOVERY_AMOUNT,)),
        shown,
        n=n_text(now.n),
        comparison=words,
        behind=Records("cases"),
        spark=_spark(spark, of),
    )


def met(
    report: MeasureReport,
    before: MeasureReport,
    weeks: MeasureReport,
    of: Period,
    aim: float | None = None,
) -> TileRow:
    """见面率; `aim`: its target."""
    return _share(tr("Met rate"), "met", report, before, weeks, of, "visits", aim)


def kept(
    report: MeasureReport,
    before: MeasureReport,
    weeks: MeasureReport,
    of: Period,
    aim: float | None = None,
) -> TileRow:
    """承诺兑现率; `aim`: its target."""
    return _share(tr("Kept rate"), "kept", report, before, weeks, of, "promises", aim)


def _share(
    title: str,
    key: str,
    report: MeasureReport,
    before: MeasureReport,
    weeks: MeasureReport,
    of: Period,
    kind: str,
    aim: float | None,
) -> TileRow:
    now = _number(report.rows)
    was = _number(before.rows)
    known = now is not None and not now.few and now.value is not None
    shown = (
        f"{now.value * 100:.1f}" if known and now is not None and now.value is not None else MISSING
    )
    words = comparing.shares(now, was, periods.before_name(of))
    if now is None or not now.n:
        waits = now.unknown if now is not None else 0
        words = tr("none yet in this period")
        if waits:
            words = ntr("{n:,} waits for data", "{n:,} wait for data", waits)
    words = joined(share_words(now, aim), words)
    spark: Weeks = {
        row.group[0]: (None if row.few else row.value, said("", row, Unit.SHARE))
        for row in weeks.rows
        if row.basis is Basis.NUMBER and isinstance(row.group[0], date)
    }
    return _tile(
        ChartHead(key, title, measures=(report.measure,)),
        (shown, "%" if known else ""),
        n=n_text(now.n if now is not None else 0),
        comparison=words,
        behind=Records(kind, of.first, of.last),
        spark=_spark(spark, of, kind),
        row=now,
    )


def untouched(
    report: MeasureReport, of: Period, weeks: Mapping[date, MeasureReport] | None = None
) -> TileRow:
    """超 7 天未上门."""
    idle, long, cases = _idle(report)
    share = tr("{share} of all", share=rate(idle / cases)) if cases else ""
    words = ntr("{n:,} of them 15 days or more", "{n:,} of them 15 days or more", long)
    spark: Weeks = {
        week: (_idle(one)[0], count(_idle(one)[0])) for week, one in (weeks or {}).items()
    }
    return _tile(
        ChartHead("untouched", tr("No visit for over 7 days"), measures=(_M.UNTOUCHED,)),
        (count(idle), ntr("case", "cases", idle)),
        n=share,
        comparison=words,
        behind=Records("untouched"),
        spark=_spark(spark, of),
    )


def _idle(report: MeasureReport) -> tuple[int, int, int]:
    """Cases without a visit for 8 days and more, for 15 and more, and all of them."""
    found = {row.part: round(row.numerator) for row in report.rows}
    cases = max((row.n for row in report.rows), default=0)
    return found.get("8-14", 0) + found.get("15+", 0), found.get("15+", 0), cases


def flags(
    reports: Sequence[MeasureReport],
    before: Sequence[MeasureReport],
    weeks: Sequence[MeasureReport],
    of: Period,
) -> TileRow:
    """风险标记: flags that stand, on the visits of the period; counts, no rising and falling."""
    hits, visits = flag_sums(reports)
    was, _ = flag_sums(before)
    than = periods.before_name(of)
    earlier = tr("{than}: {n}", than=than, n=count(was))
    per = ""
    if visits >= least(reports[0].measure):
        per = tr("{rate} per 100 visits", rate=figure(hits / visits * 100, Unit.PER_100))
    words = joined(per, earlier)
    by_week: Weeks = {}
    for week in sorted({row.group[0] for one in weeks for row in one.rows}, key=str):
        some, of_week = _week_sums(weeks, week)
        text = joined(ntr("{n:,} flag", "{n:,} flags", some), n_text(of_week))
        if isinstance(week, date):
            by_week[week] = (some, text)
    return _tile(
        ChartHead("flags", tr("Risk flags"), measures=FLAG_RATES),
        (count(hits), ntr("flag", "flags", hits)),
        n=n_text(visits),
        comparison=words,
        behind=Records("flags", of.first, of.last),
        spark=_spark(by_week, of, "flags"),
    )


def flag_sums(reports: Sequence[MeasureReport]) -> tuple[int, int]:
    """Flags of every category, and the visits they stand on, where nothing is broken down."""
    rows = [row for one in reports for row in one.rows if not row.part and not row.group]
    return sum(round(row.numerator) for row in rows), max((row.n for row in rows), default=0)


def _week_sums(reports: Sequence[MeasureReport], week: object) -> tuple[int, int]:
    rows = [row for one in reports for row in one.rows if row.group == (week,) and not row.part]
    return sum(round(row.numerator) for row in rows), max((row.n for row in rows), default=0)


def _number(rows: Sequence[MeasureRow]) -> MeasureRow | None:
    return next((row for row in rows if row.basis is Basis.NUMBER), None)


def _rows(
    weeks: Mapping[date, MeasureReport] | None, part: str, basis: Basis = Basis.NUMBER
) -> dict[date, MeasureRow]:
    found = {}
    for week, report in (weeks or {}).items():
        row = next((r for r in report.rows if r.part == part and r.basis is basis), None)
        if row is not None:
            found[week] = row
    return found


def _spark(values: Weeks, of: Period, kind: str = "") -> SparkRow | None:
    """Eight weeks up to the running one, which is open; None while nothing is known."""
    if not values:
        return None
    points = []
    for week in periods.weeks_back(of.last, periods.SPARK_WEEKS):
        value, text = values.get(week, (None, ""))
        name = week_text(week, of.last)
        last = min(week + WEEK_DAYS, of.last)
        behind = Records(kind, week, last) if kind else None
        mark = ChartMark(joined(name, text) if text else nothing_said(name), behind)
        points.append(SparkPoint(value, mark, hollow=week == periods.monday_of(of.last)))
    return SparkRow(head=ChartHead("spark", ""), points=tuple(points))


def _tile(
    head: ChartHead,
    shown: tuple[str, str],
    *,
    comparison: str,
    behind: Records,
    spark: SparkRow | None,
    n: str = "",
    row: MeasureRow | None = None,
) -> TileRow:
    """`shown`: the figure and its unit; `row` where the figure is a share with an interval."""
    figure_text, unit = shown
    whole = joined(f"{head.title} {figure_text} {unit}".strip(), n, comparison)
    if row is not None:
        whole = joined(said(head.title, row, Unit.SHARE), comparison)
    value = figure_text if row is None else value_text(row, Unit.SHARE)
    lines = [(head.title, value, comparison)]
    lines += [(one.mark.said, "", "") for one in spark.points] if spark else []
    return TileRow(
        head=head,
        table=ChartTable((tr("Figure"), tr("Value"), tr("Comparison")), tuple(lines)),
        figure=figure_text,
        unit_word=unit,
        n=n,
        comparison=comparison,
        mark=ChartMark(whole, behind),
        spark=spark,
    )
