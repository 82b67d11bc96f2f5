"""Visits planned in bulk, moved, called back, announced, equipped; visits recorded from paper."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from supervisor.clock import SHANGHAI
from supervisor.errors import BadInputError, ConflictError
from supervisor.models import tables
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.paper_visits import record_visit
from supervisor.models.commands.plan_changes import end_plans, equip_plans, record_notice
from supervisor.models.commands.planning import (
    plan_visits,
    preview_plan_visits,
    preview_reschedule,
    reschedule_plans,
)
from supervisor.models.commands.undo import undo
from supervisor.models.database import Database
from supervisor.models.enums import PlanState, RecallCause, TalkResult, Tick, VisitOutcome
from supervisor.models.ids import BranchId, PlanId, StaffId
from supervisor.models.orders import Undo
from supervisor.models.orders_plans import (
    EndPlans,
    EquipPlans,
    PlanRef,
    PlanVisits,
    RecordNotice,
    RecordVisit,
    ReschedulePlans,
)
from supervisor.models.rows.planning import Planning
from tests import factories as f
from tests.factories import TODAY, Ref

DAY = timedelta(days=1)
VALID = date(2027, 6, 30)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November in Shanghai."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@dataclass
class Branch:
    """A branch with one pair and some cases."""

    database: Database
    id: int
    first: int
    second: int
    device: int
    cases: list[Ref]

    def order(self, *which: int, **values: Any) -> PlanVisits:
        """Plan these cases for tomorrow nine o'clock."""
        given: dict[str, Any] = {
            "first_from": at(24, 9),
            "agent_id": StaffId(self.first),
            "second_agent_id": StaffId(self.second),
            **values,
        }
        refs = tuple(f.a_case_ref(self.cases[n]) for n in which)
        return PlanVisits(actor=f.an_actor(), cases=refs, **given)

    def planned(self, *which: int) -> list[PlanRef]:
        """Plan these cases and give their plans in the same order."""
        self.database.write(plan_visits, self.order(*which))
        found = {row.case_id: row for row in self.plans()}
        return [self.ref(found[self.cases[n].id]) for n in which]

    def ref(self, row: Any) -> PlanRef:
        return PlanRef(BranchId(row.branch_id), PlanId(row.id), row.version)

    def plans(self) -> list[Any]:
        """Every plan as it lies, by time and number."""
        with self.database.transaction() as session:
            stmt = select(*tables.VisitPlan.__table__.c).order_by(
                tables.VisitPlan.window_from, tables.VisitPlan.id
            )
            return list(session.execute(stmt))


@pytest.fixture
def branch(database: Database) -> Branch:
    with database.transaction() as session:
        id_ = f.a_branch(session)
        first, second = (
            f.a_staff(session, id_, training_valid_until=VALID, exam_valid_until=VALID)
            for _ in range(2)
        )
        device = f.a_device(session, id_, staff_id=first, checked_on=TODAY)
        cases = [f.a_case(session, id_) for _ in range(4)]
        sister = f.a_borrower(session, id_)
        cases += [f.a_case(session, id_, borrower=sister) for _ in range(2)]
        refresh_cases(session, cases)
    return Branch(database, id_, first, second, device, cases)


def codes(planning: Planning) -> list[str]:
    """Why visits are refused."""
    return sorted(one.refusal.code for one in planning.refused)


def test_that_visits_follow_one_another_and_one_door_is_one_window(branch: Branch) -> None:
    changes = branch.database.write(plan_visits, branch.order(0, 4, 1, 5, minutes=45))
    assert changes.counts == {"plans": 4, "refused": 0}
    rows = branch.plans()
    local = [row.window_from.astimezone(SHANGHAI).strftime("%H:%M") for row in rows]
    assert local == ["09:00", "09:45", "09:45", "10:30"]
    assert {(row.agent_id, row.second_agent_id, row.device_id) for row in rows} == {
        (branch.first, branch.second, branch.device)
    }
    more = branch.database.read(preview_plan_visits, branch.order(2, minutes=45))
    assert more.accepted[0].check.start_at == at(24, 11, 15)


def test_that_preview_and_command_refuse_the_same_and_say_why(branch: Branch) -> None:
    with branch.database.transaction() as session:
        f.a_visit(session, branch.cases[0], TODAY - DAY, outcome="DOOR_REFUSED")
        f.a_complaint(session, branch.cases[1])
        session.execute(
            update(tables.Case).where(tables.Case.id == branch.cases[2].id).values(overdue_fen=0)
        )
    order = branch.order(0, 1, 2, 3)
    planning = branch.database.read(preview_plan_visits, order)
    assert branch.plans() == []
    assert codes(planning) == ["plan_blocked", "plan_blocked_until", "plan_nothing_overdue"]
    assert [one.case.case_id for one in planning.accepted] == [branch.cases[3].id]
    cooling = next(one for one in planning.refused if one.refusal.code == "plan_blocked_until")
    assert cooling.refusal.facts == {"rules": "VISIT-FREQ", "free": "2026-11-29 08:00"}
    assert cooling.check is not None
    changes = branch.database.write(plan_visits, order)
    assert changes.counts == {"plans": 1, "refused": 3}
    assert sorted(one.code for one in changes.refused) == codes(planning)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"first_from": at(24, 7, 59)}, "plan_in_quiet_hours"),
        ({"first_from": at(24, 8)}, None),
        ({"first_from": at(24, 19)}, None),
        ({"first_from": at(24, 19, 1)}, "plan_after_hours"),
        ({"agent_id": None, "second_agent_id": None}, "plan_nobody"),
        ({"second_agent_id": None}, None),
        ({"agent_id": StaffId(999)}, "agent_unknown"),
    ],
)
def test_that_hours_and_people_are_looked_at(
    branch: Branch, values: dict[str, Any], code: str | None
) -> None:
    planning = branch.database.read(preview_plan_visits, branch.order(0, **values))
    assert codes(planning) == ([] if code is None else [code])


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"minutes": 9}, "plan_minutes_bad"),
        ({"minutes": 241}, "plan_minutes_bad"),
        ({"first_from": at(23, 10, 38)}, "plan_in_past"),
    ],
)
def test_that_an_order_that_cannot_be_is_refused(
    branch: Branch, values: dict[str, Any], code: str
) -> None:
    with pytest.raises(BadInputError, match=code):
        branch.database.read(preview_plan_visits, branch.order(0, **values))


def test_that_the_same_command_twice_plans_once_and_undo_takes_it_back(branch: Branch) -> None:
    order = branch.order(0, 1)
    done = branch.database.write(plan_visits, order)
    assert branch.database.write(plan_visits, order) == done
    assert len(branch.plans()) == 2
    assert done.undo_id is not None
    branch.database.write(undo, Undo(actor=f.an_actor(), undo_id=done.undo_id))
    assert branch.plans() == []


def test_that_a_plan_moves_only_where_rules_let_it_and_its_notice_is_void(branch: Branch) -> None:
    (plan,) = branch.planned(0)
    told = RecordNotice(actor=f.an_actor(), plans=(plan,), sent_at=at(23, 10))
    branch.database.write(record_notice, told)
    with branch.database.transaction() as session:
        f.a_hold(session, branch.cases[0], reason="COOLING_OFF", from_on=date(2026, 11, 26),
                 until_on=date(2026, 11, 27))  # fmt: skip
    now = branch.ref(branch.plans()[0])
    order = ReschedulePlans(actor=f.an_actor(), plans=(now,), on=date(2026, 11, 26))
    preview = branch.database.read(preview_reschedule, order)
    assert codes(preview) == ["plan_blocked_until"]
    assert preview.refused[0].refusal.facts["free"] == "2026-11-28 08:00"
    order = ReschedulePlans(actor=f.an_actor(), plans=(now,), on=date(2026, 11, 25))
    done = branch.database.write(reschedule_plans, order)
    assert done.counts == {"plans": 1, "refused": 0}
    (row,) = branch.plans()
    assert (row.plan_on, row.window_from, row.notice_sent_at) == (
        date(2026, 11, 25), at(25, 9), None)  # fmt: skip
    assert done.undo_id is not None
    branch.database.write(undo, Undo(actor=f.an_actor(), undo_id=done.undo_id))
    (row,) = branch.plans()
    assert (row.window_from, row.notice_sent_at) == (at(24, 9), at(23, 10))


def test_that_a_new_pair_takes_its_own_device(branch: Branch) -> None:
    (plan,) = branch.planned(0)
    with branch.database.transaction() as session:
        third, fourth = (f.a_staff(session, branch.id) for _ in range(2))
        device = f.a_device(session, branch.id, staff_id=third)
    order = ReschedulePlans(
        actor=f.an_actor(),
        plans=(plan,),
        at=at(24, 14),
        pair=True,
        agent_id=StaffId(third),
        second_agent_id=StaffId(fourth),
    )
    branch.database.write(reschedule_plans, order)
    (row,) = branch.plans()
    assert (row.agent_id, row.second_agent_id, row.device_id) == (third, fourth, device)
    assert row.window_from == at(24, 14)


def test_that_whoever_was_slower_is_refused_and_the_others_go_through(branch: Branch) -> None:
    one, two = branch.planned(0, 1)
    branch.database.write(
        equip_plans, EquipPlans(actor=f.an_actor(), plans=(one,), device_id=branch.device)
    )
    with branch.database.transaction() as session:
        f.a_device(session, branch.id)
    stale = EndPlans(
        actor=f.an_actor(),
        plans=(PlanRef(one.branch_id, one.plan_id, 9), two),
        words="客户来电",
        recalled=True,
    )
    done = branch.database.write(end_plans, stale)
    assert [refusal.code for refusal in done.refused] == ["plan_changed"]
    assert [row.state for row in branch.plans()] == [PlanState.PLANNED, PlanState.RECALLED]


def test_that_a_recall_ends_the_recall_reason_and_undo_brings_it_back(branch: Branch) -> None:
    (plan,) = branch.planned(0)
    with branch.database.transaction() as session:
        f.a_complaint(session, branch.cases[0], received_at=at(23, 10, 39))
        refresh_cases(session, [branch.cases[0]])

    def cause() -> str | None:
        with branch.database.transaction() as session:
            stmt = select(tables.Case.recall_cause).where(tables.Case.id == branch.cases[0].id)
            found: str | None = session.scalar(stmt)
            return found

    assert cause() == RecallCause.COMPLAINT
    with pytest.raises(BadInputError, match="plan_reason_missing"):
        branch.database.write(end_plans, EndPlans(actor=f.an_actor(), plans=(plan,), words=" "))
    order = EndPlans(actor=f.an_actor(), plans=(plan,), words="已投诉", recalled=True)
    done = branch.database.write(end_plans, order)
    assert cause() is None
    assert done.undo_id is not None
    branch.database.write(undo, Undo(actor=f.an_actor(), undo_id=done.undo_id))
    assert cause() == RecallCause.COMPLAINT


def test_that_a_visit_under_way_can_be_called_back_but_not_moved(branch: Branch) -> None:
    (plan,) = branch.planned(0)
    with branch.database.transaction() as session:
        session.execute(update(tables.VisitPlan).values(state="en_route"))
    moved = ReschedulePlans(actor=f.an_actor(), plans=(plan,), on=date(2026, 11, 25))
    assert codes(branch.database.read(preview_reschedule, moved)) == ["plan_under_way"]
    order = EndPlans(actor=f.an_actor(), plans=(plan,), words="已还款", recalled=True)
    assert branch.database.write(end_plans, order).counts["plans"] == 1


def test_that_notice_lies_between_now_and_the_visit_at_most(branch: Branch) -> None:
    (plan,) = branch.planned(0)
    for sent, kind in ((at(23, 10, 39), "notice_in_future"),):
        with pytest.raises(BadInputError, match=kind):
            branch.database.write(
                record_notice, RecordNotice(actor=f.an_actor(), plans=(plan,), sent_at=sent)
            )
    order = RecordNotice(
        actor=f.an_actor(), plans=(plan,), sent_at=at(23, 10, 38), delivered=Tick.YES
    )
    assert branch.database.write(record_notice, order).counts == {"plans": 1, "refused": 0}
    (row,) = branch.plans()
    assert (row.notice_sent_at, row.notice_delivered) == (at(23, 10, 38), "yes")


def a_paper(branch: Branch, plan: PlanRef | None, **values: Any) -> RecordVisit:
    """This morning's visit to the first case."""
    given: dict[str, Any] = {
        "started_at": at(23, 9),
        "ended_at": at(23, 9, 25),
        "outcome": VisitOutcome.MET_DEBTOR,
        **values,
    }
    return RecordVisit(actor=f.an_actor(), case=f.a_case_ref(branch.cases[0]), plan=plan, **given)


def a_plan_of_today(branch: Branch) -> PlanRef:
    with branch.database.transaction() as session:
        ref = f.a_plan(session, branch.cases[0], TODAY, agent_id=branch.first,
                       second_agent_id=branch.second, device_id=branch.device)  # fmt: skip
        refresh_cases(session, [branch.cases[0]])
    return PlanRef(BranchId(ref.branch_id), PlanId(ref.id), 1)


def test_that_a_paper_record_reports_its_plan_with_people_and_promise(branch: Branch) -> None:
    plan = a_plan_of_today(branch)
    order = a_paper(
        branch,
        plan,
        talk_results=(TalkResult.PTP,),
        promised_fen=120_000,
        promised_on=date(2026, 11, 30),
        note="本人在家，态度平和。",
        conduct=(("institution_stated", Tick.YES),),
    )
    done = branch.database.write(record_visit, order)
    assert done.counts == {"visits": 1, "promises": 1}
    with branch.database.transaction() as session:
        visit = session.execute(select(*tables.Visit.__table__.c)).one()
        promise = session.execute(select(*tables.Promise.__table__.c)).one()
        state = session.scalar(select(tables.VisitPlan.state))
        case = session.execute(
            select(tables.Case.last_visit_on, tables.Case.next_plan_id).where(
                tables.Case.id == branch.cases[0].id
            )
        ).one()
    assert (visit.agent_id, visit.second_agent_id) == (branch.first, branch.second)
    assert (visit.late_entry_minutes, visit.judged_with) == (73, None)
    assert (promise.amount_fen, promise.due_on, promise.visit_id) == (
        120_000, date(2026, 11, 30), visit.id)  # fmt: skip
    assert state == PlanState.REPORTED
    assert tuple(case) == (TODAY, None)
    with pytest.raises(ConflictError, match="plan_changed"):
        branch.database.write(record_visit, a_paper(branch, plan))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"started_at": at(23, 10, 39), "ended_at": None}, "visit_in_future"),
        ({"ended_at": at(23, 8, 59)}, "visit_backwards"),
        (
            {"started_at": datetime(2026, 10, 31, 2, tzinfo=UTC), "ended_at": None},
            "visit_before_case",
        ),
        (
            {"outcome": VisitOutcome.NO_ONE, "talk_results": (TalkResult.PTP,)},
            "visit_nobody_met",
        ),
        ({"promised_fen": 1}, "visit_promise_half"),
        ({"promised_fen": 1, "promised_on": TODAY - DAY}, "visit_promise_past"),
    ],
)
def test_that_a_paper_record_that_cannot_be_is_refused(
    branch: Branch, values: dict[str, Any], code: str
) -> None:
    with pytest.raises(BadInputError, match=code):
        branch.database.write(record_visit, a_paper(branch, None, **values))
