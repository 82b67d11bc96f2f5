"""The summary of a report: every measure of it over four periods, asked for at once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from supervisor.models.enums import FlagCategory
from supervisor.models.enums_incidents import Verdict
from supervisor.models.enums_measures import MeasureId
from supervisor.models.queries.aims import aims
from supervisor.models.queries.flag_counts import raised_flags
from supervisor.models.queries.measures import measures
from supervisor.models.queries.report_scope import A_WEEK, Scope
from supervisor.models.rows.aims import Aims, AimsAsk
from supervisor.models.rows.measures import MeasureReport
from supervisor.models.rows.report_parts import FlagLine, WeeklyFigure
from supervisor.models.rules.incidents import STANDING
from supervisor.models.rules.report_figures import (
    ASKED,
    FLAG_RATES,
    NO_AIMS,
    Reports,
    flags_row,
    lines,
)

_M = MeasureId
FOUR_WEEKS = 4
_RATE_OF = dict(zip(FlagCategory, FLAG_RATES, strict=True))


def periods_of(found: Scope) -> tuple[tuple[date, date], ...]:
    """The period, the one a week before, the one four weeks before, the month to date."""
    first, last = found.first, found.last
    return (
        *((first - A_WEEK * back, last - A_WEEK * back) for back in (0, 1, FOUR_WEEKS)),
        (found.month, last),
    )


def ask_all(
    session: Session, found: Scope, asked: Sequence[MeasureId] = ASKED, **who: Any
) -> tuple[Reports, ...]:
    """Every measure of the summary over the four periods; `who`: as `Scope.measure`."""
    periods = periods_of(found)
    filters = tuple(
        found.measure(measure, first, last, **who) for first, last in periods for measure in asked
    )
    answers = iter(measures(session, filters))
    return tuple({measure: next(answers) for measure in asked} for _ in periods)


def target_of(session: Session, found: Scope) -> MeasureReport:
    """TARGET_PROGRESS of the month to date."""
    (report,) = measures(session, (found.measure(_M.TARGET_PROGRESS, found.month),))
    return report


def aims_of(session: Session, found: Scope) -> Aims:
    """Targets of shares and visits in force for the scope."""
    return aims(session, AimsAsk(found.branches or (), found.ask.actor.branches))


def summary(
    periods: tuple[Reports, ...], target: MeasureReport, aimed: Aims = NO_AIMS
) -> tuple[WeeklyFigure, ...]:
    """The lines of page one."""
    return tuple(lines(periods, target, aimed))


def flag_lines(
    session: Session, found: Scope, periods: tuple[Reports, ...]
) -> tuple[FlagLine, ...]:
    """Flags on visits by kind, then all of them; judged ones of those raised in the month."""
    this, last, _, month = periods
    reviewed = _judged(session, found, frozenset(Verdict) - {Verdict.DUPLICATE})
    upheld = _judged(session, found, STANDING)
    made = []
    for category, measure in _RATE_OF.items():
        week, before, to_date = (_hits(one[measure]) for one in (this, last, month))
        made.append(
            FlagLine(category, week, before, to_date, this[measure].rows[0],
                     reviewed.get(category, 0), upheld.get(category, 0))
        )  # fmt: skip
    whole = FlagLine(
        None,
        sum(one.this_week for one in made),
        sum(one.last_week for one in made),
        sum(one.month for one in made),
        flags_row(this),
        sum(one.reviewed for one in made),
        sum(one.upheld for one in made),
    )
    return (*made, whole)


def _hits(report: MeasureReport) -> int:
    return sum(round(row.numerator) for row in report.rows if not row.part)


def _judged(
    session: Session, found: Scope, verdicts: frozenset[Verdict]
) -> dict[FlagCategory, int]:
    wanted = found.incidents(found.month, found.last, verdicts=verdicts)
    counts: dict[FlagCategory, int] = {}
    for row in raised_flags(session, wanted):
        counts[row.category] = counts.get(row.category, 0) + row.flags
    return counts
