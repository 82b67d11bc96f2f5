"""Promises kept, part kept, broken and not due, by collector and by history of the case."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
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

from supervisor.models.case_marks import settled
from supervisor.models.ids import StaffId
from supervisor.models.queries.asked_branches import (
    FIRST,
    KEPT,
    UNTIL,
    branches_of,
    given,
    in_scope,
    shape_of,
)
from supervisor.models.queries.promises_kept import promises_kept
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.rows.promise_reliability import (
    PromiseHistory,
    PromiseReliabilityRow,
    PromiserRow,
    PromiseTally,
)
from supervisor.models.rules.measures.columns import EPOCH, Array, number_of
from supervisor.models.rules.measures.folded_events import LATER
from supervisor.models.rules.measures.promised import ALL, SOME
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
    narrow = wanted.agents or wanted.teams or wanted.products
    if narrow or branches_of(wanted) is not None:
        return _row(_counted(session, wanted))
    return _row(settled(session, lambda: _added_up(session, wanted)))


@dataclass(slots=True)
class _Found:
    """Promises counted by who took them (team, number, name, id), and by what came before."""

    people: dict[Any, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    histories: dict[PromiseHistory, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )


def _row(found: _Found) -> PromiseReliabilityRow:
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
                found.people.items(), key=lambda one: (one[0][3] is None, one[0][:3])
            )
        ),
        histories=tuple(
            (one, PromiseTally(**found.histories[one]))
            for one in PromiseHistory
            if one in found.histories
        ),
    )


def _counted(session: Session, wanted: MeasureFilter) -> _Found:
    """Of some branches, people or products: counted by the database."""
    found = _Found()
    for row in session.execute(_statement(shape_of(wanted), wanted.as_of), given(wanted)):
        state = _field(row, wanted)
        person = (row.team or "", row.staff_no or "", row.name or "", row.agent_id)
        found.people[person][state] += row.promises
        found.histories[_history(row)][state] += row.promises
    return found


def _added_up(session: Session, wanted: MeasureFilter) -> _Found:
    """Of all branches: what is kept of each."""
    found, promises = _Found(), promises_kept(session, wanted.first_on, wanted.until)
    states = _states(promises, number_of(wanted.as_of))
    people, person = np.unique(promises["promise_agent"], return_inverse=True)
    named = _named(session, people.tolist())
    for place, counts in enumerate(_by(person, states, promises["weight"], len(people))):
        found.people[named[people[place]]].update(counts)
    before = promises["promise_before"]
    for place, counts in enumerate(_by(before, states, promises["weight"], len(_HISTORIES))):
        if counts:
            found.histories[_HISTORIES[place]].update(counts)
    return found


_FIELDS = ("kept", "part_kept", "broken", "waiting", "undue")
_HISTORIES = (PromiseHistory.FIRST, PromiseHistory.ALL_KEPT, PromiseHistory.SOME_UNPAID)
"""Histories by `promise_before`."""


def _states(promises: Mapping[str, Array], as_of: int) -> Array:
    """The place in `_FIELDS` of each, as `rules.promises` says it."""
    due, paid = promises["promise_due"], promises["promise_paid"]
    waiting = (due == as_of) | (promises["known"] < due + GRACE.days)
    return np.select([due == LATER, paid == ALL, waiting, paid == SOME], [4, 0, 3, 1], default=2)


def _by(group: Array, states: Array, weight: Array, size: int) -> Iterator[dict[str, int]]:
    """Of each group how many stand how."""
    cells = group.astype(np.int64) * len(_FIELDS) + states
    counts = np.bincount(cells, weights=weight, minlength=size * len(_FIELDS))
    for own in counts.astype(int).reshape(size, len(_FIELDS)).tolist():
        yield {name: n for name, n in zip(_FIELDS, own, strict=True) if n}


def _named(session: Session, people: Collection[int]) -> dict[int, tuple[str, str, str, Any]]:
    """Team, number, name and id of each; 0 is nobody."""
    stmt = select(Staff.id, Staff.name, Staff.staff_no, Team.name.label("team")).outerjoin(
        Team, Team.id == Staff.team_id
    )
    known = {
        row.id: (row.team or "", row.staff_no or "", row.name or "", row.id)
        for row in session.execute(stmt)
    }
    return {one: known.get(one, ("", "", "", one or None)) for one in people}


def _field(row: Any, wanted: MeasureFilter) -> str:
    if row.due_on is None:
        return "undue"
    # What decides the state is the same for all of them: a promise of 2 with 2, 1 or 0 paid.
    return _FIELD[state_of(2, row.paid, row.due_on, wanted.as_of, row.payments_known_on)]


def _history(row: Any) -> PromiseHistory:
    if not row.had_earlier:
        return PromiseHistory.FIRST
    return PromiseHistory.SOME_UNPAID if row.had_unpaid else PromiseHistory.ALL_KEPT


@lru_cache(KEPT)
def _statement(wanted: MeasureFilter, as_of: date) -> Any:
    """Promises counted by person, how they stand, and what the case had promised before."""
    found = _each(wanted, as_of).subquery("each")
    keys = [found.c[name] for name in ("agent_id", *_STANDS)]
    counted = select(*keys, func.count().label("promises")).group_by(*keys).subquery("counted")
    return (
        select(counted, Staff.name, Staff.staff_no, Team.name.label("team"))
        .select_from(counted)
        .outerjoin(Staff, Staff.id == counted.c.agent_id)
        .outerjoin(Team, Team.id == Staff.team_id)
    )


_STANDS = ("due_on", "paid", "payments_known_on", "had_earlier", "had_unpaid")


def _due(as_of: date) -> ColumnElement[date | None]:
    """A due date that stands alike: few of them, so that promises of a person come together.

    None: not due in the period. Else the day itself, a day payment data reach past, or yesterday.
    """
    reached = Branch.payments_known_on >= DaysLater(Promise.due_on, GRACE.days)
    return case(
        (Promise.due_on > UNTIL, null()),
        (Promise.due_on >= as_of, Promise.due_on),
        (reached, literal(EPOCH, Date())),
        else_=literal(as_of - timedelta(days=1), Date()),
    )


def _each(wanted: MeasureFilter, as_of: date) -> Select[Any]:
    """Each promise; those that are kept, and those not due, are all alike."""
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
            _due(as_of).label("due_on"),
            paid.label("paid"),
            Branch.payments_known_on,
            exists().where(before).label("had_earlier"),
            exists().where(before, earlier.paid_fen < earlier.amount_fen).label("had_unpaid"),
        )
        .join(Branch, Branch.id == Promise.branch_id)
        .where(
            in_scope(Promise.done_by_branch_id, branches_of(wanted)),
            Promise.withdrawn.is_(False),
            Promise.due_on >= FIRST,
            or_(Promise.due_on <= UNTIL, Promise.made_on.between(FIRST, UNTIL)),
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
