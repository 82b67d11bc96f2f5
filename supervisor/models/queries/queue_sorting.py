"""The orders of the queue: total, the same on both engines, exact mirrors in both directions.

The default order ends in overdue amount (largest first), case number, branch, id. A column's order
ends in case number, branch, id, all in its own direction, so that one index serves both ways.
What is missing counts as smallest; no due date means no days past due.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from supervisor.models.enums_queue import SortKey
from supervisor.models.tables import Borrower, Branch, Case, Staff, Team

Agent = aliased(Staff, name="agent")
Second = aliased(Staff, name="second")

_STORED: dict[SortKey, tuple[InstrumentedAttribute[Any], ...]] = {
    SortKey.MARK: (Case.mark,),
    SortKey.CASE_NO: (),
    SortKey.CONTRACT_NO: (Case.contract_no,),
    SortKey.DAYS_PAST_DUE: (Case.oldest_due_on,),
    SortKey.SETTLE: (Case.settle_fen,),
    SortKey.LAST_VISIT: (Case.last_visit_on,),
    SortKey.VISIT_COUNT: (Case.visit_count,),
    SortKey.PROMISE_DUE: (Case.promise_due_on,),
    SortKey.NEXT_PLAN: (Case.next_plan_at,),
    SortKey.PLACED_ON: (Case.placed_on,),
    SortKey.PRODUCT: (Case.product,),
}
_JOINED: dict[SortKey, tuple[InstrumentedAttribute[Any], ...]] = {
    SortKey.BORROWER: (Borrower.pinyin_key, Borrower.masked_name),
    SortKey.AREA: (Borrower.area,),
    SortKey.AGENT: (Agent.pinyin_key, Agent.staff_no, Case.agent_id),
    SortKey.SECOND_AGENT: (Second.pinyin_key, Second.staff_no, Case.second_agent_id),
    SortKey.TEAM: (Team.code, Team.name, Team.id),
    SortKey.BRANCH: (Branch.code,),
}
_BACKWARDS = frozenset({SortKey.DAYS_PAST_DUE})
"""Kept as a due date: the later it fell due, the fewer the days."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an order.

    `backwards`: the order shown is the opposite of the column's own, so a missing value is last
    where the column ascends.
    """

    expression: ColumnElement[Any]
    descending: bool
    nullable: bool
    backwards: bool = False


def columns(key: SortKey, *, descending: bool) -> tuple[tuple[Any, ...], bool]:
    """The stored columns a sort key looks at first, and their direction in SQL."""
    return _STORED.get(key) or _JOINED.get(key) or (), descending != (key in _BACKWARDS)


def is_backwards(key: SortKey) -> bool:
    """Whether the column kept counts the other way than the column shown."""
    return key in _BACKWARDS


def missing_first(key: SortKey, *, descending: bool) -> bool:
    """Whether rows without a value lead, for the direction in SQL that `columns` gave."""
    return descending == is_backwards(key)


def joined(key: SortKey) -> bool:
    """Whether the order needs names from other tables."""
    return key in _JOINED


def with_names(source: Any, key: SortKey) -> Any:
    """The cases joined with what the order needs."""
    if key in {SortKey.BORROWER, SortKey.AREA}:
        here = and_(Borrower.branch_id == Case.branch_id, Borrower.id == Case.borrower_id)
        return source.join(Borrower, here)
    if key is SortKey.AGENT:
        return source.outerjoin(Agent, Agent.id == Case.agent_id)
    if key is SortKey.SECOND_AGENT:
        return source.outerjoin(Second, Second.id == Case.second_agent_id)
    if key is SortKey.TEAM:
        first = source.outerjoin(Agent, Agent.id == Case.agent_id)
        return first.outerjoin(Team, Team.id == Agent.team_id)
    return source.join(Branch, Branch.id == Case.branch_id)


def order_by(terms: Sequence[Column]) -> tuple[ColumnElement[Any], ...]:
    """The terms as ORDER BY, what is missing as smallest on every engine."""
    made: list[ColumnElement[Any]] = []
    for term in terms:
        if term.nullable:
            missing = term.expression.is_(None)
            last = term.descending != term.backwards
            made.append(missing.asc() if last else missing.desc())
        made.append(term.expression.desc() if term.descending else term.expression.asc())
    return tuple(made)
