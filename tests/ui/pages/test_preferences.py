"""The settings page: a change is saved and told at once."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from supervisor import i18n, settings
from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.queries.directory import branches
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.desk import Desk, PlainPreferences
from supervisor.ui.pages.preferences.page import PreferencesPage
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
