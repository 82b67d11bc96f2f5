"""The complaint ledger and changes of rules: clock, order of acts, whose they are."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Actor
from supervisor.models.commands import complaints
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.rule_changes import change_rule, switch_pack
from supervisor.models.commands.rule_packs import packs_of, shelf
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.enums_incidents import ComplaintOutcome, ComplaintState
from supervisor.models.ids import BranchId, ComplaintId, StaffId
from supervisor.models.orders_incidents import (
    AnswerComplaint,
    ChangeRule,
    CloseComplaint,
    ComplaintRef,
    ExtendComplaint,
    LinkComplaint,
    SwitchPack,
)
from supervisor.models.queries.complaints import complaint_ledger
from supervisor.models.rows.complaints import ComplaintFilter, ComplaintRow
from supervisor.models.tables import Case, RuleChangeRow
from tests import factories
from tests.factories import an_actor
from tests.models.commands.incident_world import ADMIN, COMPLIANCE, LEAD, SUPERVISOR

RECEIVED = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)


def a_ledger(database: Database) -> tuple[ComplaintRef, factories.Ref]:
    """One complaint received twenty days ago."""
    with database.transaction() as session:
        case = factories.a_case(session, factories.a_branch(session))
        complaint = factories.a_complaint(session, case, received_at=RECEIVED)
        refresh_cases(session, [case])
    return ComplaintRef(BranchId(complaint.branch_id), ComplaintId(complaint.id)), case


def the_row(database: Database) -> ComplaintRow:
    page = database.read(complaint_ledger, ComplaintFilter(as_of=factories.TODAY))
    (row,) = page.rows
    return row


def test_that_the_clock_runs_from_receipt_and_is_extended_twice(database: Database) -> None:
    ref, _ = a_ledger(database)
    row = the_row(database)
    assert (row.clock_days, row.due_on, row.days_left) == (15, date(2026, 11, 18), -5)
    assert row.late
    for days in (30, 60):
        order = ExtendComplaint(actor=SUPERVISOR, complaint=ref, because="需调取录音")
        database.write(complaints.extend_complaint, order)
        row = the_row(database)
        assert (row.clock_days, row.late) == (days, False)
    assert row.due_on == date(2027, 1, 2)
    last = ExtendComplaint(actor=SUPERVISOR, complaint=ref, because="需调取录音")
    with pytest.raises(ConflictError, match="complaint_clock_ended"):
        database.write(complaints.extend_complaint, last)


def answer(ref: ComplaintRef, day: date, actor: Actor = SUPERVISOR) -> AnswerComplaint:
    return AnswerComplaint(
        actor=actor,
        complaint=ref,
        outcome=ComplaintOutcome.SETTLED,
        answered_on=day,
        answer="已书面答复",
    )


def test_that_a_complaint_is_answered_before_it_is_closed(database: Database) -> None:
    ref, case = a_ledger(database)
    with pytest.raises(ConflictError, match="complaint_not_answered"):
        database.write(complaints.close_complaint, CloseComplaint(actor=SUPERVISOR, complaint=ref))
    for day in (date(2026, 11, 2), factories.TODAY + timedelta(days=1)):
        with pytest.raises(BadInputError, match="complaint_answer_day_bad"):
            database.write(complaints.answer_complaint, answer(ref, day))
    database.write(complaints.answer_complaint, answer(ref, factories.TODAY))
    row = the_row(database)
    assert (row.state, row.days_left, row.late) == (ComplaintState.ANSWERED, None, False)
    with pytest.raises(ConflictError, match="complaint_is_answered"):
        database.write(complaints.answer_complaint, answer(ref, factories.TODAY))
    database.write(complaints.close_complaint, CloseComplaint(actor=COMPLIANCE, complaint=ref))
    row = the_row(database)
    assert (row.state, row.closed_on) == (ComplaintState.CLOSED, factories.TODAY)
    with pytest.raises(ConflictError, match="complaint_is_closed"):
        database.write(complaints.close_complaint, CloseComplaint(actor=SUPERVISOR, complaint=ref))
    with database.transaction() as session:
        assert session.scalar(select(Case.complaint_open).where(Case.id == case.id)) is False


def test_that_a_complaint_names_its_visit_and_person(database: Database) -> None:
    ref, case = a_ledger(database)
    with database.transaction() as session:
        visit = factories.a_visit(session, case, visit_no="W-77")
        person = factories.a_staff(session, case.branch_id, name="何平")

    def link(visit_no: str | None, person_id: int | None, actor: Actor = SUPERVISOR) -> None:
        who = None if person_id is None else StaffId(person_id)
        order = LinkComplaint(actor=actor, complaint=ref, visit_no=visit_no, person_id=who)
        database.write(complaints.link_complaint, order)

    with pytest.raises(BadInputError, match="complaint_visit_unknown"):
        link("W-99", None)
    with pytest.raises(BadInputError, match="agent_unknown"):
        link(None, 999_999)
    with pytest.raises(NotAllowedError, match="complaint_not_yours"):
        link(None, None, LEAD)
    link("W-77", person)
    row = the_row(database)
    assert (row.visit_id, row.person) == (visit.id, "何平")


def a_change(actor: Actor, **values: object) -> ChangeRule:
    given = {"rule_id": "TIME-WINDOW", "valid_from": factories.TODAY, "reason": "制度", **values}
    return ChangeRule(actor=actor, pack_id="cn", **given)  # type: ignore[arg-type]


def test_that_compliance_confirms_and_administrators_set_and_switch(database: Database) -> None:
    before = database.read(shelf, None).digest
    for order in (
        a_change(ADMIN, confirmed=True),
        a_change(COMPLIANCE, enabled=False),
        a_change(SUPERVISOR, confirmed=True),
    ):
        with pytest.raises(NotAllowedError, match="rule_change_not_yours"):
            database.write(change_rule, order)
    some = an_actor("管理", Role.ADMIN, [1])
    with pytest.raises(NotAllowedError, match="rules_for_all_branches"):
        database.write(change_rule, a_change(some, enabled=False))
    yesterday = a_change(ADMIN, enabled=False, valid_from=date(2026, 11, 22))
    with pytest.raises(BadInputError, match="change_in_past"):
        database.write(change_rule, yesterday)
    assert database.read(shelf, None).digest == before
    database.write(change_rule, a_change(COMPLIANCE, confirmed=True))
    again = a_change(COMPLIANCE, confirmed=True)
    with pytest.raises(BadInputError, match="change_changes_nothing"):
        database.write(change_rule, again)
    assert database.read(shelf, None).digest != before
    with database.transaction() as session:
        row = session.execute(select(RuleChangeRow.hash, RuleChangeRow.by)).one()
        (cn, *_) = packs_of(session)
        rule = next(
            one for one in cn.rules if one.id == "TIME-WINDOW" and one.in_force(factories.TODAY)
        )
    assert (len(row.hash), row.by, rule.confirmed is not None) == (64, "孙岚", True)


def test_that_a_pack_is_switched_as_a_whole(database: Database) -> None:
    number = len(database.read(shelf, None).packs)
    on = SwitchPack(actor=ADMIN, pack_id="us-reg-f", enabled=True, reason="试用")
    database.write(switch_pack, on)
    assert len(database.read(shelf, None).packs) == number + 1
    again = SwitchPack(actor=ADMIN, pack_id="us-reg-f", enabled=True, reason="试用")
    with pytest.raises(BadInputError, match="pack_so_already"):
        database.write(switch_pack, again)
    off = SwitchPack(actor=COMPLIANCE, pack_id="us-reg-f", enabled=False, reason="试用")
    with pytest.raises(NotAllowedError, match="rule_change_not_yours"):
        database.write(switch_pack, off)
