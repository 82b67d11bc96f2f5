"""The sign beside the clock: counts only, off where there is no place or no wish for it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.enums import Role, Topic
from supervisor.ui.background.desk import Desk, PlainPreferences
from supervisor.ui.shell import tray
from supervisor.ui.shell.tray import Tray, TrayCounts, place_of, system_sign, tray_text
from tests import factories
from tests.factories import an_actor


class FakeSign:
    """Keeps what was said."""

    def __init__(self, opened: Callable[[], object], _parent: QObject) -> None:
        self.click = opened
        self.said: list[str] = []
        self.told = ""
        self.shown = False

    def show(self) -> None:
        self.shown = True

    def hide(self) -> None:
        self.shown = False

    def say(self, _title: str, text: str) -> None:
        self.said.append(text)

    def tell(self, text: str) -> None:
        self.told = text


@pytest.fixture
def made(qtbot: QtBot, desk: Desk) -> tuple[Tray, FakeSign]:
    """A tray with a sign that is no system's."""
    window = QWidget()
    qtbot.addWidget(window)
    signs: list[FakeSign] = []

    def make(opened: Callable[[], object], parent: QObject) -> FakeSign:
        signs.append(FakeSign(opened, parent))
        return signs[0]

    return Tray(desk, window, make), signs[0]


def heard(desk: Desk, topic: Topic) -> None:
    """Tell the bus, and let it be heard."""
    desk.bus.tell(frozenset({topic}), None)
    desk.bus.flush()


def test_that_what_is_due_late_and_to_recall_is_counted(
    made: tuple[Tray, FakeSign], desk: Desk
) -> None:
    evening = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    long_ago = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    with desk.database.transaction() as session:
        branch = factories.a_branch(session)
        held, open_case = (factories.a_case(session, branch) for _ in range(2))
        factories.a_plan(session, held)
        factories.a_hold(session, held)
        flag = factories.a_flag(session, open_case, due_at=long_ago)
        for due_at in (evening, long_ago, long_ago):
            factories.a_follow_up(session, open_case, flag_id=flag.id, due_at=due_at)
        refresh_cases(session, [held, open_case])
    one, _ = made
    one.ask()
    assert one.counts == TrayCounts(due=1, late=3, recalls=1)
    desk.actor = an_actor("别处", Role.SUPERVISOR, [branch + 1])
    one.ask()
    assert not one.counts.any


def test_that_it_tells_counts_when_they_grow_and_never_twice(
    made: tuple[Tray, FakeSign], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = [TrayCounts()]
    monkeypatch.setattr(tray, "tray_counts", lambda _session, _actor: counts[0])
    one, sign = made
    one.ask()
    assert not sign.said
    one.begin()
    assert sign.shown
    assert sign.told == "Field collection desk"
    for found in (TrayCounts(2, 1, 0), TrayCounts(2, 1, 0), TrayCounts(1, 1, 0)):
        counts[0] = found
        heard(desk, Topic.FLAGS)
    assert sign.said == ["1 item late · 2 follow-ups due today"]
    counts[0] = TrayCounts(1, 1, 3)
    heard(desk, Topic.PLANS)
    assert sign.said[1:] == ["3 visits to recall · 1 item late · 1 follow-up due today"]
    assert sign.told.endswith(sign.said[-1])


def test_that_a_click_brings_the_window_and_the_right_page(made: tuple[Tray, FakeSign]) -> None:
    one, sign = made
    went: list[str] = []
    one.opened.connect(went.append)
    sign.click()
    one.counts = TrayCounts(late=1)
    sign.click()
    one.counts = TrayCounts(late=1, recalls=1)
    sign.click()
    assert went == ["incidents", "case_queue"]
    assert [place_of(page) for page in went] == [None, {"view": "recall"}]


def test_that_the_preference_and_the_desktop_can_switch_it_off(
    made: tuple[Tray, FakeSign], desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tray, "tray_counts", lambda _session, _actor: TrayCounts(late=1))
    one, sign = made
    desk.preferences = PlainPreferences("en", "light", tray_reminders=False)
    one.begin()
    heard(desk, Topic.FLAGS)
    assert not sign.shown
    assert not sign.said
    desk.preferences = PlainPreferences("en", "light")
    one.follow()
    assert sign.shown
    assert sign.said == ["1 item late"]
    one.shut_down()
    assert not sign.shown
    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(tray.QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    bare: Any = Tray(desk, window)
    bare.begin()
    assert not bare.wanted
    assert system_sign(lambda: None, window) is None
    bare.shut_down()


def test_that_nothing_is_said_of_nothing() -> None:
    assert not tray_text(TrayCounts())
