"""Which number of which row of which measure each line of a report's summary is.

There is no second definition of a figure: whoever doubts a line asks `supervisor measure`.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from supervisor.models.enums_measures import Basis, MeasureId, Unit
from supervisor.models.enums_reports import FigureId, Take
from supervisor.models.rows.aims import Aims
from supervisor.models.rows.measures import Counted, MeasureReport, MeasureRow
from supervisor.models.rows.report_parts import Figure, WeeklyFigure
from supervisor.models.rules.measures.definitions import MEASURES
from supervisor.models.rules.measures.evaluate import figure

_M = MeasureId
FLAG_RATES = (_M.REFUSAL_RATE, _M.CONFLICT_RATE, _M.LEGAL_RISK_RATE)
"""Flags of all kinds are the sum of these."""


@dataclass(frozen=True, slots=True)
class Line:
    """Where a line is read off. `on_payments`: nothing is known beyond the payment data."""

    id: FigureId
    measure: MeasureId
    unit: Unit
    take: Take = Take.VALUE
    part: str = ""
    basis: Basis = Basis.NUMBER
    on_payments: bool = False


_F, _NUMERATOR = FigureId, Take.NUMERATOR
LINES: tuple[Line, ...] = (
    Line(_F.RECEIVED, _M.RECOVERY_AMOUNT, Unit.FEN, _NUMERATOR, "", Basis.MONEY, on_payments=True),
    Line(_F.RECOVERY_AMOUNT, _M.RECOVERY_AMOUNT, Unit.SHARE, Take.VALUE, "", Basis.MONEY,
         on_payments=True),
    Line(_F.CASES_OPEN, _M.IN_HAND, Unit.COUNT, _NUMERATOR, "open"),
    Line(_F.AMOUNT_OPEN, _M.IN_HAND, Unit.FEN, _NUMERATOR, "open", Basis.MONEY),
    Line(_F.CASES_IN, _M.IN_HAND, Unit.COUNT, _NUMERATOR, "inflow"),
    Line(_F.CASES_OUT, _M.IN_HAND, Unit.COUNT, _NUMERATOR, "outflow"),
    Line(_F.SETTLED, _M.SETTLED, Unit.COUNT, _NUMERATOR, on_payments=True),
    Line(_F.IMPROVED, _M.IMPROVED, Unit.COUNT, _NUMERATOR, on_payments=True),
    Line(_F.VISITS, _M.MET_RATE, Unit.COUNT, Take.N),
    Line(_F.MET_RATE, _M.MET_RATE, Unit.SHARE),
    Line(_F.PROMISES, _M.PROMISE_RATE, Unit.COUNT, _NUMERATOR),
    Line(_F.KEPT_RATE, _M.KEPT_RATE, Unit.SHARE),
    Line(_F.COVERAGE, _M.COVERAGE, Unit.SHARE),
    Line(_F.FLAGS, _M.REFUSAL_RATE, Unit.COUNT, _NUMERATOR),
    Line(_F.FOLLOW_UP_ON_TIME, _M.FOLLOW_UP_ON_TIME, Unit.SHARE),
    Line(_F.COMPLAINTS, _M.COMPLAINT_RATE, Unit.COUNT, _NUMERATOR),
)  # fmt: skip
"""The lines of the summary, in the order they are printed."""

ASKED: tuple[MeasureId, ...] = tuple(dict.fromkeys((*(one.measure for one in LINES), *FLAG_RATES)))
"""Measures to ask for one period."""

NO_AIMS = Aims()
Reports = Mapping[MeasureId, MeasureReport]


def flags_row(reports: Reports) -> MeasureRow | None:
    """Flags of all kinds on completed visits, per 100 visits.

    A visit may carry flags of several kinds, so there is no interval of a share.
    """
    rows = [_row(reports.get(one), "", Basis.NUMBER) for one in FLAG_RATES]
    known = [row for row in rows if row is not None]
    if not known:
        return None
    visits = max(row.n for row in known)
    hits = sum(row.numerator for row in known)
    definition = MEASURES[_M.REFUSAL_RATE]
    made = figure(definition, Counted(hits, visits, visits, group=known[0].group))
    return replace(made, low=None, high=None)


def _row(report: MeasureReport | None, part: str, basis: Basis) -> MeasureRow | None:
    if report is None:
        return None
    return next((row for row in report.rows if row.part == part and row.basis is basis), None)


def read_off(line: Line, reports: Reports) -> Figure | None:
    """The figure of a line in a period; None where the measure was not asked or has no row."""
    report = reports.get(line.measure)
    is_sum = line.id is FigureId.FLAGS
    row = flags_row(reports) if is_sum else _row(report, line.part, line.basis)
    if row is None or report is None:
        return None
    known_on = report.payments_known_on
    if line.on_payments and known_on is not None and known_on < report.first_on:
        return Figure(None, row)
    return Figure(_taken(line, row), row)


def _taken(line: Line, row: MeasureRow) -> float | None:
    if line.take is Take.N:
        return row.n
    if line.take is Take.NUMERATOR:
        return row.numerator
    return None if row.few else row.value


def lines(
    periods: Sequence[Reports | None], target: MeasureReport | None, aims: Aims = NO_AIMS
) -> list[WeeklyFigure]:
    """Every line that has a row in one of four periods; None: it was not asked for.

    They are this week, last week, the same week of last month, the month to date.
    `target`: TARGET_PROGRESS of the month, of which the money received has its target.
    """
    made = []
    for line in LINES:
        read = [None if one is None else read_off(line, one) for one in periods]
        if all(one is None for one in read):
            continue
        this, last, month_ago, to_date = read
        aim, reached = _aimed(line, to_date, target, aims)
        made.append(
            WeeklyFigure(
                id=line.id,
                measure=line.measure,
                part=line.part,
                basis=line.basis,
                take=line.take,
                unit=line.unit,
                this_week=this,
                last_week=last,
                same_week_last_month=month_ago,
                month_to_date=to_date,
                month_target=aim,
                month_share=reached,
            )
        )
    return made


def _aimed(
    line: Line, to_date: Figure | None, target: MeasureReport | None, aims: Aims
) -> tuple[float | None, float | None]:
    """The target of the month and how much of it is reached.

    A rate does not grow towards its target as the month goes on: it has no share reached, but for
    the coverage, which does.
    """
    if line.id is FigureId.RECEIVED:
        row = _row(target, "received", Basis.MONEY)
        return (row.denominator, row.value) if row is not None and row.denominator else (None, None)
    aim: float | None = None
    if line.id is FigureId.VISITS:
        aim = aims.visits
    elif line.take is Take.VALUE and line.basis is Basis.NUMBER:
        aim = aims.rates.get(line.measure)
    grows = line.id in {FigureId.VISITS, FigureId.COVERAGE}
    if not aim or not grows or to_date is None or to_date.value is None:
        return aim, None
    return aim, to_date.value / aim


def measures_version() -> str:
    """A short digest of every definition and line: another one means figures may not compare."""
    known = [{**asdict(one), "by": sorted(one.by)} for one in MEASURES.values()] + [
        asdict(line) for line in LINES
    ]
    text = json.dumps(known, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
