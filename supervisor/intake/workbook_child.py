"""Reads a workbook in a process of its own: a broken or hostile file can only hurt this process.

    python -m supervisor.intake.workbook_child FILE MEGABYTES SECONDS [SHEET]

Writes JSON lines: first `{"sheets": [...]}`, then, with SHEET, one list of cells per row (a row
number leads it; dates are `{"t": iso}`), last `{"end": rows}`; trouble is `{"error": code, ...}`.
"""

import faulthandler
import json
import os
import re
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any, TextIO

from supervisor.intake.process_limits import limit_memory

CHILD_COMMAND = "read-workbook"
"""What the frozen program is called with to become this process."""

MOST_CELLS = 40_000_000
"""Cells of the rectangle a sheet spans; the reader holds all of it."""

MOST_ROWS = 1_048_576
MOST_UNPACKED = 2 << 30
_REFERENCE = re.compile(rb'<c [^>]{0,40}?r="([A-Z]{1,3})(\d{1,7})"')
_BLOCK = 1 << 20


def main(arguments: list[str]) -> int:
    """Read as told; the exit code is 0 whenever the outcome was written."""
    path, megabytes, seconds = arguments[0], int(arguments[1]), float(arguments[2])
    sheet = arguments[3] if len(arguments) > 3 else None
    out = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    # A watchdog of the interpreter's own: it ends the process even inside foreign code.
    quiet = open(os.devnull, "w")  # noqa: PTH123, SIM115, PLW1514
    faulthandler.dump_traceback_later(seconds, exit=True, file=quiet)
    limit_memory(megabytes)
    try:
        _read(path, sheet, out)
    except MemoryError:
        _say(out, {"error": "workbook_too_big"})
    out.flush()
    return 0


def _read(path: str, sheet: str | None, out: TextIO) -> None:
    import python_calamine as calamine  # noqa: PLC0415 (after the limits are set)

    problem = _too_big(path)
    if problem:
        _say(out, problem)
        return
    try:
        workbook = calamine.load_workbook(path)
        _say(out, {"sheets": workbook.sheet_names})
        if sheet is not None:
            _rows(workbook.get_sheet_by_name(sheet), out)
    except calamine.PasswordError:
        _say(out, {"error": "workbook_has_password"})
    except calamine.WorksheetNotFound:
        _say(out, {"error": "sheet_missing", "sheet": sheet})
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError) as error:
        words = str(error).lower()
        locked = "password" in words or "encrypt" in words
        _say(out, {"error": "workbook_has_password" if locked else "workbook_broken"})


def _rows(sheet: Any, out: TextIO) -> None:
    top = sheet.start[0] if sheet.start else 0
    count = 0
    for offset, cells in enumerate(sheet.iter_rows()):
        if offset < top and not any(cell != "" for cell in cells):
            continue
        json.dump([offset + 1, *map(_plain, cells)], out, ensure_ascii=True)
        out.write("\n")
        count += 1
    _say(out, {"end": count})


def _plain(cell: object) -> object:
    if isinstance(cell, datetime | date | time):
        return {"t": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"t": (datetime(1899, 12, 31) + cell).time().isoformat()}  # noqa: DTZ001
    if isinstance(cell, str) and "_xFFF" in cell:
        return cell.replace("_xFFFE_", "\ufffe").replace("_xFFFF_", "\uffff")
    return cell


def _too_big(path: str) -> dict[str, object] | None:
    """Refuse zip bombs and sheets that span far more cells than they hold, before loading."""
    if not zipfile.is_zipfile(path):
        return None
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                return {"error": "workbook_too_big"}
            for part in parts:
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part.filename):
                    problem = _span(archive, part)
                    if problem:
                        return problem
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        return {"error": "workbook_broken"}
    return None


def _span(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> dict[str, object] | None:
    rows = columns = 0
    tail = b""
    with archive.open(part) as stream:
        while block := stream.read(_BLOCK):
            data = tail + block
            for match in _REFERENCE.finditer(data):
                rows = max(rows, int(match[2]))
                columns = max(columns, _column(match[1]))
            tail = data[-64:]
    if rows * columns > MOST_CELLS:
        return {"error": "sheet_too_sparse", "rows": rows, "columns": columns}
    return None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _say(out: TextIO, message: dict[str, object]) -> None:
    out.write(json.dumps(message, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
