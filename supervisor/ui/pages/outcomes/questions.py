"""What 上门结果 asks for, in separate reads, and what it draws of the answers."""

from datetime import timedelta
from typing import Any

from supervisor.models.enums_measures import Basis, Dimension, MeasureId
from supervisor.models.queries.measures import measures
from supervisor.models.queries.promise_reliability import promise_reliability
from supervisor.pictures import periods
from supervisor.pictures.promises_turned_out import by_history, by_person
from supervisor.pictures.visit_funnel import visit_funnel
from supervisor.pictures.visit_hours import met_by_hour
from supervisor.pictures.visit_results import (
    TREND,
    TREND_WEEKS,
    channels,
    compliance,
    outcome_trend,
)
from supervisor.ui.charts.asking import About, Asking, Choices, Drawn

_M = MeasureId
BASIS = "funnel"
"""The switch of the funnel: cases or money."""


def basis_of(choices: Choices, name: str) -> Basis:
    """What a switch between cases and money stands on."""
    return Basis(choices.get(name, Basis.NUMBER.value))


def questions(about: About) -> tuple[Asking, ...]:
    """Summaries first; promises one by one and cases after them."""
    visits = (_hours(about), _trend(about), _compliance(about))
    return (*visits, _promises(about), _funnel(about), _channels(about))


def _hours(about: About) -> Asking:
    """Eight weeks whatever the period: an hour of a weekday comes but four times a month."""
    of = periods.period(periods.WEEKS, about.of.last)
    asked = (
        about.over(_M.MET_RATE, of.first, of.last, Dimension.WEEKDAY, Dimension.HOUR),
        about.over(_M.QUIET_HOURS, of.first, of.last),
    )

    def draw(answer: Any, _choices: Choices) -> Drawn:
        yield "met_hours", met_by_hour(answer[0], answer[1], of)

    return Asking("hours", ("met_hours",), measures, asked, draw)


def _compliance(about: About) -> Asking:
    def draw(answer: Any, _choices: Choices) -> Drawn:
        yield "compliance", compliance(answer[0], about.of)

    asked = (about.filter(_M.COMPLIANCE_SHARES),)
    return Asking("compliance", ("compliance",), measures, asked, draw)


def _trend(about: About) -> Asking:
    """The weeks up to the end of the period, whole weeks from their Monday on."""
    last = about.of.last
    first = periods.monday_of(last) - timedelta(weeks=TREND_WEEKS - 1)
    asked = tuple(about.over(one, first, last, Dimension.WEEK) for one, _ in TREND)

    def draw(answer: Any, _choices: Choices) -> Drawn:
        yield "trend", outcome_trend(answer, last)

    return Asking("trend", ("trend",), measures, asked, draw)


def _promises(about: About) -> Asking:
    def draw(answer: Any, _choices: Choices) -> Drawn:
        yield "promise_people", by_person(answer, about.of)
        yield "promise_history", by_history(answer, about.of)

    wanted = about.filter(_M.KEPT_RATE)
    cards = ("promise_people", "promise_history")
    return Asking("promises", cards, promise_reliability, wanted, draw, slow=True)


def _funnel(about: About) -> Asking:
    def draw(answer: Any, choices: Choices) -> Drawn:
        yield "funnel", visit_funnel(answer[0], about.of, basis_of(choices, BASIS))

    return Asking("funnel", ("funnel",), measures, (about.filter(_M.FUNNEL),), draw, slow=True)


def _channels(about: About) -> Asking:
    def draw(answer: Any, _choices: Choices) -> Drawn:
        yield "channels", channels(answer[0], about.of)

    asked = (about.filter(_M.CHANNEL_COMPARISON),)
    return Asking("channels", ("channels",), measures, asked, draw, slow=True)
