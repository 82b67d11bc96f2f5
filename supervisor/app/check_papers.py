"""Whether every report can be taken and made, and a workbook read back: on invented data."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from supervisor import clock, i18n
from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.enums_reports import ReportKind
from supervisor.models.ids import ReportId
from supervisor.models.orders_reports import TakeReport
from supervisor.models.rows.reports import ReportAsk, ReportRequest, RunAsk, Snapshot, Stamp

if TYPE_CHECKING:
    from supervisor.ui.shell.self_test import Tried

CASES, VISITS = 60, 240
"""Enough for a line in every table."""
_CHECKER = Actor("self-test", Role.ADMIN)


def every_report(folder: Path, tried: "Tried") -> list[str]:
    """Every kind of report taken, printed and written as a workbook, in every language."""
    from supervisor.intake.demo import DemoSize, create_demo  # noqa: PLC0415 - only for the test

    path = folder / "invented.db"
    size = DemoSize(cases=CASES, visits=VISITS)
    failures = tried("invented data", lambda: create_demo(str(path), size))
    if failures:
        return failures
    database = Database(str(path))
    try:
        for kind in ReportKind:
            failures += tried(f"report {kind}", partial(_made, database, kind, folder))
    finally:
        database.close()
    return failures


def _made(database: Database, kind: ReportKind, folder: Path) -> None:
    from supervisor.reports.document import printed  # noqa: PLC0415 - only for the test
    from supervisor.reports.workbook import workbook  # noqa: PLC0415 - as above

    snapshot, stamp = _taken(database, kind), Stamp(_CHECKER.name, clock.now())
    for language in i18n.LANGUAGES:
        _look_at_pages(printed(snapshot, language, stamp).data)
    path = folder / f"{kind}.xlsx"
    path.write_bytes(workbook(snapshot, i18n.DEFAULT_LANGUAGE, stamp))
    _read_back(path)


def _look_at_pages(data: bytes) -> None:
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - only for the test

    with PdfDocument(data) as document:
        document[0].render()


def _read_back(path: Path) -> None:
    """The reader of workbooks is a process of its own, which a package may fail to start."""
    from supervisor.intake.source import open_source  # noqa: PLC0415 - only for the test

    if not list(open_source(path, None).rows()):
        raise ValueError(path.name)


def _taken(database: Database, kind: ReportKind) -> Snapshot:
    from supervisor.models.commands.reports import take_report  # noqa: PLC0415 - for the test
    from supervisor.models.queries.report_content import content_of  # noqa: PLC0415 - as above
    from supervisor.models.queries.reports import stored_run  # noqa: PLC0415 - as above

    now = clock.now()
    request = _request(database, kind)
    content = database.read(content_of, ReportAsk(request, _CHECKER, clock.business_date(now), now))
    order = TakeReport(actor=_CHECKER, request=request, content=content, as_of=now)
    report = ReportId(database.write(take_report, order).created["report"])
    return database.read(stored_run, RunAsk(report, None)).snapshot


def _request(database: Database, kind: ReportKind) -> ReportRequest:
    from supervisor.models.queries.directory import directory  # noqa: PLC0415 - for the test

    there = database.read(directory, _CHECKER)
    last = clock.today().replace(day=1) - timedelta(days=1)
    subject = None
    if kind is ReportKind.AGENT:
        subject = there.staff[0].staff_no
    elif kind in {ReportKind.VISIT_SHEET, ReportKind.EVIDENCE}:
        subject = _case_no(database)
    return ReportRequest(kind, (there.branches[0].branch_id,), last.replace(day=1), last, subject)


def _case_no(database: Database) -> str:
    from supervisor.models.queries.case_queue import page  # noqa: PLC0415 - for the test
    from supervisor.models.rows.case_queue import CaseQueueFilter, QueueRequest  # noqa: PLC0415

    wanted = CaseQueueFilter(clock.today(), clock.now())
    return database.read(page, QueueRequest(wanted, limit=1)).rows[0].case_no
