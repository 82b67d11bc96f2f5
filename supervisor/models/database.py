"""The one door to the database. Sessions are born and die here; errors are translated here."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from threading import Event
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy import exc as sa_exc
from sqlalchemy.orm import Session, sessionmaker

from supervisor.errors import (
    ConflictError,
    ExpectedError,
    LockedError,
    NotAllowedError,
    SchemaError,
    UnreachableError,
)
from supervisor.models import ledger
from supervisor.models.addresses import normalise_url
from supervisor.models.aside import Aside
from supervisor.models.base import BINARY
from supervisor.models.changes import Actor, Changes
from supervisor.models.enums import Role
from supervisor.models.ids import BranchId, StaffId
from supervisor.models.office.login import Login, login_of
from supervisor.models.orders import Order

__all__ = ["APPLICATION_NAME", "Database", "normalise_url", "translated"]

A = TypeVar("A")
T = TypeVar("T")
OrderT = TypeVar("OrderT", bound=Order)

APPLICATION_NAME = "field-collection-supervisor"
PATIENCE_MS = 30_000
"""How long a statement waits for somebody else's lock."""
STATEMENT_MS = 120_000
CONNECT_SECONDS = 10
SHORTEST_WAIT, LONGEST_WAIT, HASTE = 0.002, 0.02, 5
"""Seconds between two requests for SQLite's write lock, and how fast they grow denser."""
DEAD_LINKS = {
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""A cut cable is noticed within half a minute instead of hours (seconds; the last milliseconds)."""
DEAD_DESKS = (
    ("tcp_keepalives_idle", 10),
    ("tcp_keepalives_interval", 3),
    ("tcp_keepalives_count", 3),
    ("tcp_user_timeout", 15_000),
)
"""The same at the server's end (its own units are the same): a desk that was cut off in the middle
of a write holds its locks, and the audit's head among them, no longer than the others wait."""
SHORT_READINGS = (("jit", "off"), ("max_parallel_workers_per_gather", 0))
"""Many desks share the server's processors and read little at a time: compiling such a statement
or handing it to further processes costs more than it brings, and the neighbours pay."""
LEAST_BYTE = 0xFF
"""Extended error codes of SQLite carry the plain one here."""
SCHEMA_LOCK = 0x5F1E1D
"""Number of the server's advisory lock that whoever changes the schema holds."""


class Database:
    """Reads run in a session that is always rolled back; each write is one sealed transaction.

    `patience_ms`: how long to wait for somebody else's lock before a `LockedError`.
    `login`: who we are to an office server, once `recognise` has asked; None elsewhere.
    `aside`: where reports and charts read, if not here. `writes`: how many were committed here.
    """

    def __init__(self, url: str | URL, *, patience_ms: int = PATIENCE_MS) -> None:
        self.url = normalise_url(url)
        self.login: Login | None = None
        self.aside: Aside | None = None
        self.writes = 0
        self.engine = _engine(self.url, patience_ms)
        self._readers = sessionmaker(self.engine, expire_on_commit=False)
        self._writers = sessionmaker(
            self.engine.execution_options(writes=True), expire_on_commit=False
        )

    @property
    def is_sqlite(self) -> bool:
        """One desk's own file, as against an office server."""
        return self.engine.dialect.name == "sqlite"

    @property
    def safe_url(self) -> str:
        """The address without its password, fit for people and logs."""
        plain = self.url.set(drivername=self.url.get_backend_name())
        return plain.render_as_string(hide_password=True)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The servers of the address, without their ports; empty for a file or a local socket."""
        named = self.url.query.get("host", self.url.host or "")
        listed = (named,) if isinstance(named, str) else named
        return tuple(one.partition(":")[0] for one in listed if one and not one.startswith("/"))

    def read(self, query: Callable[[Session, A], T], argument: A) -> T:
        """Run one query; whatever it did to the session is rolled back.

        Raises:
            ExpectedError: the database refused or is away.
        """
        with translated(), self._readers() as session:
            return query(session, argument)

    def read_aside(self, query: Callable[[Session, A], T], argument: A) -> T:
        """Run one query of a report or chart: on the standby, where there is one.

        Raises:
            ExpectedError: the database refused or is away.
        """
        return (self.read if self.aside is None else self.aside.read)(query, argument)

    def known_at(self, now: datetime) -> datetime:
        """Of when the data of the last answer from aside are, at most `now`."""
        as_of = None if self.aside is None else self.aside.as_of
        return now if as_of is None else min(now, as_of)

    def write(self, command: Callable[[Session, OrderT], Changes], order: OrderT) -> Changes:
        """Run one command in one transaction, sealed with revisions and audit.

        An order whose command id was carried out before is not repeated; its result is returned.

        Raises:
            NotAllowedError: the order is not for this role to give; nothing was asked or written.
            ExpectedError: nothing was written.
        """
        if order.actor.role not in order.givers:
            raise NotAllowedError("act_not_yours", role=order.actor.role.value)
        with translated(), self._writers.begin() as session:
            done_before = ledger.claim(session, order)
            if done_before is not None:
                return done_before
            changes = command(session, order)
            ledger.seal(session, order, changes)
        self.writes += 1
        return changes

    def recognise(self) -> None:
        """Ask the server who we are to it: name, role and branches are what it says.

        Raises:
            ExpectedError: the database refused or is away.
        """
        with self.looking() as connection:
            self.login = login_of(connection)

    @property
    def actor(self) -> Actor | None:
        """The person an office server knows us as; None where there is no office."""
        if self.login is None:
            return None
        known = self.login
        branches = known.branches
        return Actor(
            known.name,
            Role(known.role),
            None if branches is None else tuple(map(BranchId, branches)),
            None if known.staff_id is None else StaffId(known.staff_id),
        )

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """A connection that is rolled back, for questions about the schema itself."""
        with translated(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A raw write transaction: for what the server itself seals, the demo generator, tests."""
        with translated(), self._writers.begin() as session:
            yield session
        self.writes += 1

    @contextmanager
    def schema_change(self) -> Iterator[Connection]:
        """One write transaction in which tables may be rebuilt, for migrations.

        SQLite alters a table by copying and dropping it, which its foreign keys would forbid while
        rows point there; they are checked as a whole at the end instead.

        Raises:
            SchemaError: a reference would be left broken; nothing was changed.
        """
        with translated(), self.engine.connect() as bare:
            connection = bare.execution_options(writes=True, rebuilds=True)
            with connection.begin():
                if not self.is_sqlite:
                    _prepare_schema_change(connection)
                yield connection
                if self.is_sqlite:
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                    if broken is not None:
                        raise SchemaError("references_broken", table=str(broken[0]))

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()
        if self.aside is not None:
            self.aside.standby.close()


def _engine(url: URL, patience_ms: int) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": patience_ms / 1000})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", partial(_begin_sqlite, turns=_Turns(patience_ms / 1000)))
        return engine
    engine = create_engine(
        url,
        pool_pre_ping=True,
        connect_args={
            "application_name": APPLICATION_NAME,
            "connect_timeout": CONNECT_SECONDS,
            **DEAD_LINKS,
            "client_encoding": "utf8",  # else a server without one answers in bytes
            "options": " ".join(
                f"-c {name}={value}"
                for name, value in (
                    ("statement_timeout", STATEMENT_MS),
                    ("lock_timeout", patience_ms),
                    ("timezone", "UTC"),
                    *DEAD_DESKS,
                    *SHORT_READINGS,
                )
            ),
        },
    )
    event.listen(engine, "do_execute", _in_binary)
    return engine


def _in_binary(cursor: Any, statement: str, given: Any, context: Any) -> bool:
    """Answers of statements that bring many bytes come as bytes, not written out as digits."""
    if not context.execution_options.get(BINARY, False):
        return False
    cursor.execute(statement, given, binary=True)
    return True


def _prepare_schema_change(connection: Connection) -> None:
    """Two administrators queue instead of meeting; large tables may take their time."""
    connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({SCHEMA_LOCK})")


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own implicit BEGIN would leave DDL outside the transaction.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "temp_store=MEMORY",
        "cache_size=-32768",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection, *, turns: "_Turns") -> None:
    options = connection.get_execution_options()
    keys = "OFF" if options.get("rebuilds", False) else "ON"  # cannot be changed after BEGIN
    connection.exec_driver_sql(f"PRAGMA foreign_keys={keys}")
    # A writer takes the write lock at once: upgrading a read lock later cannot wait and fails.
    if options.get("writes", False):
        turns.begin(connection)
    else:
        connection.exec_driver_sql("BEGIN")


class _Turns:
    """Takes SQLite's write lock, asking the more often the longer one has waited.

    SQLite's own waiting does the opposite: newcomers ask after a millisecond, whoever has waited
    long after a tenth of a second, and among twenty writers some never get their turn. Whoever
    found others waiting the last time lets them ask first now.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._others_wait = False

    def begin(self, connection: Connection) -> None:
        """Begin a write transaction; with patience at its end the driver's error."""
        raw: Any = connection.connection.driver_connection
        if self._others_wait:
            Event().wait(LONGEST_WAIT)
        begun = monotonic()
        raw.execute("PRAGMA busy_timeout=0")
        try:
            self._others_wait = not _asked(raw)
            while self._others_wait and (waited := monotonic() - begun) < self._patience:
                Event().wait(max(SHORTEST_WAIT, LONGEST_WAIT / (1 + waited * HASTE)))
                if _asked(raw):
                    return
            if self._others_wait:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            raw.execute(f"PRAGMA busy_timeout={int(self._patience * 1000)}")


def _asked(raw: Any) -> bool:
    """Whether the write lock was free; other troubles are left to who asks once more."""
    try:
        raw.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & LEAST_BYTE != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's errors into ours; anything that is our own bug passes unchanged."""
    try:
        yield
    except sa_exc.DBAPIError as error:
        raise _expected(error) from error
    except sa_exc.TimeoutError as error:
        raise LockedError("database_busy") from error


_BY_SQLSTATE: dict[str, tuple[type[ExpectedError], str]] = {
    "40001": (LockedError, "database_busy"),
    "40P01": (LockedError, "database_busy"),
    "55P03": (LockedError, "database_busy"),
    "53300": (LockedError, "database_busy"),
    "57014": (LockedError, "database_slow"),
    "42501": (NotAllowedError, "not_allowed"),
    "25006": (NotAllowedError, "server_read_only"),
    "42P01": (SchemaError, "schema_missing"),
    "28P01": (NotAllowedError, "login_refused"),
    "28000": (NotAllowedError, "login_refused"),
    "3D000": (UnreachableError, "database_missing"),
    "53100": (ExpectedError, "disk_full"),
    "23505": (ConflictError, "already_there"),
}

_Words = tuple[tuple[str, type[ExpectedError], str], ...]

_BY_SIGN_ON_WORDS: _Words = (
    # While connecting there is no SQLSTATE, only the server's sentence, perhaps in Chinese.
    ("certificate", UnreachableError, "certificate_refused"),
    ("no encryption", NotAllowedError, "encryption_wanted"),
    ("password", NotAllowedError, "login_refused"),
    ("role ", NotAllowedError, "login_refused"),
    ("角色", NotAllowedError, "login_refused"),
    ("认证失败", NotAllowedError, "login_refused"),
    ("pg_hba.conf", NotAllowedError, "login_refused"),
    ("too many", LockedError, "database_busy"),
    ("does not exist", UnreachableError, "database_missing"),
    ("不存在", UnreachableError, "database_missing"),
)

_BY_SQLITE_WORDS: _Words = (
    ("locked", LockedError, "database_busy"),
    ("disk is full", ExpectedError, "disk_full"),
    ("readonly", NotAllowedError, "file_read_only"),
    ("unable to open", UnreachableError, "file_unreachable"),
    ("disk i/o error", UnreachableError, "file_unreachable"),
    ("not a database", SchemaError, "file_not_ours"),
    ("malformed", SchemaError, "file_damaged"),
    ("no such table", SchemaError, "schema_missing"),
    ("unique constraint failed", ConflictError, "already_there"),
)


def _expected(error: sa_exc.DBAPIError) -> Exception:
    """The expected error behind a driver error, or the driver error itself when it is our bug."""
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state in _BY_SQLSTATE:
        kind, code = _BY_SQLSTATE[state]
        return kind(code)
    if error.connection_invalidated or (state or "").startswith(("08", "57P")):
        return UnreachableError("database_unreachable")
    if "psycopg" not in type(error.orig).__module__:
        return _by_words(error, _BY_SQLITE_WORDS) or error
    if state is None and isinstance(error, sa_exc.OperationalError):
        return _by_words(error, _BY_SIGN_ON_WORDS) or UnreachableError("database_unreachable")
    return error


def _by_words(error: sa_exc.DBAPIError, table: _Words) -> ExpectedError | None:
    said = str(error.orig).lower()
    return next((kind(code) for part, kind, code in table if part in said), None)
