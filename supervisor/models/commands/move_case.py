"""Move a case to another branch; borrower, contracts, sister cases and all children go along."""

from collections.abc import Sequence

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Changes
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.selection import may_see, the_case
from supervisor.models.commands.summary_marks import mark_columns
from supervisor.models.enums import Act, Topic
from supervisor.models.ledger import allocate_ids
from supervisor.models.orders import MoveCase
from supervisor.models.tables import Assignment, Borrower, Branch, Case, Contract

TOPICS = frozenset(
    {
        Topic.CASES,
        Topic.PAYMENTS,
        Topic.VISITS,
        Topic.PLANS,
        Topic.PROMISES,
        Topic.CONTACTS,
        Topic.COMPLAINTS,
        Topic.FLAGS,
    }
)


def move_case(session: Session, order: MoveCase) -> Changes:
    """Move the borrower; every child follows by its key. Nobody holds the cases afterwards.

    Who did what before (`done_by_branch_id`) stays where it was done.

    Raises:
        BadInputError: there is no such branch, or the case is there already.
        ConflictError: the case is gone or changed, or its numbers are taken in that branch.
        NotAllowedError: one of the branches is not the actor's.
    """
    origin, target = order.case.branch_id, order.to_branch_id
    if not may_see(order.actor, target):
        raise NotAllowedError("branch_not_yours")
    if session.scalar(select(Branch.id).where(Branch.id == target)) is None:
        raise BadInputError("branch_unknown")
    if origin == target:
        raise BadInputError("case_there_already")
    borrower_id = session.scalar(
        select(Case.borrower_id).where(Case.branch_id == origin, Case.id == order.case.case_id)
    )
    sisters = session.scalars(
        select(Case.id)
        .where(Case.branch_id == origin, Case.borrower_id == borrower_id)
        .order_by(Case.id)
        .with_for_update()
    ).all()
    case = the_case(session, order.actor, order.case, ended=True)
    _refuse_taken_numbers(session, origin, target, borrower_id or 0)
    session.execute(
        update(Borrower)
        .where(Borrower.branch_id == origin, Borrower.id == borrower_id)
        .values(branch_id=target, version=Borrower.version + 1),
        execution_options={"synchronize_session": False},
    )
    _release(session, order, sisters)
    mark_columns(session, [(origin, case_id) for case_id in sisters])
    refresh_cases(session, [(target, case_id) for case_id in sisters])
    return Changes(
        act=Act.CASE_MOVED,
        topics=TOPICS,
        counts={"cases": len(sisters)},
        facts={"case_id": case.case_id, "from_branch": origin, "to_branch": target},
    )


def _refuse_taken_numbers(session: Session, origin: int, target: int, borrower_id: int) -> None:
    """Numbers are unique within a branch; say which one is in the way."""
    for table, number, owner in (
        (Borrower, Borrower.borrower_no, Borrower.id),
        (Case, Case.case_no, Case.borrower_id),
        (Contract, Contract.contract_no, Contract.borrower_id),
    ):
        moving = select(number).where(table.branch_id == origin, owner == borrower_id)
        taken = session.scalar(
            select(number).where(table.branch_id == target, number.in_(moving)).limit(1)
        )
        if taken is not None:
            raise ConflictError("number_taken_there", number=taken)


def _release(session: Session, order: MoveCase, case_ids: Sequence[int]) -> None:
    """The other branch decides anew who holds the cases; the history says when that began."""
    target, now = order.to_branch_id, clock.now()
    unsynchronised = {"synchronize_session": False}
    session.execute(
        update(Assignment)
        .where(
            Assignment.branch_id == target,
            Assignment.case_id.in_(case_ids),
            Assignment.until_at.is_(None),
        )
        .values(until_at=now, version=Assignment.version + 1),
        execution_options=unsynchronised,
    )
    session.execute(
        update(Case)
        .where(Case.branch_id == target, Case.id.in_(case_ids))
        .values(
            agent_id=None,
            second_agent_id=None,
            second_person_asked=False,
            version=Case.version + 1,
        ),
        execution_options=unsynchronised,
    )
    rows = [
        {
            "branch_id": target,
            "id": id_,
            "case_id": case_id,
            "from_at": now,
            "by": order.actor.name,
            "done_by_branch_id": target,
            "recorded_at": now,
        }
        for case_id, id_ in zip(case_ids, allocate_ids(session, len(case_ids)), strict=True)
    ]
    session.execute(insert(Assignment), rows)
