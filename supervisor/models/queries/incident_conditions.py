"""What an `IncidentFilter` means in SQL, for the list, the counts and the curves alike."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, func, or_, select, tuple_

from supervisor.clock import SHANGHAI
from supervisor.models.enums import CausedBy, FlagState
from supervisor.models.enums_incidents import StepFamily, Verdict
from supervisor.models.ids import BranchId
from supervisor.models.queries.queue_search import found_by, normalised
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.tables import (
    Case,
    Finding,
    Flag,
    FollowUp,
    Hold,
    Review,
    Staff,
    TrainingAssignment,
)

FLAG_PREFIX = "F-"
"""What people call a flag: F-20461."""
Conditions = list[ColumnElement[bool]]


def start_of(day: date) -> datetime:
    """The first instant of a business date."""
    return datetime.combine(day, time(), SHANGHAI).astimezone(UTC)


def scope(
    branches: tuple[BranchId, ...], allowed: tuple[BranchId, ...] | None
) -> tuple[BranchId, ...] | None:
    """The branches asked for as far as they may be seen; None is all."""
    if allowed is None:
        return branches or None
    return tuple(one for one in branches if one in allowed) if branches else allowed


def step_due() -> ScalarSelect[Any]:
    """Earliest due time of the open steps of a flag."""
    return (
        select(func.min(FollowUp.due_at))
        .where(
            FollowUp.branch_id == Flag.branch_id,
            FollowUp.flag_id == Flag.id,
            FollowUp.done_at.is_(None),
        )
        .correlate(Flag)
        .scalar_subquery()
    )


def held() -> ColumnElement[bool]:
    """The hold a serious flag placed still stands."""
    return exists().where(
        Hold.branch_id == Flag.branch_id,
        Hold.case_id == Flag.case_id,
        Hold.flag_id == Flag.id,
        Hold.ended_at.is_(None),
    )


def is_late(now: datetime) -> ColumnElement[bool]:
    """The state, or an open step of an open flag, is past due."""
    step = exists().where(
        FollowUp.branch_id == Flag.branch_id,
        FollowUp.flag_id == Flag.id,
        FollowUp.done_at.is_(None),
        FollowUp.due_at < now,
    )
    return and_(Flag.closed_at.is_(None), or_(Flag.due_at < now, step))


def conditions(wanted: IncidentFilter, *, states: bool = True) -> Conditions:
    """Every condition; without `states` that of the states is left out."""
    found = _where(wanted) + _what(wanted) + _who(wanted)
    if states and wanted.states:
        found.append(Flag.state.in_(wanted.states))
    if wanted.raised_from is not None:
        found.append(Flag.raised_at >= start_of(wanted.raised_from))
    if wanted.raised_until is not None:
        found.append(Flag.raised_at < start_of(wanted.raised_until + timedelta(days=1)))
    if wanted.open_only:
        found.append(Flag.closed_at.is_(None))
    if wanted.late_only:
        found.append(is_late(wanted.now))
    return found


def _where(wanted: IncidentFilter) -> Conditions:
    branches = scope(wanted.branches, wanted.allowed)
    found: Conditions = [] if branches is None else [Flag.branch_id.in_(branches)]
    if wanted.cases:
        found.append(Flag.case_id.in_(wanted.cases))
    if wanted.search.strip():
        found.append(_searched(wanted.search, branches or (), hidden=wanted.deidentified))
    if wanted.to_train:
        found.append(calls_for_training())
    return found


def _what(wanted: IncidentFilter) -> Conditions:
    found: Conditions = []
    for column, values in (
        (Flag.category, wanted.categories),
        (Flag.severity, wanted.severities),
        (Flag.caused_by, wanted.caused_by),
        (Flag.verdict, wanted.verdicts),
    ):
        if values:
            found.append(column.in_(values))
    if wanted.rules:
        found.append(
            exists().where(
                Finding.branch_id == Flag.branch_id,
                Finding.flag_id == Flag.id,
                Finding.superseded_at.is_(None),
                Finding.rule_id.in_(wanted.rules),
            )
        )
    return found


def _who(wanted: IncidentFilter) -> Conditions:
    found: Conditions = []
    if wanted.agents:
        agents = wanted.agents
        found.append(or_(Flag.agent_id.in_(agents), Flag.second_agent_id.in_(agents)))
    if wanted.teams:
        members = select(Staff.id).where(Staff.team_id.in_(wanted.teams))
        found.append(or_(Flag.agent_id.in_(members), Flag.second_agent_id.in_(members)))
    if wanted.mine:
        step = exists().where(
            FollowUp.branch_id == Flag.branch_id,
            FollowUp.flag_id == Flag.id,
            FollowUp.done_at.is_(None),
            FollowUp.owner == wanted.mine,
        )
        found.append(or_(Flag.owner == wanted.mine, step))
    if wanted.not_reviewed_by:
        found.append(
            ~exists().where(
                Review.branch_id == Flag.branch_id,
                Review.flag_id == Flag.id,
                Review.round == Flag.review_round,
                Review.reviewer == wanted.not_reviewed_by,
            )
        )
    return found


def calls_for_training() -> ColumnElement[bool]:
    """Confirmed conduct of our side, or an open step of training, and no course given for it.

    Before the first look nothing calls for training, and our conduct only once it is confirmed.
    """
    confirmed = and_(
        Flag.caused_by == CausedBy.OUR_SIDE,
        Flag.verdict.in_((Verdict.UPHELD, Verdict.PARTLY_UPHELD)),
    )
    step = exists().where(
        FollowUp.branch_id == Flag.branch_id,
        FollowUp.flag_id == Flag.id,
        FollowUp.family == StepFamily.TRAINING,
        FollowUp.done_at.is_(None),
    )
    helps = and_(Flag.caused_by != CausedBy.OUR_SIDE, Flag.state != FlagState.NEW, step)
    given = exists().where(TrainingAssignment.flag_id == Flag.id)
    return and_(or_(confirmed, helps), ~given)


def _searched(text: str, branches: tuple[BranchId, ...], *, hidden: bool) -> ColumnElement[bool]:
    """A flag's number, a person of ours, or a case as the queue finds it."""
    plain = normalised(text)
    number = plain.upper().removeprefix(FLAG_PREFIX)
    ways: Conditions = []
    if number.isascii() and number.isdecimal() and len(number) < 19:
        ways.append(Flag.id == int(number))
    people = select(Staff.id).where(
        or_(Staff.staff_no == plain, Staff.name == plain, Staff.initials == plain.lower())
    )
    ways += [Flag.agent_id.in_(people), Flag.second_agent_id.in_(people)]
    # Who may not see a customer may not look one up either.
    hits = None if hidden else found_by(text, branches)
    if hits is not None:
        cases = hits.subquery()
        pairs = select(*cases.c)
        ways.append(tuple_(Flag.branch_id, Flag.case_id).in_(pairs))
    return or_(*ways)


def of_case() -> ColumnElement[bool]:
    """Joins a flag to its case."""
    return and_(Case.branch_id == Flag.branch_id, Case.id == Flag.case_id)
