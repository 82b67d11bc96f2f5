"""Branches beside each other: the summary of each, read at once and broken down by branch."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.ids import BranchId
from supervisor.models.queries.incident_conditions import conditions, is_late
from supervisor.models.queries.measures import measures
from supervisor.models.queries.report_figures import (
    aims_of,
    ask_all,
    flag_lines,
    summary,
    target_of,
)
from supervisor.models.queries.report_scope import Scope, head_of, scope_of
from supervisor.models.queries.report_weekly import definitions
from supervisor.models.rows.measures import MeasureReport
from supervisor.models.rows.report_digest import BranchLine, DigestContent
from supervisor.models.rows.report_parts import ReportBranch, WeeklyFigure
from supervisor.models.rows.reports import ReportAsk
from supervisor.models.rules.report_figures import ASKED, Reports
from supervisor.models.tables import Branch, Complaint, Flag

_M = MeasureId
_BY = (Dimension.BRANCH,)


def digest(session: Session, ask: ReportAsk) -> DigestContent:
    """The comparison sheet of several branches, or of all the actor may see.

    Raises:
        BadInputError: the period is upside down or lies ahead, or there is no such branch.
        NotAllowedError: a branch is not the actor's.
    """
    found = scope_of(session, ask)
    head = head_of(session, found)
    whole, target = ask_all(session, found), target_of(session, found)
    by_branch = ask_all(session, found, by=_BY)
    compliance, shares, quality, aims = measures(
        session,
        (
            found.measure(_M.COMPLIANCE_SHARES),
            found.measure(_M.COMPLIANCE_SHARES, by=_BY),
            found.measure(_M.DATA_QUALITY, by=_BY),
            found.measure(_M.TARGET_PROGRESS, found.month, by=_BY),
        ),
    )
    aimed = aims_of(session, found)
    standing, known = _standing(session, found), _known_on(session)
    return DigestContent(
        head=head,
        total=summary(whole, target, aimed),
        branches=tuple(
            BranchLine(
                one,
                _figures(session, found, one, by_branch, aims, known[one.branch_id]),
                _of(shares, one.branch_id, None).rows,
                *standing[one.branch_id],
            )
            for one in head.branches
        ),
        compliance=compliance,
        flags=flag_lines(session, found, whole),
        targets=target,
        quality=quality,
        definitions=definitions(ASKED, (_M.COMPLIANCE_SHARES, _M.DATA_QUALITY, _M.TARGET_PROGRESS)),
        aims=aimed,
    )


def _figures(
    session: Session,
    found: Scope,
    branch: ReportBranch,
    by_branch: tuple[Reports, ...],
    aims: MeasureReport,
    known_on: date | None,
) -> tuple[WeeklyFigure, ...]:
    """The summary of one branch.

    Where nothing was counted it is asked for alone: nought is said there, and not left out.
    """
    periods: tuple[Reports, ...] = tuple(
        {one: _of(report, branch.branch_id, known_on) for one, report in period.items()}
        for period in by_branch
    )
    if not all(report.rows for period in periods for report in period.values()):
        periods = ask_all(session, Scope(found.ask, (branch.branch_id,)))
    own = aims_of(session, Scope(found.ask, (branch.branch_id,)))
    return summary(periods, _of(aims, branch.branch_id, known_on), own)


def _of(report: MeasureReport, branch: BranchId, known_on: date | None) -> MeasureReport:
    """The rows of one branch, as if it alone had been asked for."""
    rows = tuple(
        replace(row, group=row.group[1:]) for row in report.rows if row.group[:1] == (branch,)
    )
    return replace(report, rows=rows, by=report.by[1:], payments_known_on=known_on)


def _known_on(session: Session) -> dict[int, date | None]:
    stmt = select(Branch.id, Branch.payments_known_on)
    return {row.id: row.payments_known_on for row in session.execute(stmt)}


def _standing(session: Session, found: Scope) -> dict[int, tuple[int, int, int]]:
    """Open flags, late ones, open complaints, by branch."""
    late = func.sum(case((is_late(found.ask.now), 1), else_=0))
    flags = (
        select(Flag.branch_id, func.count(), late)
        .where(*conditions(found.incidents(open_only=True)))
        .group_by(Flag.branch_id)
    )
    complaints = (
        select(Complaint.branch_id, func.count())
        .where(Complaint.closed_on.is_(None), Complaint.answered_on.is_(None))
        .group_by(Complaint.branch_id)
    )
    waiting = {branch: int(count) for branch, count in session.execute(complaints)}
    made = defaultdict(lambda: (0, 0, 0), {one: (0, 0, count) for one, count in waiting.items()})
    for branch, some, behind in session.execute(flags):
        made[branch] = (int(some), int(behind or 0), waiting.get(branch, 0))
    return made
