"""A listener hears every write at once, notices when it is deaf, and comes back by itself."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import Empty, Queue
from threading import Event

import pytest
from sqlalchemy import text

from supervisor.models import notices
from supervisor.models.commands.marks import mark_cases
from supervisor.models.database import Database
from supervisor.models.enums import Mark
from supervisor.models.orders import MarkCases
from tests import factories
from tests.factories import a_case_ref, an_actor

PATIENCE = 20
"""Seconds; what is awaited takes a fraction of one."""


@pytest.fixture
def heard() -> "Queue[bool]":
    return Queue()


@contextmanager
def listener(database: Database, heard: "Queue[bool]") -> Iterator[None]:
    """Somebody listens meanwhile, and goes when told to."""
    stop = Event()
    with ThreadPoolExecutor(1) as pool:
        ended = pool.submit(notices.listen, database, heard.put, stop)
        try:
            yield
        finally:
            stop.set()
        ended.result(PATIENCE)


@pytest.fixture
def listening(
    postgres_database: Database, heard: "Queue[bool]", monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    monkeypatch.setattr(notices, "FIRST_PAUSE", 0.05)
    with listener(postgres_database, heard):
        yield postgres_database


def write_something(database: Database) -> None:
    with database.transaction() as session:
        case = factories.a_case(session, factories.a_branch(session))
    order = MarkCases(actor=an_actor(), cases=(a_case_ref(case),), mark=Mark.A)
    database.write(mark_cases, order)


def test_that_a_write_is_heard(listening: Database, heard: "Queue[bool]") -> None:
    assert heard.get(timeout=PATIENCE) is True
    write_something(listening)
    assert heard.get(timeout=PATIENCE) is True


def test_that_what_was_rolled_back_is_not_news(listening: Database, heard: "Queue[bool]") -> None:
    assert heard.get(timeout=PATIENCE) is True
    with listening.engine.connect() as connection:
        connection.execute(text("SELECT pg_notify('field_collection', 'cases')"))
        connection.rollback()
    with pytest.raises(Empty):
        heard.get(timeout=2 * notices.LOOK_SECONDS)


def test_that_a_listener_whose_connection_was_cut_comes_back(
    listening: Database, heard: "Queue[bool]"
) -> None:
    assert heard.get(timeout=PATIENCE) is True
    with listening.engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() "
                "AND query LIKE '%pg_notify%'"
            )
        )
    assert heard.get(timeout=PATIENCE) is False
    assert heard.get(timeout=PATIENCE) is True
    write_something(listening)
    assert heard.get(timeout=PATIENCE) is True


def test_that_a_listener_whose_own_words_do_not_come_back_calls_itself_deaf(
    postgres_database: Database, heard: "Queue[bool]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "ANSWER_SECONDS", 0.1)
    monkeypatch.setattr(notices, "_speak", lambda _connection: None)
    with listener(postgres_database, heard):
        assert heard.get(timeout=PATIENCE) is False


def test_that_a_notice_carries_topics_and_nothing_else(postgres_database: Database) -> None:
    with postgres_database.looking() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        connection.rollback()
        raw.autocommit = True
        raw.execute("LISTEN field_collection")
        write_something(postgres_database)
        said = [notice.payload for notice in raw.notifies(timeout=PATIENCE, stop_after=1)]
        raw.autocommit = False
    assert said == ["cases"]
