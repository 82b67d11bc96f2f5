"""What the world refuses becomes a sentence; what is our bug stays a bug."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import exc, make_url, text
from sqlalchemy.orm import Session

from supervisor.errors import (
    BadInputError,
    ConflictError,
    ExpectedError,
    LockedError,
    NotAllowedError,
    SchemaError,
    UnreachableError,
)
from supervisor.models.database import Database, normalise_url
from tests import factories
from tests.conftest import _admin, beside


def ask(statement: str) -> Callable[[Session, None], Any]:
    return lambda session, _: session.execute(text(statement)).all()


def write(database: Database, *statements: str) -> None:
    with database.transaction() as session:
        for statement in statements:
            session.execute(text(statement))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("data/案件.db", "sqlite:///data/案件.db"),
        ("postgresql://anna@office/fcs", "postgresql+psycopg://anna@office/fcs"),
        ("postgres://anna@office/fcs", "postgresql+psycopg://anna@office/fcs"),
        ("postgresql+asyncpg://anna@office/fcs", "postgresql+psycopg://anna@office/fcs"),
    ],
)
def test_that_addresses_are_understood(address: str, name: str) -> None:
    url = normalise_url(address)
    assert (url.drivername, url.database) == (
        make_url(name).drivername,
        make_url(name).database,
    )


def test_that_other_addresses_are_refused() -> None:
    with pytest.raises(BadInputError, match="database_kind_unknown"):
        Database("mysql://anna@office/fcs")
    for address in (
        *("://", "sqlite://", "sqlite:///:memory:", "sqlite:///a.db?mode=ro"),
        "postgresql://anna@office:port/fcs",
    ):
        with pytest.raises(BadInputError, match="database_address_unreadable"):
            Database(address)


@pytest.mark.parametrize(
    "address",
    ["postgresql://anna:geheim@office/fcs", "postgresql://anna@office/fcs?password=geheim"],
)
def test_that_a_password_is_used_and_not_shown(address: str) -> None:
    database = Database(address)
    assert database.safe_url == "postgresql://anna:***@office/fcs"
    assert database.url.password == "geheim"  # noqa: S105 - no password of anybody


def test_that_a_server_that_is_away_is_unreachable() -> None:
    with pytest.raises(UnreachableError, match="database_unreachable"):
        Database("postgresql://anna@127.0.0.1:1/fcs").read(ask("SELECT 1"), None)


def test_that_a_missing_database_is_named_as_such(postgres_server: str) -> None:
    with pytest.raises(UnreachableError, match="database_missing"):
        Database(beside(postgres_server, "nowhere")).read(ask("SELECT 1"), None)


def test_that_an_unknown_login_is_refused(postgres_server: str) -> None:
    url = beside(postgres_server, "postgres").set(username="nobody_here")
    with pytest.raises(NotAllowedError, match="login_refused"):
        Database(url).read(ask("SELECT 1"), None)


@pytest.mark.parametrize(
    ("said", "kind", "code"),
    [
        (
            'FATAL:  password authentication failed for user "anna"',
            NotAllowedError,
            "login_refused",
        ),
        ('致命错误:  用户 "anna" Password 认证失败', NotAllowedError, "login_refused"),
        ('致命错误:  角色 "anna" 不存在', NotAllowedError, "login_refused"),
        ('致命错误:  数据库 "fcs" 不存在', UnreachableError, "database_missing"),
        ("FATAL:  sorry, too many clients already", LockedError, "database_busy"),
        ("FATAL:  no pg_hba.conf entry for host", NotAllowedError, "login_refused"),
        ("no pg_hba.conf entry for host, no encryption", NotAllowedError, "encryption_wanted"),
        ("SSL error: certificate verify failed", UnreachableError, "certificate_refused"),
        ('certificate for "db" does not match host name', UnreachableError, "certificate_refused"),
        ("connection timeout expired", UnreachableError, "database_unreachable"),
    ],
)
def test_that_what_servers_say_while_connecting_is_understood(
    said: str, kind: type[ExpectedError], code: str, sqlite_database: Database
) -> None:
    def refused(_session: Session, _argument: None) -> None:
        raise exc.OperationalError(None, None, psycopg.OperationalError(said))

    with pytest.raises(kind, match=code):
        sqlite_database.read(refused, None)


def test_that_a_connection_that_breaks_is_unreachable_and_comes_back(
    postgres_database: Database, postgres_server: str
) -> None:
    name = postgres_database.url.database

    def broken(session: Session, _: None) -> None:
        session.execute(text("SELECT 1"))
        _admin(
            postgres_server,
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        )
        session.execute(text("SELECT 1"))

    with pytest.raises(UnreachableError, match="database_unreachable"):
        postgres_database.read(broken, None)
    assert postgres_database.read(ask("SELECT 1"), None) == [(1,)]


def test_that_a_lock_is_waited_for_and_then_told(database: Database) -> None:
    impatient = Database(database.url, patience_ms=50)
    with database.transaction() as holder:
        factories.a_branch(holder)
        if not database.is_sqlite:
            holder.execute(text("LOCK TABLE branch IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(LockedError, match="database_busy"):
            write(impatient, "UPDATE branch SET name = 'x'")
    impatient.close()


def test_that_whoever_waits_for_the_file_gets_it_when_it_is_free(
    sqlite_database: Database,
) -> None:
    with ThreadPoolExecutor() as pool:
        with sqlite_database.transaction() as holder:
            factories.a_branch(holder, code="FIRST")
            waiting = pool.submit(write, Database(sqlite_database.url), "DELETE FROM branch")
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.1)
        waiting.result()
    assert sqlite_database.read(ask("SELECT COUNT(*) FROM branch"), None) == [(0,)]


def test_that_a_slow_statement_is_given_up(postgres_database: Database) -> None:
    with pytest.raises(LockedError, match="database_slow"):
        postgres_database.read(
            lambda session, _: session.execute(
                text("SET LOCAL statement_timeout = 20; SELECT pg_sleep(5)")
            ),
            None,
        )


def test_that_a_standby_takes_no_changes(postgres_database: Database) -> None:
    with pytest.raises(NotAllowedError, match="server_read_only"):
        write(postgres_database, "SET TRANSACTION READ ONLY", "UPDATE branch SET name = 'x'")


def test_that_a_full_disk_is_said_and_nothing_is_written(sqlite_database: Database) -> None:
    ((pages,),) = sqlite_database.read(ask("PRAGMA page_count"), None)
    filling = "CREATE TABLE big AS SELECT zeroblob(9000000) AS filling"
    with pytest.raises(ExpectedError, match="disk_full"):
        write(sqlite_database, f"PRAGMA max_page_count = {pages}", filling)
    sqlite_database.close()
    with pytest.raises(SchemaError, match="schema_missing"):
        sqlite_database.read(ask("SELECT * FROM big"), None)


def test_that_a_file_that_may_only_be_read_is_said(sqlite_database: Database) -> None:
    path = sqlite_database.url.database
    sqlite_database.close()
    with closing(sqlite3.connect(str(path))) as plain:
        plain.execute("PRAGMA journal_mode=DELETE")
    read_only = Database(f"sqlite:///file:{path}?mode=ro&uri=true")
    with pytest.raises(NotAllowedError, match="file_read_only"):
        read_only.read(ask("SELECT 1"), None)


def test_that_something_else_is_not_taken_for_a_database(tmp_path: Path) -> None:
    path = tmp_path / "photo.db"
    path.write_bytes(b"\x89PNG\r\n" + bytes(range(256)) * 40)
    with pytest.raises(SchemaError, match="file_not_ours"):
        Database(str(path)).read(ask("SELECT 1"), None)


def test_that_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError, match="file_unreachable"):
        Database(str(tmp_path / "nowhere" / "a.db")).read(ask("SELECT 1"), None)


def test_that_a_missing_table_says_that_the_schema_is_missing(database: Database) -> None:
    with pytest.raises(SchemaError, match="schema_missing"):
        database.read(ask("SELECT * FROM nothing_here"), None)


def test_that_a_number_taken_meanwhile_is_a_conflict(database: Database) -> None:
    same = (
        "INSERT INTO branch (id, code, name, recorded_at)"
        " VALUES ({}, 'B', 'b', '2026-11-01 00:00:00')"
    )
    with pytest.raises(ConflictError, match="already_there"):
        write(database, same.format(1), same.format(2))


def test_that_our_own_mistakes_pass_unchanged(database: Database) -> None:
    with pytest.raises(exc.DBAPIError):
        database.read(ask("SELEKT 1"), None)


def test_that_a_read_leaves_nothing(database: Database) -> None:
    database.read(lambda session, _: factories.a_branch(session), None)
    assert database.read(ask("SELECT COUNT(*) FROM branch"), None) == [(0,)]
