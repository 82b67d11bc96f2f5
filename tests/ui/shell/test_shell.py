"""The window: pages built late, keys, news for pages, language, place, errors."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from supervisor import i18n
from supervisor.errors import LockedError
from supervisor.models.enums import Topic
from supervisor.ui.background.desk import Desk
from supervisor.ui.shell import main_window
from supervisor.ui.shell.actions import DEEDS, key_help
from supervisor.ui.shell.error_dialog import dialog_for
from supervisor.ui.shell.main_window import MainWindow
from supervisor.ui.shell.registry import ENTRIES, PageEntry
from supervisor.ui.widgets import Page


class _Probe(Page):
    """A page that writes down what the shell asks of it."""

    depends_on = frozenset({Topic.CASES})
    built = 0

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        type(self).built += 1
        self.asked: list[Any] = []
        self.slot = QLabel("scope", self)

    def title(self) -> str:
        return "Probe"

    def header_left(self) -> list[QWidget]:
        return [self.slot]

    def activate(self) -> None:
        self.asked.append("activate")

    def refresh(self) -> None:
        self.asked.append("refresh")

    def go_to(self, what: object) -> None:
        self.asked.append(what)

    def compact(self, on: bool) -> None:
        self.asked.append(("compact", on))

    def retranslate(self) -> None:
        self.asked.append("words")

    def key_reassign(self) -> None:
        self.asked.append("reassign")

    def step_back(self) -> bool:
        self.asked.append("back")
        return True


class _Bare(QWidget):
    """A page that knows nothing of the shell's questions."""

    happened = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk


@pytest.fixture
def window(desk: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[MainWindow]:
    entries = (
        PageEntry("probe", "Cases", "list-checks", __name__, "_Probe"),
        PageEntry("bare", "Overview", "layout-dashboard", __name__, "_Bare"),
    )
    monkeypatch.setattr(main_window, "pages", lambda: entries)
    _Probe.built = 0
    made = MainWindow(desk, "Demo data", "城东分部")
    qtbot.addWidget(made)
    made.resize(1440, 868)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


def _probe(window: MainWindow) -> _Probe:
    page = window.pages["probe"]
    assert isinstance(page, _Probe)
    return page


def test_that_a_page_is_built_when_it_is_first_shown(window: MainWindow) -> None:
    assert _Probe.built == 0
    window.show_page("probe")
    window.show_page("bare")
    window.show_page("probe", {"view": "today"})
    assert _Probe.built == 1
    assert window.header.title.text() == "Probe"
    assert _probe(window).asked[-1] == {"view": "today"}
    assert window.rail.buttons["probe"].isChecked()


def test_that_slots_of_a_page_leave_the_header_with_it(window: MainWindow) -> None:
    window.show_page("probe")
    assert _probe(window).slot.isVisible()
    window.show_page("bare")
    assert not _probe(window).slot.isVisible()


def test_that_a_hidden_page_asks_again_only_when_it_is_shown(window: MainWindow) -> None:
    window.show_page("probe")
    window.show_page("bare")
    probe = _probe(window)
    probe.asked.clear()
    window.desk.bus.tell({Topic.CASES})
    window.desk.bus.flush()
    assert probe.asked == []
    window.show_page("probe")
    assert "refresh" in probe.asked
    probe.asked.clear()
    window.desk.bus.tell({Topic.VIEWS})
    window.desk.bus.tell({Topic.CASES})
    window.desk.bus.flush()
    assert probe.asked == ["refresh"]


def test_that_keys_reach_the_page_that_knows_them(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("probe")
    assert window.keys.actions["reassign"].isEnabled()
    assert not window.keys.actions["hold"].isEnabled()
    for name in ("reassign", "back", "refresh"):
        window.keys.actions[name].trigger()
    assert _probe(window).asked[-3:] == ["reassign", "back", "refresh"]
    window.keys.actions["page_2"].trigger()
    assert window.current_id == "bare"
    assert not window.keys.actions["reassign"].isEnabled()


def test_that_no_key_is_a_letter_or_belongs_to_an_input_method() -> None:
    keys = [key for deed in DEEDS for key in deed.keys]
    assert len(keys) == len(set(keys))
    assert all(len(key) > 1 for key in keys)
    assert not set(keys) & {"Ctrl+Space", "Shift+Space", "Ctrl+.", "Ctrl+Shift", "Ctrl+Shift+F"}


def test_that_key_help_lists_what_the_page_knows(window: MainWindow) -> None:
    window.show_page("probe")
    words = dict(key_help(window.page))
    assert words["Ctrl+R"] == "Reassign"
    assert "Ctrl+H" not in words
    shown = window.guidance.show_keys()
    assert shown.isVisible()
    shown.close()


def test_that_f6_cycles_the_regions(window: MainWindow) -> None:
    window.show_page("probe")
    window.activateWindow()
    seen = set()
    for _ in range(3):
        window.act("next_region")
        seen.add(window.focusWidget())
    assert len(seen) >= 2


def test_that_go_to_finds_pages_by_letters(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("probe")
    shown = window.go_to()
    shown.field.setText("overv")
    qtbot.keyClick(shown.field, Qt.Key.Key_Return)
    assert window.current_id == "bare"


def test_that_badges_and_status_come_from_the_page(window: MainWindow) -> None:
    window.show_page("probe")
    probe = _probe(window)
    probe.badge_changed.emit(27, True)
    probe.status_changed.emit("24 / 27")
    assert window.rail.buttons["probe"].accessibleName() == "Cases, 27 waiting"
    assert window.status._rows.whole_text() == "24 / 27"
    probe.trouble.emit(True)
    assert window.header.age.text() == "Not connected"


def test_that_the_language_changes_while_running(window: MainWindow) -> None:
    window.show_page("probe")
    i18n.set_language("zh_CN")
    window.retranslate()
    assert window.rail.buttons["bare"].text() == "总览"
    assert window.windowTitle() == "外访催收督导台 — 城东分部"
    assert "words" in _probe(window).asked


def test_that_a_small_window_is_compact(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("probe")
    window.resize(1093, 614)
    qtbot.waitUntil(lambda: window.width() == 1093)
    assert window.is_compact
    assert _probe(window).asked[-1] == ("compact", True)
    assert window.rail.width() == 72  # English names do not fit into 56
    i18n.set_language("zh_CN")
    window.retranslate()
    assert window.rail.width() == 56
    assert window.header.height() == 44
    assert (window.minimumWidth(), window.minimumHeight()) == (640, 360)


def test_that_the_window_comes_back_where_it_was(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    window.resize(1201, 703)
    window.close()
    again = MainWindow(desk, "Demo data")
    qtbot.addWidget(again)
    # The width is cut to the screen at hand; the height fits on it.
    assert again.height() == 703


def test_that_expected_errors_are_sentences_and_ours_have_a_report(qtbot: QtBot) -> None:
    said = dialog_for(LockedError("database_busy"), "")
    ours = dialog_for(ValueError("王小明 13800000000"), "report text")
    for dialog in (said, ours):
        qtbot.addWidget(dialog)
    labels = " ".join(label.text() for label in ours.findChildren(QLabel))
    assert "王小明" not in labels
    ours.copy()
    assert QGuiApplication.clipboard().text() == "report text"
    assert said.windowTitle() != ours.windowTitle()


def test_that_every_registered_page_that_is_built_can_be_found() -> None:
    assert len({entry.page_id for entry in ENTRIES}) == len(ENTRIES)
    built = [entry for entry in ENTRIES if entry.is_built]
    assert built
