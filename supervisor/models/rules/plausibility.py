"""Questions about visits that read oddly: never flags, never verdicts (peers.md 5.8).

Each has an everyday explanation as often as not: a clock that was wrong, one door with two
borrowers behind it, a network that came back in the evening. So they are asked, and the answer is
kept; nothing of it counts against a person.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

from supervisor.models.enums import VisitOutcome
from supervisor.models.enums_training import QuestionKind
from supervisor.models.ids import BranchId, CaseId, StaffId, VisitId

EARTH_KM = 6371.0
NEAR_KM = 1.0
"""Within this distance positions are too unsure for a speed to mean anything."""
_MET = frozenset(one for one in VisitOutcome if one.value.startswith("MET_"))
_NOT_DONE = frozenset({VisitOutcome.ABORTED, VisitOutcome.NOT_DONE})
_NO_LETTER = re.compile(r"[\W_\d]+")


@dataclass(frozen=True, slots=True)
class Trace:
    """What a visit left: where and when, who, what was written. Positions in one system."""

    branch_id: BranchId
    visit_id: VisitId
    case_id: CaseId
    people: tuple[StaffId, ...]
    started_at: datetime
    ended_at: datetime | None
    late_entry_minutes: int | None
    position: tuple[float, float] | None
    outcome: VisitOutcome
    note: str

    @property
    def entered_at(self) -> datetime | None:
        """When it was entered; None where that is not known."""
        if self.ended_at is None or self.late_entry_minutes is None:
            return None
        return self.ended_at + timedelta(minutes=self.late_entry_minutes)


@dataclass(frozen=True, slots=True)
class Limits:
    """House parameters of the questions."""

    travel_kmh: int = 100
    short_stay_minutes: int = 2
    burst_visits: int = 5
    burst_minutes: int = 10
    copied_letters: int = 15


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask about a visit.

    `facts`: values of its sentence; `others`: visits it was compared with.
    """

    kind: QuestionKind
    trace: Trace
    facts: Mapping[str, str | int | float] = field(default_factory=dict)
    others: tuple[VisitId, ...] = ()


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two positions (latitude, longitude in degrees), by haversines."""
    (lat, lon), (lat2, lon2) = one, other
    half = (
        sin(radians(lat2 - lat) / 2) ** 2
        + cos(radians(lat)) * cos(radians(lat2)) * sin(radians(lon2 - lon) / 2) ** 2
    )
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def questions(traces: Iterable[Trace], limits: Limits) -> tuple[Question, ...]:
    """Every question these visits raise, by time of the visit, then kind."""
    done = sorted(
        (one for one in traces if one.outcome not in _NOT_DONE),
        key=lambda one: (one.started_at, one.visit_id),
    )
    found = [*_travel(done, limits), *_copied(done, limits), *_bursts(done, limits)]
    found += [*_short(done, limits), *_nowhere(done)]
    order = list(QuestionKind)
    found.sort(key=lambda one: (one.trace.started_at, one.trace.visit_id, order.index(one.kind)))
    return tuple(found)


def _by_person(traces: Sequence[Trace]) -> Mapping[StaffId, list[Trace]]:
    found: dict[StaffId, list[Trace]] = defaultdict(list)
    for trace in traces:
        for person in trace.people:
            found[person].append(trace)
    return found


def _travel(traces: Sequence[Trace], limits: Limits) -> list[Question]:
    """Two visits of one person further apart than the time between them allows."""
    found: dict[VisitId, Question] = {}
    for own in _by_person(traces).values():
        for before, after in pairwise(own):
            asked = _too_fast(before, after, limits)
            if asked is not None:
                # A pair that travels together is asked once.
                found.setdefault(after.visit_id, asked)
    return list(found.values())


def _too_fast(before: Trace, after: Trace, limits: Limits) -> Question | None:
    if before.position is None or after.position is None:
        return None
    km = distance_km(before.position, after.position)
    if km < NEAR_KM:
        return None
    minutes = (after.started_at - (before.ended_at or before.started_at)).total_seconds() / 60
    if minutes > 0 and km / (minutes / 60) <= limits.travel_kmh:
        return None
    facts: dict[str, str | int | float] = {"km": round(km, 1), "minutes": round(minutes)}
    if minutes > 0:
        facts["kmh"] = round(km / (minutes / 60))
    return Question(QuestionKind.TRAVEL, after, facts, (before.visit_id,))


def plain_note(note: str) -> str:
    """A note without spaces, signs and digits: times and sums differ in copied notes too."""
    return _NO_LETTER.sub("", note)


def _copied(traces: Sequence[Trace], limits: Limits) -> list[Question]:
    """Equal notes on different cases; every one but the first is asked about."""
    by_text: dict[str, list[Trace]] = defaultdict(list)
    for trace in traces:
        text = plain_note(trace.note)
        if len(text) >= limits.copied_letters:
            by_text[text].append(trace)
    found = []
    for same in by_text.values():
        cases = {one.case_id for one in same}
        if len(cases) < 2:
            continue
        first = same[0]
        found += [
            Question(
                QuestionKind.COPIED_NOTE,
                one,
                {"cases": len(cases), "visits": len(same)},
                (first.visit_id,),
            )
            for one in same[1:]
            if one.case_id != first.case_id
        ]
    return found


def _bursts(traces: Sequence[Trace], limits: Limits) -> list[Question]:
    """Many visits of one person entered within a few minutes; asked once, at the first of them."""
    found: dict[VisitId, Question] = {}
    window = timedelta(minutes=limits.burst_minutes)
    for own in _by_person(traces).values():
        entered = sorted(
            ((one.entered_at, one) for one in own if one.entered_at is not None),
            key=lambda pair: (pair[0], pair[1].visit_id),
        )
        place = 0
        while place < len(entered):
            end = place
            while end < len(entered) and entered[end][0] - entered[place][0] <= window:
                end += 1
            if end - place < limits.burst_visits:
                place += 1
                continue
            burst = [one for _, one in entered[place:end]]
            facts = {"visits": len(burst), "minutes": limits.burst_minutes}
            others = tuple(one.visit_id for one in burst[1:])
            asked = Question(QuestionKind.BURST, burst[0], facts, others)
            found.setdefault(burst[0].visit_id, asked)
            place = end
    return list(found.values())


def _short(traces: Sequence[Trace], limits: Limits) -> list[Question]:
    """Somebody was met, yet it was over at once."""
    found = []
    for one in traces:
        if one.ended_at is None or one.outcome not in _MET:
            continue
        minutes = (one.ended_at - one.started_at).total_seconds() / 60
        if 0 <= minutes < limits.short_stay_minutes:
            seconds = round(minutes * 60)
            found.append(Question(QuestionKind.SHORT_STAY, one, {"seconds": seconds}))
    return found


def _nowhere(traces: Sequence[Trace]) -> list[Question]:
    """No position, in a branch whose visits mostly have one; else its devices send none."""
    by_branch: dict[BranchId, list[Trace]] = defaultdict(list)
    for one in traces:
        by_branch[one.branch_id].append(one)
    found = []
    for own in by_branch.values():
        without = [one for one in own if one.position is None]
        if len(without) * 2 < len(own):
            found += [
                Question(QuestionKind.NO_POSITION, one, {"with": len(own) - len(without),
                                                         "of": len(own)})
                for one in without
            ]  # fmt: skip
    return found
