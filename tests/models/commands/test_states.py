"""Every state of a plan and of a complaint against every act, on both engines.

Flags have their own table (`test_incidents`): states by moves by roles.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from supervisor.clock import SHANGHAI
from supervisor.errors import ConflictError
from supervisor.models import tables
from supervisor.models.changes import Changes
from supervisor.models.commands import complaints, paper_visits, plan_changes, planning, plans
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.database import Database
from supervisor.models.enums import PlanState, Tick, VisitOutcome
from supervisor.models.enums_incidents import ComplaintOutcome, ComplaintState
from supervisor.models.ids import BranchId, ComplaintId, PlanId, StaffId
from supervisor.models.orders import CancelPlan
from supervisor.models.orders_incidents import (
    AnswerComplaint,
    CloseComplaint,
    ComplaintRef,
    ExtendComplaint,
    LinkComplaint,
)
from supervisor.models.orders_plans import (
    EndPlans,
    EquipPlans,
    PlanRef,
    RecordNotice,
    RecordVisit,
    ReschedulePlans,
)
from tests import factories as f
from tests.models.commands.incident_world import COMPLIANCE, SUPERVISOR

P = PlanState
UNDER_WAY = {P.EN_ROUTE, P.ON_SITE}
STANDING = {P.PLANNED} | UNDER_WAY


class APlan:
    """A plan of tomorrow in some state, and what one can do with it."""

    def __init__(self, database: Database, state: PlanState) -> None:
        self.database = database
        valid = {
            "training_valid_until": f.TODAY + timedelta(days=300),
            "exam_valid_until": f.TODAY + timedelta(days=300),
        }
        with database.transaction() as session:
            branch = f.a_branch(session)
            first, second, third = (f.a_staff(session, branch, **valid) for _ in range(3))
            self.third = StaffId(third)
            self.case = f.a_case(session, branch, agent_id=first)
            tomorrow = f.TODAY + timedelta(days=1)
            at = datetime(tomorrow.year, tomorrow.month, tomorrow.day, 10, tzinfo=SHANGHAI)
            f.a_plan(session, self.case, tomorrow, agent_id=first, second_agent_id=second,
                     state=state.value, window_from=at,
                     window_until=at + timedelta(hours=1))  # fmt: skip
            refresh_cases(session, [self.case])
            row = session.execute(select(*tables.VisitPlan.__table__.c)).one()
        self.ref = PlanRef(BranchId(row.branch_id), PlanId(row.id), row.version)
        self.at = at

    def state(self) -> PlanState:
        with self.database.transaction() as session:
            return PlanState(session.scalars(select(tables.VisitPlan.state)).one())

    def end(self, *, recalled: bool) -> Changes:
        order = EndPlans(actor=SUPERVISOR, plans=(self.ref,), words="客户来电", recalled=recalled)
        return self.database.write(plan_changes.end_plans, order)

    def end_alone(self, *, recalled: bool) -> Changes:
        order = CancelPlan(
            actor=SUPERVISOR, branch_id=self.ref.branch_id, plan_id=self.ref.plan_id,
            recalled=recalled, words="客户来电",
        )  # fmt: skip
        return self.database.write(plans.cancel_plan, order)

    def move(self) -> Changes:
        order = ReschedulePlans(
            actor=SUPERVISOR, plans=(self.ref,), at=self.at + timedelta(hours=2)
        )
        return self.database.write(planning.reschedule_plans, order)

    def tell(self) -> Changes:
        order = RecordNotice(
            actor=SUPERVISOR, plans=(self.ref,), sent_at=self.at - timedelta(days=2),
            delivered=Tick.YES,
        )  # fmt: skip
        return self.database.write(plan_changes.record_notice, order)

    def equip(self) -> Changes:
        order = EquipPlans(actor=SUPERVISOR, plans=(self.ref,), second_agent_id=self.third)
        return self.database.write(plan_changes.equip_plans, order)

    def report(self) -> Changes:
        start = self.at - timedelta(days=2)
        order = RecordVisit(
            actor=SUPERVISOR, case=f.a_case_ref(self.case), plan=self.ref, started_at=start,
            ended_at=None, outcome=VisitOutcome.NO_ONE,
        )  # fmt: skip
        return self.database.write(paper_visits.record_visit, order)


PLAN_ACTS: dict[str, tuple[Callable[[APlan], Changes], set[PlanState], PlanState | None]] = {
    "cancel": (lambda plan: plan.end(recalled=False), {P.PLANNED}, P.CANCELLED),
    "recall": (lambda plan: plan.end(recalled=True), STANDING, P.RECALLED),
    "cancel_alone": (lambda plan: plan.end_alone(recalled=False), {P.PLANNED}, P.CANCELLED),
    "recall_alone": (lambda plan: plan.end_alone(recalled=True), STANDING, P.RECALLED),
    "move": (APlan.move, {P.PLANNED}, P.PLANNED),
    "tell": (APlan.tell, {P.PLANNED}, P.PLANNED),
    "equip": (APlan.equip, {P.PLANNED}, P.PLANNED),
    # A visit that was made is put down, whatever became of the plan meanwhile; once.
    "report": (APlan.report, STANDING | {P.CANCELLED, P.RECALLED}, P.REPORTED),
}
"""The act, from which states it is allowed, and where it leads."""


@pytest.mark.parametrize("act", PLAN_ACTS)
@pytest.mark.parametrize("state", PlanState)
def test_that_a_plan_moves_only_as_the_table_says(
    database: Database, state: PlanState, act: str
) -> None:
    plan = APlan(database, state)
    do, allowed, leads_to = PLAN_ACTS[act]
    if state in allowed:
        assert not do(plan).refused
        assert plan.state() is leads_to
        return
    try:
        done = do(plan)
    except ConflictError as error:
        codes = [error.code]
    else:
        codes = [one.code for one in done.refused]
        assert done.counts["plans"] == 0
    wanted = (
        {"plan_under_way"} if state in UNDER_WAY else {"plan_is_over", "visit_reported_already"}
    )
    assert len(codes) == 1
    assert set(codes) <= wanted
    assert plan.state() is state


C = ComplaintState
COMPLAINT_ACTS: dict[str, tuple[Callable[[Database, ComplaintRef], Changes], set[C]]] = {
    "extend": (
        lambda db, ref: db.write(
            complaints.extend_complaint,
            ExtendComplaint(actor=COMPLIANCE, complaint=ref, because="等录音"),
        ),
        {C.OPEN},
    ),
    "answer": (
        lambda db, ref: db.write(
            complaints.answer_complaint,
            AnswerComplaint(
                actor=COMPLIANCE,
                complaint=ref,
                outcome=next(iter(ComplaintOutcome)),
                answered_on=f.TODAY,
                answer="已说明",
            ),
        ),
        {C.OPEN},
    ),
    "close": (
        lambda db, ref: db.write(
            complaints.close_complaint, CloseComplaint(actor=COMPLIANCE, complaint=ref)
        ),
        {C.ANSWERED},
    ),
    "link": (
        lambda db, ref: db.write(
            complaints.link_complaint,
            LinkComplaint(actor=COMPLIANCE, complaint=ref, visit_no=None, person_id=None),
        ),
        {C.OPEN, C.ANSWERED},
    ),
}


@pytest.mark.parametrize("act", COMPLAINT_ACTS)
@pytest.mark.parametrize("state", ComplaintState)
def test_that_a_complaint_moves_only_as_the_table_says(
    database: Database, state: ComplaintState, act: str
) -> None:
    values: dict[str, Any] = {}
    if state is not C.OPEN:
        values |= {"answered_on": f.TODAY, "outcome": "explained", "answer": "已说明"}
    if state is C.CLOSED:
        values |= {"closed_on": f.TODAY}
    with database.transaction() as session:
        case = f.a_case(session, f.a_branch(session))
        made = f.a_complaint(
            session, case, received_at=datetime(2026, 11, 20, 10, tzinfo=SHANGHAI), **values
        )
        refresh_cases(session, [case])
    ref = ComplaintRef(BranchId(made.branch_id), ComplaintId(made.id))
    do, allowed = COMPLAINT_ACTS[act]
    if state in allowed:
        assert do(database, ref).counts == {"complaints": 1}
        return
    with database.transaction() as session:
        before = session.execute(select(tables.Complaint.__table__)).one()
    with pytest.raises(ConflictError, match="complaint_"):
        do(database, ref)
    with database.transaction() as session:
        assert session.execute(select(tables.Complaint.__table__)).one() == before
