"""The queue on a 1366 x 768 screen at 125 %: 1093 x 614 logical pixels."""

from pytestqt.qtbot import QtBot

from supervisor import i18n
from supervisor.models.commands.agenda import refresh_cases
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.case_queue.page import CaseQueuePage
from supervisor.ui.shell.main_window import MainWindow
from tests import factories


def test_that_fourteen_rows_stand_beside_the_bulk_bar(qtbot: QtBot, desk: Desk) -> None:
    with desk.database.transaction() as session:
        branch = factories.a_branch(session)
        for _ in range(30):
            factories.a_case(session, branch)
        refresh_cases(session, None)
    i18n.set_language("zh_CN")
    window = MainWindow(desk, "test.db", remembers=False)
    qtbot.addWidget(window)
    window.resize(1093, 614)
    window.show()
    window.show_page("case_queue")
    page = window.page
    assert isinstance(page, CaseQueuePage)
    page.presenter.clear()
    page.model.tick_range(0, 1)
    assert page.bulk.isVisible()
    whole = page.table.view.viewport().height() // page.table.view.row_height
    assert whole >= 14
    window.close()
