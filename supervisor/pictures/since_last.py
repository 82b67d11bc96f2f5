"""上次查看以来: what changed since this person last looked, in counts that open their records."""

from datetime import date, datetime

from supervisor.i18n import ntr, tr
from supervisor.models.enums_measures import Unit
from supervisor.models.rows.charts import BarsRow, ChartHead, ChartMark, ChartTable, Records
from supervisor.models.rows.overview_since import SinceRow
from supervisor.pictures.saying import joined
from supervisor.words.formats import count, moment

Fact = tuple[str, str, ChartMark]


def title() -> str:
    """What the card is called."""
    return tr("Since you last looked")


def since_last(row: SinceRow | None, since: datetime | None, day: date, today: date) -> BarsRow:
    """Facts one below the other; `day`: the business date of `since`."""
    if row is None or since is None:
        note = tr("This is your first look here")
        return BarsRow(head=_head(note=note, advice=tr("From the next one on, changes are shown.")))
    at = tr("since {at}", at=moment(since, today))
    if row.nothing:
        return BarsRow(head=_head(at, note=tr("Nothing has changed"), advice=at))
    facts = tuple(_facts(row, day, today))
    table = ChartTable(
        (tr("What changed"), tr("Count")), tuple((name, words) for name, words, _ in facts)
    )
    return BarsRow(head=_head(at), table=table, facts=facts)


def _head(subtitle: str = "", *, note: str = "", advice: str = "") -> ChartHead:
    return ChartHead("since_last", title(), subtitle, unit=Unit.COUNT, note=note, advice=advice)


def _facts(row: SinceRow, day: date, today: date) -> list[Fact]:
    flags, placed = Records("flags", day, today), Records("placed", day, today)
    serious = ntr("{n:,} serious", "{n:,} serious", row.critical) if row.critical else ""
    lines: list[tuple[str, int | None, str, Records | None]] = [
        (tr("Flags raised"), row.flags_raised, serious, flags),
        (tr("Flags closed"), row.flags_closed, "", None),
        (tr("Steps of follow-up done"), row.steps_done, "", None),
        (tr("Complaints received"), row.complaints, "", Records("complaints")),
        (tr("Cases placed"), row.placed, "", placed),
        (tr("Cases ended"), row.ended, "", None),
    ]
    if row.imports:
        rows = ntr("{n:,} row", "{n:,} rows", row.imported or 0)
        lines.append((tr("Imports"), row.imports, rows, None))
    found = []
    for name, n, more, behind in lines:
        words = joined(count(n), more)
        found.append((name, words, ChartMark(joined(name, words), behind)))
    return found
