"""`guide`: a file in a folder that is there, with what could be drawn."""

import json
from pathlib import Path

import pytest

from supervisor.cli import guide
from supervisor.manual.topics import manual
from tests.cli.calls import Caller


def test_that_the_guide_lies_in_the_folder(call: Caller, tmp_path: Path) -> None:
    done = call("guide", "--output", str(tmp_path), "--no-pictures", "--json")
    assert done.code == 0
    said = json.loads(done.out)
    assert said["path"] == str(tmp_path / "guide-en.pdf")
    assert said["pages"] > 20
    assert (tmp_path / "guide-en.pdf").read_bytes().startswith(b"%PDF-")


def test_that_a_chapter_has_its_own_name(call: Caller, tmp_path: Path) -> None:
    done = call("guide", "--output", str(tmp_path), "--no-pictures", "--chapter", "manager",
                lang="zh_CN")  # fmt: skip
    assert done.code == 0
    assert done.out.strip() == str(tmp_path / "guide-manager-zh_CN.pdf")


def test_that_a_folder_that_is_not_there_is_made(call: Caller, tmp_path: Path) -> None:
    folder = tmp_path / "handed" / "out"
    done = call("guide", "--output", str(folder), "--no-pictures", "--chapter", "manager")
    assert done.code == 0
    assert [path.name for path in folder.iterdir()] == ["guide-manager-en.pdf"]


def test_that_a_folder_that_cannot_be_made_is_said(call: Caller, tmp_path: Path) -> None:
    (tmp_path / "none").write_bytes(b"")
    done = call("guide", "--output", str(tmp_path / "none"), "--no-pictures")
    assert done.code == 3
    assert "none" in done.err


def test_that_chapters_of_the_command_are_those_of_the_manual() -> None:
    assert [one.name for one in manual().chapters] == list(guide.CHAPTERS)


def test_that_names_of_files_tell_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guide.i18n, "language", lambda: "en")
    assert guide._screen("07-first-run-en-light.png") == "first-run"


def test_that_screens_that_were_not_drawn_are_named(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # These doors draw nothing.
    monkeypatch.setattr(guide, "CASES", 40)
    done = call("guide", "--output", str(tmp_path), "--chapter", "training_lead", "--json")
    assert done.code == 0
    assert json.loads(done.out)["pictures"] == 0
    assert "incidents-train" in done.err
