"""Start, find a case, open it, give it to somebody else, think better of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from supervisor import i18n
from supervisor.models.enums import QueueReason
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.case_queue.columns import id_of
from supervisor.ui.pages.case_queue.dialogs.orders import ReassignDialog
from supervisor.ui.pages.case_queue.page import CaseQueuePage
from supervisor.ui.shell.main_window import MainWindow
from tests.ui.pages.queue_cases import a_small_branch

CONFIRM = {"en": "Reassign 1 case", "zh_CN": "确认改派 1 件"}
DONE = {"en": "Cases reassigned: 1 case", "zh_CN": "已改派案件 1 件"}


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_that_a_supervisor_finds_opens_reassigns_and_takes_back(
    qtbot: QtBot, desk: Desk, language: str
) -> None:
    i18n.set_language(language)
    small = a_small_branch(desk.database)
    window = MainWindow(desk, "test.db", "城东网点", remembers=False)
    qtbot.addWidget(window)
    window.resize(1600, 900)
    window.show()

    window.show_page("case_queue")
    page = window.page
    assert isinstance(page, CaseQueuePage)
    first = page.model.row_at(0)
    assert first is not None
    assert first.reason is QueueReason.CRITICAL_FLAG

    page.presenter.clear()
    window.keys.actions["filter"].trigger()
    field = page.filters.search
    assert isinstance(window.focusWidget(), QLineEdit)
    qtbot.keyClicks(field, "AJ0003")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert [id_of(row) for row in page.model.known_rows()] == [
        (small.today.branch_id, small.today.id)
    ]

    page.table.view.setFocus()
    qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    assert page.case.file is not None
    assert page.case.file.head.case_no == "AJ0003"

    window.keys.actions["reassign"].trigger()
    dialog = page.findChild(ReassignDialog)
    assert dialog is not None
    dialog.agent.setCurrentIndex(dialog.agent.findData(small.agents[2]))
    assert dialog.primary.text() == CONFIRM[language]
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert page.case.file.head.agent == "林某"
    assert window.toast.text == DONE[language]

    window.keys.actions["undo"].trigger()
    assert page.case.file.head.agent == "何某"
    row = page.model.row_at(0)
    assert row is not None
    assert row.agent == "何某"
    window.close()
