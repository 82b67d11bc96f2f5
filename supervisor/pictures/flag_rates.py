"""Control chart of flags per 100 visits, week by week: is trouble rising, and who caused it?"""

from collections.abc import Sequence
from datetime import date, timedelta

from supervisor.i18n import ntr, tr
from supervisor.models.enums_measures import MeasureId, Unit
from supervisor.models.rows.charts import (
    ChartHead,
    ChartMark,
    ChartTable,
    ControlPoint,
    ControlRow,
    Ink,
    LegendEntry,
    Records,
)
from supervisor.models.rows.flag_counts import WeeklyFlagsRow
from supervisor.models.rows.measures import MeasureReport
from supervisor.models.rules.statistics.control import ControlChart, Point, u_chart
from supervisor.pictures.periods import monday_of, weeks_back
from supervisor.pictures.saying import joined, n_text, nothing_said, week_name, week_text
from supervisor.pictures.whose import Whose, whose_name
from supervisor.words.figures import figure
from supervisor.words.formats import count

WEEKS = 20
LEAST_WEEKS = 8
"""With fewer weeks that have visits there is no control chart."""
_MEASURES = (MeasureId.REFUSAL_RATE, MeasureId.CONFLICT_RATE, MeasureId.LEGAL_RISK_RATE)


def flag_rates(
    flags: Sequence[WeeklyFlagsRow], visits: MeasureReport, today: date, whose: Whose = Whose.ALL
) -> ControlRow:
    """Flags that stand per 100 completed visits; the running week is neither centre nor judged.

    `visits`: the met rate by week, whose n are the completed visits.
    """
    weeks = weeks_back(today, WEEKS)
    done = {row.group[0]: row.n for row in visits.rows}
    hits = {
        week: sum(
            row.flags
            for row in flags
            if row.week == week and whose in {Whose.ALL, row.caused_by.value}
        )
        for week in weeks
    }
    counts = [(hits[week], done.get(week, 0)) for week in weeks]
    running = monday_of(today)
    known = sum(of > 0 for _, of in counts[:-1])
    if known < LEAST_WEEKS:
        return ControlRow(head=_nothing(known))
    chart = u_chart(counts, baseline=len(counts) - 1)
    named = _named(chart)
    points = tuple(
        _point(week, point, whose, today, (week == running, number in named))
        for number, (week, point) in enumerate(zip(weeks, chart.points, strict=True))
    )
    rows = tuple(
        (week_text(week, today), f"{p.hits:,}", f"{p.of:,}", _per(p.value), _per(p.low),
         _per(p.high))
        for week, p in zip(weeks, chart.points, strict=True)
    )  # fmt: skip
    return ControlRow(
        head=_head(whose, chart, weeks, points),
        table=ChartTable(
            (tr("Week"), tr("Flags"), tr("Visits"), tr("Per 100"), tr("Lower limit"),
             tr("Upper limit")),
            rows,
        ),
        points=points,
        centre=None if chart.centre is None else chart.centre * 100,
        centre_label=tr("mean {value}", value=_per(chart.centre)),
        high_label=tr("limit"),
    )  # fmt: skip


def _named(chart: ControlChart) -> set[int]:
    """Points that carry words: the two farthest outside; the others are named in the reading."""
    far = {
        i: abs(p.value - chart.centre)
        for i, p in enumerate(chart.points[:-1])
        if p.outside and p.value is not None and chart.centre is not None
    }
    return set(sorted(far, key=lambda i: far[i])[-2:])


def _per(value: float | None) -> str:
    return figure(None if value is None else value * 100, Unit.PER_100)


def _times100(value: float | None) -> float | None:
    return None if value is None else value * 100


def _point(
    week: date, point: Point, whose: Whose, today: date, state: tuple[bool, bool]
) -> ControlPoint:
    running, named = state
    name = week_text(week, today)
    last = min(week + timedelta(days=6), today)
    only = () if whose is Whose.ALL else (("caused_by", whose.value),)
    outside = point.outside and not running
    rising = point.value is not None and point.high is not None and point.value > point.high
    said = joined(
        name,
        tr("{value} per 100 visits", value=_per(point.value)),
        ntr("{n:,} flag", "{n:,} flags", point.hits),
        n_text(point.of),
        tr("limits {low} to {high}", low=_per(point.low), high=_per(point.high)),
        (tr("above the limits") if rising else tr("below the limits")) if outside else "",
        tr("the week is not over") if running else "",
    )
    return ControlPoint(
        label=week_name(week),
        value=_times100(point.value),
        low=_times100(point.low),
        high=_times100(point.high),
        mark=ChartMark(
            said if point.of else nothing_said(name), Records("flags", week, last, only)
        ),
        outside=outside,
        hollow=running,
        name=joined(week_name(week), f"{_per(point.value)} ({point.hits}/{point.of})")
        if outside and named
        else "",
    )


def _head(
    whose: Whose, chart: ControlChart, weeks: Sequence[date], points: Sequence[ControlPoint]
) -> ChartHead:
    visits = sum(point.of for point in chart.points)
    subtitle = tr("per 100 visits · {weeks} weeks · n = {n}", weeks=len(weeks), n=count(visits))
    legend = (LegendEntry(Ink.MAIN, tr("week not over"), hollow=True),)
    outside = [week_name(w) for w, p in zip(weeks, points, strict=True) if p.outside]
    run = any(one.in_run for one in chart.points[:-1])
    if outside:
        reading = tr("Outside the limits: {weeks}. Look for the cause.",
                     weeks=tr(", ").join(outside))  # fmt: skip
    elif run:
        reading = tr("Eight weeks or more in a row on one side of the mean: ask for a cause.")
    else:
        reading = tr("Every full week lies within normal variation.")
    title = tr("Are risk flags rising?")
    if whose is not Whose.ALL:
        title = tr("Are risk flags rising? Caused by: {whose}", whose=whose_name(whose))
    return ChartHead("flag_rates", title, subtitle, reading, Unit.PER_100, _MEASURES, legend)


def _nothing(known: int) -> ChartHead:
    return ChartHead(
        "flag_rates",
        tr("Are risk flags rising?"),
        measures=_MEASURES,
        note=tr("Too few weeks with visits for a control chart"),
        advice=tr("{least} full weeks are needed; there are {n}.", least=LEAST_WEEKS, n=known),
    )
