"""Recompute what `collection_case` derives from raw rows.

Every write that touches a case's facts calls `refresh_cases` before it commits; a read never
writes. All statements are set-based, the same on both engines, and touch one branch at a time.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    CursorResult,
    FromClause,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    false,
    func,
    null,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy import (
    case as when,
)
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.models.base import Id
from supervisor.models.changes import Changes
from supervisor.models.commands import agenda_facts as facts
from supervisor.models.commands import agenda_money as money
from supervisor.models.commands.agenda_money import BRANCH
from supervisor.models.commands.summary_marks import OnlyVisits, mark_columns
from supervisor.models.enums import Act, PlanState, RecallCause, Topic
from supervisor.models.orders import Order
from supervisor.models.rows.plan_checks import DO_NOT_CONTACT
from supervisor.models.tables import (
    Branch,
    Case,
    CaseContract,
    Complaint,
    ContactAttempt,
    Flag,
    FollowUp,
    Hold,
    Payment,
    Promise,
    Visit,
    VisitPlan,
)

ADVANCED_AT_ONCE = 300
"""Balances brought along by one command: a fraction of a second."""
CHUNK = 2_000
"""Cases named in one statement: far below the parameter limits of both engines."""

STRETCH = 5_000
"""Cases of a branch refreshed by one statement when all of them are."""

Scope = Callable[[Any], ColumnElement[bool]]

_IDS: BindParameter[Any] = bindparam("of_ids", type_=Id, expanding=True)
_FIRST: BindParameter[int] = bindparam("from_id", type_=Id)
_LAST: BindParameter[int] = bindparam("until_id", type_=Id)

_case: Table = cast("Table", Case.__table__)
_promise: Table = cast("Table", Promise.__table__)
_plan: Table = cast("Table", VisitPlan.__table__)


def refresh_cases(
    session: Session,
    refs: Collection[tuple[int, int]] | None,
    today: date | None = None,
    *,
    recheck: bool = True,
    visits: OnlyVisits | None = None,
) -> int:
    """Recompute the derived columns of cases, given as (branch id, case id); None: of all.

    `today` (the business date unless given) only chooses which stretch of days the stored overdue
    amount covers; the stretch is stored with it. Versions stay as they are. Gives the number of
    cases whose columns changed. Case rows are locked in the order of their keys.

    With `recheck` something they rest on was written: the coming plans of their borrowers wait to
    be checked by the rules once more (`commands.plan_checking`), and what is kept of the cases for
    measures waits to be made anew. `visits`: what came to cases that nothing else happened to.
    """
    session.flush()
    day = today or clock.today()
    if recheck:
        mark_columns(session, refs, visits)
    if refs is None:
        _gather_statistics(session)
        return sum(_refresh(session, _within, found, day, recheck) for found in _stretches(session))
    return sum(_refresh(session, _named, found, day, recheck) for found in _chunks(refs))


def advance_balances(session: Session, today: date | None = None, most: int | None = None) -> int:
    """Refresh the open cases whose stored overdue amount does not hold on `today`.

    Due dates pass without anybody writing; day by day this brings the stored amounts along, so
    that the queue need not compute them from raw rows. `most` limits how many: first those of
    which not even the amount of the days after the due date holds. Gives the number of cases that
    changed; 0: there is nothing more to do that day.
    """
    day = today or clock.today()
    # What begins later comes last: money valued ahead of its day stays ahead of it.
    stale = (Case.next_overdue_until_on < day, Case.overdue_until_on < day)
    refs: dict[tuple[int, int], None] = {}
    for condition in (*stale, Case.overdue_from_on > day):
        room = None if most is None else most - len(refs)
        found = (
            select(Case.branch_id, Case.id).where(Case.ended_on.is_(None), condition).limit(room)
        )
        refs |= {(row.branch_id, row.id): None for row in session.execute(found)}
    return refresh_cases(session, refs, day, recheck=False)


def advance(session: Session, order: Order) -> Changes:
    """`advance_balances` as a command, some cases at a time so that nobody waits for it."""
    del order
    changed = advance_balances(session, most=ADVANCED_AT_ONCE)
    topics = frozenset({Topic.CASES}) if changed else frozenset()
    return Changes(act=Act.BALANCES_ADVANCED, topics=topics, counts={"cases": changed})


def _chunks(refs: Collection[tuple[int, int]]) -> Iterator[dict[str, Any]]:
    """The cases by branch, a bearable number at a time."""
    for branch_id, group in groupby(sorted(set(refs)), key=itemgetter(0)):
        ids = [case_id for _, case_id in group]
        for start in range(0, len(ids), CHUNK):
            part = ids[start : start + CHUNK]
            ends = {_FIRST.key: part[0], _LAST.key: part[-1]}
            yield {BRANCH.key: branch_id, _IDS.key: part, **ends}


def _stretches(session: Session) -> Iterator[dict[str, Any]]:
    """Every case of every branch, as stretches of ids that lie together."""
    for branch_id in session.scalars(select(Branch.id).order_by(Branch.id)):
        place = func.row_number().over(order_by=Case.id) - 1
        placed = (
            select(Case.id, (place // STRETCH).label("stretch"))
            .where(Case.branch_id == branch_id)
            .subquery()
        )
        ends = (
            select(func.min(placed.c.id), func.max(placed.c.id))
            .group_by(placed.c.stretch)
            .order_by(placed.c.stretch)
        )
        for first, last in session.execute(ends).all():
            yield {BRANCH.key: branch_id, _FIRST.key: first, _LAST.key: last}


def _named(case_id: Any) -> ColumnElement[bool]:
    # The range says nothing new; without statistics SQLite takes the index on the case for it,
    # and would read the whole branch for the list alone.
    return and_(case_id.in_(_IDS), case_id.between(_FIRST, _LAST))


def _within(case_id: Any) -> ColumnElement[bool]:
    return cast("ColumnElement[bool]", case_id.between(_FIRST, _LAST))


def _refresh(
    session: Session,
    scope: Scope,
    found: dict[str, Any],
    day: date,
    recheck: bool,  # noqa: FBT001
) -> int:
    # Locked first, in a statement of its own: what other writers of these cases committed while
    # we waited is then seen by the statements that follow.
    #
    # Straight on the connection: the session would annotate these long statements anew, and so
    # build their cache keys anew, each time.
    connection = session.connection()
    connection.execute(_lock(scope), found)
    connection.execute(_promise_statement(scope), found)
    done = connection.execute(_case_statement(scope), {**found, money.TODAY.key: day})
    if recheck:
        connection.execute(_waiting_statement(scope), found)
    return cast("CursorResult[Any]", done).rowcount


@cache
def _waiting_statement(scope: Scope) -> Update:
    """Coming plans of the borrowers of these cases wait to be checked.

    Those that wait already are written too: a check under way must not overlook what comes now.
    """
    borrowers = select(_case.c.borrower_id).where(_case.c.branch_id == BRANCH, scope(_case.c.id))
    sisters = select(_case.c.id).where(
        _case.c.branch_id == BRANCH, _case.c.borrower_id.in_(borrowers)
    )
    return (
        update(_plan)
        .values(checked_with=None)
        .where(
            _plan.c.branch_id == BRANCH,
            _plan.c.case_id.in_(sisters),
            _plan.c.state == PlanState.PLANNED.value,
        )
    )


@cache
def _lock(scope: Scope) -> Select[Any]:
    return select(func.count()).select_from(
        select(Case.id)
        .where(Case.branch_id == BRANCH, scope(Case.id))
        .order_by(Case.id)
        .with_for_update(key_share=True)
        .subquery()
    )


@cache
def _promise_statement(scope: Scope) -> Update:
    """Money valued from the day a promise was made to the day it was due."""
    paid = (
        select(
            Promise.id,
            func.coalesce(func.sum(Payment.amount_fen), 0).label("fen"),
        )
        .select_from(Promise)
        .outerjoin(
            CaseContract,
            and_(CaseContract.branch_id == BRANCH, CaseContract.case_id == Promise.case_id),
        )
        .outerjoin(
            Payment,
            and_(
                Payment.branch_id == BRANCH,
                Payment.contract_id == CaseContract.contract_id,
                Payment.value_on.between(Promise.made_on, Promise.due_on),
            ),
        )
        .where(Promise.branch_id == BRANCH, scope(Promise.case_id))
        .group_by(Promise.id)
        .subquery()
    )
    fen = money.not_negative(paid.c.fen)
    return (
        update(_promise)
        .values(paid_fen=fen)
        .where(
            _promise.c.branch_id == BRANCH, _promise.c.id == paid.c.id, _promise.c.paid_fen != fen
        )
    )


def _blocks(scope: Scope) -> tuple[CTE, CTE, list[FromClause]]:
    """Contracts covered, the next plan, and every block of derived facts."""
    contracts = money.covered(scope(CaseContract.case_id))
    plan = facts.next_plan(scope(VisitPlan.case_id), scope(Visit.case_id))
    blocks: list[FromClause] = [
        money.money(contracts),
        facts.last_visit(scope(Visit.case_id)),
        facts.last_reached(scope(ContactAttempt.case_id)),
        facts.latest_promise(scope(Promise.case_id)),
        plan,
        facts.hold_over_plan(plan, scope(Hold.case_id)),
        facts.open_hold(scope(Hold.case_id)),
        facts.open_flags(scope(Flag.case_id)),
        facts.open_follow_up(scope(FollowUp.case_id)),
        facts.open_complaint(scope(Complaint.case_id)),
    ]
    return contracts, plan, blocks


def _recall_cause(found: Any) -> ColumnElement[Any]:
    """Why the next plan must be called back, the plainest cause first."""
    paid_since = or_(
        found.heard_at > found.planned_at,
        and_(found.heard_at == found.planned_at, found.heard_id > found.next_plan_id),
    )
    return when(
        (found.next_plan_id.is_(None), null()),
        (and_(found.overdue_fen == 0, paid_since), RecallCause.PAID.value),
        (found.holds_over_plan > 0, RecallCause.HOLD.value),
        (found.complained_at > found.planned_at, RecallCause.COMPLAINT.value),
        (found.critical_since.is_not(None), RecallCause.CRITICAL_FLAG.value),
        (found.recall_rules.like(f"%{DO_NOT_CONTACT}%"), RecallCause.DO_NOT_CONTACT.value),
        (found.recall_rules.is_not(None), RecallCause.RULE.value),
    )


_AS_FOUND = (
    "contract_no",
    "oldest_due_on",
    "overdue_from_on",
    "overdue_until_on",
    "next_overdue_until_on",
    "last_visit_on",
    "last_visit_outcome",
    "next_plan_id",
    "next_plan_on",
    "next_plan_at",
    "hold_from_on",
    "hold_until_on",
    "hold_reason",
    "critical_since",
    "follow_up_due_at",
)
_COUNTED = (
    "settle_fen",
    "overdue_fen",
    "next_overdue_fen",
    "visit_count",
    "next_plan_gaps",
    "flag_count",
)
_OF_PROMISE = ("promise_due_on", "promise_fen", "promise_paid_fen")


def _derived(found: Any) -> dict[str, ColumnElement[Any]]:
    """Every derived column from the blocks side by side."""
    unanswered = and_(
        found.promise_paid_fen < found.promise_fen,
        or_(found.last_visit_on.is_(None), found.last_visit_on <= found.promise_due_on),
        or_(found.reached_on.is_(None), found.reached_on <= found.promise_due_on),
    )
    return {
        **{name: found[name] for name in _AS_FOUND},
        **{name: func.coalesce(found[name], 0) for name in _COUNTED},
        **{name: when((unanswered, found[name])) for name in _OF_PROMISE},
        "recall_cause": _recall_cause(found),
        "complaint_open": when((found.complained_at.is_not(None), true()), else_=false()),
    }


@cache
def _case_statement(scope: Scope) -> Update:
    """One statement for all derived columns, so that a case and its indexes are written once."""
    contracts, plan, blocks = _blocks(scope)
    cases = select(_case.c.id.label("case_id")).where(
        _case.c.branch_id == BRANCH, scope(_case.c.id)
    )
    found = facts.together(cases, blocks)
    fresh = _derived(found.c)
    source = (
        select(found.c.case_id, *(value.label(name) for name, value in fresh.items()))
        # Inside the FROM clause: SQLite counts the rows of a statement that begins with UPDATE.
        .add_cte(contracts, plan, nest_here=True)
        .subquery("fresh")
    )
    differs = or_(*(_case.c[name].is_distinct_from(source.c[name]) for name in fresh))
    return (
        update(_case)
        .values({name: source.c[name] for name in fresh})
        .where(_case.c.branch_id == BRANCH, _case.c.id == source.c.case_id, differs)
    )


def _gather_statistics(session: Session) -> None:
    """After a bulk load the planner of PostgreSQL knows nothing of the new rows yet."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("ANALYZE"))
