"""Every control shows that it has the keyboard, in both themes."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from supervisor.ui.background.desk import Desk
from supervisor.ui.look.tokens import set_theme
from supervisor.ui.shell.main_window import MainWindow
from tests.screens import focus
from tests.ui.front_window import front_window

PAGES = ("overview", "case_queue", "visit_schedule", "workloads", "outcomes", "efficiency")
MORE = ("incidents", "reports", "intake", "preferences", "rules")


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> MainWindow:
    """The window over a small branch; it has the keyboard."""
    return front_window(qtbot, desk)


@pytest.mark.parametrize(
    ("page_id", "theme"),
    [*((page, "light") for page in (*PAGES, *MORE)), ("case_queue", "dark"), ("rules", "dark")],
)
def test_that_the_focus_can_be_seen(window: MainWindow, page_id: str, theme: str) -> None:
    set_theme(theme)
    window.show_page(page_id)
    assert focus.findings(window) == []


def test_that_a_control_without_a_ring_is_found(window: MainWindow) -> None:
    window.show_page("preferences")
    button = QPushButton("Plain", window)
    button.setStyleSheet("QPushButton, QPushButton:focus { border: none; padding: 0; }")
    button.setGeometry(200, 200, 80, 28)
    button.show()
    assert [one.kind for one in focus.findings(window)] == ["no focus"]
