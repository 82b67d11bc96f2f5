"""The first start: three ways to begin, each said by one signal."""

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from supervisor.ui.pages.first_run.page import FirstRunPage


def _page(qtbot: QtBot) -> FirstRunPage:
    page = FirstRunPage(demo_cases="2,000", default_file="supervisor.db")
    qtbot.addWidget(page)
    page.show()
    return page


def _press(page: FirstRunPage, text: str) -> None:
    button = next(b for b in page.findChildren(QPushButton) if b.text() == text)
    button.click()


def test_that_the_demo_is_one_press_away(qtbot: QtBot) -> None:
    page = _page(qtbot)
    with qtbot.waitSignal(page.demo_chosen):
        _press(page, "Open the demo")


def test_that_a_server_needs_an_address(qtbot: QtBot) -> None:
    page, chosen = _page(qtbot), []
    page.server_chosen.connect(chosen.append)
    _press(page, "Connect")
    assert chosen == []
    assert page._trouble.isVisible()
    page._server.setText("  postgresql://me@office/cases ")
    _press(page, "Connect")
    assert chosen == ["postgresql://me@office/cases"]
