"""Promises kept, part kept, broken and not due, by collector and by history of the case."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from supervisor.models.ids import StaffId
from supervisor.models.queries.asked_branches import branches_of, in_scope
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.rows.promise_reliability import (
    PromiseHistory,
    PromiseReliabilityRow,
    PromiserRow,
    PromiseTally,
)
from supervisor.models.rules.measures.columns import EPOCH
from supervisor.models.rules.promises import GRACE, PromiseState, state_of
from supervisor.models.sql_days import DaysLater
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
        people[person][field] += row.promises
        histories[_history(row)][field] += row.promises
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
    if row.due_on is None:
        return "undue"
    # What decides the state is the same for all of them: a promise of 2 with 2, 1 or 0 paid.
    return _FIELD[state_of(2, row.paid, row.due_on, wanted.as_of, row.payments_known_on)]


def _history(row: Any) -> PromiseHistory:
    if not row.had_earlier:
        return PromiseHistory.FIRST
    return PromiseHistory.SOME_UNPAID if row.had_unpaid else PromiseHistory.ALL_KEPT


def _statement(wanted: MeasureFilter) -> Any:
    """Promises counted by person, how they stand, and what the case had promised before."""
    found = _each(wanted).subquery("each")
    keys = [found.c[name] for name in ("agent_id", *_STANDS)]
    counted = select(*keys, func.count().label("promises")).group_by(*keys).subquery("counted")
    return (
        select(counted, Staff.name, Staff.staff_no, Team.name.label("team"))
        .select_from(counted)
        .outerjoin(Staff, Staff.id == counted.c.agent_id)
        .outerjoin(Team, Team.id == Staff.team_id)
    )


_STANDS = ("due_on", "paid", "payments_known_on", "had_earlier", "had_unpaid")


def _due(until: date, as_of: date) -> ColumnElement[date | None]:
    """A due date that stands alike: few of them, so that promises of a person come together.

    None: not due in the period. Else the day itself, a day payment data reach past, or yesterday.
    """
    reached = Branch.payments_known_on >= DaysLater(Promise.due_on, GRACE.days)
    return case(
        (Promise.due_on > until, null()),
        (Promise.due_on >= as_of, Promise.due_on),
        (reached, literal(EPOCH, Date())),
        else_=literal(as_of - timedelta(days=1), Date()),
    )


def _each(wanted: MeasureFilter) -> Select[Any]:
    """Each promise; those that are kept, and those not due, are all alike."""
    first, until = wanted.first_on, wanted.until
    earlier = aliased(Promise)
    before = and_(
        earlier.branch_id == Promise.branch_id,
        earlier.case_id == Promise.case_id,
        earlier.due_on < Promise.due_on,
        earlier.withdrawn.is_(False),
    )
    paid = case((Promise.paid_fen >= Promise.amount_fen, 2), (Promise.paid_fen > 0, 1), else_=0)
    stmt = (
        select(
            Promise.agent_id,
            _due(until, wanted.as_of).label("due_on"),
            paid.label("paid"),
            Branch.payments_known_on,
            exists().where(before).label("had_earlier"),
            exists().where(before, earlier.paid_fen < earlier.amount_fen).label("had_unpaid"),
        )
        .join(Branch, Branch.id == Promise.branch_id)
        .where(
            in_scope(Promise.done_by_branch_id, branches_of(wanted)),
            Promise.withdrawn.is_(False),
            Promise.due_on >= first,
            or_(Promise.due_on <= until, Promise.made_on.between(first, until)),
        )
    )
    if wanted.agents:
        stmt = stmt.where(Promise.agent_id.in_(wanted.agents))
    if wanted.teams:
        whose = Staff.id == Promise.agent_id
        stmt = stmt.join(Staff, whose).where(Staff.team_id.in_(wanted.teams))
    if wanted.products:
        here = and_(Case.branch_id == Promise.branch_id, Case.id == Promise.case_id)
        stmt = stmt.join(Case, here).where(Case.product.in_(wanted.products))
    return stmt
