"""The settings page: a change is saved and told at once."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTime
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from supervisor import i18n, settings
from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.queries.directory import branches
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.desk import Desk, PlainPreferences
from supervisor.ui.pages.preferences.page import PreferencesPage
from supervisor.ui.pages.preferences.working_days_dialog import YearsDialog
from tests import factories
from tests.ui.instant import InstantRunner


@pytest.fixture
def page(sqlite_database: Database, qtbot: QtBot) -> PreferencesPage:
    """The page of a person who has chosen nothing yet."""
    bus = ChangeBus(throttle_ms=0)
    actor = Actor(name="周", role=Role.SUPERVISOR)
    runner = InstantRunner(sqlite_database, bus)
    made = PreferencesPage(Desk(sqlite_database, runner, bus, actor, PlainPreferences()))
    qtbot.addWidget(made)
    return made


def _box(page: PreferencesPage, name: str) -> QComboBox:
    editor = page._editors[name]
    assert isinstance(editor, QComboBox)
    return editor


def test_that_a_choice_is_saved_and_told(page: PreferencesPage) -> None:
    told: list[settings.Preferences] = []
    page.changed.connect(told.append)
    box = _box(page, "theme")
    box.setCurrentIndex(box.findData("dark"))
    assert settings.load().preferences.theme == "dark"
    assert [preferences.theme for preferences in told] == ["dark"]


def test_that_every_visible_preference_has_a_line_with_a_name(page: PreferencesPage) -> None:
    assert set(page._editors) == {"language", "theme", "row_height", "reveal_seconds",
                                  "mask_after_minutes",
                                  "copy_headings", "tray_reminders", "role"}  # fmt: skip
    assert all(editor.accessibleName() for editor in page._editors.values())


def test_that_an_office_server_decides_the_role(
    page: PreferencesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "role" in page._editors
    monkeypatch.setattr(type(page.desk.database), "actor", page.desk.actor)
    page.retranslate()
    assert "role" not in page._editors


def test_that_words_change_with_the_language_and_values_stay(page: PreferencesPage) -> None:
    box = _box(page, "theme")
    box.setCurrentIndex(box.findData("dark"))
    i18n.set_language("zh_CN")
    page.retranslate()
    assert _box(page, "theme").currentData() == "dark"
    assert _box(page, "theme").currentText() == "深色"


def test_that_only_an_administrator_shows_names_and_the_tick_follows_the_database(
    page: PreferencesPage,
) -> None:
    with page.desk.database.transaction() as session:
        branch = factories.a_branch(session, name="城东 & 城西")
    page.prefer()
    assert page.names.ticks == {}
    page.desk.actor = replace(page.desk.actor, role=Role.ADMIN)
    page.prefer()
    tick = page.names.ticks[branch]
    assert tick.text() == "城东 && 城西"
    tick.click()
    (row,) = page.desk.database.read(branches, page.desk.actor)
    assert row.shows_names
    assert tick.isChecked()
    page.desk.actor = replace(page.desk.actor, role=Role.SUPERVISOR)
    tick.click()
    assert page.names.trouble.text() == "Administrators decide whether names are shown."
    assert tick.isChecked()


def test_that_an_administrator_sets_working_days_and_everybody_reads_them(
    page: PreferencesPage,
) -> None:
    assert not page.working_days.days.isEnabled()
    assert "09:00" in page.working_days.said.text()
    page.desk.actor = replace(page.desk.actor, role=Role.ADMIN)
    page.prefer()
    dialog = page.working_days.set_days()
    assert dialog is not None
    dialog.year.setCurrentIndex(dialog.year.findData(2026))
    assert "10-01" in dialog.rest.toPlainText()
    dialog.rest.setPlainText("10-01, 13-40")
    dialog.confirm()
    assert [row.error for row in dialog.problems()] == [
        "13-40 is no day of 2026. Write it as 10-01.",
        "Give a reason. It stays in the audit.",
    ]
    dialog.rest.setPlainText("10-01 12-31")
    dialog.reason.setPlainText("盘点")
    dialog.confirm()
    assert "2026: set by the house, 2 days of rest" in page.working_days.said.text()


def test_that_office_hours_are_set_with_a_reason(page: PreferencesPage) -> None:
    page.desk.actor = replace(page.desk.actor, role=Role.ADMIN)
    page.prefer()
    dialog = page.working_days.set_hours()
    assert dialog is not None
    dialog.opens.setTime(QTime(8, 30))
    dialog.reason.setPlainText("冬令时")
    dialog.confirm()
    assert "08:30" in page.working_days.said.text()


def test_that_a_file_of_working_days_is_told_before_it_counts(
    page: PreferencesPage, tmp_path: Path
) -> None:
    page.desk.actor = replace(page.desk.actor, role=Role.ADMIN)
    page.prefer()
    path = tmp_path / "days.toml"
    path.write_text('[2028]\nrest = ["01-03"]\nwork = []\n', encoding="utf-8")
    page.working_days.open_file(path)
    dialog = page.window().findChild(YearsDialog)
    assert isinstance(dialog, YearsDialog)
    dialog.reason.setPlainText("公告")
    dialog.confirm()
    assert "2028: set by the house" in page.working_days.said.text()
    path.write_text("rest = 1", encoding="utf-8")
    page.working_days.open_file(path)
    assert not page.working_days.trouble.isHidden()


def test_that_help_and_tour_can_be_asked_for(page: PreferencesPage, qtbot: QtBot) -> None:
    buttons = {one.text(): one for one in page.findChildren(QPushButton)}
    for words, wanted in (
        ("Open the help", page.help_wanted),
        ("Show me round", page.tour_wanted),
    ):
        with qtbot.waitSignal(wanted):
            buttons[words].click()


def test_that_who_was_shown_round_stays_so_when_something_else_is_chosen(
    page: PreferencesPage,
) -> None:
    page.desk.preferences = settings.Preferences(tour_seen=True)
    box = _box(page, "theme")
    box.setCurrentIndex(box.findData("dark"))
    assert settings.load().preferences.tour_seen
