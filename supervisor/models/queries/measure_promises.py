"""Promises that fell due in the period, by how they stand; `rules.promises` is the definition."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.enums_measures import Basis, Dimension, MeasureId
from supervisor.models.queries.measure_visits import branches_of
from supervisor.models.rows.measures import Counted, Key, MeasureFilter
from supervisor.models.rules.measures.grouping import OF_DAY, day_key, sort_key
from supervisor.models.rules.promises import PromiseState, state_of
from supervisor.models.tables import Branch, Case, Promise, Staff

_WANTED = {
    MeasureId.KEPT_RATE: PromiseState.KEPT,
    MeasureId.PART_KEPT: PromiseState.PART_KEPT,
    MeasureId.BROKEN: PromiseState.BROKEN,
}
_KNOWN = frozenset(_WANTED.values())
_WAITS = frozenset({PromiseState.AWAITING_DATA, PromiseState.DUE_TODAY})


def promise_rows(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """Kept, part kept or broken / due and known, in number and money; waiting ones are unknown."""
    found: dict[tuple[Key, ...], list[tuple[PromiseState, int]]] = defaultdict(list)
    if not wanted.by:
        found[()] = []
    for row in session.execute(_statement(wanted)):
        state = state_of(
            row.amount_fen, row.paid_fen, row.due_on, wanted.as_of, row.payments_known_on
        )
        found[tuple(_key(name, row) for name in wanted.by)].append((state, row.amount_fen))
    for group, promises in sorted(found.items(), key=lambda one: sort_key(one[0])):
        yield from _counted(_WANTED[wanted.measure], group, promises)


def _counted(
    asked: PromiseState, group: tuple[Key, ...], promises: list[tuple[PromiseState, int]]
) -> Iterator[Counted]:
    known = [(state, fen) for state, fen in promises if state in _KNOWN]
    hits = [fen for state, fen in known if state is asked]
    unknown = sum(state in _WAITS for state, _ in promises)
    n = len(known)
    yield Counted(len(hits), n, n, unknown, group)
    whole = sum(fen for _, fen in known)
    yield Counted(sum(hits), whole, n, unknown, group, basis=Basis.MONEY)


def _statement(wanted: MeasureFilter) -> Any:
    stmt = (
        select(
            Promise.done_by_branch_id.label("branch"),
            Promise.agent_id.label("agent"),
            Staff.team_id.label("team"),
            Case.product,
            Promise.due_on,
            Promise.amount_fen,
            Promise.paid_fen,
            Branch.payments_known_on,
        )
        .join(Case, (Case.branch_id == Promise.branch_id) & (Case.id == Promise.case_id))
        .join(Branch, Branch.id == Promise.branch_id)
        .outerjoin(Staff, Staff.id == Promise.agent_id)
        .where(Promise.due_on.between(wanted.first_on, wanted.until), Promise.withdrawn.is_(False))
    )
    branches = branches_of(wanted)
    if branches is not None:
        stmt = stmt.where(Promise.done_by_branch_id.in_(branches))
    if wanted.agents:
        stmt = stmt.where(Promise.agent_id.in_(wanted.agents))
    if wanted.teams:
        stmt = stmt.where(Staff.team_id.in_(wanted.teams))
    if wanted.products:
        stmt = stmt.where(Case.product.in_(wanted.products))
    return stmt


def _key(name: Dimension, row: Any) -> Key:
    if name in OF_DAY:
        return day_key(name, row.due_on)
    key: Key = getattr(row, name.value)
    return key
