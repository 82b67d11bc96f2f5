"""Attempts and promises of a period that are alike, counted: what office-wide pages add up.

Beside `folded`, which counts cases. A folded row reads as an attempt or a promise does, with a
`weight`; days that make no difference to any question about the period become one.
"""

from collections.abc import Mapping
from datetime import date

import numpy as np

from supervisor.models.rules.measures.columns import NEVER, Array, number_of, packed
from supervisor.models.rules.measures.definitions import YIELD_DAYS
from supervisor.models.rules.measures.folded import alike
from supervisor.models.rules.measures.periods import PeriodFacts
from supervisor.models.rules.measures.promised import ALL
from supervisor.models.rules.promises import GRACE

REACH, WORD = "reach", "word"
"""Attempts, and promises, as they are kept folded."""
REACHED = ("try_how", "try_bucket", "try_on", "try_income", "weight")
PROMISED = (
    *("branch", "promise_agent", "promise_due", "promise_paid", "promise_before"),
    "weight",
)  # fmt: skip
"""Columns of each, the number of attempts or promises last."""
OVER, LATER = 0, NEVER
"""`promise_due` of what is over, whoever asks, and of what is due after the period."""
UNKNOWN = -1
"""How far payment data reach where nobody knows."""


def folded_tries(facts: PeriodFacts, last_on: date) -> PeriodFacts:
    """Attempts of a period that ends on a day; nobody asks as of an earlier one.

    Money that came by that day has come whenever it is asked; attempts so old that no money is
    waited for are all as old as need be.
    """
    end, never = number_of(last_on), facts["try_income"] == NEVER
    income = np.where(never, NEVER, np.maximum(facts["try_income"].astype(np.int64), end))
    tried = np.maximum(facts["try_on"].astype(np.int64), end - YIELD_DAYS)
    keys = {
        "try_how": facts["try_how"],
        "try_bucket": facts["try_bucket"],
        # Who paid is waited for until then.
        "try_on": np.where(never, tried, income - YIELD_DAYS + 1),
        "try_income": income,
    }
    return _counted((), keys)


def folded_promises(facts: PeriodFacts, last_on: date, known: int = UNKNOWN) -> PeriodFacts:
    """Promises of a period that ends on a day.

    True where payment data reach at least as far as `known` (a day as a number), which is kept as
    the only word.
    """
    end, due = number_of(last_on), facts["promise_due"].astype(np.int64)
    over = (facts["promise_paid"] == ALL) | ((due < end) & (due + GRACE.days <= known))
    keys = {
        "branch": facts["branch"][facts["promise_case"]],
        "promise_agent": facts["promise_agent"],
        "promise_due": np.where(due > end, LATER, np.where(over, OVER, due)),
        "promise_paid": facts["promise_paid"],
        "promise_before": facts["promise_before"],
    }
    return _counted((str(known),), keys)


def _counted(words: tuple[str, ...], keys: Mapping[str, Array]) -> PeriodFacts:
    first, group = alike(list(keys.values()))
    arrays = {name: values[first] for name, values in keys.items()}
    arrays["weight"] = np.bincount(group, minlength=len(first))
    return PeriodFacts(words, {name: packed(values) for name, values in arrays.items()})
