"""What a SQLite file may lie on, and who may read it.

Locks and the write-ahead log are not dependable on network drives, so a file there is refused:
sharing means PostgreSQL.
"""

import contextlib
import ctypes
import os
import shutil
import sys
from pathlib import Path

from supervisor.errors import ExpectedError, SchemaError

NETWORK_FILE_SYSTEMS = frozenset(
    {
        "9p",
        "afpfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "davfs",
        "fuse.davfs",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.sshfs",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "webdav",
    }
)
"""File system types, as `/proc/mounts` calls them, that other machines can write to meanwhile."""

DRIVE_REMOTE = 4
"""Answer of Windows' `GetDriveTypeW` for a drive letter that stands for a share."""

MOUNTS = Path("/proc/mounts")
OWNER_ONLY = 0o600


def refuse_network_drive(path: Path) -> None:
    """Refuse a SQLite file that several machines could open.

    Raises:
        SchemaError: the file lies on a network drive.
    """
    if is_on_network(path):
        raise SchemaError("file_on_network_drive")


def refuse_without_room(folder: Path, size: int) -> None:
    """Refuse to write `size` bytes where there is no room for them.

    Raises:
        ExpectedError: the disk is too full; nothing was written.
    """
    free = shutil.disk_usage(folder).free
    if free < size:
        raise ExpectedError(
            "disk_room_short", needed=_megabytes(size), free=_megabytes(free), folder=str(folder)
        )


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)


def is_on_network(path: Path) -> bool:
    """Whether `path` (which need not exist yet) lies on a share."""
    if is_share_name(str(path)):
        return True
    if sys.platform == "win32":
        return _windows_drive_is_remote(path)
    if not MOUNTS.exists():
        return False
    return file_system_of(path, MOUNTS.read_text(encoding="utf-8")) in NETWORK_FILE_SYSTEMS


def is_share_name(text: str) -> bool:
    """Whether a path is written as a share: two slashes of either kind, then a server's name."""
    plain = text.replace("\\", "/")
    if plain.startswith(("//?/UNC/", "//?/unc/")):
        return True
    return plain.startswith("//") and not plain.startswith(("//?/", "//./", "///"))


def file_system_of(path: Path, mounts: str) -> str:
    """The type of the file system that holds `path`, from the text of `/proc/mounts`."""
    target = Path(os.path.realpath(path))
    found, depth = "", -1
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        # Blanks and the like are written in octal there.
        point = Path(fields[1].encode("latin-1", "replace").decode("unicode_escape"))
        if target.is_relative_to(point) and len(point.parts) >= depth:
            found, depth = fields[2], len(point.parts)
    return found


def _windows_drive_is_remote(path: Path) -> bool:
    anchor = path.resolve().anchor
    drive_type: int = ctypes.windll.kernel32.GetDriveTypeW(anchor)  # type: ignore[attr-defined]
    return drive_type == DRIVE_REMOTE


def keep_to_owner(path: Path) -> None:
    """Leave the file, its log and its index readable by their owner alone.

    SQLite gives the log and the index the rights of the file itself. Windows keeps the user's
    folders to the user; mode bits mean little there.
    """
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        with contextlib.suppress(FileNotFoundError):
            name.chmod(OWNER_ONLY)


def create_for_owner(path: Path) -> None:
    """Create an empty file that only its owner may read, before anything is written into it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
