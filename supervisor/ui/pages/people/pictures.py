"""States of the page for pictures: an office as its administrator sees it, with invented people."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from supervisor.errors import UnreachableError
from supervisor.models.enums import Role
from supervisor.models.rows.office_people import OfficePeople, OfficePerson, PeopleKept
from supervisor.ui.pages.people.dialogs import PasswordDialog
from supervisor.ui.pages.people.questions import Deed, PeopleDone, PeopleOrder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from supervisor.ui.pages.people.page import PeoplePage

_BRANCHES = (("GZ01", "广州天河"), ("GZ02", "广州番禺"), ("SZ01", "深圳南山"), ("CD01", "成都高新"))
_PEOPLE = (
    ("chen.yu", Role.COMPLIANCE, (), True, ""),
    ("field_app", Role.INGEST, (), True, ""),
    ("gao.yuan", Role.TRAINING_LEAD, (), True, ""),
    ("he.jing", Role.SUPERVISOR, ("GZ02", "SZ01"), False, "2026-11-02T09:12"),
    ("li.na", Role.ADMIN, (), True, ""),
    ("office_worker", Role.WORKER, (), True, ""),
    ("qian.feng", Role.MANAGER, ("GZ01", "GZ02", "SZ01"), False, ""),
    ("wang.audit", Role.AUDITOR, (), True, ""),
    ("zhou.min", Role.SUPERVISOR, ("GZ01",), False, ""),
)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def invented() -> OfficePeople:
    """Nine logins of four branches."""
    people = tuple(
        OfficePerson(
            login, role, codes, everywhere, _at(ended) if ended else None, "li.na",
            _at(ended or "2026-09-14T01:30"),
        )
        for login, role, codes, everywhere, ended in _PEOPLE
    )  # fmt: skip
    return OfficePeople(PeopleKept.HERE, people, _BRANCHES, "li.na")


def steps(page: "PeoplePage") -> list[tuple[str, Callable[[], object]]]:
    """Name of the picture, and what brings the page there; it opens on a file, without people."""
    ask = page.presenter
    return [
        ("people-office", lambda: _show(page, "qian.feng")),
        ("people-ended", lambda: _ended(page)),
        ("people-add", lambda: _add(page)),
        ("people-change", lambda: _change(page)),
        ("people-end", lambda: _act(page, "zhou.min", "disable")),
        ("people-password", lambda: _password(page)),
        ("people-none", lambda: page.search.setText("ZZ")),
        ("people-trouble", lambda: ask.failed.emit(UnreachableError("database_unreachable"))),
        ("people-back", page.activate),
    ]


def _show(page: "PeoplePage", login: str) -> None:
    page.clear()
    page.presenter._on_people(invented())  # noqa: SLF001 - as if a server had answered
    page.table.make_current(page.model.index_of(login) or 0)


def _ended(page: "PeoplePage") -> None:
    page.ended.setChecked(True)
    page.table.make_current(page.model.index_of("he.jing") or 0)


def _add(page: "PeoplePage") -> "QDialog | None":
    dialog = page.add_login()
    if dialog is not None:
        dialog.name.setText("liu.yang")  # type: ignore[attr-defined]
        dialog.branches.choose(("GZ01", "SZ01"))  # type: ignore[attr-defined]
    return dialog


def _act(page: "PeoplePage", login: str, act: str) -> "QDialog | None":
    _show(page, login)
    return page.act(act)


def _change(page: "PeoplePage") -> "QDialog | None":
    dialog = _act(page, "zhou.min", "change")
    if dialog is not None:
        dialog.role.setCurrentIndex(  # type: ignore[attr-defined]
            dialog.role.findData(Role.MANAGER.value)  # type: ignore[attr-defined]
        )
        dialog.branches.choose(("GZ02", "CD01"))  # type: ignore[attr-defined]
    return dialog


def _password(page: "PeoplePage") -> "QDialog":
    done = PeopleDone(PeopleOrder(Deed.ADD, "liu.yang"), "kP3-x7Qm_2vTz9LwRb4s")
    dialog = PasswordDialog(done, page)
    dialog.open()
    return dialog
