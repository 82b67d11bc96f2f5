"""What tests of the report centre do again and again."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select

from supervisor.errors import ExpectedError
from supervisor.models import snapshots
from supervisor.models.enums import Role
from supervisor.models.rows.reports import Commentary, StoredRun
from supervisor.models.tables import AuditEvent, ReportCopy, ReportRun
from supervisor.ui.pages.reports import paper
from supervisor.ui.pages.reports.new_report_dialog import NewReportDialog
from supervisor.ui.pages.reports.page import ReportsPage

MANAGER = "钱峰"


def dialog_of(page: ReportsPage) -> NewReportDialog:
    """The dialog of a new report."""
    made = page.make_new()
    assert isinstance(made, NewReportDialog)
    return made


def make(page: ReportsPage) -> StoredRun:
    """A weekly report as the dialog offers it; the run shown afterwards."""
    dialog = dialog_of(page)
    dialog.confirm()
    assert not dialog.isVisible(), dialog.summary.text()
    return shown(page)


def shown(page: ReportsPage) -> StoredRun:
    """The run on the screen."""
    assert page.presenter.run is not None
    return page.presenter.run


def wear(page: ReportsPage, role: Role, name: str) -> None:
    """Somebody else sits down."""
    page.desk.actor = replace(page.desk.actor, role=role, name=name)
    page.prefer()


def on_paper(page: ReportsPage, words: str) -> bool:
    """Whether the preview says this."""
    return bool(paper.find(page.preview.source.pdf, words))


def stored_words(page: ReportsPage) -> list[Commentary]:
    """Commentaries in the database, by run."""
    with page.desk.database.transaction() as session:
        texts = session.scalars(select(ReportRun.commentary).order_by(ReportRun.id))
        return [snapshots.from_json(Commentary, text) for text in texts]


def register(page: ReportsPage) -> list[Any]:
    """Lines of the register of copies."""
    with page.desk.database.transaction() as session:
        return list(session.execute(select(ReportCopy.__table__).order_by(ReportCopy.id)))


def acts(page: ReportsPage) -> list[str]:
    """What the audit says was done with reports."""
    with page.desk.database.transaction() as session:
        found = session.scalars(select(AuditEvent.act).order_by(AuditEvent.seq))
        return [act for act in found if act.startswith("report")]


def refuse(*_args: object, **_facts: object) -> Any:
    """Stands for a disk that is full."""
    raise ExpectedError("disk_full")
