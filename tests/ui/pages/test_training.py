"""Training on the incidents page: nobody is named; reviews, courses, cases, sheets, questions."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select, update

from supervisor import clock
from supervisor.errors import UnreachableError
from supervisor.models.changes import Actor
from supervisor.models.commands import incidents, reviews
from supervisor.models.commands.quality import save_quality_sheet
from supervisor.models.commands.training import save_course
from supervisor.models.database import Database
from supervisor.models.enums import FlagState, Role
from supervisor.models.enums_incidents import Verdict
from supervisor.models.enums_training import SheetAnswer, SheetItem
from supervisor.models.orders_incidents import LookAtFlag, SendToReview, SubmitReview
from supervisor.models.orders_training import SaveCourse, SaveQualitySheet
from supervisor.models.rules.merging import Side
from supervisor.models.tables import BorrowerPrivate, Case, Flag
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.incidents.drilling import Past
from supervisor.ui.pages.incidents.ledger_dialogs import AddDialog
from supervisor.ui.pages.incidents.page import IncidentsPage
from supervisor.ui.pages.incidents.training.dialogs import (
    AssignDialog,
    FinishDialog,
    SaveCourseDialog,
    TeachingDialog,
)
from supervisor.ui.pages.incidents.training.sheet_dialog import SheetDialog
from supervisor.ui.pages.incidents.training.view import TrainingView
from tests import factories
from tests.models.commands.incident_world import (
    COMPLIANCE,
    SUPERVISOR,
    a_visited_case,
    flags,
    judge,
    ref_of,
)
from tests.ui.pages.test_incidents import opened

LEAD = Actor("高远", Role.TRAINING_LEAD)
SECRETS = (
    "王小明",
    "小明",
    "刘翠花",
    "13800002041",
    "2041",
    "石牌",
    "440106198001010019",
    "AJ0",
    "HT0",
)
"""What our own data know of the customer, whole and in parts."""
WORDS = "王小明(13800002041)家在石牌东路100号3栋501房,母亲刘翠花在场"
NOTE = (
    "石牌东路100号3栋501房,王小明的母亲刘翠花在场,电话13800002041,证号440106198001010019。"
    "客户隔门说不要再来了,我们随后继续敲门二十分钟,没有离开。"
)


def a_flag_of_secrets(database: Database) -> Any:
    """A serious flag whose note, reasons and steps all name the customer."""
    case, _ = a_visited_case(database, NOTE)
    with database.transaction() as session:
        contacts = json.dumps([{"name": "刘翠花", "relation": "mother", "phone": "13800002041"}])
        borrower = session.scalar(select(Case.borrower_id).where(Case.id == case.id))
        session.execute(
            update(BorrowerPrivate)
            .where(BorrowerPrivate.borrower_id == borrower)
            .values(contacts=contacts)
        )
    judge(database)
    (flag,) = [one for one in flags(database, case) if one.caused_by == "our_side"]
    database.write(
        incidents.look_at_flag, LookAtFlag(actor=SUPERVISOR, flag=ref_of(flag), words=WORDS)
    )
    database.write(
        incidents.send_to_review, SendToReview(actor=SUPERVISOR, flag=ref_of(flag), words=WORDS)
    )
    with database.transaction() as session:
        factories.a_follow_up(session, case, flag_id=flag.id, step="coaching",
                              family="training", words=WORDS)  # fmt: skip
    return flag


@pytest.fixture
def secret(desk: Desk) -> Any:
    """The flag of secrets, awaiting review; a training lead sits at the desk."""
    desk.actor = LEAD
    return a_flag_of_secrets(desk.database)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, secret: Any) -> Iterator[IncidentsPage]:
    """The page as a training lead opens it."""
    made = opened(qtbot, desk)
    yield made
    made.close()


def training_of(page: IncidentsPage) -> TrainingView:
    assert page.training is not None
    return page.training


def everything_said(widget: QWidget) -> str:
    """Every text, name, description and tip of a widget and all within."""
    said = []
    for one in (widget, *widget.findChildren(QWidget)):
        said += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        for name in ("text", "toPlainText", "title", "whole_text"):
            value = getattr(one, name, None)
            try:
                said.append(str(value()) if callable(value) else "")
            except TypeError:
                continue
        rows = getattr(one, "rows", None)
        if isinstance(rows, tuple):
            said.append(repr(rows))
    return "\n".join(said)


def test_that_a_training_lead_finds_no_customer_on_screen_in_rows_or_on_the_clipboard(
    page: IncidentsPage, desk: Desk, secret: Any
) -> None:
    view = training_of(page)
    assert page.mode == "training"
    assert page.modes.button("complaints").isHidden()
    detail = view.presenter.detail
    assert detail is not None
    assert detail.deidentified
    view.detail._whole_history = True
    view._on_detail(detail)
    note = view.detail.note
    note.selectAll()
    note.copy()
    copied = [QApplication.clipboard().text()]
    for card in view.detail.cards:
        card._copy()
        copied.append(QApplication.clipboard().text())
    assert all(copied)
    said = "\n".join([everything_said(page), repr(view.presenter.page), repr(detail), *copied])
    assert "[人名]" in said
    assert [secret_ for secret_ in SECRETS if secret_ in said] == []


def test_that_a_customer_cannot_be_looked_up_by_who_may_not_see_one(
    page: IncidentsPage, secret: Any
) -> None:
    for text in ("王小明", "13800002041", "wxm"):
        page.presenter.choose(search=text)
        assert page.presenter.page.matching == 0
    page.presenter.choose(search=f"F-{secret.id}")
    assert page.presenter.page.matching == 1


def test_that_the_second_reviewer_sees_the_first_judgement_only_after_their_own(
    page: IncidentsPage, desk: Desk, secret: Any
) -> None:
    first = SubmitReview(actor=COMPLIANCE, flag=ref_of(secret), verdict=Verdict.NOT_UPHELD,
                         reason="录音里听不到敲门")  # fmt: skip
    desk.database.write(reviews.submit_review, first)
    view = training_of(page)
    view.presenter.refresh()
    assert "录音里听不到敲门" not in everything_said(view)
    assert "录音里听不到敲门" not in repr(view.presenter.detail)
    view.review.verdicts[Verdict.UPHELD].setChecked(True)
    assert view.review.reason is not None
    view.review.reason.setPlainText("王小明说不要再来,之后仍敲门")
    assert view.review.submit is not None
    view.review.submit.click()
    assert view.presenter.page.rows == ()
    assert view.lists.currentWidget() is view.empty
    assert "No flag waits for your review" in view.empty.accessibleName()
    state = next(one for one in flags(desk.database) if one.id == secret.id)
    assert state.state == FlagState.AWAITING_DECISION


def confirmed(database: Database, flag: Any) -> None:
    with database.transaction() as session:
        session.execute(
            update(Flag)
            .where(Flag.id == flag.id)
            .values(state="closed", verdict="upheld", closed_at=clock.now(), caused_by="our_side")
        )


def dialog_of(view: TrainingView, kind: type[Any]) -> Any:
    assert isinstance(view._dialog, kind)
    return view._dialog


def test_that_a_course_is_made_assigned_and_taken_by_the_dialogs(
    page: IncidentsPage, desk: Desk, secret: Any
) -> None:
    confirmed(desk.database, secret)
    view = training_of(page)
    view.show_segment("assign")
    assert [row.ref.flag_id for row in view.presenter.page.rows] == [secret.id]
    view.courses.add.click()
    course = dialog_of(view, SaveCourseDialog)
    course.confirm()
    assert course.isVisible(), "a course without a name is not saved"
    course.code.setText("LEAVE")
    course.name.setText("离场话术")
    course.confirm()
    assert [row.name for row in view.presenter.courses] == ["离场话术"]
    view.assign.click()
    assign = dialog_of(view, AssignDialog)
    assert all(tick.isChecked() for tick in assign.people.values())
    list(assign.people.values())[1].setChecked(False)
    assign.confirm()
    assert view.presenter.page.rows == ()
    (row,) = view.people.list.rows
    assert row.data.course == "离场话术"
    view.people.finish.click()
    dialog_of(view, FinishDialog).confirm()
    (row,) = view.people.list.rows
    assert row.data.done_on == clock.today()
    assert view.people._holder.isHidden()


def test_that_a_confirmed_flag_becomes_a_case_to_teach(
    page: IncidentsPage, desk: Desk, secret: Any
) -> None:
    confirmed(desk.database, secret)
    view = training_of(page)
    view.show_segment("assign")
    view.choose.click()
    choose = dialog_of(view, TeachingDialog)
    choose.title.setText("王小明隔门要求离开")
    choose.questions.setPlainText("何时应当离开? | 第一次说出即为要求\n\n还可以说什么?")
    choose.confirm()
    view.show_segment("library")
    assert view.middle.currentWidget() is view.case
    assert view.case.row is not None
    assert len(view.case.row.questions) == 2
    said = everything_said(view.case) + everything_said(view.cases) + repr(view.case.row)
    assert [secret_ for secret_ in SECRETS if secret_ in said] == []
    assert "第一次说出即为要求" in view.case.questions.text()
    view.case.change.click()
    change = dialog_of(view, TeachingDialog)
    assert "| 第一次说出即为要求" in change.questions.toPlainText()
    change.retired.setChecked(True)
    change.confirm()
    assert view.lists.currentWidget() is view.empty
    assert view.middle.currentWidget() is view.no_case


def test_that_two_people_changing_one_course_lose_nothing(
    page: IncidentsPage, desk: Desk, qtbot: QtBot
) -> None:
    view = training_of(page)
    first = view.save_course(None)
    assert isinstance(first, SaveCourseDialog)
    first.code.setText("K-1")
    first.name.setText("离场时机")
    first.confirm()
    (row,) = view.presenter.courses
    mine = view.save_course(row)
    assert isinstance(mine, SaveCourseDialog)
    mine.name.setText("离场时机（修订）")
    theirs = SaveCourse(
        actor=Actor("周敏", Role.TRAINING_LEAD),
        course_id=row.course_id,
        code="K-1",
        name="何时离场",
        minutes=45,
        themes=(),
        active=True,
        version=row.version,
    )
    desk.database.write(save_course, theirs)
    mine.confirm()
    merge = mine.merge
    assert merge is not None
    assert not merge.primary.isEnabled()
    assert merge.values == {"minutes": 45}
    merge.choose("name", Side.MINE)
    merge.confirm()
    assert mine.isVisible()
    assert (mine.name.text(), mine.minutes.value()) == ("离场时机（修订）", 45)
    mine.confirm()
    (saved,) = view.presenter.courses
    assert (saved.name, saved.minutes, saved.version) == ("离场时机（修订）", 45, row.version + 2)


def test_that_a_quality_sheet_is_whole_before_it_is_saved_and_opens_as_it_was(
    page: IncidentsPage, desk: Desk
) -> None:
    view = training_of(page)
    view.detail.sheet_link.click()
    sheet = dialog_of(view, SheetDialog)
    sheet.confirm()
    assert sheet.isVisible()
    assert "12 items" in sheet._answered.error
    for item in SheetItem:
        sheet.choose(item, SheetAnswer.YES)
    sheet.choose(SheetItem.LET_SPEAK, SheetAnswer.PARTLY)
    sheet.confirm()
    view.detail.sheet_link.click()
    again = dialog_of(view, SheetDialog)
    assert again is not sheet
    assert dict(again.order().answers)[SheetItem.LET_SPEAK] is SheetAnswer.PARTLY
    assert again.order().replaces is not None
    again.reject()
    assert "partly 1" in view.quality.lines[list(view.quality.lines)[1]].text()


def test_that_one_reviewer_at_two_desks_loses_no_answer(page: IncidentsPage, desk: Desk) -> None:
    view = training_of(page)
    view.detail.sheet_link.click()
    dialog = dialog_of(view, SheetDialog)
    for item in SheetItem:
        dialog.choose(item, SheetAnswer.YES)
    dialog.text.setPlainText("mine")
    elsewhere = dict.fromkeys(SheetItem, SheetAnswer.YES)
    elsewhere[SheetItem.LET_SPEAK] = SheetAnswer.NO
    order = SaveQualitySheet(
        actor=desk.actor, branch_id=dialog._view.branch_id,
        visit_id=dialog._view.visit_id, answers=tuple(elsewhere.items()), words="theirs",
        replaces=None,
    )  # fmt: skip
    desk.database.write(save_quality_sheet, order)
    dialog.confirm()
    assert dialog.merge is not None
    assert [one.name for one in dialog.merge._found] == [SheetItem.LET_SPEAK.value, "words"]
    dialog.merge.choose(SheetItem.LET_SPEAK.value, Side.THEIRS)
    dialog.merge.choose("words", Side.BOTH)
    dialog.merge.confirm()
    dialog.confirm()
    assert not dialog.isVisible()
    view.detail.sheet_link.click()
    again = dialog_of(view, SheetDialog)
    assert dict(again.order().answers)[SheetItem.LET_SPEAK] is SheetAnswer.NO
    assert again.text.toPlainText() == "theirs\nmine"


def test_that_the_figures_beside_say_their_n_and_that_few_are_few(page: IncidentsPage) -> None:
    view = training_of(page)
    said = everything_said(view.agreement)
    assert "no pair of blind reviews" in said
    assert "Cohen 1960" in said
    view.show_segment("library")
    notice = everything_said(view.notice)
    assert "no rate below n = 20" in notice
    assert "Too few to compare" in notice


def test_that_trouble_keeps_what_was_read_and_offers_another_try(page: IncidentsPage) -> None:
    view = training_of(page)
    rows = view.flags.count()
    view.presenter.failed.emit(UnreachableError("database_unreachable"))
    assert not view.banner.isHidden()
    assert page.banner.isHidden(), "it is said once"
    assert view.flags.count() == rows == 1
    view.banner.buttons[0].click()
    assert view.banner.isHidden()


# Questions about visits


def test_that_questions_are_asked_and_explained_and_are_no_flags(qtbot: QtBot, desk: Desk) -> None:
    with desk.database.transaction() as session:
        branch = factories.a_branch(session)
        agent = factories.a_staff(session, branch, name="何平")
        case = factories.a_case(session, branch)
        start = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
        factories.a_visit(
            session, case, date(2026, 11, 20), agent_id=agent, outcome="MET_DEBTOR",
            started_at=start, ended_at=start + timedelta(seconds=30), judged_with="x",
        )  # fmt: skip
    page = opened(qtbot, desk)
    page.show_mode("questions")
    asked = page.asked
    assert asked is not None
    assert asked.model.rowCount() == 1
    assert "30 seconds" in asked.about.text()
    dialog = asked.explain()
    assert dialog is not None
    dialog.text.setPlainText("客户只收函件")
    dialog.confirm()
    assert "客户只收函件" in asked.about.text()
    asked.open_only.setChecked(True)
    assert asked.stack.currentWidget() is asked.empty
    assert "1 visit looked through" in asked.empty.accessibleName()
    assert flags(desk.database) == []


def test_that_others_than_supervisors_read_explanations_only(qtbot: QtBot, desk: Desk) -> None:
    desk.actor = Actor("钱峰", Role.MANAGER)
    page = opened(qtbot, desk)
    page.show_mode("questions")
    assert page.asked is not None
    assert page.asked.explain() is None


# The ledger


def test_that_a_complaint_is_put_into_the_ledger_by_hand(qtbot: QtBot, desk: Desk) -> None:
    case, _ = a_visited_case(desk.database)
    with desk.database.transaction() as session:
        number = session.scalar(select(Case.case_no).where(Case.id == case.id))
    page = opened(qtbot, desk)
    page.show_mode("complaints")
    page.ledger.add.click()
    dialog = page.findChild(AddDialog)
    assert isinstance(dialog, AddDialog)
    dialog.case.setText("AJ-unknown")
    dialog.text.setPlainText("称上门时间过晚")
    dialog.confirm()
    assert "no case" in dialog.summary.text()
    dialog.case.setText(str(number))
    dialog.confirm()
    assert page.ledger.model.rowCount() == 1
    assert [kind for kind in (QComboBox, QLineEdit, QPlainTextEdit) if dialog.findChild(kind)]
    desk.actor = LEAD
    page.prefer()
    assert page.mode == "training"


def test_that_how_a_rule_did_before_leads_from_training_to_its_flags(
    qtbot: QtBot, desk: Desk
) -> None:
    for _ in range(2):
        case, _visit = a_visited_case(desk.database)
    judge(desk.database)
    waiting = next(one for one in flags(desk.database, case) if one.caused_by == "our_side")
    done = next(one for one in flags(desk.database)
                if one.caused_by == "our_side" and one.id != waiting.id)  # fmt: skip
    for flag in (waiting, done):
        ref = ref_of(flag)
        desk.database.write(incidents.look_at_flag, LookAtFlag(actor=SUPERVISOR, flag=ref))
        desk.database.write(incidents.send_to_review, SendToReview(actor=SUPERVISOR, flag=ref))
    for actor in (SUPERVISOR, COMPLIANCE):
        order = SubmitReview(actor=actor, flag=ref_of(done), verdict=Verdict.UPHELD, reason="听")
        desk.database.write(reviews.submit_review, order)
    desk.actor = LEAD
    page = opened(qtbot, desk)
    assert page.training is not None
    card = next(one for one in page.training.detail.cards if one.card and one.card.precision.judged)
    card.past_acts[Past.STOOD].trigger()
    assert page.mode == "handling"
    assert {row.ref.flag_id for row in page.presenter.page.rows} == {done.id}
    page.close()
