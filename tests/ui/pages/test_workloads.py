"""The workloads page as a person uses it: loads, comparison, a split chosen, done, taken back."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from supervisor.errors import UnreachableError
from supervisor.models import tables
from supervisor.models.changes import Actor
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.enums import Role
from supervisor.models.ids import StaffId, TeamId
from supervisor.models.rows.case_queue import CaseQueueFilter, FromChart
from supervisor.models.rows.charts import Records
from supervisor.models.rows.charts_people import LoadsRow
from supervisor.pictures import periods
from supervisor.ui.background.desk import Desk, Scope
from supervisor.ui.charts.drill import target_of
from supervisor.ui.pages.workloads.page import WorkloadsPage
from tests import factories as f
from tests.factories import TODAY

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space
CONTROL = Qt.KeyboardModifier.ControlModifier


class World:
    """A branch of two teams: one person holds nine cases, two hold none, one belongs elsewhere."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        with desk.database.transaction() as session:
            self.branch = f.a_branch(session)
            self.teams = [f.a_team(session, self.branch, code=code) for code in "AB"]
            self.people = [
                f.a_staff(session, self.branch, team_id=self.teams[n // 2], staff_no=f"{n:02d}")
                for n in range(3)
            ]
            self.cases = [
                f.a_case(session, self.branch, agent_id=self.people[0], case_no=f"AJ{n:06d}")
                for n in range(9)
            ]
            refresh_cases(session, self.cases)

    def holders(self) -> list[int | None]:
        with self.desk.database.transaction() as session:
            return list(session.scalars(select(tables.Case.agent_id).order_by(tables.Case.case_no)))


@pytest.fixture
def world(desk: Desk) -> World:
    return World(desk)


@pytest.fixture
def page(world: World, qtbot: QtBot) -> Iterator[WorkloadsPage]:
    made = _page(world.desk, qtbot)
    yield made
    made.hide()


def _page(desk: Desk, qtbot: QtBot) -> WorkloadsPage:
    made = WorkloadsPage(desk)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    made.activate()
    return made


def _loads(page: WorkloadsPage) -> LoadsRow:
    row = page.loads.row
    assert isinstance(row, LoadsRow)
    return row


def _figures(page: WorkloadsPage) -> list[str]:
    return [line.cells[0].figure for line in _loads(page).lines if not line.is_head]


def test_that_loads_and_comparison_are_shown(page: WorkloadsPage) -> None:
    assert _figures(page) == ["9", "0", "0"]
    assert page.loads.is_drawn
    assert not page.funnel.is_drawn
    assert page.funnel.absent.title == "Too few cases to compare people"
    assert "house parameter" in page.loads.definition()


def test_that_a_team_of_the_scope_narrows_loads_and_split(
    page: WorkloadsPage, world: World
) -> None:
    page.scope.chosen.emit(Scope((), (TeamId(world.teams[1]),)))
    assert _figures(page) == ["0"]
    page.show_view("split")
    assert page.split.stack.currentWidget() is page.split.none


def test_that_a_split_is_proposed_explained_and_previewed(
    page: WorkloadsPage, world: World
) -> None:
    page.key_reassign()
    moves = page.split.chosen
    assert len(moves) == 6
    assert {move.to_id for move in moves} == set(world.people[1:])
    effects = page.presenter.outcome_of(moves)
    assert effects is not None
    assert [one.after.number for one in effects.effects] == [3, 3, 3]
    assert page.split.confirm.text() == "Confirm 6 cases"
    assert "above a fair share" in page.split.reason.text()
    assert "no earlier conflict" in page.split.reason.text()


def test_that_an_unticked_move_stays_and_the_rest_is_done_and_taken_back(
    page: WorkloadsPage, world: World
) -> None:
    said: list[tuple[str, str, Any]] = []
    page.said.connect(lambda text, tone, undo: said.append((text, tone, undo)))
    page.show_view("split")
    first = page.split.chosen[0]
    QTest.keyClick(page.split.table.view, SPACE)
    assert page.split.confirm.text() == "Confirm 5 cases"
    page.split.words.setText("均衡负荷")
    QTest.keyClick(page.split.words, ENTER, CONTROL)
    text, tone, undo = said[-1]
    assert (text, tone) == ("Cases reassigned: 5 cases", "ok")
    assert page.view == "loads"
    assert _figures(page)[0] == "4"
    kept = int(first.case_nos[0][2:])
    assert world.holders()[kept] == world.people[0]
    assert first not in page.split.chosen
    undo()
    assert world.holders() == [world.people[0]] * 9
    assert _figures(page) == ["9", "0", "0"]


def test_that_what_came_up_meanwhile_is_refused_and_said(page: WorkloadsPage, world: World) -> None:
    page.show_view("split")
    number = int(page.split.chosen[0].case_nos[0][2:])
    with world.desk.database.transaction() as session:
        f.a_flag(session, world.cases[number], state="awaiting_review")
    page.split.send()
    assert page.view == "split"
    assert page.split.banner.isVisible()
    assert world.holders()[number] == world.people[0]
    assert world.holders().count(world.people[0]) == 4


def test_that_wishes_change_the_proposal(page: WorkloadsPage) -> None:
    page.show_view("split")
    page.split.most.setValue(2)
    assert len(page.split.chosen) == 2
    page.split.most.setValue(30)
    page.split.within.setChecked(True)
    assert len({move.to_id for move in page.split.chosen}) == 1


def test_that_cases_that_stay_are_named_with_their_reason(
    page: WorkloadsPage, world: World
) -> None:
    with world.desk.database.transaction() as session:
        for case in world.cases[:4]:
            f.a_plan(session, case, TODAY + timedelta(days=1), agent_id=world.people[0])
        refresh_cases(session, world.cases)
    page.refresh()
    page.show_view("split")
    assert any("a visit is planned" in line for line in page.split.preview.left_lines)
    page.split.planned.setChecked(True)
    assert page.split.preview.left_lines == []


def test_that_a_manager_looks_only(world: World, qtbot: QtBot) -> None:
    desk = world.desk
    desk.actor = Actor(name="经理", role=Role.MANAGER)
    page = _page(desk, qtbot)
    page.show_view("split")
    assert len(page.split.chosen) == 6
    assert not page.split.confirm.isEnabled()
    assert page.split.confirm.toolTip()
    page.split.send()
    assert world.holders() == [world.people[0]] * 9
    page.hide()


def test_that_marks_open_the_queue_of_a_person(page: WorkloadsPage, world: World) -> None:
    wanted: list[tuple[str, Any]] = []
    page.go_wanted.connect(lambda name, what: wanted.append((name, what)))
    plot = page.loads.plot
    assert plot is not None
    plot.move_to(1)
    QTest.keyClick(plot, ENTER)
    name, chart = wanted[-1]
    assert name == "case_queue"
    assert isinstance(chart, FromChart)
    assert chart.title == "Who holds how much?"
    assert chart.wanted.agents == (StaffId(world.people[0]),)


def test_that_bands_and_plans_open_what_lies_behind(page: WorkloadsPage) -> None:
    about = page.presenter.about
    where, what = target_of(Records("held", only=(("agent", 7), ("band", 3))), about)
    assert where == "case_queue"
    assert isinstance(what, CaseQueueFilter)
    assert (what.branches, what.agents, what.untouched_days_min) == ((), (7,), 15)
    _, what = target_of(Records("held", only=(("agent", 7), ("band", 1))), about)
    assert isinstance(what, CaseQueueFilter)
    assert (what.untouched_days_min, what.untouched_days_max) == (4, 7)
    assert target_of(Records("plans", TODAY, TODAY), about) == ("visit_schedule", TODAY)


def test_that_people_are_compared_over_days_of_ones_own(page: WorkloadsPage) -> None:
    assert page.presenter.about.of.key == periods.NINETY
    page.period.button(periods.LAST_MONTH).click()
    report = page.presenter._report
    assert report is not None
    of = periods.period(periods.LAST_MONTH, TODAY)
    assert (report.first_on, report.last_on) == (of.first, of.last)
    page.period.ask().confirm()
    assert page.presenter.period_key == periods.own_key(of.first, of.last)


def test_that_trouble_keeps_what_was_read_and_can_be_tried_again(page: WorkloadsPage) -> None:
    page.presenter.failed.emit(UnreachableError("database_unreachable"))
    assert page.banner.isVisible()
    assert _figures(page) == ["9", "0", "0"]
    page.refresh()
    assert not page.banner.isVisible()


def test_that_nothing_read_yet_says_why(desk: Desk, qtbot: QtBot) -> None:
    page = WorkloadsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page._on_failed(UnreachableError("database_unreachable"))
    assert page.absent.isVisible()
    page.hide()


def test_that_an_empty_branch_is_legal(desk: Desk, qtbot: QtBot) -> None:
    with desk.database.transaction() as session:
        f.a_branch(session)
    page = _page(desk, qtbot)
    assert page.loads.absent.title == "Nobody holds cases here"
    page.show_view("split")
    assert page.split.none.title == "No move would make the loads fairer"
    assert page.step_back()
    assert page.view == "loads"
    assert not page.step_back()
    page.hide()


def test_that_without_any_branch_nobody_waits(desk: Desk, qtbot: QtBot) -> None:
    page = WorkloadsPage(desk)
    qtbot.addWidget(page)
    page.show()
    busy: list[bool] = []
    page.busy_changed.connect(busy.append)
    page.activate()
    assert page.absent.title == "No branch is known yet"
    assert page.absent.isVisible()
    assert not page.waiting.isVisible()
    assert busy[-1] is False
    with desk.database.transaction() as session:
        f.a_branch(session)
    page.refresh()
    assert page.absent.isHidden()
    assert page.loads.absent.title == "Nobody holds cases here"
