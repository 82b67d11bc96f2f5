"""Plans changed without moving them: called back, cancelled, notice registered, people, device."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError
from supervisor.models.changes import Changes, Refusal
from supervisor.models.commands.case_writing import refresh, write_cases
from supervisor.models.commands.people import Collector, collector, objection_to
from supervisor.models.commands.plan_selection import ChosenPlan, not_under_way, the_plans
from supervisor.models.commands.selection import refuse
from supervisor.models.commands.trace import Trace
from supervisor.models.enums import Act, PlanState, Topic
from supervisor.models.orders import Order
from supervisor.models.orders_plans import EndPlans, EquipPlans, RecordNotice
from supervisor.models.rows.judged import JudgedCase
from supervisor.models.tables import Device, VisitPlan

TOPICS = frozenset({Topic.CASES, Topic.PLANS})
New = Callable[[ChosenPlan], Mapping[str, Any]]


def write_plans(session: Session, trace: Trace, plans: Sequence[ChosenPlan], new: New) -> None:
    """Give each plan its new values and the next version; its case is touched once."""
    cases = {(plan.case.branch_id, plan.case.case_id): plan.case for plan in plans}
    write_cases(session, trace, list(cases.values()), lambda _: {})
    for plan in plans:
        values = new(plan)
        row = plan.row
        session.execute(
            update(VisitPlan)
            .where(VisitPlan.branch_id == row.branch_id, VisitPlan.id == row.id)
            .values(**values, version=VisitPlan.version + 1),
            execution_options={"synchronize_session": False},
        )
        trace.changed(
            VisitPlan,
            (row.branch_id, row.id),
            {name: getattr(row, name) for name in values},
            version=row.version + 1,
            case_id=row.case_id,
            subject=plan.case.case_no,
        )
    refresh(session, list(cases.values()))
    trace.save(session)


def plans_changed(
    order: Order, plans: Sequence[ChosenPlan], refused: Sequence[Refusal], **facts: str | int
) -> Changes:
    """The result of an order about plans."""
    return Changes(
        act=Act.PLAN_CHANGED,
        topics=TOPICS,
        counts={"plans": len(plans), "refused": len(refused)},
        refused=tuple(refused),
        undo_id=order.command_id if plans else None,
        facts=facts,
    )


def end_plans(session: Session, order: EndPlans) -> Changes:
    """Cancel plans or call them back, with a reason; those under way can be called back too.

    Raises:
        BadInputError: no reason is given.
    """
    words = order.words.strip()
    if not words:
        raise BadInputError("plan_reason_missing")

    def objection(row: Any, case: JudgedCase) -> Refusal | None:
        return None if order.recalled else not_under_way(row, case)

    plans, refused = the_plans(session, order.actor, order.plans, objection, lock=True, ended=True)
    state = PlanState.RECALLED if order.recalled else PlanState.CANCELLED
    write_plans(session, Trace(order), plans, lambda _: {"state": state.value, "words": words})
    return plans_changed(order, plans, refused, state=state.value)


def record_notice(session: Session, order: RecordNotice) -> Changes:
    """登记已通知: when and whether the customer was told.

    Raises:
        BadInputError: the notice lies in the future.
    """
    if order.sent_at > clock.now():
        raise BadInputError("notice_in_future")

    def objection(row: Any, case: JudgedCase) -> Refusal | None:
        if order.sent_at > row.window_from:
            return refuse(case, "notice_after_visit")
        same = (row.notice_sent_at, row.notice_delivered) == (order.sent_at, order.delivered)
        return refuse(case, "plan_so_already") if same else not_under_way(row, case)

    plans, refused = the_plans(session, order.actor, order.plans, objection, lock=True)
    write_plans(
        session,
        Trace(order),
        plans,
        lambda _: {"notice_sent_at": order.sent_at, "notice_delivered": order.delivered.value},
    )
    return plans_changed(order, plans, refused, notice=order.delivered.value)


def equip_plans(session: Session, order: EquipPlans) -> Changes:
    """Name the second person, the recording device, or both.

    Raises:
        BadInputError: neither is named.
    """
    if order.second_agent_id is None and order.device_id is None:
        raise BadInputError("equip_nothing")
    people = People(session)
    device = _device(session, order.device_id)

    def objection(row: Any, case: JudgedCase) -> Refusal | None:
        if order.device_id is not None:
            refusal = objection_to_device(device, case)
            if refusal is not None:
                return refusal
        if order.second_agent_id is not None:
            if order.second_agent_id == row.agent_id:
                return refuse(case, "second_is_agent")
            refusal = people.objection(order.second_agent_id, case, row.plan_on)
            if refusal is not None:
                return refusal
        wanted = _equipment(order)
        if all(getattr(row, name) == value for name, value in wanted.items()):
            return refuse(case, "plan_so_already")
        return not_under_way(row, case)

    plans, refused = the_plans(session, order.actor, order.plans, objection, lock=True)
    write_plans(session, Trace(order), plans, lambda _: _equipment(order))
    return plans_changed(order, plans, refused)


def _equipment(order: EquipPlans) -> dict[str, Any]:
    wanted = {"second_agent_id": order.second_agent_id, "device_id": order.device_id}
    return {name: value for name, value in wanted.items() if value is not None}


def _device(session: Session, device_id: int | None) -> Any:
    stmt = select(Device.id, Device.branch_id, Device.active).where(Device.id == device_id)
    return None if device_id is None else session.execute(stmt).one_or_none()


def objection_to_device(device: Any, case: JudgedCase) -> Refusal | None:
    """Why this device cannot be taken along."""
    if device is None or device.branch_id != case.branch_id:
        return refuse(case, "device_unknown")
    return None if device.active else refuse(case, "device_not_active")


class People:
    """Collectors by person and day, each read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[int, Any], Collector | None] = {}

    def objection(self, staff_id: int, case: JudgedCase, on: Any) -> Refusal | None:
        """Why the person cannot go on this day."""
        if (staff_id, on) not in self._known:
            self._known[staff_id, on] = collector(self._session, staff_id, on)
        person = self._known[staff_id, on]
        refusal = objection_to(person, case, on)
        if refusal is None and person is not None and person.away:
            return refuse(case, "agent_away", staff_no=person.staff_no, on=on.isoformat())
        return refusal
