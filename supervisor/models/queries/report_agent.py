"""The sheet of one collector: their own figures, beside nobody else's."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from supervisor.errors import BadInputError
from supervisor.models.enums import CausedBy
from supervisor.models.enums_incidents import Verdict
from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.ids import BranchId, StaffId
from supervisor.models.queries.measures import measures
from supervisor.models.queries.report_charts import met_hours, week_trend
from supervisor.models.queries.report_figures import ask_all, summary
from supervisor.models.queries.report_items import items
from supervisor.models.queries.report_people import people
from supervisor.models.queries.report_scope import A_WEEK, Scope, head_of, one_branch, scope_of
from supervisor.models.queries.report_weekly import definitions
from supervisor.models.queries.training import assignments
from supervisor.models.rows.report_agent import AgentContent, PromiseLine
from supervisor.models.rows.report_parts import OpenItem, PersonLine
from supervisor.models.rows.reports import ReportAsk
from supervisor.models.rows.training import TrainingFilter, TrainingRow
from supervisor.models.tables import Borrower, Case, Promise, Staff, Team

_M = MeasureId
ASKED = (
    *(_M.RECOVERY_AMOUNT, _M.IN_HAND, _M.SETTLED, _M.IMPROVED, _M.MET_RATE, _M.PROMISE_RATE),
    *(_M.KEPT_RATE, _M.COVERAGE),
)
"""Measures of a person; flags and follow-ups are counted by branch."""
TREND = (_M.MET_RATE, _M.PROMISE_RATE, _M.KEPT_RATE)


def agent_sheet(session: Session, ask: ReportAsk) -> AgentContent:
    """The content of an agent sheet; `request.subject` is the staff number.

    Raises:
        BadInputError: nobody of that number in the branch, or no branch, or not a period.
        NotAllowedError: the branch is not the actor's.
    """
    found = scope_of(session, ask)
    person = _person(session, one_branch(found), ask.request.subject)
    who = (StaffId(person.id),)
    periods = ask_all(session, found, ASKED, agents=who)
    fair, target, compliance, stages, aim = measures(
        session,
        (
            found.measure(_M.FAIR_COMPARISON, found.month),
            found.measure(_M.TARGET_PROGRESS, found.month),
            found.measure(_M.COMPLIANCE_SHARES, agents=who),
            found.measure(_M.IN_HAND, by=(Dimension.BUCKET,), agents=who),
            found.measure(_M.TARGET_PROGRESS, found.month, agents=who),
        ),
    )
    hours, quiet = met_hours(session, found, who)
    blocks, _ = people(session, found, fair, target)
    return AgentContent(
        head=head_of(session, found),
        team=person.team,
        line=_line([line for block in blocks for line in block.people], who[0]),
        training_valid_until=person.training_valid_until,
        figures=summary(periods, aim),
        weeks=week_trend(session, found, TREND, who),
        hours=hours,
        quiet=quiet,
        compliance=compliance,
        stages=stages,
        conduct=_conduct(session, found, who),
        training=_training(session, found, who),
        promises=_promises(session, found, who[0]),
        definitions=definitions(ASKED, (_M.COMPLIANCE_SHARES, _M.FAIR_COMPARISON, _M.QUIET_HOURS)),
    )


@dataclass(frozen=True, slots=True)
class _Person:
    id: int
    training_valid_until: date | None
    team: str


def _person(session: Session, branch: BranchId, number: str | None) -> _Person:
    if not number:
        raise BadInputError("report_subject_missing")
    row = session.execute(
        select(Staff.id, Staff.training_valid_until, Team.name)
        .outerjoin(Team, Team.id == Staff.team_id)
        .where(Staff.branch_id == branch, Staff.staff_no == number)
    ).one_or_none()
    if row is None:
        raise BadInputError("report_agent_unknown", value=number)
    return _Person(row.id, row.training_valid_until, row.name or "")


def _line(lines: list[PersonLine], who: StaffId) -> PersonLine:
    """The line of the table of people; somebody who holds and did nothing has one as well."""
    known = next((one for one in lines if one.staff_id == who), None)
    if known is None:
        raise BadInputError("report_agent_unknown", value=str(who))
    return known


def _conduct(session: Session, found: Scope, who: tuple[StaffId, ...]) -> tuple[OpenItem, ...]:
    """Confirmed conduct of our side only: what others did is never held against a person."""
    wanted = found.incidents(
        found.first,
        found.last,
        agents=who,
        caused_by=frozenset({CausedBy.OUR_SIDE}),
        verdicts=frozenset({Verdict.UPHELD, Verdict.PARTLY_UPHELD}),
    )
    return items(session, found, wanted)[0]


def _training(session: Session, found: Scope, who: tuple[StaffId, ...]) -> tuple[TrainingRow, ...]:
    wanted = TrainingFilter(
        as_of=found.ask.as_of,
        branches=found.branches or (),
        staff=who,
        allowed=found.ask.actor.branches,
    )
    return assignments(session, wanted).rows


def _promises(session: Session, found: Scope, who: StaffId) -> tuple[PromiseLine, ...]:
    """Promises this person took that fall due in the week after the period."""
    stmt = (
        select(Promise.due_on, Promise.amount_fen, Promise.paid_fen,
               Case.case_no, Borrower.masked_name)
        .join(Case, and_(Case.branch_id == Promise.branch_id, Case.id == Promise.case_id))
        .join(Borrower, and_(Borrower.branch_id == Case.branch_id,
                             Borrower.id == Case.borrower_id))
        .where(
            Promise.branch_id.in_(found.branches or ()),
            Promise.agent_id == who,
            Promise.withdrawn.is_(False),
            Promise.due_on > found.last,
            Promise.due_on <= found.last + A_WEEK,
        )
        .order_by(Promise.due_on, Case.case_no, Promise.id)
    )  # fmt: skip
    return tuple(
        PromiseLine(row.due_on, row.case_no, row.masked_name, row.amount_fen, row.paid_fen)
        for row in session.execute(stmt)
    )
