"""A line of the queue from what is stored of its case: the reason, and codes as what they mean."""

from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from supervisor.models.enums import HoldReason, Mark, PlanGap, Product, RecallCause, VisitOutcome
from supervisor.models.ids import BranchId, CaseId, PlanId, StaffId
from supervisor.models.queries.queue_conditions import Days
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.models.rules import queue_order

# Looked up for each line; an enum's own call takes several times as long as a cache.
_mark, _product, _outcome, _recall = (
    cache(Mark),
    cache(Product),
    cache(VisitOutcome),
    cache(RecallCause),
)
_hold, _gaps = cache(HoldReason), cache(PlanGap)


class Stored(NamedTuple):
    """What is read of a case for its line; a tuple with names, since a `Row` finds them slowly."""

    branch_id: BranchId
    id: CaseId
    case_no: str
    contract_no: str | None
    placed_on: date
    ended_on: date | None
    version: int
    mark: str | None
    product: str
    oldest_due_on: date | None
    settle_fen: int
    last_visit_on: date | None
    last_visit_outcome: str | None
    visit_count: int
    promise_due_on: date | None
    promise_fen: int | None
    promise_paid_fen: int | None
    next_plan_id: PlanId | None
    next_plan_on: date | None
    next_plan_at: datetime | None
    next_plan_gaps: int
    recall_cause: str | None
    recall_rules: str | None
    hold_from_on: date | None
    hold_until_on: date | None
    hold_reason: str | None
    retained_until_on: date | None
    critical_since: datetime | None
    follow_up_due_at: datetime | None
    flag_count: int
    agent_id: StaffId | None
    second_agent_id: StaffId | None
    second_person_asked: bool
    overdue_fen: int
    overdue_from_on: date | None
    overdue_until_on: date | None
    next_overdue_fen: int
    next_overdue_until_on: date | None
    household_n: int
    shown_name: str
    area: str
    branch: str
    payments_known_on: date | None
    team: str | None
    agent: str | None
    agent_no: str | None
    second_agent: str | None
    second_agent_no: str | None


def line(row: Stored, days: Days, overdue_fen: int) -> CaseQueueRow:
    """The line, judged on the day, with its amount as of the day in 分."""
    day = days.of(row.branch_id)
    recall = _recall(row.recall_cause) if row.recall_cause else None
    stands = queue_order.standing(_facts(row, overdue_fen, recall), day)
    dpd = queue_order.days_past_due(row.oldest_due_on, day.as_of)
    return CaseQueueRow(
        case_id=row.id,
        branch_id=row.branch_id,
        branch=row.branch,
        case_no=row.case_no,
        contract_no=row.contract_no,
        reason=stands.reason,
        reason_days=stands.days,
        reason_due_at=stands.due_at,
        recall_cause=recall,
        mark=_mark(row.mark) if row.mark else None,
        name=row.shown_name,
        bucket=queue_order.bucket_of(dpd),
        dpd=dpd,
        overdue_fen=overdue_fen,
        settle_fen=row.settle_fen,
        area=row.area,
        product=_product(row.product),
        team=row.team,
        agent_id=row.agent_id,
        agent=row.agent,
        agent_no=row.agent_no,
        second_agent_id=row.second_agent_id,
        second_agent=row.second_agent,
        second_agent_no=row.second_agent_no,
        second_person_asked=row.second_person_asked,
        last_visit_on=row.last_visit_on,
        last_visit_outcome=_outcome(row.last_visit_outcome) if row.last_visit_outcome else None,
        days_since_visit=(day.as_of - row.last_visit_on).days if row.last_visit_on else None,
        visit_number=row.visit_count,
        promise_due_on=row.promise_due_on,
        promise_fen=row.promise_fen,
        promise_paid_fen=row.promise_paid_fen,
        next_plan_id=row.next_plan_id,
        next_plan_at=row.next_plan_at,
        next_plan_gaps=_gaps(row.next_plan_gaps),
        hold_until_on=row.hold_until_on,
        hold_reason=_hold(row.hold_reason) if row.hold_reason else None,
        retained_until_on=row.retained_until_on,
        placed_on=row.placed_on,
        household_n=max(1, row.household_n),
        flag_count=row.flag_count,
        data_known_on=row.payments_known_on,
        ended_on=row.ended_on,
        version=row.version,
        recall_rules=tuple(row.recall_rules.split(",")) if row.recall_rules else (),
    )


def _facts(row: Stored, overdue_fen: int, recall: RecallCause | None) -> queue_order.CaseFacts:
    return queue_order.CaseFacts(
        branch_id=row.branch_id,
        case_id=row.id,
        case_no=row.case_no,
        placed_on=row.placed_on,
        overdue_fen=overdue_fen,
        oldest_due_on=row.oldest_due_on,
        last_visit_on=row.last_visit_on,
        promise_due_on=row.promise_due_on,
        next_plan_on=row.next_plan_on,
        next_plan_gaps=row.next_plan_gaps,
        recall_cause=recall,
        hold_from_on=row.hold_from_on,
        hold_until_on=row.hold_until_on,
        retained_until_on=row.retained_until_on,
        critical_since=row.critical_since,
        follow_up_due_at=row.follow_up_due_at,
        payments_known_on=row.payments_known_on,
    )
