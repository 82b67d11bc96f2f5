"""New visits laid over what is kept of their cases: a visit changes a few facts and no others.

What a case owes, what was paid and promised, and who holds it are not touched by somebody calling
at the door. So nothing of that need be read again for the visits of a day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from supervisor.models.rules.measures.columns import Array, Ints, number_of, packed
from supervisor.models.rules.measures.folded import (
    DELAY,
    EFFORT,
    FOLDS,
    IDLE,
    alike,
    fold_keys,
    summed,
)
from supervisor.models.rules.measures.periods import PeriodFacts

CHANGED = (EFFORT, IDLE, DELAY)
"""Folds visits have a part in."""


@dataclass(frozen=True, slots=True)
class Visited:
    """Completed visits that what is kept does not know yet: ids, days as numbers, met 0 or 1."""

    id: Ints
    branch: Ints
    case: Ints
    on: Ints
    met: Ints

    @property
    def size(self) -> int:
        """How many visits."""
        return len(self.case)

    @property
    def branches(self) -> list[int]:
        """Whose they are."""
        found: list[int] = np.unique(self.branch).tolist()
        return found

    def chosen(self, keep: Array) -> "Visited":
        """Some of them (a mask)."""
        columns = (self.id, self.branch, self.case, self.on, self.met)
        return Visited(*(one[keep] for one in columns))

    def until(self, day: date) -> "Visited":
        """Those up to a day."""
        return self.chosen(self.on <= number_of(day))

    def of(self, branch_id: int) -> "Visited":
        """Those of a branch."""
        return self.chosen(self.branch == branch_id)


def with_visits(facts: PeriodFacts, visited: Visited, first_on: date, last_on: date) -> PeriodFacts:
    """The facts of the cases of a branch with its new visits; `period_facts` is the definition."""
    first, end = number_of(first_on), number_of(last_on)
    ids = facts["id"]
    place = np.minimum(np.searchsorted(ids, visited.case), max(len(ids) - 1, 0))
    there = ids[place] == visited.case if len(ids) else np.zeros(visited.size, dtype=np.bool_)
    there &= visited.on <= end
    there[there] = visited.on[there] >= facts["placed"][place[there]]
    if not there.any():
        return facts
    place, on, met = place[there], visited.on[there], visited.met[there]
    now = on >= first
    earliest = facts["first_visit"].astype(np.int64)
    latest = facts["last_visit"].astype(np.int64)
    np.minimum.at(earliest, place, on)
    np.maximum.at(latest, place, on)
    made = {
        "first_visit": earliest,
        "last_visit": latest,
        "visits": facts["visits"] + np.bincount(place[now], minlength=len(ids)),
        "met": facts["met"] + np.bincount(place[now & (met > 0)], minlength=len(ids)),
    }
    return replace(facts, arrays={**facts.arrays, **{k: packed(v) for k, v in made.items()}})


def of_cases(facts: PeriodFacts, ids: Ints) -> PeriodFacts:
    """The rows of some cases; without reasons, which are words of a branch of their own."""
    keep = np.flatnonzero(np.isin(facts["id"], ids))
    arrays = {name: one[keep] for name, one in facts.arrays.items() if name != "reason"}
    return PeriodFacts((), arrays)


def stacked(found: Sequence[PeriodFacts]) -> PeriodFacts:
    """The rows of several branches one after the other."""
    names = found[0].arrays
    return PeriodFacts((), {name: np.concatenate([one[name] for one in found]) for name in names})


def refolded(
    kept: dict[int, PeriodFacts],
    fold: str,
    before: PeriodFacts,
    after: PeriodFacts,
    days: tuple[date, date],
) -> dict[int, PeriodFacts]:
    """Folds of some branches with some of their cases taken out and put in as they are now.

    What a fold counts is taken off the very row it was counted in, so that no row says less than
    nothing; rows without cases vanish.
    """
    whole = stacked(list(kept.values()))
    old, off = fold_keys(before, fold, *days)
    new, on = fold_keys(after, fold, *days)
    keys = {
        name: np.concatenate([_said(whole, name), old[name], new[name]]).astype(np.int64)
        for name in old
    }
    sums = {
        name: np.concatenate([one.astype(np.int64) for one in (whole[name], off[name], on[name])])
        for name in off
    }
    taken_off = slice(len(whole["weight"]), len(whole["weight"]) + len(off["weight"]))
    for values in sums.values():
        values[taken_off] *= -1
    first, group = alike(list(keys.values()))
    arrays: dict[str, Array] = {
        name: values[first] > 0 if old[name].dtype == np.bool_ else values[first]
        for name, values in keys.items()
        if not name.endswith("?")
    }
    arrays |= {name: summed(group, values, len(first)) for name, values in sums.items()}
    arrays["agent"] = np.zeros(len(first), dtype=np.uint8)
    there = arrays["weight"] > 0
    return {
        branch_id: PeriodFacts(
            (), {name: arrays[name][mine] for name in FOLDS[fold]}
        )
        for branch_id in kept
        for mine in [there & (arrays["branch"] == branch_id)]
    }  # fmt: skip


def _said(kept: PeriodFacts, key: str) -> Array:
    """A key of rows as they are kept; all cases of a row lie on the same side of nothing."""
    return kept[key[:-1]] > 0 if key.endswith("?") else kept[key]
