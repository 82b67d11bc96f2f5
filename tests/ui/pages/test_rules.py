"""The rules screen: what it shows to whom, changes after a preview, packs from files, states."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from supervisor.errors import UnreachableError
from supervisor.models.changes import Actor
from supervisor.models.enums import FlagCategory, Role
from supervisor.models.tables import AuditEvent, RuleChangeRow
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.rules.dialogs import TakeDialog
from supervisor.ui.pages.rules.page import RulesPage
from supervisor.ui.pages.rules.presenter import Conditions
from supervisor.ui.pages.rules.problems_dialog import ProblemsDialog
from supervisor.ui.shell.main_window import MainWindow
from supervisor.ui.shell.registry import numbered, pages
from tests import factories
from tests.models.commands.incident_world import a_visited_case
from tests.models.commands.test_rule_administration import a_house_pack

ADMIN = Actor("管理", Role.ADMIN)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[RulesPage]:
    """The page as an administrator opens it."""
    desk.actor = ADMIN
    made = RulesPage(desk)
    qtbot.addWidget(made)
    made.resize(1360, 800)
    made.show()
    made.activate()
    yield made
    made.close()


def wear(page: RulesPage, role: Role) -> None:
    page.desk.actor = replace(page.desk.actor, role=role)
    page.prefer()


def current(page: RulesPage) -> Any:
    row = page.table.current_row()
    assert row is not None
    return row


def stored(page: RulesPage) -> list[Any]:
    with page.desk.database.transaction() as session:
        return list(session.execute(select(RuleChangeRow.__table__).order_by(RuleChangeRow.id)))


def opened(dialog: Any) -> Any:
    assert dialog is not None
    return dialog


def test_that_the_list_narrows_by_words_category_and_state(page: RulesPage) -> None:
    everything = page.model.rowCount()
    assert everything == 79
    assert page.filters.chips[""].text() == f"All {everything}"
    page.filters.search.setText("leave-when")
    assert page.model.rowCount() == 1
    assert "LEAVE-WHEN-ASKED v1" in page.detail.toPlainText()
    assert "never more than attention" in page.detail.toPlainText()
    page.step_back()
    assert page.model.rowCount() == everything
    page.filters.chips["house"].click()
    assert {row.citation.policy for row in page.model.rows} == {True}
    assert "House parameter" in page.detail.toPlainText()
    page.go_to(Conditions(pack_id="us-reg-f"))
    assert not any(row.on for row in page.model.rows)
    page.go_to(Conditions(category=FlagCategory.CONFLICT, search="zz"))
    assert page.stack.currentWidget() is page.none
    opened(page.none.first_button).click()
    assert page.model.rowCount() == everything


def test_that_parameters_are_typed_and_a_change_is_previewed_before_it_is_made(
    page: RulesPage,
) -> None:
    a_visited_case(page.desk.database, "")
    page.go_to({"rule": "TIME-WINDOW"})
    dialog = opened(page.act("set"))
    earliest, latest = dialog.fields
    for text, sentence in (("6", "08:00"), ("13:00", "from 08:00 to 12:00")):
        earliest.field.setText(text)
        dialog.confirm()
        assert sentence in earliest.row.error
    earliest.field.setText("08:00")
    latest.field.setText("20:00")
    dialog.confirm()
    assert not stored(page)
    dialog.reason.setPlainText("冬季")
    dialog.confirm()
    assert "1 visit" in dialog.effect.text
    assert not stored(page)
    dialog.reason.setPlainText("冬季提前")
    dialog.confirm()
    assert not stored(page), "what was changed after the preview is previewed again"
    dialog.confirm()
    (row,) = stored(page)
    assert (json.loads(row.params), row.by, row.reason) == ({"latest": "20:00"}, "管理", "冬季提前")
    assert (current(page).label, current(page).changed_by) == ("2.1", "管理")
    assert row.hash in page.detail.toPlainText()
    assert page.filters.chips["changed"].text().endswith("1")


def test_that_numbers_codes_and_days_say_what_is_wrong(page: RulesPage) -> None:
    page.go_to({"rule": "VISIT-FREQ"})
    dialog = opened(page.act("set"))
    number = dialog.fields[0]
    for text in ("", "-1", "1.5", "七", "61", "9" * 40):
        number.field.setText(text)
        assert number.read()[1]
    dialog.reject()
    page.go_to({"rule": "PTP-COMPLETE"})
    codes = opened(page.act("set")).fields[0]
    for tick in codes.ticks.values():
        tick.setChecked(False)
    assert codes.read()[1]
    codes.ticks["amount"].setChecked(True)
    assert codes.read() == (("amount",), "")
    page.go_to({"rule": "SENSITIVE-DAY"})
    days = opened(page.act("set")).fields[0]
    days.field.setPlainText("2027-02-05\n2027-02-30")
    assert "2027-02-30" in days.read()[1]
    days.field.setPlainText("2027-02-06\n2027-02-05")
    assert days.read() == (("2027-02-05", "2027-02-06"), "")


def test_that_each_role_does_its_own_and_reads_why(page: RulesPage) -> None:
    page.go_to({"rule": "ID-SHOWN"})
    assert page.packs.why.isHidden()
    assert not page.acts["confirm"].isEnabled()
    dialog = opened(page.act("switch"))
    dialog.reason.setPlainText("试停")
    dialog.confirm()
    dialog.confirm()
    assert not current(page).enabled
    wear(page, Role.COMPLIANCE)
    assert not page.acts["switch"].isEnabled()
    assert "compliance" not in page.packs.why.text()
    dialog = opened(page.act("confirm"))
    dialog.day.setDate(dialog.day.date().addDays(1))
    dialog.reason.setPlainText("已核对")
    dialog.confirm()
    dialog.confirm()
    assert [one.valid_from - factories.TODAY for one in stored(page)] == [
        timedelta(),
        timedelta(days=1),
    ]
    wear(page, Role.SUPERVISOR)
    assert "administrators set and switch" in page.packs.why.text()
    buttons = (*page.acts.values(), *page.packs.switches.values(), page.take, page.again)
    assert not any(button.isEnabled() for button in buttons)
    assert all(button.toolTip() for button in buttons)


def test_that_a_pack_is_switched_exported_and_taken_from_a_file(
    page: RulesPage, tmp_path: Path
) -> None:
    packs = opened(page.presenter.register).packs
    dialog: Any = page.switch_pack(packs[1])
    dialog.reason.setPlainText("试用")
    dialog.confirm()
    assert "nothing to try" in dialog.effect.text
    dialog.confirm()
    assert opened(page.presenter.register).packs[1].enabled
    target = tmp_path / "cn.json"
    page.presenter.ask_text("cn", lambda pack: page.presenter.write(target, pack))
    assert json.loads(target.read_text("utf-8"))["pack"]["id"] == "cn"
    page.open_file(target)
    problems = opened(page.findChild(ProblemsDialog))
    assert "version 1 of this pack" in problems.list.toPlainText()
    house = tmp_path / "house.json"
    house.write_text(json.dumps(a_house_pack()), "utf-8")
    page.open_file(house)
    take = opened(page.findChild(TakeDialog))
    take.confirm()
    assert len(opened(page.presenter.register).packs) == 2
    take.reason.setPlainText("内部规则")
    take.confirm()
    assert [pack.pack_id for pack in opened(page.presenter.register).packs] == [
        "cn", "house", "us-reg-f"
    ]  # fmt: skip
    with page.desk.database.transaction() as session:
        acts = list(session.scalars(select(AuditEvent.act).order_by(AuditEvent.seq)))
    assert acts == ["rule_changed", "exported", "rule_changed"]


def test_that_visits_are_judged_again_after_a_preview(page: RulesPage) -> None:
    a_visited_case(page.desk.database, "")
    dialog: Any = page.judge_again()
    dialog.last.setDate(dialog.first.date().addDays(-1))
    dialog.confirm()
    assert dialog.last_row.error
    dialog.last.setDate(dialog.first.date().addDays(29))
    dialog.confirm()
    assert "1 visit read" in dialog.effect.text
    said: list[str] = []
    page.said.connect(lambda text, _tone, _undo: said.append(text))
    dialog.confirm()
    assert len(said) == 1


def test_that_trouble_keeps_what_was_read_and_says_so(page: RulesPage, desk: Desk) -> None:
    page.presenter.failed.emit(UnreachableError("database_unreachable"))
    assert page.banner.isVisible()
    assert page.body.isVisible()
    page.refresh()
    assert not page.banner.isVisible()
    other = RulesPage(desk)
    other.show()
    other.presenter.failed.emit(UnreachableError("database_unreachable"))
    assert other.absent.isVisible()
    other.close()


def test_that_the_rules_stand_inside_the_settings(qtbot: QtBot, desk: Desk) -> None:
    entry = next(one for one in pages() if one.page_id == "rules")
    assert entry not in numbered(pages()).values()
    window = MainWindow(desk, "", remembers=False)
    qtbot.addWidget(window)
    window.show_page("preferences")
    settings: Any = window.page
    settings.rules.click()
    assert window.current_id == "rules"
    assert window.rail.buttons["preferences"].isChecked()
    assert "rules" not in window.rail.buttons
    window.act("next_region")
    window.act("back")
    assert window.current_id == "preferences"
    window.close()
