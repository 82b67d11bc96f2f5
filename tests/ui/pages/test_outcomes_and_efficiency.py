"""上门结果 and 催收效率: read apart, drawn apart, failing apart, opened in the queue."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from supervisor import clock
from supervisor.clock import SHANGHAI
from supervisor.errors import UnreachableError
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.summary_marks import mark_all
from supervisor.models.enums import Bucket, Product, Topic, VisitOutcome
from supervisor.models.enums_measures import Basis, Dimension
from supervisor.models.ids import BranchId, StaffId, TeamId
from supervisor.models.queries.case_queue import page as queue_page
from supervisor.models.queries.measures import measures
from supervisor.models.queries.promise_reliability import promise_reliability
from supervisor.models.rows.case_queue import FromChart, QueueRequest
from supervisor.models.rows.charts import Records
from supervisor.models.rows.charts_steps import StepsRow
from supervisor.models.tables import Visit
from supervisor.pictures import periods
from supervisor.ui.background.desk import Desk, Scope
from supervisor.ui.charts.asking import About
from supervisor.ui.charts.drill import queue_of
from supervisor.ui.pages.efficiency.page import EfficiencyPage
from supervisor.ui.pages.outcomes.page import OutcomesPage
from supervisor.ui.shell.registry import pages
from tests import factories
from tests.ui.pages.queue_cases import an_actor

PAGES = (OutcomesPage, EfficiencyPage)
LAYOUT_PASSES = 4
Kind = type[OutcomesPage] | type[EfficiencyPage]


def a_busy_branch(desk: Desk) -> int:
    """A branch with cases of two months, visits, promises, calls and money."""
    today = clock.today()
    with desk.database.transaction() as session:
        branch = factories.a_branch(session, payments_known_on=today)
        agent = factories.a_staff(session, branch)
        for number in range(24):
            placed = today - timedelta(days=40 + number % 2)
            case = factories.a_case(session, branch, placed_on=placed, agent_id=agent)
            for back in range(0, 20, 2):
                outcome = "MET_DEBTOR" if (back + number) % 3 else "NO_ONE"
                day = today - timedelta(days=back)
                factories.a_visit(session, case, day, outcome=outcome, agent_id=agent)
            made = today - timedelta(days=12)
            due = today - timedelta(days=3) if number % 4 else today + timedelta(days=9)
            factories.a_promise(session, case, due, made_on=made, agent_id=agent)
        refresh_cases(session, None)
        mark_all(session)
    return branch


def opened(qtbot: QtBot, desk: Desk, kind: Kind, width: int = 1380) -> Any:
    page = kind(desk)
    qtbot.addWidget(page)
    page.resize(width, 800)
    page.show()
    page.activate()
    return page


def test_that_both_stand_in_the_rail_with_their_numbers() -> None:
    known = {entry.page_id: entry.number for entry in pages()}
    assert (known["outcomes"], known["efficiency"]) == (5, 6)


@pytest.mark.parametrize("kind", PAGES)
def test_that_every_card_is_drawn_or_says_why_not(qtbot: QtBot, desk: Desk, kind: Kind) -> None:
    a_busy_branch(desk)
    page = opened(qtbot, desk, kind)
    for key, card in page.board.cards.items():
        assert card.row is not None, key
        assert card.is_drawn or card.row.head.note, key
        assert card.definition(), key
        if card.is_drawn:
            assert card.row.table.rows, key
            assert card.plot is not None
            assert card.plot.places(), key
    drawn = {key for key, card in page.board.cards.items() if card.is_drawn}
    expected = {
        OutcomesPage: {"funnel", "met_hours", "trend", "channels", "promise_people", "compliance"},
        EfficiencyPage: {"targets", "roll", "yields", "recovery", "reach", "fairness"},
    }
    assert expected[kind] <= drawn


@pytest.mark.parametrize("kind", PAGES)
def test_that_without_data_every_card_says_what_is_missing(
    qtbot: QtBot, desk: Desk, kind: Kind
) -> None:
    page = opened(qtbot, desk, kind)
    notes = {key: card.row.head.note for key, card in page.board.cards.items()}
    assert all(note for key, note in notes.items() if key != "targets"), notes


@pytest.mark.parametrize("kind", PAGES)
def test_that_cards_of_one_read_fail_alone_and_are_asked_again(
    qtbot: QtBot, desk: Desk, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_busy_branch(desk)
    read = desk.database.read
    lost = {OutcomesPage: {"funnel"}, EfficiencyPage: {"roll", "recovery", "reach"}}[kind]

    def some(query: Callable[..., object], about: Any) -> object:
        if query is measures:
            names = {one.measure.value for one in about}
            if names & {"funnel", "roll_matrix"}:
                raise UnreachableError("database_unreachable")
        return read(query, about)

    monkeypatch.setattr(desk.database, "read", some)
    page = opened(qtbot, desk, kind)
    cards = page.board.cards
    assert {key for key, card in cards.items() if not card.is_drawn} == lost
    for key in lost:
        assert cards[key].absent.title == "This chart could not be worked out"
    monkeypatch.undo()
    cards[max(lost)].absent.first_button.click()
    assert all(card.is_drawn for card in cards.values())


def test_that_money_or_cases_is_a_switch_that_reads_nothing(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_busy_branch(desk)
    page = opened(qtbot, desk, OutcomesPage)
    before = page.board.cards["funnel"].row
    monkeypatch.setattr(desk.database, "read", None)
    page.basis.button(Basis.MONEY.value).click()
    after = page.board.cards["funnel"].row
    assert isinstance(before, StepsRow)
    assert isinstance(after, StepsRow)
    assert before.steps[0].parts[0].value == 24
    assert after.steps[0].parts[0].value != 24
    assert before.steps[0].figures == after.steps[0].figures


def test_that_the_matrix_begins_with_money_and_intakes_can_be_chosen(
    qtbot: QtBot, desk: Desk
) -> None:
    a_busy_branch(desk)
    page = opened(qtbot, desk, EfficiencyPage)
    assert page.basis.current == Basis.MONEY.value
    page.intake_size.button(Dimension.MONTH.value).click()
    assert page.presenter.choices["intakes"] == Dimension.MONTH.value
    assert page.intake_size.current == Dimension.MONTH.value


@pytest.mark.parametrize("kind", PAGES)
def test_that_the_period_is_kept_and_the_days_are_said(
    qtbot: QtBot, desk: Desk, kind: Kind
) -> None:
    page = opened(qtbot, desk, kind)
    page.period.button(periods.LAST_MONTH).click()
    last = clock.today().replace(day=1) - timedelta(days=1)
    assert page.subtitle() == f"{last.replace(day=1):%m-%d} to {last:%m-%d}"
    again = kind(desk)
    qtbot.addWidget(again)
    assert again.presenter.period_key == periods.LAST_MONTH
    assert again.period.current == periods.LAST_MONTH


def test_that_another_scope_is_read(qtbot: QtBot, desk: Desk) -> None:
    branch = a_busy_branch(desk)
    with desk.database.transaction() as session:
        other = factories.a_branch(session)
    page = opened(qtbot, desk, OutcomesPage)
    assert page.scope.count() > 2
    page.scope.chosen.emit(Scope((BranchId(other),)))
    assert page.board.cards["funnel"].row.head.note == "No case in this period"
    page.scope.chosen.emit(Scope((BranchId(branch),)))
    assert page.board.cards["funnel"].is_drawn
    desk.scope = Scope((BranchId(other),))
    page.activate()
    assert page.board.cards["funnel"].row.head.note == "No case in this period"


def test_that_quick_cards_do_not_wait_for_slow_ones(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_busy_branch(desk)
    page = OutcomesPage(desk)
    qtbot.addWidget(page)
    order: list[str] = []
    ask = desk.runner.ask

    def noted(work: Any, **how: Any) -> None:
        order.append(str(how["key"]))
        ask(work, **how)

    monkeypatch.setattr(desk.runner, "ask", noted)
    page.activate()
    reads = [key for key in order if key not in {"warm", "directory"}]
    assert reads == ["hours", "trend", "compliance", "promises", "funnel", "channels"]


def test_that_a_fault_of_one_read_lets_the_next_begin(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_busy_branch(desk)
    read = desk.database.read

    def some(query: Callable[..., object], about: object) -> object:
        if query is promise_reliability:
            raise UnreachableError("database_unreachable")
        return read(query, about)

    monkeypatch.setattr(desk.database, "read", some)
    page = opened(qtbot, desk, OutcomesPage)
    assert page.board.cards["channels"].is_drawn
    assert not page.board.cards["promise_people"].is_drawn
    assert not page.board.cards["promise_history"].is_drawn


def test_that_nobody_must_wait_for_a_card(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_busy_branch(desk)
    ask = desk.runner.ask
    held: list[Callable[[], object]] = []

    def later(work: Any, **how: Any) -> None:
        """The channels are answered when we say so."""
        if how["key"] == "channels":
            held.append(lambda: ask(work, **how))
        else:
            ask(work, **how)

    monkeypatch.setattr(desk.runner, "ask", later)
    page = opened(qtbot, desk, OutcomesPage)
    card = page.board.cards["channels"]
    assert not card.is_drawn
    card.waiting.stop_wanted.emit()
    assert card.absent.title == "Reading was stopped"
    held.pop()()
    assert not card.is_drawn
    monkeypatch.undo()
    card.absent.first_button.click()
    assert card.is_drawn


def test_that_a_mark_opens_the_queue(qtbot: QtBot, desk: Desk) -> None:
    a_busy_branch(desk)
    page = opened(qtbot, desk, OutcomesPage)
    went: list[tuple[str, FromChart]] = []
    page.go_wanted.connect(lambda where, what: went.append((where, what)))
    plot = page.board.cards["funnel"].plot
    plot.move_to(2)
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    where, chart = went[0]
    assert where == "case_queue"
    assert chart.title == "Where do visits leak?"
    what = chart.wanted
    assert what.outcomes == frozenset({VisitOutcome.MET_DEBTOR})
    assert what.last_visit_from == clock.today().replace(day=1)


def test_that_an_hour_of_a_weekday_opens_just_the_cases_visited_then(
    qtbot: QtBot, desk: Desk
) -> None:
    a_busy_branch(desk)
    page = opened(qtbot, desk, OutcomesPage)
    went: list[FromChart] = []
    page.go_wanted.connect(lambda _where, what: went.append(what))
    plot = page.board.cards["met_hours"].plot
    for number, place in enumerate(plot.places()):
        if place.mark.behind is not None:
            plot.move_to(number)
            qtbot.keyClick(plot, Qt.Key.Key_Return)
    *cells, _quiet = went
    assert cells
    with desk.database.transaction() as session:
        visits = session.execute(
            select(Visit.branch_id, Visit.case_id, Visit.visited_on, Visit.started_at).where(
                Visit.outcome.not_in(("ABORTED", "NOT_DONE"))
            )
        ).all()
    for cell in cells:
        asked = cell.wanted
        assert (len(asked.visited_weekdays), len(asked.visited_hours)) == (1, 1)
        page_of = desk.database.read(queue_page, QueueRequest(asked, limit=500))
        then = {
            (branch, case)
            for branch, case, day, started in visits
            if asked.visited_from <= day <= asked.visited_until
            and {day.weekday()} == asked.visited_weekdays
            and {started.astimezone(SHANGHAI).hour} == asked.visited_hours
        }
        assert {(row.branch_id, row.case_id) for row in page_of.rows} == then
        assert then


@pytest.mark.parametrize(
    ("records", "wanted"),
    [
        (Records("cases", only=(("bucket", 3),)), {"buckets": frozenset({Bucket.M3})}),
        (
            Records("visits", date(2026, 11, 1), date(2026, 11, 19), (("product", "car_loan"),)),
            {
                "last_visit_from": date(2026, 11, 1),
                "last_visit_until": date(2026, 11, 19),
                "products": frozenset({Product.CAR_LOAN}),
            },
        ),
        (Records("visits", only=(("area", "城东"),)), {"areas": ("城东",)}),
        (
            Records("promises", date(2026, 11, 1), date(2026, 11, 19), (("agent", 4),)),
            {"promise_due_from": date(2026, 11, 1), "agents": (StaffId(4),)},
        ),
        (Records("promises", only=(("agent", None),)), {"unassigned": True, "agents": ()}),
        (
            Records("placed", date(2026, 11, 2), date(2026, 11, 8)),
            {"placed_from": date(2026, 11, 2), "include_ended": True},
        ),
    ],
)
def test_that_marks_lead_to_the_nearest_conditions(
    records: Records, wanted: dict[str, object]
) -> None:
    today = clock.today()
    of = periods.period(periods.MONTH, today)
    about = About(an_actor(), (BranchId(3),), (TeamId(7),), today, clock.now(), of)
    queue = queue_of(records, about)
    assert (queue.branches, queue.teams) == ((BranchId(3),), (TeamId(7),))
    for name, value in wanted.items():
        assert getattr(queue, name) == value


def test_that_news_are_followed_once_and_not_at_once(qtbot: QtBot, desk: Desk) -> None:
    a_busy_branch(desk)
    page = opened(qtbot, desk, OutcomesPage)
    drawn: list[str] = []
    page.presenter.drawn.connect(lambda card, _row: drawn.append(card))
    page.hear(frozenset({Topic.VISITS}), None)
    page.hear(frozenset({Topic.CASES}), None)
    assert drawn == []
    page.refresh()
    assert drawn.count("funnel") == 1


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("width", [1500, 1000, 640])
def test_that_every_card_has_a_place_of_its_own_at_every_width(
    qtbot: QtBot, desk: Desk, kind: Kind, width: int
) -> None:
    a_busy_branch(desk)
    page = opened(qtbot, desk, kind)
    page.resize(width, 800)
    for _ in range(LAYOUT_PASSES):
        QCoreApplication.sendPostedEvents()
    assert page.board.width() <= width
    cards = page.board.cards.values()
    boxes = [QRect(one.mapTo(page.board, QPoint()), one.size()) for one in cards]
    for number, box in enumerate(boxes):
        assert box.right() < page.board.width()
        assert not any(box.intersects(other) for other in boxes[number + 1 :])
