"""Many reports by several processes of this program: each takes its share, files come as made.

Each child is `supervisor report ... --workers 1`; the address of the database goes through its
environment, never through its arguments, which everybody on the machine may read.
"""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from supervisor.cli import output
from supervisor.cli.report_made import Made
from supervisor.errors import ExpectedError
from supervisor.models.ids import ReportId

PARENT = "SUPERVISOR_REPORT_PARENT"
"""Holds the id of the process whose share this is: without it nobody waits for the rest."""
LEAST_EACH = 2
"""Fewer reports than this for each process are not worth starting one."""
_DATABASE = "SUPERVISOR_DATABASE"


def workers_for(reports: int, wanted: int | None) -> int:
    """How many processes: as many as told, else one for each processor, at least one."""
    most = wanted or os.cpu_count() or 1
    return max(1, min(most, reports // LEAST_EACH))


def is_orphan() -> bool:
    """Whether this process works for another that is gone."""
    parent = os.environ.get(PARENT)
    return parent is not None and str(os.getppid()) != parent


def make_by_children(
    address: str, arguments: Sequence[str], shares: Sequence[Sequence[str]]
) -> Iterator[Made | int]:
    """Files made by one process for each share, then exit codes that are not 0.

    `arguments`: of the command without `--branch`; a share: codes of branches. What a process says
    goes into a file: nobody waits for anybody who reads.
    """
    with contextlib.ExitStack() as kept:
        children = []
        for share in shares:
            said = kept.enter_context(TemporaryFile("w+", encoding="utf-8"))
            child = _start(address, [*arguments, "--branch", ",".join(share)], said)
            kept.callback(_end, child)
            children.append((child, said))
        for child, said in children:
            code = child.wait()
            said.seek(0)
            yield from map(_made, said)
            if code:
                yield code


def _start(address: str, arguments: Sequence[str], said: IO[str]) -> "subprocess.Popen[bytes]":
    environment = os.environ | {_DATABASE: address, PARENT: str(os.getpid())}
    return subprocess.Popen(  # noqa: S603 - this very program
        [*itself(), *arguments, "--workers", "1", "--lines"],
        stdout=said,
        stdin=subprocess.DEVNULL,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _end(child: "subprocess.Popen[bytes]") -> None:
    """A child whose work nobody waits for any more ends as well."""
    if child.poll() is None:
        child.terminate()
        child.wait()


def itself() -> list[str]:
    """How this program is called: frozen by its file, else as a module of the interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "supervisor"]


def _made(line: str) -> Made:
    raw = json.loads(line)
    return Made(**{**raw, "run_id": ReportId(raw["run_id"])})


def say_line(made: Made) -> None:
    """One file as a line of JSON, handed over at once."""
    output.emit_json(made)
    output.deliver()


def shared(codes: Sequence[str], workers: int) -> list[list[str]]:
    """Codes dealt out one by one, so that neighbours in size do not meet."""
    return [list(codes[start::workers]) for start in range(workers)]


def folder_of(text: str) -> Path:
    """The folder to write into; made where it is missing.

    Raises:
        ExpectedError: there is something else in its place, or it may not be made there.
        OSError: it cannot be made.
    """
    folder = Path(text)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise ExpectedError("report_no_folder", folder=str(folder)) from error
    except PermissionError as error:
        raise ExpectedError("report_no_rights", folder=str(folder)) from error
    return folder
