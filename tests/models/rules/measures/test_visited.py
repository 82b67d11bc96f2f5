"""New visits laid over kept facts say what facts made of all visits say."""

import random
from datetime import date, timedelta

import numpy as np
import pytest

from supervisor.models.rules.measures.columns import NEVER, CaseColumns, number_of
from supervisor.models.rules.measures.folded import FOLDS, folded
from supervisor.models.rules.measures.periods import PeriodFacts, period_facts
from supervisor.models.rules.measures.visited import (
    CHANGED,
    Visited,
    of_cases,
    refolded,
    stacked,
    with_visits,
)

END = date(2026, 11, 23)
PERIODS = [(END, END), (END - timedelta(days=20), END), (END - timedelta(days=60), END)]


def columns(
    chance: random.Random, branch: int, cases: int
) -> tuple[CaseColumns, CaseColumns, Visited]:
    """A branch without its newest visits, with all of them, and the newest."""
    end = number_of(END)
    ids = np.array(sorted(chance.sample(range(branch * 1_000, branch * 1_000 + 900), cases)))
    placed = np.array([end - chance.randint(0, 90) for _ in ids])
    ended = np.array([chance.choice([NEVER, NEVER, end - chance.randint(0, 30)]) for _ in ids])
    visits = sorted(
        (chance.randrange(cases), end - chance.randint(-2, 80), chance.random() < 0.4)
        for _ in range(cases * 4)
    )
    lines = [(place, end - chance.randint(-40, 200), 10_000) for place in range(cases)]
    none = np.zeros(0, dtype=np.int64)
    arrays = {
        "id": ids,
        "branch": np.full(cases, branch),
        "agent": np.array([chance.randint(0, 3) for _ in ids]),
        "product": np.zeros(cases, dtype=np.int64),
        "placed": placed,
        "ended": np.maximum(ended, placed),
        "settled": np.array([chance.random() < 0.5 for _ in ids]),
        "reason": np.array([chance.randint(0, 1) for _ in ids]),
        "target": np.array([chance.choice([0, 5_000]) for _ in ids]),
        "early": np.zeros(cases, dtype=np.bool_),
        "pair_case": np.arange(cases),
        "line_pair": np.arange(cases),
        "line_due": np.array([due for _, due, _ in lines]),
        "line_fen": np.array([fen for *_, fen in lines]),
        **dict.fromkeys(("paid_pair", "paid_on", "paid_fen"), none),
        "visit_case": np.array([case for case, *_ in visits]),
        "visit_on": np.array([on for _, on, _ in visits]),
        "visit_met": np.array([met for *_, met in visits]),
        **dict.fromkeys(
            (
                *("promise_case", "promise_made", "promise_due", "promise_agent"),
                *("hold_case", "hold_from", "hold_until", "hold_ended"),
            ),
            none,
        ),
        "promise_kept": none.astype(np.bool_),
    }
    late = np.array([chance.random() < 0.2 for _ in visits])
    case, on, met = (arrays[f"visit_{name}"][late] for name in ("case", "on", "met"))
    new = Visited(np.arange(len(case)), np.full(len(case), branch), ids[case], on, met.astype(int))
    known = {name: arrays[f"visit_{name}"][~late] for name in ("case", "on", "met")}
    before = {**arrays, **{f"visit_{name}": values for name, values in known.items()}}
    words = ("illness",)
    return CaseColumns(words, before), CaseColumns(words, arrays), new


def world(seed: int) -> tuple[dict[int, CaseColumns], dict[int, CaseColumns], Visited]:
    """Branches as they were kept, as they are, and the visits between."""
    chance, before, now, came = random.Random(seed), {}, {}, []
    for branch in (1, 2, 300):
        before[branch], now[branch], new = columns(chance, branch, chance.choice([1, 5, 40]))
        came.append(new)
    names = ("id", "branch", "case", "on", "met")
    parts = (np.concatenate([getattr(one, name) for one in came]) for name in names)
    return before, now, Visited(*parts)


def same(found: PeriodFacts, expected: PeriodFacts) -> None:
    for name, values in expected.arrays.items():
        assert found[name].tolist() == values.tolist(), name


@pytest.mark.parametrize("days", PERIODS)
@pytest.mark.parametrize("seed", range(6))
def test_that_facts_with_new_visits_are_those_of_all_visits(
    seed: int, days: tuple[date, date]
) -> None:
    before, now, visited = world(seed)
    assert visited.size
    for branch, columns_now in now.items():
        kept = period_facts(before[branch], *days)
        found = with_visits(kept, visited.of(branch).until(END), *days)
        same(found, period_facts(columns_now, *days))


def rows(facts: PeriodFacts, fold: str) -> dict[tuple[int, ...], list[int]]:
    """Sums by what tells rows apart, rows of the same kind together."""
    sums = [
        name
        for name in FOLDS[fold]
        if name in {"visits", "met", "promises", "kept", "received", "target", "weight"}
        or name.endswith("overdue")
    ]
    keys = [name for name in FOLDS[fold] if name not in sums]
    found: dict[tuple[int, ...], list[int]] = {}
    for place in range(len(facts["weight"])):
        some = (int(facts[name][place] > 0) for name in sums if name != "placed_overdue")
        key = (*(int(facts[name][place]) for name in keys), *some)
        mine = found.setdefault(key, [0] * len(sums))
        for n, name in enumerate(sums):
            mine[n] += int(facts[name][place])
    return found


@pytest.mark.parametrize("fold", CHANGED)
@pytest.mark.parametrize("days", PERIODS)
@pytest.mark.parametrize("seed", range(6))
def test_that_folds_with_new_visits_are_folds_of_all_visits(
    seed: int, days: tuple[date, date], fold: str
) -> None:
    before, now, visited = world(seed)
    visited = visited.until(END)
    kept = {one: folded(period_facts(each, *days), fold, *days) for one, each in before.items()}
    old = [of_cases(period_facts(before[one], *days), visited.of(one).case) for one in before]
    new = [with_visits(facts, visited.of(one), *days) for one, facts in zip(now, old, strict=True)]
    found = refolded(kept, fold, stacked(old), stacked(new), days)
    for branch, columns_now in now.items():
        expected = folded(period_facts(columns_now, *days), fold, *days)
        assert rows(found[branch], fold) == rows(expected, fold)
        assert found[branch]["weight"].min(initial=1) > 0
        for name in FOLDS[fold]:
            assert (found[branch][name].dtype == np.bool_) == (expected[name].dtype == np.bool_)


def test_that_visits_before_a_case_was_placed_and_after_the_period_change_nothing() -> None:
    before, _, _ = world(1)
    days = PERIODS[1]
    kept = period_facts(before[1], *days)
    one = int(kept["id"][0])
    placed = int(kept["placed"][0])
    for on in (placed - 1, number_of(END) + 1):
        early = Visited(*(np.array([n]) for n in (7, 1, one, on, 1)))
        same(with_visits(kept, early, *days), kept)


def test_that_visits_of_cases_not_in_the_period_change_nothing() -> None:
    before, _, _ = world(2)
    kept = period_facts(before[2], *PERIODS[0])
    other = Visited(*(np.array([n]) for n in (7, 2, 999_999_999, number_of(END), 1)))
    same(with_visits(kept, other, *PERIODS[0]), kept)
