"""Promises that fell due in the period, by how they stand; `rules.promises` is the definition."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, case, cast, func, literal, select
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
from supervisor.models.queries.measure_memo import asked_at_once, remembered
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
    question = _question(session, wanted)
    for row in remembered(session, question, lambda: _read(session, question)):
        if not wanted.first_on <= row.due_on <= wanted.until:
            continue
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


def _question(session: Session, wanted: MeasureFilter) -> MeasureFilter:
    """The three measures ask the same; over all branches periods asked at once are one read."""

    def alike(one: MeasureFilter) -> MeasureFilter:
        days = {"first_on": wanted.first_on, "last_on": wanted.last_on, "by": ()}
        return replace(one, measure=MeasureId.KEPT_RATE, **days)  # type: ignore[arg-type]

    if not _is_of_all(wanted):
        return replace(wanted, measure=MeasureId.KEPT_RATE)
    periods = [
        (one.first_on, one.last_on)
        for one in (wanted, *asked_at_once(session))
        if one.measure in _WANTED and _is_of_all(one) and alike(one) == alike(wanted)
    ]
    first_on, last_on = min(first for first, _ in periods), max(last for _, last in periods)
    return replace(alike(wanted), first_on=first_on, last_on=last_on)


def _is_of_all(wanted: MeasureFilter) -> bool:
    """Asked of all branches together, and of nobody and nothing in particular."""
    some = wanted.agents or wanted.teams or wanted.products or set(wanted.by).difference(OF_DAY)
    return branches_of(wanted) is None and not some


def _read(session: Session, wanted: MeasureFilter) -> list[Any]:
    if _is_of_all(wanted):
        asked = {one.measure for one in asked_at_once(session)}
        parts = bool(asked & {MeasureId.PART_KEPT, MeasureId.BROKEN})
        rows = session.execute(_OF_ALL[parts], given(wanted)).all()
        if not any(row.others for row in rows):
            return [one for row in rows for one in _apart(row)]
    return list(session.execute(_statement(shape_of(wanted)), given(wanted)))


class _Alike(NamedTuple):
    """A row of `_statement` without groups."""

    due_on: date
    kept: int
    some: int
    known: date | None
    promises: int
    fen: int


def _apart(row: Any) -> Iterator[_Alike]:
    """Promises of a day as `_statement` tells them: kept, part kept, and those of nothing."""
    known = (row.due_on, row.known)
    nothing = (row.promises - row.kept - row.some, row.fen - row.kept_fen - row.some_fen)
    for kept, some, (promises, fen) in (
        (1, 1, (row.kept, row.kept_fen)),
        (0, 1, (row.some, row.some_fen)),
        (0, 0, nothing),
    ):
        if promises:
            yield _Alike(known[0], kept, some, known[1], promises, fen)


def _of_all(*, parts: bool) -> Select[Any]:
    """Promises of all branches by day: added up along the index first, day by day of a branch.

    Without `parts` those of which some was paid count with those of nothing.

    `others`: some were taken by another branch than that of the case, whose payment data count.
    """
    whole, part = Promise.paid_fen >= Promise.amount_fen, Promise.paid_fen > 0
    fen, elsewhere = Promise.amount_fen, Promise.branch_id != Promise.done_by_branch_id
    added = {
        "promises": func.count(),
        "kept": func.sum(case((whole, 1), else_=0)),
        "some": func.sum(case((whole, 0), (part, 1), else_=0)) if parts else literal(0),
        "fen": func.sum(fen),
        "kept_fen": func.sum(case((whole, fen), else_=0)),
        "some_fen": func.sum(case((whole, 0), (part, fen), else_=0)) if parts else literal(0),
        "others": func.sum(case((elsewhere, 1), else_=0)),
    }
    each = (
        select(
            Promise.done_by_branch_id,
            Promise.due_on,
            *(column.label(name) for name, column in added.items()),
        )
        .where(
            Promise.done_by_branch_id.in_(select(Branch.id)),
            Promise.due_on.between(FIRST, UNTIL),
            Promise.withdrawn.is_(False),
        )
        .group_by(Promise.done_by_branch_id, Promise.due_on)
        .subquery("each")
    )
    known = Branch.payments_known_on
    sums = (cast(func.sum(each.c[name]), BigInteger).label(name) for name in added)
    return (
        select(each.c.due_on, known.label("known"), *sums)
        .join(Branch, Branch.id == each.c.done_by_branch_id)
        .group_by(each.c.due_on, known)
    )


_OF_ALL = {parts: _of_all(parts=parts) for parts in (False, True)}


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
