"""Reports and charts on a real standby: own writes are seen, lag is said, trouble falls back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import ExpectedError, NotAllowedError, UnreachableError
from supervisor.models import aside
from supervisor.models.addresses import normalise_url
from supervisor.models.aside import attach
from supervisor.models.commands.exports import log_export
from supervisor.models.database import Database
from supervisor.models.office.health import Verdict, examine
from supervisor.models.orders import LogExport
from supervisor.models.tables import AuditEvent
from tests.factories import an_actor
from tests.standby import Standby, standby_of

ORDER = LogExport(actor=an_actor(), what="queue", rows=1)


@pytest.fixture(scope="module")
def standby(postgres_server: str, postgres_template: str) -> Iterator[Standby]:
    with standby_of(postgres_server) as made:
        yield made


@pytest.fixture
def office(postgres_database: Database, standby: Standby) -> Iterator[Database]:
    """A database whose standby has replayed it and is attached."""
    there = Database(standby.address(str(postgres_database.url.database)), patience_ms=2_000)
    attach(postgres_database, there)
    control(standby, "SELECT pg_wal_replay_resume()")
    for _ in range(400):
        try:
            postgres_database.read_aside(events, None)
            if postgres_database.read_aside(in_recovery, None):
                break
        except ExpectedError:
            pass
        postgres_database.aside._rest_until = 0  # type: ignore[union-attr]
        Event().wait(0.05)
    else:
        pytest.fail("the standby does not follow")
    yield postgres_database
    control(standby, "SELECT pg_wal_replay_resume()")


def control(standby: Standby, statement: str) -> None:
    database = Database(standby.address("postgres"))
    with database.looking() as connection:
        connection.execute(text(statement))
    database.close()


def in_recovery(session: Session, _nothing: None) -> bool:
    return bool(session.execute(text("SELECT pg_is_in_recovery()")).scalar())


def events(session: Session, _nothing: None) -> int:
    return session.scalar(select(func.count()).select_from(AuditEvent)) or 0


def where_and_events(session: Session, _nothing: None) -> tuple[bool, int]:
    return in_recovery(session, None), events(session, None)


def test_that_the_standby_answers_and_its_data_are_of_now(office: Database) -> None:
    assert office.read_aside(where_and_events, None) == (True, 0)
    assert office.known_at(clock.now()) == clock.now()


def test_that_what_was_written_here_is_in_the_next_answer(office: Database) -> None:
    for number in range(1, 6):
        office.write(log_export, LogExport(actor=an_actor(), what="queue", rows=number))
        assert office.read_aside(events, None) == number


def test_that_the_primary_answers_while_the_standby_lacks_own_writes(
    office: Database, standby: Standby, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aside, "CATCH_UP_SECONDS", 0.1)
    control(standby, "SELECT pg_wal_replay_pause()")
    office.write(log_export, ORDER)
    assert office.read_aside(where_and_events, None) == (False, 1)
    assert office.known_at(clock.now()) == clock.now()
    control(standby, "SELECT pg_wal_replay_resume()")
    monkeypatch.setattr(aside, "CATCH_UP_SECONDS", 30)
    assert office.read_aside(where_and_events, None) == (True, 1)


def test_that_other_peoples_news_may_be_late_and_the_age_says_so(
    office: Database, standby: Standby, monkeypatch: pytest.MonkeyPatch
) -> None:
    control(standby, "SELECT pg_wal_replay_pause()")
    other = Database(office.url)
    other.write(log_export, ORDER)
    other.close()
    assert office.read_aside(where_and_events, None) == (True, 0)
    monkeypatch.delenv(clock.ENVIRONMENT_VARIABLE)
    now = clock.now()
    assert now - timedelta(minutes=15) < office.known_at(now) < now


def test_that_a_standby_that_is_away_costs_one_try(
    postgres_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = postgres_database.url.update_query_dict({"host": str(tmp_path)})
    attach(postgres_database, Database(nowhere))
    asked: list[object] = []
    assert postgres_database.aside is not None
    reading = postgres_database.aside.standby.read

    def counted(query: Any, argument: Any) -> Any:
        asked.append(query)
        return reading(query, argument)

    monkeypatch.setattr(postgres_database.aside.standby, "read", counted)
    for _ in range(3):
        assert postgres_database.read_aside(in_recovery, None) is False
    assert len(asked) == 1


def test_that_without_the_primary_the_standby_answers_unless_we_wrote(
    office: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.read_aside(events, None)

    def gone() -> str:
        raise UnreachableError("database_unreachable")

    assert office.aside is not None
    monkeypatch.setattr(office.aside, "_position", gone)
    assert office.read_aside(in_recovery, None) is True
    assert office.aside.as_of is not None
    office.writes += 1
    with pytest.raises(UnreachableError):
        office.read_aside(events, None)


def test_that_doctor_says_where_reports_read_and_how_far_behind_that_is(
    office: Database, tmp_path: Path
) -> None:
    found = {one.code: one for one in examine(office)}
    assert found["doctor_reads"].facts["seconds"] == 0
    attach(office, Database(office.url.update_query_dict({"host": str(tmp_path)})))
    found = {one.code: one for one in examine(office)}
    assert found["doctor_reads_nowhere"].verdict is Verdict.WRONG


def test_that_nobody_writes_on_a_standby(office: Database) -> None:
    assert office.aside is not None
    with pytest.raises(NotAllowedError, match="server_read_only"):
        office.aside.standby.write(log_export, ORDER)


def test_that_of_several_servers_the_one_that_takes_changes_is_opened(
    office: Database, standby: Standby
) -> None:
    home = str(office.url.query["host"])
    for order in ((str(standby.folder), home), (home, str(standby.folder))):
        several = office.url.update_query_dict({
            "host": tuple(f"{one}:5432" for one in order), "target_session_attrs": "read-write",
        })  # fmt: skip
        database = Database(several)
        assert database.read(in_recovery, None) is False
        database.write(log_export, LogExport(actor=an_actor(), what="queue", rows=1))
        database.close()


def test_that_a_list_of_servers_is_read_as_libpq_writes_it() -> None:
    url = normalise_url("postgresql://li:p%2C@db1,db2:5433/office?sslmode=verify-full")
    assert url.query["host"] == ("db1:5432", "db2:5433")
    assert url.query["target_session_attrs"] == "read-write"
    assert url.query["sslmode"] == "verify-full"
    assert (url.username, url.password, url.database) == ("li", "p,", "office")
    kept = normalise_url("postgresql://db1,db2/office?target_session_attrs=prefer-standby")
    assert kept.query["target_session_attrs"] == "prefer-standby"
    assert Database(url).hosts == ("db1", "db2")
    assert Database("postgresql://db1:5433/office").hosts == ("db1",)


def test_that_a_file_has_no_standby(sqlite_database: Database) -> None:
    with pytest.raises(ExpectedError, match="standby_needs_server"):
        attach(sqlite_database, sqlite_database)
