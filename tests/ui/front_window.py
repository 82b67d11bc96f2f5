"""The whole window in front, with the keyboard."""

from pytestqt.qtbot import QtBot

from supervisor.ui.background.desk import Desk
from supervisor.ui.shell.main_window import MainWindow
from tests.ui.pages.queue_cases import a_small_branch


def front_window(qtbot: QtBot, desk: Desk) -> MainWindow:
    """The window over a small branch; it has the keyboard."""
    a_small_branch(desk.database)
    made = MainWindow(desk, "test.db", "城东网点", remembers=False)
    qtbot.addWidget(made)
    made.resize(1440, 868)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made
