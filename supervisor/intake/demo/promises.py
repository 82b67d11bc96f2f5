"""Promises made at the door, how they ended, and the calls and messages around them."""

from dataclasses import dataclass

import numpy as np

from supervisor.intake.demo.days import NONE, at
from supervisor.intake.demo.desk import Desk
from supervisor.intake.demo.money import CaseMoney
from supervisor.intake.demo.outings import PROMISE_DAYS, Outings
from supervisor.intake.demo.situations import NUMBER, SITUATIONS
from supervisor.intake.demo.skeleton import Skeleton
from supervisor.intake.demo.stream import Bools, Ints, Stream, per_mille, whole

COMPLETED = np.asarray(
    [situation.outcome not in {"ABORTED", "NOT_DONE"} for situation in SITUATIONS]
)
_USUAL_YUAN = whole([300, 500, 800, 1000, 1200, 1500, 2000, 2500, 3000, 5000])
_PROMISING = (NUMBER["PTP"], NUMBER["PTP_FAMILY"])


@dataclass(frozen=True, slots=True)
class Promises:
    """Promises by visit, in the order visits took place per case."""

    visit: Ints
    case: Ints
    made: Ints
    due: Ints
    fen: Ints
    paid: Ints
    latest: Ints
    """Per case, the index of its latest promise, or -1."""
    answered: Ints
    """Indices of promises not kept that somebody rang about afterwards."""


def make_promises(
    stream: Stream, today: int, bones: Skeleton, outings: Outings, desk: Desk, money: CaseMoney
) -> Promises:
    """Promises of every visit that brought one; those of the desk fall due as it wants them."""
    visit = np.flatnonzero(np.isin(outings.situation, _PROMISING)).astype(np.int64)
    case, made = bones.visit_case[visit], bones.slots.day[visit]
    order = np.lexsort((made, case))
    visit, case, made = visit[order], case[order], made[order]
    count = len(visit)
    coming = money.next_day(case, made)
    near = (coming != NONE) & (coming - made <= PROMISE_DAYS[1])
    due = np.where(
        near, coming + stream.below(count, 3), made + stream.between(count, *PROMISE_DAYS)
    )
    latest = np.full(len(bones.open), -1, dtype=np.int64)
    latest[case] = np.arange(count)
    chosen = latest[desk.promise_case]
    due[chosen] = desk.promise_due
    usual = _USUAL_YUAN[stream.below(count, len(_USUAL_YUAN))] * 100
    received = money.between(case, made, due)
    share = whole([1000, 1000, 950, 900, 800, 1600, 2000])[stream.below(count, 7)]
    agreed = np.maximum(per_mille(received, share) // 10_000 * 10_000, 20_000)
    fen = np.where(near & (received > 0), agreed, usual)
    fen[chosen] = np.maximum(usual[chosen], received[chosen] * 2 // 10_000 * 10_000 + 10_000)
    paid = np.maximum(received, 0)
    mine = np.zeros(count, dtype=bool)
    mine[chosen] = True
    dangling = _dangling(bones, outings, case, due, paid < fen, latest)
    loose = dangling & ~mine & bones.open[case]
    soon = loose & (due >= today - 1) & (due <= today)
    due = np.where(soon, today + 1 + stream.below(count, 4), due)
    return Promises(
        visit=visit,
        case=case,
        made=made,
        due=np.asarray(due, dtype=np.int64),
        fen=fen,
        paid=np.maximum(money.between(case, made, due), 0),
        latest=latest,
        answered=np.flatnonzero(loose & (due < today - 1)).astype(np.int64),
    )


def last_completed(bones: Skeleton, outings: Outings) -> tuple[Ints, Ints, Ints]:
    """Per case: day and index of the last completed visit (-1: none), and how many there were."""
    done = np.flatnonzero(COMPLETED[outings.situation]).astype(np.int64)
    case, day = bones.visit_case[done], bones.slots.day[done]
    order = np.lexsort((day, case))
    index = np.full(len(bones.open), -1, dtype=np.int64)
    index[case[order]] = done[order]
    last = np.where(index >= 0, np.append(bones.slots.day, NONE)[index], NONE)
    return last, index, np.bincount(case, minlength=len(bones.open)).astype(np.int64)


def _dangling(
    bones: Skeleton,
    outings: Outings,
    case: Ints,
    due: Ints,
    unkept: Bools,
    latest: Ints,
) -> Bools:
    """Latest promises of their case, not kept, with no visit since they were due."""
    last, _, _ = last_completed(bones, outings)
    found = unkept & (latest[case] == np.arange(len(case))) & (last[case] <= due)
    return np.asarray(found, dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class Contacts:
    """Calls, messages and letters, sorted by time."""

    case: Ints
    at: Ints
    channel: Ints
    connected: Ints
    effective: Ints
    party: Ints
    text: Ints


CHANNELS = ("phone", "sms", "letter")
PARTIES = ("debtor", "spouse", "family", "colleague", "guarantor", "other")
CONTACT_TEXTS = (
    "电话核实到账情况,称还在筹钱",
    "接通,称在外地,周末回",
    "接通,愿意还,问了还款渠道",
    "无人接听",
    "关机",
    "家属接听,未透露债务,请转告回电",
    "提前通知短信已送达",
    "还款提醒短信",
    "逾期告知函已寄出",
    "接通后挂断",
    "提醒还款日,答应按时处理",
    "停机",
)
_TEXT_OF_CALL = whole([1, 2, 10, 9])
_TEXT_OF_MISS = whole([3, 4, 11])


def make_contacts(
    stream: Stream, today: int, bones: Skeleton, ended: Ints, promises: Promises
) -> Contacts:
    """Some attempts before each case's last visit, and a call after each loose promise."""
    count = len(bones.open)
    until = np.where(bones.last_visit >= 0, bones.last_visit - 1, today - 1)
    until = np.where(bones.open, until, np.minimum(until, ended))
    until = np.maximum(until, bones.placed)
    case = np.repeat(np.arange(count, dtype=np.int64), stream.below(count, 4))
    day = stream.between(len(case), bones.placed[case], until[case])
    usable = day < today
    case, day = case[usable], day[usable]
    number = len(case)
    channel = stream.weighted(number, [68, 25, 7])
    connected = np.where(channel == 0, stream.weighted(number, [52, 45, 3]), 2)
    reached = (channel == 0) & (connected == 0)
    party = np.where(reached, stream.weighted(number, [74, 6, 12, 2, 2, 4]), 0)
    effective = np.where(
        reached, stream.weighted(number, [60, 36, 4]), np.where(channel == 0, 1, 2)
    )
    text = np.select(
        [channel == 1, channel == 2, reached & (party > 0), reached],
        [
            6 + stream.below(number, 2),
            np.full(number, 8),
            np.full(number, 5),
            _TEXT_OF_CALL[stream.below(number, 4)],
        ],
        _TEXT_OF_MISS[stream.below(number, 3)],
    )
    asked = promises.answered
    extra = len(asked)
    zero = np.zeros(extra, dtype=np.int64)
    case = np.concatenate([case, promises.case[asked]])
    day = np.concatenate([day, promises.due[asked] + 1])
    minute = 9 * 60 + stream.below(len(case), 10 * 60)
    moment = at(day, minute)
    order = np.lexsort((case, moment))
    return Contacts(
        case=case[order],
        at=moment[order],
        channel=np.concatenate([channel, zero])[order],
        connected=np.concatenate([connected, zero])[order],
        effective=np.concatenate([effective, zero])[order],
        party=np.concatenate([party, zero])[order],
        text=np.concatenate([text, zero])[order].astype(np.int64),
    )
