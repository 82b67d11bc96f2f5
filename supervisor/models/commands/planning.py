"""安排外访 and 改期: visits planned and moved only where every rule in force lets them be.

Preview and command judge by the same function. A rule blocks, unless what it lacks (second person,
device) can still be got before departure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.clock import SHANGHAI, business_date
from supervisor.errors import BadInputError
from supervisor.models.changes import Changes, Refusal
from supervisor.models.commands.case_writing import refresh, write_cases
from supervisor.models.commands.plan_changes import (
    TOPICS,
    plans_changed,
    write_plans,
)
from supervisor.models.commands.plan_facts import STANDING, Candidate
from supervisor.models.commands.plan_judging import Wish, settled
from supervisor.models.commands.plan_selection import ChosenPlan, not_under_way, the_plans
from supervisor.models.commands.selection import judge, refuse
from supervisor.models.commands.trace import Trace
from supervisor.models.enums import Act, AddressKind
from supervisor.models.ledger import allocate_ids
from supervisor.models.orders_plans import PlanVisits, ReschedulePlans
from supervisor.models.rows.judged import JudgedCase
from supervisor.models.rows.planning import Planning, PlanProposal, RefusedVisit
from supervisor.models.tables import Borrower, Case, Device, VisitPlan

SHORTEST, LONGEST = 10, 240
"""Minutes a planned visit may take."""


@dataclass(slots=True)
class _Round:
    """The windows of the day that are taken, and those of doors that are on the way anyway."""

    taken: list[tuple[datetime, datetime]] = field(default_factory=list)
    doors: dict[str, tuple[datetime, datetime]] = field(default_factory=dict)

    def window(self, door: str, start: datetime, length: timedelta) -> tuple[datetime, datetime]:
        """The door's own window, else the next free one."""
        if door in self.doors:
            return self.doors[door]
        moved = True
        while moved:
            moved = False
            for begins, ends in self.taken:
                if begins < start + length and start < ends:
                    start, moved = ends, True
        found = (start, start + length)
        self.taken.append(found)
        self.doors[door] = found
        return found


def preview_plan_visits(session: Session, order: PlanVisits) -> Planning:
    """What `plan_visits` would do; writes nothing.

    Raises:
        BadInputError: the length or the day cannot be.
    """
    return _judge_visits(session, order, lock=False)


def _judge_visits(session: Session, order: PlanVisits, *, lock: bool) -> Planning:
    if not SHORTEST <= order.minutes <= LONGEST:
        raise BadInputError("plan_minutes_bad")
    if order.first_from <= clock.now():
        raise BadInputError("plan_in_past")

    def objection(case: JudgedCase) -> Refusal | None:
        return refuse(case, "plan_nothing_overdue") if case.overdue_fen <= 0 else None

    judged = judge(session, order.actor, order.cases, objection, lock=lock)
    place = {(ref.branch_id, ref.case_id): n for n, ref in enumerate(order.cases)}
    cases = sorted(judged.accepted, key=lambda case: place[case.branch_id, case.case_id])
    return settled(
        session,
        _wishes(session, order, cases),
        [RefusedVisit(one) for one in judged.refused],
    )


def _wishes(session: Session, order: PlanVisits, cases: Sequence[JudgedCase]) -> list[Wish]:
    doors = _doors(session, cases)
    on, length = business_date(order.first_from), timedelta(minutes=order.minutes)
    pairs = {(case.branch_id, case.case_id): _pair(order, case) for case in cases}
    devices = _devices(session, {pair[0] for pair in pairs.values()})
    rounds = _rounds(session, on, pairs)
    wishes = []
    for case in cases:
        agent_id, second_id = pairs[case.branch_id, case.case_id]
        door = doors[case.branch_id, case.case_id]
        begins, ends = rounds[agent_id].window(door, order.first_from, length)
        plan = Candidate(
            case_id=case.case_id,
            window_from=begins,
            window_until=ends,
            agent_id=agent_id,
            second_agent_id=second_id,
            device_id=order.device_id or devices.get(agent_id),
            address_kind=order.address_kind,
        )
        wishes.append(Wish(case, plan))
    return wishes


def _pair(order: PlanVisits, case: JudgedCase) -> tuple[int | None, int | None]:
    if order.agent_id is not None:
        return order.agent_id, order.second_agent_id
    second = order.second_agent_id or case.second_agent_id
    return case.agent_id, None if second == case.agent_id else second


def _doors(session: Session, cases: Iterable[JudgedCase]) -> dict[tuple[int, int], str]:
    """The household of each case, or its borrower where nobody knows the address."""
    found: dict[tuple[int, int], str] = {}
    keys = [(case.branch_id, case.case_id) for case in cases]
    for branch_id in {key[0] for key in keys}:
        stmt = (
            select(Case.id, Case.borrower_id, Borrower.household_key)
            .join(
                Borrower,
                (Borrower.branch_id == Case.branch_id) & (Borrower.id == Case.borrower_id),
            )
            .where(
                Case.branch_id == branch_id,
                Case.id.in_([key[1] for key in keys if key[0] == branch_id]),
            )
        )
        for row in session.execute(stmt):
            found[branch_id, row.id] = row.household_key or f"borrower {row.borrower_id}"
    return found


def _devices(session: Session, people: Iterable[int | None]) -> dict[int | None, int]:
    """The device each person carries."""
    stmt = (
        select(Device.staff_id, Device.id)
        .where(Device.staff_id.in_({one for one in people if one}), Device.active)
        .order_by(Device.id.desc())
    )
    return {row.staff_id: row.id for row in session.execute(stmt)}


def _rounds(
    session: Session, on: date, pairs: Mapping[Any, tuple[int | None, int | None]]
) -> dict[int | None, _Round]:
    """What each first person has planned for the day already."""
    rounds: dict[int | None, _Round] = {pair[0]: _Round() for pair in pairs.values()}
    people = {agent_id for agent_id in rounds if agent_id is not None}
    stmt = (
        select(
            VisitPlan.agent_id,
            VisitPlan.window_from,
            VisitPlan.window_until,
            Case.borrower_id,
            Borrower.household_key,
        )
        .join(Case, (Case.branch_id == VisitPlan.branch_id) & (Case.id == VisitPlan.case_id))
        .join(Borrower, (Borrower.branch_id == Case.branch_id) & (Borrower.id == Case.borrower_id))
        .where(
            VisitPlan.branch_id.in_({key[0] for key in pairs}),
            VisitPlan.plan_on == on,
            VisitPlan.agent_id.in_(people),
            VisitPlan.state.in_(STANDING),
        )
        .order_by(VisitPlan.window_from, VisitPlan.id)
    )
    for row in session.execute(stmt):
        window = (row.window_from, row.window_until)
        rounds[row.agent_id].taken.append(window)
        door = row.household_key or f"borrower {row.borrower_id}"
        rounds[row.agent_id].doors.setdefault(door, window)
    return rounds


def plan_visits(session: Session, order: PlanVisits) -> Changes:
    """Plan the accepted visits.

    Raises:
        BadInputError: the length or the day cannot be.
    """
    planning = _judge_visits(session, order, lock=True)
    trace = Trace(order)
    cases = [one.case for one in planning.accepted]
    write_cases(session, trace, cases, lambda _: {})
    _insert(session, trace, order, planning.accepted)
    refresh(session, cases)
    trace.save(session)
    refused = tuple(one.refusal for one in planning.refused)
    return Changes(
        act=Act.PLAN_ADDED,
        topics=TOPICS,
        counts={"plans": len(cases), "refused": len(refused)},
        refused=refused,
        undo_id=order.command_id if cases else None,
        facts={"day": business_date(order.first_from).isoformat()},
    )


def _insert(
    session: Session, trace: Trace, order: PlanVisits, accepted: Sequence[PlanProposal]
) -> None:
    now, rows = clock.now(), []
    for one, id_ in zip(accepted, allocate_ids(session, len(accepted)), strict=True):
        rows.append(
            {
                "branch_id": one.case.branch_id,
                "id": id_,
                "case_id": one.case.case_id,
                "plan_no": f"PL{id_}",
                "plan_on": one.check.on,
                "window_from": one.check.start_at,
                "window_until": one.check.end_at,
                "address_kind": order.address_kind,
                "agent_id": one.agent_id,
                "second_agent_id": one.second_agent_id,
                "device_id": one.device_id,
                "strategy": order.strategy,
                "recorded_at": now,
            }
        )
        trace.created(
            VisitPlan,
            (one.case.branch_id, id_),
            version=1,
            case_id=one.case.case_id,
            subject=one.case.case_no,
        )
    if rows:
        session.execute(insert(VisitPlan), rows)


def preview_reschedule(session: Session, order: ReschedulePlans) -> Planning:
    """What `reschedule_plans` would do; writes nothing.

    Raises:
        BadInputError: the day has passed.
    """
    return _judge_moves(session, order, lock=False)[0]


def _judge_moves(
    session: Session, order: ReschedulePlans, *, lock: bool
) -> tuple[Planning, dict[int, ChosenPlan]]:
    if (order.on is not None and order.on < clock.today()) or (
        order.at is not None and order.at <= clock.now()
    ):
        raise BadInputError("plan_day_past")
    chosen, refused = the_plans(session, order.actor, order.plans, not_under_way, lock=lock)
    devices = _devices(session, {order.agent_id}) if order.pair else {}
    first = min((one.row.window_from for one in chosen), default=clock.now())
    wishes: list[Wish] = []
    found = [RefusedVisit(one) for one in refused]
    for one in chosen:
        plan = _moved(order, one.row, first, devices)
        if plan.window_from <= clock.now():
            found.append(RefusedVisit(refuse(one.case, "plan_day_past")))
        elif _same(plan, one.row):
            found.append(RefusedVisit(refuse(one.case, "plan_so_already")))
        else:
            wishes.append(Wish(one.case, plan))
    return settled(session, wishes, found), {one.row.id: one for one in chosen}


def _moved(
    order: ReschedulePlans, row: Any, first: datetime, devices: dict[int | None, int]
) -> Candidate:
    start = row.window_from
    if order.at is not None:
        start = order.at + (row.window_from - first)
    if order.on is not None:
        local = start.astimezone(SHANGHAI)
        start = datetime.combine(order.on, local.timetz().replace(tzinfo=None), SHANGHAI)
        start = start.astimezone(row.window_from.tzinfo)
    agent, second, device = row.agent_id, row.second_agent_id, row.device_id
    if order.pair:
        agent, second = order.agent_id, order.second_agent_id
        device = devices.get(agent)
    return Candidate(
        case_id=row.case_id,
        window_from=start,
        window_until=start + (row.window_until - row.window_from),
        agent_id=agent,
        second_agent_id=second,
        device_id=device,
        plan_id=row.id,
        address_kind=AddressKind(row.address_kind),
        notice_sent_at=row.notice_sent_at if start == row.window_from else None,
    )


def _same(plan: Candidate, row: Any) -> bool:
    return (plan.window_from, plan.agent_id, plan.second_agent_id) == (
        row.window_from,
        row.agent_id,
        row.second_agent_id,
    )


def reschedule_plans(session: Session, order: ReschedulePlans) -> Changes:
    """Move the accepted plans. A notice of another time is none: it must be given again.

    Raises:
        BadInputError: the day has passed.
    """
    planning, chosen = _judge_moves(session, order, lock=True)
    moved = {one.check.plan_id: one for one in planning.accepted}
    plans = [chosen[plan_id] for plan_id in moved if plan_id is not None]

    def new(plan: ChosenPlan) -> dict[str, Any]:
        one = moved[plan.row.id]
        values: dict[str, Any] = {
            "plan_on": one.check.on,
            "window_from": one.check.start_at,
            "window_until": one.check.end_at,
            "agent_id": one.agent_id,
            "second_agent_id": one.second_agent_id,
            "device_id": one.device_id,
        }
        if one.check.start_at != plan.row.window_from:
            values.update(notice_sent_at=None, notice_delivered="unknown")
        return values

    write_plans(session, Trace(order), plans, new)
    return plans_changed(order, plans, [one.refusal for one in planning.refused])
