"""What the report centre asks of the core: one place that knows queries, commands and paper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from supervisor import clock
from supervisor.models.changes import Actor, Changes
from supervisor.models.commands.report_copies import register_copy
from supervisor.models.commands.report_selection import TAKERS
from supervisor.models.commands.reports import (
    check_report,
    comment_report,
    sign_report,
    take_report,
    withdraw_report,
)
from supervisor.models.database import Database
from supervisor.models.enums_reports import CopyForm, ReportKind, RunState
from supervisor.models.ids import BranchId
from supervisor.models.orders import Order
from supervisor.models.orders_reports import (
    CheckReport,
    CommentReport,
    RegisterCopy,
    SignReport,
    TakeReport,
    WithdrawReport,
)
from supervisor.models.queries.report_content import content_of
from supervisor.models.queries.reports import runs, stored_run
from supervisor.models.rows.reports import (
    ReportAsk,
    ReportRequest,
    RunAsk,
    RunFilter,
    RunRow,
    Snapshot,
    Stamp,
    StoredRun,
)

COMMANDS: Mapping[type[Order], Callable[..., Changes]] = {
    TakeReport: take_report,
    CommentReport: comment_report,
    CheckReport: check_report,
    SignReport: sign_report,
    WithdrawReport: withdraw_report,
    RegisterCopy: register_copy,
}
"""What carries each order of this page out."""
MANY = 2_000
"""Runs looked through for booklets."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A report as bytes; `missing`: characters the typeface lacks, by code point."""

    data: bytes
    missing: tuple[str, ...] = ()


def kinds_of(actor: Actor) -> tuple[ReportKind, ...]:
    """Kinds this person may have made, comment and check."""
    return tuple(kind for kind in ReportKind if actor.role in TAKERS[kind])


def take(
    database: Database, actor: Actor, request: ReportRequest, stopped: Callable[[], bool]
) -> Changes | None:
    """Read the figures, then keep them; None: stopped between the two. Work for the toiler.

    Raises:
        BadInputError: the request is no report. NotAllowedError: not the actor's.
    """
    now = clock.now()
    ask = ReportAsk(request, actor, clock.business_date(now), now)
    content = database.read(content_of, ask)
    if stopped():
        return None
    order = TakeReport(actor=actor, request=request, content=content, as_of=now)
    return database.write(take_report, order)


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
    "copy_of",
    "kinds_of",
    "paper",
    "runs",
    "stored_run",
    "take",
    "write",
]
