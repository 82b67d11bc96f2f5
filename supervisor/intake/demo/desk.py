"""What lies on the supervisor's desk today: chosen by hand, so that every kind of case is there.

Left to chance a branch would have no critical flag on one day and thirty on the next. The cases
for each reason are picked apart from each other; `scaled` keeps small branches in proportion.
"""

from dataclasses import dataclass

import numpy as np

from supervisor.intake.demo.skeleton import DOORS, Skeleton
from supervisor.intake.demo.stream import Bools, Ints, Stream, whole

FULL_DESK = 900
"""From this many open cases on a branch has the full number of each kind."""

_UNTRAINED = 0
"""The pair whose first person's training has run out: one visit tomorrow shows what that means."""
FIRST_DOOR_MINUTE = 9 * 60 + 10
DOOR_MINUTES = 65
GAP_SECOND, GAP_NOTICE, GAP_DEVICE, GAP_FILE = 1, 2, 4, 8


@dataclass(frozen=True, slots=True)
class Plans:
    """Visits to come or not reported; one per case, sorted by pair and time."""

    case: Ints
    day: Ints
    minute: Ints
    gaps: Ints


@dataclass(frozen=True, slots=True)
class Desk:
    """Cases (indices) by what is to be done about them."""

    critical: Ints
    follow_up_late: Ints
    promise_case: Ints
    promise_due: Ints
    recall_paid: Ints
    recall_held: Ints
    recall_complaint: Ints
    hold_ending: Ints
    hold_running: Ints
    hold_open: Ints
    retention_ending: Ints
    retained: Ints
    complaint_open: Ints
    plans: Plans


class _Picker:
    """Takes cases that nobody else took, preferring some."""

    def __init__(self, stream: Stream, free: Bools) -> None:
        self._order = stream.order(len(free))
        self.free = free.copy()
        self._open = int(free.sum())

    def scaled(self, number: int) -> int:
        return max(1, min(number, number * self._open // FULL_DESK))

    def take(self, count: int, preferred: Bools) -> Ints:
        order = self._order[self.free[self._order]]
        order = order[np.argsort(~preferred[order], kind="stable")][:count]
        self.free[order] = False
        return order


def set_desk(
    stream: Stream, today: int, bones: Skeleton, doors: Ints, owes: Bools, rests: Bools
) -> Desk:
    """Pick the cases; `owes`: overdue today, `rests`: unassigned or otherwise to be left alone."""
    cases = len(doors)
    last = bones.last_visit
    free = bones.open & owes & ~rests & (last >= 0) & (last < today)
    picker = _Picker(stream, free)
    recent, fresh = last >= today - 10, last >= today - 3
    settled_down = last <= today - 2
    critical = picker.take(picker.scaled(4), fresh)
    promise_due = whole([0] * picker.scaled(8) + [1] * picker.scaled(3) + [2, 3, 4, 2, 6])
    promise_due = today - promise_due[: picker.scaled(16)]
    promise_case = picker.take(len(promise_due), recent & (last <= today - 7))
    promise_due = promise_due[: len(promise_case)]
    promise_case = promise_case[last[promise_case] < promise_due]
    promise_due = promise_due[: len(promise_case)]
    late = picker.take(picker.scaled(7), recent & settled_down)
    ending = picker.take(picker.scaled(6), settled_down)
    retention = picker.take(picker.scaled(4), settled_down)
    retained = picker.take(picker.scaled(18), settled_down)
    complaint = picker.take(picker.scaled(4), recent)
    plans = _plan(stream, today, bones, doors, picker)
    tomorrow = plans.case[(plans.day == today + 1) & (plans.gaps == 0)]
    share = max(1, min(2, len(tomorrow) // 8))
    recalled = tomorrow[stream.order(len(tomorrow))]
    recalled = recalled[bones.pair[recalled] != _UNTRAINED][: 2 * share + 1]
    running = picker.take(cases * 4 // 100, last <= today - 12)
    without_end = picker.take(cases // 80, last <= today - 12)
    return Desk(
        critical=critical,
        follow_up_late=late,
        promise_case=promise_case,
        promise_due=promise_due,
        recall_paid=recalled[:share],
        recall_held=recalled[share : max(share + 1, 2 * share - 1)],
        recall_complaint=recalled[2 * share :],
        hold_ending=ending,
        hold_running=running,
        hold_open=without_end,
        retention_ending=retention,
        retained=retained,
        complaint_open=complaint,
        plans=plans,
    )


def _plan(stream: Stream, today: int, bones: Skeleton, doors: Ints, picker: _Picker) -> Plans:
    """Today's and tomorrow's round of each pair, a few later visits and some not reported."""
    lots: list[tuple[Ints, Ints, Ints]] = []
    for pair in range(bones.slots.pairs):
        mine = picker.free & (bones.pair == pair)
        if mine.sum() < 6 * DOORS[0]:
            continue
        for on in (today, today + 1):
            count = DOORS[0] + stream.one(DOORS[1] - DOORS[0])
            if pair == _UNTRAINED and bones.slots.pairs > 1:
                count = int(on > today)
            chosen = _take_doors(picker, doors, mine & picker.free, count)
            minute = FIRST_DOOR_MINUTE + DOOR_MINUTES * np.arange(len(chosen), dtype=np.int64)
            lots.append((chosen, np.full(len(chosen), on, dtype=np.int64), minute))
    rounds = _join(lots)
    trained = bones.pair != _UNTRAINED
    later = picker.take(picker.scaled(9), trained)
    missed = picker.take(picker.scaled(5), trained & (bones.last_visit < today - 4))
    missed = missed[bones.last_visit[missed] < today - 2]
    lots.append(
        (later, today + 2 + stream.below(len(later), 4), 600 + 30 * stream.below(len(later), 16))
    )
    lots.append(
        (missed, today - 1 - stream.below(len(missed), 2), 600 + 30 * stream.below(len(missed), 16))
    )
    case, day, minute = _join(lots)
    gaps = np.zeros(len(case), dtype=np.int64)
    gaps[stream.chance(len(case), 0.12)] |= GAP_FILE
    gaps[(day > today + 1)] |= GAP_NOTICE
    lacking = np.flatnonzero(rounds[1] == today + 1)
    lacking = lacking[stream.order(len(lacking))][: picker.scaled(10)]
    kinds = (GAP_SECOND, GAP_NOTICE, GAP_DEVICE, GAP_NOTICE, GAP_SECOND | GAP_NOTICE)
    gaps[lacking] |= whole(kinds)[np.arange(len(lacking)) % len(kinds)]
    return Plans(case, day, minute, gaps)


def _take_doors(picker: _Picker, doors: Ints, mine: Bools, count: int) -> Ints:
    """`count` cases behind as many doors."""
    chosen = picker.take(count * 2, mine)
    _, first = np.unique(doors[chosen], return_index=True)
    keep = chosen[np.sort(first)][:count]
    back = np.setdiff1d(chosen, keep)
    picker.free[back] = True
    return keep


def _join(lots: list[tuple[Ints, Ints, Ints]]) -> tuple[Ints, Ints, Ints]:
    if not lots:
        return whole([]), whole([]), whole([])
    case, day, minute = (np.concatenate(parts) for parts in zip(*lots, strict=True))
    return case, day, minute
