"""Are promises reliable? By who took them and by how earlier ones of the case turned out."""

from collections.abc import Sequence

from supervisor.i18n import ntr, tr
from supervisor.models.enums_measures import MeasureId
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
from supervisor.models.rows.promise_reliability import (
    PromiseHistory,
    PromiseReliabilityRow,
    PromiserRow,
    PromiseTally,
)
from supervisor.pictures.periods import Period, period_text
from supervisor.pictures.saying import joined, least, n_text
from supervisor.words.formats import count, rate

MOST_PEOPLE = 30
"""With more people a bar each is no picture."""
_ASKED = (MeasureId.KEPT_RATE, MeasureId.PART_KEPT, MeasureId.BROKEN)
Named = Sequence[tuple[str, str, PromiseTally, Records]]


def history_name(one: PromiseHistory) -> str:
    """What a history is called."""
    names = {
        PromiseHistory.FIRST: tr("No earlier promise"),
        PromiseHistory.ALL_KEPT: tr("All earlier ones kept"),
        PromiseHistory.SOME_UNPAID: tr("An earlier one not fully paid"),
    }
    return names[one]


def by_history(row: PromiseReliabilityRow, of: Period) -> BarsRow:
    """兑现情况 by how earlier promises of the case turned out."""
    behind = Records("promises", of.first, of.last)
    named = [(history_name(one), "", tally, behind) for one, tally in row.histories]
    title = tr("Does a promise depend on those before it?")
    reading = tr("Earlier promises are those of the same case with an earlier due date.")
    return _bars("promise_history", title, named, of, reading)


def by_person(row: PromiseReliabilityRow, of: Period) -> BarsRow:
    """兑现情况 by who took the promise, by team and staff number: no ranking."""
    title = tr("Are promises kept, by collector?")
    if len(row.people) > MOST_PEOPLE:
        head = ChartHead("promise_people", title, measures=_ASKED,
                         note=tr("Too many people for one picture"),
                         advice=tr("Choose a branch or a team above."))  # fmt: skip
        return BarsRow(head=head)
    named = [(_person(one), one.team, one.tally, _behind(one, of)) for one in row.people]
    reading = tr("By team and staff number. Their cases differ: this is no ranking.")
    return _bars("promise_people", title, named, of, reading)


def _person(one: PromiserRow) -> str:
    return one.name or tr("nobody named")


def _behind(one: PromiserRow, of: Period) -> Records:
    return Records("promises", of.first, of.last, (("agent", one.staff_id),))


def _bars(key: str, title: str, named: Named, of: Period, reading: str) -> BarsRow:
    tallies = [tally for _, _, tally, _ in named]
    known = sum(one.known for one in tallies)
    whole = known + sum(one.waiting + one.undue for one in tallies)
    if not whole:
        head = ChartHead(key, title, measures=_ASKED, note=tr("No promise in this period"),
                         advice=tr("A longer period may have some."))  # fmt: skip
        return BarsRow(head=head)
    waiting, undue = (sum(getattr(one, name) for one in tallies) for name in ("waiting", "undue"))
    subtitle = joined(
        period_text(of.first, of.last),
        n_text(known),
        ntr("{n:,} waits for data", "{n:,} wait for data", waiting) if waiting else "",
        ntr("{n:,} due later", "{n:,} due later", undue) if undue else "",
    )
    return BarsRow(
        head=ChartHead(key, title, subtitle, reading, measures=_ASKED, legend=_legend()),
        table=_table(named),
        bars=tuple(_bar(*one) for one in named),
    )


def _kinds(tally: PromiseTally) -> tuple[tuple[Ink, str, int], ...]:
    return (
        (Ink.QUANTITY, tr("kept"), tally.kept),
        (Ink.BAND, tr("part kept"), tally.part_kept),
        (Ink.ENDED, tr("not kept"), tally.broken),
        (Ink.THIN, tr("due later or not known yet"), tally.waiting + tally.undue),
    )


def _legend() -> tuple[LegendEntry, ...]:
    return tuple(LegendEntry(ink, name) for ink, name, _ in _kinds(PromiseTally()))


def kept_text(tally: PromiseTally) -> str:
    """The kept rate with its n; counts alone where there are too few."""
    if tally.known < least(MeasureId.KEPT_RATE):
        return tr("{hits} of {of}", hits=count(tally.kept), of=count(tally.known))
    return joined(rate(tally.kept / tally.known), n_text(tally.known))


def _bar(label: str, detail: str, tally: PromiseTally, behind: Records) -> Bar:
    parts = tuple(
        BarPart(
            n, ink, count(n), ChartMark(joined(label, f"{name} {n:,}", kept_text(tally)), behind)
        )
        for ink, name, n in _kinds(tally)
    )
    return Bar(label, parts, "", kept_text(tally), detail)


def _table(named: Named) -> ChartTable:
    rows = tuple(
        (label, count(one.kept), count(one.part_kept), count(one.broken), count(one.waiting),
         count(one.undue), kept_text(one))
        for label, _, one, _ in named
    )  # fmt: skip
    heads = ("", tr("kept"), tr("part kept"), tr("not kept"), tr("waiting for data"),
             tr("due later"), tr("Kept rate"))  # fmt: skip
    return ChartTable(heads, rows)
