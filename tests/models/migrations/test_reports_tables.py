"""Down below the reports and up again: reports go, everything else stays, numbers begin anew."""

from sqlalchemy import inspect, select, text

from supervisor.models.commands.reports import take_report
from supervisor.models.database import Database
from supervisor.models.enums_reports import ReportKind
from supervisor.models.ids import BranchId
from supervisor.models.migrations import runner
from supervisor.models.orders_reports import TakeReport
from supervisor.models.queries.audit import verify
from supervisor.models.queries.reports import runs
from supervisor.models.rows.reports import ReportRequest, RunFilter
from supervisor.models.tables import AuditEvent, Case, ReportRun
from tests import factories
from tests.factories import TODAY, an_actor
from tests.reports import samples


def _revision(database: Database) -> int | None:
    with database.transaction() as session:
        stmt = text("SELECT number FROM revision WHERE topic = 'reports'")
        return session.scalar(stmt)


def test_that_reports_go_down_and_the_rest_stays(database: Database) -> None:
    with database.transaction() as session:
        case = factories.a_case(session, factories.a_branch(session), case_no="AJ-1")
    branch = BranchId(case.branch_id)
    request = ReportRequest(ReportKind.WEEKLY, (branch,), samples.FIRST, samples.LAST)
    order = TakeReport(
        actor=an_actor(), request=request, content=samples.weekly(1).content, as_of=samples.AS_OF
    )
    database.write(take_report, order)
    assert _revision(database) == 1
    runner.downgrade(database, "0010")
    with database.looking() as connection:
        assert not {"report_run", "report_copy"} & set(inspect(connection).get_table_names())
    assert _revision(database) is None
    runner.upgrade(database)
    assert runner.state_of(database) is runner.SchemaState.CURRENT
    assert database.read(runs, RunFilter(as_of=TODAY)) == ()
    with database.transaction() as session:
        assert session.scalar(select(Case.case_no)) == "AJ-1"
        assert session.scalar(select(AuditEvent.act)) == "report_taken"
    assert database.read(verify, None).ok
    again = TakeReport(
        actor=an_actor(), request=request, content=samples.weekly(1).content, as_of=samples.AS_OF
    )
    database.write(take_report, again)
    assert _revision(database) == 1
    with database.transaction() as session:
        row = session.execute(select(ReportRun.restates, ReportRun.content)).one()
    assert row.restates is None
    assert row.content
