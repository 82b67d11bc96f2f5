"""The start page: today's visits, reasons grouped by urgency, drill-down into the queue."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from supervisor.errors import UnreachableError
from supervisor.models.changes import Actor
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.database import Database
from supervisor.models.enums import QueueReason, Role
from supervisor.models.ids import BranchId
from supervisor.models.queries.overview import overview
from supervisor.models.rows.case_queue import CaseQueueFilter
from supervisor.models.rows.overview import OverviewFilter, VisitProgressRow
from supervisor.ui.background.desk import Desk
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
