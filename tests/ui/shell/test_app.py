"""The composition root: self-test, pictures of every screen, an orderly end."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from supervisor import app, credentials, i18n, settings
from supervisor.app import opening
from supervisor.errors import NotAllowedError
from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.ui.look import tokens
from supervisor.ui.pages.preferences.page import PreferencesPage
from supervisor.ui.shell import self_test as checks
from supervisor.ui.shell.first_start import FirstStart


def test_that_the_self_test_finds_nothing_wrong(qapp: QApplication) -> None:
    assert app.self_test() == []


def test_that_the_self_test_says_what_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks.fonts, "load", lambda _faces: ("Medium",))
    assert checks.look() == ["font Medium"]
    assert checks.tried("page x", lambda: 1 / 0) == ["page x: ZeroDivisionError"]


def test_that_every_screen_becomes_a_picture_named_by_the_rule(
    sqlite_database: Database, tmp_path: Path
) -> None:
    made = app.render_shots(
        tmp_path / "shots", sqlite_database, lang="en", theme="dark", size=(1100, 700)
    )
    names = {path.name for path in made}
    assert "06-preferences-en-dark.png" in names
    assert {"07-first-run-en-dark.png", "09-trouble-en-dark.png", "10-loading-en-dark.png"} <= names
    pages = {"overview", "queue", "import", "preferences", "first-run", "empty", "trouble"}
    for path in made:
        image = QImage(str(path))
        of_page = path.name[3:].removesuffix("-en-dark.png") in pages
        assert image.width() >= (940 if of_page else 360), path.name
        across, down = range(0, image.width(), 9), range(0, image.height(), 9)
        assert len({image.pixel(x, y) for x in across for y in down}) > 3, path.name


def test_that_a_closed_desktop_leaves_no_thread(
    qapp: QApplication, sqlite_database: Database
) -> None:
    before = set(threading.enumerate())
    desktop = app.Desktop(qapp, sqlite_database, settings.Preferences(language="en"))
    desktop.open("overview")
    desktop.close()
    assert set(threading.enumerate()) <= before


def test_that_preferences_take_hold_at_once(qapp: QApplication, sqlite_database: Database) -> None:
    desktop = app.Desktop(qapp, sqlite_database, settings.Preferences(language="en", theme="light"))
    desktop.open("preferences")
    desktop.prefer(settings.Preferences(language="zh_CN", theme="dark"))
    assert tokens.tokens().is_dark
    assert i18n.language() == "zh_CN"
    assert desktop.window.windowTitle() == "外访催收督导台"
    desktop.close()


def test_that_another_data_source_is_kept_for_the_next_start(
    qapp: QApplication, sqlite_database: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    desktop = app.Desktop(qapp, sqlite_database, settings.Preferences(language="en"))
    desktop.open("preferences")
    other = tmp_path / "other.db"

    def choose() -> None:
        window = next(w for w in qapp.topLevelWidgets() if isinstance(w, FirstStart))
        window.page.file_chosen.emit(str(other))

    QTimer.singleShot(50, choose)
    desktop.choose_source()
    assert settings.load().preferences.database == str(other)
    assert other.exists()
    assert desktop.window.toast.text == "The other data source opens at the next start."
    # Another line changed afterwards keeps the choice.
    page = desktop.window.page
    assert isinstance(page, PreferencesPage)
    page._set("row_height", "compact")
    assert settings.load().preferences.database == str(other)
    desktop.close()


def test_that_the_password_of_an_office_server_goes_into_the_key_store_alone(
    qapp: QApplication,
    sqlite_database: Database,
    postgres_database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept: dict[str, str] = {}
    monkeypatch.setattr(credentials, "keep_password", kept.__setitem__)
    desktop = app.Desktop(qapp, sqlite_database, settings.Preferences(language="en"))
    desktop.open("preferences")
    url = postgres_database.url.set(drivername="postgresql")
    bare, _ = credentials.without_password(url.render_as_string(hide_password=False))

    def choose() -> None:
        window = next(w for w in qapp.topLevelWidgets() if isinstance(w, FirstStart))
        window.page.server_chosen.emit(credentials.with_password(bare, "geheim"))

    QTimer.singleShot(50, choose)
    desktop.choose_source()
    desktop.close()
    assert settings.load().preferences.database == bare
    assert kept == {bare: "geheim"}


def test_that_the_first_start_takes_a_choice_or_says_why_not(
    qapp: QApplication, qtbot: QtBot
) -> None:
    window = FirstStart("supervisor.db", "light")
    qtbot.addWidget(window)
    answers = iter(["This folder cannot be written to.", ""])
    told: list[str] = []

    def accept(what: str) -> str:
        told.append(what)
        answer = next(answers)
        if answer:
            window.page.file_chosen.emit("b.db")
        return answer

    QTimer.singleShot(0, lambda: window.page.file_chosen.emit("a.db"))
    assert window.ask(accept)
    assert told == ["a.db", "b.db"]


def test_that_a_desk_with_a_data_source_leaves_the_choice_by_escape(
    qapp: QApplication, qtbot: QtBot
) -> None:
    window = FirstStart("supervisor.db", "light", may_leave=True)
    qtbot.addWidget(window)
    QTimer.singleShot(50, lambda: qtbot.keyClick(window, Qt.Key.Key_Escape))
    assert not window.ask(lambda _what: "")


def test_that_leaving_the_first_start_chooses_nothing(qapp: QApplication, qtbot: QtBot) -> None:
    window = FirstStart("supervisor.db", "light")
    qtbot.addWidget(window)
    QTimer.singleShot(0, window.close)
    assert not window.ask(lambda _what: "")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.INGEST, Role.WORKER, Role.MANAGER])
def test_that_a_login_without_screens_is_told_so_instead_of_shown_refused_pages(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    monkeypatch.setattr(type(sqlite_database), "actor", Actor(name="somebody", role=role))
    if role is Role.MANAGER:
        assert opening.ready(sqlite_database) is sqlite_database
        return
    with pytest.raises(NotAllowedError, match="login_without_screens"):
        opening.ready(sqlite_database)
