"""`schedule weekly`: what each system is told, and that a dry run tells nobody."""

import shlex
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from supervisor.cli import schedule
from supervisor.cli.schedule import NAME, Task, cron_line, plan_of, service_unit, task_xml
from tests.cli.calls import Caller

COMMAND = ("/opt/desk/supervisor", "report", "weekly", "--output", '/srv/周报 & "co" 100%')
MONDAY = Task(0, "07:30", COMMAND)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What schedulers were told; they take everything."""
    said: list[tuple[Any, ...]] = []

    def run(command: Any, **more: Any) -> subprocess.CompletedProcess[bytes]:
        said.append((tuple(command), more.get("input", b"")))
        known = f"0 1 * * * backup\n0 0 * * 0 old # {NAME}\n".encode()
        return subprocess.CompletedProcess(command, 0, known, b"")

    monkeypatch.setattr(schedule.subprocess, "run", run)
    return said


def test_that_a_windows_task_says_day_time_and_a_call_without_a_window() -> None:
    root = ElementTree.fromstring(task_xml(MONDAY).partition("\n")[2])  # noqa: S314 - our own
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}

    def text(path: str) -> str | None:
        found = root.find(path, space)
        return None if found is None else found.text

    assert (text(".//t:StartBoundary") or "").endswith("T07:30:00")
    assert root.find(".//t:DaysOfWeek/t:Monday", space) is not None
    assert text(".//t:Command") == COMMAND[0]
    assert text(".//t:Arguments") == subprocess.list2cmdline(COMMAND[1:])
    assert text(".//t:Hidden") == "true"


def test_that_cron_gets_a_line_that_reads_back_to_the_call() -> None:
    line = cron_line(MONDAY)
    assert line.startswith("30 7 * * 1 ")
    assert line.endswith(f"# {NAME}\n")
    call = line.split(" ", 5)[5].rpartition(" # ")[0].replace(r"\%", "%")
    assert tuple(shlex.split(call)) == COMMAND
    assert cron_line(Task(6, "00:05", COMMAND)).startswith("5 0 * * 0 ")


def test_that_systemd_expands_nothing_of_the_call() -> None:
    line = service_unit(Task(0, "07:30", ("/bin/x", "100%", "$HOME", 'a"b'))).splitlines()[-1]
    assert line == 'ExecStart="/bin/x" "100%%" "$$HOME" "a\\"b"'


@pytest.mark.parametrize(
    ("system", "kinds"),
    [
        ("win32", ["windows_task"]),
        ("linux", ["systemd_service", "systemd_timer"]),
        ("darwin", ["cron"]),
    ],
)
def test_that_each_system_gets_its_own(
    monkeypatch: pytest.MonkeyPatch, system: str, kinds: list[str]
) -> None:
    monkeypatch.setattr(schedule.shutil, "which", lambda _: "/bin/systemctl")
    assert [one.kind for one in plan_of(MONDAY, system)] == kinds


def test_that_a_dry_run_says_everything_and_does_nothing(
    call: Caller, told: list[tuple[Any, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    said = call("schedule", "weekly", "--day", "mon", "--at", "7:30", "--branch", "W001",
                "--output", "out", "--database", "desk.db", "--dry-run", "--json")  # fmt: skip
    assert said.code == 0, said.err
    text = "".join(one["text"] for one in said.json)
    assert "07:30" in text or text.startswith("30 7 ")
    assert str(Path("desk.db").absolute()) in text
    assert told == []
    assert list(tmp_path.iterdir()) == [] or not (tmp_path / "systemd").exists()


def test_that_systemd_and_cron_are_told(
    call: Caller, told: list[tuple[Any, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr(schedule.shutil, "which", lambda _: "/bin/systemctl")
    monkeypatch.setattr(schedule.sys, "platform", "linux")
    assert call("schedule", "weekly").code == 0
    timer = tmp_path / "systemd" / "user" / f"{NAME}.timer"
    assert "OnCalendar=Mon *-*-* 07:30:00" in timer.read_text(encoding="utf-8")
    assert [command for command, _ in told][-1][-1] == f"{NAME}.timer"
    told.clear()
    monkeypatch.setattr(schedule.shutil, "which", lambda _: None)
    assert call("schedule", "weekly", "--at", "06:00").code == 0
    command, table = told[-1]
    assert command == ("crontab", "-")
    lines = table.decode().splitlines()
    assert lines[0] == "0 1 * * * backup", "other lines stay"
    assert [line.split()[:2] for line in lines[1:]] == [["0", "6"]], (
        "ours takes the old one's place"
    )


def test_that_a_scheduler_that_refuses_is_said(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(command: Any, **_: Any) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(command, 1, b"", b"not allowed here")

    monkeypatch.setattr(schedule.subprocess, "run", run)
    monkeypatch.setattr(schedule.shutil, "which", lambda _: None)
    monkeypatch.setattr(schedule.sys, "platform", "linux")
    said = call("schedule", "weekly")
    assert said.code == 3
    assert "not allowed here" in said.err


@pytest.mark.parametrize(
    "address", ["postgresql://me:secret@host/name", "postgresql://host/name?password=secret"]
)
def test_that_no_password_gets_into_a_task(
    call: Caller, told: list[tuple[Any, ...]], address: str
) -> None:
    said = call("schedule", "weekly", "--database", address)
    assert said.code == 2
    assert "secret" not in said.out + said.err
    assert told == []


@pytest.mark.parametrize("at", ["24:00", "7", "07:5", "noon"])
def test_that_a_time_is_a_time(call: Caller, at: str) -> None:
    assert call("schedule", "weekly", "--at", at, "--dry-run").code == 2


@pytest.mark.parametrize(
    ("there", "called"),
    [
        (("python.exe", "pythonw.exe"), "pythonw.exe"),
        (("supervisor.exe", "supervisor-desk.exe"), "supervisor-desk.exe"),
        (("supervisor.exe",), "supervisor.exe"),
    ],
)
def test_that_a_task_of_windows_calls_what_opens_no_console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: tuple[str, ...], called: str
) -> None:
    for name in there:
        (tmp_path / name).touch()
    monkeypatch.setattr(schedule, "itself", lambda: [str(tmp_path / there[0]), "-m", "x"])
    monkeypatch.setattr(schedule.sys, "platform", "win32")
    assert schedule._windowless() == [str(tmp_path / called), "-m", "x"]
    monkeypatch.setattr(schedule.sys, "platform", "linux")
    assert schedule._windowless() == [str(tmp_path / there[0]), "-m", "x"]
