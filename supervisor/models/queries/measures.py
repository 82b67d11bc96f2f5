"""Every measure of product.md section 6: one question, one answer, whoever asks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from supervisor.errors import BadInputError
from supervisor.models.case_marks import settled
from supervisor.models.enums_measures import Basis, Dimension, MeasureId
from supervisor.models.house_calendar import calendar_of
from supervisor.models.queries.asked_branches import branches_of
from supervisor.models.queries.measure_cases import (
    cases_of,
    channel_rows,
    curve_rows,
    payments_known_on,
)
from supervisor.models.queries.measure_compared import fairness_rows
from supervisor.models.queries.measure_incidents import incident_rows, legal_risk_accounts
from supervisor.models.queries.measure_memo import ASKED, MEMO
from supervisor.models.queries.measure_promises import promise_rows
from supervisor.models.queries.measure_visits import (
    person_days,
    shared_sums,
    visit_sums,
)
from supervisor.models.queries.notice_effect import notice_effect
from supervisor.models.queries.training_effect import training_effect
from supervisor.models.rows.effects import EffectFilter
from supervisor.models.rows.measures import Counted, MeasureFilter, MeasureReport
from supervisor.models.rules.measures import cases as of_cases
from supervisor.models.rules.measures.case_groups import Cases
from supervisor.models.rules.measures.compared import fair_comparison
from supervisor.models.rules.measures.definitions import MEASURES
from supervisor.models.rules.measures.evaluate import figures
from supervisor.models.rules.measures.visits import of_visits
from supervisor.models.visit_facts import COUNTERS

_M = MeasureId
_Rows = Callable[[Session, MeasureFilter], Iterator[Counted]]


def measure(session: Session, wanted: MeasureFilter) -> MeasureReport:
    """Answer for one measure.

    Raises:
        BadInputError: the measure cannot be broken down so, or the period is upside down.
    """
    return measures(session, (wanted,))[0]


def measures(session: Session, asked: tuple[MeasureFilter, ...]) -> tuple[MeasureReport, ...]:
    """Several measures at once, in their order: what they share is read once.

    Raises:
        BadInputError: as `measure`.
    """
    return settled(session, lambda: _at_once(session, asked))


def _at_once(session: Session, asked: tuple[MeasureFilter, ...]) -> tuple[MeasureReport, ...]:
    session.info[MEMO], session.info[ASKED] = {}, asked
    try:
        return tuple(_measure(session, one) for one in asked)
    finally:
        del session.info[MEMO], session.info[ASKED]


def _measure(session: Session, wanted: MeasureFilter) -> MeasureReport:
    definition = MEASURES[wanted.measure]
    if wanted.first_on > wanted.last_on:
        raise BadInputError("measure_period_backwards")
    for name in wanted.by:
        if name not in definition.by:
            raise BadInputError("measure_not_by", measure=wanted.measure.value, by=name.value)
    counted = _ANSWERS[wanted.measure](session, wanted)
    return MeasureReport(
        measure=wanted.measure,
        first_on=wanted.first_on,
        last_on=wanted.last_on,
        as_of=wanted.as_of,
        by=wanted.by or _OWN_GROUPS.get(wanted.measure, ()),
        rows=figures(definition, counted),
        payments_known_on=_known_on(session, wanted),
    )


_OWN_GROUPS: Mapping[MeasureId, tuple[Dimension, ...]] = {
    _M.FAIR_COMPARISON: (Dimension.AGENT,),
    _M.RECOVERY_CURVE: (Dimension.MONTH,),
}
"""Measures whose rows are groups by nature."""


def _known_on(session: Session, wanted: MeasureFilter) -> date | None:
    return payments_known_on(session, branches_of(wanted))


def _visits(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    money = wanted.measure is _M.YIELD_VISIT
    found = shared_sums(session, wanted, money=money)
    if not found and not wanted.by:
        found = {(): dict.fromkeys(COUNTERS, 0)}
    for group, sums in found.items():
        yield from of_visits(wanted.measure, group, sums)


def _legal_risk(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    yield from _visits(session, wanted)
    if not wanted.by:
        yield from legal_risk_accounts(session, wanted)


def _yield_day(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """Money of visits / days of people with a visit; by person, of the visits they took part in."""
    money = visit_sums(session, wanted, money=True)
    days = person_days(session, wanted)
    for group, sums in money.items():
        n = days.get(group, 0)
        yield Counted(sums["yield_fen"], n, n, 0, group, basis=Basis.MONEY)


_Rule = Callable[[Cases], Iterator[Counted]]


def _cases(rule: _Rule, *, at_end: bool = False) -> _Rows:
    def answer(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
        cases = cases_of(session, wanted, at_end=at_end)
        yield from _by_group(cases, rule(cases))

    return answer


def _by_group(cases: Cases, counted: Iterator[Counted]) -> list[Counted]:
    """In the order of the groups, then of the parts; rows about no group last."""
    places = {group: place for place, group in enumerate(cases.groups)}
    return sorted(counted, key=lambda one: places.get(one.group, len(places)))


def _fair(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    cases = cases_of(session, replace(wanted, by=()))
    yield from fair_comparison(cases, MEASURES[_M.FAIR_COMPARISON].least)


def _targets(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    cases = cases_of(session, wanted)
    counted = of_cases.target_progress(cases, wanted.until, calendar_of(session).is_workday)
    yield from _by_group(cases, counted)


def _effect_filter(wanted: MeasureFilter) -> EffectFilter:
    return EffectFilter(
        as_of=wanted.as_of,
        first_on=wanted.first_on,
        last_on=wanted.until,
        branches=wanted.branches,
        allowed=wanted.allowed,
        staff=wanted.agents,
    )


def _notice(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    found = notice_effect(session, _effect_filter(wanted))
    for one in found.groups:
        for name, rate in (("met", one.met), ("refused", one.refused)):
            yield Counted(rate.hits, rate.of, rate.of, 0, (), f"{one.notice.value}:{name}")


def _training(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    for one in training_effect(session, _effect_filter(wanted)):
        for name, rate in (("before", one.before), ("after", one.after), ("others", one.others)):
            yield Counted(rate.hits, rate.of, rate.of, 0, (), f"{one.course_id}:{name}")


_ANSWERS: Mapping[MeasureId, _Rows] = {
    _M.IN_HAND: _cases(of_cases.in_hand, at_end=True),
    _M.RECOVERY_AMOUNT: _cases(of_cases.recovery_amount),
    _M.RECOVERY_CASES: _cases(of_cases.recovery_cases),
    _M.SETTLED: _cases(of_cases.settled),
    _M.IMPROVED: _cases(of_cases.improved),
    _M.ROLL_MATRIX: _cases(of_cases.roll_matrix),
    _M.RECOVERY_CURVE: curve_rows,
    _M.MET_RATE: _visits,
    _M.MET_CASES: _cases(of_cases.met_cases),
    _M.PROMISE_RATE: _visits,
    _M.KEPT_RATE: promise_rows,
    _M.PART_KEPT: promise_rows,
    _M.BROKEN: promise_rows,
    _M.FUNNEL: _cases(of_cases.funnel),
    _M.YIELD_VISIT: _visits,
    _M.YIELD_DAY: _yield_day,
    _M.UNTOUCHED: _cases(of_cases.untouched, at_end=True),
    _M.COVERAGE: _cases(of_cases.coverage),
    _M.INTENSITY: _cases(of_cases.intensity),
    _M.FIRST_VISIT_DELAY: _cases(of_cases.first_visit_delay),
    _M.REFUSAL_RATE: _visits,
    _M.CONFLICT_RATE: _visits,
    _M.LEGAL_RISK_RATE: _legal_risk,
    _M.COMPLAINT_RATE: incident_rows,
    _M.COMPLIANCE_SHARES: _visits,
    _M.QUIET_HOURS: _visits,
    _M.FLAG_FIRST_LOOK: incident_rows,
    _M.FOLLOW_UP_ON_TIME: incident_rows,
    _M.PRECISION: incident_rows,
    _M.CHANNEL_COMPARISON: channel_rows,
    _M.REASONS: _cases(of_cases.reasons, at_end=True),
    _M.FAIR_COMPARISON: _fair,
    _M.WORKLOAD: _cases(of_cases.workload, at_end=True),
    _M.NOTICE_EFFECT: _notice,
    _M.TRAINING_EFFECT: _training,
    _M.FAIRNESS: fairness_rows,
    _M.TARGET_PROGRESS: _targets,
    _M.DATA_QUALITY: _visits,
}
