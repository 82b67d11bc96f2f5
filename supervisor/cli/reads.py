"""The questions commands ask the models, in one place."""

import unicodedata
from typing import TYPE_CHECKING

from supervisor.cli.frame import Call
from supervisor.errors import ExpectedError
from supervisor.models.ids import BranchId
from supervisor.models.rows.case_file import (
    CaseFileFilter,
    CaseFileRow,
    CaseNumbers,
    FoundCase,
)
from supervisor.models.rows.case_queue import (
    QueuePage,
    QueueRequest,
)
from supervisor.models.rows.directory import DirectoryRow
from supervisor.models.rows.saved_view import SavedViewRow

if TYPE_CHECKING:
    from supervisor.models.database import Database


def directory_of(database: "Database", call: Call) -> DirectoryRow:
    """Branches, teams and people."""
    from supervisor.models.queries.directory import directory

    return database.read(directory, call.actor())


def views_of(database: "Database", call: Call) -> tuple[SavedViewRow, ...]:
    """Saved views, the ready-made ones included."""
    from supervisor.models.queries.saved_views import saved_views

    return database.read(saved_views, call.actor())


def page_of(database: "Database", request: QueueRequest) -> QueuePage:
    """A window of the queue with its total."""
    from supervisor.models.queries.case_queue import page

    return database.read(page, request)


def total_of(database: "Database", request: QueueRequest) -> int:
    """How many cases the conditions let through."""
    from supervisor.models.queries.case_queue import count

    return database.read(count, request)


def file_of(database: "Database", call: Call, found: FoundCase) -> CaseFileRow:
    """Everything the case panel shows.

    Raises:
        ExpectedError: the case has left its branch meanwhile.
    """
    from supervisor.models.queries.case_file import case_file

    wanted = CaseFileFilter(found.branch_id, found.case_id, call.day(), call.now())
    row = database.read(case_file, wanted)
    if row is None:
        raise ExpectedError("case_unknown", value=found.case_no)
    return row


def cases_by_number(
    database: "Database", numbers: tuple[str, ...], branches: tuple[BranchId, ...] | None
) -> tuple[FoundCase, ...]:
    """Cases with these case numbers, ended ones included; `branches` None: anywhere.

    A number nobody has as it is written is looked for in plain letters and digits as well.

    Raises:
        ExpectedError: one of them is unknown; nothing is done with the others.
    """
    from supervisor.models.queries.case_file import find_cases

    found = database.read(find_cases, CaseNumbers(numbers, branches))
    unknown = set(numbers) - {row.case_no for row in found}
    if unknown:
        plain = {number: unicodedata.normalize("NFKC", number).strip() for number in unknown}
        again = CaseNumbers(tuple(sorted(set(plain.values()) - set(numbers))), branches)
        found += database.read(find_cases, again)
        known = {row.case_no for row in found}
        unknown = {number for number, twin in plain.items() if twin not in known}
    if unknown:
        raise ExpectedError("case_unknown", value=", ".join(sorted(unknown)[:5]))
    return found
