"""Lines of the queue for known cases: names, neighbours and the reason, for a page at a time."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    JSON,
    BigInteger,
    BindParameter,
    ColumnElement,
    Date,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    select,
    text,
)
from sqlalchemy.orm import Session, aliased

from supervisor.models.enums import RecallCause
from supervisor.models.queries.queue_conditions import Days, overdue_from_raw
from supervisor.models.queries.queue_lines import Stored, line
from supervisor.models.queries.queue_sorting import Agent, Second
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.models.tables import Borrower, BorrowerName, Branch, Case, Team, VisitPlan

AT_ONCE = 500
"""Cases read by one statement."""
_WANTED: BindParameter[str] = bindparam("wanted_keys", type_=Text())
_DAY: BindParameter[date] = bindparam("on_day", type_=Date())


def rows(session: Session, days: Days, keys: Sequence[tuple[int, int]]) -> tuple[CaseQueueRow, ...]:
    """The lines of these cases, in this order; what is gone meanwhile is left out."""
    statement = _statement(session.get_bind().dialect.name == "sqlite")
    found: dict[tuple[int, int], CaseQueueRow] = {}
    as_of = days.house.as_of
    _join_as_written(session)
    for some in _batches(keys):
        read = session.execute(statement, {_WANTED.key: json.dumps([list(key) for key in some])})
        lines = [Stored._make(row) for row in read]
        amounts = _amounts(session, lines, as_of)
        for row in lines:
            key = (row.branch_id, row.id)
            found[key] = line(row, days, amounts[key])
    return tuple(found[key] for key in keys if key in found)


def _join_as_written(session: Session) -> None:
    """Keep PostgreSQL from weighing every order of a dozen joins by key until this reading ends.

    Weighing them took longer than reading.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL join_collapse_limit = 1"))


def _amounts(session: Session, lines: Sequence[Stored], as_of: date) -> dict[tuple[int, int], int]:
    """What is overdue on the day: stored, or from raw rows where no stored amount holds."""
    found: dict[tuple[int, int], int] = {}
    missing: list[tuple[int, int]] = []
    for row in lines:
        amount = _stored_amount(row, as_of)
        if amount is None:
            missing.append((row.branch_id, row.id))
        else:
            found[row.branch_id, row.id] = amount
    if missing:
        listed = {_WANTED.key: json.dumps([list(key) for key in missing]), _DAY.key: as_of}
        statement = _raw_statement(session.get_bind().dialect.name == "sqlite")
        found |= {(row[0], row[1]): row[2] for row in session.execute(statement, listed)}
    return found


def _stored_amount(row: Stored, as_of: date) -> int | None:
    """As `queue_conditions.overdue`, for one case; None: in raw rows alone."""
    if row.overdue_from_on is not None and row.overdue_from_on > as_of:
        return None
    if row.overdue_until_on is None or row.overdue_until_on >= as_of:
        return row.overdue_fen
    if row.next_overdue_until_on is None or row.next_overdue_until_on >= as_of:
        return row.next_overdue_fen
    return None


@cache
def _raw_statement(sqlite: bool) -> Select[int, int, int]:  # noqa: FBT001 - the cache's key
    wanted = _wanted(sqlite=sqlite)
    here = and_(Case.branch_id == wanted.c.branch_id, Case.id == wanted.c.id)
    return (
        select(Case.branch_id, Case.id, overdue_from_raw(_DAY)).select_from(wanted).join(Case, here)
    )


def _batches(keys: Sequence[tuple[int, int]]) -> Iterable[Sequence[tuple[int, int]]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


@cache
def _statement(sqlite: bool) -> Select[*tuple[Any, ...]]:  # noqa: FBT001 - the cache's key
    """The columns of `Stored`, in its order.

    Made once per engine: only the wanted keys change, and they are one parameter.
    """
    wanted = _wanted(sqlite=sqlite)
    return (
        select(
            Case.branch_id,
            Case.id,
            Case.case_no,
            Case.contract_no,
            Case.placed_on,
            Case.ended_on,
            Case.version,
            Case.mark,
            Case.product,
            Case.oldest_due_on,
            Case.settle_fen,
            Case.last_visit_on,
            Case.last_visit_outcome,
            Case.visit_count,
            Case.promise_due_on,
            Case.promise_fen,
            Case.promise_paid_fen,
            Case.next_plan_id,
            Case.next_plan_on,
            Case.next_plan_at,
            Case.next_plan_gaps,
            Case.recall_cause,
            VisitPlan.recall_rules,
            Case.hold_from_on,
            Case.hold_until_on,
            Case.hold_reason,
            Case.retained_until_on,
            Case.critical_since,
            Case.follow_up_due_at,
            Case.flag_count,
            Case.agent_id,
            Case.second_agent_id,
            Case.second_person_asked,
            Case.overdue_fen,
            Case.overdue_from_on,
            Case.overdue_until_on,
            Case.next_overdue_fen,
            Case.next_overdue_until_on,
            household().label("household_n"),
            case(
                (Branch.shows_names, func.coalesce(BorrowerName.full_name, Borrower.masked_name)),
                else_=Borrower.masked_name,
            ).label("shown_name"),
            Borrower.area,
            Branch.name.label("branch"),
            Branch.payments_known_on,
            Team.name.label("team"),
            Agent.name.label("agent"),
            Agent.staff_no.label("agent_no"),
            Second.name.label("second_agent"),
            Second.staff_no.label("second_agent_no"),
        )
        .select_from(wanted)
        .join(Case, and_(Case.branch_id == wanted.c.branch_id, Case.id == wanted.c.id))
        .join(Branch, Branch.id == Case.branch_id)
        .join(Borrower, and_(Borrower.branch_id == Case.branch_id, Borrower.id == Case.borrower_id))
        .outerjoin(
            BorrowerName,
            and_(
                BorrowerName.branch_id == Case.branch_id,
                BorrowerName.borrower_id == Case.borrower_id,
                Branch.shows_names,
            ),
        )
        .outerjoin(Agent, Agent.id == Case.agent_id)
        .outerjoin(Team, Team.id == Agent.team_id)
        .outerjoin(Second, Second.id == Case.second_agent_id)
        .outerjoin(
            VisitPlan,
            and_(
                Case.recall_cause == RecallCause.RULE.value,
                VisitPlan.branch_id == Case.branch_id,
                VisitPlan.id == Case.next_plan_id,
            ),
        )
    )


def _wanted(*, sqlite: bool) -> CTE:
    """The wanted keys, given as a JSON list of pairs."""
    if sqlite:
        each = func.json_each(_WANTED).table_valued("value")
        parts: list[ColumnElement[Any]] = [
            func.json_extract(each.c.value, f"$[{place}]") for place in (0, 1)
        ]
    else:
        pair = func.json_array_elements(cast(_WANTED, JSON)).column_valued("pair")
        parts = [cast(pair.op("->>")(place), BigInteger) for place in (0, 1)]
    return select(parts[0].label("branch_id"), parts[1].label("id")).cte("wanted")


def household() -> Any:
    """Open cases of the borrower, or of everybody at the borrower's address."""
    other, neighbour = aliased(Case, name="other"), aliased(Borrower, name="neighbour")
    of_borrower = (
        select(func.count())
        .where(
            other.branch_id == Case.branch_id,
            other.borrower_id == Case.borrower_id,
            other.ended_on.is_(None),
        )
        .correlate(Case)
        .scalar_subquery()
    )
    at_address = (
        select(func.count())
        .select_from(neighbour)
        .join(
            other,
            and_(other.branch_id == neighbour.branch_id, other.borrower_id == neighbour.id),
        )
        .where(
            neighbour.branch_id == Borrower.branch_id,
            neighbour.household_key == Borrower.household_key,
            other.ended_on.is_(None),
        )
        .correlate(Borrower)
        .scalar_subquery()
    )
    return case((Borrower.household_key.is_not(None), at_address), else_=of_borrower)
