"""News: bursts gathered, others told apart from ourselves; garbage and stalls."""

import gc
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from supervisor.errors import UnreachableError
from supervisor.models.database import Database
from supervisor.models.enums import Topic
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.garbage import GarbageSweeper
from supervisor.ui.background.pulse import BREATH_MS, Pulse
from supervisor.ui.background.stall import STALL_MS, StallWatch
from tests.ui.instant import InstantRunner


@pytest.fixture
def heard() -> list[tuple[frozenset[Topic], object]]:
    return []


@pytest.fixture
def bus(heard: list[tuple[frozenset[Topic], object]]) -> ChangeBus:
    made = ChangeBus(throttle_ms=0)
    made.changed.connect(lambda topics, who: heard.append((topics, who)))
    return made


@pytest.fixture
def runner(sqlite_database: Database, bus: ChangeBus) -> Iterator[InstantRunner]:
    made = InstantRunner(sqlite_database, bus)
    yield made
    made.shut_down()


def test_that_a_burst_is_one_message_for_each_initiator(
    bus: ChangeBus, heard: list[tuple[frozenset[Topic], object]]
) -> None:
    one, two = QObject(), QObject()
    bus.tell([Topic.CASES], one)
    bus.tell([Topic.VISITS], two)
    bus.tell([Topic.PLANS], one)
    bus.tell([], two)
    bus.flush()
    assert heard == [
        (frozenset({Topic.CASES, Topic.PLANS}), one),
        (frozenset({Topic.VISITS}), two),
    ]


def test_that_the_throttle_ends_by_itself(
    bus: ChangeBus, heard: list[tuple[frozenset[Topic], object]], qtbot: QtBot
) -> None:
    bus.tell([Topic.CASES])
    assert heard == []
    qtbot.waitUntil(lambda: bool(heard))


def test_that_only_revisions_of_others_are_news(
    bus: ChangeBus, runner: InstantRunner, heard: list[tuple[frozenset[Topic], object]]
) -> None:
    numbers = {Topic.CASES: 3, Topic.VISITS: 7}
    pulse = Pulse(runner, bus, lambda: dict(numbers))
    pulse.look()
    bus.flush()
    assert heard == []  # the first look only learns
    bus.tell([Topic.CASES], QObject())
    bus.flush()
    numbers.update({Topic.CASES: 4, Topic.VISITS: 8})
    pulse.look()
    bus.flush()
    assert heard[1:] == [(frozenset({Topic.VISITS}), None)]
    numbers[Topic.CASES] = 5
    pulse.look()
    bus.flush()
    assert heard[2:] == [(frozenset({Topic.CASES}), None)]


def test_that_a_lost_database_is_told(bus: ChangeBus, runner: InstantRunner, qtbot: QtBot) -> None:
    def away() -> dict[Topic, int]:
        raise UnreachableError("database_unreachable")

    pulse = Pulse(runner, bus, away)
    with qtbot.waitSignal(pulse.lost):
        pulse.look()


class SlowRunner(InstantRunner):
    """Keeps questions until they are answered by hand."""

    def __init__(self, database: Database, bus: ChangeBus) -> None:
        super().__init__(database, bus)
        self.asked: list[Callable[[], None]] = []

    def ask(self, work: Callable[[], Any], **how: Any) -> None:
        """Remember how to answer."""
        self.asked.append(partial(super().ask, work, **how))


def test_that_the_next_look_waits_for_the_answer(sqlite_database: Database, bus: ChangeBus) -> None:
    runner = SlowRunner(sqlite_database, bus)
    pulse = Pulse(runner, bus, dict)
    pulse.start()
    assert not pulse._timer.isActive()
    runner.asked[0]()
    assert pulse._timer.isActive()
    pulse.shut_down()
    runner.asked[0]()
    assert not pulse._timer.isActive()
    runner.shut_down()


def test_that_a_lost_database_is_looked_for_again(bus: ChangeBus, runner: InstantRunner) -> None:
    def away() -> dict[Topic, int]:
        raise UnreachableError("database_unreachable")

    pulse = Pulse(runner, bus, away)
    pulse.start()
    assert pulse._timer.isActive()
    pulse.shut_down()


def test_that_garbage_is_swept_here_and_given_back() -> None:
    assert gc.isenabled()
    sweeper = GarbageSweeper(every_ms=60_000)
    assert not gc.isenabled()
    sweeper.sweep()
    sweeper.shut_down()
    assert gc.isenabled()


def test_that_an_absence_of_the_loop_is_noticed() -> None:
    watch = StallWatch()
    watch._last -= (STALL_MS + 100) / 1000  # as if the loop had been away that long
    watch._tick()
    assert watch.stalls
    assert watch.stalls[0] >= STALL_MS
    watch.shut_down()


def test_that_a_word_from_the_server_makes_the_pulse_look_at_once(
    runner: InstantRunner, bus: ChangeBus, heard: list[tuple[frozenset[Topic], object]]
) -> None:
    numbers = {Topic.CASES: 1}
    pulse = Pulse(runner, bus, lambda: dict(numbers))
    pulse.start()
    often = pulse._timer.interval()
    numbers[Topic.CASES] = 2
    pulse.hear(True)
    bus.flush()
    assert heard == [(frozenset({Topic.CASES}), None)]
    assert pulse._timer.interval() > often
    pulse.hear(False)
    assert pulse._timer.interval() == often
    pulse.shut_down()
    pulse.hear(True)
    assert not pulse._timer.isActive()


def test_that_under_steady_news_each_look_gets_its_answer(
    bus: ChangeBus, heard: list[tuple[frozenset[Topic], object]]
) -> None:
    class Slow:
        """Answers when told to; a question asked anew would take the place of the first."""

        def __init__(self) -> None:
            self.asked: list[Callable[[Any], object]] = []

        def ask(self, _work: Any, *, then: Callable[[Any], object], **_more: Any) -> None:
            self.asked.append(then)

    slow: Any = Slow()
    pulse = Pulse(slow, bus, dict)
    pulse.start()
    for _ in range(20):
        pulse.hear(True)
    assert len(slow.asked) == 1
    slow.asked[0]({Topic.CASES: 1})
    assert pulse._timer.isActive()
    assert pulse._timer.interval() <= BREATH_MS
    pulse._timer.timeout.emit()
    slow.asked[1]({Topic.CASES: 2})
    bus.flush()
    assert heard == [(frozenset({Topic.CASES}), None)]
    assert pulse._timer.interval() > BREATH_MS  # nobody spoke meanwhile
    pulse.shut_down()
