"""Promises that fell due in the period, by how they stand; `rules.promises` is the definition."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from supervisor.models.enums_measures import Basis, Dimension, MeasureId
from supervisor.models.queries.asked_branches import (
    FIRST,
    KEPT,
    UNTIL,
    branches_of,
    given,
    in_scope,
    shape_of,
)
from supervisor.models.queries.measure_memo import remembered
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
    found: dict[tuple[Key, ...], list[_Some]] = defaultdict(list)
    if not wanted.by:
        found[()] = []
    for row in remembered(session, _question(wanted), lambda: _read(session, wanted)):
        # What decides the state is the same for all of them: a promise of 2 with 2, 1 or 0 paid.
        paid = 2 if row.kept else row.some
        state = state_of(2, paid, row.due_on, wanted.as_of, row.known)
        some = _Some(state, int(row.promises), int(row.fen))
        found[tuple(_key(name, row) for name in wanted.by)].append(some)
    for group, promises in sorted(found.items(), key=lambda one: sort_key(one[0])):
        yield from _counted(_WANTED[wanted.measure], group, promises)


@dataclass(frozen=True, slots=True)
class _Some:
    """Promises that stand alike."""

    state: PromiseState
    count: int
    fen: int


def _counted(
    asked: PromiseState, group: tuple[Key, ...], promises: list[_Some]
) -> Iterator[Counted]:
    known = [one for one in promises if one.state in _KNOWN]
    hits = [one for one in known if one.state is asked]
    unknown = sum(one.count for one in promises if one.state in _WAITS)
    n = sum(one.count for one in known)
    yield Counted(sum(one.count for one in hits), n, n, unknown, group)
    got, whole = (sum(one.fen for one in some) for some in (hits, known))
    yield Counted(got, whole, n, unknown, group, basis=Basis.MONEY)


def _question(wanted: MeasureFilter) -> MeasureFilter:
    """The three measures ask the same."""
    return replace(wanted, measure=MeasureId.KEPT_RATE)


def _read(session: Session, wanted: MeasureFilter) -> list[Any]:
    return list(session.execute(_statement(shape_of(wanted)), given(wanted)))


_KEYS: Mapping[Dimension, Any] = {
    Dimension.BRANCH: Promise.done_by_branch_id,
    Dimension.AGENT: Promise.agent_id,
    Dimension.TEAM: Staff.team_id,
    Dimension.PRODUCT: Case.product,
}


@lru_cache(KEPT)
def _statement(wanted: MeasureFilter) -> Any:
    """Promises counted by group, day, what was paid, and how far payment data reach."""
    keys = [
        Promise.due_on,
        case((Promise.paid_fen >= Promise.amount_fen, 1), else_=0).label("kept"),
        case((Promise.paid_fen > 0, 1), else_=0).label("some"),
        Branch.payments_known_on.label("known"),
        *(_KEYS[name].label(name.value) for name in wanted.by if name in _KEYS),
    ]
    stmt = (
        select(*keys, func.count().label("promises"), func.sum(Promise.amount_fen).label("fen"))
        .join(Branch, Branch.id == Promise.branch_id)
        .where(
            in_scope(Promise.done_by_branch_id, branches_of(wanted)),
            Promise.due_on.between(FIRST, UNTIL),
            Promise.withdrawn.is_(False),
        )
        .group_by(*keys)
    )
    if wanted.products or Dimension.PRODUCT in wanted.by:
        here = (Case.branch_id == Promise.branch_id) & (Case.id == Promise.case_id)
        stmt = stmt.join(Case, here)
    if wanted.teams or Dimension.TEAM in wanted.by:
        stmt = stmt.outerjoin(Staff, Staff.id == Promise.agent_id)
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
