"""Attempts of visits that came since the columns of their cases were kept.

With no money valued on the day of the visit or later, the case owes today what it owed then, and
nothing has come in: nearly all visits of the last days are of that kind. The others are worked out
from the debts of their cases.
"""

from collections.abc import Collection
from datetime import date

import numpy as np
from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from supervisor.models.case_columns import (
    Among,
    day_number,
    debts_of,
    integers,
    product_number,
)
from supervisor.models.enums_measures import ReachedBy
from supervisor.models.rules.measures.columns import NEVER, Debts, Ints
from supervisor.models.rules.measures.definitions import YIELD_DAYS
from supervisor.models.rules.measures.periods import TRIES, PeriodFacts
from supervisor.models.rules.measures.visited import Visited
from supervisor.models.standing import bucket_of
from supervisor.models.tables import Case, CaseColumnsDirty, Visit
from supervisor.models.visit_facts import money_since


def new_tries(
    session: Session, visited: Visited, branches: Collection[int], days: tuple[date, date]
) -> PeriodFacts:
    """As `attempt_facts`, of these visits of some branches on the days, both included."""
    dirty = CaseColumnsDirty
    told = (
        select(
            Visit.id,
            Visit.branch_id,
            Visit.case_id,
            func.coalesce(Case.agent_id, 0),
            product_number(Case.product),
            day_number(Visit.visited_on),
            bucket_of(Case.oldest_due_on, Visit.visited_on),
            case((money_since(Visit.visited_on), 1), else_=0),
        )
        .select_from(dirty)
        .join(Visit, and_(Visit.branch_id == dirty.branch_id, Visit.id == dirty.visit_id))
        .join(Case, and_(Case.branch_id == Visit.branch_id, Case.id == Visit.case_id))
        .where(dirty.branch_id.in_(branches), Visit.visited_on.between(*days))
    )
    rows = np.array(integers(session, told))
    id_, branch, case_id, agent, product, on, bucket, later = rows[:, np.isin(rows[0], visited.id)]
    income = np.full(len(id_), NEVER)
    paid = np.flatnonzero(later)
    if len(paid):
        place, debts = _debts(session, branch[paid], case_id[paid])
        bucket[paid] = debts.at(place, on[paid]).bucket
        income[paid] = debts.first_income(place, on[paid], YIELD_DAYS)
    among, first, place = np.unique(case_id, return_index=True, return_inverse=True)
    return PeriodFacts(
        (),
        {
            "id": among,
            "branch": branch[first],
            "agent": agent[first],
            "product": product[first],
            "try_case": place,
            "try_on": on,
            "try_how": np.full(len(on), TRIES.index(ReachedBy.VISIT)),
            "try_bucket": bucket,
            "try_income": income,
        },
    )


def _debts(session: Session, branch: Ints, case_id: Ints) -> tuple[Ints, Debts]:
    """The place of each of these cases among all of them, and what those owed when."""
    keys = select(Case.branch_id, Case.id).where(
        Case.branch_id.in_(np.unique(branch).tolist()), Case.id.in_(np.unique(case_id).tolist())
    )
    ids, debts = debts_of(session, Among(keys=keys))
    return np.searchsorted(ids, case_id), debts
