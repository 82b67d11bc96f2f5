"""Which reports retention takes, by the command and by the worker's daily round."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from supervisor.intake.worker import Worker
from supervisor.models.commands.parameters import set_parameter
from supervisor.models.commands.report_copies import tidy_reports
from supervisor.models.commands.reports import withdraw_report
from supervisor.models.database import Database
from supervisor.models.enums import Act, Role
from supervisor.models.enums_reports import RunState
from supervisor.models.ids import BranchId, ReportId
from supervisor.models.orders import SetParameter
from supervisor.models.orders_reports import ReportRef, TidyReports, WithdrawReport
from supervisor.models.rules.parameters import REPORT_YEARS
from supervisor.models.tables import AuditEvent
from tests import factories
from tests.factories import TODAY, an_actor
from tests.models.reports.test_runs import (
    MANAGER,
    check,
    copy,
    listed,
    sign,
    stored,
    take,
    write_words,
)

LONG_AGO = date(2018, 11, 5)


@pytest.fixture
def branch(database: Database) -> BranchId:
    with database.transaction() as session:
        return BranchId(factories.a_branch(session))


def kept(database: Database) -> dict[ReportId, bool]:
    return {row.id: row.kept for row in listed(database)}


def signed(database: Database, branch: BranchId, *, whole: bool = True) -> ReportId:
    """A report of long ago, signed, or only checked."""
    report = take(database, branch, first=LONG_AGO)
    write_words(database, report)
    check(database, report)
    if whole:
        sign(database, report)
    return report


def tidied(database: Database) -> list[int]:
    with database.transaction() as session:
        stmt = select(AuditEvent.counts).where(AuditEvent.act == Act.REPORTS_TIDIED)
        return [json.loads(text)["reports"] for text in session.scalars(stmt)]


def test_that_what_is_signed_or_awaits_a_signature_is_never_taken(
    database: Database, branch: BranchId
) -> None:
    draft = take(database, branch, first=LONG_AGO)
    whole, waiting = signed(database, branch), signed(database, branch, whole=False)
    gone = signed(database, branch)
    copy(database, whole, b"%PDF-signed")
    database.write(
        withdraw_report, WithdrawReport(actor=MANAGER, report=ReportRef(gone), reason="重取")
    )
    order = TidyReports(actor=an_actor(), on=TODAY)
    assert database.write(tidy_reports, order).counts["reports"] == 1
    assert kept(database) == {draft: False, whole: True, waiting: True, gone: True}
    found = stored(database, whole)
    assert found.row.state is RunState.SIGNED
    assert [one.stored for one in found.copies] == [True]


def test_that_a_worker_tidies_once_a_day_and_says_so_in_the_audit(
    database: Database, branch: BranchId, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, young = take(database, branch, first=LONG_AGO), take(database, branch)
    worker = Worker(database, an_actor("worker", Role.SUPERVISOR))
    list(worker.work_off())
    assert kept(database) == {old: False, young: True}
    assert tidied(database) == [1], "the round that finds nothing writes nothing"
    late = take(database, branch, first=LONG_AGO)
    list(worker.work_off())
    assert kept(database)[late], "once a day"
    monkeypatch.setenv("SUPERVISOR_NOW", "2026-11-24T08:00:00+08:00")
    list(worker.work_off())
    assert not kept(database)[late]
    assert tidied(database) == [1, 1]


def test_that_the_house_says_how_long(database: Database, branch: BranchId) -> None:
    old = take(database, branch, first=LONG_AGO)
    order = SetParameter(actor=an_actor("管理", Role.ADMIN), key=REPORT_YEARS, value="10")
    database.write(set_parameter, order)
    list(Worker(database, an_actor("worker", Role.SUPERVISOR)).work_off())
    assert kept(database) == {old: True}
