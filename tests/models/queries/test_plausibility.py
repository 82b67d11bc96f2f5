"""Questions over a branch's visits: what is looked at, what is answered, what leads may see."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from supervisor.models.commands.explaining import explain_visit
from supervisor.models.commands.parameters import set_parameter
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.enums_training import QuestionKind
from supervisor.models.ids import BranchId
from supervisor.models.orders import SetParameter
from supervisor.models.orders_training import ExplainVisit
from supervisor.models.queries.plausibility import visit_questions
from supervisor.models.rows.plausibility import QuestionFilter, QuestionPage
from supervisor.models.tables import Flag
from tests import factories
from tests.factories import TODAY, an_actor

COPIED = "到达后敲门三次无人应答,邻居称白天上班,已留联系卡。"


@pytest.fixture
def branch(database: Database) -> int:
    """Two cases with the same note an hour apart, the second without a position; one short stay."""
    with database.transaction() as session:
        branch = factories.a_branch(session)
        agent = factories.a_staff(session, branch, name="何平", staff_no="04")
        cases = [factories.a_case(session, branch) for _ in range(3)]
        here: dict[str, Any] = {"latitude": 23.13, "longitude": 113.27}
        factories.a_visit(session, cases[0], agent_id=agent, note=COPIED, **here)
        _later(session, cases[1], agent, 60, note=COPIED)
        _later(session, cases[2], agent, 120, outcome="MET_DEBTOR", stay=1, **here)
        far = TODAY - timedelta(days=40)
        factories.a_visit(session, cases[0], far, agent_id=agent, note=COPIED, **here)
    return branch


def _later(
    session: Any, case: Any, agent: int, minutes: int, *, stay: int = 20, **values: Any
) -> None:
    start = datetime(TODAY.year, TODAY.month, TODAY.day, 2, 0, tzinfo=UTC)
    start += timedelta(minutes=minutes)
    factories.a_visit(
        session,
        case,
        agent_id=agent,
        started_at=start,
        ended_at=start + timedelta(minutes=stay),
        **values,
    )


def ask(database: Database, branch: int, **values: Any) -> QuestionPage:
    given: dict[str, Any] = {
        "first_on": TODAY - timedelta(days=90),
        "last_on": TODAY,
        "branches": (BranchId(branch),),
        **values,
    }
    return database.read(visit_questions, QuestionFilter(**given))


def test_that_a_month_is_looked_through_and_each_question_has_its_evidence(
    database: Database, branch: int
) -> None:
    page = ask(database, branch)
    assert (page.visits, page.positioned, page.total, page.open) == (3, 2, 3, 3)
    assert page.by_kind == {
        QuestionKind.COPIED_NOTE: 1,
        QuestionKind.NO_POSITION: 1,
        QuestionKind.SHORT_STAY: 1,
    }
    copied = next(row for row in page.rows if row.kind is QuestionKind.COPIED_NOTE)
    assert copied.facts == {"cases": 2, "visits": 2}
    assert len(copied.others) == 1
    assert copied.others[0].startswith("W")
    assert (copied.agents, copied.agent_nos) == (("何平",), ("04",))
    assert ask(database, branch, kinds=frozenset({QuestionKind.SHORT_STAY})).total == 1
    with database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Flag)) == 0


def test_that_an_explained_question_moves_to_the_end_and_is_open_no_more(
    database: Database, branch: int
) -> None:
    row = ask(database, branch).rows[0]
    order = ExplainVisit(
        actor=an_actor(),
        branch_id=row.branch_id,
        visit_id=row.visit_id,
        kind=row.kind,
        explanation="客户只取函件",
        version=row.version,
    )
    database.write(explain_visit, order)
    page = ask(database, branch)
    assert (page.total, page.open) == (3, 2)
    last = page.rows[-1]
    assert (last.visit_id, last.explanation, last.version) == (row.visit_id, "客户只取函件", 1)
    assert ask(database, branch, open_only=True).total == 2


def test_that_the_branch_sets_what_is_odd(database: Database, branch: int) -> None:
    order = SetParameter(actor=an_actor(role=Role.ADMIN), key="short_stay_minutes", value="1",
                         branch_id=BranchId(branch))  # fmt: skip
    database.write(set_parameter, order)
    assert QuestionKind.SHORT_STAY not in ask(database, branch).by_kind


def test_that_training_leads_see_no_case_and_others_no_branch_of_theirs(
    database: Database, branch: int
) -> None:
    for row in ask(database, branch, deidentified=True).rows:
        assert (row.case_no, row.visit_no, row.others) == ("", "", ())
    assert ask(database, branch, allowed=(BranchId(branch + 1),)).visits == 0
