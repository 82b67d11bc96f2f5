"""Which case is visited when, by which pair: the bones everything else hangs on.

Each pair goes out on its days, to six to ten doors a day. Visits are spread over a case's life in
an abstract time; sorted, they fall onto the pair's slots, so that every slot is filled exactly
once and the order of events of a case is kept.
"""

from dataclasses import dataclass

import numpy as np

from supervisor.intake.demo.days import outing_weights
from supervisor.intake.demo.stream import Bools, Floats, Ints, Stream, whole

HISTORY_DAYS = 730
DAYS_PER_PAIR = 430
MOST_DAYS_PER_PAIR = 620
DOORS = (6, 10)
USUAL_DOORS = 7.9
OPEN_SHARE = 0.68


@dataclass(frozen=True, slots=True)
class Slots:
    """Places for visits, sorted by (pair, day, place in the day)."""

    pair: Ints
    day: Ints
    place: Ints
    size: Ints
    outing: Ints
    pairs: int


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Cases and their visits. Case arrays are by case; `slots.*` and `visit_case` by visit."""

    slots: Slots
    visit_case: Ints
    pair: Ints
    open: Bools
    placed: Ints
    """Day the case came in, before its first visit."""
    ended: Ints
    """Day the case left, not before its last visit; meaningless for open cases."""
    first_visit: Ints
    last_visit: Ints
    """Day of the last visit, -1 when never visited."""
    last_visit_index: Ints


def feasible_visits(visits: int) -> int:
    """The nearest number not below `visits` that pair-days of six to ten doors can hold."""
    while visits and -(-visits // DOORS[1]) > visits // DOORS[0]:
        visits += 1
    return visits


def make_slots(stream: Stream, today: int, visits: int, most_pairs: int) -> Slots:
    """Days and places for exactly `visits` visits before `today`."""
    low, high = -(-visits // DOORS[1]), visits // DOORS[0]
    outings = min(max(round(visits / USUAL_DOORS), low), high)
    needed = -(-outings // MOST_DAYS_PER_PAIR)
    pairs = max(1, needed, min(most_pairs, -(-outings // DAYS_PER_PAIR)))
    sizes = _sizes(stream, visits, outings)
    weights = outing_weights(today - HISTORY_DAYS, HISTORY_DAYS)
    pair_of, day_of = [], []
    for pair in range(pairs):
        wanted = outings // pairs + (1 if pair < outings % pairs else 0)
        keys = stream.unit(HISTORY_DAYS) / weights
        chosen = np.sort(np.argsort(keys, kind="stable")[:wanted])
        day_of.append(chosen + (today - HISTORY_DAYS))
        pair_of.append(np.full(wanted, pair, dtype=np.int64))
    outing = np.repeat(np.arange(outings, dtype=np.int64), sizes)
    start = np.cumsum(sizes) - sizes
    return Slots(
        pair=np.concatenate([*pair_of, whole([])])[outing],
        day=np.concatenate([*day_of, whole([])]).astype(np.int64)[outing],
        place=np.arange(visits, dtype=np.int64) - start[outing],
        size=sizes[outing],
        outing=outing,
        pairs=pairs,
    )


def _sizes(stream: Stream, visits: int, outings: int) -> Ints:
    """Doors per outing: even at first, then some given from one day to the next."""
    if not outings:
        return whole([])
    sizes = np.full(outings, visits // outings, dtype=np.int64)
    sizes[: visits % outings] += 1
    half = outings // 2
    gift = stream.below(half, 3)
    gift = np.minimum(gift, np.minimum(DOORS[1] - sizes[:half], sizes[half : 2 * half] - DOORS[0]))
    sizes[:half] += gift
    sizes[half : 2 * half] -= gift
    return np.asarray(sizes[stream.order(outings)], dtype=np.int64)


def make_skeleton(stream: Stream, today: int, slots: Slots, doors: Ints) -> Skeleton:
    """Spread cases over pairs and time; `doors` gives the door (household) of each case."""
    cases = len(doors)
    pair = np.asarray(doors % slots.pairs, dtype=np.int64)
    is_open = stream.chance(cases, OPEN_SHARE)
    root = stream.unit(cases)
    age = np.sqrt(root) * root * 0.75
    end = np.where(is_open, 1.0, 0.04 + stream.unit(cases) * 0.955)
    life = 0.06 + stream.unit(cases) * 0.4
    start = np.where(is_open, 1.0 - age, np.maximum(end - life, 0.0))
    per_case = _visits_per_case(stream, slots, pair, end - start)
    case_of, moment = _events(stream, per_case, start, end)
    by_time = np.lexsort((moment, pair[case_of]))
    visit_case = case_of[by_time]
    _spread_doors(stream, slots, visit_case, doors)
    placed, ended = _life_days(slots, pair, moment[by_time], start, end, today)
    first, last, last_index = _first_and_last(slots, visit_case, cases)
    visited = last >= 0
    placed = np.where(visited, np.minimum(placed, first - 1), placed)
    placed = placed - stream.below(cases, 4) * (placed < today - 9)
    ended = np.minimum(np.maximum(np.maximum(ended, last), placed + 5), today - 1)
    late = ~is_open & (placed + 5 > today - 1)
    return Skeleton(slots, visit_case, pair, is_open | late, placed, ended, first, last, last_index)


def _visits_per_case(stream: Stream, slots: Slots, pair: Ints, life: Floats) -> Ints:
    """Whole numbers that add up to each pair's slots, in proportion to life and intensity."""
    cases = len(pair)
    weight = np.floor(life * (400 + stream.below(cases, 1400))).astype(np.int64) + 3
    weight[stream.chance(cases, 0.03)] = 0
    available = np.bincount(slots.pair, minlength=slots.pairs).astype(np.int64)
    sums = np.zeros(slots.pairs, dtype=np.int64)
    np.add.at(sums, pair, weight)
    share = weight * available[pair]
    result = np.asarray(share // np.maximum(sums, 1)[pair], dtype=np.int64)
    rest = share % np.maximum(sums, 1)[pair]
    given = np.zeros(slots.pairs, dtype=np.int64)
    np.add.at(given, pair, result)
    order = np.lexsort((-rest, pair))
    sizes = np.bincount(pair, minlength=slots.pairs)
    rank = np.arange(cases) - (np.cumsum(sizes) - sizes)[pair[order]]
    result[order[rank < (available - given)[pair[order]]]] += 1
    return result


def _events(
    stream: Stream,
    per_case: Ints,
    start: Floats,
    end: Floats,
) -> tuple[Ints, Floats]:
    """Case and moment of every visit, evenly strewn over the case's life."""
    case_of = np.repeat(np.arange(len(per_case), dtype=np.int64), per_case)
    first = np.cumsum(per_case) - per_case
    place = np.arange(len(case_of)) - first[case_of]
    part = (place + stream.unit(len(case_of))) / per_case[case_of]
    return case_of, start[case_of] + part * (end - start)[case_of]


def _spread_doors(stream: Stream, slots: Slots, visit_case: Ints, doors: Ints) -> None:
    """No door twice in one outing: exchange visits with a neighbouring day of the same pair."""
    members: dict[int, list[int]] = {}

    def at_outing(outing: int) -> list[int]:
        if outing not in members:
            span = np.searchsorted(slots.outing, [outing, outing + 1])
            members[outing] = doors[visit_case[span[0] : span[1]]].tolist()
        return members[outing]

    ends = np.searchsorted(slots.pair, np.arange(slots.pairs + 1))
    for index in _twice(slots, visit_case, doors).tolist():
        mine = at_outing(int(slots.outing[index]))
        door = int(doors[visit_case[index]])
        if mine.count(door) < 2:
            continue
        low, high = int(ends[slots.pair[index]]), int(ends[slots.pair[index] + 1])
        for step in (stream.below(60, 60) - 30).tolist():
            other = min(max(index + step, low), high - 1)
            theirs = at_outing(int(slots.outing[other]))
            guest = int(doors[visit_case[other]])
            if theirs is mine or door in theirs or guest in mine:
                continue
            mine.remove(door)
            theirs.remove(guest)
            mine.append(guest)
            theirs.append(door)
            visit_case[index], visit_case[other] = visit_case[other], visit_case[index]
            break
        else:
            _replace(slots, visit_case, doors, index, mine)


def _replace(slots: Slots, visit_case: Ints, doors: Ints, index: int, mine: list[int]) -> None:
    """Give the visit to the first case of the pair whose door is free that day."""
    for case in np.flatnonzero(doors % slots.pairs == slots.pair[index]).tolist():
        door = int(doors[case])
        if door not in mine:
            mine.remove(int(doors[visit_case[index]]))
            mine.append(door)
            visit_case[index] = case
            return


def _twice(slots: Slots, visit_case: Ints, doors: Ints) -> Ints:
    """Visits whose door already occurs in the same outing."""
    key = slots.outing * (int(doors.max(initial=0)) + 1) + doors[visit_case]
    order = np.argsort(key, kind="stable")
    again = key[order][1:] == key[order][:-1]
    return np.asarray(np.sort(order[1:][again]), dtype=np.int64)


def _life_days(
    slots: Slots,
    pair: Ints,
    moments: Floats,
    start: Floats,
    end: Floats,
    today: int,
) -> tuple[Ints, Ints]:
    """Turn the abstract start and end of each case into days, by the slots around them."""
    placed = np.full(len(pair), today - 1, dtype=np.int64)
    ended = np.full(len(pair), today - 1, dtype=np.int64)
    ends = np.searchsorted(slots.pair, np.arange(slots.pairs + 1))
    for number in range(slots.pairs):
        low, high = int(ends[number]), int(ends[number + 1])
        mine = np.flatnonzero(pair == number)
        for moment, target in ((start, placed), (end, ended)):
            index = low + np.searchsorted(moments[low:high], moment[mine])
            days = np.append(slots.day, today - 1)[np.minimum(index, high - 1)]
            target[mine] = np.where(index >= high, today - 1, days)
    return placed, ended


def _first_and_last(slots: Slots, visit_case: Ints, cases: int) -> tuple[Ints, Ints, Ints]:
    """Day of the first and last visit of each case, and the index of the last."""
    order = np.lexsort((np.arange(len(visit_case)), slots.day, visit_case))
    sorted_case = visit_case[order]
    first_at = np.searchsorted(sorted_case, np.arange(cases), side="left")
    last_at = np.searchsorted(sorted_case, np.arange(cases), side="right") - 1
    visited = last_at >= first_at
    none = np.full(cases, -1, dtype=np.int64)
    days = np.append(slots.day[order], -1)
    order = np.append(order, -1)
    return (
        np.where(visited, days[np.minimum(first_at, len(days) - 1)], none),
        np.where(visited, days[last_at], none),
        np.where(visited, order[last_at], none),
    )
