"""Derived columns of a case: SQL against the definition, and every block on both engines."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from supervisor.models import tables
from supervisor.models.commands import agenda
from supervisor.models.commands.agenda import advance_balances, refresh_cases
from supervisor.models.database import Database
from supervisor.models.rules.amounts import Debt, Line, Received, Stored, stored
from tests import factories as f
from tests.factories import TODAY, Ref

DAY = timedelta(days=1)


def case_row(session: Session, ref: Ref) -> Any:
    """The case as it lies in the database."""
    wanted = select(*tables.Case.__table__.c).where(
        tables.Case.branch_id == ref.branch_id, tables.Case.id == ref.id
    )
    return session.execute(wanted).one()


def refreshed(session: Session, ref: Ref, today: date = TODAY) -> Any:
    """Refresh one case and give it back."""
    refresh_cases(session, [ref], today)
    return case_row(session, ref)


def random_debt(rng: random.Random) -> Debt:
    """A contract: some called in, some overpaid, some with reversals, some without a schedule."""
    day = date(2026, 6, 1)
    lines = tuple(
        Line(n, day + timedelta(days=30 * n + rng.randrange(25)), rng.randrange(1, 5) * 1_000)
        for n in range(1, rng.randrange(7) + 1)
    )
    paid = tuple(
        Received(day + timedelta(days=rng.randrange(250)), rng.randrange(-3, 7) * 700)
        for _ in range(rng.randrange(5))
    )
    called_in = day + timedelta(days=rng.randrange(200)) if rng.random() < 0.3 else None
    return Debt(lines, paid, called_in)


def put_debt(session: Session, borrower: Ref, debt: Debt) -> Ref:
    """The rows of a debt."""
    contract = f.a_contract(session, borrower, schedule=(), accelerated_on=debt.accelerated_on)
    for line in debt.lines:
        thirds = line.total_fen // 4
        f.an_instalment(
            session,
            contract,
            line.number,
            line.due_on,
            principal_fen=line.total_fen - 3 * thirds,
            interest_fen=thirds,
            fee_fen=thirds,
            penalty_fen=thirds,
        )
    for money in debt.payments:
        f.a_payment(session, contract, money.amount_fen, money.value_on)
    return contract


def as_stored(row: Any) -> Stored:
    """What the row keeps of money."""
    return Stored(
        row.oldest_due_on,
        row.settle_fen,
        row.overdue_fen,
        row.overdue_from_on,
        row.overdue_until_on,
        row.next_overdue_fen,
        row.next_overdue_until_on,
    )


def test_that_sql_agrees_with_the_definition_on_random_debts(database: Database) -> None:
    rng = random.Random(20261123)
    with database.transaction() as session:
        branch = f.a_branch(session)
        cases: list[tuple[Ref, list[Debt]]] = []
        for _ in range(120):
            borrower = f.a_borrower(session, branch)
            debts = [random_debt(rng) for _ in range(rng.randrange(4))]
            contracts = [put_debt(session, borrower, debt) for debt in debts]
            made = f.a_case(session, branch, borrower=borrower, contracts=contracts)
            cases.append((made, debts))
        for today in (TODAY, date(2026, 7, 1), date(2027, 3, 1)):
            refresh_cases(session, [ref for ref, _ in cases], today)
            for ref, debts in cases:
                assert as_stored(case_row(session, ref)) == stored(debts, today)


def test_that_all_cases_and_named_cases_come_out_alike(
    database: Database, monkeypatch: Any
) -> None:
    monkeypatch.setattr(agenda, "STRETCH", 3)
    monkeypatch.setattr(agenda, "CHUNK", 2)
    with database.transaction() as session:
        refs = []
        for branch in [f.a_branch(session) for _ in range(2)]:
            for n in range(7):
                case = f.a_case(session, branch)
                refs.append(case)
                f.a_visit(session, case, TODAY - n * DAY)
                f.a_promise(session, case, TODAY + n * DAY)
        assert refresh_cases(session, None, TODAY) == len(refs)
        whole = [case_row(session, ref) for ref in refs]
        assert refresh_cases(session, refs, TODAY) == 0
        session.execute(update(tables.Case).values(settle_fen=0, visit_count=9))
        assert refresh_cases(session, refs, TODAY) == len(refs)
        assert [case_row(session, ref) for ref in refs] == whole


def test_that_only_named_cases_change_and_versions_stay(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        named, other = f.a_case(session, branch), f.a_case(session, branch)
        assert refreshed(session, named).settle_fen == 300_000
        assert case_row(session, named).version == 1
        assert case_row(session, other).settle_fen == 0


def test_that_the_leading_contract_is_the_one_unpaid_longest(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        debtor = f.a_borrower(session, branch)
        later = f.a_contract(session, debtor, contract_no="HT-LATER")
        older = f.a_contract(
            session, debtor, contract_no="HT-OLDER", schedule=[(date(2026, 9, 1), 5_000)]
        )
        case = f.a_case(session, branch, borrower=debtor, contracts=[later, older])
        assert refreshed(session, case).contract_no == "HT-OLDER"
        f.a_payment(session, older, 5_000)
        assert refreshed(session, case).contract_no == "HT-LATER"


def test_that_a_case_without_contracts_owes_nothing(database: Database) -> None:
    with database.transaction() as session:
        case = f.a_case(session, f.a_branch(session), contracts=())
        row = refreshed(session, case)
        assert (row.settle_fen, row.overdue_fen, row.contract_no) == (0, 0, None)
        assert (row.oldest_due_on, row.overdue_from_on, row.overdue_until_on) == (None,) * 3


def test_that_only_completed_visits_count(database: Database) -> None:
    with database.transaction() as session:
        case = f.a_case(session, f.a_branch(session))
        f.a_visit(session, case, TODAY - 3 * DAY, outcome="DOOR_REFUSED")
        f.a_visit(session, case, TODAY - 5 * DAY, outcome="MET_DEBTOR")
        f.a_visit(session, case, TODAY - 1 * DAY, outcome="NOT_DONE")
        f.a_visit(session, case, TODAY - 2 * DAY, outcome="ABORTED")
        row = refreshed(session, case)
        assert (row.last_visit_on, row.last_visit_outcome) == (TODAY - 3 * DAY, "DOOR_REFUSED")
        assert row.visit_count == 2


def test_that_a_promise_counts_money_from_its_making_to_its_due_date(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        debtor = f.a_borrower(session, branch)
        contract = f.a_contract(session, debtor)
        case = f.a_case(session, branch, borrower=debtor, contracts=[contract])
        for value_on, fen in (
            (date(2026, 11, 9), 1),
            (date(2026, 11, 10), 10_000),
            (date(2026, 11, 20), 20_000),
            (date(2026, 11, 21), 5_000),
        ):
            f.a_payment(session, contract, fen, value_on)
        f.a_promise(session, case, date(2026, 11, 20), 50_000)
        row = refreshed(session, case)
        assert (row.promise_due_on, row.promise_paid_fen) == (date(2026, 11, 20), 30_000)
        f.a_payment(session, contract, 20_000, date(2026, 11, 15))
        row = refreshed(session, case)
        assert (row.promise_due_on, row.promise_fen, row.promise_paid_fen) == (None, None, None)
        assert session.scalar(select(tables.Promise.paid_fen)) == 50_000


def test_that_a_visit_or_a_talk_after_the_due_date_answers_a_promise(database: Database) -> None:
    due = TODAY - 3 * DAY
    after = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai
    before = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
    with database.transaction() as session:
        branch = f.a_branch(session)

        def promised() -> Ref:
            made = f.a_case(session, branch)
            f.a_promise(session, made, due)
            return made

        visited, not_done, reached, spouse, same_day, unanswered = (promised() for _ in range(6))
        f.a_visit(session, visited, due + DAY)
        f.a_visit(session, not_done, due + DAY, outcome="NOT_DONE")
        f.a_contact(session, reached, at=after, effective="yes")
        f.a_contact(session, spouse, at=after, effective="yes", party="spouse")
        f.a_contact(session, same_day, at=before, effective="yes")
        answered = [refreshed(session, ref).promise_due_on is None for ref in (visited, reached)]
        standing = (not_done, spouse, same_day, unanswered)
        open_still = [refreshed(session, ref).promise_due_on == due for ref in standing]
        assert (answered, open_still) == ([True] * 2, [True] * 4)


def test_that_only_the_latest_promise_not_withdrawn_counts(database: Database) -> None:
    with database.transaction() as session:
        case = f.a_case(session, f.a_branch(session))
        f.a_promise(session, case, TODAY - 9 * DAY, made_on=TODAY - 12 * DAY)
        f.a_promise(session, case, TODAY + DAY, made_on=TODAY - 5 * DAY)
        f.a_promise(session, case, TODAY, made_on=TODAY - 2 * DAY, withdrawn=True)
        assert refreshed(session, case).promise_due_on == TODAY + DAY


def test_that_the_next_plan_is_the_earliest_unanswered_one(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        case = f.a_case(session, branch)
        staff, device = f.a_staff(session, branch), f.a_device(session, branch)
        linked = f.a_plan(session, case, TODAY - 6 * DAY)
        f.a_visit(session, case, TODAY - 7 * DAY, plan_id=linked.id)
        f.a_plan(session, case, TODAY - DAY, state="cancelled")
        expected = f.a_plan(
            session, case, TODAY + DAY, second_agent_id=staff, device_id=device, file_ready="no"
        )
        f.a_plan(session, case, TODAY + 2 * DAY)
        row = refreshed(session, case)
        assert (row.next_plan_id, row.next_plan_on) == (expected.id, TODAY + DAY)
        assert row.next_plan_gaps == 2 + 8
        assert row.recall_cause is None


def test_that_a_visit_without_plan_answers_the_plan_of_its_day(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        case, unreported = f.a_case(session, branch), f.a_case(session, branch)
        f.a_plan(session, case, TODAY - 2 * DAY)
        f.a_visit(session, case, TODAY - 2 * DAY)
        past = f.a_plan(session, unreported, TODAY - 2 * DAY)
        f.a_visit(session, unreported, TODAY - 3 * DAY)
        assert refreshed(session, case).next_plan_id is None
        assert refreshed(session, unreported).next_plan_id == past.id


def test_that_facts_after_the_plan_call_it_back(database: Database) -> None:
    later = f.RECORDED + timedelta(hours=1)
    with database.transaction() as session:
        branch = f.a_branch(session)

        def planned() -> tuple[Ref, Ref]:
            debtor = f.a_borrower(session, branch)
            contract = f.a_contract(session, debtor)
            made = f.a_case(session, branch, borrower=debtor, contracts=[contract])
            f.a_plan(session, made, TODAY + DAY)
            return made, contract

        (paid, owed), (held, _), (complained, _), (flagged, _) = (planned() for _ in range(4))
        f.a_payment(session, owed, 200_000, TODAY, recorded_at=later)
        f.a_hold(session, held)
        f.a_complaint(session, complained)
        f.a_flag(session, flagged, severity="critical")
        causes = [refreshed(session, one).recall_cause for one in (paid, held, complained, flagged)]
        assert causes == ["paid", "hold", "complaint", "critical_flag"]


def test_that_facts_known_when_planning_call_nothing_back(database: Database) -> None:
    earlier = f.RECORDED - timedelta(hours=1)
    with database.transaction() as session:
        branch = f.a_branch(session)
        debtor = f.a_borrower(session, branch)
        contract = f.a_contract(session, debtor)
        case = f.a_case(session, branch, borrower=debtor, contracts=[contract])
        f.a_payment(session, contract, 200_000, recorded_at=earlier)
        f.a_hold(session, case, recorded_at=earlier)
        f.a_complaint(session, case, received_at=earlier)
        f.a_plan(session, case, TODAY + DAY)
        f.a_hold(session, case, until_on=TODAY)  # over before the visit
        f.a_flag(session, case, severity="critical", looked_at=f.RECORDED)
        f.a_payment(session, contract, -200_000, TODAY)
        f.a_payment(session, contract, 100, TODAY)  # new money, but still overdue
        assert refreshed(session, case).recall_cause is None


def test_that_the_hold_reaching_furthest_is_kept(database: Database) -> None:
    with database.transaction() as session:
        case = f.a_case(session, f.a_branch(session))
        f.a_hold(session, case, until_on=TODAY + 9 * DAY, reason="COOLING_OFF")
        assert refreshed(session, case).hold_until_on == TODAY + 9 * DAY
        f.a_hold(session, case, until_on=TODAY + 3 * DAY, reason="DISASTER")
        assert refreshed(session, case).hold_reason == "COOLING_OFF"
        f.a_hold(session, case, until_on=None, reason="DECEASED")
        row = refreshed(session, case)
        assert (row.hold_from_on, row.hold_until_on, row.hold_reason) == (TODAY, None, "DECEASED")
        session.execute(update(tables.Hold).values(ended_at=f.RECORDED))
        assert refreshed(session, case).hold_from_on is None


def test_that_flags_follow_ups_and_complaints_are_counted_while_open(database: Database) -> None:
    early = datetime(2026, 11, 20, 3, tzinfo=UTC)
    with database.transaction() as session:
        case = f.a_case(session, f.a_branch(session))
        f.a_flag(session, case, severity="critical", raised_at=early)
        f.a_flag(session, case, severity="critical", raised_at=early - DAY, state="closed")
        f.a_flag(session, case)
        f.a_follow_up(session, case, due_at=early)
        f.a_follow_up(session, case, due_at=early - DAY, done_at=early)
        f.a_complaint(session, case, closed_on=TODAY)
        row = refreshed(session, case)
        assert (row.critical_since, row.flag_count, row.follow_up_due_at) == (early, 2, early)
        assert row.complaint_open is False
        f.a_complaint(session, case)
        assert refreshed(session, case).complaint_open is True


def test_that_passing_due_dates_move_only_the_cases_they_touch(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        debtor = f.a_borrower(session, branch)
        never = f.a_contract(session, debtor, schedule=[(date(2026, 9, 1), 100)])
        moved, still = (
            f.a_case(session, branch),
            f.a_case(session, branch, borrower=debtor, contracts=[never]),
        )
        ended = f.a_case(session, branch, ended_on=TODAY)
        refresh_cases(session, None, TODAY)
        assert advance_balances(session, date(2026, 12, 10)) == 0
        assert advance_balances(session, date(2026, 12, 11)) == 1
        assert case_row(session, moved).overdue_fen == 300_000
        assert case_row(session, still).overdue_fen == 100
        assert case_row(session, ended).overdue_fen == 200_000


def test_that_balances_come_along_a_few_at_a_time_the_oldest_first(database: Database) -> None:
    schedule = [(date(2026, month, 1), 100) for month in range(5, 13)]
    with database.transaction() as session:
        branch = f.a_branch(session)
        cases = []
        for month in (5, 11, 10, 11):
            debtor = f.a_borrower(session, branch)
            contract = f.a_contract(session, debtor, schedule=schedule)
            cases.append(f.a_case(session, branch, borrower=debtor, contracts=[contract]))
            refresh_cases(session, cases[-1:], date(2026, month, 15))
        day = date(2026, 12, 2)
        assert [advance_balances(session, day, most=1) for _ in range(2)] == [1, 1]
        assert [case_row(session, case).overdue_fen for case in cases] == [800, 700, 800, 700]
        assert [advance_balances(session, day, most=1) for _ in range(3)] == [1, 1, 0]
        assert {case_row(session, case).overdue_fen for case in cases} == {800}


def test_that_the_daily_order_is_a_command(database: Database) -> None:
    with database.transaction() as session:
        case = f.a_case(session, f.a_branch(session))
        refresh_cases(session, [case], TODAY - 30 * DAY)
    changes = database.write(agenda.advance, f.an_order())
    assert changes.counts == {"cases": 1}
    assert database.write(agenda.advance, f.an_order()).topics == frozenset()
