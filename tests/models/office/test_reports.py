"""Reports in an office: training leads see case packs alone, the worker puts old drafts away."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from supervisor import clock
from supervisor.errors import BadInputError, NotAllowedError
from supervisor.models.changes import Actor
from supervisor.models.commands.report_copies import register_copy, tidy_reports
from supervisor.models.commands.reports import (
    check_report,
    lay_out_report,
    sign_report,
    take_report,
    withdraw_report,
)
from supervisor.models.enums import Role
from supervisor.models.enums_reports import CopyForm, ReportKind, RunState
from supervisor.models.ids import BranchId, ReportId
from supervisor.models.orders_reports import (
    CheckReport,
    LayOutReport,
    RegisterCopy,
    ReportRef,
    SignReport,
    TakeReport,
    TidyReports,
    WithdrawReport,
)
from supervisor.models.queries.report_content import content_of
from supervisor.models.queries.reports import CopyAsk, runs, stored_copy, stored_run
from supervisor.models.rows.reports import (
    Look,
    ReportAsk,
    ReportRequest,
    RunAsk,
    RunFilter,
    Stamp,
)
from supervisor.reports.document import render
from tests import factories
from tests.factories import TODAY, an_actor
from tests.models.office.logins import Office
from tests.reports import samples

WRITER, LEAD = an_actor("周敏", Role.SUPERVISOR), an_actor("高远", Role.TRAINING_LEAD)
MANAGER = an_actor("钱峰", Role.MANAGER)
OLD = date(2018, 11, 5)
MADE_WEEKLY = "UPDATE report_run SET kind = 'weekly'"
PLANTED = (
    "INSERT INTO report_run SELECT (jsonb_populate_record(r, "
    "jsonb_build_object('kind', 'weekly', 'id', 999999))).* FROM report_run r"
)
COPIED = (
    "INSERT INTO report_copy (id, run_id, number, form, language, stamp_name, stamp_at, made_by,"
    " digest, size, recorded_at) VALUES (999998, {other}, 9, 'pdf', 'en', 'x', now(), 'x', 'x', 1,"
    " now())"
)


@pytest.fixture
def branch(office_database: Office) -> BranchId:
    with office_database.transaction() as session:
        return BranchId(factories.a_branch(session))


def weekly(office: Office, branch: BranchId, first: date = samples.FIRST) -> ReportId:
    last = date.fromordinal(first.toordinal() + 6)
    request = ReportRequest(ReportKind.WEEKLY, (branch,), first, last)
    order = TakeReport(
        actor=WRITER, request=request, content=samples.weekly(1).content, as_of=samples.AS_OF
    )
    return ReportId(office.write(take_report, order).created["report"])


def pack(office: Office, branch: BranchId) -> ReportId:
    """As the report centre does it: what the lead's login may read, then kept."""
    request = ReportRequest(ReportKind.TRAINING, (branch,), samples.FIRST, samples.LAST)
    content = office.read(content_of, ReportAsk(request, LEAD, TODAY, clock.now()))
    order = TakeReport(actor=LEAD, request=request, content=content, as_of=clock.now())
    return ReportId(office.write(take_report, order).created["report"])


def copy(report: ReportId, data: bytes, actor: Any = LEAD) -> RegisterCopy:
    return RegisterCopy(
        actor=actor,
        report=ReportRef(report),
        form=CopyForm.PDF,
        language="zh_CN",
        stamp=Stamp(actor.name, clock.now()),
        data=data,
    )


def listed(office: Office, group: str) -> set[ReportId]:
    return {row.id for row in office.desk(group).read(runs, RunFilter(as_of=TODAY))}


@pytest.mark.parametrize("writer", [WRITER, MANAGER], ids=["supervisor", "manager"])
@pytest.mark.parametrize(
    "kind", [ReportKind.WEEKLY, ReportKind.INCIDENTS, ReportKind.ROLL_RATE, ReportKind.DIGEST]
)
def test_that_a_report_is_read_by_the_login_that_takes_it(
    office_database: Office, branch: BranchId, kind: ReportKind, writer: Actor
) -> None:
    request = ReportRequest(kind, (branch,), samples.FIRST, samples.LAST)
    content = office_database.read(content_of, ReportAsk(request, writer, TODAY, clock.now()))
    order = TakeReport(actor=writer, request=request, content=content, as_of=clock.now())
    assert office_database.write(take_report, order).created["report"]


def test_that_a_training_lead_takes_prints_and_rereads_a_pack(
    office_database: Office, branch: BranchId
) -> None:
    report = pack(office_database, branch)
    desk = office_database.desk("training_lead")
    found = desk.read(stored_run, RunAsk(report))
    paper = render(found.snapshot, "zh_CN", Stamp(LEAD.name, clock.now()))
    office_database.write(register_copy, copy(report, paper))
    assert desk.read(stored_copy, CopyAsk(report, "zh_CN"))[1] == paper
    bare = Look(watermark=False)
    order = LayOutReport(actor=LEAD, report=ReportRef(report), look=bare)
    office_database.write(lay_out_report, order)
    gone = WithdrawReport(actor=LEAD, report=ReportRef(report), reason="换一组案例")
    office_database.write(withdraw_report, gone)
    found = desk.read(stored_run, RunAsk(report))
    assert (found.row.state, found.row.look) == (RunState.WITHDRAWN, bare)


def test_that_a_training_lead_sees_no_other_report_nor_its_copies(
    office_database: Office, branch: BranchId
) -> None:
    other, own = weekly(office_database, branch), pack(office_database, branch)
    office_database.write(register_copy, copy(other, b"%PDF-weekly", WRITER))
    assert listed(office_database, "supervisor") == {other, own}
    assert listed(office_database, "training_lead") == {own}
    desk = office_database.desk("training_lead")
    with pytest.raises(BadInputError, match="report_not_found"):
        desk.read(stored_run, RunAsk(other))
    with desk.transaction() as session:
        assert session.execute(text("SELECT count(*) FROM report_copy")).scalar_one() == 0
        moved = session.execute(text("UPDATE report_run SET state = 'draft' WHERE kind = 'weekly'"))
        assert moved.rowcount == 0  # type: ignore[attr-defined]
    for change in (MADE_WEEKLY, PLANTED, COPIED.format(other=other)):
        with pytest.raises(NotAllowedError), desk.transaction() as session:
            session.execute(text(change))


def test_that_a_signed_pack_is_not_the_leads_to_change(
    office_database: Office, branch: BranchId
) -> None:
    report = pack(office_database, branch)
    ref = ReportRef(report)
    office_database.write(check_report, CheckReport(actor=MANAGER, report=ref))
    office_database.write(sign_report, SignReport(actor=MANAGER, report=ref))
    desk = office_database.desk("training_lead")
    with desk.transaction() as session:
        moved = session.execute(text("UPDATE report_run SET commentary = '{}'"))
        assert moved.rowcount == 0  # type: ignore[attr-defined]


def test_that_the_worker_puts_old_drafts_away_and_people_do_not(
    office_database: Office, branch: BranchId
) -> None:
    old = weekly(office_database, branch, OLD)
    worker = an_actor("worker", Role.WORKER)
    done = office_database.desk("worker").write(tidy_reports, TidyReports(actor=worker, on=TODAY))
    assert done.counts["reports"] == 1
    (row,) = office_database.desk("supervisor").read(runs, RunFilter(as_of=TODAY))
    assert (row.id, row.kept) == (old, False)
    desk = office_database.desk("supervisor")
    with pytest.raises(NotAllowedError), desk.transaction() as session:
        session.execute(text("UPDATE report_copy SET data = NULL"))
