"""Sign-ins in the audit of an office; contracts brought by administrators who cannot read them."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from supervisor import clock
from supervisor.errors import NotAllowedError
from supervisor.intake import api
from supervisor.models.changes import Actor
from supervisor.models.commands.hand_over import HandOver, hand_over
from supervisor.models.commands.sign_in import record_sign_in
from supervisor.models.database import Database
from supervisor.models.enums import Kind, Role
from supervisor.models.queries.audit import verify
from supervisor.models.rows.intake import Accept, ImportRequest
from supervisor.models.tables import AuditEvent, BorrowerPrivate, Branch, Contract, Inbox
from tests import factories
from tests.models.office.logins import NAMES, Office

HEADS = "Branch,Contract number,Customer number,Customer name,ID number,Phones,Principal"
PHONE = "13912340987"


def events(office: Office, act: str) -> list[Any]:
    with office.owner.looking() as connection:
        stmt = select(AuditEvent.actor, AuditEvent.role, AuditEvent.counts)
        return list(connection.execute(stmt.where(AuditEvent.act == act)))


def desk_of(office: Office, group: str) -> Database:
    desk = office.desk(group)
    desk.recognise()
    return desk


@pytest.mark.parametrize("group", ["supervisor", "training_lead", "admin", "auditor", "worker"])
def test_that_every_login_of_the_office_signs_in_under_its_own_name(
    office_database: Office, group: str
) -> None:
    desk = desk_of(office_database, group)
    record_sign_in(desk, Actor("somebody else", Role.ADMIN))
    ((actor, role, counts),) = events(office_database, "signed_in")
    assert (actor, role) == (NAMES[group], group)  # type: ignore[index]
    assert json.loads(counts)["from"]
    assert office_database.owner.read(verify, None).ok


def test_that_an_office_of_an_older_version_is_worked_in_all_the_same(
    office_database: Office,
) -> None:
    with office_database.owner.transaction() as session:
        session.execute(text("DROP FUNCTION office.sign_in()"))
    record_sign_in(desk_of(office_database, "admin"), Actor("x", Role.ADMIN))
    assert events(office_database, "signed_in") == []


def test_that_a_file_of_ones_own_knows_who_sat_down(sqlite_database: Database) -> None:
    record_sign_in(sqlite_database, Actor("周敏", Role.MANAGER))
    with sqlite_database.looking() as connection:
        found = connection.execute(select(AuditEvent.actor, AuditEvent.role, AuditEvent.act)).all()
    assert found == [("周敏", "manager", "signed_in")]


@pytest.fixture
def branches(office_database: Office) -> None:
    with office_database.transaction() as session:
        for code in ("GZ01", "GZ02"):
            factories.put(session, Branch, code=code, name=code)


def a_file(folder: Path, *rows: str) -> Path:
    path = folder / "contracts.csv"
    path.write_text("\n".join((HEADS, *rows)) + "\n", encoding="utf-8")
    return path


def brought(desk: Database, path: Path, accept: Accept = Accept.ALL_OR_NOTHING) -> Any:
    assert desk.actor is not None
    request = ImportRequest(actor=desk.actor, kind=Kind.CONTRACTS, path=path, accept=accept)
    return api.run_import(desk, request)


def test_that_an_administrator_brings_contracts_and_the_worker_takes_them_in(
    office_database: Office, branches: None, tmp_path: Path
) -> None:
    desk = desk_of(office_database, "admin")
    path = a_file(tmp_path, f"GZ01,K1,U1,王小明,110101199003070011,{PHONE},1000",
                  f"GZ02,K2,U2,李雷,110101199003070038,{PHONE},2000")  # fmt: skip
    done = brought(desk, path)
    assert [(note.code, note.facts) for note in done.notes][-1] == ("handed_over", {"rows": 2})
    worker = desk_of(office_database, "worker")
    assert worker.actor is not None
    taken = api.drain_inbox(worker, worker.actor)
    assert (taken.taken, taken.inserted, taken.refused) == (2, 2, 0)
    again = brought(desk, path)
    assert again.refused == 0
    assert api.drain_inbox(worker, worker.actor).repeated == 2
    with office_database.owner.looking() as connection:
        assert connection.execute(select(Contract.contract_no)).scalars().all() == ["K1", "K2"]
        assert PHONE in str(connection.execute(select(BorrowerPrivate.phones)).scalars().all())
    ((actor, role, _), _second) = events(office_database, "rows_handed_over")
    assert (actor, role) == (NAMES["admin"], "admin")  # type: ignore[index]


def test_that_a_check_says_what_cannot_be_read_and_compares_nothing(
    office_database: Office, branches: None, tmp_path: Path
) -> None:
    desk = desk_of(office_database, "admin")
    assert desk.actor is not None
    path = a_file(tmp_path, f"GZ01,K1,U1,王小明,110101199003070011,{PHONE},much",
                  f"GZ01,K2,U2,李雷,110101199003070038,{PHONE},2000")  # fmt: skip
    request = ImportRequest(actor=desk.actor, kind=Kind.CONTRACTS, path=path)
    found = api.check(desk, request)
    assert (found.read, found.refused) == (2, 1)
    assert found.notes[-1].facts == {"rows": 1}
    assert brought(desk, path).notes[-1].code == "nothing_written"
    done = brought(desk, path, Accept.GOOD_ROWS)
    assert (done.refused, done.notes[-1].facts) == (1, {"rows": 1})


def test_that_nobody_brings_rows_of_other_branches_names_or_kinds_or_reads_them_back(
    office_database: Office, branches: None
) -> None:
    with office_database.owner.transaction() as session:
        session.execute(
            text(
                "UPDATE office.person SET everywhere = false, branches = ARRAY(SELECT id FROM"
                " public.branch WHERE code = 'GZ01') WHERE role = 'admin'"
            )
        )
    admin = office_database.desk("admin")
    own = f"hand:{NAMES['admin']}"  # type: ignore[index]
    for kind, source, branch in (
        (Kind.CONTRACTS, own, "GZ02"),
        (Kind.CONTRACTS, "hand:somebody", "GZ01"),
        (Kind.VISITS, own, "GZ01"),
    ):
        order = HandOver(actor=Actor("管理", Role.ADMIN), kind=kind, source=source,
                         messages=(("k", json.dumps({"branch": branch})),))  # fmt: skip
        with pytest.raises(NotAllowedError):
            admin.write(hand_over, order)
    good = HandOver(actor=Actor("管理", Role.ADMIN), kind=Kind.CONTRACTS, source=own,
                    messages=(("k", json.dumps({"branch": "GZ01"})),))  # fmt: skip
    admin.write(hand_over, good)
    with pytest.raises(NotAllowedError):
        admin.read(lambda session, _: session.scalars(select(Inbox.payload)).all(), None)
    for group in ("supervisor", "manager", "compliance", "training_lead", "auditor"):
        with pytest.raises(NotAllowedError):
            office_database.desk(group).read(
                lambda session, _: session.execute(
                    insert(Inbox.__table__).values(
                        kind="contracts", payload="{}", source=own, key="x",
                        received_at=clock.now(),
                    )
                ),
                None,
            )  # fmt: skip
