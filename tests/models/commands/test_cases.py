"""Bulk orders on cases, on both engines: who is taken, who is left, what history says, undo."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from supervisor import clock
from supervisor.errors import BadInputError, ConflictError, NotAllowedError
from supervisor.models.changes import Changes
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.commands.holds import end_holds, hold_cases, preview_hold
from supervisor.models.commands.marks import mark_cases
from supervisor.models.commands.notes import add_note
from supervisor.models.commands.plans import add_plan, cancel_plan
from supervisor.models.commands.reassign import preview_reassign, reassign_cases
from supervisor.models.commands.second_person import request_second_person
from supervisor.models.commands.undo import undo
from supervisor.models.database import Database
from supervisor.models.enums import HoldReason, Mark
from supervisor.models.ids import BranchId, PlanId, StaffId
from supervisor.models.orders import (
    AddNote,
    AddPlan,
    CancelPlan,
    CaseRef,
    EndHolds,
    HoldCases,
    MarkCases,
    ReassignCases,
    RequestSecondPerson,
    Undo,
)
from supervisor.models.tables import Assignment, Case, CaseNote, Hold, VisitPlan
from tests import factories
from tests.factories import TODAY, a_case_ref, an_actor


@dataclass
class Office:
    """A branch with two collectors and three cases of the first."""

    database: Database
    branch: int
    agent: int
    other: int
    cases: list[factories.Ref]

    def refs(self, version: int | None = 1) -> tuple[CaseRef, ...]:
        return tuple(a_case_ref(case, version) for case in self.cases)

    def rows(self, table: Any, *columns: Any) -> list[tuple[Any, ...]]:
        with self.database.transaction() as session:
            found = session.execute(select(*columns).order_by(*columns[:2]))
            return [tuple(row) for row in found]

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that a command may touch, without versions."""
        with self.database.transaction() as session:
            return {
                table.__tablename__: [
                    tuple(row)
                    for row in session.execute(
                        select(*[c for c in table.__table__.c if c.name != "version"]).order_by(
                            table.__table__.c.id
                        )
                    )
                ]
                for table in (Case, Assignment, Hold, VisitPlan, CaseNote)
            }


@pytest.fixture
def office(database: Database) -> Office:
    with database.transaction() as session:
        branch = factories.a_branch(session)
        agent = factories.a_staff(session, branch)
        other = factories.a_staff(session, branch)
        cases = [factories.a_case(session, branch, agent_id=agent) for _ in range(3)]
        for case in cases:
            factories.an_assignment(session, case, agent_id=agent)
        refresh_cases(session, None)
    return Office(database, branch, agent, other, cases)


def codes(changes: Any) -> list[str]:
    return [refusal.code for refusal in changes.refused]


def reassign(office: Office, **values: Any) -> ReassignCases:
    given = {"cases": office.refs(), "agent_id": StaffId(office.other), **values}
    return ReassignCases(actor=an_actor(), **given)


def test_that_reassigned_cases_change_hands_and_history_says_so(office: Office) -> None:
    changes = office.database.write(reassign_cases, reassign(office, reason="休假"))
    assert changes.counts == {"cases": 3, "plans": 0, "refused": 0}
    with office.database.transaction() as session:
        held = session.execute(select(Case.agent_id, Case.version)).all()
        assert {tuple(row) for row in held} == {(office.other, 2)}
        now = clock.now()
        history = session.execute(
            select(Assignment.agent_id, Assignment.until_at, Assignment.reason)
        ).all()
        assert sorted(map(tuple, history), key=str) == sorted(
            [(office.agent, now, "")] * 3 + [(office.other, None, "休假")] * 3, key=str
        )


def test_that_coming_visits_follow_their_case_and_past_ones_do_not(office: Office) -> None:
    case = office.cases[0]
    with office.database.transaction() as session:
        factories.a_plan(session, case, TODAY - timedelta(days=1), agent_id=office.agent)
        factories.a_plan(session, case, TODAY + timedelta(days=1), agent_id=office.agent)
    changes = office.database.write(reassign_cases, reassign(office))
    assert changes.counts["plans"] == 1
    with office.database.transaction() as session:
        plans = session.execute(select(VisitPlan.plan_on, VisitPlan.agent_id)).all()
    assert {(row.plan_on - TODAY).days: row.agent_id for row in plans} == {
        -1: office.agent,
        1: office.other,
    }


def staff(office: Office, **values: Any) -> StaffId:
    with office.database.transaction() as session:
        return StaffId(factories.a_staff(session, office.branch, **values))


def test_that_unfit_agents_are_refused_with_the_reason(office: Office) -> None:
    with office.database.transaction() as session:
        stranger = factories.a_staff(session, factories.a_branch(session))
    yesterday = TODAY - timedelta(days=1)
    reasons = {
        "agent_unknown": StaffId(999_999),
        "agent_other_branch": StaffId(stranger),
        "agent_inactive": staff(office, active=False),
        "agent_training_expired": staff(office, training_valid_until=yesterday),
        "already_with_agent": StaffId(office.agent),
    }
    for code, agent_id in reasons.items():
        order = reassign(office, agent_id=agent_id)
        assert codes(office.database.read(preview_reassign, order)) == [code] * 3
        changes = office.database.write(reassign_cases, order)
        assert codes(changes) == [code] * 3
        assert changes.undo_id is None


def test_that_two_people_means_two(office: Office) -> None:
    order = reassign(office, second_agent_id=StaffId(office.other))
    assert codes(office.database.write(reassign_cases, order)) == ["second_is_agent"] * 3


def test_that_only_the_cases_in_the_way_are_left(office: Office) -> None:
    with office.database.transaction() as session:
        ended = factories.a_case(session, office.branch, ended_on=date(2026, 11, 20))
    refs = (
        *office.refs()[:1],
        a_case_ref(office.cases[1], 7),
        a_case_ref(ended),
        CaseRef(BranchId(office.branch), office.refs()[0].case_id, 1),
        a_case_ref(factories.Ref(office.branch, 888_888)),
    )
    order = reassign(office, cases=refs)
    judged = office.database.read(preview_reassign, order)
    changes = office.database.write(reassign_cases, order)
    assert changes.refused == judged.refused
    assert sorted(codes(changes)) == ["case_changed", "case_ended", "case_not_found"]
    assert changes.counts["cases"] == len(judged.accepted) == 1


def test_that_another_branch_is_out_of_reach(office: Office) -> None:
    actor = an_actor(branches=[office.branch + 10_000])
    order = MarkCases(actor=actor, cases=office.refs(), mark=Mark.A)
    assert codes(office.database.write(mark_cases, order)) == ["branch_not_yours"] * 3
    with pytest.raises(NotAllowedError, match="branch_not_yours"):
        office.database.write(add_note, AddNote(actor=actor, case=office.refs()[0], text="好"))


def test_that_a_hold_rests_a_case_until_it_is_ended(office: Office) -> None:
    order = HoldCases(
        actor=an_actor(), cases=office.refs(), reason=HoldReason.DISPUTE_OPEN, until_on=TODAY
    )
    office.database.write(hold_cases, order)
    again = HoldCases(
        actor=an_actor(), cases=office.refs(2), reason=HoldReason.DISPUTE_OPEN, until_on=None
    )
    assert codes(office.database.read(preview_hold, again)) == ["held_so_before"] * 3
    with office.database.transaction() as session:
        assert set(session.scalars(select(Case.hold_reason))) == {"DISPUTE_OPEN"}
    office.database.write(end_holds, EndHolds(actor=an_actor(), cases=office.refs(2)))
    with office.database.transaction() as session:
        assert set(session.scalars(select(Case.hold_reason))) == {None}
    ended = office.database.write(end_holds, EndHolds(actor=an_actor(), cases=office.refs(3)))
    assert codes(ended) == ["not_held"] * 3


def test_that_a_hold_cannot_end_before_it_begins(office: Office) -> None:
    order = HoldCases(
        actor=an_actor(),
        cases=office.refs(),
        reason=HoldReason.COOLING_OFF,
        until_on=TODAY - timedelta(days=1),
    )
    assert codes(office.database.write(hold_cases, order)) == ["hold_end_past"] * 3


def test_that_a_second_person_is_asked_for_and_then_named(office: Office) -> None:
    ask = RequestSecondPerson(actor=an_actor(), cases=office.refs())
    office.database.write(request_second_person, ask)
    repeat = RequestSecondPerson(actor=an_actor(), cases=office.refs(2))
    refused = codes(office.database.write(request_second_person, repeat))
    assert refused == ["second_person_asked_before"] * 3
    name = RequestSecondPerson(
        actor=an_actor(), cases=office.refs(2), second_agent_id=StaffId(office.other)
    )
    assert office.database.write(request_second_person, name).counts["cases"] == 3
    with office.database.transaction() as session:
        rows = session.execute(select(Case.second_agent_id, Case.second_person_asked)).all()
    assert {tuple(row) for row in rows} == {(office.other, False)}


def plan(office: Office, **values: Any) -> AddPlan:
    start = datetime(2026, 11, 24, 10, 0, tzinfo=clock.SHANGHAI)
    given = {
        "case": office.refs(None)[0],
        "window_from": start,
        "window_until": start + timedelta(hours=2),
        **values,
    }
    return AddPlan(actor=an_actor(), **given)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=clock.SHANGHAI)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"window_from": at(24, 7, 59)}, "plan_in_quiet_hours"),
        ({"window_until": at(24, 20, 1)}, "plan_in_quiet_hours"),
        ({"window_until": at(24, 9)}, "plan_window_backwards"),
        ({"window_until": at(25, 9)}, "plan_window_two_days"),
        ({"window_from": at(22, 9), "window_until": at(22, 10)}, "plan_in_past"),
        ({"target_fen": -1}, "plan_target_negative"),
    ],
)
def test_that_a_plan_that_cannot_be_is_refused(
    office: Office, values: dict[str, Any], code: str
) -> None:
    with pytest.raises(BadInputError, match=code):
        office.database.write(add_plan, plan(office, **values))


def test_that_plans_keep_to_the_rules_of_holds_people_and_each_other(office: Office) -> None:
    twice = plan(office, agent_id=StaffId(office.other), second_agent_id=StaffId(office.other))
    with pytest.raises(BadInputError, match="second_is_agent"):
        office.database.write(add_plan, twice)
    with office.database.transaction() as session:
        factories.a_hold(session, office.cases[1], from_on=TODAY, until_on=date(2026, 11, 24))
    with pytest.raises(ConflictError, match="plan_while_held"):
        office.database.write(add_plan, plan(office, case=office.refs(None)[1]))
    edge = plan(office, window_from=at(24, 8), window_until=at(24, 20))
    made = office.database.write(add_plan, edge)
    with office.database.transaction() as session:
        assert (
            session.scalars(select(Case.next_plan_id).where(Case.id == office.cases[0].id)).one()
            == (made.created["plan"])
        )
    with pytest.raises(ConflictError, match="plan_there_already"):
        office.database.write(add_plan, plan(office))
    cancel = CancelPlan(
        actor=an_actor(),
        branch_id=BranchId(office.branch),
        plan_id=PlanId(made.created["plan"]),
        recalled=True,
        words="已还款",
    )
    office.database.write(cancel_plan, cancel)
    with pytest.raises(ConflictError, match="plan_is_over"):
        office.database.write(
            cancel_plan,
            CancelPlan(
                actor=an_actor(),
                branch_id=BranchId(office.branch),
                plan_id=PlanId(made.created["plan"]),
            ),
        )


def test_that_an_empty_note_is_refused_and_a_note_is_kept_as_written(office: Office) -> None:
    ref = office.refs()[0]
    with pytest.raises(BadInputError, match="note_empty"):
        office.database.write(add_note, AddNote(actor=an_actor(), case=ref, text=" \n"))
    office.database.write(add_note, AddNote(actor=an_actor(), case=ref, text=" KH称下周还\n"))
    with office.database.transaction() as session:
        assert session.scalars(select(CaseNote.text)).all() == [" KH称下周还\n"]
        assert set(session.scalars(select(Case.version))) == {1}


def _reassign(office: Office) -> Changes:
    with office.database.transaction() as session:
        factories.a_plan(session, office.cases[0], TODAY, agent_id=office.agent)
    return office.database.write(
        reassign_cases, reassign(office, second_agent_id=StaffId(office.agent))
    )


def _hold(office: Office) -> Changes:
    return office.database.write(
        hold_cases,
        HoldCases(actor=an_actor(), cases=office.refs(), reason=HoldReason.DISASTER, until_on=None),
    )


def _end(office: Office) -> Changes:
    with office.database.transaction() as session:
        for case in office.cases:
            factories.a_hold(session, case)
        refresh_cases(session, None)
    return office.database.write(end_holds, EndHolds(actor=an_actor(), cases=office.refs()))


def _mark(office: Office) -> Changes:
    return office.database.write(
        mark_cases, MarkCases(actor=an_actor(), cases=office.refs(), mark=Mark.C)
    )


def _second(office: Office) -> Changes:
    return office.database.write(
        request_second_person,
        RequestSecondPerson(
            actor=an_actor(), cases=office.refs(), second_agent_id=StaffId(office.other)
        ),
    )


def _plan(office: Office) -> Changes:
    return office.database.write(add_plan, plan(office))


def _note(office: Office) -> Changes:
    return office.database.write(
        add_note, AddNote(actor=an_actor(), case=office.refs()[0], text="电话无人接")
    )


@pytest.mark.parametrize("act", [_hold, _mark, _second, _plan, _note])
def test_that_undo_restores_everything(office: Office, act: Callable[[Office], Changes]) -> None:
    before = office.everything()
    changes = act(office)
    assert office.everything() != before
    assert changes.undo_id is not None
    undone = office.database.write(undo, Undo(actor=an_actor(), undo_id=changes.undo_id))
    assert undone.refused == ()
    assert office.everything() == before


@pytest.mark.parametrize("act", [_reassign, _end])
def test_that_undo_gives_back_agents_history_and_holds(
    office: Office, act: Callable[[Office], Changes]
) -> None:
    changes = act(office)
    assert changes.undo_id is not None
    office.database.write(undo, Undo(actor=an_actor(), undo_id=changes.undo_id))
    with office.database.transaction() as session:
        assert set(session.scalars(select(Case.agent_id))) == {office.agent}
        history = session.execute(select(Assignment.agent_id, Assignment.until_at)).all()
        assert [tuple(row) for row in history] == [(office.agent, None)] * 3
        assert set(session.scalars(select(VisitPlan.agent_id))) <= {office.agent}
        assert set(session.scalars(select(Hold.ended_at))) <= {None}
        holds = len(session.scalars(select(Hold.id)).all())
        rests = session.scalars(select(Case.hold_reason)).all()
        assert len([reason for reason in rests if reason]) == holds


def test_that_undo_leaves_what_somebody_changed_since_and_names_it(office: Office) -> None:
    changes = _mark(office)
    one = MarkCases(actor=an_actor(), cases=office.refs(2)[:1], mark=Mark.B)
    office.database.write(mark_cases, one)
    assert changes.undo_id is not None
    undone = office.database.write(undo, Undo(actor=an_actor(), undo_id=changes.undo_id))
    assert undone.counts == {"records": 2, "refused": 1}
    with office.database.transaction() as session:
        marks = session.execute(select(Case.case_no, Case.mark).order_by(Case.id)).all()
    assert [row.mark for row in marks] == ["B", None, None]
    assert [(r.subject, r.code) for r in undone.refused] == [(marks[0].case_no, "changed_since")]


def test_that_undo_works_once_and_for_ten_minutes(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadInputError, match="undo_unknown"):
        office.database.write(undo, Undo(actor=an_actor(), undo_id=Undo.__name__))  # type: ignore[arg-type]
    changes = _mark(office)
    assert changes.undo_id is not None
    monkeypatch.setenv(clock.ENVIRONMENT_VARIABLE, "2026-11-23T10:48:01+08:00")
    with pytest.raises(ConflictError, match="undo_too_late"):
        office.database.write(undo, Undo(actor=an_actor(), undo_id=changes.undo_id))
    monkeypatch.setenv(clock.ENVIRONMENT_VARIABLE, "2026-11-23T10:48:00+08:00")
    office.database.write(undo, Undo(actor=an_actor(), undo_id=changes.undo_id))
    with pytest.raises(ConflictError, match="undone_before"):
        office.database.write(undo, Undo(actor=an_actor(), undo_id=changes.undo_id))


def test_that_sending_an_order_twice_does_it_once(office: Office) -> None:
    order = MarkCases(actor=an_actor(), cases=office.refs(), mark=Mark.E)
    assert office.database.write(mark_cases, order) == office.database.write(mark_cases, order)
    with office.database.transaction() as session:
        assert set(session.scalars(select(Case.version))) == {2}
