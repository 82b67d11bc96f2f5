"""Why the met rate moved: because of what was visited (mix) or of what came of it (rate)."""

from collections.abc import Sequence

from supervisor.i18n import tr
from supervisor.models.enums import Bucket
from supervisor.models.enums_measures import MeasureId, Unit
from supervisor.models.rows.charts import BarsRow, ChartHead, ChartMark, ChartTable, Records
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.models.rules.statistics.change import Change, split
from supervisor.pictures import periods
from supervisor.pictures.periods import Period
from supervisor.pictures.saying import joined, least, n_text, value_text
from supervisor.words import word
from supervisor.words.formats import MINUS, rate

Strata = dict[str | int, tuple[int, int]]


def met_rate_change(now: MeasureReport, before: MeasureReport, of: Period) -> BarsRow:
    """The met rates by bucket of two periods, split; both parts add up to the change."""
    counts = [_strata(one.rows) for one in (before, now)]
    sizes = [sum(of for _, of in one.values()) for one in counts]
    change = split(*counts)
    needed = least(MeasureId.MET_RATE)
    if change is None or min(sizes) < needed:
        return BarsRow(head=_nothing(min(sizes), needed))
    return BarsRow(
        head=_head(change, sizes),
        table=_table(now, before, of),
        facts=_facts(change, sizes, of),
    )


def _strata(rows: Sequence[MeasureRow]) -> Strata:
    found: Strata = {}
    for row in rows:
        key = row.group[0] if row.group else None
        name: str | int = key if isinstance(key, int) else "unknown"
        found[name] = (round(row.numerator), round(row.denominator or 0))
    return found


def _signed(share: float) -> str:
    sign = MINUS if round(share, 3) < 0 else "+"
    said = f"{sign}{abs(share) * 100:.1f}"
    return tr("{points} points", points=said)


def _facts(
    change: Change, sizes: Sequence[int], of: Period
) -> tuple[tuple[str, str, ChartMark], ...]:
    than = periods.before_name(of)
    now = Records("visits", of.first, of.last)
    before = Records("visits", of.before_first, of.before_last)
    lines: tuple[tuple[str, str, Records | None], ...] = (
        (than[:1].upper() + than[1:], joined(rate(change.before), n_text(sizes[0])), before),
        (tr("because other stages were visited (mix)"), _signed(change.mix), None),
        (tr("because more or fewer were met in the same stage (rate)"), _signed(change.rate), None),
        (periods.name(of), joined(rate(change.after), n_text(sizes[1])), now),
    )
    return tuple(
        (name, words, ChartMark(joined(name, words), behind)) for name, words, behind in lines
    )


def _title() -> str:
    return tr("Why did the met rate move?")


def _head(change: Change, sizes: Sequence[int]) -> ChartHead:
    mix, own = abs(change.mix), abs(change.rate)
    if round(change.total, 3) == 0:
        reading = tr("The met rate is as it was.")
    elif own >= mix:
        reading = tr("Most of it comes from the rate within the same stages.")
    else:
        reading = tr("Most of it comes from the mix of stages visited.")
    subtitle = joined(tr("by stage"), _signed(change.total), n_text(sum(sizes)))
    return ChartHead("met_change", _title(), subtitle, reading, Unit.SHARE, (MeasureId.MET_RATE,))


def _nothing(n: int, needed: int) -> ChartHead:
    return ChartHead(
        "met_change", _title(), measures=(MeasureId.MET_RATE,),
        note=tr("Too few visits to compare"),
        advice=tr("{least} visits are needed in each period; the smaller one has {n}.",
                  least=needed, n=n),
    )  # fmt: skip


def _table(now: MeasureReport, before: MeasureReport, of: Period) -> ChartTable:
    was = {row.group: row for row in before.rows}
    new = {row.group: row for row in now.rows}
    rows = []
    for group in sorted(was.keys() | new.keys(), key=str):
        name = word(Bucket(group[0])) if isinstance(group[0], int) else tr("not known")
        cells = []
        for one in (was.get(group), new.get(group)):
            cells.append(value_text(one, Unit.SHARE) if one else "—")
            cells.append(f"{one.n:,}" if one else "0")
        rows.append((name, *cells))
    heads = (tr("Stage"), periods.before_name(of), "n", periods.name(of), "n")
    return ChartTable(heads, tuple(rows))
