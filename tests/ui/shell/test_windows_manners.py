"""Manners of Windows programs: Alt letters, input methods, screens that are gone, paths."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QMenu, QWidget
from pytestqt.qtbot import QtBot

from supervisor import i18n
from supervisor.ui.background.desk import Desk
from supervisor.ui.charts import offers
from supervisor.ui.charts.card import ChartCard
from supervisor.ui.look import style
from supervisor.ui.look.memory import window_memory
from supervisor.ui.look.plain import keyed
from supervisor.ui.look.tokens import tokens
from supervisor.ui.shell import main_window
from supervisor.ui.shell.go_to import GoTo, Target
from supervisor.ui.shell.help_window import PLACE, HelpWindow
from supervisor.ui.shell.main_window import MainWindow
from supervisor.ui.shell.registry import PageEntry
from supervisor.ui.widgets import Page

LEAST = (400, 300)


class _Empty(Page):
    """A page with nothing on it."""


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> type[MainWindow]:
    entries = (PageEntry("empty", "Overview", "layout-dashboard", __name__, "_Empty"),)
    monkeypatch.setattr(main_window, "pages", lambda: entries)
    return MainWindow


def _letters(menu: QMenu) -> list[str]:
    """The Alt letter of each entry."""
    said = [one.text().partition("\t")[0] for one in menu.actions() if not one.isSeparator()]
    return [text[text.index("&") + 1].upper() if "&" in text else "" for text in said]


# Menus


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_that_menus_of_charts_have_an_alt_letter_each(qtbot: QtBot, lang: str) -> None:
    i18n.set_language(lang)
    card = ChartCard("Met rate")
    qtbot.addWidget(card)
    menu = offers.show_menu(card.actions_offered(), QPoint(0, 0), card)
    letters = _letters(menu)
    assert all(letters)
    assert len(set(letters)) == len(letters)


def test_that_a_chinese_word_bears_its_letter_in_brackets() -> None:
    assert keyed("改派", "r") == "改派(&R)"
    assert keyed("A & B", "b") == "A && &B"


# Input methods


def _compose(field: QWidget, preedit: str, commit: str = "") -> None:
    """What an input method does while a person types."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def test_that_the_help_is_not_searched_while_a_word_is_composed(qtbot: QtBot) -> None:
    i18n.set_language("zh_CN")
    behind = QWidget()
    qtbot.addWidget(behind)
    shown = HelpWindow(list, behind, remembers=False)
    every = shown.contents.count()
    for letters in ("c", "cha", "chaohu"):
        _compose(shown.search, letters)
        assert shown.contents.count() == every
    _compose(shown.search, "", "撤回")
    assert 0 < shown.contents.count() < every


def test_that_go_to_narrows_by_what_was_committed(qtbot: QtBot) -> None:
    behind = QWidget()
    qtbot.addWidget(behind)
    targets = [Target(one, "", "user", lambda: None) for one in ("王敏", "李强")]
    shown = GoTo(lambda: targets, None, behind)
    _compose(shown.field, "wang")
    assert shown.list.count() == 2
    _compose(shown.field, "", "王")
    assert [row.text[:2] for row in shown.list.rows] == ["王敏"]


def test_that_enter_of_a_candidate_opens_nothing(qtbot: QtBot) -> None:
    # The input method keeps the key to itself: only the committed word arrives.
    behind, went = QWidget(), list[str]()
    qtbot.addWidget(behind)
    shown = GoTo(lambda: [Target("王敏", "", "user", lambda: went.append("x"))], None, behind)
    _compose(shown.field, "wang")
    _compose(shown.field, "", "王")
    assert went == []


# Windows and screens


def _remembered(place: QRect, name: str, qtbot: QtBot) -> None:
    """As if the window had stood there when it was closed, on a screen that has gone since."""
    stood = QWidget()
    qtbot.addWidget(stood)
    stood.setGeometry(place)
    window_memory().setValue(name, stood.saveGeometry())


def _within_reach(shown: QWidget) -> bool:
    """Enough of the window is on a screen to take hold of its title and pull it about."""
    place = shown.geometry()
    parts = [one.availableGeometry().intersected(place) for one in QGuiApplication.screens()]
    return any(
        part.width() >= LEAST[0] and part.height() >= LEAST[1] and part.top() == place.top()
        for part in parts
    )


@pytest.mark.parametrize(
    "place",
    [QRect(9000, 300, 1200, 700), QRect(-5000, -3000, 1200, 700), QRect(0, 0, 9000, 7000)],
    ids=["right", "left", "larger"],
)
def test_that_a_window_of_a_screen_that_is_gone_comes_back_where_it_can_be_seen(
    window: type[MainWindow], desk: Desk, qtbot: QtBot, place: QRect
) -> None:
    _remembered(place, "window/place", qtbot)
    made = window(desk, "a file")
    qtbot.addWidget(made)
    made.show()
    assert _within_reach(made)
    made.close()


def test_that_the_help_window_comes_back_too(qtbot: QtBot) -> None:
    _remembered(QRect(9000, 9000, 800, 500), PLACE, qtbot)
    behind = QWidget()
    qtbot.addWidget(behind)
    shown = HelpWindow(list, behind)
    shown.show()
    assert _within_reach(shown)
    shown.reject()
    assert isinstance(window_memory(), QSettings)
    assert window_memory().contains(PLACE)


# Paths


def test_that_signs_of_the_style_are_found_below_a_chinese_name_with_a_space(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    drawn = []
    for name in ("plain", "张 三"):
        monkeypatch.setenv("SUPERVISOR_HOME", str(tmp_path / name))
        box = QCheckBox()
        qtbot.addWidget(box)
        box.setStyleSheet(style.style_sheet(tokens()))
        box.setChecked(True)
        drawn.append(box.grab().toImage())
    assert drawn[0] == drawn[1]
    unticked = QCheckBox()
    qtbot.addWidget(unticked)
    unticked.setStyleSheet(style.style_sheet(tokens()))
    assert unticked.grab().toImage() != drawn[1]


@pytest.mark.parametrize(("typed", "there"), [
    ("Users", "page"), ("王敏", "person"), ("王", "cases"), ("sers", "cases"),
])  # fmt: skip
def test_that_what_is_named_to_the_letter_comes_before_the_cases(
    qtbot: QtBot, typed: str, there: str
) -> None:
    behind, went = QWidget(), list[str]()
    qtbot.addWidget(behind)
    targets = [
        Target("王敏", "Collector", "user", lambda: went.append("person")),
        Target("Users and rights", "Page", "users", lambda: went.append("page")),
    ]
    shown = GoTo(lambda: targets, lambda _text: went.append("cases"), behind)
    shown.field.setText(typed)
    shown.go()
    assert went == [there]
