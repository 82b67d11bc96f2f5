"""Which reports a call asks for: one for each branch, or one over all of them."""

from typing import TYPE_CHECKING, Any

from supervisor.cli import reads
from supervisor.cli.frame import Call
from supervisor.cli.report_made import Job
from supervisor.cli.report_periods import Days
from supervisor.errors import BadInputError
from supervisor.models.enums_reports import ReportKind
from supervisor.models.rows.directory import BranchRow, DirectoryRow
from supervisor.models.rows.reports import ReportRequest

if TYPE_CHECKING:
    from supervisor.models.database import Database

ALL = "all"
_K = ReportKind
TOGETHER = frozenset({_K.DIGEST, _K.INCIDENTS, _K.TRAINING, _K.ROLL_RATE})
"""One report over all the branches named; of the other kinds one for each."""
OF_A_CASE = frozenset({_K.VISIT_SHEET, _K.EVIDENCE})
MOST_NAMED = 3
"""More branches than this are counted in the name of a file."""


def jobs_of(
    database: "Database", call: Call, kind: ReportKind, days: Days, asked: dict[str, Any]
) -> list[Job]:
    """The reports to make.

    Raises:
        BadInputError: a branch, person or case is not known, or there are several.
    """
    directory = reads.directory_of(database, call)
    subject: str | None = asked.get("subject")
    texts = [one.strip() for text in asked["branches"] for one in text.split(",") if one.strip()]
    every = not texts or texts == [ALL]
    branches = list(directory.branches) if every else _named(directory, texts)
    if subject and kind in OF_A_CASE:
        branches = _of_case(database, branches, subject)
    elif kind is _K.AGENT:
        branches = _of_person(directory, branches, subject or "")
    if kind in TOGETHER:
        ids = tuple(sorted(one.branch_id for one in branches))
        whole = every and call.actor().branches is None
        return [Job(ReportRequest(kind, None if whole else ids, *days, subject),
                    _place(branches, every=every))]  # fmt: skip
    return [
        Job(ReportRequest(kind, (one.branch_id,), *days, subject), one.code) for one in branches
    ]


def _named(directory: DirectoryRow, texts: list[str]) -> list[BranchRow]:
    known = {text: one for one in directory.branches for text in (one.name, one.code)}
    for text in texts:
        if text not in known:
            raise BadInputError("branch_not_known", value=text)
    return list({known[text].branch_id: known[text] for text in texts}.values())


def _place(branches: list[BranchRow], *, every: bool) -> str:
    if every:
        return ALL
    codes = [one.code for one in branches]
    return "+".join(codes) if len(codes) <= MOST_NAMED else f"{len(codes)}"


def _of_case(database: "Database", branches: list[BranchRow], number: str) -> list[BranchRow]:
    found = reads.cases_by_number(database, (number,), tuple(one.branch_id for one in branches))
    holds = {one.branch_id for one in found}
    return _the_one([one for one in branches if one.branch_id in holds])


def _of_person(directory: DirectoryRow, branches: list[BranchRow], number: str) -> list[BranchRow]:
    works = {one.branch_id for one in directory.staff if one.staff_no == number}
    if not works:
        raise BadInputError("report_agent_unknown", value=number)
    return _the_one([one for one in branches if one.branch_id in works])


def _the_one(branches: list[BranchRow]) -> list[BranchRow]:
    if len(branches) != 1:
        raise BadInputError("report_one_branch")
    return branches
