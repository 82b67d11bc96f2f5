"""Promises of a period over all branches, those that are alike counted."""

from collections.abc import Mapping
from datetime import date

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.case_facts import PROMISES, facts_of, folds_kept
from supervisor.models.case_marks import here_of
from supervisor.models.rules.measures.columns import Array, Ints, number_of
from supervisor.models.rules.measures.folded_events import (
    PROMISED,
    UNKNOWN,
    WORD,
    folded_promises,
)
from supervisor.models.tables import Branch


def promises_kept(session: Session, first_on: date, last_on: date) -> Mapping[str, Array]:
    """The columns `PROMISED`, and of each row how far payment data of its branch reach (`known`).

    As they are kept; of branches with a mark, or whose payment data reach less far than they did,
    one by one.
    """
    days, here, known = (first_on, last_on), here_of(session, None), _known(session)
    kept = {
        branch_id: facts
        for branch_id, facts in folds_kept(session, (WORD,), here, days)[WORD].items()
        if int(facts.reasons[0]) <= known[branch_id]
    }
    found, rest = list(kept.values()), here.without(kept)
    if rest:
        each = facts_of(session, PROMISES, here_of(session, rest), *days)
        found += [folded_promises(one, last_on) for one in each]
    columns: dict[str, Array] = {
        name: np.concatenate([_NONE, *(one[name] for one in found)]) for name in PROMISED
    }
    branches = np.array(sorted(known), dtype=np.int64)
    reach = np.array([known[one] for one in branches.tolist()], dtype=np.int64)
    return columns | {"known": reach[np.searchsorted(branches, columns["branch"])]}


_NONE: Ints = np.zeros(0, dtype=np.int64)


def _known(session: Session) -> dict[int, int]:
    stmt = select(Branch.id, Branch.payments_known_on)
    return {
        branch_id: UNKNOWN if day is None else number_of(day)
        for branch_id, day in session.execute(stmt)
    }
