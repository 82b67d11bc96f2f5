"""What the report centre asks of the core: one place that knows queries, commands and paper.

What stands behind a question is loaded by the thread that answers it, not while the page is made.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from supervisor import clock
from supervisor.models.changes import Actor, Changes
from supervisor.models.database import Database
from supervisor.models.enums_reports import CopyForm, ReportKind, RunState
from supervisor.models.ids import BranchId, ReportId
from supervisor.models.orders import Order
from supervisor.models.orders_reports import (
    CheckReport,
    CommentReport,
    LayOutReport,
    RegisterCopy,
    SignReport,
    TakeReport,
    WithdrawReport,
)
from supervisor.models.rows.reports import (
    CopyRow,
    ReportAsk,
    ReportRequest,
    RunAsk,
    RunFilter,
    RunRow,
    Snapshot,
    Stamp,
    StoredRun,
)
from supervisor.models.rules.workdays import Calendar

_REPORTS = "supervisor.models.commands.reports"
_COPIES = "supervisor.models.commands.report_copies"


def _late(module: str, name: str) -> Callable[..., Changes]:
    """A command whose module the writer loads when it first carries one out."""

    def command(session: Any, order: Order) -> Changes:
        changes: Changes = getattr(import_module(module), name)(session, order)
        return changes

    return command


COMMANDS: Mapping[type[Order], Callable[..., Changes]] = {
    TakeReport: _late(_REPORTS, "take_report"),
    CommentReport: _late(_REPORTS, "comment_report"),
    LayOutReport: _late(_REPORTS, "lay_out_report"),
    CheckReport: _late(_REPORTS, "check_report"),
    SignReport: _late(_REPORTS, "sign_report"),
    WithdrawReport: _late(_REPORTS, "withdraw_report"),
    RegisterCopy: _late(_COPIES, "register_copy"),
}
"""What carries each order of this page out."""
MANY = 2_000
"""Runs looked through for booklets."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A report as bytes; `missing`: characters the typeface lacks, by code point."""

    data: bytes
    missing: tuple[str, ...] = ()


def runs(session: Any, wanted: RunFilter) -> tuple[RunRow, ...]:
    """The list of reports."""
    from supervisor.models.queries.reports import runs as answer  # noqa: PLC0415 - see above

    return answer(session, wanted)


def stored_run(session: Any, ask: RunAsk) -> StoredRun:
    """A report with its snapshot and its register.

    Raises:
        BadInputError: there is none. ConflictError: it cannot be read any more.
    """
    from supervisor.models.queries.reports import stored_run as answer  # noqa: PLC0415 - see above

    return answer(session, ask)


def calendar(session: Any, nothing: None) -> Calendar:
    """The house's working days."""
    from supervisor.models.queries.working_days import calendar as answer  # noqa: PLC0415 - above

    return answer(session, nothing)


def kinds_of(actor: Actor) -> tuple[ReportKind, ...]:
    """Kinds this person may have made, comment and check."""
    from supervisor.models.commands.report_selection import TAKERS  # noqa: PLC0415 - see above

    return tuple(kind for kind in ReportKind if actor.role in TAKERS[kind])


def take(
    database: Database, actor: Actor, request: ReportRequest, stopped: Callable[[], bool]
) -> Changes | None:
    """Read the figures, then keep them; None: stopped between the two. Work for the toiler.

    Raises:
        BadInputError: the request is no report. NotAllowedError: not the actor's.
    """
    from supervisor.models.queries.report_content import content_of  # noqa: PLC0415 - see above

    now = clock.now()
    ask = ReportAsk(request, actor, clock.business_date(now), now)
    content = database.read_aside(content_of, ask)
    if stopped():
        return None
    as_of = database.known_at(now)
    order = TakeReport(actor=actor, request=request, content=content, as_of=as_of)
    return database.write(COMMANDS[TakeReport], order)


def issued(database: Database, actor: Actor, run: ReportId, lang: str) -> tuple[CopyRow, bytes]:
    """The copy that was kept when it was issued, byte for byte.

    Raises:
        BadInputError: none is kept in this language. ConflictError: it is damaged.
    """
    from supervisor.models.queries.reports import CopyAsk, stored_copy  # noqa: PLC0415 - see above

    return database.read(stored_copy, CopyAsk(run, lang, actor.branches))


def booklets_of(database: Database, actor: Actor, run: StoredRun) -> tuple[StoredRun, ...]:
    """The newest weekly report of each branch of a comparison, over the same days, by branch."""
    row = run.row
    wanted = RunFilter(
        row.to_on, (ReportKind.WEEKLY,), allowed=actor.branches, limit=MANY, to_on=row.to_on
    )
    newest: dict[BranchId, RunRow] = {}
    for one in database.read(runs, wanted):
        same = one.kept and (one.from_on, one.to_on) == (row.from_on, row.to_on)
        meant = not row.branch_ids or set(one.branch_ids) <= set(row.branch_ids)
        if same and meant and one.state is not RunState.WITHDRAWN and len(one.branch_ids) == 1:
            newest.setdefault(one.branch_ids[0], one)
    found = sorted(newest.values(), key=lambda one: one.branches)
    return tuple(database.read(stored_run, RunAsk(one.id, actor.branches)) for one in found)


def paper(snapshot: Snapshot, lang: str, stamp: Stamp) -> Paper:
    """The PDF of a snapshot; work for a reader or the toiler."""
    from supervisor.reports import document  # noqa: PLC0415 - reportlab, where paper is made

    made = document.printed(snapshot, lang, stamp)
    return Paper(made.data, made.missing)


def copy_of(snapshot: Snapshot, form: CopyForm, lang: str, stamp: Stamp) -> bytes:
    """A copy as bytes: a workbook, else the PDF."""
    if form is not CopyForm.WORKBOOK:
        return paper(snapshot, lang, stamp).data
    from supervisor.reports.workbook import workbook  # noqa: PLC0415 - XlsxWriter, where wanted

    return workbook(snapshot, lang, stamp)


def write(path: Path, data: bytes) -> None:
    """A file, whole or not at all.

    Raises:
        ExpectedError: full, not allowed, or open in another program.
    """
    from supervisor.reports.files import write_whole  # noqa: PLC0415 - as above

    write_whole(path, data)


__all__ = [
    "COMMANDS",
    "Paper",
    "booklets_of",
    "calendar",
    "copy_of",
    "issued",
    "kinds_of",
    "paper",
    "runs",
    "stored_run",
    "take",
    "write",
]
