"""Workbooks, through a child process with limits (see `workbook_child`)."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any, cast

from supervisor.errors import BadInputError
from supervisor.intake.cells import Cell
from supervisor.intake.source import About, Row, digest
from supervisor.intake.workbook_child import CHILD_COMMAND

MEGABYTES = 2_048
SECONDS = 300.0
_LONGEST_LINE = 64 << 20


class Workbook:
    """xlsx, xls, xlsb or ods."""

    def __init__(self, path: Path, megabytes: int = MEGABYTES, seconds: float = SECONDS) -> None:
        self._path = path
        self._megabytes, self._seconds = megabytes, seconds
        sheets: tuple[str, ...] = ()
        for message in self._talk(None):
            if isinstance(message, dict) and "sheets" in message:
                sheets = tuple(message["sheets"])
        if not sheets:
            raise BadInputError("workbook_without_sheets", name=path.name)
        self._about = About(digest(path), None, None, sheets, (), is_csv=False)

    @property
    def about(self) -> About:
        """What was found out while opening."""
        return self._about

    def rows(self, sheet: str | None = None) -> Iterator[Row]:
        """Rows of a sheet (the first one unless named), streamed out of the child.

        Raises:
            BadInputError: no such sheet, or the child ran into its limits.
        """
        wanted = sheet or self._about.sheets[0]
        if wanted not in self._about.sheets:
            raise BadInputError("sheet_missing", sheet=wanted)
        ended = False
        for message in self._talk(wanted):
            if isinstance(message, list):
                yield int(message[0]), [_cell(cell) for cell in message[1:]]
            elif "end" in message:
                ended = True
        if not ended:
            raise BadInputError("workbook_too_big", name=self._path.name)

    def _talk(self, sheet: str | None) -> Iterator[Any]:
        arguments = [str(self._path.resolve()), str(self._megabytes), str(self._seconds)]
        child = subprocess.Popen(  # noqa: S603 (a fixed program, no shell)
            [*_program(), *arguments, *([sheet] if sheet is not None else [])],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        said_something = False
        said = cast("IO[bytes]", child.stdout)
        try:
            while line := said.readline(_LONGEST_LINE):
                if not line.endswith(b"\n"):
                    break
                message = json.loads(line)
                said_something = True
                if isinstance(message, dict) and "error" in message:
                    code = message.pop("error")
                    raise BadInputError(code, name=self._path.name, **message)
                yield message
        finally:
            said.close()
            child.kill()
            child.wait()
        if not said_something:
            raise BadInputError("workbook_too_big", name=self._path.name)


def _program() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_COMMAND]
    return [sys.executable, "-m", "supervisor.intake.workbook_child"]


def _cell(cell: Any) -> Cell:
    if isinstance(cell, dict):
        return _instant(cell["t"])
    if cell == "":
        return None
    return cell if cell is None or isinstance(cell, str | int | float) else str(cell)


def _instant(text: str) -> date | datetime | time:
    if "T" in text:
        return datetime.fromisoformat(text)
    return time.fromisoformat(text) if ":" in text else date.fromisoformat(text)
