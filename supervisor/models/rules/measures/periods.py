"""Facts of cases in a period, made of the columns of their branch, and put together over branches.

The base of a period is what was open when it began and what was placed in it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from supervisor.models.enums_measures import ReachedBy
from supervisor.models.rules.measures.columns import (
    NEVER,
    Array,
    CaseColumns,
    Debts,
    Ints,
    number_of,
    of_each,
    packed,
)
from supervisor.models.rules.measures.definitions import YIELD_DAYS

TRIES = tuple(ReachedBy)
"""The place of a way of reaching is its number in `try_how`."""


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """What measures look at of some cases in a period.

    Of each case, by id: `id`, `branch`, `agent`, `product`, `placed`, `ended`, `settled`,
    `reason`, `target`, `early`, `base` (in hand at some time of the period; what was kept by
    earlier versions has others as well), `rested` (one hold lasted all the time), `placed_bucket`,
    `placed_overdue`,
    `start_bucket`, `start_overdue`, `start_settle` (the day before the period), `end_bucket`,
    `end_overdue`, `first_visit`, `last_visit` (since it was placed), `visits`, `met`, `promises`,
    `kept`, `received`, and `income` (the first day anything was paid while in hand, whenever).
    Of intakes (`intake_facts`) money by day, whenever: `curve_case`, `curve_on`, `curve_fen`.
    Ways a borrower was tried (`attempt_facts`): `try_case`, `try_on`, `try_how`, `try_bucket` (on
    that day), `try_income` (first money within the days of the yield).
    """

    reasons: tuple[str, ...]
    arrays: Mapping[str, Array]

    def __getitem__(self, name: str) -> Array:
        return self.arrays[name]


def period_facts(
    columns: CaseColumns, first_on: date, last_on: date, debts: Debts | None = None
) -> PeriodFacts:
    """Facts of the days from `first_on` to `last_on`, both included; `debts`: of the columns."""
    first, end = number_of(first_on), number_of(last_on)
    start = first - 1
    debts = debts or Debts(columns)
    placed, ended = columns["placed"].astype(np.int64), columns["ended"].astype(np.int64)
    base = (placed <= end) & (ended > start)
    among = np.flatnonzero(base)
    at_placed = debts.at(among, placed[among])
    at_start = debts.at(among, np.full(len(among), start))
    at_end = debts.at(among, np.full(len(among), end))
    arrays = {name: columns[name][among] for name in _OF_CASE} | {
        "base": base[among],
        "placed_bucket": at_placed.bucket,
        "placed_overdue": at_placed.overdue,
        "start_bucket": at_start.bucket,
        "start_overdue": at_start.overdue,
        "start_settle": at_start.settle,
        "end_bucket": at_end.bucket,
        "end_overdue": at_end.overdue,
        "rested": _rested(columns, first, end)[among],
    }
    for made in (
        _visits(columns, first, end),
        _promises(columns, first, end),
        _money(columns, first, end),
    ):
        arrays |= {name: values[among] for name, values in made.items()}
    kept = {
        name: values if values.dtype == np.bool_ else packed(values)
        for name, values in arrays.items()
    }
    return PeriodFacts(columns.reasons, kept)


def attempt_facts(
    columns: CaseColumns, first_on: date, last_on: date, debts: Debts | None = None
) -> PeriodFacts:
    """Ways borrowers were tried on these days, and the cases they were tried for."""
    first, end = number_of(first_on), number_of(last_on)
    tries = _tries(columns, debts or Debts(columns), first, end)
    among, place = np.unique(tries["try_case"], return_inverse=True)
    arrays = {name: columns[name][among] for name in ("id", "branch", "agent", "product")}
    arrays |= tries | {"try_case": place}
    return PeriodFacts((), {name: packed(values) for name, values in arrays.items()})


def intake_facts(
    columns: CaseColumns, first_on: date, last_on: date, debts: Debts | None = None
) -> PeriodFacts:
    """Cases placed on these days, and their money by day whenever it came.

    The columns of `PeriodFacts` recovery curves need. None of them depends on the end of a period:
    intakes of a longer time are those of its parts together.
    """
    first, end = number_of(first_on), number_of(last_on)
    placed = columns["placed"].astype(np.int64)
    among = np.flatnonzero((placed >= first) & (placed <= end))
    place = np.full(columns.size, -1, dtype=np.int64)
    place[among] = np.arange(len(among))
    arrays = {name: columns[name][among] for name in _OF_INTAKE} | {
        "placed_overdue": (debts or Debts(columns)).at(among, placed[among]).overdue,
        "income": _money(columns, first, end)["income"][among],
    }
    arrays |= _curve(columns, place, first, end)
    return PeriodFacts((), {name: packed(values) for name, values in arrays.items()})


_OF_INTAKE = ("id", "branch", "agent", "product", "placed", "ended")
_OF_CASE = (
    "id",
    "branch",
    "agent",
    "product",
    "placed",
    "ended",
    "settled",
    "reason",
    "target",
    "early",
)


def _count(places: Array, size: int) -> Ints:
    return np.bincount(places, minlength=size)


def _visits(columns: CaseColumns, first: int, end: int) -> dict[str, Ints]:
    case, day, met = columns["visit_case"], columns["visit_on"], columns["visit_met"]
    counts = (day <= end) & (day >= columns["placed"][case])
    now = counts & (day >= first)
    whose, when = case[counts], day[counts]
    return {
        "first_visit": of_each(whose, when, np.minimum, NEVER, columns.size),
        "last_visit": of_each(whose, when, np.maximum, -1, columns.size),
        "visits": _count(case[now], columns.size),
        "met": _count(case[now & met], columns.size),
    }


def _promises(columns: CaseColumns, first: int, end: int) -> dict[str, Ints]:
    case, made = columns["promise_case"], columns["promise_made"]
    now = (made >= first) & (made <= end)
    kept = now & columns["promise_kept"] & (columns["promise_due"] <= end)
    return {
        "promises": _count(case[now], columns.size),
        "kept": _count(case[kept], columns.size),
    }


def _in_hand(columns: CaseColumns) -> tuple[Ints, Ints, Ints]:
    """Money valued after the case was placed, while it was in hand: case, day, 分."""
    case = columns["pair_case"].astype(np.int64)[columns["paid_pair"]]
    day = columns["paid_on"].astype(np.int64)
    counts = (day > columns["placed"][case]) & (day <= columns["ended"][case])
    return case[counts], day[counts], columns["paid_fen"].astype(np.int64)[counts]


def _money(columns: CaseColumns, first: int, end: int) -> dict[str, Ints]:
    case, day, fen = _in_hand(columns)
    now = (day >= first) & (day <= end)
    came = fen > 0
    return {
        "received": of_each(case[now], fen[now], np.add, 0, columns.size),
        "income": of_each(case[came], day[came], np.minimum, NEVER, columns.size),
    }


def _curve(columns: CaseColumns, place: Ints, first: int, end: int) -> dict[str, Array]:
    case, day, fen = _in_hand(columns)
    placed = columns["placed"][case]
    intake = (placed >= first) & (placed <= end)
    return {"curve_case": place[case[intake]], "curve_on": day[intake], "curve_fen": fen[intake]}


def _rested(columns: CaseColumns, first: int, end: int) -> Array:
    """Cases one hold rested over the whole time they were in hand in the period."""
    case = columns["hold_case"]
    begins = np.maximum(columns["placed"][case], first)
    ends = np.minimum(columns["ended"][case], end)
    whole = (
        (columns["hold_from"] <= begins)
        & (columns["hold_until"] >= ends)
        & (columns["hold_ended"] > ends)
    )
    found = np.zeros(columns.size, dtype=np.bool_)
    found[case[whole]] = True
    return found


def _tries(columns: CaseColumns, debts: Debts, first: int, end: int) -> dict[str, Array]:
    case = np.concatenate([columns["visit_case"], columns["contact_case"]]).astype(np.int64)
    day = np.concatenate([columns["visit_on"], columns["contact_on"]]).astype(np.int64)
    visit = np.full(len(columns["visit_case"]), TRIES.index(ReachedBy.VISIT))
    how = np.concatenate([visit, columns["contact_how"]])
    now = (day >= first) & (day <= end)
    case, day, how = case[now], day[now], how[now]
    return {
        "try_case": case,
        "try_on": day,
        "try_how": how,
        "try_bucket": debts.at(case, day).bucket,
        "try_income": debts.first_income(case, day, YIELD_DAYS),
    }


_PLACES = {"curve_case": "curve", "try_case": "try", "promise_case": "promise"}


def without(facts: PeriodFacts, ids: Collection[int]) -> PeriodFacts:
    """The facts without some cases and all that hangs on them."""
    return chosen(facts, ~np.isin(facts["id"], np.fromiter(ids, dtype=np.int64)))


def chosen(facts: PeriodFacts, keep: Array) -> PeriodFacts:
    """Some of the cases (a mask) and what hangs on them."""
    place = np.cumsum(keep) - 1
    arrays = {}
    for name, values in facts.arrays.items():
        column = _PLACES.get(f"{name.split('_', maxsplit=1)[0]}_case")
        if column is None:
            arrays[name] = values[keep]
            continue
        hang = facts[f"{column}_case"]
        left = values[keep[hang]]
        arrays[name] = place[left] if name in _PLACES else left
    return replace(facts, arrays=arrays)


@dataclass(frozen=True, slots=True)
class AllFacts:
    """Facts of several branches, one after the other: the columns of `PeriodFacts` and `branch`.

    `branch`, `agent` and `reason` are places in the tables beside them; place 0 of `agents` is
    nobody (id 0), place 0 of `reasons` is not known (no word).
    """

    first: int
    end: int
    branches: tuple[int, ...]
    agents: tuple[int, ...]
    reasons: tuple[str, ...]
    arrays: Mapping[str, Array]

    def __getitem__(self, name: str) -> Array:
        return self.arrays[name]

    @property
    def size(self) -> int:
        """How many rows there are, of cases or of cases that are alike."""
        return next((len(own) for name, own in self.arrays.items() if _is_own(name)), 0)

    def chosen(self, keep: Array) -> "AllFacts":
        """Some of the cases, without what hangs on them."""
        own = {
            name: values[keep] for name, values in self.arrays.items() if _is_own(name)
        }  # fmt: skip
        return replace(self, arrays=own)


def _is_own(name: str) -> bool:
    """A column of the cases themselves, not of what hangs on them."""
    return not name.startswith(("curve_", "try_"))


def together(
    found: Sequence[PeriodFacts], names: Collection[str], first_on: date, last_on: date
) -> AllFacts:
    """One table of the facts of many branches; a column that is not named is left out."""
    nobody = np.zeros(1, dtype=np.int64)
    named = {
        name: [one[name] for one in found] if name in names else []
        for name in ("branch", "agent")
    }  # fmt: skip
    branches, agents = _union(named["branch"]), _union([nobody, *named["agent"]])
    reasons = ("", *sorted({word for one in found for word in one.reasons}))
    parts: dict[str, list[Array]] = {name: [] for name in names}
    offset = 0
    for one in found:
        size = len(one[_LONG[0] if _LONG[0] in one.arrays else _LONG[1]])
        own = {
            name: _places(known, one[name])
            for name, known in (("branch", branches), ("agent", agents))
            if name in parts
        }
        if "reason" in parts:
            places = np.array([0, *(reasons.index(word) for word in one.reasons)])
            own["reason"] = places[one["reason"]]
        for name, column in parts.items():
            values = own[name] if name in own else one[name]
            column.append(values.astype(np.int64) + offset if name in _PLACES else values)
        offset += size
    arrays = {
        name: np.concatenate(column) if column else np.zeros(0, dtype=np.int64)
        for name, column in parts.items()
    }
    return AllFacts(
        number_of(first_on),
        number_of(last_on),
        tuple(branches.tolist()),
        tuple(agents.tolist()),
        reasons,
        arrays,
    )


_LONG = ("id", "branch")
"""One of them is a column of all facts; it says how many cases there are."""
_SPAN = 2**16
"""Ids of a branch lie close together: within so many numbers a table finds their places."""


def _union(columns: Sequence[Array]) -> Ints:
    """The ids of all columns, in order."""
    known = [_ids(column) for column in columns]
    return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *known]))


def _ids(column: Array) -> Ints:
    if len(column) and column[0] == column[-1] and (column == column[0]).all():
        return column[:1].astype(np.int64)
    named = column[column > 0].astype(np.int64)
    low = int(named.min(initial=NEVER**2))
    if not len(named) or int(named.max()) - low >= _SPAN:
        return np.unique(column).astype(np.int64)
    found: Ints = np.flatnonzero(np.bincount(named - low)) + low
    return found if len(named) == len(column) else np.append(np.zeros(1, dtype=np.int64), found)


def _places(known: Ints, column: Array) -> Array:
    """The place of each id among the known ones."""
    own = _ids(column)
    if len(own) == 1:
        return np.full(len(column), np.searchsorted(known, own[0]), dtype=np.int32)
    named = own[own > 0]
    if not len(named) or int(named[-1] - named[0]) >= _SPAN:
        return np.searchsorted(known, column).astype(np.int32)
    low = int(named[0]) - 1
    table = np.zeros(int(named[-1]) - low + 1, dtype=np.int32)
    table[named - low] = np.searchsorted(known, named)
    return table[np.maximum(column.astype(np.int64) - low, 0)]
