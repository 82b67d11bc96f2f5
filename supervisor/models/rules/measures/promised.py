"""Promises of a period: whose they are, how they stand, what the case promised before."""

from datetime import date

import numpy as np

from supervisor.models.rules.measures.columns import (
    NEVER,
    Array,
    CaseColumns,
    Debts,
    Ints,
    number_of,
    packed,
)
from supervisor.models.rules.measures.periods import PeriodFacts

NOTHING, SOME, ALL = range(3)
"""What was paid of a promise by its day, in `promise_paid`."""
FIRST, ALL_KEPT, SOME_UNPAID = range(3)
"""What the case had promised for an earlier day, in `promise_before`."""


def promise_facts(
    columns: CaseColumns, first_on: date, last_on: date, debts: Debts | None = None
) -> PeriodFacts:
    """Promises due on these days, or made on them and due later.

    Of their cases `id` and `branch`; of each promise `promise_case`, `promise_agent` (who took it),
    `promise_due`, `promise_paid` and `promise_before`.
    """
    del debts
    first, end = number_of(first_on), number_of(last_on)
    case = columns["promise_case"].astype(np.int64)
    made, due = columns["promise_made"], columns["promise_due"].astype(np.int64)
    now = (due >= first) & ((due <= end) | ((made >= first) & (made <= end)))
    among, place = np.unique(case[now], return_inverse=True)
    paid = np.where(columns["promise_kept"], ALL, np.where(columns["promise_some"], SOME, NOTHING))
    arrays: dict[str, Array] = {name: columns[name][among] for name in ("id", "branch")}
    arrays |= {
        "promise_case": place,
        "promise_agent": columns["promise_agent"][now],
        "promise_due": due[now],
        "promise_paid": paid[now],
        "promise_before": _before(columns, case, due)[now],
    }
    return PeriodFacts((), {name: packed(values) for name, values in arrays.items()})


def _before(columns: CaseColumns, case: Ints, due: Ints) -> Ints:
    def earlier(some: Array) -> Array:
        """Promises of whose case one of some is due before."""
        earliest = np.full(columns.size, NEVER)
        np.minimum.at(earliest, case[some], due[some])
        found: Array = due > earliest[case]
        return found

    every = np.ones(len(case), dtype=np.bool_)
    unpaid = np.where(earlier(~columns["promise_kept"]), SOME_UNPAID, ALL_KEPT)
    return np.where(earlier(every), unpaid, FIRST)
