"""`schedule weekly`: a task of the system that runs the weekly report without a window.

Windows gets a task of its Task Scheduler, Linux a timer of the user's systemd, every other system
a line for cron. `--dry-run` only prints what would be written.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

import click

from supervisor import i18n
from supervisor.cli import output
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand, TranslatedGroup, option
from supervisor.cli.report_children import itself
from supervisor.cli.report_options import BRANCH, OUTPUT, STYLE
from supervisor.errors import BadInputError, ExpectedError
from supervisor.i18n import mark, tr

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WINDOWS_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LONGEST = "PT4H"
NAME = "field-collection-weekly"
"""Of the task, the timer and the mark in a crontab: a second call replaces the first."""


class TimeOfDay(click.ParamType[str]):
    """A time written as 07:30."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The time, or a usage error."""
        del param, ctx
        hour, _, minute = str(value).partition(":")
        fits = hour.isdecimal() and minute.isdecimal() and len(minute) == len("30")
        if not fits or int(hour) > 23 or int(minute) > 59:
            raise BadInputError("argument_not_a_time", value=str(value))
        return f"{int(hour):02d}:{minute}"


@dataclass(frozen=True, slots=True)
class Task:
    """What runs when. `day`: 0 is Monday; `at`: HH:MM by the machine's clock."""

    day: int
    at: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written where; JSON `{kind, where, text, command}`."""

    kind: str
    where: str
    text: str
    command: tuple[str, ...]


@click.group(
    cls=TranslatedGroup, help=mark("Reports at a fixed time, by the system's own scheduler.")
)
def schedule() -> None:
    """Commands about schedules."""


@schedule.command(
    cls=TranslatedCommand, help=mark("The weekly report every week, without a window.")
)
@option("--day", type=click.Choice(DAYS), default="mon", text=mark("Day of the week."))
@option("--at", type=TimeOfDay(), default="07:30", text=mark("Time of the day, such as 07:30."))
@BRANCH
@OUTPUT
@option("--xlsx", is_flag=True, text=mark("A workbook beside each PDF."))
@STYLE
@option("--dry-run", is_flag=True, text=mark("Print what would be written; write nothing."))
@click.pass_obj
def weekly(call: Call, /, **asked: Any) -> int:
    """Write the task; say what was written."""
    task = Task(DAYS.index(asked["day"]), asked["at"], command_of(call, asked))
    written = plan_of(task)
    for one in written:
        if not asked["dry_run"]:
            _put(one)
    if call.json:
        output.emit_json(list(written))
        return Exit.DONE
    for one in written:
        output.say(one.where)
        click.echo(one.text.rstrip("\n"))
    if asked["dry_run"]:
        output.say(tr("Nothing was written."))
    return Exit.DONE


def command_of(call: Call, asked: dict[str, Any]) -> tuple[str, ...]:
    """The call the task makes; the address without a password, which the key store keeps.

    Raises:
        BadInputError: the address holds a password, which would lie open in the task.
    """
    from supervisor.models.addresses import normalise_url

    folder = str(Path(asked["folder"]).absolute())
    made = [*_windowless(), "report", "weekly", "--output", folder, "--lang", i18n.language()]
    for branch in asked["branches"]:
        made += ["--branch", branch]
    made += ["--xlsx"] if asked["xlsx"] else []
    made += ["--style", asked["style"]] if asked["style"] != "plain" else []
    if call.database is not None:
        url = normalise_url(call.database)
        if url.password is not None or "password" in url.query:
            raise BadInputError("schedule_password")
        file = url.get_backend_name() == "sqlite"
        made += ["--database", str(Path(url.database or "").absolute()) if file else call.database]
    return tuple(made)


def _windowless() -> list[str]:
    """This program; on Windows by the interpreter, or frozen by the program, without a console."""
    program = itself()
    if sys.platform != "win32":
        return program
    beside = (Path(program[0]).with_name(name) for name in ("pythonw.exe", "supervisor-desk.exe"))
    quiet = next((str(path) for path in beside if path.exists()), program[0])
    return [quiet, *program[1:]]


def plan_of(task: Task, system: str = sys.platform) -> tuple[Written, ...]:
    """What would be written on a system (`sys.platform`)."""
    if system == "win32":
        tell = ("schtasks", "/Create", "/TN", NAME, "/XML", "{file}", "/F")
        return (Written("windows_task", NAME, task_xml(task), tell),)
    if system.startswith("linux") and shutil.which("systemctl"):
        folder = _systemd_folder()
        timer = f"{NAME}.timer"
        return (
            Written("systemd_service", str(folder / f"{NAME}.service"), service_unit(task), ()),
            Written("systemd_timer", str(folder / timer), timer_unit(task),
                    ("systemctl", "--user", "enable", "--now", timer)),
        )  # fmt: skip
    return (Written("cron", "crontab", cron_line(task), ("crontab", "-")),)


def task_xml(task: Task) -> str:
    """A task of the Windows Task Scheduler, as `schtasks /XML` reads it."""
    program, *arguments = task.command
    begins = date(2026, 1, 5) + timedelta(days=task.day)  # a Monday; only the time counts
    return f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><URI>\\{NAME}</URI></RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>{begins.isoformat()}T{task.at}:00</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByWeek>
        <WeeksInterval>1</WeeksInterval>
        <DaysOfWeek><{_WINDOWS_DAYS[task.day]} /></DaysOfWeek>
      </ScheduleByWeek>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <Hidden>true</Hidden>
    <ExecutionTimeLimit>{_LONGEST}</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>{escape(program)}</Command>
      <Arguments>{escape(subprocess.list2cmdline(arguments))}</Arguments>
    </Exec>
  </Actions>
</Task>
"""


def service_unit(task: Task) -> str:
    """What the timer starts."""
    return (
        "[Unit]\nDescription=Weekly reports of field collection\n\n"
        f"[Service]\nType=oneshot\nExecStart={_systemd_line(task.command)}\n"
    )


def timer_unit(task: Task) -> str:
    """When it starts; made up for when the machine was off."""
    day = DAYS[task.day].capitalize()
    return (
        "[Unit]\nDescription=Weekly reports of field collection\n\n"
        f"[Timer]\nOnCalendar={day} *-*-* {task.at}:00\nPersistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def cron_line(task: Task) -> str:
    """A line for a crontab, marked so that it is found again."""
    hour, minute = task.at.split(":")
    call = shlex.join(task.command).replace("%", r"\%")
    return f"{int(minute)} {int(hour)} * * {(task.day + 1) % 7} {call} # {NAME}\n"


def _systemd_line(command: Sequence[str]) -> str:
    def quoted(text: str) -> str:
        plain = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
        return '"' + plain.replace("$", "$$") + '"'

    return " ".join(map(quoted, command))


def _systemd_folder() -> Path:
    home = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "systemd" / "user"


def _put(one: Written) -> None:
    """Write it and tell the scheduler.

    Raises:
        ExpectedError: the scheduler is not there or does not take it.
        OSError: a file cannot be written.
    """
    if one.kind == "windows_task":
        with TemporaryDirectory() as folder:
            file = Path(folder) / "task.xml"
            file.write_text(one.text, encoding="utf-16")
            _tell([str(file) if part == "{file}" else part for part in one.command])
    elif one.kind == "cron":
        known = subprocess.run(["crontab", "-l"], capture_output=True, check=False)  # noqa: S607
        lines = known.stdout.decode("utf-8", "replace").splitlines(keepends=True)
        kept = [line for line in lines if not line.rstrip().endswith(f"# {NAME}")]
        _tell(one.command, "".join([*kept, one.text]))
    else:
        path = Path(one.where)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(one.text, encoding="utf-8")
        if one.command:
            _tell(("systemctl", "--user", "daemon-reload"))
            _tell(one.command)


def _tell(command: Sequence[str], said: str = "") -> None:
    try:
        done = subprocess.run(  # noqa: S603 - the system's own scheduler
            command,
            input=said.encode(),
            capture_output=True,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except FileNotFoundError as error:
        raise ExpectedError("schedule_missing", tool=command[0]) from error
    if done.returncode:
        why = (done.stderr or done.stdout).decode("utf-8", "replace").strip()[:300]
        raise ExpectedError("schedule_refused", tool=command[0], why=why)
