"""The case panel's data: complete, masked, newest first."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import update

from supervisor.models import tables
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.database import Database
from supervisor.models.ids import BranchId, CaseId
from supervisor.models.queries.case_file import case_file, find_cases
from supervisor.models.queries.private import ITEMS, private_items
from supervisor.models.rows.case_file import (
    CaseFileFilter,
    CaseFileRow,
    CaseNumbers,
    EntryKind,
    InstalmentState,
    PrivateItems,
    TickState,
)
from supervisor.words import has_sentence, sentence
from tests import factories as f
from tests.factories import TODAY, Ref

NOW = datetime(2026, 11, 23, 2, 38, tzinfo=UTC)
PRIVATE = {
    "id_number": "440106198001010019",
    "phones": '[{"number": "13800002041", "kind": "mobile"}]',
    "addresses": '[{"kind": "home", "text": "广州市天河区石牌街道石牌东路100号", "valid": true},'
    ' {"kind": "work", "text": "广州市越秀区北京路9号", "valid": false}]',
    "contacts": '[{"name": "李雷", "relation": "友", "phone": "13911112222",'
    ' "do_not_contact": true}, {"name": "韩梅"}]',
}


def wanted(ref: Ref, as_of: date = TODAY) -> CaseFileFilter:
    """The case as of a day, this morning."""
    return CaseFileFilter(BranchId(ref.branch_id), CaseId(ref.id), as_of, NOW)


def opened(database: Database, ref: Ref, as_of: date = TODAY) -> CaseFileRow:
    """The panel of a case that is there."""
    found = database.read(case_file, wanted(ref, as_of))
    assert found is not None
    return found


def put_full_case(database: Database) -> Ref:
    """A case with one of everything."""
    with database.transaction() as session:
        branch = f.a_branch(session)
        agent = f.a_staff(session, branch, name="何某")
        partner = f.a_staff(session, branch, name="罗某")
        debtor = f.a_borrower(session, branch, full_name="王小明", private=PRIVATE)
        contract = f.a_contract(session, debtor, contract_no="HT-1")
        case = f.a_case(session, branch, borrower=debtor, contracts=[contract], agent_id=agent)
        f.a_payment(session, contract, 130_000, TODAY - timedelta(days=4))
        f.a_payment(session, contract, -10_000, TODAY - timedelta(days=3))
        f.an_assignment(session, case, agent_id=agent, second_agent_id=partner)
        f.a_hold(session, case, from_on=TODAY - timedelta(days=9), ended_at=f.RECORDED)
        f.a_hold(session, case, from_on=TODAY + timedelta(days=1))
        f.a_note(session, case, text="白天难约 100% 🙂")
        for channel in ("phone", "sms", "letter"):
            f.a_contact(session, case, channel=channel, agent_id=agent)
        f.a_plan(session, case, TODAY + timedelta(days=1), agent_id=agent, second_agent_id=partner)
        f.a_visit(session, case, TODAY - timedelta(days=5), agent_id=agent, note="KH 不在家")
        f.a_promise(session, case, TODAY - timedelta(days=4))
        f.a_complaint(session, case, closed_on=TODAY)
        f.a_flag(session, case)
        refresh_cases(session, [case], TODAY)
        return case


def test_that_the_panel_masks_everything_private(database: Database) -> None:
    found = opened(database, put_full_case(database))
    borrower = found.borrower
    assert (borrower.name, borrower.phone) == ("王**", "138****2041")
    assert borrower.id_number == "4***************19"
    assert borrower.address == "广州市天河区石牌街道 **号"
    assert borrower.address_kinds == ("home",)
    assert (borrower.contacts, borrower.do_not_contact) == (2, 1)
    everything = repr(asdict(found))
    for secret in ("13800002041", "440106198001010019", "100号", "小明", "李雷", "13911112222"):
        assert secret not in everything


def test_that_a_branch_that_shows_names_shows_them_in_the_panel(database: Database) -> None:
    case = put_full_case(database)
    with database.transaction() as session:
        session.execute(update(tables.Branch).values(shows_names=True))
    assert opened(database, case).borrower.name == "王小明"


def test_that_the_schedule_and_the_amounts_are_as_of_the_day(database: Database) -> None:
    case = put_full_case(database)
    found = opened(database, case)
    assert [row.state for row in found.schedule] == [
        InstalmentState.PAID,
        InstalmentState.PART_PAID,
        InstalmentState.NOT_DUE,
    ]
    assert [row.paid_fen for row in found.schedule] == [100_000, 20_000, 0]
    assert (found.amounts.overdue_fen, found.amounts.settle_fen) == (80_000, 180_000)
    assert (found.amounts.undue_fen, found.amounts.to_lower_bucket_fen) == (100_000, 80_000)
    assert found.amounts.rolls_on == date(2026, 12, 11)
    before = opened(database, case, date(2026, 11, 1))
    assert before.amounts.overdue_fen == 100_000
    assert before.schedule[0].days_overdue == 22
    assert [one.contract_no for one in found.contracts] == ["HT-1"]
    assert found.contracts[0].instalments == 3


def test_that_the_timeline_holds_every_channel_newest_first(database: Database) -> None:
    found = opened(database, put_full_case(database)).timeline
    assert {entry.kind for entry in found} == set(EntryKind)
    days = [entry.on for entry in found]
    assert days == sorted(days, reverse=True)
    by_code = {entry.code: entry for entry in found}
    assert by_code["entry_visit_NO_ONE"].people == ("何某",)
    assert by_code["entry_visit_NO_ONE"].text == "KH 不在家"
    assert by_code["entry_assigned"].people == ("何某", "罗某")
    assert by_code["entry_payment_reversed"].facts["amount"] == "100.00"
    assert by_code["entry_note"].text == "白天难约 100% 🙂"
    assert {"entry_hold_DISPUTE_OPEN", "entry_hold_ended", "entry_complaint_closed"} <= set(by_code)


def test_that_every_entry_and_every_line_has_a_sentence(database: Database) -> None:
    found = opened(database, put_full_case(database))
    for row in (*found.timeline, *found.preparation):
        assert has_sentence(row.code), row.code
        assert "{" not in sentence(row.code, row.facts)


def test_that_promises_are_judged_by_what_is_known(database: Database) -> None:
    case = put_full_case(database)
    with database.transaction() as session:
        other = f.a_case(session, case.branch_id)
        f.a_promise(session, other, TODAY - timedelta(days=1))
        f.a_promise(session, other, TODAY - timedelta(days=4))
    codes = {entry.code for entry in opened(database, other).timeline}
    assert {"entry_promise_awaiting_data", "entry_promise_broken"} <= codes


def test_that_holds_assignments_and_preparation_are_told(database: Database) -> None:
    found = opened(database, put_full_case(database))
    assert [hold.ended_at is None for hold in found.holds] == [True, False]
    assert [(one.agent, one.second_agent) for one in found.assignments] == [("何某", "罗某")]
    states = {row.item: row.state for row in found.preparation}
    assert states["moment"] is TickState.BLOCKED  # the hold covers the planned day
    assert states["people"] is TickState.OPEN
    assert len(states) == 6


def test_that_cases_behind_one_door_are_shown_together(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        first = f.a_borrower(session, branch, household_key="h1")
        second = f.a_borrower(session, branch, household_key="h1")
        stranger = f.a_borrower(session, branch, household_key="h2")
        case = f.a_case(session, branch, borrower=first)
        sister = f.a_case(session, branch, borrower=first)
        neighbour = f.a_case(session, branch, borrower=second)
        f.a_case(session, branch, borrower=stranger)
        f.a_case(session, branch, borrower=first, ended_on=TODAY)
        refresh_cases(session, None, TODAY)
    household = opened(database, case).household
    assert {row.case_id for row in household} == {sister.id, neighbour.id}


def test_that_a_case_of_another_branch_is_not_found(database: Database) -> None:
    case = put_full_case(database)
    assert database.read(case_file, wanted(Ref(case.branch_id + 999, case.id))) is None


def test_that_garbled_private_data_break_nothing(database: Database) -> None:
    with database.transaction() as session:
        branch = f.a_branch(session)
        garbled = {"phones": "not json", "addresses": "{}", "contacts": "[1, null]"}
        debtor = f.a_borrower(session, branch, private=garbled)
        case = f.a_case(session, branch, borrower=debtor)
    borrower = opened(database, case).borrower
    assert (borrower.phone, borrower.address, borrower.contacts) == ("", "", 0)


def test_that_only_items_asked_for_are_revealed(database: Database) -> None:
    case = put_full_case(database)
    with database.transaction() as session:
        phone = private_items(session, case.branch_id, case.id, ("phone",))
        everything = private_items(session, case.branch_id, case.id, ITEMS)
        nobody = private_items(session, case.branch_id, case.id + 999, ITEMS)
    assert phone == PrivateItems(phones=("13800002041",))
    assert everything is not None
    assert (everything.name, everything.id_number) == ("王小明", "440106198001010019")
    assert everything.contacts == ("李雷 友 13911112222", "韩梅")
    assert nobody is None


def test_that_cases_are_found_by_their_exact_numbers(database: Database) -> None:
    with database.transaction() as session:
        here, there = f.a_branch(session), f.a_branch(session)
        one = f.a_case(session, here, case_no="AJ-1")
        f.a_case(session, there, case_no="AJ-1")
    both = database.read(find_cases, CaseNumbers(("AJ-1", "aj-1", "nothing")))
    mine = database.read(find_cases, CaseNumbers(("AJ-1",), (BranchId(here),)))
    assert len(both) == 2
    assert [row.case_id for row in mine] == [one.id]
