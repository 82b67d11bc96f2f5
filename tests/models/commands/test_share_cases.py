"""A fairer split carried out: one order, everything it must not do checked again, one undo."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from supervisor.errors import BadInputError
from supervisor.models import tables
from supervisor.models.changes import Changes
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.share_cases import preview_share, share_cases
from supervisor.models.commands.undo import undo
from supervisor.models.database import Database
from supervisor.models.ids import StaffId
from supervisor.models.orders import GiveCase, ShareCases, Undo
from supervisor.models.tables import Assignment, Case, VisitPlan
from tests import factories as f
from tests.factories import TODAY, Ref, a_case_ref, an_actor

DAY = timedelta(days=1)


@dataclass
class Office:
    """A branch where the first of three people holds all the cases, the second goes along."""

    database: Database
    branch: int
    giver: int
    second: int
    taker: int
    cases: list[Ref]

    def order(self, *to: int, cases: list[Ref] | None = None, **values: Any) -> ShareCases:
        moves = zip(cases or self.cases, to, strict=False)
        given = tuple(GiveCase(a_case_ref(case), StaffId(agent)) for case, agent in moves)
        return ShareCases(actor=an_actor(), moves=given, **values)

    def share(self, *to: int, **values: Any) -> Changes:
        return self.database.write(share_cases, self.order(*to, **values))

    def holders(self) -> list[int | None]:
        with self.database.transaction() as session:
            stmt = select(Case.agent_id).where(Case.branch_id == self.branch).order_by(Case.case_no)
            return list(session.scalars(stmt))


@pytest.fixture
def office(database: Database) -> Office:
    with database.transaction() as session:
        branch = f.a_branch(session)
        people = [f.a_staff(session, branch) for _ in range(3)]
        cases = [
            f.a_case(session, branch, agent_id=people[0], second_agent_id=people[1])
            for _ in range(3)
        ]
        for case in cases:
            f.an_assignment(session, case, agent_id=people[0], second_agent_id=people[1])
        f.a_plan(session, cases[2], TODAY + 3 * DAY, agent_id=people[0])
        refresh_cases(session, cases)
    return Office(database, branch, *people, cases)


def test_that_cases_go_to_several_people_in_one_order_and_come_back(office: Office) -> None:
    with office.database.transaction() as session:
        other = f.a_staff(session, office.branch)
    changes = office.share(office.taker, other, office.taker, reason="均衡负荷")
    assert office.holders() == [office.taker, other, office.taker]
    assert changes.counts == {"cases": 3, "plans": 1, "refused": 0}
    with office.database.transaction() as session:
        running = session.execute(
            select(Assignment.agent_id, Assignment.second_agent_id, Assignment.reason).where(
                Assignment.until_at.is_(None)
            )
        ).all()
        plan = session.scalar(select(VisitPlan.agent_id))
        events = session.scalar(select(func.count()).select_from(tables.AuditEvent))
    assert {row[2] for row in running} == {"均衡负荷"}
    assert {row[1] for row in running} == {office.second}
    assert plan == office.taker
    assert changes.undo_id is not None
    office.database.write(undo, Undo(actor=an_actor(), undo_id=changes.undo_id))
    assert office.holders() == [office.giver] * 3
    with office.database.transaction() as session:
        assert session.scalar(select(VisitPlan.agent_id)) == office.giver
        assert session.scalar(select(func.count()).select_from(tables.AuditEvent)) == events + 1


def test_that_an_order_sent_twice_is_done_once(office: Office) -> None:
    order = office.order(office.taker)
    first = office.database.write(share_cases, order)
    assert office.database.write(share_cases, order) == first
    with office.database.transaction() as session:
        history = select(func.count()).select_from(Assignment)
        assert session.scalar(history) == 4


def _critical(office: Office, session: Any, case: Ref) -> None:
    session.execute(
        tables.Case.__table__.update()
        .where(tables.Case.id == case.id)
        .values(critical_since=f.RECORDED)
    )


def _reviewed(office: Office, session: Any, case: Ref) -> None:
    f.a_flag(session, case, state="awaiting_decision")


def _held(office: Office, session: Any, case: Ref) -> None:
    f.a_hold(session, case, flag_id=f.a_flag(session, case).id)


def _conflict(office: Office, session: Any, case: Ref) -> None:
    f.a_flag(session, case, category="conflict", second_agent_id=office.taker, state="closed")


def _planned(office: Office, session: Any, case: Ref) -> None:
    f.a_plan(session, case, TODAY + DAY, agent_id=office.giver)
    refresh_cases(session, [case])


def _away(office: Office, session: Any, case: Ref) -> None:
    f.put(session, tables.Absence, staff_id=office.taker, from_on=TODAY, until_on=TODAY)


def _left(office: Office, session: Any, case: Ref) -> None:
    session.execute(
        tables.Staff.__table__.update().where(tables.Staff.id == office.taker).values(active=False)
    )


@pytest.mark.parametrize(
    ("happens", "code"),
    [
        (_critical, "share_critical"),
        (_reviewed, "share_review"),
        (_held, "share_flag_hold"),
        (_conflict, "share_conflict"),
        (_planned, "share_planned"),
        (_away, "agent_away"),
        (_left, "agent_inactive"),
    ],
)
def test_that_what_came_up_since_the_proposal_is_refused_with_its_reason(
    office: Office, happens: Any, code: str
) -> None:
    order = office.order(office.taker)
    with office.database.transaction() as session:
        happens(office, session, office.cases[0])
    judged = office.database.read(preview_share, order)
    changes = office.database.write(share_cases, order)
    assert [one.code for one in judged.refused] == [one.code for one in changes.refused] == [code]
    assert changes.undo_id is None
    assert office.holders() == [office.giver] * 3


def test_that_the_second_person_is_not_lost_and_nobody_gets_their_own_case(office: Office) -> None:
    changes = office.share(office.second, office.giver)
    assert [one.code for one in changes.refused] == ["share_second", "already_with_agent"]


def test_that_the_cap_holds_within_one_order(office: Office) -> None:
    with office.database.transaction() as session:
        f.put(session, tables.Parameter, branch_id=office.branch, key="case_cap", value="2")
    changes = office.share(office.taker, office.taker, office.taker)
    assert changes.counts["cases"] == 2
    assert [one.code for one in changes.refused] == ["share_over_cap"]
    assert changes.refused[0].facts["cap"] == 2


def test_that_a_visit_moves_along_only_if_asked_and_where_there_is_room(office: Office) -> None:
    with office.database.transaction() as session:
        _planned(office, session, office.cases[0])
        full = f.a_staff(session, office.branch, daily_capacity=0)
    refused = office.share(full, planned_move=True).refused
    assert [one.code for one in refused] == ["share_full_day"]
    changes = office.share(office.taker, planned_move=True)
    assert changes.counts == {"cases": 1, "plans": 1, "refused": 0}


def test_that_a_split_stays_in_one_branch(office: Office) -> None:
    with office.database.transaction() as session:
        elsewhere = f.a_case(session, f.a_branch(session))
    with pytest.raises(BadInputError):
        office.share(office.taker, office.taker, cases=[office.cases[0], elsewhere])
    assert office.share().counts["cases"] == 0
