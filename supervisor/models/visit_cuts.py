"""The cuts of the summary, made of `visit_facts`, for whoever cleans, checks or reads."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    FromClause,
    Select,
    and_,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from supervisor.models.rules.parameters import PARAMETERS, QUIET_FROM, QUIET_UNTIL
from supervisor.models.tables import Borrower, Case, Parameter, Visit
from supervisor.models.visit_facts import COUNTERS, Quiet, completed, flagged, one, visits_from

HOUR, CASE, AGENT = "hour", "case", "agent"
CUTS = (HOUR, CASE, AGENT)
OF_HOUSE = (HOUR, CASE)
"""Cuts that are summed up over all branches as well."""
KEYS = ("branch_id", "cut", "day", "key", "product")
"""What a row of the summary is known by."""
AREA_KEYS = ("branch_id", "day", "area")
AREA_COUNTERS = ("visits", "flagged")
"""What a row of the summary by area is known by, and what it counts."""
NOBODY = 0
"""The key of a visit without a named person."""


def quiet_of(session: Session) -> Quiet:
    """The lawful hours of the house."""
    found = {
        row.key: row.value
        for row in session.execute(
            select(Parameter.key, Parameter.value).where(
                Parameter.branch_id == 0, Parameter.key.in_((QUIET_UNTIL, QUIET_FROM))
            )
        )
    }

    def at(key: str) -> time:
        return time.fromisoformat(found.get(key, PARAMETERS[key].default))

    return Quiet(at(QUIET_UNTIL), at(QUIET_FROM))


def participations(facts: CTE) -> CTE:
    """The facts once for each person who took part, as `person`; nobody named: once for 0."""
    rest = [column for column in facts.c if column.name not in {"agent_id", "second_agent_id"}]
    lead = select(func.coalesce(facts.c.agent_id, NOBODY).label("person"), *rest)
    second = select(facts.c.second_agent_id.label("person"), *rest).where(
        facts.c.second_agent_id.is_not(None)
    )
    return union_all(lead, second).cte("participations")


def cut_of(facts: CTE, cut: str) -> Select[Any]:
    """Rows of the summary as they should be: `KEYS`, then the counters."""
    product: Any = literal("")
    if cut == AGENT:
        rows = participations(facts)
        key = rows.c.person
    elif cut == CASE:
        rows, key, product = facts, facts.c.bucket, facts.c.product
    else:
        rows, key = facts, facts.c.hour
    keys = [rows.c.branch_id, rows.c.day, key] + ([product] if cut == CASE else [])
    return select(
        rows.c.branch_id,
        literal(cut).label("cut"),
        rows.c.day,
        key.label("key"),
        product.label("product"),
        *(func.sum(rows.c[name]).label(name) for name in COUNTERS),
    ).group_by(*keys)


def areas_of(
    conditions: Sequence[ColumnElement[bool]], source: FromClause | None = None
) -> Select[Any]:
    """Rows of the summary by area as they should be: branch_id, day, area, visits, flagged.

    Arguments as of `visit_facts`.
    """
    keys: list[Any] = [Visit.done_by_branch_id, Visit.visited_on, Borrower.area]
    counters = (func.count(), func.sum(one(flagged())))
    whose = and_(Case.branch_id == Visit.branch_id, Case.id == Visit.case_id)
    who = and_(Borrower.branch_id == Case.branch_id, Borrower.id == Case.borrower_id)
    named = zip((*keys, *counters), (*AREA_KEYS, *AREA_COUNTERS), strict=True)
    return (
        select(*(column.label(name) for column, name in named))
        .select_from(visits_from(source).join(Case, whose).join(Borrower, who))
        .where(completed(), *conditions)
        .group_by(*keys)
    )
