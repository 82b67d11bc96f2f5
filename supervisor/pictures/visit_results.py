"""Outcomes by week, channels beside each other, and the compliance shares of visits."""

from collections.abc import Sequence
from datetime import date, timedelta

from supervisor.i18n import ntr, tr
from supervisor.models.enums_measures import Basis, MeasureId, ReachedBy, Unit
from supervisor.models.rows.charts import (
    ChartHead,
    ChartMark,
    ChartTable,
    Ink,
    LinePoint,
    LinesRow,
    Records,
    Series,
)
from supervisor.models.rows.charts_intervals import IntervalGroup, IntervalPoint, IntervalsRow
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.pictures import periods
from supervisor.pictures.periods import Period, period_text
from supervisor.pictures.points import point, scale, table_of
from supervisor.pictures.saying import joined, n_text, nothing_said, said, week_name, week_text
from supervisor.words import word
from supervisor.words.figures import figure
from supervisor.words.formats import count

TREND_WEEKS = 12
TICK_EVERY = 2
WEEK_DAYS = timedelta(days=6)
_M = MeasureId
TREND: tuple[tuple[MeasureId, Ink], ...] = (
    (_M.MET_RATE, Ink.MAIN),
    (_M.PROMISE_RATE, Ink.OTHER),
    (_M.REFUSAL_RATE, Ink.THIRD),
)
CHANNEL_INKS = {
    ReachedBy.VISIT: Ink.MAIN,
    ReachedBy.PHONE: Ink.OTHER,
    ReachedBy.LETTER: Ink.THIRD,
    ReachedBy.SMS: Ink.EARLIER,
}


def outcome_trend(reports: Sequence[MeasureReport], today: date) -> LinesRow:
    """上门结果走势: each share by week, the running week open; weeks of few visits are gaps."""
    weeks = periods.weeks_back(today, TREND_WEEKS)
    by_measure = {report.measure: _by_week(report) for report in reports}
    visits = sum(row.n for row in by_measure[_M.MET_RATE].values())
    title, asked = tr("Do visits come to more?"), tuple(one for one, _ in TREND)
    if not any(not row.few for row in by_measure[_M.MET_RATE].values()):
        head = ChartHead("trend", title, measures=asked, note=tr("No week has enough visits yet"),
                         advice=tr("20 visits a week are needed for a rate."))  # fmt: skip
        return LinesRow(head=head)
    series = tuple(
        _series(measure, ink, by_measure[measure], weeks, today) for measure, ink in TREND
    )
    ticks = tuple((float(n), week_name(week)) for n, week in enumerate(weeks) if n % TICK_EVERY)
    subtitle = joined(tr("by week, the running week is open"), n_text(visits))
    reading = tr("Promises are of met visits; met and refused are of all completed visits.")
    return LinesRow(
        head=ChartHead("trend", title, subtitle, reading, measures=asked),
        table=_trend_table(by_measure, weeks),
        series=series,
        ticks=ticks,
    )


def _by_week(report: MeasureReport) -> dict[object, MeasureRow]:
    return {row.group[0]: row for row in report.rows if row.group and not row.part}


def _share(measure: MeasureId, row: MeasureRow) -> float | None:
    """Every line as a share: refusals are counted per 100 visits."""
    if row.few or row.value is None:
        return None
    return row.value / 100 if measure is _M.REFUSAL_RATE else row.value


def trend_name(measure: MeasureId) -> str:
    """What a line is called."""
    names = {
        _M.MET_RATE: tr("met"),
        _M.PROMISE_RATE: tr("promised"),
        _M.REFUSAL_RATE: tr("refused"),
    }
    return names[measure]


def _series(
    measure: MeasureId,
    ink: Ink,
    known: dict[object, MeasureRow],
    weeks: Sequence[date],
    today: date,
) -> Series:
    points, last = [], None
    unit = Unit.PER_100 if measure is _M.REFUSAL_RATE else Unit.SHARE
    for place, week in enumerate(weeks):
        row, name = known.get(week), joined(trend_name(measure), week_text(week, today))
        value = _share(measure, row) if row is not None else None
        words = nothing_said(name) if row is None else said(name, row, unit)
        behind = Records("visits", week, min(week + WEEK_DAYS, today))
        hollow = week == periods.monday_of(today) and today < week + WEEK_DAYS
        points.append(LinePoint(place, value, ChartMark(words, behind), hollow))
        last = value if value is not None else last
    label = f"{trend_name(measure)} {figure(last, Unit.SHARE)}"
    return Series(measure.value, label, ink, tuple(points), dots=True)


def _trend_table(
    known: dict[MeasureId, dict[object, MeasureRow]], weeks: Sequence[date]
) -> ChartTable:
    rows = []
    for week in weeks:
        cells = []
        for measure, _ in TREND:
            row = known[measure].get(week)
            value = _share(measure, row) if row is not None else None
            cells += [figure(value, Unit.SHARE), count(row.n) if row is not None else "0"]
        rows.append((week_name(week), *cells))
    heads = [cell for measure, _ in TREND for cell in (trend_name(measure), "n")]
    return ChartTable((tr("Week"), *heads), tuple(rows))


def channels(report: MeasureReport, of: Period) -> IntervalsRow:
    """上门、电话、函件、短信 on one mix of stages and as they are; no effect is claimed."""
    parts = {row.part: row for row in report.rows}
    title, asked = tr("What follows a visit, a call, a letter?"), (_M.CHANNEL_COMPARISON,)
    if not any(row.n or row.unknown for row in parts.values()):
        head = ChartHead("channels", title, measures=asked,
                         note=tr("No attempt of any channel in this period"),
                         advice=tr("A longer period may have some."))  # fmt: skip
        return IntervalsRow(head=head)
    groups = (
        IntervalGroup(
            tr("Same mix of stages"), _ways(parts, ":same_mix", tr("Same mix of stages"))
        ),
        IntervalGroup(tr("As they are"), _ways(parts, "", tr("As they are"))),
    )
    most, ticks = scale(groups)
    n = sum(row.n for part, row in parts.items() if ":" not in part)
    waits = sum(row.unknown for part, row in parts.items() if ":" not in part)
    subtitle = joined(
        period_text(of.first, of.last),
        tr("paid within 7 days, of attempts, 95% interval"),
        n_text(n),
        ntr("{n:,} still open", "{n:,} still open", waits) if waits else "",
    )
    reading = tr("The channels face different cases; a difference is not the effect of a channel.")
    return IntervalsRow(
        head=ChartHead("channels", title, subtitle, reading, measures=asked),
        table=table_of(groups, tr("Mix"), tr("Channel")),
        groups=groups,
        most=most,
        ticks=ticks,
    )


def _ways(parts: dict[str, MeasureRow], ending: str, context: str) -> tuple[IntervalPoint, ...]:
    return tuple(
        point(
            word(way), parts.get(f"{way.value}{ending}"), Records("cases"), ink=ink, context=context
        )
        for way, ink in CHANNEL_INKS.items()
    )


def compliance_name(part: str) -> str:
    """What is kept to."""
    names = {
        "lawful_hours": tr("Lawful hours"),
        "two_people": tr("Two people"),
        "recorded": tr("Recorded"),
        "id_shown": tr("Identity shown"),
        "position_matched": tr("Position matched"),
    }
    return names[part]


def compliance(report: MeasureReport, of: Period) -> IntervalsRow:
    """合规比例 of the visits where it is known; the unknown part stands beside it."""
    parts = {row.part: row for row in report.rows if row.basis is Basis.NUMBER}
    title, asked = tr("Are visits done by the rules?"), (_M.COMPLIANCE_SHARES,)
    visits = max((row.n + row.unknown for row in parts.values()), default=0)
    if not visits:
        head = ChartHead("compliance", title, measures=asked, note=tr("No visit in this period"),
                         advice=tr("A longer period may have some."))  # fmt: skip
        return IntervalsRow(head=head)
    behind = Records("visits", of.first, of.last)
    order = ("lawful_hours", "two_people", "recorded", "id_shown", "position_matched")
    points = tuple(
        point(compliance_name(part), parts.get(part), behind, aside=_known(parts.get(part)))
        for part in order
    )
    groups = (IntervalGroup("", points),)
    subtitle = joined(
        period_text(of.first, of.last), tr("of the visits where it is known"), n_text(visits)
    )
    reading = tr("Not recorded is not known, never kept to: it is in no percentage.")
    ticks = tuple((one / 4, f"{one * 25}%") for one in range(5))
    return IntervalsRow(
        head=ChartHead("compliance", title, subtitle, reading, measures=asked),
        table=table_of(groups, "", tr("Rule")),
        groups=groups,
        most=1.0,
        ticks=ticks,
    )


def _known(row: MeasureRow | None) -> str:
    if row is None:
        return ""
    return tr("{n} · unknown {unknown}", n=count(row.n), unknown=count(row.unknown))
