"""Facts of the cases of a period, branch by branch."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.queries.case_columns import case_columns
from supervisor.models.rules.measures.periods import PeriodFacts, period_facts
from supervisor.models.tables import Branch


def facts_of(
    session: Session, branches: tuple[int, ...] | None, first_on: date, last_on: date
) -> Iterator[PeriodFacts]:
    """The facts of each of these branches (None: of all), from the first day to the last."""
    stmt = select(Branch.id).order_by(Branch.id)
    if branches is not None:
        stmt = stmt.where(Branch.id.in_(branches))
    for branch_id in session.scalars(stmt).all():
        yield period_facts(case_columns(session, branch_id), first_on, last_on)
