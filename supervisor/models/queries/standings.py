"""Open cases added up by reason and stage: one pass over few branches, what is kept over many.

Branches of which nothing true is kept are read raw, marked cases as well; each figure is what one
pass over all the cases would give.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from supervisor.models.case_facts import periods_kept
from supervisor.models.case_marks import Marks, marks_of, settled
from supervisor.models.enums import Bucket, QueueReason
from supervisor.models.ids import BranchId
from supervisor.models.queries import queue_conditions as judge
from supervisor.models.queries import queue_scan
from supervisor.models.queries.queue_asked import KEPT, Asked, Shape, asked
from supervisor.models.queue_facts import QUEUE, REASONS, STANDING, Judging, sign_of, stood_alike
from supervisor.models.rows.case_queue import QueueRequest, Standing
from supervisor.models.rules.measures.columns import number_of
from supervisor.models.rules.measures.folded import alike, summed
from supervisor.models.rules.measures.periods import PeriodFacts, without
from supervisor.models.rules.queue_order import bucket_of
from supervisor.models.tables import Branch, Case, CaseColumnsDirty

_Found = Counter[tuple[QueueReason, Bucket, bool]]


def standings(session: Session, request: QueueRequest) -> tuple[Standing, ...]:
    """Everything the conditions let through, by reason, stage and whether it rests.

    Only branches, day and instant may be asked for: what is kept knows no other conditions.
    """
    wanted = replace(request.wanted, reasons=frozenset(QueueReason))
    question = asked(session, replace(request, wanted=wanted))
    cases, fen = _Found(), _Found()
    rows = settled(session, lambda: list(_rows(session, question, request)))
    for reason, stage, rests, some, overdue in rows:
        key = (REASONS[reason], stage, rests)
        cases[key] += some
        fen[key] += overdue
    return tuple(Standing(*key, some, fen[key]) for key, some in sorted(cases.items()))


_Row = tuple[int, Bucket, bool, int, int]


def _rows(session: Session, question: Asked, request: QueueRequest) -> Iterator[_Row]:
    if question.shape.few:
        yield from _scanned(queue_scan.standings(question))
        return
    known = _known_on(session, question.branches)
    marks = marks_of(session, question.branches or None)
    kept = _kept(session, question, marks, known)
    yield from _counted(kept, question, known)
    rest = tuple(one for one in known if one not in kept)
    if not kept:
        yield from _scanned(queue_scan.standings(question))
    elif rest:
        among = replace(question.wanted, branches=tuple(map(BranchId, rest)))
        yield from _scanned(queue_scan.standings(asked(session, replace(request, wanted=among))))
    waiting = tuple(one for one in kept if one in marks.standing)
    if waiting:
        given = {**question.given, judge.HERE.key: waiting}
        yield from _scanned(session.execute(_of_marked(question.shape), given))


def _known_on(session: Session, branches: Sequence[int]) -> dict[int, int]:
    """Branches asked for, and how far payment data of each reach; -1: not known."""
    stmt = select(Branch.id, Branch.payments_known_on).order_by(Branch.id)
    if branches:
        stmt = stmt.where(Branch.id.in_(branches))
    return {id_: -1 if day is None else number_of(day) for id_, day in session.execute(stmt)}


def _kept(
    session: Session, question: Asked, marks: Marks, known: Iterable[int]
) -> dict[int, PeriodFacts]:
    """What is true of each branch: its cases that have no mark, counted."""
    days, branches = (question.as_of, question.as_of), question.branches or None
    whole = [one for one in known if one not in marks.branches]
    clean = [one for one in whole if one not in marks.standing]
    found = periods_kept(session, (STANDING,), branches, clean, *days)[STANDING]
    marked = [one for one in whole if one in marks.standing]
    if marked:
        each = periods_kept(session, (QUEUE,), tuple(marked), marked, *days)[QUEUE]
        found |= {one: stood_alike(without(each[one], marks.standing[one])) for one in each}
    sign = {one: sign_of(question.days.of(one)) for one in found}
    return {one: facts for one, facts in found.items() if facts.reasons == (sign[one],)}


def _counted(
    kept: Mapping[int, PeriodFacts], question: Asked, known: Mapping[int, int]
) -> Iterator[_Row]:
    """All these branches at once, by how their cases stand."""
    if not kept:
        return
    arrays = {
        name: np.concatenate([facts[name] for facts in kept.values()])
        for name in ("reason", "bucket", "held", "due", "promised", "weight", "overdue")
    }
    sizes = [len(facts["reason"]) for facts in kept.values()]
    judging = Judging(question.days.house.now, np.repeat([known[one] for one in kept], sizes))
    keys = [judging.reasons(arrays), arrays["bucket"], arrays["held"]]
    first, group = alike(keys)
    sums = (summed(group, arrays[name], len(first)) for name in ("weight", "overdue"))
    columns = (*(one[first].tolist() for one in keys), *(one.tolist() for one in sums))
    for reason, stage, rests, some, fen in zip(*columns, strict=True):
        yield reason, Bucket(stage), bool(rests), some, fen


def _scanned(rows: Iterable[Sequence[Any]]) -> Iterator[_Row]:
    for reason, dpd, rests, some, fen in rows:
        yield int(reason), bucket_of(int(dpd)), bool(rests), int(some), int(fen)


@lru_cache(KEPT)
def _of_marked(shape: Shape) -> Select[*tuple[Any, ...]]:
    """As `queue_scan.standings`, of the marked cases of some branches."""
    dirty = CaseColumnsDirty
    marked = (
        select(dirty.branch_id, dirty.case_id)
        .where(dirty.branch_id.in_(judge.HERE))
        .distinct()
        .subquery("marked")
    )
    here = and_(Case.branch_id == marked.c.branch_id, Case.id == marked.c.case_id)
    each = (
        select(
            judge.reason(shape.days, Branch.payments_known_on).label("reason"),
            judge.delay(shape.days).label("delay"),
            judge.held(shape.as_of).label("rests"),
            judge.overdue(shape.as_of, shape.holding).label("overdue"),
        )
        .select_from(marked.join(Case, here).join(Branch, Branch.id == Case.branch_id))
        .where(Case.ended_on.is_(None))
        .subquery("each")
    )
    group = (each.c.reason, each.c.delay, each.c.rests)
    return select(*group, func.count(), func.coalesce(func.sum(each.c.overdue), 0)).group_by(*group)
