"""Files appear whole or not at all, and a sentence says why not."""

import errno
import os
from pathlib import Path

import pytest

from supervisor.errors import ExpectedError
from supervisor.reports import files
from supervisor.reports.files import write_whole
from supervisor.words import has_sentence


def left_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_that_a_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "周报.pdf"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert left_in(tmp_path) == ["周报.pdf"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "report_no_room"),
        (errno.EACCES, "report_no_rights"),
        (errno.EIO, "file_not_writable"),
    ],
)
def test_that_a_failure_leaves_what_was_there(
    number: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    write_whole(path, b"one")

    def fails(_: int) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(ExpectedError) as told:
        write_whole(path, b"two")
    assert told.value.code == code
    assert has_sentence(code)
    assert path.read_bytes() == b"one"
    assert left_in(tmp_path) == ["a.pdf"]


def test_that_a_file_open_elsewhere_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"one")

    def held(*_: object) -> None:
        raise PermissionError(errno.EACCES, "held")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(ExpectedError, match="report_open_elsewhere"):
        write_whole(path, b"two")
    assert left_in(tmp_path) == ["a.pdf"]
    assert has_sentence("report_open_elsewhere")


def test_that_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExpectedError) as told:
        write_whole(tmp_path / "gone" / "a.pdf", b"x")
    assert told.value.code == "report_no_folder"
    assert told.value.facts == {"folder": str(tmp_path / "gone")}
    assert has_sentence("report_no_folder")


def test_that_a_sharing_violation_of_windows_is_one() -> None:
    problem = OSError(errno.EACCES, "held")
    problem.winerror = files.SHARING_VIOLATION  # type: ignore[attr-defined]
    assert files._told(problem, Path("a.pdf")).code == "report_open_elsewhere"
