"""Flags with their follow-ups, complaints and holds."""

from dataclasses import dataclass

import numpy as np

from supervisor.intake.demo.days import NONE, at
from supervisor.intake.demo.desk import Desk
from supervisor.intake.demo.outings import Outings
from supervisor.intake.demo.situations import NUMBER, SITUATIONS
from supervisor.intake.demo.skeleton import Skeleton
from supervisor.intake.demo.stream import Bools, Ints, Stream, whole
from supervisor.models.enums import FlagState, HoldReason

STATES = (
    FlagState.NEW,
    FlagState.IN_FOLLOW_UP,
    FlagState.AWAITING_REVIEW,
    FlagState.AWAITING_DECISION,
    FlagState.CLOSED,
)
_CLOSED = 4
_FLAGGED = np.asarray([situation.flag is not None for situation in SITUATIONS])
_RECENT_DAYS = 14


@dataclass(frozen=True, slots=True)
class Flags:
    """Flags by visit, sorted by time; `NONE` stands for not yet."""

    visit: Ints
    case: Ints
    raised: Ints
    looked: Ints
    closed: Ints
    state: Ints
    critical: Bools


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Steps after flags, sorted by due time; `step` counts within the flag's category."""

    flag: Ints
    case: Ints
    due: Ints
    done: Ints
    step: Ints


@dataclass(frozen=True, slots=True)
class Complaints:
    """Complaints; `text` and `channel` are indices."""

    case: Ints
    received: Ints
    closed: Ints
    channel: Ints
    text: Ints


@dataclass(frozen=True, slots=True)
class Holds:
    """Times of rest; `until` `NONE`: open-ended; `ended` `NONE`: open."""

    case: Ints
    start: Ints
    until: Ints
    ended: Ints
    reason: Ints
    recorded: Ints


COMPLAINT_TEXTS = (
    "认为上门时间过晚",
    "对欠款金额有异议,要求核账",
    "称催收员语气生硬",
    "称第三人得知欠款",
    "要求停止上门,改为线上沟通",
    "申请协商还款未获答复",
)
ABOUT_CONDUCT = frozenset({0, 2, 3})
"""Which of the texts are about a visit."""
COMPLAINT_CHANNELS = ("company", "regulator", "association", "police")
HOLD_REASONS = (
    HoldReason.PLAN_ACTIVE,
    HoldReason.DISPUTE_OPEN,
    HoldReason.COMPLAINT_OPEN,
    HoldReason.COOLING_OFF,
    HoldReason.SERIOUS_ILL,
    HoldReason.FRAUD_CHECK,
    HoldReason.LEGAL_HOLD,
    HoldReason.DECEASED,
    HoldReason.IN_CUSTODY,
)


def stage_incidents(stream: Stream, outings: Outings, bones: Skeleton, desk: Desk) -> None:
    """Let the last visits of chosen cases have ended the way the desk says."""
    last = bones.last_visit_index
    kinds = whole([NUMBER["POLICE"], NUMBER["BREACH_THREAT"]])
    outings.situation[last[desk.critical]] = kinds[stream.below(len(desk.critical), 2)]
    troubles = whole([NUMBER["CONFLICT"], NUMBER["DOOR_REFUSED"], NUMBER["COMPLAIN"]])
    outings.situation[last[desk.follow_up_late]] = troubles[
        stream.below(len(desk.follow_up_late), 3)
    ]
    outings.situation[last[desk.promise_case]] = NUMBER["PTP"]


def make_flags(
    stream: Stream, today: int, bones: Skeleton, outings: Outings, desk: Desk
) -> tuple[Flags, FollowUps]:
    """A flag for every visit that calls for one; old ones closed, recent ones on their way."""
    visit = np.flatnonzero(_FLAGGED[outings.situation]).astype(np.int64)
    case, day = bones.visit_case[visit], bones.slots.day[visit]
    ended = at(day, outings.minute[visit] + outings.stay[visit])
    order = np.lexsort((visit, ended))
    visit, case, day = visit[order], case[order], day[order]
    raised = at(day, 20 * 60 + 30 + stream.below(len(visit), 60))
    raised = np.maximum(raised, ended[order] + 10)
    severe = np.asarray(
        [
            situation.flag is not None and situation.flag.severity == "critical"
            for situation in SITUATIONS
        ]
    )
    critical = severe[outings.situation[visit]]
    is_last = bones.last_visit_index[case] == visit
    unseen = is_last & np.isin(case, desk.critical)
    late = is_last & np.isin(case, desk.follow_up_late)
    count = len(visit)
    recent = (day >= today - _RECENT_DAYS) & bones.open[case] & ~critical
    state = np.where(recent, stream.weighted(count, [0, 46, 18, 10, 26]), _CLOSED)
    fresh = recent & (day >= today - 2) & stream.chance(count, 0.6)
    state = np.select([unseen | fresh, late], [0, 1], state)
    looked = np.where(state == 0, NONE, raised + 30 + stream.below(count, 200))
    dawn = at(np.full(count, today, dtype=np.int64), 0)
    looked = np.where(looked >= dawn, raised + 5, looked)
    closed = np.where(
        state == _CLOSED,
        np.minimum(raised + 1440 * (2 + stream.below(count, 9)), dawn - 200),
        NONE,
    )
    closed = np.where(state == _CLOSED, np.maximum(closed, raised + 20), NONE)
    flags = Flags(visit, case, raised, looked, closed, state.astype(np.int64), critical)
    return flags, _follow_ups(stream, today, flags, late)


def _follow_ups(stream: Stream, today: int, flags: Flags, late: Bools) -> FollowUps:
    count = len(flags.visit)
    followed = (flags.state == 1) | (flags.state == 2) | stream.chance(count, 0.4)
    followed = np.flatnonzero((followed & (flags.state != 0)) | late).astype(np.int64)
    is_open = flags.state[followed] == 1
    size = len(followed)
    usual = (flags.raised[followed] // 1440 + 1 + stream.below(size, 3)) * 1440 + 18 * 60
    ahead = at(today + 1 + stream.below(size, 4), 18 * 60)
    overdue = at(today - 1 - stream.below(size, 3), 18 * 60)
    overdue = np.maximum(overdue, flags.raised[followed] + 15)
    due = np.select([late[followed], is_open], [overdue, ahead], usual)
    dawn = today * 1440
    finished = np.minimum(usual - stream.below(size, 1200), dawn - 300)
    done = np.where(is_open, NONE, np.maximum(finished, flags.raised[followed] + 12))
    step = stream.below(size, 3)
    order = np.lexsort((followed, due))
    return FollowUps(
        followed[order], flags.case[followed][order], due[order], done[order], step[order]
    )


def make_complaints(stream: Stream, today: int, bones: Skeleton, desk: Desk) -> Complaints:
    """A few of long ago, closed; some open; one that came in after a visit was planned."""
    visited = np.flatnonzero((bones.last_visit >= 0) & (bones.last_visit < today - 60))
    old = visited[stream.chance(len(visited), 0.02)].astype(np.int64)
    fresh = np.concatenate([desk.complaint_open, desk.recall_complaint])
    case = np.concatenate([old, fresh])
    size = len(case)
    day = np.where(
        np.arange(size) < len(old),
        bones.last_visit[case] + 1 + stream.below(size, 4),
        today - 2 - stream.below(size, 5),
    )
    is_recall = np.isin(case, desk.recall_complaint)
    day = np.where(is_recall, today - 1, day)
    closed = np.where(np.arange(size) < len(old), day + 6 + stream.below(size, 24), NONE)
    received = at(day, 9 * 60 + stream.below(size, 540))
    received = np.where(is_recall, at(day, 19 * 60 + 40), received)
    order = np.lexsort((case, received))
    return Complaints(
        case[order],
        received[order],
        closed[order].astype(np.int64),
        stream.weighted(size, [60, 28, 9, 3])[order],
        stream.below(size, len(COMPLAINT_TEXTS))[order],
    )


def make_holds(stream: Stream, today: int, bones: Skeleton, desk: Desk) -> Holds:
    """Ended ones of the past, running ones, ones about to end, open-ended ones, and a recall."""
    long_ago = (bones.last_visit > 0) & (bones.placed < today - 90) & bones.open
    past = np.flatnonzero(long_ago & stream.chance(len(bones.open), 0.06)).astype(np.int64)
    lots: list[tuple[Ints, Ints, Ints, Ints]] = []
    start = bones.placed[past] + 5 + stream.below(len(past), 40)
    until = start + 6 + stream.below(len(past), 25)
    lots.append((past, start, until, np.minimum(until, today - 20)))
    none = NONE + 0 * today
    for cases, low, span in (
        (desk.hold_ending, today, 4),
        (desk.hold_running, today + 5, 50),
        (desk.recall_held, today + 6, 20),
    ):
        size = len(cases)
        room = np.maximum(today - 1 - bones.last_visit[cases], 1)
        begin = today - 1 - stream.below(size, np.minimum(room, 60))
        if cases is desk.recall_held:
            begin = np.full(size, today - 1, dtype=np.int64)
        lots.append((cases, begin, low + stream.below(size, span), np.full(size, none)))
    cases = desk.hold_open
    room = np.maximum(today - 1 - bones.last_visit[cases], 1)
    begin = today - 1 - stream.below(len(cases), np.minimum(room, 60))
    lots.append((cases, begin, np.full(len(cases), none), np.full(len(cases), none)))
    case, begin, until, ended = (
        np.concatenate(parts).astype(np.int64) for parts in zip(*lots, strict=True)
    )
    order = np.lexsort((case, begin))
    reason = stream.weighted(len(case), [30, 16, 12, 14, 8, 6, 8, 3, 3])
    recorded = at(begin, 17 * 60 + 10)
    return Holds(case[order], begin[order], until[order], ended[order], reason, recorded[order])
