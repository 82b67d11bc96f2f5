"""One report after the other: taken, made, written whole, registered.

What a run that was cut off had done is found again and not done twice: a report of the same
request taken on the same day by the same definitions is used, and a file that is already there as
it was registered stays. Half a file there never is.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from supervisor import clock
from supervisor.cli.report_made import Job, Made, Making
from supervisor.cli.report_periods import A_DAY, A_WEEK, end_of_month
from supervisor.models.changes import Actor
from supervisor.models.commands.report_copies import register_copy
from supervisor.models.commands.reports import take_report
from supervisor.models.enums_reports import CopyForm, ReportKind, RunState
from supervisor.models.ids import ReportId
from supervisor.models.orders_reports import RegisterCopy, ReportRef, TakeReport
from supervisor.models.queries.report_content import content_of
from supervisor.models.queries.reports import CopyAsk, runs, stored_copy, stored_run
from supervisor.models.rows.reports import (
    ReportAsk,
    ReportRequest,
    RunAsk,
    RunFilter,
    Snapshot,
    Stamp,
    StoredRun,
)
from supervisor.models.rules.report_figures import measures_version
from supervisor.models.rules.report_look import fitting

if TYPE_CHECKING:
    from supervisor.models.database import Database

PRESENT = frozenset({ReportKind.VISIT_SHEET, ReportKind.EVIDENCE})
TOGETHER_NAME = "together"
SUFFIXES = {CopyForm.PDF: ".pdf", CopyForm.WORKBOOK: ".xlsx"}
_UNFIT = re.compile(r"[^\w.-]+")


def make(database: "Database", making: Making, job: Job) -> Iterator[Made]:
    """The files of one report.

    Raises:
        ExpectedError: the database, the folder or the request is not as it should be.
    """
    known = _found(database, making, job.request)
    stored = known or _taken(database, making, job.request)
    for form in making.forms:
        path = making.folder / file_name(stored.snapshot, job.place, making.language, form)
        digest = _file(database, making, stored, form, path)
        yield Made(stored.row.id, job.place, str(path), digest, used_again=known is not None)


def make_together(database: "Database", making: Making, made: Sequence[Made]) -> Made:
    """One PDF of the comparison and a booklet for each branch, registered with every report.

    `made`: files of the comparison and of the branches; the comparison comes first.
    """
    from supervisor.reports.document import printed_together
    from supervisor.reports.files import write_whole

    ids = list(dict.fromkeys(one.run_id for one in made))
    allowed = making.actor.branches
    stored = [database.read(stored_run, RunAsk(one, allowed)) for one in ids]
    stored.sort(key=lambda one: one.row.kind is not ReportKind.DIGEST)  # stable: else as made
    first = stored[0]
    stamp = Stamp(making.actor.name, clock.now())
    data = printed_together([one.snapshot for one in stored], making.language, stamp).data
    place = f"{len(stored)}-{TOGETHER_NAME}"
    path = making.folder / file_name(first.snapshot, place, making.language, CopyForm.PDF)
    write_whole(path, data)
    for one in stored:
        register(database, making.actor, one, making.language, stamp, CopyForm.PDF, data)
    return Made(first.row.id, TOGETHER_NAME, str(path), hashlib.sha256(data).hexdigest())


def file_name(snapshot: Snapshot, place: str, language: str, form: CopyForm) -> str:
    """weekly-2026W47-W001-zh_CN.pdf: kind, period, branches, subject, language."""
    request = snapshot.request
    parts = (request.kind.value, period_name(request), place, request.subject or "", language)
    return "-".join(_UNFIT.sub("_", part) for part in parts if part) + SUFFIXES[form]


def period_name(request: ReportRequest) -> str:
    """2026W47, 2026-11, or the days: 20261123, 20261101_20261115."""
    first, last = request.from_on, request.to_on
    if first.weekday() == 0 and last - first == A_WEEK - A_DAY:
        year, week, _ = first.isocalendar()
        return f"{year}W{week:02d}"
    if first.day == 1 and last == end_of_month(first):
        return f"{first:%Y-%m}"
    return f"{first:%Y%m%d}" if first == last else f"{first:%Y%m%d}_{last:%Y%m%d}"


def _found(database: "Database", making: Making, request: ReportRequest) -> StoredRun | None:
    """The run of the same request taken today, unless another is wanted.

    What shows the present (visits to come, a case) is always taken anew.
    """
    if making.again or request.kind in PRESENT:
        return None
    allowed = making.actor.branches
    day = clock.business_date(making.now)
    wanted = RunFilter(as_of=day, kinds=(request.kind,), branches=request.branch_ids or (),
                       allowed=allowed, to_on=request.to_on)  # fmt: skip
    for row in database.read(runs, wanted):
        same = (
            row.from_on == request.from_on
            and (row.branch_ids or None) == request.branch_ids
            and (row.subject or None) == request.subject
            and clock.business_date(row.as_of) == day
            and row.state is not RunState.WITHDRAWN
            and row.kept
            and row.look == fitting(request.kind, making.look)
        )
        if same:
            stored = database.read(stored_run, RunAsk(row.id, allowed))
            if stored.snapshot.measures_version == measures_version():
                return stored
    return None


def _taken(database: "Database", making: Making, request: ReportRequest) -> StoredRun:
    ask = ReportAsk(request, making.actor, clock.business_date(making.now), making.now)
    content = database.read_aside(content_of, ask)
    order = TakeReport(
        actor=making.actor,
        request=request,
        content=content,
        as_of=database.known_at(making.now),
        look=fitting(request.kind, making.look),
    )
    report = ReportId(database.write(take_report, order).created["report"])
    return database.read(stored_run, RunAsk(report, making.actor.branches))


def _file(
    database: "Database", making: Making, stored: StoredRun, form: CopyForm, path: Path
) -> str:
    """Make the file, unless it is there as it was registered; gives its SHA-256."""
    from supervisor.reports.files import write_whole

    copies = [one for one in stored.copies if one.form is form and one.language == making.language]
    there = _digest(path)
    if there is not None and there in {one.sha256 for one in copies}:
        return there
    for rest in path.parent.glob(f".{path.name}.*.part"):  # of a run that was cut off
        rest.unlink(missing_ok=True)
    if form is CopyForm.PDF and any(one.stored for one in copies):
        ask = CopyAsk(stored.row.id, making.language, making.actor.branches)
        copy, data = database.read(stored_copy, ask)
        write_whole(path, data)
        return copy.sha256
    stamp = Stamp(making.actor.name, clock.now())
    data = rendered(stored.snapshot, making.language, stamp, form)
    write_whole(path, data)
    register(database, making.actor, stored, making.language, stamp, form, data)
    return hashlib.sha256(data).hexdigest()


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def rendered(snapshot: Snapshot, language: str, stamp: Stamp, form: CopyForm) -> bytes:
    """The bytes of a PDF or a workbook."""
    if form is CopyForm.WORKBOOK:
        from supervisor.reports.workbook import workbook

        return workbook(snapshot, language, stamp)
    from supervisor.reports.document import render

    return render(snapshot, language, stamp)


def register(
    database: "Database",
    actor: Actor,
    stored: StoredRun,
    language: str,
    stamp: Stamp,
    form: CopyForm,
    data: bytes,
) -> None:
    """The copy into the register and the audit."""
    order = RegisterCopy(
        actor=actor,
        report=ReportRef(stored.row.id),
        form=form,
        language=language,
        stamp=stamp,
        data=data,
    )
    database.write(register_copy, order)
