"""Rows of visits, promises, contact attempts, complaints, flags and follow-ups."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from supervisor.intake.demo.blocks import Block, Column, Ids, Same
from supervisor.intake.demo.days import NONE
from supervisor.intake.demo.incidents import (
    ABOUT_CONDUCT,
    COMPLAINT_CHANNELS,
    COMPLAINT_TEXTS,
    STATES,
)
from supervisor.intake.demo.notes import write_notes
from supervisor.intake.demo.outings import TICKS
from supervisor.intake.demo.promises import CHANNELS, CONTACT_TEXTS, PARTIES
from supervisor.intake.demo.rows_case import REASONS
from supervisor.intake.demo.rows_money import or_none
from supervisor.intake.demo.rows_plan import VisitIds, done_plans, open_plans
from supervisor.intake.demo.situations import SITUATIONS
from supervisor.intake.demo.stream import Ints, Stream
from supervisor.intake.demo.words.places import SEA_LATITUDE, SEA_LONGITUDE
from supervisor.models.enums import CausedBy

if TYPE_CHECKING:
    from supervisor.intake.demo.branch import Draft

AS_MADE = "demo"
"""What visits of the demo are judged with until `judged` or a person lets them be read."""
PLACES = ("home", "work", "registered", "other")
_PLACE_WEIGHTS = (78, 12, 8, 2)
CONDUCTS = (
    '{"adaptive":"yes","listened":"yes","polite":"yes"}',
    '{"adaptive":"unknown","listened":"yes","polite":"yes"}',
    '{"adaptive":"no","listened":"yes","polite":"yes"}',
    '{"adaptive":"no","listened":"no","polite":"unknown"}',
    "{}",
)
STEPS = {
    "refusal": (
        ("agree_time", "提前通知后再约"),
        ("other_channel", "改电话沟通"),
        ("letter", "寄送告知函"),
    ),
    "conflict": (
        ("cooling_off", "暂停上门几天"),
        ("add_person", "指定同行人员"),
        ("deescalation_course", "安排降冲突培训"),
    ),
    "legal_risk": (
        ("keep_recordings", "保存录音录像"),
        ("legal_desk", "转法务复核"),
        ("call_back", "核实回访"),
    ),
}
_MET = np.asarray([situation.outcome == "MET_DEBTOR" for situation in SITUATIONS])


def write_visits(
    stream: Stream, draft: "Draft", ids: Ids, case_id: int, visit_ids: VisitIds
) -> Iterator[Block]:
    """The visit table and everything that names visits."""
    people = _people(draft)
    yield done_plans(stream, draft, case_id, visit_ids, people)
    yield open_plans(stream, draft, case_id, visit_ids, people)
    yield _visits(stream, draft, case_id, visit_ids, people)
    yield _promises(draft, ids, case_id, visit_ids, people[0])
    yield _contacts(draft, ids, case_id, people[0])
    yield _complaints(draft, ids, case_id, visit_ids, people[0])
    yield from _flags(draft, ids, case_id, visit_ids, people)


def _people(draft: "Draft") -> tuple[Ints, Ints]:
    """Who visits each case: leading and second person."""
    first, second = draft.crew.first[draft.bones.pair], draft.crew.second[draft.bones.pair]
    return np.where(draft.leads, first, second), np.where(draft.leads, second, first)


def _visits(
    stream: Stream, draft: "Draft", case_id: int, visit_ids: VisitIds, people: tuple[Ints, Ints]
) -> Block:
    book, order, outings = draft.book, visit_ids.order, draft.outings
    count = len(order)
    case = draft.bones.visit_case[order]
    situation = outings.situation[order]
    start = visit_ids.start[order]
    end = start + outings.stay[order]
    late = outings.late_entry[order]
    late = np.maximum(np.minimum(late, book.today * 1440 - 1 - end), 1)
    agent = people[0][case]
    second = np.where(outings.alone[order], NONE, people[1][case])
    met = _MET[situation]
    kinds = situation.tolist()
    reason = np.where(met & stream.chance(count, 0.5), stream.below(count, len(REASONS)), NONE)
    located = stream.chance(count, 0.93)
    latitude = (SEA_LATITUDE + stream.below(count, 9000)).tolist()
    longitude = (SEA_LONGITUDE + stream.below(count, 9000)).tolist()
    here = located.tolist()
    plan = np.full(count, NONE, dtype=np.int64)
    plan[visit_ids.planned :] = visit_ids.first_done_plan + np.arange(count - visit_ids.planned)
    conduct = np.where(met, stream.weighted(count, [70, 16, 8, 2, 4]), 4)
    code = draft.crew.code[1:]
    letters = met & stream.chance(count, 0.03)
    copies = np.isin(agent, draft.crew.copies) & stream.chance(count, 0.5)
    outcome = [one.outcome.value for one in SITUATIONS]
    talk = [one.talk for one in SITUATIONS]

    def ticks(values: Ints) -> list[str]:
        return [TICKS[one] for one in values[order].tolist()]

    return Block(
        "visit",
        count,
        {
            "branch_id": Same(draft.crew.branch_id),
            "id": range(visit_ids.first_visit, visit_ids.first_visit + count),
            "recorded_at": book.instants(end + late),
            "version": Same(1),
            "case_id": (case + case_id).tolist(),
            "visit_no": [_visit_no(code, place) for place in range(count)],
            "plan_id": or_none(plan),
            "agent_id": agent.tolist(),
            "second_agent_id": or_none(second),
            "done_by_branch_id": Same(draft.crew.branch_id),
            "visited_on": book.days(start // 1440),
            "started_at": book.instants(start),
            "ended_at": book.instants(end),
            "address_kind": [
                PLACES[one] for one in stream.weighted(count, _PLACE_WEIGHTS).tolist()
            ],
            "outcome": [outcome[one] for one in kinds],
            "talk_results": [talk[one] for one in kinds],
            "arrears_reason": [REASONS[one].value if one >= 0 else None for one in reason.tolist()],
            "latitude": [
                value / 100_000 if known else None
                for value, known in zip(latitude, here, strict=True)
            ],
            "longitude": [
                value / 100_000 if known else None
                for value, known in zip(longitude, here, strict=True)
            ],
            "position_matched": ticks(np.where(located[np.argsort(order)], outings.position, 2)),
            "id_shown": ticks(outings.id_shown),
            "recorded": ticks(outings.recorded),
            "recording_consent": ticks(outings.consent),
            "notice_given": ticks(outings.notice),
            "conduct": [CONDUCTS[one] for one in conduct.tolist()],
            "note": write_notes(stream, situation, copies),
            "receipt_no": [
                f"HZ{code}{place:07d}" if one else None
                for place, one in enumerate(letters.tolist())
            ],
            "late_entry_minutes": late.tolist(),
            "judged_with": Same(AS_MADE),
        },
    )


def _promises(draft: "Draft", ids: Ids, case_id: int, visit_ids: VisitIds, agent: Ints) -> Block:
    promises, book = draft.promises, draft.book
    count = len(promises.visit)
    order = np.argsort(visit_ids.id[promises.visit], kind="stable")
    first = ids.take(count)
    visit = promises.visit[order]
    case = promises.case[order]
    code = draft.crew.code[1:]
    return Block(
        "promise",
        count,
        {
            "branch_id": Same(draft.crew.branch_id),
            "id": range(first, first + count),
            "recorded_at": book.instants(visit_ids.start[visit] + draft.outings.stay[visit] + 1),
            "version": Same(1),
            "case_id": (case + case_id).tolist(),
            "promise_no": [f"CN{code}{place:07d}" for place in range(1, count + 1)],
            "visit_id": visit_ids.id[visit].tolist(),
            "agent_id": agent[case].tolist(),
            "made_on": book.days(promises.made[order]),
            "due_on": book.days(promises.due[order]),
            "amount_fen": promises.fen[order].tolist(),
            "paid_fen": promises.paid[order].tolist(),
            "withdrawn": Same(False),
            "done_by_branch_id": Same(draft.crew.branch_id),
        },
    )


def _contacts(draft: "Draft", ids: Ids, case_id: int, agent: Ints) -> Block:
    contacts = draft.contacts
    count = len(contacts.case)
    first = ids.take(count)
    stamps = draft.book.instants(contacts.at)
    code = draft.crew.code[1:]
    return Block(
        "contact_attempt",
        count,
        {
            "branch_id": Same(draft.crew.branch_id),
            "id": range(first, first + count),
            "recorded_at": stamps,
            "case_id": (contacts.case + case_id).tolist(),
            "contact_no": [f"DH{code}{place:08d}" for place in range(1, count + 1)],
            "channel": [CHANNELS[one] for one in contacts.channel.tolist()],
            "at": stamps,
            "party": [PARTIES[one] for one in contacts.party.tolist()],
            "connected": [TICKS[one] for one in contacts.connected.tolist()],
            "effective": [TICKS[one] for one in contacts.effective.tolist()],
            "outcome": [CONTACT_TEXTS[one] for one in contacts.text.tolist()],
            "agent_id": agent[contacts.case].tolist(),
            "done_by_branch_id": Same(draft.crew.branch_id),
        },
    )


def _course(
    draft: "Draft", visit_ids: VisitIds, people: tuple[Ints, Ints]
) -> dict[str, Column | Same]:
    """Whose flags they are, and how the closed ones were judged."""
    flags, book, outings = draft.flags, draft.book, draft.outings
    visits = visit_ids.id[flags.visit].tolist()
    second = np.where(outings.alone[flags.visit], NONE, people[1][flags.case])
    closed = (flags.closed != NONE).tolist()
    looked = (flags.looked != NONE).tolist()
    kinds = [SITUATIONS[one].flag for one in outings.situation[flags.visit].tolist()]
    ours = [kind is not None and kind.caused_by is CausedBy.OUR_SIDE for kind in kinds]
    supervisor = draft.crew.supervisor
    evening = (flags.raised // 1440 + 1) * 1440 + 18 * 60
    due = np.where(flags.closed != NONE, NONE, evening)
    return {
        "subject": [f"visit:{visit}" for visit in visits],
        "happened_at": book.instants(visit_ids.start[flags.visit]),
        "agent_id": people[0][flags.case].tolist(),
        "second_agent_id": or_none(second),
        "done_by_branch_id": Same(draft.crew.branch_id),
        "owner": [supervisor if one else "" for one in looked],
        "looked_by": [supervisor if one else None for one in looked],
        "due_at": book.instants(due),
        "closing_reason": ["judged" if one else None for one in closed],
        "verdict": [
            verdict_of(visit, ours=our) if one else None
            for visit, one, our in zip(visits, closed, ours, strict=True)
        ],
    }


def verdict_of(visit: int, *, ours: bool) -> str:
    """How a flag of a visit was judged; most stood up to the look."""
    drawn = visit * 2_654_435_761 % 100
    if not ours:
        return "true" if drawn < _TRUE else "false_alarm"
    return "upheld" if drawn < _UPHELD else "partly_upheld" if drawn < _PARTLY else "not_upheld"


_TRUE, _UPHELD, _PARTLY = 88, 62, 80


def _visit_no(code: str, place: int) -> str:
    """The number of the visit at this place of a branch's visits by time."""
    return f"V{code}{place + 1:08d}"


def _visits_complained_of(draft: "Draft", visit_ids: VisitIds) -> list[str | None]:
    """For complaints about conduct, the visit of the case just before; none for the others."""
    complaints, code = draft.complaints, draft.crew.code[1:]
    case = draft.bones.visit_case[visit_ids.order]
    start = visit_ids.start[visit_ids.order]
    places: dict[int, list[int]] = {}
    for place in np.flatnonzero(np.isin(case, complaints.case)).tolist():
        places.setdefault(int(case[place]), []).append(place)

    def just_before(about: int, received: int) -> str | None:
        known = places.get(about, [])
        earlier = bisect_left(known, received, key=lambda place: int(start[place]))
        return _visit_no(code, known[earlier - 1]) if earlier else None

    rows = zip(
        complaints.case.tolist(), complaints.received.tolist(), complaints.text.tolist(),
        strict=True,
    )  # fmt: skip
    return [
        just_before(about, received) if text in ABOUT_CONDUCT else None
        for about, received, text in rows
    ]


def _complaints(draft: "Draft", ids: Ids, case_id: int, visit_ids: VisitIds, agent: Ints) -> Block:
    complaints, book = draft.complaints, draft.book
    count = len(complaints.case)
    first = ids.take(count)
    stamps = book.instants(complaints.received)
    return Block(
        "complaint",
        count,
        {
            "branch_id": Same(draft.crew.branch_id),
            "id": range(first, first + count),
            "recorded_at": stamps,
            "version": Same(1),
            "case_id": (complaints.case + case_id).tolist(),
            "complaint_no": [
                f"TS{draft.crew.code[1:]}{place:06d}" for place in range(1, count + 1)
            ],
            "channel": [COMPLAINT_CHANNELS[one] for one in complaints.channel.tolist()],
            "received_at": stamps,
            "about": [COMPLAINT_TEXTS[one] for one in complaints.text.tolist()],
            "visit_no": _visits_complained_of(draft, visit_ids),
            "person_id": agent[complaints.case].tolist(),
            "closed_on": book.days(complaints.closed),
        },
    )


def _flags(
    draft: "Draft", ids: Ids, case_id: int, visit_ids: VisitIds, people: tuple[Ints, Ints]
) -> Iterator[Block]:
    flags, follow_ups, book = draft.flags, draft.follow_ups, draft.book
    count = len(flags.visit)
    first = ids.take(count)
    kinds = [SITUATIONS[one].flag for one in draft.outings.situation[flags.visit].tolist()]
    found = [kind for kind in kinds if kind is not None]
    stamps = book.instants(flags.raised)
    yield Block(
        "flag",
        count,
        {
            "branch_id": Same(draft.crew.branch_id),
            "id": range(first, first + count),
            "recorded_at": stamps,
            "version": Same(1),
            "case_id": (flags.case + case_id).tolist(),
            "visit_id": visit_ids.id[flags.visit].tolist(),
            "category": [kind.category.value for kind in found],
            "severity": [kind.severity.value for kind in found],
            "caused_by": [kind.caused_by.value for kind in found],
            "source": [kind.source.value for kind in found],
            "evidence": [kind.evidence for kind in found],
            "state": [STATES[one].value for one in flags.state.tolist()],
            "raised_at": stamps,
            "looked_at": book.instants(flags.looked),
            "closed_at": book.instants(flags.closed),
            **_course(draft, visit_ids, people),
        },
    )
    size = len(follow_ups.flag)
    first_step = ids.take(size)
    chosen = [
        STEPS[found[flag].category][step]
        for flag, step in zip(follow_ups.flag.tolist(), follow_ups.step.tolist(), strict=True)
    ]
    yield Block(
        "follow_up",
        size,
        {
            "branch_id": Same(draft.crew.branch_id),
            "id": range(first_step, first_step + size),
            "recorded_at": book.instants(flags.raised[follow_ups.flag] + 10),
            "version": Same(1),
            "case_id": (follow_ups.case + case_id).tolist(),
            "flag_id": (follow_ups.flag + first).tolist(),
            "step": [code for code, _ in chosen],
            "words": [words for _, words in chosen],
            "owner": Same(draft.crew.supervisor),
            "due_at": book.instants(follow_ups.due),
            "done_at": book.instants(follow_ups.done),
        },
    )
