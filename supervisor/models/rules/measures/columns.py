"""Cases and what happened to them, column by column, for sums over many cases.

A day is a whole number of days since 1970, `NEVER` stands for no day, money is 分, 0 in `agent`
is nobody. Plain arrays: `models.case_columns` fills them from raw rows or from where they are
kept packed, `rules.measures.periods` makes the facts of a period of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from supervisor.models.enums import Product
from supervisor.models.rules.queue_order import BUCKET_DAYS

Array = npt.NDArray[Any]
Ints = npt.NDArray[np.int64]

EPOCH = date(1970, 1, 1)
NEVER = 2**21
"""A day after all others: no end, no visit, nothing paid."""
_DAYS = NEVER * 2
"""Room for a day below a number: pair * _DAYS + day orders by pair, then by day."""
PRODUCTS = tuple(sorted(one.value for one in Product))
"""The place of a product here is its number in the columns."""


def number_of(day: date) -> int:
    """A day as a number."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The day behind a number."""
    return date.fromordinal(EPOCH.toordinal() + int(number))


@dataclass(frozen=True, slots=True)
class CaseColumns:
    """Columns of some cases by name, of one branch or of several.

    Cases, by id: `id`, `branch`, `agent`, `product`, `placed`, `ended`, `settled`, `reason` (place
    in `reasons` + 1, 0 unknown), `target`, `early` (contacted before it was placed).
    Contracts of cases, by case: `pair_case`; their instalments in the order payments settle them:
    `line_pair`, `line_due`, `line_fen`; their payments by day: `paid_pair`, `paid_on`, `paid_fen`.
    By case and day: completed visits `visit_case`, `visit_on`, `visit_met`; promises that stand
    `promise_case`, `promise_made`, `promise_due`, `promise_kept`, `promise_some` (some of it was
    paid), `promise_agent` (who took it); calls and letters to the debtor
    `contact_case`, `contact_on`, `contact_how`; holds `hold_case`, `hold_from`, `hold_until`,
    `hold_ended`. What ends in `_case` and `_pair` is a place, not an id.
    """

    reasons: tuple[str, ...]
    arrays: Mapping[str, Array]

    def __getitem__(self, name: str) -> Array:
        return self.arrays[name]

    @property
    def size(self) -> int:
        """How many cases."""
        return len(self.arrays["id"])


@dataclass(frozen=True, slots=True)
class Standing:
    """What cases owed on a day each: bucket, 逾期应还 and 结清金额."""

    bucket: Ints
    overdue: Ints
    settle: Ints


class Debts:
    """Answers what cases of a branch owed on any day; `rules.amounts` is the definition."""

    def __init__(self, columns: CaseColumns) -> None:
        self._pair_case = columns["pair_case"].astype(np.int64)
        pairs = np.arange(len(self._pair_case) + 1)
        line_pair = columns["line_pair"].astype(np.int64)
        self._line_due = columns["line_due"].astype(np.int64)
        self._line_key = line_pair * _DAYS + self._line_due
        self._line_sum = _running(columns["line_fen"])
        self._line_at = np.searchsorted(line_pair, pairs)
        paid_pair = columns["paid_pair"].astype(np.int64)
        self._paid_key = paid_pair * _DAYS + columns["paid_on"]
        self._paid_sum = _running(columns["paid_fen"])
        self._paid_at = np.searchsorted(paid_pair, pairs)
        so_far = self._line_sum[1:] - self._line_sum[self._line_at[line_pair]]
        self._room = int(so_far.max(initial=0)) + 2
        self._so_far_key = line_pair * self._room + so_far
        positive = columns["paid_fen"] > 0
        self._income_key = self._paid_key[positive]
        self._case_at = np.searchsorted(self._pair_case, np.arange(columns.size + 1))

    def at(self, cases: Ints, days: Ints) -> Standing:
        """For each case (a place) its standing on the day beside it."""
        points, pairs = self._spread(cases)
        day = days[points]
        key = pairs * _DAYS + day
        starts, ends = self._line_at[pairs], self._line_at[pairs + 1]
        paid = self._paid(pairs, key)
        past = self._line_sum[np.searchsorted(self._line_key, key)] - self._line_sum[starts]
        whole = self._line_sum[ends] - self._line_sum[starts]
        # The first line the money does not reach; money beyond the last line reaches the end.
        reach = pairs * self._room + np.clip(paid, -1, self._room - 1)
        first = np.searchsorted(self._so_far_key, reach, side="right")
        unpaid = first < ends
        due = np.full(len(pairs), NEVER)
        due[unpaid] = self._line_due[first[unpaid]]
        size = len(cases)
        return Standing(
            bucket=_bucket(of_each(points, due, np.minimum, NEVER, size), days),
            overdue=of_each(points, np.maximum(past - paid, 0), np.add, 0, size),
            settle=of_each(points, np.maximum(whole - paid, 0), np.add, 0, size),
        )

    def first_income(self, cases: Ints, days: Ints, within: int) -> Ints:
        """The first day money came in, from the day on and so many days later; else `NEVER`."""
        points, pairs = self._spread(cases)
        key = pairs * _DAYS + days[points]
        place = np.searchsorted(self._income_key, key)
        found = np.append(self._income_key, np.iinfo(np.int64).max)[place]
        inside = found <= key + within
        found_on = np.full(len(pairs), NEVER)
        found_on[inside] = found[inside] - pairs[inside] * _DAYS
        return of_each(points, found_on, np.minimum, NEVER, len(cases))

    def _paid(self, pairs: Ints, key: Ints) -> Ints:
        upto = np.searchsorted(self._paid_key, key, side="right")
        paid: Ints = self._paid_sum[upto] - self._paid_sum[self._paid_at[pairs]]
        return paid

    def _spread(self, cases: Ints) -> tuple[Ints, Ints]:
        """Each point once for each contract of its case: places of points, and contracts."""
        starts = self._case_at[cases]
        counts = self._case_at[cases + 1] - starts
        points = np.repeat(np.arange(len(cases)), counts)
        offsets = np.arange(len(points)) - np.repeat(np.cumsum(counts) - counts, counts)
        return points, starts[points] + offsets


def _running(fen: Array) -> Ints:
    total = np.zeros(len(fen) + 1, dtype=np.int64)
    np.cumsum(fen, dtype=np.int64, out=total[1:])
    return total


def of_each(places: Ints, values: Ints, how: np.ufunc, nothing: int, size: int) -> Ints:
    """What `how` makes of the values of each of so many places; `places` never descend."""
    found = np.full(size, nothing, dtype=np.int64)
    if len(places):
        starts = np.flatnonzero(np.concatenate([[True], places[1:] != places[:-1]]))
        found[places[starts]] = how.reduceat(values.astype(np.int64, copy=False), starts)
    return found


def _bucket(oldest: Ints, days: Ints) -> Ints:
    found: Ints = np.searchsorted(np.asarray(BUCKET_DAYS), days - oldest)
    return found


def packed(column: Array) -> Array:
    """A column of the smallest kind that holds its values; an empty one takes any value."""
    if not len(column):
        return column.astype(np.int64)
    low, high = int(column.min()), int(column.max())
    for kind in (np.uint8, np.int16, np.int32):
        limits = np.iinfo(kind)
        if limits.min <= low and high <= limits.max:
            return column.astype(kind)
    return column.astype(np.int64)
