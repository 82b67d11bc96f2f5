"""The cases an order names: found, locked in the order of their keys, checked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.errors import ConflictError, NotAllowedError, SupervisorError
from supervisor.models.changes import Actor, Refusal
from supervisor.models.enums import HoldReason, Mark
from supervisor.models.ids import BranchId, CaseId, StaffId
from supervisor.models.orders import CaseRef
from supervisor.models.rows.judged import Judged, JudgedCase
from supervisor.models.tables import Case

CHUNK = 500
"""Keys named in one statement."""

Objection = Callable[[JudgedCase], Refusal | None]
"""Why an order would leave this case alone; None: it would not."""


def no_objection(_case: JudgedCase) -> Refusal | None:
    """Every case will do."""
    return None


def refuse(case: JudgedCase, code: str, **facts: str | int) -> Refusal:
    """A refusal in the name people know the case by."""
    return Refusal(subject=case.case_no, code=code, facts=facts)


def judge(
    session: Session,
    actor: Actor,
    refs: Iterable[CaseRef],
    objection: Objection = no_objection,
    *,
    lock: bool,
    ended: bool = False,
) -> Judged:
    """Which of the named cases an order takes; a case named twice is taken once.

    `ended`: cases that left the queue will do as well.

    With `lock` the rows stay as they were judged until the transaction ends; all writers lock in
    the order of the keys, so that they queue and never block each other for good.
    """
    accepted: list[JudgedCase] = []
    refused: list[Refusal] = []
    wanted = {(ref.branch_id, ref.case_id): ref for ref in refs}
    for key, case in _found(session, sorted(wanted), lock=lock):
        if case is None:
            refused.append(Refusal(subject=str(key[1]), code="case_not_found"))
            continue
        reason = _general(actor, wanted[key], case, ended=ended) or objection(case)
        if reason is None:
            accepted.append(case)
        else:
            refused.append(reason)
    return Judged(tuple(accepted), tuple(refused))


def the_case(session: Session, actor: Actor, ref: CaseRef, *, ended: bool = False) -> JudgedCase:
    """The one case an order names, locked. `ended`: a case that left the queue will do as well.

    Raises:
        ConflictError: it is gone, ended or changed since it was read.
        NotAllowedError: it belongs to a branch that is not the actor's.
    """
    ((_, case),) = _found(session, [(ref.branch_id, ref.case_id)], lock=True)
    if case is None:
        raise ConflictError("case_not_found")
    refusal = _general(actor, ref, case, ended=ended)
    if refusal is not None:
        raise as_error(refusal)
    return case


def as_error(refusal: Refusal) -> SupervisorError:
    """The same reason as an error, for orders about one record."""
    kind = NotAllowedError if refusal.code == "branch_not_yours" else ConflictError
    return kind(refusal.code, **refusal.facts)


def may_see(actor: Actor, branch_id: int) -> bool:
    """Whether the branch is among the actor's."""
    return actor.branches is None or branch_id in actor.branches


def _general(
    actor: Actor, ref: CaseRef, case: JudgedCase, *, ended: bool = False
) -> Refusal | None:
    if not may_see(actor, case.branch_id):
        return refuse(case, "branch_not_yours")
    if case.ended_on is not None and not ended:
        return refuse(case, "case_ended", on=case.ended_on.isoformat())
    if ref.version is not None and ref.version != case.version:
        return refuse(case, "case_changed")
    return None


def _found(
    session: Session, keys: Sequence[tuple[BranchId, CaseId]], *, lock: bool
) -> Iterator[tuple[tuple[BranchId, CaseId], JudgedCase | None]]:
    for branch_id, part in by_branch(keys):
        stmt = (
            select(
                Case.id,
                Case.case_no,
                Case.version,
                Case.agent_id,
                Case.second_agent_id,
                Case.second_person_asked,
                Case.mark,
                Case.hold_reason,
                Case.ended_on,
                Case.overdue_fen,
            )
            .where(Case.branch_id == branch_id, Case.id.in_(part))
            .order_by(Case.id)
        )
        if lock:
            stmt = stmt.with_for_update(key_share=True)
        rows = {row.id: row for row in session.execute(stmt)}
        for case_id in part:
            row = rows.get(case_id)
            yield (
                (BranchId(branch_id), CaseId(case_id)),
                None if row is None else _case(branch_id, row),
            )


def _case(branch_id: int, row: Any) -> JudgedCase:
    return JudgedCase(
        branch_id=BranchId(branch_id),
        case_id=CaseId(row.id),
        case_no=row.case_no,
        version=row.version,
        agent_id=None if row.agent_id is None else StaffId(row.agent_id),
        second_agent_id=None if row.second_agent_id is None else StaffId(row.second_agent_id),
        second_person_asked=row.second_person_asked,
        mark=Mark(row.mark) if row.mark else None,
        hold_reason=HoldReason(row.hold_reason) if row.hold_reason else None,
        ended_on=row.ended_on,
        overdue_fen=row.overdue_fen,
    )


def by_branch(keys: Iterable[tuple[int, int]]) -> Iterator[tuple[int, list[int]]]:
    """Keys in order, as (branch, a bearable number of its ids)."""
    for branch_id, group in groupby(sorted(keys), key=lambda key: key[0]):
        ids = [row_id for _, row_id in group]
        for start in range(0, len(ids), CHUNK):
            yield branch_id, ids[start : start + CHUNK]
