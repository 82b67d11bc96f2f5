"""What was known of borrowers before an instant, over all their cases, for rules to judge by.

Read once for many cases, with one statement per kind of record.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from supervisor.clock import business_date
from supervisor.models.enums import (
    Channel,
    ContactParty,
    HoldReason,
    Severity,
    TalkResult,
    Tick,
    VisitOutcome,
)
from supervisor.models.rules.packs.codes import Agreement, Dispute
from supervisor.models.rules.packs.facts import AttemptFact, HistoryFacts, HoldFact
from supervisor.models.tables import Case, Complaint, ContactAttempt, Flag, Hold, Visit

BLOCK = 2_000
"""Ids named in one statement."""
_NOT_COMPLETED = frozenset({VisitOutcome.ABORTED.value, VisitOutcome.NOT_DONE.value})
_LOOK_BACK = timedelta(days=366)
"""No rule looks at calls, letters or visits longer ago than this."""


@dataclass(slots=True)
class _Past:
    """Everything of one borrower, in the order of time."""

    visits: list[tuple[datetime, int, date, bool]] = field(default_factory=list)
    holds: list[Any] = field(default_factory=list)
    complaints: list[Any] = field(default_factory=list)
    critical: list[Any] = field(default_factory=list)
    attempts: list[tuple[datetime, AttemptFact]] = field(default_factory=list)


class Pasts:
    """The pasts of the borrowers of some cases of one branch."""

    def __init__(self, borrower_of: dict[int, int], pasts: dict[int, _Past]) -> None:
        self._borrower_of = borrower_of
        self._pasts = pasts
        self._cases_of: dict[int, list[int]] = {}
        for case_id in sorted(borrower_of):
            self._cases_of.setdefault(borrower_of[case_id], []).append(case_id)

    @property
    def cases(self) -> Collection[int]:
        """The cases asked for and all others of their borrowers."""
        return self._borrower_of.keys()

    def sisters(self, case_id: int) -> tuple[int, ...]:
        """Every case of the same borrower, this one included."""
        return tuple(self._cases_of[self._borrower_of[case_id]])

    def before(self, case_id: int, moment: datetime, visit_id: int | None = None) -> HistoryFacts:
        """What was known at `moment`; `visit_id` leaves a visit of that very instant out."""
        past = self._pasts[self._borrower_of[case_id]]
        visits = past.visits[: bisect_left(past.visits, (moment, visit_id or 0))]
        first = moment - _LOOK_BACK
        recent = [one for one in visits if one[0] >= first]
        attempts = past.attempts[bisect_left(past.attempts, first, key=_when) :]
        attempts = attempts[: bisect_left(attempts, moment, key=_when)]
        return HistoryFacts(
            visits_on=tuple(one[2] for one in recent),
            refusals_on=tuple(one[2] for one in recent if one[3]),
            holds=tuple(_hold(one) for one in past.holds if one.recorded_at < moment),
            complaint_open=_tick(any(_complained(one, moment) for one in past.complaints)),
            critical_flag_open=_tick(any(_open_then(one, moment) for one in past.critical)),
            attempts=tuple(fact for _, fact in attempts),
        )


def held_on(history: HistoryFacts, day: date) -> frozenset[HoldReason]:
    """Reasons of the holds that stand on a day."""
    return frozenset(
        hold.reason
        for hold in history.holds or ()
        if hold.from_on <= day and (hold.until_on is None or hold.until_on >= day)
    )


def agreement_on(history: HistoryFacts, day: date) -> Agreement | None:
    """An instalment agreement that is being performed rests the case."""
    return Agreement.PERFORMED if HoldReason.PLAN_ACTIVE in held_on(history, day) else None


def dispute_on(history: HistoryFacts, day: date) -> Dispute | None:
    """An objection that waits for its answer rests the case."""
    return Dispute.OPEN if HoldReason.DISPUTE_OPEN in held_on(history, day) else None


def _when(entry: tuple[datetime, AttemptFact]) -> datetime:
    return entry[0]


def _tick(value: bool) -> Tick:  # noqa: FBT001 - a plain conversion
    return Tick.YES if value else Tick.NO


def _hold(row: Any) -> HoldFact:
    """A hold somebody ended was in force until the day before its end."""
    until = row.until_on
    if row.ended_at is not None:
        last = business_date(row.ended_at) - timedelta(days=1)
        until = last if until is None else min(until, last)
    return HoldFact(HoldReason(row.reason), row.from_on, until)


def _complained(row: Any, moment: datetime) -> bool:
    return row.received_at < moment and (
        row.closed_on is None or row.closed_on >= business_date(moment)
    )


def _open_then(row: Any, moment: datetime) -> bool:
    return row.raised_at < moment and (row.closed_at is None or row.closed_at > moment)


def pasts_of(session: Session, branch_id: int, case_ids: Collection[int]) -> Pasts:
    """Read the pasts of the borrowers of these cases."""
    borrower_of = _borrowers(session, branch_id, case_ids)
    pasts = {borrower: _Past() for borrower in borrower_of.values()}
    for part in _parts(borrower_of):
        _fill(session, branch_id, part, {case: pasts[borrower_of[case]] for case in part})
    for past in pasts.values():
        past.visits.sort()
        past.attempts.sort(key=_when)
    return Pasts(borrower_of, pasts)


def _borrowers(session: Session, branch_id: int, case_ids: Collection[int]) -> dict[int, int]:
    """Borrower by case, for these cases and their sisters."""
    found: dict[int, int] = {}
    for part in _parts(case_ids):
        mine = select(Case.borrower_id).where(Case.branch_id == branch_id, Case.id.in_(part))
        stmt = select(Case.id, Case.borrower_id).where(
            Case.branch_id == branch_id, Case.borrower_id.in_(mine)
        )
        found.update({row.id: row.borrower_id for row in session.execute(stmt)})
    return found


def _fill(session: Session, branch_id: int, cases: list[int], past_of: dict[int, _Past]) -> None:
    for row in session.execute(_visits(branch_id, cases)):
        if row.outcome not in _NOT_COMPLETED:
            entry = (row.started_at, row.id, row.visited_on, _refused(row))
            past_of[row.case_id].visits.append(entry)
    for row in session.execute(_of(Hold, branch_id, cases)):
        past_of[row.case_id].holds.append(row)
    for row in session.execute(_of(Complaint, branch_id, cases)):
        past_of[row.case_id].complaints.append(row)
    for row in session.execute(_flags(branch_id, cases)):
        past_of[row.case_id].critical.append(row)
    for row in session.execute(_attempts(branch_id, cases)):
        past_of[row.case_id].attempts.append((row.at, _attempt(row)))


def _parts(ids: Collection[int]) -> Iterator[list[int]]:
    whole = sorted(ids)
    for start in range(0, len(whole), BLOCK):
        yield whole[start : start + BLOCK]


def _visits(branch_id: int, cases: Sequence[int]) -> Select[*tuple[Any, ...]]:
    return select(
        Visit.id,
        Visit.case_id,
        Visit.started_at,
        Visit.visited_on,
        Visit.outcome,
        Visit.talk_results,
    ).where(Visit.branch_id == branch_id, Visit.case_id.in_(cases))


def _refused(row: Any) -> bool:
    return (
        row.outcome == VisitOutcome.DOOR_REFUSED
        or TalkResult.REFUSE_TALK in row.talk_results.split(",")
    )


_COLUMNS: dict[Any, tuple[Any, ...]] = {
    Hold: (
        Hold.case_id,
        Hold.reason,
        Hold.from_on,
        Hold.until_on,
        Hold.ended_at,
        Hold.recorded_at,
    ),
    Complaint: (Complaint.case_id, Complaint.received_at, Complaint.closed_on),
}


def _of(table: Any, branch_id: int, cases: Sequence[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS[table])
        .where(table.branch_id == branch_id, table.case_id.in_(cases))
        .order_by(table.id)
    )


def _flags(branch_id: int, cases: Sequence[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(Flag.case_id, Flag.raised_at, Flag.closed_at)
        .where(
            Flag.branch_id == branch_id,
            Flag.case_id.in_(cases),
            Flag.severity == Severity.CRITICAL,
            or_(Flag.closed_at.is_(None), Flag.looked_at.is_not(None)),
        )
        .order_by(Flag.id)
    )


def _attempts(branch_id: int, cases: Sequence[int]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            ContactAttempt.case_id,
            ContactAttempt.at,
            ContactAttempt.channel,
            ContactAttempt.party,
            ContactAttempt.connected,
            ContactAttempt.effective,
        )
        .where(ContactAttempt.branch_id == branch_id, ContactAttempt.case_id.in_(cases))
        .order_by(ContactAttempt.at, ContactAttempt.id)
    )


def _attempt(row: Any) -> AttemptFact:
    return AttemptFact(
        at=row.at,
        channel=Channel(row.channel),
        party=ContactParty(row.party),
        connected=Tick(row.connected),
        effective=Tick(row.effective),
    )
