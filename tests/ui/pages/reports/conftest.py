"""The report centre over a small branch, as a supervisor opens it."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.reports.page import ReportsPage
from tests.models.commands.incident_world import a_visited_case, judge


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[ReportsPage]:
    """One branch with a visited case; no report yet."""
    a_visited_case(desk.database)
    judge(desk.database)
    made = ReportsPage(desk)
    qtbot.addWidget(made)
    made.resize(1360, 800)
    made.show()
    made.activate()
    yield made
    made.presenter.writing.flush()
    made.close()
