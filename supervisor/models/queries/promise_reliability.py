"""Promises kept, part kept, broken and not due, by collector and by history of the case."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from supervisor.models.ids import StaffId
from supervisor.models.queries.measure_visits import branches_of
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.rows.promise_reliability import (
    PromiseHistory,
    PromiseReliabilityRow,
    PromiserRow,
    PromiseTally,
)
from supervisor.models.rules.promises import PromiseState, state_of
from supervisor.models.tables import Branch, Case, Promise, Staff, Team

_FIELD: Mapping[PromiseState, str] = {
    PromiseState.KEPT: "kept",
    PromiseState.PART_KEPT: "part_kept",
    PromiseState.BROKEN: "broken",
    PromiseState.AWAITING_DATA: "waiting",
    PromiseState.DUE_TODAY: "waiting",
}


def promise_reliability(session: Session, wanted: MeasureFilter) -> PromiseReliabilityRow:
    """Of the scope and the days of `wanted`; its measure and dimensions do not matter."""
    people: dict[Any, Counter[str]] = defaultdict(Counter)
    histories: dict[PromiseHistory, Counter[str]] = defaultdict(Counter)
    for row in session.execute(_statement(wanted)):
        field = _field(row, wanted)
        person = (row.team or "", row.staff_no or "", row.name or "", row.agent_id)
        people[person][field] += 1
        histories[_history(row)][field] += 1
    return PromiseReliabilityRow(
        people=tuple(
            PromiserRow(
                None if agent is None else StaffId(agent),
                name,
                number,
                team,
                PromiseTally(**counts),
            )
            for (team, number, name, agent), counts in sorted(
                people.items(), key=lambda one: (one[0][3] is None, one[0][:3])
            )
        ),
        histories=tuple(
            (one, PromiseTally(**histories[one])) for one in PromiseHistory if one in histories
        ),
    )


def _field(row: Any, wanted: MeasureFilter) -> str:
    if row.due_on > wanted.until:
        return "undue"
    state = state_of(row.amount_fen, row.paid_fen, row.due_on, wanted.as_of, row.payments_known_on)
    return _FIELD[state]


def _history(row: Any) -> PromiseHistory:
    if not row.had_earlier:
        return PromiseHistory.FIRST
    return PromiseHistory.SOME_UNPAID if row.had_unpaid else PromiseHistory.ALL_KEPT


def _statement(wanted: MeasureFilter) -> Any:
    first, until = wanted.first_on, wanted.until
    earlier = aliased(Promise)
    before = and_(
        earlier.branch_id == Promise.branch_id,
        earlier.case_id == Promise.case_id,
        earlier.due_on < Promise.due_on,
        earlier.withdrawn.is_(False),
    )
    stmt = (
        select(
            Promise.agent_id,
            Promise.due_on,
            Promise.amount_fen,
            Promise.paid_fen,
            Branch.payments_known_on,
            Staff.name,
            Staff.staff_no,
            Team.name.label("team"),
            exists().where(before).label("had_earlier"),
            exists().where(before, earlier.paid_fen < earlier.amount_fen).label("had_unpaid"),
        )
        .join(Case, (Case.branch_id == Promise.branch_id) & (Case.id == Promise.case_id))
        .join(Branch, Branch.id == Promise.branch_id)
        .outerjoin(Staff, Staff.id == Promise.agent_id)
        .outerjoin(Team, Team.id == Staff.team_id)
        .where(
            Promise.withdrawn.is_(False),
            Promise.due_on >= first,
            or_(Promise.due_on <= until, Promise.made_on.between(first, until)),
        )
    )
    branches = branches_of(wanted)
    if branches is not None:
        stmt = stmt.where(Promise.done_by_branch_id.in_(branches))
    for column, values in (
        (Promise.agent_id, wanted.agents),
        (Staff.team_id, wanted.teams),
        (Case.product, wanted.products),
    ):
        if values:
            stmt = stmt.where(column.in_(values))
    return stmt
