"""Flags of the period by kind and state: counts, and no word of rising or falling."""

from collections.abc import Callable, Mapping, Sequence

from supervisor.i18n import ntr, tr
from supervisor.models.enums import CausedBy, FlagCategory, FlagState
from supervisor.models.enums_measures import MeasureId, Unit
from supervisor.models.rows.charts import (
    Bar,
    BarPart,
    BarsRow,
    ChartHead,
    ChartMark,
    ChartTable,
    Ink,
    LegendEntry,
    Records,
)
from supervisor.models.rows.flag_counts import RaisedRow
from supervisor.models.rows.measures import MeasureReport
from supervisor.pictures import periods
from supervisor.pictures.periods import Period, period_text
from supervisor.pictures.saying import joined, n_text
from supervisor.words import word
from supervisor.words.formats import count

STEPS = (
    (Ink.WAITING, (FlagState.NEW,)),
    (
        Ink.QUANTITY,
        (FlagState.IN_FOLLOW_UP, FlagState.AWAITING_REVIEW, FlagState.AWAITING_DECISION),
    ),
    (Ink.ENDED, (FlagState.CLOSED,)),
)


def flags_raised(
    now: Sequence[RaisedRow],
    before: Sequence[RaisedRow],
    visits: MeasureReport | None,
    first_look: MeasureReport | None,
    of: Period,
) -> BarsRow:
    """本周标记; causers stand in the words of each piece and in the lines below."""
    total = sum(row.flags for row in now)
    head = _head(total, visits, of)
    if not total:
        n = visits.rows[0].n if visits and visits.rows else 0
        checked = ntr("{n:,} visit was checked.", "{n:,} visits were checked.", n)
        return BarsRow(head=_empty(head, checked if n else tr("There was no visit yet.")))
    bars = tuple(_bar(category, now, before, of) for category in FlagCategory)
    rows = tuple(
        (word(row.category), word(row.state), word(row.caused_by), count(row.flags)) for row in now
    )
    heads = (tr("Category"), tr("State"), tr("Who caused it"), tr("Flags"))
    return BarsRow(
        head=head, table=ChartTable(heads, rows), bars=bars, facts=_facts(now, first_look, of)
    )


def _head(total: int, visits: MeasureReport | None, of: Period) -> ChartHead:
    n = n_text(visits.rows[0].n) if visits and visits.rows else ""
    subtitle = joined(ntr("{n:,} flag", "{n:,} flags", total),
                      period_text(of.first, of.last), n and tr("visits {n}", n=n))  # fmt: skip
    legend = (
        LegendEntry(Ink.WAITING, word(FlagState.NEW)),
        LegendEntry(Ink.QUANTITY, word(FlagState.IN_FOLLOW_UP)),
        LegendEntry(Ink.ENDED, word(FlagState.CLOSED)),
    )
    titles = {
        periods.TODAY: tr("Flags raised today"),
        periods.WEEK: tr("Flags raised this week"),
        periods.MONTH: tr("Flags raised this month"),
    }
    title = titles.get(of.key) or tr("Flags raised in the period")
    return ChartHead(
        "flags_raised", title, subtitle, tr("Counts only: no word of rising or falling."),
        Unit.COUNT, (MeasureId.FLAG_FIRST_LOOK,), legend,
    )  # fmt: skip


def _empty(head: ChartHead, checked: str) -> ChartHead:
    return ChartHead(
        head.key, head.title, head.subtitle, measures=head.measures, unit=head.unit,
        note=tr("No risk flags in this period"), advice=checked,
    )  # fmt: skip


def _bar(
    category: FlagCategory, now: Sequence[RaisedRow], before: Sequence[RaisedRow], of: Period
) -> Bar:
    mine = [row for row in now if row.category is category]
    was = sum(row.flags for row in before if row.category is category)
    parts = tuple(_part(category, ink, states, mine, of) for ink, states in STEPS)
    total = sum(row.flags for row in mine)
    than = _THAN.get(of.key, _before)(count(was))
    return Bar(
        label=word(category),
        parts=parts,
        figure=count(total),
        aside=than,
    )


def _before(n: str) -> str:
    return tr("before {n}", n=n)


def _last_week(n: str) -> str:
    return tr("last week {n}", n=n)


def _last_month(n: str) -> str:
    return tr("last month {n}", n=n)


_THAN: Mapping[str, Callable[[str], str]] = {
    periods.TODAY: _last_week,
    periods.WEEK: _last_week,
    periods.MONTH: _last_month,
}


def _part(
    category: FlagCategory,
    ink: Ink,
    states: tuple[FlagState, ...],
    rows: Sequence[RaisedRow],
    of: Period,
) -> BarPart:
    some = [row for row in rows if row.state in states]
    n = sum(row.flags for row in some)
    causes = {cause: sum(r.flags for r in some if r.caused_by is cause) for cause in CausedBy}
    causers = [f"{word(cause)} {count(k)}" for cause, k in causes.items() if k]
    only = (("category", category.value), *(("state", one.value) for one in states))
    said = joined(
        word(category),
        word(states[0]),
        ntr("{n:,} flag", "{n:,} flags", n),
        *causers,
        period_text(of.first, of.last),
    )
    behind = Records("flags", of.first, of.last, only)
    return BarPart(n, ink, count(n), ChartMark(said, behind))


def _facts(
    now: Sequence[RaisedRow], first_look: MeasureReport | None, of: Period
) -> tuple[tuple[str, str, ChartMark], ...]:
    found = []
    causes = {cause: sum(r.flags for r in now if r.caused_by is cause) for cause in CausedBy}
    for cause, n in causes.items():
        if n:
            behind = Records("flags", of.first, of.last, (("caused_by", cause.value),))
            name = tr("Caused by: {whose}", whose=word(cause))
            flags = ntr("{n:,} flag", "{n:,} flags", n)
            found.append((name, flags, ChartMark(joined(name, flags), behind)))
    if first_look is not None and first_look.rows:
        row = first_look.rows[0]
        name = tr("First look in time")
        words = tr("{hits} of {of}", hits=count(round(row.numerator)), of=count(row.n))
        if row.unknown:
            words = joined(words, ntr("{n:,} not due yet", "{n:,} not due yet", row.unknown))
        behind = Records("flags", of.first, of.last)
        found.append((name, words, ChartMark(joined(name, words), behind)))
    return tuple(found)
