"""Files that appear whole or not at all, and a sentence when they cannot."""

import errno
import os
import secrets
from pathlib import Path

from supervisor.errors import ExpectedError

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_RIGHTS = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_FOLDER = frozenset({errno.ENOENT, errno.ENOTDIR})
SHARING_VIOLATION = 32
"""Windows: another program holds the file."""


def write_whole(path: Path, data: bytes) -> None:
    """Write a file beside its place and move it there; what was there before stays on failure.

    Raises:
        ExpectedError: the disk is full, the folder is missing or may not be written, or the file
            is open in another program.
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _into_place(beside, path)
    except OSError as problem:
        raise _told(problem, path) from problem
    finally:
        beside.unlink(missing_ok=True)


def _into_place(beside: Path, path: Path) -> None:
    try:
        beside.replace(path)
    except PermissionError as problem:
        # The folder let us write beside it, so it is the file itself that is held.
        if path.exists():
            raise ExpectedError("report_open_elsewhere", path=str(path)) from problem
        raise


def _told(problem: OSError, path: Path) -> ExpectedError:
    if getattr(problem, "winerror", None) == SHARING_VIOLATION:
        return ExpectedError("report_open_elsewhere", path=str(path))
    if problem.errno in _NO_ROOM:
        return ExpectedError("report_no_room", path=str(path))
    if problem.errno in _NO_FOLDER:
        return ExpectedError("report_no_folder", folder=str(path.parent))
    if problem.errno in _NO_RIGHTS:
        return ExpectedError("report_no_rights", folder=str(path.parent))
    return ExpectedError("file_not_writable", path=str(path))
