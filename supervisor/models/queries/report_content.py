"""The content of any report: one question, one consistent look at the data."""

from collections.abc import Callable, Mapping

from sqlalchemy.orm import Session

from supervisor.models.enums_reports import ReportKind
from supervisor.models.queries.report_agent import agent_sheet
from supervisor.models.queries.report_case import evidence, visit_sheet
from supervisor.models.queries.report_digest import digest
from supervisor.models.queries.report_incidents import incidents_report
from supervisor.models.queries.report_roll_rate import roll_rate
from supervisor.models.queries.report_training import training_pack
from supervisor.models.queries.report_weekly import weekly
from supervisor.models.rows.reports import Content, ReportAsk

_MADE: Mapping[ReportKind, Callable[[Session, ReportAsk], Content]] = {
    ReportKind.WEEKLY: weekly,
    ReportKind.DIGEST: digest,
    ReportKind.AGENT: agent_sheet,
    ReportKind.INCIDENTS: incidents_report,
    ReportKind.TRAINING: training_pack,
    ReportKind.VISIT_SHEET: visit_sheet,
    ReportKind.EVIDENCE: evidence,
    ReportKind.ROLL_RATE: roll_rate,
}


def content_of(session: Session, ask: ReportAsk) -> Content:
    """What a report says, as far as the actor may see it.

    All of it is read from one state of the database: writers that finish meanwhile do not show.

    Raises:
        BadInputError: the request is no report (period, branch, subject).
        NotAllowedError: a branch is not the actor's.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    return _MADE[ask.request.kind](session, ask)
