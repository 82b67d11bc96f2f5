"""The start page: today's visits, reasons grouped by urgency, drill-down into the queue."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from supervisor import clock
from supervisor.errors import UnreachableError
from supervisor.models.changes import Actor
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.summary_marks import mark_all
from supervisor.models.database import Database
from supervisor.models.enums import (
    CausedBy,
    FlagCategory,
    FlagState,
    QueueReason,
    Role,
    Topic,
)
from supervisor.models.ids import BranchId
from supervisor.models.queries.overview import overview
from supervisor.models.queries.overview_charts import flag_rate_facts
from supervisor.models.rows.case_queue import CaseQueueFilter
from supervisor.models.rows.charts import BarsRow, Records
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.rows.overview import OverviewFilter, OverviewRow, VisitProgressRow
from supervisor.pictures import periods
from supervisor.pictures.whose import Whose
from supervisor.ui.background.desk import Desk
from supervisor.ui.charts.asking import About
from supervisor.ui.charts.drill import target_of
from supervisor.ui.look.memory import remember
from supervisor.ui.pages.overview.looking import Looking
from supervisor.ui.pages.overview.page import OverviewPage
from tests import factories
from tests.factories import TODAY
from tests.ui.pages.queue_cases import NOW, a_small_branch, an_actor

WANTED = OverviewFilter(TODAY, NOW)


def test_that_visits_are_told_by_how_far_they_got(database: Database) -> None:
    with database.transaction() as session:
        branch = factories.a_branch(session)
        agent = factories.a_staff(session, branch)
        case = factories.a_case(session, branch)
        over = {"window_until": NOW - timedelta(minutes=1), "agent_id": agent}
        for state in ("planned", "en_route", "on_site", "reported", "cancelled", "recalled"):
            factories.a_plan(session, case, TODAY, state=state)
        factories.a_plan(session, case, TODAY, **over)
        plan = factories.a_plan(session, case, TODAY, **over)
        factories.a_visit(session, case, TODAY, plan_id=plan.id)
        factories.a_plan(session, case, TODAY - timedelta(days=1))
    row = database.read(overview, (WANTED, an_actor()))
    assert row.visits == VisitProgressRow(
        planned=6, under_way=2, reported=2, not_back=1, recalled=2, pairs=1
    )


def test_that_reasons_are_counted_within_what_the_person_may_see(database: Database) -> None:
    small = a_small_branch(database)
    row = database.read(overview, (WANTED, an_actor()))
    counts = {line.reason: line.cases for line in row.reasons}
    assert counts == {
        QueueReason.CRITICAL_FLAG: 1,
        QueueReason.PROMISE_BROKEN: 1,
        QueueReason.VISIT_TODAY: 1,
    }
    assert row.cases == 5
    elsewhere = Actor("外人", Role.SUPERVISOR, (BranchId(small.branch_id + 1),))
    nothing = database.read(overview, (WANTED, elsewhere))
    assert (nothing.cases, nothing.reasons, nothing.visits.planned) == (0, (), 0)


def test_that_every_line_opens_the_cases_behind_it(qtbot: QtBot, desk: Desk) -> None:
    a_small_branch(desk.database)
    page = OverviewPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.activate()
    assert [line.line.reason for line in page.lines] == [
        QueueReason.CRITICAL_FLAG,
        QueueReason.PROMISE_BROKEN,
        QueueReason.VISIT_TODAY,
    ]
    went: list[tuple[str, CaseQueueFilter]] = []
    page.go_wanted.connect(lambda where, what: went.append((where, what)))
    page.lines[1].click()
    where, what = went[0]
    assert where == "case_queue"
    assert what.reasons == frozenset({QueueReason.PROMISE_BROKEN})


def test_that_nothing_to_do_says_what_was_checked(qtbot: QtBot, desk: Desk) -> None:
    with desk.database.transaction() as session:
        branch = factories.a_branch(session)
        case = factories.a_case(session, branch)
        factories.a_visit(session, case, TODAY - timedelta(days=1))
        refresh_cases(session, None)
    page = OverviewPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.activate()
    assert page.nothing.title == "Nothing needs you today"
    assert not page.nothing.isHidden()


def test_that_lines_shown_again_hand_the_focus_to_nothing_else(
    qapp: QApplication, qtbot: QtBot, desk: Desk
) -> None:
    a_small_branch(desk.database)
    page = OverviewPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.activate()
    rows: list[OverviewRow] = []
    page.presenter.ready.connect(rows.append)
    page.refresh()
    page.lines[0].setFocus()
    qtbot.waitUntil(page.lines[0].hasFocus)
    seen: list[object] = []
    qapp.focusChanged.connect(lambda _old, new: seen.append(new))
    page.needs.show_row(rows[0])
    assert seen  # a page that follows its focus would have scrolled after any other widget
    assert all(new is None or new in page.lines for new in seen)


def test_that_without_a_case_the_overview_leads_to_the_import(qtbot: QtBot, desk: Desk) -> None:
    page = OverviewPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.activate()
    went: list[str] = []
    page.go_wanted.connect(lambda where, _what: went.append(where))
    assert page.nothing.title == "No case yet"
    assert page.nothing.first_button is not None
    page.nothing.first_button.click()
    assert went == ["intake"]


def test_that_trouble_keeps_what_was_read(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_small_branch(desk.database)
    page = OverviewPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.activate()

    def away(*_: object) -> None:
        raise UnreachableError("database_unreachable")

    monkeypatch.setattr(desk.database, "read", away)
    page.refresh()
    assert not page.banner.isHidden()
    assert len(page.lines) == 3
    monkeypatch.undo()
    page.banner.buttons[0].click()
    assert page.banner.isHidden()


def _page(qtbot: QtBot, desk: Desk) -> OverviewPage:
    page = OverviewPage(desk)
    qtbot.addWidget(page)
    page.resize(1368, 800)
    page.show()
    page.activate()
    return page


def _visited(desk: Desk, days: int = 70) -> None:
    """A branch with visits and flags of ten weeks."""
    with desk.database.transaction() as session:
        branch = factories.a_branch(session)
        case = factories.a_case(session, branch)
        for back in range(days):
            day = clock.today() - timedelta(days=back)
            outcome = "MET_DEBTOR" if back % 3 else "NO_ONE"
            for _ in range(4):
                visit = factories.a_visit(session, case, day, outcome=outcome)
            raised = clock.now() - timedelta(days=back)
            factories.a_flag(
                session,
                case,
                visit_id=visit.id,
                subject=f"visit:{visit.id}",
                raised_at=raised,
                happened_at=raised,
                caused_by="customer" if back % 2 else "our_side",
            )
        refresh_cases(session, None)
        mark_all(session)


def test_that_figures_and_charts_are_read_and_drawn(qtbot: QtBot, desk: Desk) -> None:
    _visited(desk)
    page = _page(qtbot, desk)
    tiles = {key: tile.row for key, tile in page.parts.tiles.items()}
    assert all(tiles.values())
    assert tiles["in_hand"] is not None
    assert tiles["in_hand"].figure == "1"
    assert tiles["in_hand"].spark is not None
    charts = page.parts.charts
    assert charts["flag_rates"].is_drawn
    assert charts["flags_raised"].is_drawn
    assert charts["targets"].is_drawn
    assert not charts["intakes"].is_drawn
    assert charts["intakes"].absent.title == "Too few cases came in, no curve yet"


def test_that_another_period_is_read_and_kept(qtbot: QtBot, desk: Desk) -> None:
    _visited(desk)
    page = _page(qtbot, desk)
    page.period.button(periods.MONTH).click()
    assert page.parts.tiles["received"].accessibleName().startswith("Received this month")
    assert OverviewPage(desk).period.current == periods.MONTH


def test_that_nobody_must_wait_for_a_chart(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _visited(desk)
    ask, held = desk.runner.ask, list[Callable[[], object]]()

    def later(work: Any, **how: Any) -> None:
        if how["key"] == "flag_rates":
            held.append(lambda: ask(work, **how))
        else:
            ask(work, **how)

    monkeypatch.setattr(desk.runner, "ask", later)
    page = _page(qtbot, desk)
    card = page.parts.charts["flag_rates"]
    card.waiting.stop_wanted.emit()
    assert card.absent.title == "Reading was stopped"
    held.pop()()
    assert not card.is_drawn
    monkeypatch.undo()
    assert card.absent.first_button is not None
    card.absent.first_button.click()
    assert card.is_drawn


def test_that_days_of_ones_own_are_read(qtbot: QtBot, desk: Desk) -> None:
    _visited(desk)
    page = _page(qtbot, desk)
    dialog = page.period.ask()
    dialog.confirm()
    assert page.figures is not None
    assert page.figures.about.of.key == periods.OWN
    tile = page.parts.tiles["received"]
    assert tile.accessibleName().startswith("Received in the period")
    title = page.parts.charts["flags_raised"].title.text()
    assert title == "Flags raised in the period"


def test_that_the_flags_of_one_causer_are_charted_without_reading_again(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _visited(desk)
    page = _page(qtbot, desk)
    monkeypatch.setattr(desk.database, "read", None)
    assert page.figures is not None
    page.figures.choose_whose(Whose.OUR_SIDE)
    card = page.parts.charts["flag_rates"]
    assert card.title.text() == "Are risk flags rising? Caused by: Our side"


def test_that_a_card_fails_alone(qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    _visited(desk)
    read = desk.database.read

    def some(query: Callable[..., object], about: object) -> object:
        if query is flag_rate_facts:
            raise UnreachableError("database_unreachable")
        return read(query, about)

    monkeypatch.setattr(desk.database, "read", some)
    page = _page(qtbot, desk)
    card = page.parts.charts["flag_rates"]
    assert card.absent.title == "This chart could not be worked out"
    assert page.parts.charts["flags_raised"].is_drawn
    assert page.banner.isHidden()
    monkeypatch.undo()
    assert card.absent.first_button is not None
    card.absent.first_button.click()
    assert card.is_drawn


@pytest.mark.parametrize(
    ("records", "page_id", "wanted"),
    [
        (Records("cases"), "case_queue", {}),
        (Records("untouched"), "case_queue", {"untouched_days_min": 8}),
        (
            Records("visits", date(2026, 11, 16), date(2026, 11, 19)),
            "case_queue",
            {"last_visit_from": date(2026, 11, 16), "last_visit_until": date(2026, 11, 19)},
        ),
        (
            Records("promises", date(2026, 11, 16), date(2026, 11, 19)),
            "case_queue",
            {"promise_due_from": date(2026, 11, 16), "promise_due_until": date(2026, 11, 19)},
        ),
        (
            Records("placed", date(2026, 11, 9), date(2026, 11, 15)),
            "case_queue",
            {
                "placed_from": date(2026, 11, 9),
                "placed_until": date(2026, 11, 15),
                "include_ended": True,
            },
        ),
        (Records("follow_ups"), "incidents", {"late_only": True}),
        (
            Records(
                "flags",
                date(2026, 11, 16),
                date(2026, 11, 19),
                (("category", "refusal"), ("state", "new"), ("caused_by", "customer")),
            ),
            "incidents",
            {
                "raised_from": date(2026, 11, 16),
                "raised_until": date(2026, 11, 19),
                "categories": frozenset({FlagCategory.REFUSAL}),
                "states": frozenset({FlagState.NEW}),
                "caused_by": frozenset({CausedBy.CUSTOMER}),
            },
        ),
    ],
)
def test_that_marks_lead_to_their_records(
    records: Records, page_id: str, wanted: dict[str, object]
) -> None:
    of = periods.period(periods.WEEK, NOW.date())
    about = About(an_actor(), (BranchId(3),), (), NOW.date(), NOW, of)
    where, what = target_of(records, about)
    assert where == page_id
    assert isinstance(what, CaseQueueFilter | IncidentFilter)
    assert what.branches == (BranchId(3),)
    for name, value in wanted.items():
        assert getattr(what, name) == value


def test_that_a_tile_opens_what_is_behind_it(qtbot: QtBot, desk: Desk) -> None:
    _visited(desk)
    page = _page(qtbot, desk)
    went: list[tuple[str, object]] = []
    page.go_wanted.connect(lambda where, what: went.append((where, what)))
    tile = page.parts.tiles["flags"]
    tile.move_to(0)
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    assert [where for where, _ in went] == ["incidents"]


def test_that_news_are_followed_once_a_minute_and_not_at_once(qtbot: QtBot, desk: Desk) -> None:
    _visited(desk)
    page = _page(qtbot, desk)
    drawn: list[str] = []
    assert page.figures is not None
    page.figures.drawn.connect(lambda card, _row: drawn.append(card))
    desk.bus.tell(frozenset({Topic.VISITS}), None)
    desk.bus.flush()
    assert drawn == []
    page.figures.hear()
    page.figures.refresh()
    assert "met" in drawn


@pytest.mark.parametrize("width", [1500, 1000, 700])
def test_that_every_part_has_a_place_of_its_own_at_every_width(
    qtbot: QtBot, desk: Desk, width: int
) -> None:
    _visited(desk)
    page = _page(qtbot, desk)
    body = page.parts
    page.resize(width, 900)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert body.width() <= width
    shown = [*body.tiles.values(), *body.charts.values(), body.needs, body.composition]
    boxes = [QRect(one.mapTo(body, QPoint()), one.size()) for one in shown]
    for number, box in enumerate(boxes):
        assert box.right() < width
        assert not any(box.intersects(other) for other in boxes[number + 1 :])


def test_that_a_look_ends_after_an_hour_and_is_remembered_for_its_person() -> None:
    def look(after: float, person: str = "周督导") -> datetime | None:
        return Looking.of(person, "sqlite").look(NOW + timedelta(hours=after))

    assert look(0) is None
    assert look(0.5) is None
    assert look(16) == NOW + timedelta(hours=0.5)
    assert look(16.9) == NOW + timedelta(hours=0.5)
    assert look(18) == NOW + timedelta(hours=16.9)
    assert look(18, "何督导") is None


def test_that_the_page_tells_what_changed_since_the_look_before(qtbot: QtBot, desk: Desk) -> None:
    _visited(desk)
    card = _page(qtbot, desk).parts.charts["since_last"]
    assert card.absent.title == "This is your first look here"
    looking = Looking.of(desk.actor.name, desk.database.safe_url)
    earlier = clock.now() - timedelta(hours=30)
    remember(looking.key, f"|{earlier.isoformat()}")
    card = _page(qtbot, desk).parts.charts["since_last"]
    assert card.is_drawn
    assert isinstance(card.row, BarsRow)
    assert card.row.facts[0][:2] == ("Flags raised", "2")


def test_that_without_any_data_every_card_says_why_it_is_empty(qtbot: QtBot, desk: Desk) -> None:
    page = _page(qtbot, desk)
    tiles = {key: tile.row for key, tile in page.parts.tiles.items()}
    assert {key: row.figure for key, row in tiles.items() if row is not None} == {
        "in_hand": "0",
        "received": "0",
        "met": "—",
        "kept": "—",
        "untouched": "0",
        "flags": "0",
    }
    notes = {key: card.absent.title for key, card in page.parts.charts.items() if not card.is_drawn}
    assert set(notes) == {"intakes", "flag_rates", "flags_raised", "met_change", "since_last"}
    assert all(notes.values())
