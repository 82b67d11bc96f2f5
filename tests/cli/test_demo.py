import os
from pathlib import Path

import pytest

from supervisor import settings
from supervisor.cli import display
from tests.cli.calls import Caller

SMALL = ("--cases", "60", "--visits", "300")


def test_that_the_demo_goes_into_a_file_of_its_own_and_is_used_again(call: Caller) -> None:
    made = call("demo", "--create-only", "--json", *SMALL)
    assert made.code == 0
    assert made.json["cases"] == 60
    again = call("demo", "--create-only", "--json", *SMALL)
    assert (again.code, again.out) == (0, "")
    assert "there already" in again.err
    assert not settings.default_file().exists()


def test_that_the_demo_is_made_again_when_the_day_has_changed(call: Caller) -> None:
    call("demo", "--create-only", *SMALL)
    later = call("demo", "--create-only", "--json", "--today", "2026-11-24", *SMALL)
    assert later.json["today"] == "2026-11-24"


def test_that_a_database_somebody_named_is_never_overwritten(call: Caller, tmp_path: Path) -> None:
    address = str(tmp_path / "mine.db")
    assert call("demo", "--create-only", "--database", address, *SMALL).code == 0
    before = (tmp_path / "mine.db").read_bytes()
    said = call("demo", "--create-only", "--database", address, *SMALL)
    assert (said.code, said.out) == (3, "")
    assert (tmp_path / "mine.db").read_bytes() == before


def test_that_the_window_opens_on_the_demo_where_there_is_a_display(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display, "can_open", lambda: True)
    assert call("demo", *SMALL).code == 0
    assert call.doors.asked == [("desk", str(settings.demo_file()))]


def test_that_without_a_display_pictures_are_made_and_their_folder_named(
    call: Caller, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.mkdtemp", lambda prefix: str(tmp_path / f"{prefix}x"))
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    said = call("demo", *SMALL)
    assert said.code == 0
    folder = call.doors.asked[0][1]
    assert os.fspath(tmp_path) in folder
    assert f"No display can be opened. The screens are rendered into {folder}" in said.err


def test_that_pictures_take_language_and_theme(call: Caller, tmp_path: Path) -> None:
    call("demo", "--shots", str(tmp_path), "--theme", "dark", *SMALL, lang="zh_CN")
    assert call.doors.asked == [("shots", str(tmp_path), "zh_CN", "dark")]


def test_that_a_self_test_says_what_fails(call: Caller) -> None:
    assert call("self-test", "--json").json == {"ok": True, "failures": []}
    call.doors.failures.append("icon bell: missing")
    said = call("self-test")
    assert said.code == 1
    assert "icon bell: missing" in said.err


def test_that_a_self_test_without_system_libraries_is_exit_code_four(call: Caller) -> None:
    call.doors.missing = True
    said = call("self-test")
    assert said.code == 4
    assert "apt-get install" in said.err
    assert "dnf install" in said.err
