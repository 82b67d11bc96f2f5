"""Recovery curves of every intake: two are highlighted, the rest is grey; equal days only."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from supervisor.i18n import ntr, tr
from supervisor.models.enums_measures import Basis, Dimension, MeasureId, Unit
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
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.pictures import intakes
from supervisor.pictures.saying import joined, n_text, points
from supervisor.words.figures import figure

Curve = dict[int, MeasureRow]
INTAKES = 9
"""So many intakes are asked for."""
WEEKLY, MONTHLY = "intakes_by_week", "intakes_by_month"
"""Keys of the row."""


def choices(report: MeasureReport) -> list[date]:
    """Intakes the latest can be compared with, the newest first."""
    curves = _curves(report)
    latest = intakes.latest_of(curves)
    return [] if latest is None else [one for one in sorted(curves, reverse=True) if one < latest]


def intake_lines(report: MeasureReport, other: date | None) -> LinesRow:
    """累计回款率; the latest intake against `other`, or the one before it; nothing is guessed."""
    row = intakes.recovery_curves(report)
    curves, weekly = _curves(report), Dimension.WEEK in report.by
    latest = intakes.latest_of(curves)
    title = tr("Which intake pays back sooner?")
    if row.head.note or latest is None:
        return replace(row, head=replace(row.head, key=WEEKLY if weekly else MONTHLY, title=title))
    past = choices(report)
    against = other if other in past else past[0] if past else None
    most = intakes.DAYS[Dimension.WEEK if weekly else Dimension.MONTH]
    inks = dict.fromkeys(past, Ink.EARLIER) | {latest: Ink.MAIN}
    if against is not None:
        inks[against] = Ink.OTHER
    order = sorted(inks, key=lambda one: (inks[one] is Ink.EARLIER, one), reverse=True)
    series = tuple(_series(one, curves[one], inks[one], most, weekly=weekly) for one in order)
    sizes = [_first(curves[one]).n for one in inks]
    subtitle = joined(
        tr("share of what was overdue at assignment, by days since"),
        ntr("{n} intake", "{n} intakes", len(inks)),
        n_text(sum(sizes)),
    )
    head = ChartHead(
        WEEKLY if weekly else MONTHLY,
        title,
        subtitle,
        _reading(curves, latest, against, most, weekly=weekly),
        measures=(MeasureId.RECOVERY_CURVE,),
    )
    return LinesRow(
        head=head,
        table=_table(curves, sorted(inks, reverse=True), most, weekly=weekly),
        series=series,
        x_label=tr("days since assignment"),
    )


def _curves(report: MeasureReport) -> dict[date, Curve]:
    """Money by day, of each intake that was observed and has cases enough."""
    found: dict[date, Curve] = {}
    for row in report.rows:
        intake = row.group[0] if row.group else None
        if row.basis is Basis.MONEY and isinstance(intake, date) and not row.few:
            found.setdefault(intake, {})[int(row.part)] = row
    return found


def _first(curve: Curve) -> MeasureRow:
    return next(iter(curve.values()))


def _series(intake: date, curve: Curve, ink: Ink, most: int, *, weekly: bool) -> Series:
    name = intakes.intake_name(intake, weekly=weekly)
    behind = Records("placed", intake, intakes.intake_end(intake, weekly=weekly))
    days = sorted(day for day in curve if day <= most)
    made = []
    for day in days:
        row = curve[day]
        share = tr("day {day}: {share}", day=day, share=figure(row.value, Unit.SHARE))
        made.append(
            LinePoint(day, row.value, ChartMark(joined(name, share, n_text(row.n)), behind))
        )
    label = ""
    if ink is not Ink.EARLIER:
        label = tr("{intake} day {day} {share}", intake=name, day=days[-1],
                   share=figure(curve[days[-1]].value, Unit.SHARE))  # fmt: skip
    return Series(intake.isoformat(), label, ink, tuple(made))


def _reading(
    curves: dict[date, Curve], latest: date, against: date | None, most: int, *, weekly: bool
) -> str:
    """Only equal days are compared."""
    grey = tr("Grey lines are the other intakes, drawn to the last day known.")
    if against is None:
        return tr("There is no earlier intake to compare with.")
    day = min(most, max(curves[latest]), max(curves[against]))
    one, two = curves[latest].get(day), curves[against].get(day)
    if one is None or two is None or one.value is None or two.value is None:
        return grey
    names = [intakes.intake_name(i, weekly=weekly) for i in (latest, against)]
    same = tr(
        "On day {day}: {first} {share}, {second} {other}, {gap} apart.",
        day=day,
        first=names[0],
        share=figure(one.value, Unit.SHARE),
        second=names[1],
        other=figure(two.value, Unit.SHARE),
        gap=points(one.value - two.value),
    )
    return f"{same} {grey}"


def _table(
    curves: dict[date, Curve], order: Sequence[date], most: int, *, weekly: bool
) -> ChartTable:
    days = sorted({day for one in order for day in curves[one] if day <= most})
    rows = [
        (str(day), *(figure(_value(curves[one], day), Unit.SHARE) for one in order)) for day in days
    ]
    rows.append((tr("n (cases)"), *(f"{_first(curves[one]).n:,}" for one in order)))
    heads = (tr("Day"), *(intakes.intake_name(one, weekly=weekly) for one in order))
    return ChartTable(heads, tuple(rows))


def _value(curve: Curve, day: int) -> float | None:
    return curve[day].value if day in curve else None
