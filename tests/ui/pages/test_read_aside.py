"""Pages of sums ask the standby, where there is one, and say of when its data are."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from supervisor import clock
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.overview.page import OverviewPage
from supervisor.ui.pages.workloads.page import WorkloadsPage
from tests.ui.pages.queue_cases import a_small_branch

BEHIND = timedelta(minutes=3)


@pytest.mark.parametrize(
    ("make", "asked"),
    [
        (OverviewPage, {"overview", "composition"}),
        (WorkloadsPage, {"workloads", "measure"}),
    ],
)
def test_that_sums_are_read_of_the_standby(
    qtbot: QtBot,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Desk], Any],
    asked: set[str],
) -> None:
    a_small_branch(desk.database)
    found, as_of = set[str](), clock.now() - BEHIND

    def aside(query: Any, about: Any) -> Any:
        found.add(query.__name__)
        return desk.database.read(query, about)

    def known_at(_now: datetime) -> datetime:
        return as_of

    monkeypatch.setattr(desk.database, "read_aside", aside)
    monkeypatch.setattr(desk.database, "known_at", known_at)
    page = make(desk)
    qtbot.addWidget(page)
    page.show()
    page.activate()
    assert asked <= found
    assert page.presenter.read_at == as_of
    page.close()
