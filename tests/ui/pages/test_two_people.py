"""Two people at one record: both values field by field, and nothing typed is lost."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from supervisor.models.commands.complaints import answer_complaint, extend_complaint
from supervisor.models.commands.follow_ups import change_step
from supervisor.models.commands.plan_changes import equip_plans, record_notice
from supervisor.models.commands.planning import reschedule_plans
from supervisor.models.commands.reports import comment_report
from supervisor.models.enums import Tick
from supervisor.models.enums_incidents import ComplaintOutcome
from supervisor.models.orders_incidents import (
    AnswerComplaint,
    ChangeStep,
    ComplaintRef,
    ExtendComplaint,
    StepRef,
)
from supervisor.models.orders_plans import EquipPlans, RecordNotice, ReschedulePlans
from supervisor.models.orders_reports import CommentReport, ReportRef
from supervisor.models.queries.complaints import complaint_ledger
from supervisor.models.rows.complaints import ComplaintFilter
from supervisor.models.rows.reports import Commentary, PlannedMeasure
from supervisor.models.rules.merging import Side
from supervisor.models.tables import FollowUp
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.incidents.page import IncidentsPage
from supervisor.ui.pages.reports.body import WORDS
from supervisor.ui.pages.reports.page import ReportsPage
from supervisor.ui.pages.visit_schedule.page import VisitSchedulePage
from supervisor.ui.pages.visit_schedule.presenter import ref_of
from tests import factories
from tests.factories import Ref, an_actor
from tests.models.commands.incident_world import a_serious_flag
from tests.ui.pages.reports.centre import make, shown, stored_words
from tests.ui.pages.reports.conftest import page as reports_page
from tests.ui.pages.test_incidents import opened
from tests.ui.pages.test_visit_schedule import World, page, world

__all__ = ["page", "reports_page", "world"]

OTHER = an_actor("钱峰")


# Steps


@pytest.fixture
def incidents(qtbot: QtBot, desk: Desk) -> Iterator[IncidentsPage]:
    """A serious flag is open, with a step of its own beside the first look."""
    a_serious_flag(desk.database)
    made = opened(qtbot, desk)
    add: Any = made.acts.add_step()
    add.confirm()
    yield made
    made.close()


def own_step(page: IncidentsPage) -> Any:
    detail = page.presenter.detail
    assert detail is not None
    return next(one for one in detail.steps if str(one.step) != "first_look")


def changed_by_other(page: IncidentsPage, **values: Any) -> None:
    """The other person saves the step; this page has not read it again yet."""
    detail, step = page.presenter.detail, own_step(page)
    assert detail is not None
    ref = StepRef(detail.row.ref.branch_id, step.step_id, step.version)
    page.desk.database.write(change_step, ChangeStep(actor=OTHER, step=ref, **values))


def stored_step(page: IncidentsPage, step_id: int) -> Any:
    with page.desk.database.transaction() as session:
        stmt = select(FollowUp.__table__).where(FollowUp.id == step_id)
        return session.execute(stmt).one()


def test_that_an_owner_both_gave_is_chosen_and_a_due_time_of_the_other_is_taken(
    incidents: IncidentsPage,
) -> None:
    due, step_id = own_step(incidents).due_at + timedelta(days=2), own_step(incidents).step_id
    dialog: Any = incidents.acts.step("change", own_step(incidents))
    dialog.owner.setText("孙岚")
    changed_by_other(incidents, owner="周敏", due_at=due)
    dialog.confirm()
    assert dialog.merge is not None
    assert dialog.merge.values == {"due": due}
    assert not dialog.merge.primary.isEnabled()
    dialog.merge.choose("owner", Side.MINE)
    dialog.merge.confirm()
    assert dialog.owner.text() == "孙岚"
    dialog.confirm()
    assert not dialog.isVisible()
    kept = stored_step(incidents, step_id)
    assert (kept.owner, kept.due_at) == ("孙岚", due)


def test_that_the_words_of_a_finished_step_survive_what_somebody_else_changed(
    incidents: IncidentsPage,
) -> None:
    step_id = own_step(incidents).step_id
    dialog: Any = incidents.acts.step("finish", own_step(incidents))
    dialog.text.setPlainText("已回访客户")
    changed_by_other(incidents, owner="周敏")
    dialog.confirm()
    assert dialog.merge is not None
    assert dialog.merge.values == {"owner": "周敏"}
    dialog.merge.confirm()
    assert dialog.text.toPlainText() == "已回访客户"
    dialog.confirm()
    kept = stored_step(incidents, step_id)
    assert (kept.words, kept.owner, kept.done_at is None) == ("已回访客户", "周敏", False)


# Visit plans


def first_card(page: VisitSchedulePage, n: int = 1) -> tuple[Any, ...]:
    day = page.presenter.day
    assert day is not None
    return day.cards[:n]


def acts_on(page: VisitSchedulePage, act: str, cards: tuple[Any, ...]) -> Any:
    return getattr(page.acts, f"_{act}")(cards)


def test_that_a_second_person_of_one_meets_the_device_of_the_other(
    page: VisitSchedulePage, world: World
) -> None:
    (card,) = first_card(page)
    dialog = acts_on(page, "equip", (card,))
    dialog.second.setCurrentIndex(dialog.second.findData(world.pairs[1][1]))
    other = EquipPlans(actor=OTHER, plans=(ref_of(card),), second_agent_id=world.pairs[1][0],
                       device_id=world.pairs[1][2])  # fmt: skip
    assert not world.desk.database.write(equip_plans, other).refused
    dialog.confirm()
    assert dialog.isVisible()
    code = next(one.code for one in page.presenter.day.devices  # type: ignore[union-attr]
                if one.device_id == world.pairs[1][2])  # fmt: skip
    assert dialog.merge.values == {"device": code}
    dialog.merge.choose("second", Side.MINE)
    dialog.merge.confirm()
    dialog.confirm()
    assert not dialog.isVisible()
    kept = next(one for one in world.plans() if one.id == card.plan_id)
    assert (kept.second_agent_id, kept.device_id) == (world.pairs[1][1], world.pairs[1][2])


def test_that_a_notice_both_registered_is_shown_with_both_times(
    page: VisitSchedulePage, world: World
) -> None:
    (card,) = first_card(page)
    dialog = acts_on(page, "notice", (card,))
    dialog.arrived.setCurrentIndex(dialog.arrived.findData(Tick.NO.value))
    given = dialog._given() - timedelta(hours=3)
    other = RecordNotice(actor=OTHER, plans=(ref_of(card),), sent_at=given, delivered=Tick.YES)
    world.desk.database.write(record_notice, other)
    dialog.confirm()
    dialog.merge.choose_all(Side.THEIRS)
    dialog.merge.confirm()
    assert (dialog._given(), dialog.arrived.currentData()) == (given, Tick.YES.value)
    dialog.reject()


def test_that_an_order_about_several_stays_for_those_somebody_else_changed(
    page: VisitSchedulePage, world: World
) -> None:
    cards = first_card(page, 2)
    dialog = acts_on(page, "equip", cards)
    dialog.second.setCurrentIndex(dialog.second.findData(world.pairs[1][1]))
    other = RecordNotice(actor=OTHER, plans=(ref_of(cards[0]),),
                         sent_at=page.presenter.read_at - timedelta(hours=2),
                         delivered=Tick.YES)  # fmt: skip
    world.desk.database.write(record_notice, other)
    dialog.confirm()
    assert dialog.isVisible()
    assert [card.plan_id for card in dialog.cards] == [cards[0].plan_id]
    assert "somebody else" in dialog.summary.text()
    assert dialog.second.currentData() == world.pairs[1][1]
    if dialog.merge is not None and dialog.merge.isVisible():
        dialog.merge.confirm()
    dialog.confirm()
    assert not dialog.isVisible()
    assert {one.second_agent_id for one in world.plans()} == {world.pairs[1][1]}


def test_that_a_visit_moved_by_two_is_shown_field_by_field(
    page: VisitSchedulePage, world: World
) -> None:
    (card,) = first_card(page)
    dialog = acts_on(page, "reschedule", (card,))
    mine = dialog.typed()["when"]
    on = card.window_from + timedelta(days=2)
    other = ReschedulePlans(actor=OTHER, plans=(ref_of(card),), on=on.date(), at=on,
                            pair=False)  # fmt: skip
    assert not world.desk.database.write(reschedule_plans, other).refused
    dialog.judge()
    assert dialog.merge is not None
    assert [one.name for one in dialog.merge._found] == ["when"]
    dialog.merge.choose("when", Side.MINE)
    dialog.merge.confirm()
    assert dialog.typed()["when"] == mine
    assert dialog.planning.accepted
    dialog.confirm()
    assert not dialog.isVisible()
    kept = next(one for one in world.plans() if one.id == card.plan_id)
    assert kept.window_from == mine


# Commentary of reports


def commented_by_other(page: ReportsPage, words: Commentary) -> None:
    row = shown(page).row
    order = CommentReport(actor=OTHER, report=ReportRef(row.id, row.version), commentary=words)
    page.desk.database.write(comment_report, order)


def typing(page: ReportsPage, **texts: str) -> None:
    page.show_half(WORDS)
    for name, text in texts.items():
        page.editor.fields[name].setPlainText(text)


def test_that_parts_only_one_of_the_two_wrote_meet_by_themselves(
    reports_page: ReportsPage,
) -> None:
    page = reports_page
    make(page)
    typing(page, conclusions="mine")
    theirs = Commentary(problems=("theirs",), measures=(PlannedMeasure("回访", "周敏", None),))
    commented_by_other(page, theirs)
    page.presenter.writing.flush()
    assert page.editor.fields["conclusions"].toPlainText() == "mine"
    assert page.editor.fields["problems"].toPlainText() == "theirs"
    assert page.merge is None
    page.presenter.writing.flush()
    (kept,) = stored_words(page)
    assert (kept.conclusions, kept.problems) == (("mine",), ("theirs",))
    assert kept.measures == theirs.measures


def test_that_a_part_both_wrote_waits_for_a_choice_and_is_saved_then(
    reports_page: ReportsPage,
) -> None:
    page = reports_page
    make(page)
    typing(page, conclusions="mine\nshared", plan="my plan")
    commented_by_other(page, Commentary(conclusions=("theirs", "shared")))
    page.presenter.refresh()
    assert page.merge is not None
    page.presenter.writing.flush()
    assert stored_words(page)[0].conclusions == ("theirs", "shared"), "nothing is overwritten"
    page.merge.choose("conclusions", Side.BOTH)
    page.merge.confirm()
    assert page.editor.fields["conclusions"].toPlainText() == "theirs\nshared\nmine"
    page.presenter.writing.flush()
    (kept,) = stored_words(page)
    assert kept.conclusions == ("theirs", "shared", "mine")
    assert kept.plan == ("my plan",)
    assert not page.presenter.writing.pending


def test_that_a_closed_choice_comes_again_and_loses_nothing(reports_page: ReportsPage) -> None:
    page = reports_page
    make(page)
    typing(page, conclusions="mine")
    commented_by_other(page, Commentary(conclusions=("theirs",)))
    page.presenter.refresh()
    assert page.merge is not None
    page.merge.reject()
    assert "Somebody else wrote here too" in page.editor.said.text()
    assert page.presenter.writing.pending
    typing(page, conclusions="mine, more")
    page.editor.compare.click()
    page.merge.choose_all(Side.MINE)
    page.merge.confirm()
    page.presenter.writing.flush()
    assert stored_words(page)[0].conclusions == ("mine, more",)


# Complaints


def a_complaint(page: IncidentsPage) -> Any:
    """One that waits for its answer, as the ledger shows it."""
    ask = ComplaintFilter(page.presenter.today)
    return page.desk.database.read(complaint_ledger, ask).rows[0]


@pytest.fixture
def complained(incidents: IncidentsPage) -> IncidentsPage:
    """The open flag's case has a complaint."""
    detail = incidents.presenter.detail
    assert detail is not None
    case = Ref(detail.row.ref.branch_id, detail.row.case_id)
    with incidents.desk.database.transaction() as session:
        factories.a_complaint(session, case, about="语气生硬")
    return incidents


def test_that_an_answer_that_went_out_is_shown_beside_the_one_that_was_typed(
    complained: IncidentsPage,
) -> None:
    row = a_complaint(complained)
    dialog: Any = complained.acts.complaint("answer", row)
    dialog.text.setPlainText("已当面致歉")
    ref = ComplaintRef(row.branch_id, row.complaint_id, row.version)
    order = AnswerComplaint(
        actor=OTHER,
        complaint=ref,
        outcome=ComplaintOutcome.PARTLY_UPHELD,
        answered_on=complained.presenter.today,
        answer="已书面答复",
    )
    complained.desk.database.write(answer_complaint, order)
    dialog.confirm()
    assert dialog.merge is None
    assert dialog.isVisible()
    assert "已书面答复" in dialog.summary.text()
    assert dialog.text.toPlainText() == "已当面致歉"
    assert a_complaint(complained).answer == "已书面答复"


def test_that_words_for_a_longer_clock_survive_a_change_of_the_other(
    complained: IncidentsPage,
) -> None:
    row = a_complaint(complained)
    dialog: Any = complained.acts.complaint("extend", row)
    dialog.text.setPlainText("等待录音")
    ref = ComplaintRef(row.branch_id, row.complaint_id, row.version)
    order = ExtendComplaint(actor=OTHER, complaint=ref, because="客户在外地")
    complained.desk.database.write(extend_complaint, order)
    dialog.confirm()
    assert dialog.merge is not None
    dialog.merge.confirm()
    assert dialog.text.toPlainText() == "等待录音"
    dialog.confirm()
    assert a_complaint(complained).clock_days == 60


def test_that_what_a_complaint_is_about_is_merged(complained: IncidentsPage) -> None:
    row = a_complaint(complained)
    dialog: Any = complained.acts.complaint("link", row)
    dialog.person.setCurrentIndex(1)
    ref = ComplaintRef(row.branch_id, row.complaint_id, row.version)
    order = ExtendComplaint(actor=OTHER, complaint=ref, because="客户在外地")
    complained.desk.database.write(extend_complaint, order)
    dialog.confirm()
    assert dialog.merge is not None
    dialog.merge.confirm()
    dialog.confirm()
    assert a_complaint(complained).person_id == dialog.person.currentData()
