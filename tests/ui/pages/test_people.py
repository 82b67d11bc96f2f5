"""Users and rights: who sees what, previews before orders, and a real office behind it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from supervisor.errors import ConflictError, UnreachableError
from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.office.groups import Group
from supervisor.models.rows.office_people import OfficePeople, PeopleKept
from supervisor.models.tables import Branch
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.desk import Desk, PlainPreferences
from supervisor.ui.pages.people.dialogs import PasswordDialog
from supervisor.ui.pages.people.page import PeoplePage
from supervisor.ui.pages.people.pictures import invented
from supervisor.ui.pages.people.questions import Deed, PeopleOrder
from tests import factories
from tests.models.office.logins import NAMES, Office
from tests.ui.instant import InstantRunner


def a_page(qtbot: QtBot, desk: Desk) -> PeoplePage:
    made = PeoplePage(desk)
    qtbot.addWidget(made)
    made.resize(1360, 800)
    made.show()
    made.activate()
    return made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[PeoplePage]:
    """The page over a file, as an administrator opens it."""
    desk.actor = Actor("管理", Role.ADMIN)
    made = a_page(qtbot, desk)
    yield made
    made.close()


@pytest.fixture
def office_page(qtbot: QtBot, office_database: Office) -> Iterator[PeoplePage]:
    """The page of an administrator of every branch, over a real server."""
    with office_database.owner.transaction() as session:
        for code in ("GZ01", "GZ02"):
            factories.put(session, Branch, code=code, name=code)
    made = a_page(qtbot, a_desk(office_database, "admin"))
    yield made
    made.close()
    made.desk.runner.shut_down()


def a_desk(office: Office, group: str) -> Desk:
    database = office.desk(group)
    database.recognise()
    bus = ChangeBus(throttle_ms=0)
    assert database.actor is not None
    return Desk(database, InstantRunner(database, bus), bus, database.actor, PlainPreferences())


def shown(page: PeoplePage, people: OfficePeople) -> None:
    page.presenter._on_people(people)


def choose(page: PeoplePage, login: str) -> None:
    at = page.model.index_of(login)
    assert at is not None
    page.table.make_current(at)


def test_that_a_file_has_nobody_to_keep_and_says_why(page: PeoplePage) -> None:
    assert page.absent.isVisible()
    assert page.absent.title == "This database is one person's own"
    assert not page.add.isEnabled()
    assert page.add_login() is None
    gone: list[str] = []
    page.go_wanted.connect(lambda where, _what: gone.append(where))
    assert page.absent.first_button is not None
    page.absent.first_button.click()
    assert gone == ["preferences"]


@pytest.mark.parametrize("kept", [PeopleKept.NO_OFFICE, PeopleKept.OTHERS])
def test_that_other_databases_say_who_keeps_people(page: PeoplePage, kept: PeopleKept) -> None:
    before = page.absent.title
    shown(page, OfficePeople(kept))
    assert page.absent.isVisible()
    assert page.absent.title != before
    assert not page.add.isEnabled()


def test_that_the_list_narrows_and_says_so_when_nobody_is_left(page: PeoplePage) -> None:
    shown(page, invented())
    logins = [row.login for row in page.model.rows]
    assert "he.jing" not in logins
    page.ended.setChecked(True)
    assert page.model.rowCount() == len(logins) + 1
    page.search.setText("gz02")
    assert [row.login for row in page.model.rows] == ["he.jing", "qian.feng"]
    page.search.setText("nobody")
    assert page.none.title == "No login meets the conditions"
    assert page.step_back()
    assert page.search.text() == ""
    assert page.model.rowCount() == len(logins) + 1


def test_that_what_was_read_stays_when_the_server_is_away(page: PeoplePage) -> None:
    page.presenter.failed.emit(UnreachableError("database_unreachable"))
    assert page.absent.title == "The logins could not be read"
    shown(page, invented())
    page.presenter.failed.emit(UnreachableError("database_unreachable"))
    assert page.banner.isVisible()
    assert page.table.isVisible()


def test_that_own_login_and_quiet_work_are_left_alone(page: PeoplePage) -> None:
    shown(page, invented())
    choose(page, "li.na")
    assert page.act("disable") is None
    assert "their own login" in page.detail.acts["disable"].toolTip()
    assert page.detail.acts["change"].isEnabled()
    choose(page, "office_worker")
    assert page.act("change") is None
    assert "owner of the database" in page.detail.acts["change"].toolTip()
    assert Role.WORKER not in page.presenter.roles()
    shown(page, replace(invented(), owner=True))
    choose(page, "office_worker")
    assert page.detail.acts["change"].isEnabled()


def test_that_a_change_says_what_becomes_different_before_it_is_made(page: PeoplePage) -> None:
    shown(page, invented())
    choose(page, "zhou.min")
    dialog: Any = page.act("change")
    assert not dialog.primary.isEnabled()
    assert dialog.means.text() == "Nothing is different yet."
    dialog.branches.choose(("GZ02",))
    assert "Branches gained: GZ02" in dialog.means.text()
    assert "Branches no longer seen: GZ01" in dialog.means.text()
    dialog.role.setCurrentIndex(dialog.role.findData("manager"))
    assert "Role: Supervisor becomes Manager." in dialog.means.text()
    dialog.branches.everyone.setChecked(True)
    assert "Every branch, later ones included" in dialog.means.text()
    assert dialog.order() == PeopleOrder(Deed.CHANGE, "zhou.min", Role.MANAGER, (), True, False)
    dialog.role.setCurrentIndex(dialog.role.findData("supervisor"))
    assert not dialog.everywhere()
    dialog.branches.choose(())
    dialog.confirm()
    assert dialog.branch_row.error == "Choose at least one branch."
    dialog.reject()


def test_that_a_name_that_cannot_be_is_told_beside_its_field(page: PeoplePage) -> None:
    shown(page, invented())
    dialog: Any = page.add_login()
    for name, part in (("", "sign in"), ("周" * 22, "63"), ('a"b', "quotes"), ("li.na", "such")):
        dialog.name.setText(name)
        dialog.confirm()
        assert part in dialog._rows[0].error
    dialog.role.setCurrentIndex(dialog.role.findData("auditor"))
    assert dialog.branch_row.isHidden()
    assert dialog.order().everywhere
    dialog.reject()


def test_that_a_login_is_added_changed_and_ended_on_a_real_office(
    office_page: PeoplePage, office_database: Office, qtbot: QtBot
) -> None:
    page = office_page
    assert page.table.isVisible()
    said: list[str] = []
    page.said.connect(lambda words, *_: said.append(words))
    dialog: Any = page.add_login()
    dialog.name.setText("liu.yang")
    dialog.branches.choose(("GZ01",))
    dialog.confirm()
    assert page.table.current_row().login == "liu.yang"
    assert page.table.current_row().branches == ("GZ01",)
    (secret,) = page.findChildren(PasswordDialog)
    made = secret.shown.text()
    secret.copy()
    assert QGuiApplication.clipboard().text() == made
    secret.reject()
    newcomer = Database(office_database.owner.url.set(username="liu.yang", password=made))
    newcomer.recognise()
    newcomer.close()
    assert newcomer.login is not None
    assert newcomer.login.role == "supervisor"
    dialog = page.act("change")
    dialog.role.setCurrentIndex(dialog.role.findData("manager"))
    dialog.confirm()
    assert page.table.current_row().role is Role.MANAGER
    assert page.table.current_row().changed_by == NAMES[Group.ADMIN]
    dialog = page.act("disable")
    dialog.confirm()
    assert "liu.yang" not in {row.login for row in page.model.rows}
    page.ended.setChecked(True)
    choose(page, "liu.yang")
    dialog = page.act("change")
    assert "may sign in again" in dialog.means.text()
    dialog.confirm()
    assert page.table.current_row().may_sign_in
    assert len(said) == 4
    with office_database.owner.looking() as connection:
        acts = text("SELECT act FROM audit_event WHERE act LIKE 'user%' ORDER BY seq DESC LIMIT 4")
        assert connection.execute(acts).scalars().all() == [
            "user_changed", "user_disabled", "user_changed", "user_added",
        ]  # fmt: skip


def test_that_a_refusal_keeps_the_dialog_open_with_its_reason(office_page: PeoplePage) -> None:
    dialog: Any = office_page.add_login()
    dialog.name.setText("postgres")
    dialog.branches.choose(("GZ01",))
    dialog.confirm()
    assert dialog.isVisible()
    assert "postgres" in dialog.summary.text()
    assert dialog.primary.isEnabled()
    dialog.reject()
    with pytest.raises(ValueError, match="ours"):
        dialog._on_refused(ValueError("ours"))
    dialog._on_refused(ConflictError("office_login_there", name="x"))


def test_that_others_of_the_office_read_who_keeps_people(
    qtbot: QtBot, office_database: Office
) -> None:
    desk = a_desk(office_database, "manager")
    page = a_page(qtbot, desk)
    assert page.absent.title == "Administrators keep logins"
    page.close()
    desk.runner.shut_down()
