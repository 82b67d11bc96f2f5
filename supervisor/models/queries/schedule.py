"""One day of the visit schedule: a fixed number of statements, however many visits."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from supervisor.models.enums import AddressKind, PlanState, RecallCause, Tick, VisitOutcome
from supervisor.models.house_calendar import calendar_of
from supervisor.models.ids import BranchId, CaseId, PlanId, StaffId
from supervisor.models.queries.queue_rows import household
from supervisor.models.rows.schedule import (
    Course,
    DeviceChoice,
    Lane,
    Person,
    PlanCardsAsk,
    PoolCase,
    ScheduleAsk,
    ScheduleDay,
    VisitCard,
    WeekDay,
)
from supervisor.models.tables import (
    Absence,
    Borrower,
    BorrowerName,
    Branch,
    Case,
    Device,
    Pair,
    Staff,
    Visit,
    VisitPlan,
)

STANDING = (PlanState.PLANNED, PlanState.EN_ROUTE, PlanState.ON_SITE)
SHOWN = (*STANDING, PlanState.REPORTED)
"""States of a plan that has a card."""
_WEEK = 7


def schedule_day(session: Session, ask: ScheduleAsk) -> ScheduleDay:
    """The day with its lanes, its progress, what waits to be planned, and its week."""
    cards = [_card(row, ask) for row in session.execute(_plans(ask))]
    people = _people(session, ask, cards)
    lanes = _lanes(_pairs(session, ask), people, cards)
    if ask.teams:
        lanes = [lane for lane in lanes if _is_of_teams(lane, people, ask)]
    shown = [card for lane in lanes for card in lane.cards]
    waiting = select(func.count()).select_from(Case).where(*_in_pool(ask))
    return ScheduleDay(
        branch_id=ask.branch_id,
        on=ask.on,
        lanes=tuple(lanes),
        progress=Counter(card.course for card in shown),
        pool=tuple(_pool_case(row) for row in session.execute(_pool(ask))),
        pool_total=session.scalar(waiting) or 0,
        week=_week(session, ask),
        devices=_devices(session, ask),
    )


def plan_cards(session: Session, ask: PlanCardsAsk) -> tuple[VisitCard, ...]:
    """These plans as they are now, whatever day they are on; those that are over have no card."""
    stmt = select(VisitPlan.plan_on).where(
        VisitPlan.branch_id == ask.branch_id, VisitPlan.id.in_(ask.plan_ids)
    )
    found = []
    for on in session.scalars(stmt.distinct().order_by(VisitPlan.plan_on)):
        day = ScheduleAsk(ask.branch_id, on, ask.now)
        rows = session.execute(_plans(day).where(VisitPlan.id.in_(ask.plan_ids)))
        found += [_card(row, day) for row in rows]
    return tuple(found)


def _shown_name() -> ColumnElement[str]:
    return case(
        (Branch.shows_names, func.coalesce(BorrowerName.full_name, Borrower.masked_name)),
        else_=Borrower.masked_name,
    ).label("shown_name")


def _with_borrower(stmt: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        stmt.join(Branch, Branch.id == Case.branch_id)
        .join(Borrower, and_(Borrower.branch_id == Case.branch_id, Borrower.id == Case.borrower_id))
        .outerjoin(
            BorrowerName,
            and_(
                BorrowerName.branch_id == Case.branch_id,
                BorrowerName.borrower_id == Case.borrower_id,
                Branch.shows_names,
            ),
        )
    )


def _plans(ask: ScheduleAsk) -> Select[*tuple[Any, ...]]:
    outcome = (
        select(func.max(Visit.outcome))
        .where(
            Visit.branch_id == VisitPlan.branch_id,
            Visit.case_id == VisitPlan.case_id,
            or_(
                Visit.plan_id == VisitPlan.id,
                and_(Visit.plan_id.is_(None), Visit.visited_on == VisitPlan.plan_on),
            ),
        )
        .correlate(VisitPlan)
        .scalar_subquery()
    )
    return _with_borrower(
        select(
            *VisitPlan.__table__.c,
            Case.case_no,
            Case.version.label("case_version"),
            Case.overdue_fen,
            Case.visit_count,
            Case.next_plan_id,
            Case.recall_cause,
            Device.code.label("device"),
            Borrower.area,
            Borrower.household_key,
            Case.borrower_id,
            _shown_name(),
            outcome.label("outcome"),
        )
        .select_from(VisitPlan)
        .join(Case, and_(Case.branch_id == VisitPlan.branch_id, Case.id == VisitPlan.case_id))
        .outerjoin(Device, Device.id == VisitPlan.device_id)
        .add_columns(household().label("household_n"))
    ).where(
        VisitPlan.branch_id == ask.branch_id,
        VisitPlan.plan_on == ask.on,
        VisitPlan.state.in_(SHOWN),
    ).order_by(VisitPlan.window_from, VisitPlan.id)  # fmt: skip


def _course(row: Any, ask: ScheduleAsk) -> Course:
    if row.state == PlanState.REPORTED or row.outcome is not None:
        return Course.REPORTED
    if row.window_until < ask.now:
        return Course.NOT_BACK
    return Course.PLANNED if row.state == PlanState.PLANNED else Course.UNDER_WAY


def _card(row: Any, ask: ScheduleAsk) -> VisitCard:
    is_next = row.id == row.next_plan_id
    return VisitCard(
        branch_id=BranchId(row.branch_id),
        plan_id=PlanId(row.id),
        plan_no=row.plan_no,
        version=row.version,
        case_id=CaseId(row.case_id),
        case_version=row.case_version,
        case_no=row.case_no,
        name=row.shown_name,
        area=row.area,
        window_from=row.window_from,
        window_until=row.window_until,
        address_kind=AddressKind(row.address_kind),
        target_fen=row.target_fen,
        overdue_fen=row.overdue_fen,
        agent_id=row.agent_id,
        second_agent_id=row.second_agent_id,
        device_id=row.device_id,
        device=row.device or "",
        strategy=row.strategy,
        notice_sent_at=row.notice_sent_at,
        notice_delivered=Tick(row.notice_delivered),
        file_ready=Tick(row.file_ready),
        state=PlanState(row.state),
        course=_course(row, ask),
        outcome=VisitOutcome(row.outcome) if row.outcome else None,
        recall_cause=RecallCause(row.recall_cause) if is_next and row.recall_cause else None,
        recall_rules=tuple(row.recall_rules.split(",")) if row.recall_rules else (),
        checked=row.checked_with is not None,
        household_n=max(1, row.household_n),
        visit_number=row.visit_count,
    )


def _pairs(session: Session, ask: ScheduleAsk) -> list[tuple[int, int | None]]:
    stmt = (
        select(Pair.first_id, Pair.second_id)
        .where(Pair.branch_id == ask.branch_id)
        .order_by(Pair.id)
    )
    return [(row.first_id, row.second_id) for row in session.execute(stmt)]


def _people(session: Session, ask: ScheduleAsk, cards: Sequence[VisitCard]) -> dict[int, Any]:
    """Everybody of the branch, and whoever else goes out that day."""
    going = {card.agent_id for card in cards} | {card.second_agent_id for card in cards}
    away = exists().where(
        Absence.staff_id == Staff.id, Absence.from_on <= ask.on, Absence.until_on >= ask.on
    )
    device = (
        select(func.min(Device.code))
        .where(Device.staff_id == Staff.id, Device.active)
        .correlate(Staff)
        .scalar_subquery()
    )
    stmt = select(
        Staff.id,
        Staff.staff_no,
        Staff.name,
        Staff.team_id,
        Staff.active,
        Staff.daily_capacity,
        away.label("away"),
        device.label("device"),
    ).where(or_(Staff.branch_id == ask.branch_id, Staff.id.in_({one for one in going if one})))
    return {row.id: row for row in session.execute(stmt)}


def _lanes(
    pairs: Sequence[tuple[int, int | None]], people: dict[int, Any], cards: Sequence[VisitCard]
) -> list[Lane]:
    """Usual pairs first, then others that go out that day, at the end visits without people."""
    by_pair: dict[tuple[int | None, int | None], list[VisitCard]] = {}
    for card in cards:
        by_pair.setdefault((card.agent_id, card.second_agent_id), []).append(card)
    usual = [
        pair
        for pair in pairs
        if all(one is None or (one in people and people[one].active) for one in pair)
        or pair in by_pair
    ]
    others = sorted(
        (pair for pair in by_pair if pair not in set(usual)),
        key=lambda pair: (pair[0] is None, _number(people, pair[0]), _number(people, pair[1])),
    )
    return [
        Lane(
            tuple(_person(people[one]) for one in pair if one is not None),
            tuple(by_pair.get(pair, ())),
        )
        for pair in [*usual, *others]
    ]


def _number(people: dict[int, Any], staff_id: int | None) -> str:
    return "" if staff_id is None else str(people[staff_id].staff_no)


def _person(row: Any) -> Person:
    return Person(
        staff_id=StaffId(row.id),
        staff_no=row.staff_no,
        name=row.name,
        capacity=row.daily_capacity,
        away=bool(row.away),
        device=row.device or "",
    )


def _is_of_teams(lane: Lane, people: dict[int, Any], ask: ScheduleAsk) -> bool:
    return not lane.people or any(
        people[person.staff_id].team_id in ask.teams for person in lane.people
    )


def _in_pool(ask: ScheduleAsk) -> tuple[ColumnElement[bool], ...]:
    mine = select(Staff.id).where(Staff.team_id.in_(ask.teams))
    return (
        Case.branch_id == ask.branch_id,
        Case.ended_on.is_(None),
        Case.next_plan_id.is_(None),
        Case.overdue_fen > 0,
        Case.do_not_contact_at.is_(None),
        or_(
            Case.hold_from_on.is_(None),
            Case.hold_from_on > ask.on,
            Case.hold_until_on < ask.on,
        ),
        *((or_(Case.agent_id.is_(None), Case.agent_id.in_(mine)),) if ask.teams else ()),
    )


def _pool(ask: ScheduleAsk) -> Select[*tuple[Any, ...]]:
    touched = func.coalesce(Case.last_visit_on, Case.placed_on)
    return (
        _with_borrower(
            select(
                Case.branch_id,
                Case.id,
                Case.version,
                Case.case_no,
                Case.overdue_fen,
                Case.last_visit_on,
                Case.agent_id,
                Staff.name.label("agent"),
                Borrower.area,
                _shown_name(),
                household().label("household_n"),
            )
            .select_from(Case)
            .outerjoin(Staff, Staff.id == Case.agent_id)
        )
        .where(*_in_pool(ask))
        .order_by(touched, Case.overdue_fen.desc(), Case.case_no, Case.id)
        .limit(ask.pool_limit)
    )


def _pool_case(row: Any) -> PoolCase:
    return PoolCase(
        branch_id=BranchId(row.branch_id),
        case_id=CaseId(row.id),
        version=row.version,
        case_no=row.case_no,
        name=row.shown_name,
        area=row.area,
        overdue_fen=row.overdue_fen,
        last_visit_on=row.last_visit_on,
        agent_id=row.agent_id,
        agent=row.agent or "",
        household_n=max(1, row.household_n),
    )


def _week(session: Session, ask: ScheduleAsk) -> tuple[WeekDay, ...]:
    monday: date = ask.on - timedelta(days=ask.on.weekday())
    days = [monday + timedelta(days=n) for n in range(_WEEK)]
    recalled = and_(
        Case.next_plan_id == VisitPlan.id,
        Case.recall_cause.is_not(None),
        VisitPlan.state.in_(STANDING),
    )
    stmt = (
        select(VisitPlan.plan_on, func.count(), func.sum(case((recalled, 1), else_=0)))
        .join(Case, and_(Case.branch_id == VisitPlan.branch_id, Case.id == VisitPlan.case_id))
        .where(
            VisitPlan.branch_id == ask.branch_id,
            VisitPlan.plan_on.between(days[0], days[-1]),
            VisitPlan.state.in_(SHOWN),
        )
        .group_by(VisitPlan.plan_on)
    )
    found = {row[0]: (row[1], row[2] or 0) for row in session.execute(stmt)}
    works = calendar_of(session).is_workday
    return tuple(WeekDay(day, *found.get(day, (0, 0)), works(day)) for day in days)


def _devices(session: Session, ask: ScheduleAsk) -> tuple[DeviceChoice, ...]:
    stmt = (
        select(Device.id, Device.code, Device.staff_id)
        .where(Device.branch_id == ask.branch_id, Device.active)
        .order_by(Device.code, Device.id)
    )
    return tuple(DeviceChoice(row.id, row.code, row.staff_id) for row in session.execute(stmt))
