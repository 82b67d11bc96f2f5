"""Planned visits against the rules in force: from the database, on both engines."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from supervisor.intake.worker import Worker
from supervisor.models import tables
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.plan_checking import (
    anything_to_check,
    check_waiting,
    plan_checks,
)
from supervisor.models.commands.rule_changes import change_rule
from supervisor.models.commands.rule_packs import shelf
from supervisor.models.database import Database
from supervisor.models.enums import RecallCause, Role
from supervisor.models.orders_incidents import ChangeRule
from supervisor.models.orders_plans import CheckPlans
from supervisor.models.rows.plan_checks import PlanAsk, PlanCheck, PlanMark
from tests import factories as f
from tests.factories import TODAY, Ref

DAY = timedelta(days=1)
TOMORROW = TODAY + DAY
LATER = date(2027, 6, 30)


def a_pair(session: Session, branch: int, **values: Any) -> dict[str, Any]:
    """Two trained people with a device that was checked this week."""
    trained = {"training_valid_until": LATER, "exam_valid_until": LATER, **values}
    first, second = (f.a_staff(session, branch, **trained) for _ in range(2))
    device = f.a_device(session, branch, staff_id=first, checked_on=TODAY - 3 * DAY)
    return {"agent_id": first, "second_agent_id": second, "device_id": device}


def a_ready_plan(session: Session, case: Ref, on: date = TOMORROW, **values: Any) -> Ref:
    """A plan nothing stands against."""
    given = {"notice_sent_at": datetime(2026, 11, 20, 8, tzinfo=UTC), **values}
    if "agent_id" not in given:
        given.update(a_pair(session, case.branch_id))
    return f.a_plan(session, case, on, **given)


def marks(check: PlanCheck, mark: PlanMark) -> set[str]:
    """Ids of the rules that say so."""
    return {rule.rule_id for rule in check.of(mark)}


def the_check(session: Session, **ask: Any) -> PlanCheck:
    """The only plan there is, checked."""
    (check,) = plan_checks(session, PlanAsk(**ask))
    return check


def test_that_a_ready_plan_is_blocked_by_nothing_and_says_what_is_not_known(
    database: Database,
) -> None:
    with database.transaction() as session:
        case = f.a_case(session, f.a_branch(session), case_no="AJ-7")
        plan = a_ready_plan(session, case, plan_no="P-1")
        check = the_check(session)
    assert (check.plan_id, check.plan_no, check.case_no, check.on) == (
        plan.id, "P-1", "AJ-7", TOMORROW)  # fmt: skip
    assert marks(check, PlanMark.BLOCKED) | marks(check, PlanMark.GAP) == set()
    assert {"TIME-WINDOW", "STAFF-MIN-2", "REC-READY", "VISIT-FREQ"} <= marks(check, PlanMark.OK)
    assert {"STAFF-ADMISSION", "THIRD-STOP"} <= marks(check, PlanMark.UNKNOWN)
    assert not check.blocked


BLOCKERS: list[Any] = [
    ("TIME-WINDOW", "plan", {"window_until": datetime(2026, 11, 24, 14, 1, tzinfo=UTC)}, True),
    ("TIME-WINDOW", "plan", {"window_until": datetime(2026, 11, 24, 14, 0, tzinfo=UTC)}, False),
    ("STAFF-MIN-2", "plan", {"second_agent_id": None}, True),
    ("REC-READY", "plan", {"device_id": None}, True),
    ("STAFF-TRAINING", "staff", {"training_valid_until": TODAY}, True),
    ("STAFF-TRAINING", "staff", {"training_valid_until": TOMORROW}, False),
    ("VISIT-FREQ", "visit", {"visited_on": TODAY}, False),
    ("VISIT-FREQ", "visit", {"visited_on": TODAY, "outcome": "DOOR_REFUSED"}, True),
    ("VISIT-FREQ", "visit", {"visited_on": TOMORROW - 6 * DAY, "outcome": "DOOR_REFUSED"}, True),
    ("VISIT-FREQ", "visit", {"visited_on": TOMORROW - 7 * DAY, "outcome": "DOOR_REFUSED"}, False),
    ("HOLD-ACTIVE", "hold", {"reason": "COOLING_OFF", "until_on": TOMORROW}, True),
    ("HOLD-ACTIVE", "hold", {"reason": "COOLING_OFF", "until_on": TODAY}, False),
    ("DISPUTE-HOLD", "hold", {"reason": "DISPUTE_OPEN"}, True),
    ("HOLD-ACTIVE", "complaint", {}, True),
    ("HOLD-ACTIVE", "complaint", {"closed_on": TODAY}, False),
    ("THIRD-STOP", "case", {"do_not_contact_at": datetime(2026, 11, 23, 2, tzinfo=UTC)}, True),
    ("THIRD-STOP", "case", {"do_not_contact_at": datetime(2026, 11, 25, 2, tzinfo=UTC)}, False),
]


@pytest.mark.parametrize(("rule", "where", "values", "blocked"), BLOCKERS)
def test_that_a_rule_blocks_just_inside_and_not_just_outside(
    sqlite_database: Database, rule: str, where: str, values: dict[str, Any], blocked: bool
) -> None:
    with sqlite_database.transaction() as session:
        branch = f.a_branch(session)
        case = f.a_case(session, branch, **(values if where == "case" else {}))
        people = a_pair(session, branch, **(values if where == "staff" else {}))
        a_ready_plan(session, case, **{**people, **(values if where == "plan" else {})})
        made = {"visit": f.a_visit, "hold": f.a_hold, "complaint": f.a_complaint}.get(where)
        if made is not None:
            made(session, case, **values)
        check = the_check(session)
    found = marks(check, PlanMark.BLOCKED) | marks(check, PlanMark.GAP)
    assert (rule in found) is blocked
    assert found <= {rule}


def test_that_what_can_still_be_got_is_a_gap_and_what_nobody_reported_is_unknown(
    database: Database,
) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        one = f.a_staff(session, branch)  # training dates not reported
        f.a_plan(session, f.a_case(session, branch), TOMORROW, agent_id=one)
        check = the_check(session)
    assert marks(check, PlanMark.GAP) == {"STAFF-MIN-2", "REC-READY"}
    assert marks(check, PlanMark.BLOCKED) == set()
    assert "STAFF-TRAINING" in marks(check, PlanMark.UNKNOWN)
    assert check.mark is PlanMark.GAP


def test_that_frequency_counts_per_borrower_and_one_door_is_one_visit(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        borrower = f.a_borrower(session, branch)
        first, second, third = (f.a_case(session, branch, borrower=borrower) for _ in range(3))
        pair, others = a_pair(session, branch), a_pair(session, branch)
        a_ready_plan(session, first, plan_no="A", **pair)
        a_ready_plan(session, second, plan_no="B", **pair)
        assert [check.blocked for check in plan_checks(session, PlanAsk())] == [False, False]
        a_ready_plan(session, third, plan_no="C", **others)
        blocked = {check.plan_no for check in plan_checks(session, PlanAsk()) if check.blocked}
    assert blocked == {"A", "B", "C"}


def test_that_a_third_visit_in_seven_days_is_blocked_and_told_when_it_may_be(
    database: Database,
) -> None:
    with database.transaction() as session:
        case = f.a_case(session, f.a_branch(session))
        pair = a_pair(session, case.branch_id)
        a_ready_plan(session, case, TODAY + 6 * DAY, plan_no="C", **pair)
        a_ready_plan(session, case, TODAY + 3 * DAY, plan_no="B", **pair)
        f.a_visit(session, case, TODAY)
        checks = {check.plan_no: check for check in plan_checks(session, PlanAsk())}
    assert not checks["B"].blocked
    assert checks["C"].blocked
    free = checks["C"].allowed_from
    assert free is not None
    assert free.astimezone(UTC).date() == TODAY + 7 * DAY


def test_that_many_plans_are_read_with_as_many_statements_as_few(database: Database) -> None:
    database.read(shelf, None)  # packs are read once
    counted: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    with database.transaction() as session:
        branch = f.a_branch(session)
        pair = a_pair(session, branch)
        numbers = []
        for size in (1, 30):
            for _ in range(size):
                a_ready_plan(session, f.a_case(session, branch), **pair)
            counted.clear()
            plan_checks(session, PlanAsk())
            numbers.append(len(counted))
    assert numbers[0] == numbers[1] <= 16


def _case(session: Session, ref: Ref) -> Any:
    stmt = select(tables.Case.recall_cause, tables.Case.version).where(tables.Case.id == ref.id)
    return session.execute(stmt).one()


def _check(database: Database) -> dict[str, int]:
    changes = database.write(check_waiting, CheckPlans(actor=f.an_actor()))
    return dict(changes.counts)


def test_that_a_plan_a_rule_now_blocks_is_to_be_called_back(database: Database) -> None:
    with database.transaction() as session:
        case = f.a_case(session, f.a_branch(session))
        a_ready_plan(session, case)
        refresh_cases(session, [case])
    assert _check(database) == {"plans": 1, "recalled": 0}
    assert not database.read(anything_to_check, None)
    with database.transaction() as session:
        assert _case(session, case).recall_cause is None
        f.a_visit(session, case, TODAY, outcome="DOOR_REFUSED")
        refresh_cases(session, [case])
    assert database.read(anything_to_check, None)
    assert _check(database) == {"plans": 1, "recalled": 1}
    with database.transaction() as session:
        assert tuple(_case(session, case)) == (RecallCause.RULE, 1)
        stmt = select(tables.VisitPlan.recall_rules, tables.VisitPlan.version)
        assert tuple(session.execute(stmt).one()) == ("VISIT-FREQ", 1)
    assert _check(database) == {"plans": 0, "recalled": 0}


def test_that_what_happens_to_a_sister_case_lets_the_plan_wait(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        borrower = f.a_borrower(session, branch)
        case, sister = (f.a_case(session, branch, borrower=borrower) for _ in range(2))
        a_ready_plan(session, case)
        refresh_cases(session, [case, sister])
    _check(database)
    with database.transaction() as session:
        f.a_complaint(session, sister)
        refresh_cases(session, [sister])
    assert _check(database) == {"plans": 1, "recalled": 1}
    with database.transaction() as session:
        assert _case(session, case).recall_cause == RecallCause.RULE


def test_that_do_not_contact_is_its_own_cause_and_gaps_are_none(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        barred = f.a_case(session, branch, do_not_contact_at=datetime(2026, 11, 23, 1, tzinfo=UTC))
        a_ready_plan(session, barred)
        lacking = f.a_case(session, branch)
        f.a_plan(session, lacking, TOMORROW)
        refresh_cases(session, [barred, lacking])
    assert _check(database) == {"plans": 2, "recalled": 1}
    with database.transaction() as session:
        assert _case(session, barred).recall_cause == RecallCause.DO_NOT_CONTACT
        assert _case(session, lacking).recall_cause is None


def test_that_a_check_sees_only_the_branches_of_its_actor(database: Database) -> None:
    with database.transaction() as session:
        mine, other = f.a_branch(session), f.a_branch(session)
        for branch in (mine, other):
            a_ready_plan(session, f.a_case(session, branch))
    order = CheckPlans(actor=f.an_actor(branches=[mine]))
    assert database.write(check_waiting, order).counts["plans"] == 1
    assert not database.read(anything_to_check, (mine,))
    assert database.read(anything_to_check, (other,))


def test_that_a_changed_rule_lets_every_plan_be_checked_again(database: Database) -> None:
    with database.transaction() as session:
        case = f.a_case(session, f.a_branch(session))
        a_ready_plan(session, case)
        f.a_visit(session, case, TOMORROW - 20 * DAY, outcome="DOOR_REFUSED")
        refresh_cases(session, [case])
    assert _check(database) == {"plans": 1, "recalled": 0}
    order = ChangeRule(
        actor=f.an_actor(role=Role.ADMIN),
        pack_id="cn",
        rule_id="VISIT-FREQ",
        valid_from=TOMORROW,
        params=(("cooling_off_days", 21),),
        reason="内部决定",
    )
    database.write(change_rule, order)
    assert _check(database) == {"plans": 1, "recalled": 1}
    with database.transaction() as session:
        assert _case(session, case).recall_cause == RecallCause.RULE


def test_that_a_round_of_the_open_desktop_checks_what_waits(database: Database) -> None:
    with database.transaction() as session:
        case = f.a_case(session, f.a_branch(session))
        a_ready_plan(session, case)
        f.a_visit(session, case, TODAY, outcome="DOOR_REFUSED")
        refresh_cases(session, [case])
    Worker(database, f.an_actor()).work()
    assert not database.read(anything_to_check, None)
    with database.transaction() as session:
        assert _case(session, case).recall_cause == RecallCause.RULE


def test_that_only_writes_of_facts_let_a_plan_wait_again(database: Database) -> None:
    with database.transaction() as session:
        case = f.a_case(session, f.a_branch(session))
        a_ready_plan(session, case)
        refresh_cases(session, [case])
    _check(database)
    with database.transaction() as session:
        refresh_cases(session, [case], recheck=False)
    assert not database.read(anything_to_check, None)
    with database.transaction() as session:
        refresh_cases(session, [case])
    assert database.read(anything_to_check, None)
