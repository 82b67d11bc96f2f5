"""A full sweep freezes what lives; what was frozen goes when nobody looks."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from supervisor.ui.background.garbage import GarbageSweeper


class Ring:
    """Garbage that only the collector finds."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture
def sweeper(qtbot: QtBot) -> Iterator[GarbageSweeper]:
    del qtbot
    made = GarbageSweeper(every_ms=1_000_000)
    yield made
    made.shut_down()


def test_that_a_frozen_ring_goes_only_while_nobody_looks(
    sweeper: GarbageSweeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = Ring()
    seen = weakref.ref(ring)
    state = Qt.ApplicationState.ApplicationActive
    monkeypatch.setattr(QGuiApplication, "applicationState", lambda: state)
    sweeper.sweep_all()
    assert gc.get_freeze_count() > 0
    del ring
    sweeper.sweep_all()
    assert seen() is not None
    state = Qt.ApplicationState.ApplicationInactive
    sweeper.sweep_all()
    assert seen() is None


def test_that_new_garbage_goes_at_once(
    sweeper: GarbageSweeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        QGuiApplication, "applicationState", lambda: Qt.ApplicationState.ApplicationActive
    )
    ring = Ring()
    seen = weakref.ref(ring)
    del ring
    sweeper.sweep_all()
    assert seen() is None
