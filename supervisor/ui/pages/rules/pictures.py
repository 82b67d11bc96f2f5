"""States of the rules page for pictures."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from supervisor.errors import UnreachableError
from supervisor.models.enums import Role
from supervisor.models.rows.packs import Problem
from supervisor.ui.pages.rules.presenter import Conditions
from supervisor.ui.pages.rules.problems_dialog import ProblemsDialog

if TYPE_CHECKING:
    from supervisor.ui.pages.rules.page import RulesPage


def steps(page: "RulesPage") -> list[tuple[str, Callable[[], object]]]:
    """Name of the picture, and what brings the page there."""
    return [
        ("rules-one", lambda: page.go_to({"rule": "TIME-WINDOW"})),
        ("rules-look-only", lambda: _hat(page, Role.SUPERVISOR)),
        ("rules-parameters", lambda: _act(page, "VISIT-FREQ", "set", Role.ADMIN)),
        ("rules-wrong-value", lambda: _wrong(page)),
        ("rules-switch", lambda: _act(page, "ID-SHOWN", "switch", Role.ADMIN)),
        ("rules-confirm", lambda: _act(page, "LEAVE-WHEN-ASKED", "confirm", Role.COMPLIANCE)),
        ("rules-again", lambda: _again(page)),
        ("rules-pack", lambda: _pack(page)),
        ("rules-problems", lambda: _problems(page)),
        ("rules-none", lambda: page.go_to(Conditions(search="ZZ0000"))),
        ("rules-trouble", lambda: page.presenter.failed.emit(
            UnreachableError("database_unreachable"))),
        ("rules-back", lambda: _hat(page, Role.SUPERVISOR)),
    ]  # fmt: skip


def _hat(page: "RulesPage", role: Role) -> None:
    page.desk.actor = replace(page.desk.actor, role=role)
    page.clear()
    page.prefer()


def _act(page: "RulesPage", rule_id: str, act: str, role: Role) -> QDialog | None:
    """The dialog after its preview."""
    _hat(page, role)
    page.go_to({"rule": rule_id})
    dialog = page.act(act)
    if dialog is not None and act == "set":
        dialog.fields[0].field.setText("14")  # type: ignore[attr-defined]
    return _tried(dialog)


def _tried(dialog: QDialog | None) -> QDialog | None:
    if dialog is not None:
        dialog.reason.setPlainText("合规会议 2026 年第 11 次决定")  # type: ignore[attr-defined]
        dialog.confirm()  # type: ignore[attr-defined]
    return dialog


def _wrong(page: "RulesPage") -> QDialog | None:
    _hat(page, Role.ADMIN)
    page.go_to({"rule": "TIME-WINDOW"})
    dialog = page.act("set")
    if dialog is not None:
        dialog.fields[0].field.setText("6")  # type: ignore[attr-defined]
        dialog.confirm()  # type: ignore[attr-defined]
    return dialog


def _again(page: "RulesPage") -> QDialog:
    dialog = page.judge_again()
    dialog.confirm()  # type: ignore[attr-defined]
    return dialog


def _pack(page: "RulesPage") -> QDialog | None:
    _hat(page, Role.ADMIN)
    packs = page.presenter.register.packs if page.presenter.register is not None else ()
    return _tried(page.switch_pack(packs[0])) if packs else None


def _problems(page: "RulesPage") -> QDialog:
    problems = (
        Problem("rule[3](STAY).check[1].start", "pack_field_unknown",
                {"field": "begin_at", "subject": "visit"}),
        Problem("rule[3](STAY).limits", "pack_limit_missing", {"key": "minutes"}),
        Problem("rule(TIME-WINDOW)", "pack_alters_past", {"id": "TIME-WINDOW"}),
    )  # fmt: skip
    dialog = ProblemsDialog("house.toml", problems, page)
    dialog.open()
    return dialog
