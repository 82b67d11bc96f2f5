"""The visits themselves: hours, what was found, who was there, what was recorded."""

from dataclasses import dataclass

import numpy as np

from supervisor.intake.demo.days import NONE, weekday
from supervisor.intake.demo.money import CaseMoney
from supervisor.intake.demo.situations import (
    AWAY_WEIGHTS,
    FAREWELL_WEIGHTS,
    MET_WEIGHTS,
    NUMBER,
    SITUATIONS,
)
from supervisor.intake.demo.skeleton import Skeleton, Slots
from supervisor.intake.demo.stream import Bools, Ints, Stream, whole

PROMISE_DAYS = (3, 12)
TICKS = ("yes", "no", "unknown")
_MET = np.asarray([situation.outcome == "MET_DEBTOR" for situation in SITUATIONS])


@dataclass(slots=True)
class Outings:
    """Visits in the order of `Skeleton.slots`; arrays by visit."""

    minute: Ints
    stay: Ints
    situation: Ints
    alone: Bools
    recorded: Ints
    """Index into `TICKS`, like the next four."""
    consent: Ints
    id_shown: Ints
    notice: Ints
    position: Ints
    late_entry: Ints


def hours(stream: Stream, slots: Slots) -> tuple[Ints, Ints]:
    """Start minute and length of each visit: a morning, an afternoon, and the evening at home."""
    count = len(slots.day)
    parts = slots.place * 1000 + 150 + stream.below(count, 700)
    share = parts // np.maximum(slots.size, 1)
    weekend = weekday(slots.day) >= 5
    shift = np.where(weekend, -10, 15)
    morning = 535 + share * 190 // 350
    afternoon = 800 + (share - 350) * 190 // 300
    evening = 990 + (share - 650) * 235 // 350
    minute = np.select([share < 350, share < 650], [morning, afternoon], evening) + shift
    stay = 6 + stream.below(count, 26)
    following = np.append(minute[1:], 0)
    same_day = np.append(slots.outing[1:] == slots.outing[:-1], [False])[:count]
    room = np.where(same_day, np.maximum(following - minute - 4, 3), stay)
    return np.asarray(minute, dtype=np.int64), np.asarray(np.minimum(stay, room), dtype=np.int64)


def make_outings(
    stream: Stream, bones: Skeleton, bearing: Ints, skill: Ints, money: CaseMoney, returned: Bools
) -> Outings:
    """Decide every visit. `skill` in thousandths by pair, `bearing` by case."""
    slots = bones.slots
    count = len(slots.day)
    case = bones.visit_case
    minute, stay = hours(stream, slots)
    evening = minute >= 1080
    weekend = weekday(slots.day) >= 5
    odds = (
        230
        + 150 * evening
        + 110 * weekend
        - 30 * (minute < 660)
        + skill[slots.pair]
        + whole([90, 40, -60, -40])[bearing[case]]
    )
    met = stream.below(count, 1000) < odds
    situation = stream.weighted(count, AWAY_WEIGHTS)
    for number, weights in enumerate(MET_WEIGHTS):
        talking = met & (bearing[case] == number)
        situation[talking] = stream.weighted(int(talking.sum()), weights)
    soon = money.next_day(case, slots.day)
    paying = met & (soon != NONE) & (soon - slots.day <= PROMISE_DAYS[1])
    situation[paying & stream.chance(count, 0.7)] = NUMBER["PTP"]
    last = bones.last_visit_index
    parting = last[returned & (last >= 0)]
    parting = parting[stream.chance(len(parting), 0.6)]
    situation[parting] = stream.weighted(len(parting), FAREWELL_WEIGHTS)
    quiet = situation == NUMBER["BREACH_QUIET"]
    situation[quiet & (slots.place < slots.size - 1)] = NUMBER["WILL_NO_ABILITY"]
    quiet = situation == NUMBER["BREACH_QUIET"]
    minute = np.where(quiet, 1323 + stream.below(count, 30), minute)
    met = _MET[situation]
    return Outings(
        minute=minute,
        stay=np.where(met, stay + 2 * (stay > 8), np.minimum(stay, 12)),
        situation=situation,
        alone=stream.chance(count, 0.006),
        recorded=_ticks(stream, count, 957, 14),
        consent=np.where(met, _ticks(stream, count, 900, 60), 2),
        id_shown=np.where(met, _ticks(stream, count, 965, 9), _ticks(stream, count, 500, 0)),
        notice=_ticks(stream, count, 660, 260),
        position=_ticks(stream, count, 905, 32),
        late_entry=_late_entry(stream, count),
    )


def _ticks(stream: Stream, count: int, yes: int, no: int) -> Ints:
    """Indices into `TICKS`; shares in thousandths, the rest is unknown."""
    return stream.weighted(count, [yes, no, 1000 - yes - no])


def _late_entry(stream: Stream, count: int) -> Ints:
    """Minutes until the visit was entered: mostly the same evening, seldom days later."""
    kind = stream.weighted(count, [70, 24, 5, 1])
    low = whole([5, 120, 600, 2000])[kind]
    high = whole([119, 420, 1600, 5000])[kind]
    return stream.between(count, low, high)
