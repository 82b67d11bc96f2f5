"""The runner: newest wins, nobody answers the dead, orders in order, an orderly end."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from supervisor.errors import LockedError
from supervisor.models.changes import Actor, Changes
from supervisor.models.database import Database
from supervisor.models.enums import Act, Topic
from supervisor.models.orders import Order
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.runner import READERS, TaskRunner


@pytest.fixture
def bus() -> ChangeBus:
    return ChangeBus(throttle_ms=0)


@pytest.fixture
def runner(sqlite_database: Database, bus: ChangeBus) -> Iterator[TaskRunner]:
    made = TaskRunner(sqlite_database, bus)
    yield made
    made.shut_down()


def _fail(error: Exception) -> None:
    raise AssertionError(error)


def _note(_session: Any, _order: Order) -> Changes:
    return Changes(act=Act.NOTE_ADDED, topics=frozenset({Topic.CASES}))


def test_that_answers_come_on_the_gui_thread_and_work_runs_elsewhere(
    runner: TaskRunner, qtbot: QtBot
) -> None:
    owner, heard = QObject(), []
    runner.ask(
        threading.get_ident,
        owner=owner,
        key="a",
        then=lambda worker: heard.append((worker, threading.get_ident())),
        failed=_fail,
    )
    qtbot.waitUntil(lambda: bool(heard))
    worker, home = heard[0]
    assert home == threading.get_ident() != worker


def test_that_the_newest_question_with_a_key_wins(runner: TaskRunner, qtbot: QtBot) -> None:
    owner, heard, gate = QObject(), [], threading.Event()
    runner.ask(
        lambda: (gate.wait(5), "old")[1], owner=owner, key="rows", then=heard.append, failed=_fail
    )
    runner.ask(lambda: "new", owner=owner, key="rows", then=heard.append, failed=_fail)
    runner.ask(lambda: "other", owner=owner, key="totals", then=heard.append, failed=_fail)
    qtbot.waitUntil(lambda: len(heard) == 2)
    gate.set()
    qtbot.waitUntil(lambda: runner.waiting == 0)
    assert set(heard) == {"new", "other"}


def test_that_an_answer_for_a_deleted_owner_is_dropped(runner: TaskRunner, qtbot: QtBot) -> None:
    owner, heard, gate = QObject(), [], threading.Event()
    runner.ask(lambda: gate.wait(5), owner=owner, key="a", then=heard.append, failed=_fail)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(owner))
    gate.set()
    qtbot.waitUntil(lambda: runner.waiting == 0)
    assert heard == []


def test_that_a_failure_reaches_failed_and_not_then(runner: TaskRunner, qtbot: QtBot) -> None:
    owner, told = QObject(), []

    def work() -> None:
        raise LockedError("database_busy")

    runner.ask(work, owner=owner, key="a", then=_fail, failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].code == "database_busy"


def test_that_orders_are_carried_out_in_order_and_told_to_the_bus(
    runner: TaskRunner, bus: ChangeBus, actor: Actor, qtbot: QtBot
) -> None:
    owner, order_of, news = QObject(), [], []
    bus.changed.connect(lambda topics, who: news.append((topics, who)))
    for number in range(5):

        def command(session: Any, order: Order, number: int = number) -> Changes:
            order_of.append(number)
            return _note(session, order)

        runner.do(command, Order(actor=actor), initiator=owner, then=lambda _c: None, failed=_fail)
    qtbot.waitUntil(lambda: runner.waiting == 0 and bool(news))
    assert order_of == [0, 1, 2, 3, 4]
    assert news[0] == (frozenset({Topic.CASES}), owner)


def test_that_a_write_is_told_even_when_its_page_is_gone(
    runner: TaskRunner, bus: ChangeBus, actor: Actor, qtbot: QtBot
) -> None:
    owner, news, heard, gate = QObject(), [], [], threading.Event()
    bus.changed.connect(lambda topics, who: news.append((topics, who)))

    def command(session: Any, order: Order) -> Changes:
        gate.wait(5)
        return _note(session, order)

    runner.do(command, Order(actor=actor), initiator=owner, then=heard.append, failed=_fail)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(owner))
    gate.set()
    qtbot.waitUntil(lambda: bool(news))
    assert news == [(frozenset({Topic.CASES}), None)]
    assert heard == []


def test_that_a_long_job_reports_and_sees_its_stop_flag(runner: TaskRunner, qtbot: QtBot) -> None:
    owner, steps, ended = QObject(), [], []

    def job(report: Any, stop: threading.Event) -> str:
        report(1, 10)
        return "stopped" if stop.wait(5) else "ran on"

    flag = runner.toil(
        job,
        owner=owner,
        key="import",
        progress=lambda done, of: steps.append((done, of)),
        then=ended.append,
        failed=_fail,
    )
    qtbot.waitUntil(lambda: bool(steps))
    flag.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert (steps, ended) == ([(1, 10)], ["stopped"])


def test_that_shutting_down_finishes_queued_writes_and_drops_questions(
    sqlite_database: Database, bus: ChangeBus, actor: Actor
) -> None:
    runner, owner, written, heard = TaskRunner(sqlite_database, bus), QObject(), [], []

    def command(session: Any, order: Order) -> Changes:
        written.append(order.command_id)
        return _note(session, order)

    for _ in range(5):
        runner.do(command, Order(actor=actor), initiator=owner, then=heard.append, failed=_fail)
    runner.ask(lambda: 1, owner=owner, key="a", then=heard.append, failed=_fail)
    runner.shut_down()
    runner.shut_down()
    assert len(written) == 5
    assert heard == []
    assert runner.waiting == 0


def test_that_what_lasts_is_heard_on_the_gui_thread_and_ends_with_the_rest(
    runner: TaskRunner, qtbot: QtBot
) -> None:
    heard: list[tuple[str, int]] = []
    ended = threading.Event()

    def lasting(say: Any, stop: threading.Event) -> None:
        say("news")
        stop.wait()
        ended.set()

    runner.overhear(lasting, lambda word: heard.append((word, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [("news", threading.get_ident())]
    assert runner.waiting == 0
    runner.shut_down()
    assert ended.is_set()


def _asks_on_news(
    runner: TaskRunner, bus: ChangeBus, gate: threading.Event
) -> tuple[QObject, list[int], list[int]]:
    """Somebody who reads again at every news: what was read, and what was heard of it."""
    owner, begun, heard = QObject(), list[int](), list[int]()

    def read(number: int) -> int:
        begun.append(number)
        gate.wait(5)
        return number

    def on_news(_topics: object, _who: object) -> None:
        number = next(numbers)
        runner.ask(lambda: read(number), owner=owner, key="rows", then=heard.append, failed=_fail)

    numbers = iter(range(100))
    bus.changed.connect(on_news)
    return owner, begun, heard


def _news(bus: ChangeBus, who: object = None) -> None:
    bus.tell([Topic.CASES], who)
    bus.flush()


def test_that_news_does_not_take_the_place_of_a_question_under_way(
    runner: TaskRunner, bus: ChangeBus, qtbot: QtBot
) -> None:
    gate = threading.Event()
    owner, begun, heard = _asks_on_news(runner, bus, gate)
    for _ in range(20):
        _news(bus)
    gate.set()
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == begun == [0, 19], "the first, and once more the newest"
    assert owner is not None


def test_that_a_person_does_take_its_place(
    runner: TaskRunner, bus: ChangeBus, qtbot: QtBot
) -> None:
    gate = threading.Event()
    owner, begun, heard = _asks_on_news(runner, bus, gate)
    _news(bus)
    _news(bus)
    runner.ask(lambda: -1, owner=owner, key="rows", then=heard.append, failed=_fail)
    qtbot.waitUntil(lambda: heard == [-1])
    gate.set()
    qtbot.waitUntil(lambda: runner.waiting == 0)
    assert (begun, heard) == ([0], [-1])


def test_that_what_an_answer_leads_to_is_answered_too(
    runner: TaskRunner, bus: ChangeBus, qtbot: QtBot
) -> None:
    gate, owner = threading.Event(), QObject()
    asked, heard = list[str](), list[str]()

    def ask(key: str, work: Any, then: Any) -> None:
        asked.append(key)
        runner.ask(work, owner=owner, key=key, then=then, failed=_fail)

    def on_news(_topics: object, _who: object) -> None:
        ask("first", lambda: "a", on_first)

    def on_first(_answer: str) -> None:
        ask("second", lambda: (gate.wait(5), "b")[1], heard.append)

    bus.changed.connect(on_news)
    for n in range(1, 4):
        _news(bus)
        qtbot.waitUntil(lambda n=n: asked.count("second") == n)
    gate.set()
    qtbot.waitUntil(lambda: runner.waiting == 0)
    assert heard == ["b", "b"], "the one under way, and once more what came meanwhile"


def test_that_news_for_the_dead_is_not_asked_for(
    runner: TaskRunner, bus: ChangeBus, qtbot: QtBot
) -> None:
    gate = threading.Event()
    owner, begun, heard = _asks_on_news(runner, bus, gate)
    _news(bus)
    _news(bus)
    runner.forget(owner)
    gate.set()
    qtbot.waitUntil(lambda: runner.waiting == 0)
    assert (len(begun) <= 1, heard) == (True, [])


def test_that_files_are_kept_while_no_reader_is_free(runner: TaskRunner, qtbot: QtBot) -> None:
    gate, owner, kept = threading.Event(), QObject(), list[str]()
    for place in range(2 * READERS):
        runner.ask(lambda: gate.wait(5), owner=owner, key=place, then=lambda _: None, failed=_fail)
    runner.keep(lambda: "on disk", owner=owner, then=kept.append, failed=_fail)
    qtbot.waitUntil(lambda: kept == ["on disk"])
    assert runner.waiting == 2 * READERS
    gate.set()
    qtbot.waitUntil(lambda: runner.waiting == 0)
