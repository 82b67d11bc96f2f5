"""Two branches on a real server; everything of the second, and all that is private, is marked."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, String, Text, insert, text
from sqlalchemy.orm import Session

from supervisor.models import tables
from supervisor.models.office.decisions import DECISIONS
from supervisor.models.tables import metadata
from tests import factories
from tests.factories import Ref
from tests.models.office.logins import NAMES, Office

THEIRS = "SECRETB"
"""Stands in every text of the other branch."""
PRIVATE = "PRIVATEA"
"""Stands in every private text of the attacker's own branch."""
THEIR_MONEY = 98_765_432
SERVICES_ONLY = "PAYLOADX"
"""Stands in what only the worker may read."""


@dataclass(frozen=True, slots=True)
class World:
    """Keys that an attacker is supposed to have learned somewhere."""

    own: int
    other: int
    own_case: int
    other_case: int
    own_borrower: int
    other_staff: int
    own_staff: int
    flag: Ref
    visit: Ref
    audit: int
    """Events there were before."""

    def fill(self, statement: str) -> str:
        """`{own}`, `{other}`, `{own_case}` and so on put in."""
        return statement.format(
            own=self.own,
            other=self.other,
            own_case=self.own_case,
            other_case=self.other_case,
            own_borrower=self.own_borrower,
            own_staff=self.own_staff,
            other_staff=self.other_staff,
            flag=self.flag.id,
            visit=self.visit.id,
        )


def build(office: Office) -> World:
    """Put both branches down; the supervisor's login has the first alone."""
    with office.owner.transaction() as session:
        own, other = factories.a_branch(session), factories.a_branch(session)
        mine, theirs = _a_branch_full(session, own, 1), _a_branch_full(session, other, THEIR_MONEY)
        _machinery(session, own, other)
        _mark(session, other)
        session.execute(
            text("UPDATE borrower_private SET phones = :p, liability = :l WHERE branch_id = :b"),
            {
                "p": f'[{{"number": "13800002041{PRIVATE}", "kind": "mobile"}}]',
                "l": PRIVATE,
                "b": own,
            },
        )
        session.execute(
            text("UPDATE borrower_name SET full_name = :n WHERE branch_id = :b"),
            {"n": PRIVATE, "b": own},
        )
        session.execute(
            text("UPDATE office.person SET branches = ARRAY[CAST(:own AS bigint)]"
                 " WHERE login = :name"),
            {"own": own, "name": NAMES["supervisor"]},  # type: ignore[index]
        )  # fmt: skip
        events = session.execute(text("SELECT count FROM audit_head")).scalar_one()
    return World(own, other, mine["case"].id, theirs["case"].id, mine["borrower"].id,
                 theirs["staff"], mine["staff"], mine["flag"], mine["visit"], events)  # fmt: skip


def _a_branch_full(session: Session, branch: int, money: int) -> dict[str, Any]:
    """A branch with a row in every table that knows branches."""
    team = factories.a_team(session, branch)
    staff = factories.a_staff(session, branch, team_id=team)
    second = factories.a_staff(session, branch, team_id=team)
    factories.a_device(session, branch)
    factories.put(session, tables.Pair, branch_id=branch, first_id=staff, second_id=second)
    factories.put(session, tables.Absence, staff_id=staff, from_on=date(2026, 11, 1),
                  until_on=date(2026, 11, 2))  # fmt: skip
    borrower = factories.a_borrower(session, branch)
    contract = factories.a_contract(session, borrower)
    factories.a_payment(session, contract, money)
    case = factories.a_case(
        session, branch, borrower=borrower, contracts=[contract], agent_id=staff
    )
    factories.an_assignment(session, case, agent_id=staff)
    for make in (
        *(factories.a_hold, factories.a_note, factories.a_contact, factories.a_plan),
        *(factories.a_promise, factories.a_complaint, factories.a_follow_up),
    ):
        make(session, case)
    visit = factories.a_visit(session, case, note="客户NOTEA开门")
    factories.a_full_flag(session, case, visit)
    flag = factories.a_flag(session, case, agent_id=staff)
    course = factories.a_course(session)
    factories.a_training(session, branch, staff, course)
    return {"case": case, "staff": staff, "borrower": borrower, "flag": flag, "visit": visit}


def _machinery(session: Session, own: int, other: int) -> None:
    """Sums, undo, imports, inbox, views: of the other branch, and of nobody's branch."""
    day = date(2026, 11, 20)
    for branch, money in ((own, 1), (other, THEIR_MONEY)):
        session.execute(insert(tables.SummaryVisit).values(
            branch_id=branch, cut="hour", day=day, key=9, product="", visits=77,
            yield_fen=money))  # fmt: skip
        session.execute(insert(tables.CaseColumnsKept).values(branch_id=branch, data=b"SECRETB"))
        kept = {"first_on": day, "last_on": day, "part": "cases", "data": b"SECRETB"}
        session.execute(insert(tables.CasePeriodKept).values(branch_id=branch, **kept))
        session.execute(insert(tables.SummaryDirty).values(branch_id=branch, day=day))
        session.execute(insert(tables.CaseColumnsDirty).values(branch_id=branch, case_id=0))
        factories.put(session, tables.Parameter, branch_id=branch, key="undo_minutes", value="7")
        factories.put(session, tables.SavedView, branch_id=branch, owner="owner", scope="shared",
                      name="view", definition="{}")  # fmt: skip
        factories.put(session, tables.UndoEntry, command_id="theirs", table_name="hold",
                      branch_id=branch, row_id=1, before="{}")  # fmt: skip
    factories.put(session, tables.CommandLog, command_id="theirs", at=factories.RECORDED,
                  result=f'{{"refused": "{THEIRS}"}}')  # fmt: skip
    batch = factories.put(session, tables.ImportBatch, kind="cases", source="s", file_name=THEIRS,
                          file_sha256="0", done_at=factories.RECORDED, done_by="owner",
                          rows_read=1, inserted=1, updated=0, unchanged=0, refused=0,
                          command_id="x")  # fmt: skip
    for branch in (own, other):
        factories.put(session, tables.ImportBefore, batch_id=batch, branch_id=branch, row_id=1,
                      table_name="borrower_private", before=SERVICES_ONLY)  # fmt: skip
    session.execute(insert(tables.Inbox).values(
        kind="contracts", payload=SERVICES_ONLY, source=THEIRS, key="k",
        received_at=factories.RECORDED))  # fmt: skip


def _mark(session: Session, other: int) -> None:
    """Every free text of the other branch tells where it comes from."""
    for table in metadata().sorted_tables:
        if table.name not in DECISIONS or "branch_id" not in table.c:
            continue
        keys = {key.parent.name for key in table.foreign_keys}
        free = [
            (column.name, getattr(column.type, "length", None) or 400)
            for column in table.c
            if isinstance(column.type, String | Text)
            and (getattr(column.type, "length", None) or 400) >= 40
            and column.name not in keys | {"key", "owner"}
            and not column.primary_key
        ]
        if free:
            said = ", ".join(
                f"{name} = CASE WHEN left({name}, 1) IN ('[', '{{') THEN"
                f" json_build_array('{THEIRS}')::text ELSE left('{THEIRS}' || {name}, {length}) END"
                for name, length in free
            )
            session.execute(
                text(f"UPDATE {table.name} SET {said} WHERE branch_id = :b"),
                {"b": other},
            )
    session.execute(
        text("UPDATE branch SET name = :n, code = :n WHERE id = :b"), {"n": THEIRS, "b": other}
    )


def fingerprint(connection: Connection, world: World) -> str:
    """Everything an attack must not change, in one digest."""
    said = connection.exec_driver_sql(_looks(connection, world).replace("%", "%%")).scalars()
    return hashlib.sha256("|".join(map(str, said)).encode()).hexdigest()


def _looks(connection: Connection, world: World) -> str:
    """One statement: a digest for each table, then of everybody's rights."""
    there = set(
        connection.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ).scalars()
    )
    parts = []
    for name in sorted(DECISIONS):
        if name not in there:
            continue
        where = _MAY_GROW.get(name, "true").format(other=world.other, audit=world.audit)
        parts.append(
            f"SELECT md5(coalesce(string_agg(md5(t::text), ',' ORDER BY t::text), ''))"
            f" FROM public.{name} t WHERE {where}"
        )
    return " UNION ALL ".join((*parts, *_RIGHTS))


_RIGHTS = tuple(
    f"SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM ({looked}) t"
    for looked in (
        "TABLE office.person",
        "TABLE office.house",
        "SELECT rolname, rolsuper, rolcreaterole, rolcanlogin FROM pg_roles",
        "SELECT roleid, member, grantor, admin_option FROM pg_auth_members",
        "SELECT polname, polrelid, polqual FROM pg_policy",
        "SELECT oid, relname, relacl, relrowsecurity, relowner FROM pg_class WHERE oid > 16383",
        "SELECT oid, proname, prosrc, proacl FROM pg_proc WHERE oid > 16383",
        "SELECT oid, tgname, tgenabled FROM pg_trigger",
        "SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_t'",
        "SELECT oid FROM pg_largeobject_metadata",
        "SELECT setdatabase, setrole, setconfig FROM pg_db_role_setting",
    )
)
"""Everybody's rights, and what could take them away."""

_MAY_GROW = {
    "audit_event": "seq <= {audit}",
    "audit_head": "false",
    "command_log": "command_id = 'theirs'",
    "undo_entry": "branch_id = {other} OR command_id = 'theirs'",
    "saved_view": "owner <> '周敏' OR branch_id = {other}",
    "revision": "number > 1000 OR number < 0",
}
"""Where the attacker may write rows of their own: only the others' count."""
