"""One event per command or batch, and nothing private in any of them: every command is tried."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from supervisor.errors import BadInputError
from supervisor.intake import api
from supervisor.models import orders
from supervisor.models.commands.branches import show_names
from supervisor.models.commands.exports import log_export
from supervisor.models.commands.holds import end_holds, hold_cases
from supervisor.models.commands.marks import mark_cases
from supervisor.models.commands.move_case import move_case
from supervisor.models.commands.notes import add_note
from supervisor.models.commands.parameters import set_aims, set_parameter
from supervisor.models.commands.plans import add_plan, cancel_plan
from supervisor.models.commands.reassign import reassign_cases
from supervisor.models.commands.reveal import reveal_private
from supervisor.models.commands.second_person import request_second_person
from supervisor.models.commands.share_cases import share_cases
from supervisor.models.commands.sign_in import sign_in
from supervisor.models.commands.undo import undo
from supervisor.models.commands.views import remove_view, save_view
from supervisor.models.database import Database
from supervisor.models.enums import HoldReason, Kind, Mark, Role
from supervisor.models.ids import BranchId, PlanId, StaffId, ViewId
from supervisor.models.tables import AuditEvent, Inbox
from tests import factories
from tests.factories import a_case_ref, an_actor
from tests.intake import files

NAME, PHONE, ID_NUMBER, STREET = "欧阳绝密", "13900008888", "110105194912310024", "幸福里九号"
SECRET = f"{NAME} {PHONE} {ID_NUMBER} {STREET}"
PARTS = (NAME, "绝密", PHONE, ID_NUMBER, STREET)
HEADINGS = (*files.CONTRACTS, "Phone", "ID number")


def _orders() -> set[str]:
    return {
        name
        for name, one in vars(orders).items()
        if isinstance(one, type) and issubclass(one, orders.Order) and one is not orders.Order
    }


def _give_every_order(database: Database) -> list[str]:
    """Each order of `orders` once, private values wherever it takes words; their names."""
    with database.transaction() as session:
        here, there = factories.a_branch(session), factories.a_branch(session)
        agent, other = (StaffId(factories.a_staff(session, here)) for _ in range(2))
        borrower = factories.a_borrower(session, here, full_name=NAME)
        made = factories.a_case(session, here, borrower=borrower, agent_id=agent)
    case, cases = a_case_ref(made), (a_case_ref(made),)
    given: list[str] = []

    def give(command: Any, kind: Any, who: Role = Role.SUPERVISOR, **values: Any) -> Any:
        given.append(kind.__name__)
        return database.write(command, kind(actor=an_actor(role=who), **values))

    give(reassign_cases, orders.ReassignCases, cases=cases, agent_id=other, reason=SECRET)
    moves = tuple(orders.GiveCase(case=one, agent_id=agent) for one in cases)
    give(share_cases, orders.ShareCases, moves=moves, planned_move=True, reason=SECRET)
    give(
        hold_cases,
        orders.HoldCases,
        cases=cases,
        reason=HoldReason.DISASTER,
        until_on=None,
        words=SECRET,
    )
    give(end_holds, orders.EndHolds, cases=cases, words=SECRET)
    give(mark_cases, orders.MarkCases, cases=cases, mark=Mark.A)
    give(request_second_person, orders.RequestSecondPerson, cases=cases, second_agent_id=agent)
    note = give(add_note, orders.AddNote, case=case, text=SECRET)
    give(undo, orders.Undo, undo_id=note.undo_id)
    plan = give(
        add_plan,
        orders.AddPlan,
        case=case,
        window_from=datetime(2026, 11, 25, 2, tzinfo=UTC),
        window_until=datetime(2026, 11, 25, 3, tzinfo=UTC),
        strategy=SECRET,
    )
    give(
        cancel_plan,
        orders.CancelPlan,
        branch_id=BranchId(here),
        plan_id=PlanId(plan.created["plan"]),
        words=SECRET,
    )
    view = give(
        save_view, orders.SaveView, view_id=None, name=NAME, definition=f'{{"search": "{NAME}"}}'
    )
    give(remove_view, orders.RemoveView, view_id=ViewId(view.created["view"]))
    give(set_parameter, orders.SetParameter, key="untouched_days", value="9", who=Role.ADMIN)
    aims = (("target_met_rate", "40"), ("case_cap", "90"))
    give(set_aims, orders.SetAims, values=aims, who=Role.MANAGER)
    give(show_names, orders.ShowNames, branch_id=BranchId(here), shown=True, who=Role.ADMIN)
    give(
        reveal_private,
        orders.RevealPrivate,
        case=case,
        items=("name", "phones"),
        reason="check_address",
        words=SECRET,
    )
    give(log_export, orders.LogExport, what="case_queue", rows=1)
    give(sign_in, orders.SignIn)
    give(move_case, orders.MoveCase, Role.ADMIN, case=case, to_branch_id=BranchId(there))
    return given


def _audited(database: Database) -> list[str]:
    with database.transaction() as session:
        return [" ".join(map(str, row)) for row in session.execute(select(AuditEvent.__table__))]


def test_that_every_order_leaves_one_event_and_nothing_private(database: Database) -> None:
    given = _give_every_order(database)
    assert set(given) == _orders()
    events = _audited(database)
    assert len(events) == len(given)
    assert [part for part in PARTS for event in events if part in event] == []


def test_that_imports_their_undoing_and_arrivals_tell_nothing_private(
    database: Database, tmp_path: Path
) -> None:
    files.bring(
        database, files.a_csv(tmp_path / "s.csv", files.STAFF, [("B1", "S1", "陈立")]), Kind.STAFF
    )
    path = files.a_csv(
        tmp_path / f"{NAME} {PHONE}.csv", HEADINGS, [("K1", "U1", NAME, "3000", PHONE, ID_NUMBER)]
    )
    done = files.bring(database, path, Kind.CONTRACTS, source=NAME)
    assert done.inserted == 1
    assert done.batch is not None
    api.undo_import(database, an_actor(), done.batch)
    with database.transaction() as session:
        session.execute(
            insert(Inbox).values(
                kind=NAME, payload=SECRET, source=NAME, key=PHONE, received_at=factories.RECORDED
            )
        )
    assert api.drain_inbox(database, an_actor()).refused == 1
    events = _audited(database)
    assert len(events) == 4
    assert [part for part in PARTS for event in events if part in event] == []


def test_that_the_reason_of_a_reveal_is_a_code(sqlite_database: Database) -> None:
    with sqlite_database.transaction() as session:
        case = factories.a_case(session, factories.a_branch(session))
    for reason in ("", SECRET, PHONE):
        order = orders.RevealPrivate(
            actor=an_actor(), case=a_case_ref(case), items=("name",), reason=reason
        )
        with pytest.raises(BadInputError, match="reveal_reason_missing"):
            sqlite_database.write(reveal_private, order)
    assert _audited(sqlite_database) == []
