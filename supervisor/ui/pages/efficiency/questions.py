"""What 催收效率 asks for, in separate reads, and what it draws of the answers."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from supervisor.models.enums_measures import Basis, Dimension, MeasureId
from supervisor.models.queries.aims import measures_with_aims
from supervisor.models.queries.measures import measures
from supervisor.pictures import intakes, periods
from supervisor.pictures.fairness import fairness
from supervisor.pictures.intake_lines import INTAKES, intake_lines
from supervisor.pictures.roll_rates import roll_matrix
from supervisor.pictures.stages import reach, recovery, yields
from supervisor.pictures.targets import SHARES, month_targets
from supervisor.ui.charts.asking import About, Asking, Choices, Drawn

_M = MeasureId
BASIS, AGAINST, SIZE = "roll", "against", "intakes"
"""Switches: cases or money of the roll matrix; the intake compared with; its size."""


def questions(about: About) -> tuple[Asking, ...]:
    """Summaries of visits first, then what looks at every case."""
    return (
        _yields(about),
        _targets(about),
        _cases(about),
        _intakes(about),
        _fairness(about),
    )


def _yields(about: About) -> Asking:
    asked = (
        about.filter(_M.YIELD_VISIT, Dimension.BUCKET),
        about.filter(_M.YIELD_DAY),
        about.filter(_M.YIELD_VISIT, Dimension.BUCKET, Dimension.DAY),
    )

    def draw(answer: Any, _choices: Choices) -> Drawn:
        (visits, day, by_day), aims = answer
        yield "yields", yields(visits, day, by_day, about.of, aims.visit_cost_fen)

    return Asking("yields", ("yields",), measures_with_aims, (asked, about.aims()), draw)


def _targets(about: About) -> Asking:
    """Of the month the period ends in: targets are set by month."""
    last = about.of.last
    asked = tuple(about.over(m, last.replace(day=1), last) for m in (_M.TARGET_PROGRESS, *SHARES))
    month = replace(periods.period(periods.MONTH, last), last=last)

    def draw(answer: Any, _choices: Choices) -> Drawn:
        (target, *shares), aims = answer
        known = {one.measure: one for one in shares}
        yield "targets", month_targets(target, known, month, aims)

    wanted = (asked, about.aims())
    return Asking("targets", ("targets",), measures_with_aims, wanted, draw, slow=True)


def _cases(about: About) -> Asking:
    """What looks at every case of the period: asked at once, for it is worked out once."""
    bucket = Dimension.BUCKET
    asked = (
        about.filter(_M.ROLL_MATRIX),
        about.filter(_M.RECOVERY_AMOUNT, bucket),
        about.filter(_M.RECOVERY_CASES, bucket),
        about.filter(_M.COVERAGE, bucket),
        about.filter(_M.COVERAGE),
        about.filter(_M.INTENSITY),
        about.filter(_M.FIRST_VISIT_DELAY),
    )

    def draw(answer: Any, choices: Choices) -> Drawn:
        roll, amount, cases, *reached = answer
        basis = Basis(choices.get(BASIS, Basis.MONEY.value))
        yield "roll", roll_matrix(roll, about.of, basis, about.today)
        yield "recovery", recovery(amount, cases, about.of)
        coverage, whole, intensity, delay = reached
        yield "reach", reach(coverage, whole, intensity, delay, about.of)

    return Asking("cases", ("roll", "recovery", "reach"), measures, asked, draw, slow=True)


def intake_start(today: date) -> date:
    """The first day of the earliest monthly intake drawn."""
    first = today.replace(day=1)
    for _ in range(INTAKES - 1):
        first = (first - timedelta(days=1)).replace(day=1)
    return first


def _intakes(about: About) -> Asking:
    """Weekly intakes, or monthly ones where a week brings too few cases; both are read at once."""
    weekly = about.over(
        _M.RECOVERY_CURVE, periods.weeks_back(about.today, INTAKES)[0], about.today, Dimension.WEEK
    )
    monthly = about.over(_M.RECOVERY_CURVE, intake_start(about.today), about.today, Dimension.MONTH)

    def draw(answer: Any, choices: Choices) -> Drawn:
        chosen = choices.get(SIZE) or ("week" if intakes.has_enough(answer[0]) else "month")
        report = answer[0] if chosen == Dimension.WEEK.value else answer[1]
        against = choices.get(AGAINST, "")
        yield "intake_lines", intake_lines(report, date.fromisoformat(against) if against else None)

    return Asking("intakes", ("intake_lines",), measures, (weekly, monthly), draw, slow=True)


def _fairness(about: About) -> Asking:
    def draw(answer: Any, _choices: Choices) -> Drawn:
        yield "fairness", fairness(answer[0], about.of)

    return Asking(
        "fairness", ("fairness",), measures, (about.filter(_M.FAIRNESS),), draw, slow=True
    )
