"""When is somebody at home? The met rate by weekday and hour, lawful hours only."""

from collections.abc import Mapping
from dataclasses import replace

from supervisor.i18n import ntr, tr
from supervisor.models.enums_measures import MeasureId, Unit
from supervisor.models.rows.charts import (
    ChartHead,
    ChartMark,
    ChartTable,
    Ink,
    LegendEntry,
    Records,
)
from supervisor.models.rows.charts_grid import GridCell, GridLine, GridRow, Tone
from supervisor.models.rows.measures import Key, MeasureReport, MeasureRow
from supervisor.pictures.periods import Period, period_text
from supervisor.pictures.saying import (
    joined,
    least,
    n_text,
    nothing_said,
    one_row,
    said,
    value_text,
)
from supervisor.words.days import hour_name, weekday_name
from supervisor.words.formats import count

FIRST_HOUR, LAST_HOUR = 8, 21
"""Hours drawn; visits of every other hour are counted below, not left out."""
HOURS = range(FIRST_HOUR, LAST_HOUR + 1)
_M = MeasureId
Known = Mapping[tuple[Key, ...], MeasureRow]


def met_by_hour(met: MeasureReport, quiet: MeasureReport, of: Period) -> GridRow:
    """`met`: by weekday and hour; `quiet`: visits outside the lawful hours of the same days."""
    known = {row.group: row for row in met.rows if not row.part}
    visits = sum(row.n for row in known.values())
    title, asked = tr("When is the customer met?"), (_M.MET_RATE, _M.QUIET_HOURS)
    behind = Records("visited", of.first, of.last)
    if not visits:
        head = ChartHead("met_hours", title, measures=asked, note=tr("No visit in this period"),
                         advice=tr("A longer period may have some."))  # fmt: skip
        return GridRow(head=head)
    rates = [row.value for row in known.values() if not row.few and row.value is not None]
    low, high = (min(rates), max(rates)) if rates else (0.0, 0.0)
    lines = tuple(
        GridLine(
            weekday_name(day),
            tuple(_cell(day, hour, known.get((day, hour)), low, high, behind) for hour in HOURS),
        )
        for day in range(7)
    )
    subtitle = joined(period_text(of.first, of.last), n_text(visits), tr("met rate and visits"))
    needed = least(_M.MET_RATE)
    legend = (LegendEntry(Ink.THIN, tr("under {n} visits: no rate", n=needed)),)
    return GridRow(
        head=ChartHead(
            "met_hours", title, subtitle, _reading(known), measures=asked, legend=legend
        ),
        table=_table(known),
        columns=tuple(hour_name(hour) for hour in HOURS),
        lines=lines,
        facts=_facts(known, quiet, of),
    )


def _name(day: int, hour: int) -> str:
    return tr("{weekday} {hour}", weekday=weekday_name(day), hour=hour_name(hour))


def _cell(
    day: int, hour: int, row: MeasureRow | None, low: float, high: float, behind: Records
) -> GridCell:
    name = _name(day, hour)
    if row is None or not row.n:
        return GridCell(tr("none"), Tone.EMPTY, ChartMark(nothing_said(name)))
    there = (*behind.only, ("weekday", day), ("hour", hour))
    mark = ChartMark(said(name, row, Unit.SHARE), replace(behind, only=there))
    if row.few or row.value is None:
        return GridCell(count(row.n), Tone.THIN, mark)
    strength = (row.value - low) / (high - low) if high > low else 0.5
    return GridCell(f"{row.value * 100:.0f}%", Tone.RAMP, mark, count(row.n), min(0.999, strength))


def _reading(known: Known) -> str:
    """The highest of the hours drawn: nobody is sent out in others."""
    best = sorted(
        (
            row
            for group, row in known.items()
            if group[1] in HOURS and not row.few and row.value is not None
        ),
        key=lambda row: -(row.value or 0.0),
    )[:1]
    if not best:
        return tr("No hour of a weekday has enough visits for a rate.")
    row = best[0]
    day, hour = (int(str(one)) for one in row.group)
    return tr(
        "Highest: {when}, {rate} of {n} visits. Neighbouring hours may differ by chance.",
        when=_name(day, hour),
        rate=value_text(row, Unit.SHARE),
        n=count(row.n),
    )


def _facts(known: Known, quiet: MeasureReport, of: Period) -> tuple[tuple[str, ChartMark], ...]:
    """禁催时段 n 次, and what lies outside the hours drawn."""
    row = one_row(quiet)
    n = round(row.numerator) if row else 0
    unknown = row.unknown if row else 0
    words = ntr("Quiet hours: {n:,} visit", "Quiet hours: {n:,} visits", n)
    aside = ntr("{n:,} without a known hour", "{n:,} without a known hour", unknown)
    outside = sum(one.n for group, one in known.items() if group[1] not in HOURS)
    beyond = ntr(
        "{n:,} began outside the hours shown", "{n:,} began outside the hours shown", outside
    )
    text = joined(words, aside if unknown else "", beyond if outside else "")
    return ((text, ChartMark(text, Records("visited", of.first, of.last))),)


def _table(known: Known) -> ChartTable:
    rows = []
    for group, row in sorted(known.items(), key=lambda one: str(one[0])):
        day, hour = (int(str(one)) for one in group)
        rate = "" if row.few else value_text(row, Unit.SHARE)
        rows.append(
            (weekday_name(day), hour_name(hour), rate, count(round(row.numerator)), count(row.n))
        )
    heads = (tr("Weekday"), tr("Hour"), tr("Met rate"), tr("Met"), tr("Visits"))
    return ChartTable(heads, tuple(rows))
