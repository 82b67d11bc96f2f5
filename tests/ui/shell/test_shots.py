"""Pictures of some screens only: what is not wanted is neither taken nor driven to."""

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from supervisor.manual.topics import manual
from supervisor.ui.shell.shots import SCREENS, Album, _as_far_as_wanted

STEPS = [(name, lambda: None) for name in ("a", "b", "c")]


def test_that_only_wanted_screens_are_kept(tmp_path: Path, qtbot: QtBot) -> None:
    shown = QLabel("x")
    qtbot.addWidget(shown)
    album = Album(tmp_path, "en", "light", frozenset({"queue"}))
    assert album.keep("queue", shown).exists()
    assert not album.keep("case", shown).exists()
    assert Album(tmp_path, "en", "light").keep("case", shown).exists()


def test_that_steps_are_gone_through_up_to_the_last_wanted_one(tmp_path: Path) -> None:
    def names(*only: str) -> list[str]:
        album = Album(tmp_path, "en", "light", frozenset(only))
        return [name for name, _ in _as_far_as_wanted(STEPS, album)]

    assert names() == ["a", "b", "c"]
    assert names("b") == ["a", "b"]
    assert names("elsewhere") == []


def test_that_the_guide_wants_screens_that_are_known() -> None:
    assert {one.picture for one in manual().topics if one.picture} <= set(SCREENS)
