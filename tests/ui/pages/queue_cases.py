"""A small branch for tests of the queue: three collectors, five cases, each with its reason."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from supervisor.models.changes import Actor
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.database import Database
from supervisor.models.enums import Bucket, PlanGap, Product, QueueReason, Role
from supervisor.models.ids import BranchId, CaseId
from supervisor.models.rows.case_queue import CaseQueueRow
from tests import factories
from tests.factories import TODAY, Ref

NOW = datetime(2026, 11, 23, 2, 38, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SmallBranch:
    """What the tests look for."""

    branch_id: int
    agents: tuple[int, int, int]
    critical: Ref
    broken: Ref
    today: Ref
    held: Ref
    calm: Ref


def a_small_branch(database: Database) -> SmallBranch:
    """Five open cases of three agents."""
    with database.transaction() as session:
        branch = factories.a_branch(session, name="城东网点")
        team = factories.a_team(session, branch)
        agents = tuple(
            factories.a_staff(
                session, branch, team_id=team, name=name, staff_no=number, roles="collector"
            )
            for name, number in (("何某", "04"), ("罗某", "05"), ("林某", "08"))
        )

        def case(number: int, **values: Any) -> Ref:
            given = {"agent_id": agents[0], "case_no": f"AJ{number:04}", **values}
            made = factories.a_case(session, branch, **given)
            factories.an_assignment(session, made, agent_id=given["agent_id"])
            return made

        critical, broken, today, held, calm = (case(number) for number in range(1, 6))
        factories.a_flag(session, critical, severity="critical", category="legal_risk")
        factories.a_promise(session, broken, TODAY - timedelta(days=3), 60_000)
        factories.a_plan(session, today, TODAY, agent_id=agents[0])
        factories.a_hold(session, held, until_on=date(2026, 12, 31))
        factories.a_visit(session, calm, TODAY - timedelta(days=1), outcome="MET_DEBTOR")
        refresh_cases(session, None)
    return SmallBranch(branch, agents, critical, broken, today, held, calm)  # type: ignore[arg-type]


def an_actor() -> Actor:
    """The supervisor of the tests."""
    return Actor("周敏", Role.SUPERVISOR)


def a_row(**values: Any) -> CaseQueueRow:
    """A line of the queue without a database."""
    given: dict[str, Any] = {
        "case_id": CaseId(1),
        "branch_id": BranchId(1),
        "branch": "城东网点",
        "case_no": "AJ0001",
        "contract_no": "HT2026031842",
        "reason": QueueReason.DAYS_OVERDUE,
        "reason_days": None,
        "reason_due_at": None,
        "recall_cause": None,
        "mark": None,
        "name": "王**",
        "bucket": Bucket.M3,
        "dpd": 74,
        "overdue_fen": 1_864_237,
        "settle_fen": 2_000_000,
        "area": "柳湾街道",
        "product": Product.CASH_LOAN,
        "team": "一组",
        "agent_id": None,
        "agent": None,
        "agent_no": None,
        "second_agent_id": None,
        "second_agent": None,
        "second_agent_no": None,
        "second_person_asked": False,
        "last_visit_on": None,
        "last_visit_outcome": None,
        "days_since_visit": None,
        "visit_number": 0,
        "promise_due_on": None,
        "promise_fen": None,
        "promise_paid_fen": None,
        "next_plan_id": None,
        "next_plan_at": None,
        "next_plan_gaps": PlanGap.NONE,
        "hold_until_on": None,
        "hold_reason": None,
        "retained_until_on": None,
        "placed_on": date(2026, 11, 1),
        "household_n": 1,
        "flag_count": 0,
        "data_known_on": date(2026, 11, 22),
        "ended_on": None,
        "version": 1,
    }
    return CaseQueueRow(**{**given, **values})
