"""Somebody writes every 50 ms and every read takes longer: pages show new figures all the same."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.ui.background.bus import THROTTLE_MS, ChangeBus
from supervisor.ui.background.desk import Desk, PlainPreferences
from supervisor.ui.background.runner import READERS, TaskRunner
from supervisor.ui.shell.page_stack import PageStack
from supervisor.ui.shell.registry import ENTRIES
from tests.ui.pages.queue_cases import a_small_branch

NOTICE_MS = 50
READ_MS = 400
"""One question; longer than news wait for each other."""
LIMIT_MS = 4_000
"""Pages ask two or three questions, one after the other."""
BOARD_LIMIT_MS = 20_000
"""A board reads its slow cards one by one."""
MOST_UNDER_WAY = 40
PAGES = ("overview", "visit_schedule", "workloads", "incidents", "rules", "reports")


class Readers:
    """As many as the runner has; each question takes `READ_MS` of a clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0
        self.free = [0] * READERS
        self.under_way = list[tuple[int, Callable[[], Any], Future[Any]]]()
        self.longest = 0

    def submit(self, work: Callable[[], Any]) -> "Future[Any]":
        """The reader that is free first takes it."""
        reader = min(range(READERS), key=self.free.__getitem__)
        self.free[reader] = max(self.now, self.free[reader]) + READ_MS
        made = Future[Any]()
        self.under_way.append((self.free[reader], work, made))
        self.longest = max(self.longest, len(self.under_way))
        return made

    def shutdown(self, **_how: Any) -> None:
        """Nothing runs."""

    def pass_time(self, ms: int) -> None:
        """Answer what is due."""
        self.now += ms
        due = [one for one in self.under_way if one[0] <= self.now]
        self.under_way = [one for one in self.under_way if one[0] > self.now]
        for _at, work, made in due:
            with ThreadPoolExecutor(1, "instant") as pool:
                made.set_result(pool.submit(work).result())
        QCoreApplication.sendPostedEvents()


@pytest.fixture
def slow_desk(sqlite_database: Database, actor: Actor) -> Iterator[tuple[Desk, Readers]]:
    bus = ChangeBus()
    runner, readers = TaskRunner(sqlite_database, bus), Readers()
    runner._readers.shutdown()
    runner._readers = readers  # type: ignore[assignment]
    yield Desk(sqlite_database, runner, bus, actor, PlainPreferences("en", "light")), readers
    runner.shut_down()


def opened(desk: Desk, readers: Readers, qtbot: QtBot, page_id: str) -> Any:
    """The page in front, everything of it read."""
    a_small_branch(desk.database)
    stack = PageStack(desk, ENTRIES, lambda _page: {})
    qtbot.addWidget(stack)
    stack.resize(1400, 800)
    stack.show()
    stack.bring(next(one for one in ENTRIES if one.page_id == page_id))
    stack.wake(None, compact=False)
    readers.pass_time(NOTICE_MS)
    while readers.under_way:
        readers.pass_time(NOTICE_MS)
    return stack.page


@pytest.mark.parametrize("page_id", PAGES)
def test_that_a_page_is_read_again_within_its_limit(
    slow_desk: tuple[Desk, Readers], qtbot: QtBot, page_id: str
) -> None:
    desk, readers = slow_desk
    page = opened(desk, readers, qtbot, page_id)
    read = list[int]()
    page.read_at_changed.connect(lambda _at: read.append(readers.now))
    begun, readers.longest = readers.now, 0
    for step in range(2 * LIMIT_MS // NOTICE_MS):
        desk.bus.tell(page.depends_on)
        if (step + 1) * NOTICE_MS % THROTTLE_MS < NOTICE_MS:
            desk.bus.flush()
        readers.pass_time(NOTICE_MS)
    gaps = [after - before for before, after in pairwise([begun, *read])]
    assert read, "under steady news the page was never read again"
    assert max(gaps) <= LIMIT_MS
    assert readers.longest <= MOST_UNDER_WAY, "reads pile up"


@pytest.mark.parametrize("page_id", ["outcomes", "efficiency"])
def test_that_a_board_is_drawn_to_its_last_card(
    slow_desk: tuple[Desk, Readers], qtbot: QtBot, page_id: str
) -> None:
    desk, readers = slow_desk
    page = opened(desk, readers, qtbot, page_id)
    board = page.presenter
    rested = list[int]()
    board.rested.connect(lambda: rested.append(readers.now))
    begun = readers.now
    while len(rested) < 2:
        assert readers.now < begun + 2 * BOARD_LIMIT_MS, "its last cards are never drawn"
        desk.bus.tell(page.depends_on)
        desk.bus.flush()
        if board._news.isActive():  # its minute is over at once
            board._news.timeout.emit()
        readers.pass_time(NOTICE_MS)
    assert readers.longest <= MOST_UNDER_WAY, "reads pile up"
