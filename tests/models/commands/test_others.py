"""Moving a case, views, parameters, reveals, exports and the audit chain, on both engines."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, text

from supervisor.errors import BadInputError, ConflictError, ExpectedError, NotAllowedError
from supervisor.models.commands.exports import log_export
from supervisor.models.commands.move_case import move_case
from supervisor.models.commands.parameters import set_parameter, value_of
from supervisor.models.commands.reveal import reveal_private
from supervisor.models.commands.undo import undo
from supervisor.models.commands.views import remove_view, save_view
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.enums_queue import ViewScope
from supervisor.models.ids import BranchId, ViewId
from supervisor.models.orders import (
    LogExport,
    MoveCase,
    RemoveView,
    RevealPrivate,
    SaveView,
    SetParameter,
    Undo,
)
from supervisor.models.queries.audit import verify
from supervisor.models.tables import Assignment, AuditEvent, Case, SavedView, Visit, metadata
from tests import factories
from tests.factories import a_case_ref, an_actor

ADMIN = an_actor(role=Role.ADMIN)

OF_BRANCHES = (
    *("parameter", "summary_visit", "summary_area", "summary_tally"),
    *("case_columns", "case_period"),
)
"""No children of a case: sums stand with the branch that did the visits, wherever a case goes, and
what is kept of a branch's cases is made anew where they left and where they came."""
SCOPED = [
    table
    for table in metadata().sorted_tables
    if "branch_id" in table.c and table.c.branch_id.primary_key and table.name not in OF_BRANCHES
]


def a_full_case(session: Any, branch: int) -> factories.Ref:
    """A case with a child in every scoped table."""
    agent = factories.a_staff(session, branch)
    borrower = factories.a_borrower(session, branch)
    contract = factories.a_contract(session, borrower)
    factories.a_payment(session, contract, 5_000)
    case = factories.a_case(
        session, branch, borrower=borrower, contracts=[contract], agent_id=agent
    )
    factories.an_assignment(session, case, agent_id=agent)
    for make in (
        factories.a_hold,
        factories.a_note,
        factories.a_contact,
        factories.a_plan,
        factories.a_promise,
        factories.a_complaint,
        factories.a_follow_up,
    ):
        make(session, case)
    factories.a_full_flag(session, case, factories.a_visit(session, case))
    return case


def test_that_every_child_follows_a_moved_case(database: Database) -> None:
    with database.transaction() as session:
        origin, target = factories.a_branch(session), factories.a_branch(session)
        case = a_full_case(session, origin)
        staying = a_full_case(session, origin)
        counts = {
            table.name: len(session.execute(select(table).where(table.c.branch_id == origin)).all())
            for table in SCOPED
        }
    assert all(count >= 2 for count in counts.values()), counts
    order = MoveCase(actor=ADMIN, case=a_case_ref(case, 1), to_branch_id=BranchId(target))
    database.write(move_case, order)
    with database.transaction() as session:
        for table in SCOPED:
            here = len(session.execute(select(table).where(table.c.branch_id == origin)).all())
            there = len(session.execute(select(table).where(table.c.branch_id == target)).all())
            new = 1 if table.name == "assignment" else 0
            assert (here, there) == (counts[table.name] // 2, counts[table.name] // 2 + new), table
        moved = session.execute(
            select(Case.agent_id, Case.branch_id, Case.version).where(Case.id == case.id)
        ).one()
        assert tuple(moved) == (None, target, 2)
        done_by = session.scalar(select(Visit.done_by_branch_id).where(Visit.branch_id == target))
        assert done_by == origin
        history = session.execute(
            select(Assignment.agent_id, Assignment.until_at, Assignment.done_by_branch_id)
            .where(Assignment.branch_id == target)
            .order_by(Assignment.id)
        ).all()
        assert [row.done_by_branch_id for row in history] == [origin, target]
        assert history[0].until_at is not None
        assert history[1].agent_id is None
        stayed = session.scalar(select(Case.branch_id).where(Case.id == staying.id))
        assert stayed == origin


def test_that_a_move_is_refused_where_it_cannot_be(database: Database) -> None:
    with database.transaction() as session:
        origin, target = factories.a_branch(session), factories.a_branch(session)
        case = factories.a_case(session, origin, case_no="AJ-SAME")
        factories.a_case(session, target, case_no="AJ-SAME")

    def order(to: int, branches: list[int] | None = None) -> MoveCase:
        return MoveCase(
            actor=an_actor(role=Role.ADMIN, branches=branches),
            case=a_case_ref(case, 1),
            to_branch_id=BranchId(to),
        )

    with pytest.raises(ConflictError, match="number_taken_there"):
        database.write(move_case, order(target))
    with pytest.raises(BadInputError, match="case_there_already"):
        database.write(move_case, order(origin))
    with pytest.raises(BadInputError, match="branch_unknown"):
        database.write(move_case, order(99_999))
    for branches in ([origin], [target]):
        with pytest.raises(NotAllowedError, match="branch_not_yours"):
            database.write(move_case, order(target, branches))


def view(name: str = "周五复盘", **values: Any) -> SaveView:
    return SaveView(
        actor=an_actor(), **{"view_id": None, "name": name, "definition": "{}", **values}
    )


def names(database: Database) -> list[tuple[str, str, bool, str]]:
    with database.transaction() as session:
        return [
            tuple(row)
            for row in session.execute(
                select(SavedView.name, SavedView.owner, SavedView.pinned, SavedView.scope).order_by(
                    SavedView.id
                )
            )
        ]


def test_that_a_view_is_made_changed_handed_over_and_each_step_taken_back(
    database: Database,
) -> None:
    made = database.write(save_view, view())
    view_id = ViewId(made.created["view"])
    first = names(database)
    changed = database.write(
        save_view,
        view("新名", view_id=view_id, pinned=True, scope=ViewScope.SHARED, version=1),
    )
    assert names(database) == [("新名", "周敏", True, "shared")]
    with pytest.raises(ConflictError, match="view_changed"):
        database.write(save_view, view("x", view_id=view_id, version=1))
    assert changed.undo_id
    database.write(undo, Undo(actor=an_actor(), undo_id=changed.undo_id))
    assert names(database) == first
    removed = database.write(remove_view, RemoveView(actor=an_actor(), view_id=view_id))
    assert names(database) == []
    assert removed.undo_id
    database.write(undo, Undo(actor=an_actor(), undo_id=removed.undo_id))
    assert names(database) == first
    handed = view(view_id=view_id, owner="李红")
    if "sqlite" not in str(database.url):
        with pytest.raises(NotAllowedError, match="view_handed_over_by_admin"):
            database.write(save_view, handed)
    database.write(save_view, replace(handed, actor=an_actor("管理", Role.ADMIN)))
    # A server does not even show it any more to who had it.
    with pytest.raises(ExpectedError, match=r"view_not_yours|view_gone"):
        database.write(remove_view, RemoveView(actor=an_actor(), view_id=view_id))


def test_that_unusable_views_are_refused(database: Database) -> None:
    database.write(save_view, view())
    with pytest.raises(ConflictError, match="view_name_taken"):
        database.write(save_view, view())
    with pytest.raises(BadInputError, match="view_name_empty"):
        database.write(save_view, view(" "))
    for definition in ("[]", "{", ""):
        with pytest.raises(BadInputError, match="view_definition_unreadable"):
            database.write(save_view, view("b", definition=definition))


def test_that_a_branch_overrides_the_house_and_the_house_the_default(database: Database) -> None:
    with database.transaction() as session:
        branch = factories.a_branch(session)

    def tell(value: str, branch_id: int | None = None) -> None:
        where = None if branch_id is None else BranchId(branch_id)
        order = SetParameter(actor=ADMIN, key="untouched_days", value=value, branch_id=where)
        database.write(set_parameter, order)

    def seen() -> tuple[str, str]:
        with database.transaction() as session:
            return (
                value_of(session, "untouched_days"),
                value_of(session, "untouched_days", branch),
            )

    assert seen() == ("7", "7")
    tell("9")
    assert seen() == ("9", "9")
    tell("5", branch)
    tell("4", branch)
    assert seen() == ("9", "4")
    for key, value, code in (
        ("untouched_days", "0", "parameter_value_bad"),
        ("untouched_days", "七", "parameter_value_bad"),
        ("quiet_from", "8", "parameter_value_bad"),
        ("nonsense", "1", "parameter_unknown"),
    ):
        with pytest.raises(BadInputError, match=code):
            database.write(set_parameter, SetParameter(actor=ADMIN, key=key, value=value))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMIN}))
def test_that_only_administrators_set_a_parameter(database: Database, role: Role) -> None:
    order = SetParameter(actor=an_actor(role=role), key="untouched_days", value="9")
    with pytest.raises(NotAllowedError, match="act_not_yours"):
        database.write(set_parameter, order)
    with database.transaction() as session:
        assert value_of(session, "untouched_days") == "7"


def test_that_a_reveal_says_who_what_and_why_and_nothing_private(database: Database) -> None:
    with database.transaction() as session:
        case = factories.a_case(session, factories.a_branch(session))
    order = RevealPrivate(
        actor=an_actor(),
        case=a_case_ref(case),
        items=("phones", "name"),
        reason="verify_address",
        words="王小明 13800002041",
    )
    database.write(reveal_private, order)
    with database.transaction() as session:
        event = session.execute(select(AuditEvent.act, AuditEvent.actor, AuditEvent.counts)).one()
        stored = str(session.execute(text("SELECT result FROM command_log")).all())
    assert (event.act, event.actor) == ("revealed", "周敏")
    assert event.counts == (
        f'{{"case_id":{case.id},"items":2,"names":"name,phones","reason":"verify_address"}}'
    )
    assert "王小明" not in stored + event.counts
    assert "1380" not in stored + event.counts
    with pytest.raises(BadInputError, match="reveal_items_unknown"):
        database.write(
            reveal_private,
            RevealPrivate(
                actor=an_actor(), case=a_case_ref(case), items=("shoe_size",), reason="x"
            ),
        )


def chain(database: Database, length: int = 6) -> None:
    for n in range(length):
        order = LogExport(actor=an_actor(), what="queue", rows=n, copied=bool(n % 2))
        database.write(log_export, order)


def execute(database: Database, *statements: str) -> None:
    with database.transaction() as session:
        for statement in statements:
            session.execute(text(statement))


def test_that_a_whole_chain_is_found_whole(database: Database) -> None:
    assert database.read(verify, None).ok
    chain(database)
    found = database.read(verify, None)
    assert (found.ok, found.count, found.first_bad) == (True, 6, None)


@pytest.mark.parametrize(
    ("statements", "first_bad"),
    [
        (["UPDATE audit_event SET counts = '{}' WHERE seq = 3"], 3),
        (["UPDATE audit_event SET actor = '周敬' WHERE seq = 1"], 1),
        (["DELETE FROM audit_event WHERE seq = 4"], 4),
        (["DELETE FROM audit_event WHERE seq >= 5"], 5),
        (["DELETE FROM audit_event"], 1),
        (["DELETE FROM audit_head"], 1),
        (
            [
                "UPDATE audit_event SET seq = 99 WHERE seq = 2",
                "UPDATE audit_event SET seq = 2 WHERE seq = 3",
                "UPDATE audit_event SET seq = 3 WHERE seq = 99",
            ],
            2,
        ),
    ],
)
def test_that_tampering_is_found_where_it_happened(
    database: Database, statements: list[str], first_bad: int
) -> None:
    chain(database)
    execute(database, *statements)
    found = database.read(verify, None)
    assert (found.ok, found.first_bad) == (False, first_bad)


def test_that_both_engines_link_the_same_hashes(
    sqlite_database: Database, postgres_database: Database
) -> None:
    hashes = []
    orders = [
        LogExport(actor=an_actor("周敏 \u2028'\""), what="导出", rows=n, command_id=f"id{n}")  # type: ignore[arg-type]
        for n in range(4)
    ]
    for database in (sqlite_database, postgres_database):
        for order in orders:
            database.write(log_export, order)
        with database.transaction() as session:
            hashes.append(session.scalars(select(AuditEvent.hash).order_by(AuditEvent.seq)).all())
    assert hashes[0] == hashes[1]
    assert len(set(hashes[0])) == 4


def test_that_a_failing_statement_takes_everything_back(database: Database) -> None:
    with database.transaction() as session:
        branch = factories.a_branch(session)

    def breaks(session: Any, order: LogExport) -> Any:
        session.execute(text("UPDATE branch SET name = 'half'"))
        raise ConflictError("case_changed")

    before = database.read(verify, None)
    order = LogExport(actor=an_actor(), what="x", rows=1)
    with pytest.raises(ConflictError):
        database.write(breaks, order)
    with database.transaction() as session:
        assert (
            session.execute(text("SELECT COUNT(*) FROM branch WHERE name = 'half'")).scalar() == 0
        )
        assert session.execute(text("SELECT COUNT(*) FROM command_log")).scalar() == 0
    assert database.read(verify, None) == before
    assert database.write(log_export, order).counts == {"rows": 1}
    assert branch
