"""What keeps cases with the people that hold them, read alike by the screen and by the order.

Locks come from flags: a serious one nobody has looked at, one that rests the case, one that is
being reviewed. Conflicts count for whoever was at the door, whoever caused them, unless somebody
judged that there was none.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from supervisor.models.enums import FlagCategory, FlagState, PlanState
from supervisor.models.enums_incidents import Verdict
from supervisor.models.rows.fair_split import Lock
from supervisor.models.tables import Case, Flag, Hold, VisitPlan

_UNFOUNDED = (Verdict.NOT_UPHELD, Verdict.FALSE_ALARM, Verdict.DUPLICATE)
_JUDGED = (FlagState.AWAITING_REVIEW, FlagState.AWAITING_DECISION)
_GOING = (PlanState.PLANNED, PlanState.EN_ROUTE, PlanState.ON_SITE, PlanState.REPORTED)
Past: TypeAlias = tuple[dict[int, frozenset[int]], frozenset[int]]


def locks(
    session: Session, branch_id: int, case_ids: Collection[int] | None = None
) -> dict[int, Lock]:
    """Case id -> why it stays; of some cases, or of the whole branch. Plans are not among them."""
    found: dict[int, Lock] = {}
    reviewed = select(Flag.case_id).where(
        Flag.branch_id == branch_id, Flag.state.in_(_JUDGED), *_among(Flag.case_id, case_ids)
    )
    rested = select(Hold.case_id).where(
        Hold.branch_id == branch_id,
        Hold.ended_at.is_(None),
        Hold.flag_id.is_not(None),
        *_among(Hold.case_id, case_ids),
    )
    critical = select(Case.id).where(
        Case.branch_id == branch_id,
        Case.ended_on.is_(None),
        Case.critical_since.is_not(None),
        *_among(Case.id, case_ids),
    )
    for lock, stmt in (
        (Lock.REVIEW, reviewed),
        (Lock.FLAG_HOLD, rested),
        (Lock.CRITICAL, critical),
    ):
        found |= dict.fromkeys(session.scalars(stmt), lock)
    return found


def past(session: Session, branch_id: int, case_ids: Collection[int] | None = None) -> Past:
    """Borrower -> people in an earlier conflict with them, and borrowers that once refused.

    `case_ids`: only borrowers of these cases; their other cases count as well.
    """
    kinds = (FlagCategory.CONFLICT, FlagCategory.REFUSAL)
    stmt = (
        select(Flag.category, Case.borrower_id, Flag.agent_id, Flag.second_agent_id)
        .join(Case, and_(Case.branch_id == Flag.branch_id, Case.id == Flag.case_id))
        .where(
            Flag.branch_id == branch_id,
            Flag.category.in_(kinds),
            or_(Flag.verdict.is_(None), Flag.verdict.not_in(_UNFOUNDED)),
        )
        .distinct()
    )
    if case_ids is not None:
        asked = select(Case.borrower_id).where(Case.branch_id == branch_id, Case.id.in_(case_ids))
        stmt = stmt.where(Case.borrower_id.in_(asked))
    people: dict[int, set[int]] = defaultdict(set)
    refused: set[int] = set()
    for category, borrower, *pair in session.execute(stmt):
        if category == FlagCategory.CONFLICT:
            people[borrower].update(one for one in pair if one is not None)
        else:
            refused.add(borrower)
    return {borrower: frozenset(some) for borrower, some in people.items()}, frozenset(refused)


def doors(session: Session, branch_id: int, on: date) -> dict[int, int]:
    """Windows of a day by person, of both partners; cases of one door share one."""
    stmt = select(
        VisitPlan.agent_id, VisitPlan.second_agent_id, VisitPlan.window_from, VisitPlan.window_until
    ).where(VisitPlan.branch_id == branch_id, VisitPlan.plan_on == on, VisitPlan.state.in_(_GOING))
    windows: dict[int, set[tuple[datetime, datetime]]] = defaultdict(set)
    for first, second, begins, ends in session.execute(stmt):
        for one in (first, second):
            if one is not None:
                windows[one].add((begins, ends))
    return {staff_id: len(some) for staff_id, some in windows.items()}


def _among(
    column: InstrumentedAttribute[int], ids: Collection[int] | None
) -> tuple[ColumnElement[bool], ...]:
    return () if ids is None else (column.in_(ids),)
