"""Cases by group: counts and sums of each, over whole columns at once."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import timedelta
from itertools import pairwise

import numpy as np

from supervisor.models.enums_measures import Dimension
from supervisor.models.rows.measures import Key
from supervisor.models.rules.measures.columns import NEVER, PRODUCTS, Array, Ints
from supervisor.models.rules.measures.periods import AllFacts

Group = tuple[Key, ...]
Teams = Mapping[int, int | None]
"""The team of a person today."""
_MOST_CELLS = 2**20
"""More possible groups than this are counted by those there are."""


class Cases:
    """The base of a period by group; columns as in `AllFacts`, and some that follow from them.

    Rows are cases, or with a column `weight` so many cases each (`folded`).

    Without dimensions there is one group, even of nothing. Buckets are those the period began
    with, or with `at_end` those it ended with.
    """

    def __init__(
        self, facts: AllFacts, by: tuple[Dimension, ...], teams: Teams, *, at_end: bool = False
    ) -> None:
        self._facts = facts
        self._derived: dict[str, Array] = {}
        self._teams = teams
        self._at_end = at_end
        code = np.zeros(len(facts["placed"]), dtype=np.int64)
        keys: list[Group] = [()]
        for name in by:
            code, keys = self._split(code, keys, name)
        self._code, self.groups = code, keys

    def __getitem__(self, name: str) -> Array:
        if name in self._facts.arrays:
            return self._facts[name]
        if name not in self._derived:
            self._derived[name] = _DERIVED[name](self)
        return self._derived[name]

    @property
    def first(self) -> int:
        """First day of the period, as a number."""
        return self._facts.first

    @property
    def end(self) -> int:
        """Last day of the period, as a number."""
        return self._facts.end

    @property
    def people(self) -> tuple[int, ...]:
        """Ids of people by their place; place 0 is nobody."""
        return self._facts.agents

    @property
    def reasons(self) -> tuple[str, ...]:
        """Reasons for arrears by their place; place 0 is not known."""
        return self._facts.reasons

    def count(self, mask: Array | None = None) -> Ints:
        """Cases of each group, or those of the mask."""
        if "weight" in self._facts.arrays:
            return self.total("weight", mask)
        if len(self.groups) == 1:
            whole = len(self._code) if mask is None else np.count_nonzero(mask)
            return np.array([whole], dtype=np.int64)
        code = self._code if mask is None else self._code[mask]
        return np.bincount(code, minlength=len(self.groups))

    def total(self, name: str, mask: Array | None = None) -> Ints:
        """A column summed up in each group; exact, for no sum of 分 comes near 2**53."""
        column = self[name] if mask is None else self[name][mask]
        if len(self.groups) == 1:
            return np.array([column.sum(dtype=np.int64)], dtype=np.int64)
        code = self._code if mask is None else self._code[mask]
        found = np.bincount(code, weights=column, minlength=len(self.groups))
        return np.rint(found).astype(np.int64)

    def cells(self, cell: Array, size: int, mask: Array, weights: str | None = None) -> Ints:
        """The same for each of `size` cells of each group: groups x cells."""
        code = self._code[mask] * size + cell[mask]
        weights = weights or ("weight" if "weight" in self._facts.arrays else None)
        column = None if weights is None else self[weights][mask]
        found = np.bincount(code, weights=column, minlength=len(self.groups) * size)
        return np.rint(found).astype(np.int64).reshape(len(self.groups), size)

    def spread(self, values: Ints, mask: Array) -> Iterator[Ints]:
        """The values of each group, in order."""
        code, chosen = self._code[mask], values[mask]
        if "weight" in self._facts.arrays:
            times = self["weight"][mask]
            code, chosen = np.repeat(code, times), np.repeat(chosen, times)
        order = np.lexsort((chosen, code))
        ends = np.searchsorted(code[order], np.arange(len(self.groups) + 1))
        for begin, end in pairwise(ends.tolist()):
            yield chosen[order[begin:end]]

    def _split(self, code: Ints, keys: list[Group], name: Dimension) -> tuple[Ints, list[Group]]:
        place, own = self._keys(name)
        mixed = code * len(own) + place
        if len(keys) * len(own) <= _MOST_CELLS:
            there = np.flatnonzero(np.bincount(mixed, minlength=len(keys) * len(own)))
        else:
            there = np.unique(mixed)
        made = [(*keys[one // len(own)], own[one % len(own)]) for one in there.tolist()]
        return np.searchsorted(there, mixed), made

    def _keys(self, name: Dimension) -> tuple[Array, list[Key]]:
        """Of each case the place of its key among the keys there are, in their order."""
        facts = self._facts
        if name is Dimension.BRANCH:
            return facts["branch"], list(facts.branches)
        if name is Dimension.AGENT:
            return facts["agent"], [None, *facts.agents[1:]]
        if name is Dimension.TEAM:
            of_agent = [self._teams.get(one) or 0 for one in facts.agents]
            known = np.unique(np.array([0, *of_agent], dtype=np.int64))
            place = np.searchsorted(known, np.array(of_agent, dtype=np.int64))
            return place[facts["agent"]], [None, *known[1:].tolist()]
        if name is Dimension.PRODUCT:
            return facts["product"], list(PRODUCTS)
        bucket = self["last_bucket" if self._at_end else "before_bucket"]
        return bucket, list(range(8))


def among(
    facts: AllFacts,
    teams: Teams,
    agents: Collection[int],
    of_teams: Collection[int],
    products: Collection[str],
) -> Array:
    """Which cases are of these people, teams and products; empty: all."""
    keep = np.ones(facts.size, dtype=np.bool_)
    for wanted, place, keys in (
        (agents, "agent", facts.agents),
        (of_teams, "agent", tuple(teams.get(one) for one in facts.agents)),
        (products, "product", PRODUCTS),
    ):
        if wanted:
            keep &= np.array([key in wanted for key in keys], dtype=np.bool_)[facts[place]]
    return keep


def base_of(facts: AllFacts, mine: Array) -> AllFacts:
    """Those of the cases that were in hand at some time of the period."""
    return facts.chosen(mine & facts["base"])


def _where(condition: str, then: str, other: str) -> Callable[[Cases], Array]:
    return lambda cases: np.where(cases[condition], cases[then], cases[other])


_DERIVED: Mapping[str, Callable[[Cases], Array]] = {
    "intake": lambda cases: cases["placed"] >= cases.first,
    "gone": lambda cases: cases["ended"] <= cases.end,
    "stayed": lambda cases: ~cases["gone"],
    "done": lambda cases: cases["gone"] & cases["settled"],
    "awake": lambda cases: ~cases["rested"],
    "paid": lambda cases: cases["received"] > 0,
    "before_bucket": _where("intake", "placed_bucket", "start_bucket"),
    "before_overdue": _where("intake", "placed_overdue", "start_overdue"),
    "last_bucket": _where("gone", "before_bucket", "end_bucket"),
    "idle": lambda cases: cases.end - _since(cases),
    "delay": lambda cases: cases["first_visit"].astype(np.int64) - cases["placed"],
    "visited_ever": lambda cases: cases["first_visit"] < NEVER,
}
"""Columns that follow from others: whether a case came in, went out, rested, what it began with."""


def _since(cases: Cases) -> Ints:
    """The last visit, or the day the case was placed."""
    last = cases["last_visit"].astype(np.int64)
    return np.where(last < 0, cases["placed"], last)


IDLE_OVER = timedelta(days=7).days
"""Without a visit for longer than this a case counts as untouched in a workload."""
