"""Half-typed Chinese: what the input method still holds outlives news and the leaving of a page."""

from typing import Any

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from supervisor.models.commands import incidents
from supervisor.models.orders_incidents import LookAtFlag, SendToReview
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.drafts import Drafts
from supervisor.ui.pages.incidents.page import IncidentsPage
from supervisor.ui.widgets import Dialog, FormRow
from supervisor.ui.widgets.composing import composing, typed
from supervisor.ui.widgets.drafting import Drafting
from tests.models.commands.incident_world import a_serious_flag, ref_of
from tests.ui.pages.test_incidents import opened


def compose(field: QWidget, preedit: str, commit: str = "") -> None:
    """What an input method does while a person types."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


class _Note(Dialog):
    """A note of two lines, the cursor at the end of the first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("加跟进", "保存", parent=parent)
        self.text = QPlainTextEdit("客户\n第二行")
        self.add_row(FormRow("跟进", self.text))
        cursor = self.text.textCursor()
        cursor.setPosition(2)
        self.text.setTextCursor(cursor)


def test_that_a_note_closed_while_composing_keeps_the_letters(qtbot: QtBot, desk: Desk) -> None:
    behind = QWidget()
    qtbot.addWidget(behind)
    drafts = Drafts(None, lambda: None)
    note = _Note(behind)
    Drafting(note, drafts, "note/1", {"text": note.text}, lambda: None)
    note.open()
    compose(note.text, "yijing")
    assert (composing(note.text), typed(note.text)) == ("yijing", "客户yijing\n第二行")
    assert note.text.toPlainText() == "客户\n第二行"
    note.reject()
    assert drafts.get("note/1") == {"text": "客户yijing\n第二行"}


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> IncidentsPage:
    """A flag that waits for a review, its form in front."""
    flag = ref_of(a_serious_flag(desk.database)[1])
    desk.database.write(incidents.look_at_flag, LookAtFlag(actor=desk.actor, flag=flag))
    desk.database.write(incidents.send_to_review, SendToReview(actor=desk.actor, flag=flag))
    return opened(qtbot, desk)


def reason_of(page: IncidentsPage) -> Any:
    assert page.review.reason is not None
    return page.review.reason


def test_that_news_of_the_flag_waits_for_the_end_of_a_word(
    page: IncidentsPage, qtbot: QtBot
) -> None:
    field = reason_of(page)
    field.setPlainText("录音")
    field.moveCursor(field.textCursor().MoveOperation.End)
    compose(field, "kating")
    page.refresh()
    assert reason_of(page) is field
    assert composing(field) == "kating"
    compose(field, "", "可听")
    qtbot.waitUntil(lambda: reason_of(page) is not field)
    assert reason_of(page).toPlainText() == "录音可听"


def test_that_another_flag_in_front_keeps_the_letters_of_this_one(
    page: IncidentsPage, desk: Desk, qtbot: QtBot
) -> None:
    detail = page.presenter.detail
    assert detail is not None
    compose(reason_of(page), "tingdao")
    page.presenter.show_flag(ref_of(a_serious_flag(desk.database)[1]))
    qtbot.waitUntil(lambda: page.presenter.detail is not None)
    other = page.presenter.detail
    assert other is not None
    page.review.show_detail(other)
    assert page.review.reason is None
    page.review.show_detail(detail)
    assert reason_of(page).toPlainText() == "tingdao"
