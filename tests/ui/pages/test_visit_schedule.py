"""The visit schedule: geometry, words, presenter, and the page as a person uses it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from supervisor.clock import SHANGHAI
from supervisor.errors import UnreachableError
from supervisor.i18n import set_language
from supervisor.models import tables
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.working_days import set_working_days
from supervisor.models.enums import PlanState, Role, VisitOutcome
from supervisor.models.orders_calendar import SetWorkingDays, YearOrder
from supervisor.models.rows.schedule import Course
from supervisor.ui.background.desk import Desk, Scope
from supervisor.ui.pages.visit_schedule.board_layout import CARD_HEIGHT, GAP, BoardLayout, Spot
from supervisor.ui.pages.visit_schedule.page import VisitSchedulePage
from supervisor.ui.pages.visit_schedule.paper_dialog import PaperDialog
from supervisor.ui.pages.visit_schedule.planning_dialog import PlanVisitsDialog, RescheduleDialog
from supervisor.ui.pages.visit_schedule.small_dialogs import EndDialog
from supervisor.words.of_schedule import Sign, checks_of, spoken
from tests import factories as f
from tests.factories import TODAY

VALID = date(2027, 6, 30)
TOMORROW = TODAY + timedelta(days=1)
RIGHT, DOWN, ENTER = Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return
CONTROL = Qt.KeyboardModifier.ControlModifier


# Geometry


def test_that_cards_wrap_within_their_lane_and_lanes_do_not_overlap() -> None:
    layout = BoardLayout([5, 0, 1], 176 + 3 * 224 + 8)
    first, second, third = layout.lanes
    assert layout.columns == 3
    assert [rect.top() for rect in first.cards] == [GAP] * 3 + [2 * GAP + CARD_HEIGHT] * 2
    assert first.rect.bottom() < second.rect.top()
    assert second.rect.height() == third.rect.height()
    assert layout.height == third.rect.bottom() + 1


def test_that_a_point_finds_its_card_its_lane_or_nothing() -> None:
    layout = BoardLayout([2, 1], 900)
    inside = layout.lanes[0].cards[1].center()
    assert layout.spot_at(inside) == Spot(0, 1)
    assert layout.spot_at(QPoint(4, layout.lanes[1].rect.top() + 4)) == Spot(1, -1)
    assert layout.spot_at(QPoint(4, layout.height)) is None
    assert layout.before(0, layout.lanes[0].cards[1].topLeft()) == 1


def test_that_a_narrow_board_still_has_a_column() -> None:
    assert BoardLayout([3], 100).columns == 1


# The page


class World:
    """A branch with two pairs; the first has two visits tomorrow."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        with desk.database.transaction() as session:
            self.branch = f.a_branch(session)
            self.pairs = [self._pair(session) for _ in range(2)]
            self.cases = [f.a_case(session, self.branch) for _ in range(4)]
            for case, hour in zip(self.cases[:2], (9, 11), strict=True):
                first, second, device = self.pairs[0]
                start = datetime(2026, 11, 24, hour, tzinfo=SHANGHAI)
                f.a_plan(session, case, TOMORROW, agent_id=first, second_agent_id=second,
                         device_id=device, window_from=start,
                         window_until=start + timedelta(hours=1))  # fmt: skip
            refresh_cases(session, self.cases)

    def _pair(self, session: Any) -> tuple[int, int, int]:
        trained = {"training_valid_until": VALID, "exam_valid_until": VALID}
        first, second = (f.a_staff(session, self.branch, **trained) for _ in range(2))
        f.put(session, tables.Pair, branch_id=self.branch, first_id=first, second_id=second)
        device = f.a_device(session, self.branch, staff_id=first, checked_on=TODAY)
        return first, second, device

    def plans(self) -> list[Any]:
        """Every plan as it lies."""
        with self.desk.database.transaction() as session:
            stmt = select(*tables.VisitPlan.__table__.c).order_by(tables.VisitPlan.id)
            return list(session.execute(stmt))


@pytest.fixture
def world(desk: Desk) -> World:
    return World(desk)


@pytest.fixture
def page(world: World, qtbot: QtBot) -> Iterator[VisitSchedulePage]:
    """The page on tomorrow."""
    made = VisitSchedulePage(world.desk)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    made.activate()
    made.show_day(TOMORROW)
    yield made
    made.hide()


def test_that_a_day_shows_its_pairs_its_visits_and_what_waits(page: VisitSchedulePage) -> None:
    board = page.board
    assert [len(lane.cards) for lane in board.lanes] == [2, 0]
    assert page.pool.list.count() == 2
    assert board.current is not None
    assert "two people go" in board.accessibleDescription()
    assert "no rule blocks it" in board.accessibleDescription()
    assert page.days.days[1].isChecked()
    assert "Planned 2" in page.days.progress.whole_text()


def test_that_the_panel_names_rule_clause_and_what_is_not_known(
    page: VisitSchedulePage, world: World
) -> None:
    text = page.detail.toPlainText()
    assert "lack a fact" in text
    with world.desk.database.transaction() as session:
        f.a_visit(session, world.cases[0], TODAY, outcome="DOOR_REFUSED")
        refresh_cases(session, world.cases)
    page.refresh()
    text = page.detail.toPlainText()
    assert "Frequency of visits" in text
    assert "\nHouse parameter · VISIT-FREQ v1\n" in text
    assert "2026-11-30 08:00" in text
    set_language("zh_CN")
    card = page.board.current
    assert card is not None
    rules = checks_of(card, page.presenter.check_of(card))[3]
    assert (rules.sign, rules.words) == (Sign.BLOCKED, "频次超限或冷静期内")


def test_that_arrows_space_and_enter_move_select_and_open(
    page: VisitSchedulePage, qtbot: QtBot
) -> None:
    board = page.board
    QTest.keyClick(board, RIGHT)
    assert board.at == Spot(0, 1)
    QTest.keyClick(board, Qt.Key.Key_Space)
    assert len(board.selection) == 1
    assert page.bar.isVisible()
    QTest.keyClick(board, Qt.Key.Key_A, CONTROL)
    assert len(board.selection) == 2
    assert page.step_back()
    assert not board.selection
    QTest.keyClick(board, DOWN)
    assert (board.at, board.current) == (Spot(1, -1), None)


def test_that_a_card_moved_by_keys_is_checked_before_it_is_written(
    page: VisitSchedulePage, world: World, qtbot: QtBot
) -> None:
    board = page.board
    QTest.keyClick(board, RIGHT, CONTROL)
    QTest.keyClick(board, DOWN, CONTROL)
    assert page.moving.isVisible()
    assert world.plans()[0].agent_id == world.pairs[0][0]
    QTest.keyClick(board, ENTER)
    dialog = page.findChild(RescheduleDialog)
    assert dialog is not None
    assert dialog.planning is not None
    assert len(dialog.planning.accepted) == 1
    dialog.confirm()
    row = world.plans()[0]
    assert (row.agent_id, row.second_agent_id, row.device_id) == world.pairs[1]
    assert row.window_from == datetime(2026, 11, 24, 9, 15, tzinfo=SHANGHAI)
    assert [len(lane.cards) for lane in board.lanes] == [1, 1]


def test_that_escape_leaves_a_card_where_it_was(
    page: VisitSchedulePage, world: World, qtbot: QtBot
) -> None:
    QTest.keyClick(page.board, RIGHT, CONTROL)
    assert page.step_back()
    assert page.board.draft is None
    assert world.plans()[0].window_from == datetime(2026, 11, 24, 9, tzinfo=SHANGHAI)


def test_that_a_card_can_be_dragged_to_another_pair(
    page: VisitSchedulePage, world: World, qtbot: QtBot
) -> None:
    board = page.board
    start = board._layout.lanes[0].cards[0].center()
    end = board._layout.lanes[1].label.center()
    QTest.mousePress(board.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(board.viewport(), start + QPoint(30, 30))
    QTest.mouseMove(board.viewport(), end)
    QTest.mouseRelease(board.viewport(), Qt.MouseButton.LeftButton, pos=end)
    dialog = page.findChild(RescheduleDialog)
    assert dialog is not None
    assert dialog.agent.currentData() == world.pairs[1][0]


def test_that_cases_are_planned_with_refused_ones_named_and_undone(
    page: VisitSchedulePage, world: World
) -> None:
    with world.desk.database.transaction() as session:
        f.a_visit(session, world.cases[2], TODAY, outcome="DOOR_REFUSED")
        refresh_cases(session, world.cases)
    page.refresh()
    told: list[Any] = []
    page.said.connect(lambda *said: told.append(said))
    page.show_half("pool")
    page.pool.list.selectAll()
    page.key_follow_up()
    dialog = page.findChild(PlanVisitsDialog)
    assert dialog is not None
    assert dialog.primary.text() == "Plan 1 visit"
    listed = [row.text for row in dialog.verdicts.rows]
    assert any("too often, or cooling-off" in text for text in listed)
    dialog.confirm()
    assert len(world.plans()) == 3
    text, tone, undo = told[-1]
    assert "Visit planned" in text or "1 visit" in text
    assert tone == "warn"
    undo()
    assert len(world.plans()) == 2


def test_that_a_visit_to_be_called_back_says_so_above_and_offers_it_beside(
    page: VisitSchedulePage, world: World
) -> None:
    assert page.recall.isHidden()
    with world.desk.database.transaction() as session:
        f.a_hold(session, world.cases[0])
        refresh_cases(session, world.cases)
    page.refresh()
    assert "1 to call back" in page.days.progress.text()
    assert page.recall.isVisible()
    page.recall.click()
    assert page.findChild(EndDialog) is not None


def test_that_the_sheet_of_a_chosen_visit_is_a_report(page: VisitSchedulePage) -> None:
    went: list[tuple[str, object]] = []
    page.go_wanted.connect(lambda where, what: went.append((where, what)))
    page.board.setFocus()
    QTest.keyClick(page.board, Qt.Key.Key_Space)
    page.bar.buttons["print"].click()
    (card,) = page.board.selection
    assert went == [("reports", {"kind": "visit_sheet", "subject": card.case_no})]


def test_that_a_recall_asks_for_a_reason_and_the_card_goes(
    page: VisitSchedulePage, world: World
) -> None:
    dialog: Any = page.acts.do("recall")
    dialog.words.setPlainText("")
    dialog.confirm()
    assert dialog.problems()
    dialog.words.setPlainText("客户来电")
    dialog.confirm()
    assert world.plans()[0].state == PlanState.RECALLED
    assert len(page.board.cards) == 1


def test_that_a_paper_record_needs_only_keys_and_the_plan_fills_the_rest(
    page: VisitSchedulePage, world: World, qtbot: QtBot
) -> None:
    with world.desk.database.transaction() as session:
        first, second, device = world.pairs[0]
        f.a_plan(session, world.cases[3], TODAY, agent_id=first, second_agent_id=second,
                 device_id=device,
                 window_from=datetime(2026, 11, 23, 1, tzinfo=UTC),
                 window_until=datetime(2026, 11, 23, 2, tzinfo=UTC))  # fmt: skip
        refresh_cases(session, world.cases)
    page.show_day(TODAY)
    card = page.board.current
    assert card is not None
    assert card.course is Course.NOT_BACK
    page.key_save()
    dialog = page.findChild(PaperDialog)
    assert dialog is not None
    QTest.keyClick(dialog.outcome, Qt.Key.Key_End)
    QTest.keyClick(dialog.outcome, Qt.Key.Key_Home)
    dialog.outcome.setCurrentIndex(dialog.outcome.findData(VisitOutcome.NO_ONE.value))
    dialog.confirm()  # Ctrl+Enter
    with world.desk.database.transaction() as session:
        visit = session.execute(select(*tables.Visit.__table__.c)).one()
    assert (visit.outcome, visit.agent_id, visit.second_agent_id) == ("NO_ONE", first, second)
    assert visit.started_at == card.window_from
    assert page.board.cards[0].course is Course.REPORTED


def test_that_a_manager_looks_only(page: VisitSchedulePage, world: World) -> None:
    from supervisor.models.changes import Actor
    from supervisor.models.enums import Role

    world.desk.actor = Actor("经理", Role.MANAGER)
    page.refresh()
    assert page.acts.do("recall") is None
    page.pool.list.selectAll()
    assert not page.pool.plan.isEnabled()
    assert page.pool.plan.toolTip() == "Your role looks only"


def test_that_a_day_without_pairs_says_so_and_offers_what_to_do(desk: Desk, qtbot: QtBot) -> None:
    with desk.database.transaction() as session:
        branch = f.a_branch(session)
        f.a_team(session, branch)
    page = VisitSchedulePage(desk)
    qtbot.addWidget(page)
    page.show()
    page.activate()
    assert page.stack.currentWidget() is page.empty
    assert page.empty.title == "Nobody goes out on this day"
    page.hide()


def test_that_trouble_keeps_what_was_read_and_without_it_says_so(
    page: VisitSchedulePage, desk: Desk, qtbot: QtBot
) -> None:
    page.presenter.failed.emit(UnreachableError("database_unreachable"))
    assert page.banner.isVisible()
    assert page.board.isVisible()
    fresh = VisitSchedulePage(desk)
    qtbot.addWidget(fresh)
    fresh.presenter.failed.emit(UnreachableError("database_unreachable"))
    assert fresh.absent.title == "The schedule could not be read"


def test_that_a_scope_of_another_branch_shows_that_branch(
    page: VisitSchedulePage, world: World
) -> None:
    with world.desk.database.transaction() as session:
        other = f.a_branch(session)
        f.put(session, tables.Pair, branch_id=other, first_id=f.a_staff(session, other),
              second_id=f.a_staff(session, other))  # fmt: skip
    page.presenter.start()
    page.presenter.use_scope(Scope((other,)))  # type: ignore[arg-type]
    assert page.presenter.day is not None
    assert page.presenter.day.branch_id == other
    assert [len(lane.cards) for lane in page.board.lanes] == [0]


def test_that_alt_arrows_turn_the_days_from_monday(page: VisitSchedulePage) -> None:
    page.key_previous_case()
    page.key_previous_case()
    assert page.presenter.on == TODAY - timedelta(days=1)
    assert page.days.days[6].isChecked()
    assert "rest" in page.days.days[6].text()
    page.step_back()
    assert page.presenter.on == TODAY


def test_that_a_screen_reader_hears_what_a_card_shows(page: VisitSchedulePage) -> None:
    card = page.board.current
    assert card is not None
    said = spoken(card, None)
    assert said.startswith("09:00–10:00, 王 (masked), 天河区石牌街道")
    assert "overdue 2,000.00" in said


def test_that_the_next_working_day_is_the_one_of_the_house(page: VisitSchedulePage) -> None:
    first = page.presenter.next_workday()
    desk = page.desk
    made = YearOrder(first.year, rest=(first,))
    order = SetWorkingDays(actor=replace(desk.actor, role=Role.ADMIN), years=(made,), reason="盘点")
    desk.database.write(set_working_days, order)
    page.refresh()
    assert page.presenter.next_workday() > first
