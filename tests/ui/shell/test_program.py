"""A newer version is told at the foot of the window, quietly; administrators publish it."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from supervisor import __version__, app, i18n, settings
from supervisor.models import ledger
from supervisor.models.changes import Actor
from supervisor.models.commands.program import publish_program
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.orders_program import PublishProgram
from supervisor.models.program_versions import ProgramVersions
from supervisor.models.queries.program import program_versions
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.desk import Desk, PlainPreferences
from supervisor.ui.pages.preferences.page import PreferencesPage
from supervisor.ui.pages.preferences.program_dialog import PublishDialog
from supervisor.ui.shell import program_dialog
from supervisor.ui.shell.program_dialog import address_of
from supervisor.ui.shell.program_watch import ProgramWatch
from supervisor.ui.shell.status_bar import StatusBar
from tests.ui.instant import InstantRunner

ADMIN = Actor("管理", Role.ADMIN)
PLACE = r"\\server\软件 安装\督导台-setup.exe"
GIVEN = ProgramVersions("99.1", "", PLACE)


@pytest.fixture
def desk(sqlite_database: Database, qapp: QApplication) -> Desk:
    bus = ChangeBus(throttle_ms=0)
    runner = InstantRunner(sqlite_database, bus)
    return Desk(sqlite_database, runner, bus, ADMIN, PlainPreferences())


def publish(desk: Desk, versions: ProgramVersions) -> None:
    desk.runner.do(
        publish_program,
        PublishProgram(actor=ADMIN, versions=versions),
        initiator=None,
        then=lambda _changes: None,
        failed=lambda error: pytest.fail(str(error)),
    )


def watching(desk: Desk, qtbot: QtBot) -> tuple[StatusBar, ProgramWatch]:
    status = StatusBar()
    qtbot.addWidget(status)
    return status, ProgramWatch(desk, status, status)


def test_that_nothing_is_said_where_nothing_is_new(desk: Desk, qtbot: QtBot) -> None:
    publish(desk, ProgramVersions(__version__, __version__, PLACE))
    status, _watch = watching(desk, qtbot)
    assert status._program is None


def test_that_a_newer_version_is_told_as_soon_as_it_is_published_and_opens_no_box(
    desk: Desk, qtbot: QtBot
) -> None:
    status, _watch = watching(desk, qtbot)
    publish(desk, GIVEN)
    assert status._program is not None
    assert status._program.text() == "Version 99.1 is there"
    assert not status._program.isHidden()
    assert QApplication.activeModalWidget() is None
    assert status.window().findChildren(QDialog) == []
    publish(desk, ProgramVersions())
    assert status._program.isHidden()


def test_that_a_demanded_version_is_told_in_its_own_words_and_in_both_languages(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from supervisor.ui.shell import program_watch

    publish(desk, ProgramVersions("99.1", __version__, PLACE))
    monkeypatch.setattr(program_watch, "__version__", "0.0.9")
    status, watch = watching(desk, qtbot)
    assert status._program is not None
    assert status._program.text() == f"Version {__version__} is asked for"
    i18n.set_language("zh_CN")
    watch.tell()
    assert status._program.text() == f"需更新到 {__version__}"


def test_that_the_place_is_copied_or_opened_and_no_installer_started(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(desk, GIVEN)
    _status, watch = watching(desk, qtbot)
    opened: list[QUrl] = []
    monkeypatch.setattr(program_dialog.QDesktopServices, "openUrl", opened.append)
    dialog = watch.show_it()
    assert dialog.place.text() == PLACE
    dialog.opener.click()
    (url,) = opened
    assert (url.host(), url.path().rstrip("/")) == ("server", "/软件 安装")
    dialog.confirm()
    assert QGuiApplication.clipboard().text() == PLACE


@pytest.mark.parametrize(
    ("place", "end"),
    [
        ("https://intranet/desk/setup.exe", "setup.exe"),
        (r"D:\软件\desk-setup.EXE", "软件"),
        ("//server/share/desk", "desk"),
        ("file:///C:/Windows/cmd.exe", "Windows"),
    ],
)
def test_that_a_file_is_never_opened_itself(place: str, end: str) -> None:
    assert address_of(place).path().replace("\\", "/").rstrip("/").endswith(end)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> PreferencesPage:
    made = PreferencesPage(desk)
    qtbot.addWidget(made)
    return made


def test_that_an_administrator_publishes_and_reads_what_holds(page: PreferencesPage) -> None:
    assert page.program.said.text().endswith("There is no newer one to install.")
    dialog = page.program.open_dialog()
    assert isinstance(dialog, PublishDialog)
    dialog.newest.setText(" 99.1 ")
    dialog.place.setText(PLACE)
    dialog.minimum.setText("99.0")
    dialog.confirm()
    assert "shut yourself out" in dialog.summary.text()
    dialog.minimum.setText("")
    dialog.confirm()
    assert page.desk.database.read(program_versions, None) == GIVEN
    assert "99.1" in page.program.said.text()
    assert PLACE in page.program.said.text()


def test_that_others_read_and_have_nothing_to_publish_with(page: PreferencesPage) -> None:
    publish(page.desk, GIVEN)
    page.desk.actor = Actor("周", Role.SUPERVISOR)
    page.prefer()
    assert page.program.publish.isHidden()
    assert "99.1" in page.program.said.text()
    # Licences come with the frozen program alone.
    assert page.program.licences.isHidden()


def test_that_a_desktop_watches_only_after_its_first_page(
    qapp: QApplication, sqlite_database: Database, qtbot: QtBot
) -> None:
    desktop = app.Desktop(qapp, sqlite_database, settings.Preferences(language="en"))
    try:
        desktop.open("preferences")
        assert desktop.program is None
        desktop.watch_program()
        desktop.desk.runner.do(
            publish_program,
            PublishProgram(actor=ADMIN, versions=GIVEN),
            initiator=None,
            then=lambda _changes: None,
            failed=lambda error: pytest.fail(str(error)),
        )
        qtbot.waitUntil(lambda: desktop.window.status._program is not None, timeout=20_000)
        desktop.prefer(settings.Preferences(language="zh_CN"))
        assert desktop.window.status._program is not None
        assert desktop.window.status._program.text() == "有新版本 99.1"
    finally:
        desktop.close()


def test_that_a_write_refused_to_an_old_program_reads_as_a_sentence(
    page: PreferencesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(page.desk, ProgramVersions("99.1", __version__, PLACE))
    monkeypatch.setattr(ledger, "__version__", "0.0.9")
    dialog = page.program.open_dialog()
    assert isinstance(dialog, PublishDialog)
    dialog.newest.setText("99.2")
    dialog.confirm()
    assert "version 0.0.9" in dialog.summary.text()
    assert "Nothing was written" in dialog.summary.text()
