"""改派 of a fairer split: what the proposal must not do is looked at again when it is done."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError
from supervisor.models.changes import Changes, Refusal
from supervisor.models.commands.case_writing import Pair
from supervisor.models.commands.parameters import number_of
from supervisor.models.commands.people import Collector, collector, objection_to
from supervisor.models.commands.reassign import carry_out
from supervisor.models.commands.selection import judge, refuse
from supervisor.models.house_calendar import calendar_of
from supervisor.models.ids import CaseId, StaffId
from supervisor.models.load_facts import doors, locks, past
from supervisor.models.orders import ShareCases
from supervisor.models.rows.fair_split import Lock
from supervisor.models.rows.judged import Judged, JudgedCase
from supervisor.models.rules.parameters import CASE_CAP
from supervisor.models.tables import Absence, Case, Staff

_LOCKED: Mapping[Lock, str] = {
    Lock.CRITICAL: "share_critical",
    Lock.FLAG_HOLD: "share_flag_hold",
    Lock.REVIEW: "share_review",
}


def preview_share(session: Session, order: ShareCases) -> Judged:
    """What `share_cases` would do; writes nothing."""
    return judge_share(session, order, lock=False)


def share_cases(session: Session, order: ShareCases) -> Changes:
    """Give each accepted case to its person: one order, one audit event, one undo.

    Raises:
        BadInputError: the cases lie in several branches.
    """
    judged = judge_share(session, order, lock=True)
    to = {move.case.case_id: move.agent_id for move in order.moves}
    return carry_out(
        session,
        order,
        judged,
        lambda case: Pair(to[case.case_id], case.second_agent_id),
        answers_request=False,
    )


def judge_share(session: Session, order: ShareCases, *, lock: bool) -> Judged:
    """Which moves still keep to everything a split must keep to."""
    branches = {move.case.branch_id for move in order.moves}
    if len(branches) > 1:
        raise BadInputError("share_one_branch")
    if not branches:
        return Judged((), ())
    (branch_id,) = branches
    check = _Check(session, order, branch_id)
    return judge(session, order.actor, [m.case for m in order.moves], check.objection, lock=lock)


class _Check:
    """Objections to one case after the other; whoever is accepted fills the cap."""

    def __init__(self, session: Session, order: ShareCases, branch_id: int) -> None:
        self._order = order
        self._today = clock.today()
        self._to = {move.case.case_id: move.agent_id for move in order.moves}
        ids: tuple[CaseId, ...] = tuple(self._to)
        takers = sorted(set(self._to.values()))
        self._people = {one: collector(session, one, self._today) for one in takers}
        self._locks = locks(session, branch_id, ids)
        self._conflicts, _ = past(session, branch_id, ids)
        self._facts = _facts(session, branch_id, ids)
        self._cap = number_of(session, CASE_CAP, branch_id)
        self._held = Counter(_open_cases(session, takers))
        self._soon = calendar_of(session).next_workday(self._today)
        self._room = _room(session, branch_id, self._soon, takers) if order.planned_move else {}

    def objection(self, case: JudgedCase) -> Refusal | None:
        """Why a case is not given; accepting it counts."""
        staff_id = self._to[case.case_id]
        person = self._people[staff_id]
        refusal = objection_to(person, case, self._today) or self._of_case(case)
        if refusal is None and person is not None:
            refusal = self._of_person(case, person)
        if refusal is None:
            self._held[staff_id] += 1
            if self._facts[case.case_id][1] == self._soon and staff_id in self._room:
                self._room[staff_id] -= 1
        return refusal

    def _of_case(self, case: JudgedCase) -> Refusal | None:
        if self._to[case.case_id] == case.agent_id:
            return refuse(case, "already_with_agent")
        lock = self._locks.get(case.case_id)
        if lock is not None:
            return refuse(case, _LOCKED[lock])
        planned = self._facts[case.case_id][1]
        if planned is not None and planned <= self._soon and not self._order.planned_move:
            return refuse(case, "share_planned", on=planned.isoformat())
        return None

    def _of_person(self, case: JudgedCase, person: Collector) -> Refusal | None:
        number, staff_id = person.staff_no, person.staff_id
        if person.away:
            return refuse(case, "agent_away", staff_no=number, on=self._today.isoformat())
        if staff_id == case.second_agent_id:
            return refuse(case, "share_second", staff_no=number)
        if staff_id in self._conflicts.get(self._facts[case.case_id][0], ()):
            return refuse(case, "share_conflict", staff_no=number)
        if self._held[staff_id] >= self._cap:
            return refuse(
                case, "share_over_cap", staff_no=number, n=self._held[staff_id], cap=self._cap
            )
        planned = self._facts[case.case_id][1]
        if planned == self._soon and self._room.get(staff_id, 1) <= 0:
            return refuse(case, "share_full_day", staff_no=number, on=self._soon.isoformat())
        return None


def _facts(
    session: Session, branch_id: int, ids: tuple[CaseId, ...]
) -> dict[int, tuple[int, date | None]]:
    """Case id -> borrower and day of the next visit."""
    stmt = select(Case.id, Case.borrower_id, Case.next_plan_on).where(
        Case.branch_id == branch_id, Case.id.in_(ids)
    )
    return {row.id: (row.borrower_id, row.next_plan_on) for row in session.execute(stmt)}


def _room(
    session: Session, branch_id: int, on: date, takers: Sequence[StaffId]
) -> dict[StaffId, int]:
    """Addresses each person can still visit on a day; none who is away."""
    going = doors(session, branch_id, on)
    away = exists().where(
        Absence.staff_id == Staff.id, Absence.from_on <= on, Absence.until_on >= on
    )
    stmt = select(Staff.id, Staff.daily_capacity, away).where(Staff.id.in_(takers))
    return {
        StaffId(staff_id): 0 if is_away else daily - going.get(staff_id, 0)
        for staff_id, daily, is_away in session.execute(stmt)
    }


def _open_cases(session: Session, takers: Sequence[StaffId]) -> dict[StaffId, int]:
    stmt = (
        select(Case.agent_id, func.count())
        .where(Case.agent_id.in_(takers), Case.ended_on.is_(None))
        .group_by(Case.agent_id)
    )
    return {StaffId(row[0]): row[1] for row in session.execute(stmt) if row[0] is not None}
