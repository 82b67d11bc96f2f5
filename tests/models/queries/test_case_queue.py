"""Search, conditions and lines of the queue, by example, on both engines."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from supervisor.models import tables
from supervisor.models.database import Database
from supervisor.models.enums import (
    ArrearsReason,
    Bucket,
    FlagCategory,
    Mark,
    PlanGap,
    Product,
    QueueReason,
    VisitOutcome,
)
from supervisor.models.enums_queue import SortKey
from supervisor.models.ids import BranchId, StaffId, TeamId
from supervisor.models.queries import queue_amounts
from supervisor.models.queries.case_queue import page, rows_by_id, view_counts
from supervisor.models.queries.case_queue import totals as totals_of
from supervisor.models.rows.case_queue import QueueRequest, Sort
from tests.factories import (
    TODAY,
    a_borrower,
    a_branch,
    a_case,
    a_contract,
    a_flag,
    a_staff,
    a_team,
    a_visit,
)
from tests.models.queries.queue_world import asking, fill

EVERYTHING = 1_000


def found(database: Database, **conditions) -> set[str]:
    wanted = asking(**conditions)
    rows = database.read(page, QueueRequest(wanted, limit=EVERYTHING)).rows
    return {row.case_no for row in rows}


@pytest.fixture
def office(database: Database) -> Database:
    """Two branches, one of which shows names; three cases to tell apart."""
    with database.transaction() as session:
        hidden, shown = a_branch(session, code="H"), a_branch(session, code="S", shows_names=True)
        zhang = a_borrower(
            session,
            hidden,
            full_name="张伟",
            masked_name="张**",
            pinyin_key="zhangwei",
            initials="zw",
            phone_tail="1234",
        )
        li = a_borrower(
            session,
            shown,
            full_name="李小娜",
            masked_name="李**",
            pinyin_key="lixiaona",
            initials="lxn",
            phone_tail="0077",
        )
        loan = a_contract(session, zhang, contract_no="HT2026000001")
        second = a_contract(session, zhang, contract_no="XY-77")
        a_case(session, hidden, borrower=zhang, contracts=[loan, second], case_no="AJ100")
        a_case(session, shown, borrower=li, case_no="AJ200")
        a_case(session, shown, case_no="AJ300", ended_on=TODAY)
    return database


@pytest.mark.parametrize(
    ("typed", "cases"),
    [
        ("AJ100", {"AJ100"}),
        ("AJ", {"AJ100", "AJ200"}),
        ("aj2", {"AJ200"}),
        ("ＡＪ１００", {"AJ100"}),
        ("  AJ100 ", {"AJ100"}),
        ("HT2026000001", {"AJ100"}),
        ("HT2026", {"AJ100"}),
        ("XY-77", {"AJ100"}),
        ("zw", {"AJ100"}),
        ("ZW", {"AJ100"}),
        ("lxn", {"AJ200"}),
        ("zhangw", {"AJ100"}),
        ("li xiao", {"AJ200"}),
        ("1234", {"AJ100"}),
        ("１２３４", {"AJ100"}),
        ("234", set()),
        ("李小娜", {"AJ200"}),
        ("李小", {"AJ200"}),
        ("李", {"AJ200"}),
        ("张**", {"AJ100"}),
        ("张伟", {"AJ100"}),
        ("%", set()),
        ("_J100", set()),
        ("'; DROP TABLE borrower; --", set()),
        ("\x00", {"AJ100", "AJ200"}),
        ("\ud800", {"AJ100", "AJ200"}),
        ("🏴", set()),
    ],
)
def test_that_quick_search_finds(office: Database, typed: str, cases: set[str]) -> None:
    assert found(office, search=typed) == cases
    for branch in office.read(_branches, None):
        here = found(office, search=typed, branches=(branch,))
        assert here <= cases


def _branches(session, _):
    return [BranchId(number) for number in session.scalars(select(tables.Branch.id))]


def test_that_a_hidden_full_name_is_not_searched(office: Database) -> None:
    with office.transaction() as session:
        branch = a_branch(session)
        other = a_borrower(
            session, branch, full_name="欧阳锋", masked_name="欧**", pinyin_key="", initials=""
        )
        a_case(session, branch, borrower=other, case_no="AJ400")
    assert found(office, search="欧阳") == set()


def test_that_pasted_numbers_find_cases_and_contracts(office: Database) -> None:
    numbers = ("AJ100", " ＡＪ２００", "ht2026000001", "nobody", "")
    assert found(office, numbers=numbers) == {"AJ100", "AJ200"}
    assert found(office, numbers=("AJ300",)) == set()
    assert found(office, numbers=("AJ300",), include_ended=True) == {"AJ300"}
    many = (*(f"N{number}" for number in range(40_000)), "AJ200")
    assert found(office, numbers=many) == {"AJ200"}
    assert found(office, numbers=("AJ100", "AJ200"), search="zw") == {"AJ100"}


def test_that_conditions_let_through_what_they_say(database: Database) -> None:
    two_days_ago = TODAY - timedelta(days=2)
    at_eleven = datetime.combine(TODAY - timedelta(days=8), time(3), UTC)
    with database.transaction() as session:
        branch = a_branch(session)
        team = a_team(session, branch)
        lin = a_staff(session, branch, team_id=team)
        he = a_staff(session, branch)
        near = a_borrower(session, branch, area="东街道")
        first = a_case(
            session,
            branch,
            borrower=near,
            case_no="A",
            agent_id=lin,
            mark="A",
            product="car_loan",
            arrears_reason="illness",
            oldest_due_on=TODAY - timedelta(days=45),
            overdue_fen=900_00,
            last_visit_on=TODAY - timedelta(days=2),
            last_visit_outcome="NO_ONE",
            promise_due_on=TODAY + timedelta(days=3),
            placed_on=date(2026, 9, 1),
        )
        second = a_case(
            session,
            branch,
            case_no="B",
            agent_id=he,
            oldest_due_on=TODAY - timedelta(days=200),
            overdue_fen=100_00,
            next_plan_on=TODAY + timedelta(days=1),
            next_plan_gaps=int(PlanGap.SECOND_PERSON),
            next_plan_at=asking().now,
            hold_from_on=TODAY,
            hold_reason="SERIOUS_ILL",
        )
        a_visit(session, second, TODAY - timedelta(days=8), started_at=at_eleven)
        a_visit(session, second, two_days_ago, outcome="ABORTED")
        a_case(session, branch, case_no="C", ended_on=TODAY)
        a_flag(session, first, category="conflict")
        a_flag(session, first, category="refusal", state="closed")
        a_visit(session, first, TODAY - timedelta(days=2), talk_results="PTP,PLAN_REQ")
    here = {"branches": (BranchId(branch),)}
    for where in ({}, here):
        for conditions, cases in (
            ({}, {"A", "B"}),
            ({"include_ended": True}, {"A", "B", "C"}),
            ({"teams": (TeamId(team),)}, {"A"}),
            ({"agents": (StaffId(he),)}, {"B"}),
            ({"unassigned": True}, set()),
            ({"unassigned": True, "agents": (StaffId(he),)}, {"B"}),
            ({"buckets": frozenset({Bucket.M2})}, {"A"}),
            ({"buckets": frozenset({Bucket.M6_PLUS, Bucket.M0})}, {"B"}),
            ({"dpd_min": 46}, {"B"}),
            ({"dpd_max": 45}, {"A"}),
            ({"dpd_min": 10**9}, set()),
            ({"marks": frozenset({Mark.A})}, {"A"}),
            ({"products": frozenset({Product.CAR_LOAN})}, {"A"}),
            ({"outcomes": frozenset({VisitOutcome.NO_ONE})}, {"A"}),
            ({"arrears_reasons": frozenset({ArrearsReason.ILLNESS})}, {"A"}),
            ({"flag_categories": frozenset({FlagCategory.CONFLICT})}, {"A"}),
            ({"flag_categories": frozenset({FlagCategory.REFUSAL})}, set()),
            ({"areas": ("东街道",)}, {"A"}),
            ({"overdue_min_fen": 100_01}, {"A"}),
            ({"overdue_max_fen": 100_00}, {"B"}),
            ({"last_visit_from": TODAY - timedelta(days=2)}, {"A"}),
            ({"last_visit_until": TODAY - timedelta(days=3)}, set()),
            ({"untouched_days_min": 3}, {"B"}),
            ({"untouched_days_min": 2, "untouched_days_max": 2}, {"A"}),
            ({"untouched_days_max": 1}, set()),
            ({"visited_from": TODAY - timedelta(days=2)}, {"A"}),
            ({"visited_from": TODAY - timedelta(days=1)}, set()),
            ({"visited_until": TODAY - timedelta(days=2)}, {"A", "B"}),
            ({"visited_until": TODAY - timedelta(days=3)}, {"B"}),
            ({"visited_hours": frozenset({9, 10})}, {"A"}),
            ({"visited_hours": frozenset({11})}, {"B"}),
            ({"visited_weekdays": frozenset({two_days_ago.weekday()})}, {"A"}),
            ({"visited_weekdays": frozenset({TODAY.weekday()})}, set()),
            (
                {
                    "visited_weekdays": frozenset({two_days_ago.weekday()}),
                    "visited_hours": frozenset({11}),
                },
                set(),
            ),
            ({"promise_due_from": TODAY}, {"A"}),
            ({"next_plan_until": TODAY + timedelta(days=1)}, {"B"}),
            ({"placed_until": date(2026, 9, 1)}, {"A"}),
            ({"held": True}, {"B"}),
            ({"held": False}, {"A"}),
            ({"second_person_missing": True}, {"B"}),
            ({"second_person_missing": False}, {"A"}),
            ({"plan_requested": True}, {"A"}),
            ({"plan_requested": False}, {"B"}),
        ):
            assert found(database, **{**where, **conditions}) == cases, conditions


def test_that_a_line_says_everything_the_screen_shows(database: Database) -> None:
    with database.transaction() as session:
        branch = a_branch(session, name="城东网点", payments_known_on=TODAY)
        team = a_team(session, branch, name="一组")
        lin = a_staff(session, branch, name="林某", staff_no="08", team_id=team)
        one = a_borrower(session, branch, household_key="door")
        other = a_borrower(session, branch, household_key="door")
        ref = a_case(
            session,
            branch,
            borrower=one,
            agent_id=lin,
            overdue_fen=500_00,
            oldest_due_on=TODAY - timedelta(days=31),
            promise_due_on=TODAY - timedelta(days=2),
            promise_fen=300_00,
        )
        a_case(session, branch, borrower=other)
        a_case(session, branch, borrower=other, ended_on=TODAY)
        again = a_case(session, branch, borrower=a_borrower(session, branch))
    refs = [(branch, again.id), (branch, ref.id), (branch, -5)]
    alone, row = database.read(_lines, refs)
    assert (row.branch, row.team, row.agent, row.agent_no) == ("城东网点", "一组", "林某", "08")
    assert (row.reason, row.reason_days) == (QueueReason.PROMISE_BROKEN, 2)
    assert (row.bucket, row.dpd, row.overdue_fen) == (Bucket.M2, 31, 500_00)
    assert (row.name, row.household_n, alone.household_n) == ("王**", 2, 1)


def _lines(session, refs):
    return rows_by_id(session, asking(), refs)


def test_that_the_branch_decides_whether_names_are_shown(office: Database) -> None:
    rows = office.read(page, QueueRequest(asking())).rows
    assert {row.case_no: row.name for row in rows} == {"AJ100": "张**", "AJ200": "李小娜"}


def test_that_too_many_stale_amounts_give_the_same_order(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database, 12)
    day = TODAY + timedelta(days=12)
    for sort in (Sort(), Sort(SortKey.OVERDUE), Sort(SortKey.OVERDUE, descending=True)):
        request = QueueRequest(asking(day, sort=sort), limit=EVERYTHING)
        merged = database.read(page, request)
        with monkeypatch.context() as patch:
            patch.setattr(queue_amounts, "MOST_STALE", 3)
            assert database.read(page, request) == merged


def test_that_views_are_counted_and_an_empty_list_adds_up_to_nothing(office: Database) -> None:
    views = [QueueRequest(asking()), QueueRequest(asking(search="zw"))]
    assert office.read(view_counts, views) == (2, 1)
    nothing = office.read(totals_of, QueueRequest(asking(search="nobody at all")))
    assert (nothing.cases, nothing.overdue_fen, nothing.promises_due_today) == (0, 0, 0)
