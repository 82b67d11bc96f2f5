"""What was typed in a dialog of the queue and not sent stands there again."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QDate, QTime
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from supervisor.models.enums import HoldReason
from supervisor.models.tables import CaseNote
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.case_queue.dialogs.orders import HoldDialog
from supervisor.ui.pages.case_queue.dialogs.single import NoteDialog, PlanDialog
from supervisor.ui.pages.case_queue.page import CaseQueuePage
from supervisor.ui.widgets.drafting import Drafting
from tests.ui.pages.conftest import During
from tests.ui.pages.queue_cases import a_small_branch

MakePage = Callable[[], CaseQueuePage]


@pytest.fixture
def make_page(qtbot: QtBot, desk: Desk) -> MakePage:
    """A page over the same desk, as after a change of language."""
    a_small_branch(desk.database)

    def make() -> CaseQueuePage:
        made = CaseQueuePage(desk)
        qtbot.addWidget(made)
        made.resize(1600, 800)
        made.show()
        made.activate()
        made.presenter.clear()
        made.table.make_current(0)
        return made

    return make


def note(page: CaseQueuePage) -> NoteDialog:
    dialog = page.acts.show("note")
    assert isinstance(dialog, NoteDialog)
    return dialog


def test_that_a_note_survives_closing_and_another_page_but_not_sending(
    make_page: MakePage, desk: Desk
) -> None:
    page = make_page()
    dialog = note(page)
    dialog.text.setPlainText("约定周五再")
    dialog.reject()
    again = note(make_page())
    assert again.text.toPlainText() == "约定周五再"
    again.text.setPlainText("约定周五再谈")
    again.confirm()
    assert note(make_page()).text.toPlainText() == ""


def test_that_every_case_has_its_own_draft(make_page: MakePage) -> None:
    page = make_page()
    dialog = note(page)
    dialog.text.setPlainText("第一件")
    dialog.reject()
    page.table.make_current(1)
    assert note(page).text.toPlainText() == ""


def test_that_a_dialog_nobody_touched_leaves_no_draft(make_page: MakePage, desk: Desk) -> None:
    note(make_page()).reject()
    assert desk.drafts._kept == {}


def test_that_a_plan_and_a_hold_come_back_field_by_field(make_page: MakePage) -> None:
    page = make_page()
    plan = page.acts.show("plan")
    assert isinstance(plan, PlanDialog)
    plan.day.setDate(QDate(2026, 11, 27))
    plan.starts.setTime(QTime(15, 30))
    plan.agent.setCurrentIndex(2)
    plan.target.setText("1,500")
    plan.reject()
    hold = page.acts.show("hold")
    assert isinstance(hold, HoldDialog)
    hold.reason.setCurrentIndex(hold.reason.findData(HoldReason.DISASTER))
    hold.endless.setChecked(True)
    hold.reject()
    page = make_page()
    plan = page.acts.show("plan")
    assert isinstance(plan, PlanDialog)
    assert plan.day.date() == QDate(2026, 11, 27)
    assert plan.starts.time() == QTime(15, 30)
    assert (plan.agent.currentIndex(), plan.target.text()) == (2, "1,500")
    plan.reject()
    hold = page.acts.show("hold")
    assert isinstance(hold, HoldDialog)
    assert hold.reason.currentData() == HoldReason.DISASTER
    assert hold.endless.isChecked()
    assert not hold.until.isEnabled()


def test_that_a_draft_can_be_thrown_away(make_page: MakePage, desk: Desk) -> None:
    page = make_page()
    dialog = note(page)
    dialog.text.setPlainText("写错了")
    dialog.reject()
    dialog = note(page)
    drafting = dialog.findChild(Drafting)
    assert drafting is not None
    drafting._anew.click()
    assert dialog.text.toPlainText() == ""
    dialog.reject()
    assert desk.drafts._kept == {}


def test_that_typing_is_kept_while_the_dialog_is_still_open(
    make_page: MakePage, desk: Desk
) -> None:
    dialog = note(make_page())
    dialog.text.setPlainText("写到一半")
    drafting = dialog.findChild(Drafting)
    assert drafting is not None
    assert drafting._every.isActive()
    drafting._every.timeout.emit()
    (kept,) = desk.drafts._kept.values()
    assert kept["text"] == "写到一半"


def notes(desk: Desk) -> list[str]:
    with desk.database.transaction() as session:
        return list(session.scalars(select(CaseNote.text).order_by(CaseNote.id)))


def test_that_a_note_whose_answer_was_lost_is_not_written_twice(
    make_page: MakePage, desk: Desk, lose_answers: During
) -> None:
    before, dialog = notes(desk), note(make_page())
    dialog.text.setPlainText("约定周五")
    lose_answers(dialog.confirm)
    assert dialog.summary.text()
    assert dialog.text.toPlainText() == "约定周五"
    dialog.confirm()
    assert notes(desk) == [*before, "约定周五"]


def test_that_it_is_not_written_twice_after_the_program_ended_either(
    make_page: MakePage, desk: Desk, lose_answers: During
) -> None:
    before, dialog = notes(desk), note(make_page())
    dialog.text.setPlainText("约定周五")
    lose_answers(dialog.confirm)
    again = note(make_page())
    assert again.text.toPlainText() == "约定周五"
    again.confirm()
    assert notes(desk) == [*before, "约定周五"]


@pytest.mark.parametrize("anew", [False, True])
def test_that_what_was_changed_after_a_lost_answer_is_written_too(
    make_page: MakePage,
    desk: Desk,
    lose_answers: During,
    anew: bool,
) -> None:
    before, dialog = notes(desk), note(make_page())
    dialog.text.setPlainText("约定周五")
    lose_answers(dialog.confirm)
    again = note(make_page()) if anew else dialog
    again.text.setPlainText("约定周六")
    again.confirm()
    assert notes(desk) == [*before, "约定周五", "约定周六"]
