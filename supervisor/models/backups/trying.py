"""Looking at a restored copy, and what both engines do alike."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from supervisor.errors import ConflictError, ExpectedError
from supervisor.models import filesystem
from supervisor.models.database import Database
from supervisor.models.migrations import runner
from supervisor.models.queries.audit import verify
from supervisor.models.queries.contents import contents
from supervisor.models.rows.backups import RehearsalRow
from supervisor.models.rows.contents import ContentsRow


def looked_at(copy: Database, at_least: int) -> ContentsRow:
    """What the copy holds, when it is whole and not older than `at_least` events of the audit.

    Raises:
        ExpectedError: it is not.
    """
    found = copy.read(contents, None)
    if not found.audit.ok or found.audit.count < at_least:
        raise ExpectedError("backup_damaged")
    return found


def events_of(database: Database) -> int:
    """How many events the audit holds; the chain must be whole before it is worth copying.

    Raises:
        ExpectedError: it is broken.
    """
    found = database.read(verify, None)
    if not found.ok:
        raise ExpectedError("backup_audit_broken", event=found.first_bad or 0)
    return found.count


@contextmanager
def arriving(target: Path) -> Iterator[Path]:
    """A file beside `target` that takes its name at the end, or is taken away.

    Raises:
        ConflictError: there is a file of this name already.
    """
    if target.exists():
        raise ConflictError("backup_exists", path=str(target))
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        filesystem.create_for_owner(part)
        yield part
        part.replace(target)
    except OSError as error:
        raise ExpectedError("backup_unwritable", path=str(target)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def upgraded(copy: Database, at_least: int) -> RehearsalRow:
    """Upgrade the copy and look at it.

    Raises:
        ExpectedError: the upgrade fails, or loses something of the audit.
    """
    before = runner.revision_of(copy)
    begun = time.perf_counter()
    runner.upgrade(copy)
    seconds = time.perf_counter() - begun
    return RehearsalRow(
        before=before,
        after=runner.NEWEST,
        seconds=seconds,
        contents=looked_at(copy, at_least),
    )


def refuse_unless_empty(database: Database) -> None:
    """Only an empty database is filled from a backup.

    Raises:
        ConflictError: it holds tables.
    """
    if runner.state_of(database) is not runner.SchemaState.EMPTY:
        raise ConflictError("restore_not_empty", name=database.safe_url)
