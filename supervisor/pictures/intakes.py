"""Recovery curves: is this intake better than earlier ones? Equal days only, nothing guessed."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from statistics import median

from supervisor.i18n import ntr, tr
from supervisor.models.enums_measures import Basis, Dimension, MeasureId, Unit
from supervisor.models.rows.charts import (
    Band,
    ChartHead,
    ChartMark,
    ChartTable,
    Ink,
    LegendEntry,
    LinePoint,
    LinesRow,
    Records,
    Series,
)
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.pictures.saying import joined, n_text, week_name
from supervisor.words.figures import figure
from supervisor.words.formats import count, rate

EARLIER = 8
"""So many earlier intakes make the range."""
LEAST_EARLIER = 3
"""With fewer there is no range to speak of."""
LEAST_DAYS = 3
"""An intake observed for fewer days says nothing yet; the one before it is drawn."""
DAYS = {Dimension.WEEK: 42, Dimension.MONTH: 90}
"""Days drawn at most."""
Curve = Mapping[int, MeasureRow]


def has_enough(report: MeasureReport) -> bool:
    """Whether an intake has cases and days enough, and enough before it to be compared with."""
    curves = _curves(report)
    latest = latest_of(curves)
    return latest is not None and len(_past(curves, latest)) >= LEAST_EARLIER


def _past(curves: Mapping[date, Curve], latest: date) -> list[date]:
    """Those before it that have enough cases."""
    return [one for one in sorted(curves) if one < latest and not _any(curves[one]).few][-EARLIER:]


def latest_of(curves: Mapping[date, Curve]) -> date | None:
    """The last intake that was observed long enough; None where it has too few cases."""
    seen = [one for one, curve in curves.items() if max(curve) >= LEAST_DAYS]
    return max(seen) if seen and not _any(curves[max(seen)]).few else None


def recovery_curves(report: MeasureReport) -> LinesRow:
    """本批入案与前 8 批; the latest intake against the range and the median of the earlier ones."""
    weekly = Dimension.WEEK in report.by
    curves = _curves(report)
    latest = latest_of(curves)
    if latest is None:
        return LinesRow(head=_nothing(weekly, curves))
    past = _past(curves, latest)
    most = DAYS[Dimension.WEEK if weekly else Dimension.MONTH]
    by_day = _by_day([curves[one] for one in past], most)
    series = [_median(by_day, len(past))] if by_day else []
    if past:
        series.append(_series(past[-1], curves[past[-1]], Ink.OTHER, weekly, most))
    series.append(_series(latest, curves[latest], Ink.MAIN, weekly, most))
    known = max(curves[latest])
    return LinesRow(
        head=_head(weekly, latest, curves[latest], by_day, len(past)),
        table=_table(curves, latest, past, weekly, by_day),
        series=tuple(series),
        band=_band(by_day, len(past)),
        x_label=tr("days since assignment"),
        known_until=float(known) if known < most else None,
    )


def _curves(report: MeasureReport) -> dict[date, dict[int, MeasureRow]]:
    """Money by day, of each intake that was observed at all."""
    found: dict[date, dict[int, MeasureRow]] = {}
    for row in report.rows:
        intake = row.group[0] if row.group else None
        if row.basis is Basis.MONEY and isinstance(intake, date):
            found.setdefault(intake, {})[int(row.part)] = row
    return found


def _any(curve: Curve) -> MeasureRow:
    return next(iter(curve.values()))


def _by_day(curves: Sequence[Curve], most: int) -> dict[int, list[float]]:
    """Shares of the earlier intakes by day, as far as enough of them were observed."""
    found: dict[int, list[float]] = {}
    needed = max(LEAST_EARLIER, len(curves) // 2 + 1)
    for day in range(most + 1):
        shares = [curve[day].value for curve in curves if day in curve]
        known = [one for one in shares if one is not None]
        if len(known) >= needed:
            found[day] = known
    return found


def _median(by_day: Mapping[int, list[float]], intakes: int) -> Series:
    points = tuple(
        LinePoint(
            day,
            median(shares),
            ChartMark(
                tr(
                    "day {day}: median {middle} of {count} earlier intakes, {low} to {high}",
                    day=day,
                    middle=rate(median(shares)),
                    count=len(shares),
                    low=rate(min(shares)),
                    high=rate(max(shares)),
                )
            ),
        )
        for day, shares in by_day.items()
    )
    return Series("median", tr("median of {n} earlier", n=intakes), Ink.REFERENCE, points)


def _band(by_day: Mapping[int, list[float]], intakes: int) -> Band | None:
    if not by_day:
        return None
    points = tuple((float(day), min(shares), max(shares)) for day, shares in by_day.items())
    return Band(tr("range of {n} earlier", n=intakes), points)


def _series(intake: date, curve: Curve, ink: Ink, weekly: bool, most: int) -> Series:  # noqa: FBT001
    name = intake_name(intake, weekly=weekly)
    behind = _records(intake, weekly)
    days = sorted(day for day in curve if day <= most)
    points = tuple(
        LinePoint(
            day,
            curve[day].value,
            ChartMark(
                joined(
                    name,
                    tr("day {day}: {share}", day=day, share=figure(curve[day].value, Unit.SHARE)),
                    n_text(curve[day].n),
                ),
                behind,
            ),
        )
        for day in days
    )
    last = curve[days[-1]]
    label = tr("{intake} day {day} {share}", intake=name, day=days[-1],
               share=figure(last.value, Unit.SHARE))  # fmt: skip
    return Series(intake.isoformat(), label, ink, points)


def _records(intake: date, weekly: bool) -> Records:  # noqa: FBT001
    return Records("placed", intake, intake_end(intake, weekly=weekly))


def intake_end(intake: date, *, weekly: bool) -> date:
    """The last day of an intake."""
    return intake + timedelta(days=6) if weekly else _month_end(intake)


def _month_end(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def intake_name(intake: date, *, weekly: bool) -> str:
    """W46, or 2026-11."""
    return week_name(intake) if weekly else f"{intake:%Y-%m}"


def _title(weekly: bool, intakes: int) -> str:  # noqa: FBT001
    if weekly:
        return tr("Recovered so far: latest week and {n} before", n=intakes)
    return tr("Recovered so far: the latest monthly intake and {n} before", n=intakes)


def _head(
    weekly: bool,  # noqa: FBT001
    intake: date,
    curve: Curve,
    by_day: Mapping[int, list[float]],
    intakes: int,
) -> ChartHead:
    day = max(one for one in curve if one <= DAYS[Dimension.WEEK if weekly else Dimension.MONTH])
    last = curve[day]
    share = figure(last.value, Unit.SHARE)
    name = intake_name(intake, weekly=weekly)
    reading = tr("{intake}: {share} by day {day}, n = {n}.", intake=name, share=share, day=day,
                 n=count(last.n))  # fmt: skip
    if day in by_day and last.value is not None:
        low, high = min(by_day[day]), max(by_day[day])
        within = tr("Within what earlier intakes reached by then ({low} to {high}).")
        above = tr("Above what earlier intakes reached by then ({low} to {high}).")
        below = tr("Below what earlier intakes reached by then ({low} to {high}).")
        place = within if low <= last.value <= high else above if last.value > high else below
        reading += " " + place.format(low=rate(low), high=rate(high))
    band = (LegendEntry(Ink.BAND, tr("range of {n} earlier", n=intakes)),) if by_day else ()
    return ChartHead(
        "intakes",
        _title(weekly, intakes),
        tr("share of what was overdue, by days since assignment"),
        reading,
        measures=(MeasureId.RECOVERY_CURVE,),
        legend=band,
    )


def _nothing(weekly: bool, curves: Mapping[date, Curve]) -> ChartHead:  # noqa: FBT001
    seen = [intake for intake, curve in curves.items() if max(curve) >= LEAST_DAYS]
    n = _any(curves[max(seen)]).n if seen else 0
    return ChartHead(
        "intakes", _title(weekly, EARLIER), measures=(MeasureId.RECOVERY_CURVE,),
        note=tr("Too few cases came in, no curve yet"),
        advice=ntr("The latest intake seen for three days has {n} case; 20 are needed.",
                   "The latest intake seen for three days has {n} cases; 20 are needed.", n),
    )  # fmt: skip


def _table(
    curves: Mapping[date, Curve],
    latest: date,
    past: Sequence[date],
    weekly: bool,  # noqa: FBT001
    by_day: Mapping[int, list[float]],
) -> ChartTable:
    names = [latest, *reversed(past)]
    heads = [intake_name(one, weekly=weekly) for one in names]
    days = sorted({day for one in names for day in curves[one]})
    most = DAYS[Dimension.WEEK if weekly else Dimension.MONTH]
    rows = []
    for day in (one for one in days if one <= most):
        cells = [figure(curves[one][day].value if day in curves[one] else None, Unit.SHARE)
                 for one in names]  # fmt: skip
        middle = median(by_day[day]) if day in by_day else None
        rows.append((str(day), *cells, figure(middle, Unit.SHARE)))
    sizes = tuple(f"{_any(curves[one]).n:,}" for one in names)
    rows.append((tr("n (cases)"), *sizes, ""))
    return ChartTable((tr("Day"), *heads, tr("Median")), tuple(rows))
