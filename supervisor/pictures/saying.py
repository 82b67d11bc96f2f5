"""What marks say: figure, n, interval and unknown in one form, and how periods are called."""

from datetime import date, timedelta

from supervisor.i18n import ntr, tr
from supervisor.models.enums_measures import MeasureId, Unit
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.models.rules.measures.definitions import MEASURES
from supervisor.pictures.periods import period_text
from supervisor.words.figures import amount_text, figure
from supervisor.words.formats import MISSING, count


def unit_of(report: MeasureReport) -> Unit:
    """The unit of a measure."""
    return MEASURES[report.measure].unit


def n_text(n: int) -> str:
    """How many it rests on: "n = 263"."""
    return tr("n = {n}", n=count(n))


def value_text(row: MeasureRow, unit: Unit) -> str:
    """The figure; below the minimum n only the counts it is made of."""
    if row.few or row.value is None:
        return counts_text(row, unit)
    return figure(row.value, unit)


def counts_text(row: MeasureRow, unit: Unit = Unit.SHARE) -> str:
    """Numerator and denominator, where there are too few for a rate; of money the amount."""
    if unit in {Unit.FEN, Unit.FEN_EACH}:
        return amount_text(row.numerator)
    if row.denominator is None:
        return count(round(row.numerator))
    if not row.denominator:
        return MISSING
    return tr("{hits} of {of}", hits=count(round(row.numerator)), of=count(round(row.denominator)))


def interval_text(row: MeasureRow, unit: Unit) -> str:
    """The interval in words; empty where there is none."""
    if row.few or row.low is None or row.high is None:
        return ""
    return tr(
        "95% interval {low} to {high}", low=figure(row.low, unit), high=figure(row.high, unit)
    )


def unknown_text(row: MeasureRow) -> str:
    """How many are not known (yet); empty where all are."""
    return ntr("{n:,} not known", "{n:,} not known", row.unknown) if row.unknown else ""


def said(period: str, row: MeasureRow, unit: Unit, *more: str) -> str:
    """What a mark says: period, value, n, interval, unknown, and what else there is."""
    few = tr("too few for a rate") if row.few else ""
    parts = (
        value_text(row, unit),
        n_text(row.n),
        interval_text(row, unit),
        few,
        unknown_text(row),
        *more,
    )
    return joined(period, *parts)


def joined(*parts: str) -> str:
    """Parts with a dot between them, empty ones left out."""
    return " · ".join(part for part in parts if part)


def nothing_said(period: str) -> str:
    """What the mark of a period without anything says."""
    return joined(period, tr("nothing counted"))


def week_name(monday: date) -> str:
    """The ISO week: "W46"."""
    return f"W{monday.isocalendar().week:02d}"


def week_text(monday: date, until: date | None = None) -> str:
    """The ISO week with its days: "W46 (11-09 to 11-15)"."""
    last = min(monday + timedelta(days=6), until) if until else monday + timedelta(days=6)
    return tr("{week} ({days})", week=week_name(monday), days=period_text(monday, last))


def points(difference: float) -> str:
    """A difference of two shares in percentage points, without its sign."""
    said = f"{abs(difference) * 100:.1f}"
    return tr("{points} points", points=said)


def one_row(report: MeasureReport, part: str = "") -> MeasureRow | None:
    """The row of a part where nothing is broken down."""
    return next((row for row in report.rows if row.part == part and not any(row.group)), None)


def least(measure: MeasureId) -> int:
    """Below this n there is no rate."""
    return MEASURES[measure].least
