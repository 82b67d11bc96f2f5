"""Reports and a world that says no: a sentence in both languages, and nothing is lost."""

import errno
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from supervisor.intake.demo import DemoSize, create_demo
from tests.cli.calls import Caller, Result
from tests.cli.office import ask
from tests.factories import TODAY

LANGUAGES = {"zh_CN": {"room": "磁盘已满", "rights": "不能写入", "open": "被其他程序打开",
                       "folder": "没有文件夹"},
             "en": {"room": "The disk is full", "rights": "may not be written",
                    "open": "open in another program", "folder": "There is no folder"}}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo office of two branches."""
    path = tmp_path_factory.mktemp("office") / "office.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUPERVISOR_NOW", "2026-11-23T10:38:00+08:00")
        patch.setenv("SUPERVISOR_HOME", str(path.parent / "home"))
        create_demo(str(path), DemoSize(branches=2, cases=80, visits=300, today=TODAY))
    return path


@pytest.fixture
def office(made: Path, tmp_path: Path) -> str:
    """A copy of it to write in."""
    copy = tmp_path / "office.db"
    copy.write_bytes(made.read_bytes())
    return str(copy)


def weekly(call: Caller, office: str, out: Path, lang: str) -> Result:
    return call("report", "weekly", "--branch", "all", "--workers", "1", "--output", str(out),
                "--xlsx", "--database", office, "--json", lang=lang)  # fmt: skip


def copies(office: str) -> int:
    ((count,),) = ask(office, "SELECT count(*) FROM report_copy")
    return int(count)


def taken(office: str) -> int:
    ((count,),) = ask(office, "SELECT count(*) FROM report_run")
    return int(count)


def fails_at(number: int, code: int) -> Callable[[int], None]:
    """An `fsync` that fails from its so-many-eth call on."""
    calls: Iterator[int] = iter(range(1, 10_000))

    def fsync(_file: int) -> None:
        if next(calls) >= number:
            raise OSError(code, os.strerror(code))

    return fsync


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("number", "word"),
    [(errno.ENOSPC, "room"), (errno.EDQUOT, "room"), (errno.EACCES, "rights")],
)
def test_that_a_disk_that_fills_half_way_is_said_and_the_rest_is_made_later(
    lang: str, number: int, word: str, call: Caller, office: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("supervisor.reports.files.os.fsync", fails_at(2, number))
        said = weekly(call, office, out, lang)
    assert said.code != 0
    assert LANGUAGES[lang][word] in said.err
    assert "Traceback" not in said.err
    first = {path: path.read_bytes() for path in out.iterdir()}
    assert [path.suffix for path in first] == [".pdf"], "what was written stays; no part is left"
    assert copies(office) == 1, "what was not written is in no register"
    assert taken(office) == 1
    again = weekly(call, office, out, lang)
    assert again.code == 0, again.err
    assert len(again.json) == 4
    for one in again.json:
        assert hashlib.sha256(Path(one["path"]).read_bytes()).hexdigest() == one["sha256"]
    assert {path: path.read_bytes() for path in first} == first, "made once"
    assert (taken(office), copies(office)) == (2, 4)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_that_a_file_open_elsewhere_is_said_and_stays(
    lang: str, call: Caller, office: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    held = out / f"weekly-2026W47-W001-{lang}.pdf"
    held.write_bytes(b"%PDF-open in a viewer")

    def refuses(*_: object) -> Any:
        raise PermissionError(errno.EACCES, "held")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", refuses)
        said = weekly(call, office, out, lang)
    assert said.code != 0
    assert LANGUAGES[lang]["open"] in said.err
    assert held.name in said.err
    assert held.read_bytes() == b"%PDF-open in a viewer"
    assert list(out.iterdir()) == [held]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_that_something_else_in_place_of_the_folder_is_said(
    lang: str, call: Caller, office: str, tmp_path: Path
) -> None:
    (tmp_path / "out").write_text("a file")
    said = weekly(call, office, tmp_path / "out", lang)
    assert said.code != 0
    assert LANGUAGES[lang]["folder"] in said.err
    assert taken(office) == 0, "nothing was begun"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_that_a_folder_that_may_not_be_made_is_said(
    lang: str, call: Caller, office: str, tmp_path: Path
) -> None:
    theirs, mkdir = tmp_path / "theirs" / "out", Path.mkdir

    def refuses(path: Path, *given: Any, **named: Any) -> None:
        if path == theirs:
            raise PermissionError(errno.EACCES, "Permission denied")
        mkdir(path, *given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "mkdir", refuses)
        said = weekly(call, office, theirs, lang)
    assert said.code != 0
    assert LANGUAGES[lang]["rights"] in said.err
    assert taken(office) == 0, "nothing was begun"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 96 kB, where the system lets us have one."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("no right to mount a small disk")
    done = subprocess.run([mount, "-t", "tmpfs", "-o", "size=96k", "none", str(place)], check=False)
    if done.returncode:
        pytest.skip("no right to mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_that_a_disk_that_is_really_full_leaves_whole_files(
    call: Caller, office: str, small_disk: Path, tmp_path: Path
) -> None:
    said = weekly(call, office, small_disk, "en")
    assert said.code != 0
    assert "The disk is full" in said.err
    written = list(small_disk.iterdir())
    assert all(path.suffix in {".pdf", ".xlsx"} for path in written), "no part is left"
    assert copies(office) == len(written)
    assert weekly(call, office, tmp_path / "out", "en").code == 0
    assert taken(office) == 2
