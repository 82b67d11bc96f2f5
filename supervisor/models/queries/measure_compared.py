"""On whom visits and flags fall: by product and by area."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from supervisor.models.enums_measures import Dimension
from supervisor.models.queries.flagged import completed, flagged
from supervisor.models.queries.measure_visits import branches_of, visit_sums
from supervisor.models.rows.measures import Counted, MeasureFilter
from supervisor.models.tables import Borrower, Case, Visit


def fairness_rows(session: Session, wanted: MeasureFilter) -> Iterator[Counted]:
    """Flagged visits / visits by product and by area: whom does it fall on?"""
    by_product = replace(wanted, by=(Dimension.PRODUCT,))
    for (product,), sums in visit_sums(session, by_product).items():
        n = sums["visits"]
        yield Counted(sums["flagged"], n, n, 0, (), f"product:{product}")
    branches = branches_of(wanted)
    scope = [] if branches is None else [Visit.done_by_branch_id.in_(branches)]
    stmt = (
        select(Borrower.area, func.sum(case((flagged(), 1), else_=0)), func.count())
        .select_from(Visit)
        .join(Case, and_(Case.branch_id == Visit.branch_id, Case.id == Visit.case_id))
        .join(
            Borrower,
            and_(Borrower.branch_id == Case.branch_id, Borrower.id == Case.borrower_id),
        )
        .where(completed(), Visit.visited_on.between(wanted.first_on, wanted.until), *scope)
        .group_by(Borrower.area)
        .order_by(Borrower.area)
    )
    for area, hits, of in session.execute(stmt):
        yield Counted(int(hits), int(of), int(of), 0, (), f"area:{area}")
