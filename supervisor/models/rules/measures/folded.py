"""Cases of a branch and a period that are alike, counted: what office-wide pages add up.

A fold keeps what some measures look at and no more: days and counts become the few values their
conditions tell apart, cases with the same values become one row with a `weight`, money is summed
up. `Cases` reads folded rows as it reads cases, so each measure stays defined once.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.rules.measures.case_groups import IDLE_OVER
from supervisor.models.rules.measures.columns import NEVER, Array, Ints, number_of, packed
from supervisor.models.rules.measures.definitions import UNTOUCHED_BANDS
from supervisor.models.rules.measures.periods import PeriodFacts

_M = MeasureId
STOCK, EFFORT, IDLE, REASON, DELAY = "stock", "effort", "idle", "reason", "delay"
_OF_MEASURE: Mapping[MeasureId, str] = {
    **dict.fromkeys((_M.IN_HAND, _M.SETTLED, _M.IMPROVED, _M.ROLL_MATRIX), STOCK),
    **dict.fromkeys((_M.RECOVERY_AMOUNT, _M.RECOVERY_CASES, _M.TARGET_PROGRESS), EFFORT),
    **dict.fromkeys((_M.MET_CASES, _M.COVERAGE, _M.INTENSITY, _M.FUNNEL), EFFORT),
    **dict.fromkeys((_M.UNTOUCHED, _M.WORKLOAD), IDLE),
    _M.REASONS: REASON,
    _M.FIRST_VISIT_DELAY: DELAY,
}
_KNOWN = frozenset({Dimension.BRANCH, Dimension.BUCKET})
"""Dimensions a fold still knows; people and products it does not."""


def fold_for(wanted: MeasureFilter) -> str | None:
    """The fold that answers; None: only the cases themselves can."""
    if wanted.agents or wanted.teams or wanted.products or not _KNOWN.issuperset(wanted.by):
        return None
    return _OF_MEASURE.get(wanted.measure)


@dataclass(frozen=True, slots=True)
class _Base:
    """The base of a period, and what measures tell its cases apart by."""

    facts: Mapping[str, Array]
    first: int
    end: int

    @property
    def gone(self) -> Array:
        return self.facts["ended"] <= self.end

    @property
    def intake(self) -> Array:
        return self.facts["placed"] >= self.first

    @property
    def before(self) -> Array:
        """The bucket the period began with."""
        return np.where(self.intake, self.facts["placed_bucket"], self.facts["start_bucket"])

    def kept(self, *names: str) -> dict[str, Array]:
        """Columns as they are."""
        return {name: self.facts[name] for name in names}

    def ending(self) -> dict[str, Array]:
        """Open at the end or gone, and the bucket the period ended with."""
        gone = self.gone
        return {
            "ended": np.where(gone, self.end, NEVER),
            "placed": np.full(len(gone), self.first - 1),
            "placed_bucket": np.zeros(len(gone), dtype=np.uint8),
            "start_bucket": np.where(gone, self.before, 0),
            "end_bucket": np.where(gone, 0, self.facts["end_bucket"]),
        }


_SHARED = ("branch", "agent", "placed")
FOLDS: Mapping[str, tuple[str, ...]] = {
    STOCK: (
        *(*_SHARED, "ended", "settled", "placed_bucket", "start_bucket", "end_bucket"),
        *("placed_overdue", "start_overdue", "start_settle", "end_overdue", "weight"),
    ),
    EFFORT: (
        *(*_SHARED, "placed_bucket", "start_bucket", "rested", "visits", "met", "promises"),
        *("kept", "received", "target", "placed_overdue", "weight"),
    ),
    IDLE: (
        *(*_SHARED, "ended", "placed_bucket", "start_bucket", "end_bucket", "last_visit"),
        *("end_overdue", "weight"),
    ),
    REASON: (
        *(*_SHARED, "ended", "placed_bucket", "start_bucket", "end_bucket", "reason"),
        "weight",
    ),
    DELAY: (*_SHARED, "placed_bucket", "start_bucket", "first_visit", "weight"),
}
"""Columns of each fold, the number of cases last."""

Columns = tuple[dict[str, Array], dict[str, Array]]
"""What tells rows apart, and what is summed up."""


def _stock(base: _Base) -> Columns:
    intake, gone = base.intake, base.gone
    keys = {
        "placed": np.where(intake, base.first, base.first - 1),
        "ended": np.where(gone, base.end, NEVER),
        "settled": gone & base.facts["settled"],
        "placed_bucket": np.where(intake, base.facts["placed_bucket"], 0),
        "start_bucket": np.where(intake, 0, base.facts["start_bucket"]),
        "end_bucket": np.where(gone, 0, base.facts["end_bucket"]),
    }
    return keys, base.kept("placed_overdue", "start_overdue", "start_settle", "end_overdue")


def _effort(base: _Base) -> Columns:
    sums = base.kept("visits", "met", "promises", "kept", "received", "target")
    keys = {
        "placed": np.full(len(base.gone), base.first - 1),
        "placed_bucket": np.zeros(len(base.gone), dtype=np.uint8),
        "start_bucket": base.before,
        "rested": base.facts["rested"],
        **{f"{name}?": values > 0 for name, values in sums.items()},
    }
    return keys, sums | base.kept("placed_overdue")


_IDLE_FROM = np.unique(
    [IDLE_OVER + 1, *(low for low, _ in UNTOUCHED_BANDS), *(
        high + 1 for _, high in UNTOUCHED_BANDS if high is not None
    )]
)  # fmt: skip
"""Days without a visit from which on some measure says another thing."""


def _idle(base: _Base) -> Columns:
    last = base.facts["last_visit"].astype(np.int64)
    idle = base.end - np.where(last < 0, base.facts["placed"], last)
    told = np.where(base.gone, 0, np.searchsorted(_IDLE_FROM, idle, side="right"))
    since = np.array([0, *_IDLE_FROM.tolist()])[told]
    return base.ending() | {"last_visit": base.end - since}, base.kept("end_overdue")


def _reason(base: _Base) -> Columns:
    return base.ending() | base.kept("reason"), {}


def _delay(base: _Base) -> Columns:
    intake, first_visit = base.intake, base.facts["first_visit"].astype(np.int64)
    visited = intake & (first_visit < NEVER)
    keys = {
        "placed": np.where(intake, base.first, base.first - 1),
        "placed_bucket": np.where(intake, base.before, 0),
        "start_bucket": np.where(intake, 0, base.before),
        "first_visit": np.where(visited, base.first + first_visit - base.facts["placed"], NEVER),
    }
    return keys, {}


_MADE: Mapping[str, Callable[[_Base], Columns]] = {
    STOCK: _stock,
    EFFORT: _effort,
    IDLE: _idle,
    REASON: _reason,
    DELAY: _delay,
}


def folded(facts: PeriodFacts, fold: str, first_on: date, last_on: date) -> PeriodFacts:
    """The base of the period, folded; `agent` is nobody everywhere."""
    keys, sums = fold_keys(facts, fold, first_on, last_on)
    first, group = alike(list(keys.values()))
    arrays = {name: values[first] for name, values in keys.items() if not name.endswith("?")}
    arrays |= {name: summed(group, values, len(first)) for name, values in sums.items()}
    arrays["agent"] = np.zeros(len(first), dtype=np.uint8)
    return PeriodFacts(facts.reasons, {name: _small(arrays[name]) for name in FOLDS[fold]})


def fold_keys(facts: PeriodFacts, fold: str, first_on: date, last_on: date) -> Columns:
    """Of each case of the base what tells its row apart, and what is summed up, itself included.

    A key with a question mark is whether the column of that name is more than nothing.
    """
    own = _base(facts, (*facts.arrays,))
    keys, sums = _MADE[fold](_Base(own, number_of(first_on), number_of(last_on)))
    keys = {"branch": own["branch"], **keys}
    return keys, {**sums, "weight": np.ones(len(own["branch"]), dtype=np.uint8)}


def unfolded(facts: PeriodFacts, fold: str) -> PeriodFacts:
    """The base of the period with the columns of a fold, a row for each case."""
    own = _base(facts, FOLDS[fold][:-1])
    own["weight"] = np.ones(len(own["branch"]), dtype=np.uint8)
    return PeriodFacts(facts.reasons, own)


def _base(facts: PeriodFacts, names: Collection[str]) -> dict[str, Array]:
    base = facts["base"]
    return {name: facts[name][base] for name in names if not name.startswith(("curve_", "try_"))}


def _small(values: Array) -> Array:
    return values if values.dtype == np.bool_ else packed(values)


def alike(keys: list[Array]) -> tuple[Ints, Ints]:
    """The first row of each set of values, and the set of each row."""
    code = np.zeros(len(keys[0]), dtype=np.int64)
    room = 1
    for column in keys:
        place, width = _numbered(column)
        if room * width >= _ROOM:
            code, room = _numbered(np.unique(code, return_inverse=True)[1])
        code, room = code * width + place, room * width
    _, first, group = np.unique(code, return_index=True, return_inverse=True)
    return first, group


_ROOM = 2**62
"""So many sets of values have a number of their own."""
_NARROW = 2**16


def _numbered(column: Array) -> tuple[Ints, int]:
    """Small numbers in place of the values, in their order, and how many there may be."""
    if not len(column):
        return column.astype(np.int64), 1
    low, high = int(column.min()), int(column.max())
    if high - low < _NARROW:
        return column.astype(np.int64) - low, high - low + 1
    values, place = np.unique(column, return_inverse=True)
    return place.astype(np.int64), len(values)


def summed(group: Ints, values: Array, size: int) -> Ints:
    """The values of each of so many groups, added up."""
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, group, values.astype(np.int64))
    return total
