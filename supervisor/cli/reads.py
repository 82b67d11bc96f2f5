"""The questions commands ask the models, in one place."""

from typing import TYPE_CHECKING

from supervisor.cli.frame import Call
from supervisor.errors import ExpectedError
from supervisor.models.orders import CaseRef
from supervisor.models.rows.case_file import CaseFileRow
from supervisor.models.rows.case_queue import (
    CaseQueueFilter,
    CaseQueueRow,
    QueuePage,
    QueueRequest,
)
from supervisor.models.rows.directory import DirectoryRow
from supervisor.models.rows.saved_view import SavedViewRow

if TYPE_CHECKING:
    from supervisor.models.database import Database

CHUNK = 500


def directory_of(database: "Database", call: Call) -> DirectoryRow:
    """Branches, teams and people."""
    from supervisor.models.queries.directory import directory

    return database.read(directory, call.actor())


def views_of(database: "Database", call: Call, wanted: CaseQueueFilter) -> tuple[SavedViewRow, ...]:
    """Saved views, the ready-made ones included."""
    from supervisor.models.queries.saved_views import saved_views

    del wanted
    return database.read(saved_views, call.actor())


def page_of(database: "Database", request: QueueRequest) -> QueuePage:
    """A window of the queue with its total."""
    from supervisor.models.queries.case_queue import page

    return database.read(page, request)


def total_of(database: "Database", request: QueueRequest) -> int:
    """How many cases the conditions let through."""
    from supervisor.models.queries.case_queue import totals

    return database.read(totals, request).cases


def file_of(database: "Database", call: Call, row: CaseQueueRow) -> CaseFileRow:
    """Everything the case panel shows."""
    from supervisor.models.queries.case_file import CaseFileRequest, case_file

    ref = CaseRef(row.branch_id, row.case_id)
    return database.read(case_file, CaseFileRequest(ref, call.day(), call.now()))


def cases_by_number(
    database: "Database", wanted: CaseQueueFilter, numbers: tuple[str, ...]
) -> tuple[CaseQueueRow, ...]:
    """Cases with exactly these case numbers, ended ones included.

    Raises:
        ExpectedError: one of them is unknown; nothing is done with the others.
    """
    from dataclasses import replace

    found: list[CaseQueueRow] = []
    for start in range(0, len(numbers), CHUNK):
        part = numbers[start : start + CHUNK]
        asked = replace(wanted, numbers=part, include_ended=True)
        rows = page_of(database, QueueRequest(asked, limit=10 * CHUNK)).rows
        found += [row for row in rows if row.case_no in part]
    unknown = sorted(set(numbers) - {row.case_no for row in found})
    if unknown:
        raise ExpectedError("case_unknown", value=", ".join(unknown[:5]))
    return tuple(found)
