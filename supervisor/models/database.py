"""The one door to the database. Sessions are born and die here; errors are translated here."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy import exc as sa_exc
from sqlalchemy.orm import Session, sessionmaker

from supervisor.errors import (
    BadInputError,
    ConflictError,
    ExpectedError,
    LockedError,
    NotAllowedError,
    SchemaError,
    UnreachableError,
)
from supervisor.models import ledger
from supervisor.models.changes import Changes
from supervisor.models.orders import Order

A = TypeVar("A")
T = TypeVar("T")
OrderT = TypeVar("OrderT", bound=Order)

APPLICATION_NAME = "field-collection-supervisor"
SQLITE_BUSY_MS = 30_000
POSTGRES_STATEMENT_MS = 120_000
POSTGRES_LOCK_MS = 30_000
CONNECT_SECONDS = 10


class Database:
    """Reads run in a session that is always rolled back; each write is one sealed transaction."""

    def __init__(self, url: str | URL) -> None:
        self.url = normalise_url(url)
        self.engine = _engine(self.url)
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
        return self.url.render_as_string(hide_password=True)

    def read(self, query: Callable[[Session, A], T], argument: A) -> T:
        """Run one query; whatever it did to the session is rolled back.

        Raises:
            ExpectedError: the database refused or is away.
        """
        with translated(), self._readers() as session:
            return query(session, argument)

    def write(self, command: Callable[[Session, OrderT], Changes], order: OrderT) -> Changes:
        """Run one command in one transaction, sealed with revisions and audit.

        An order whose command id was carried out before is not repeated; its result is returned.

        Raises:
            ExpectedError: nothing was written.
        """
        with translated(), self._writers.begin() as session:
            done_before = ledger.claim(session, order)
            if done_before is not None:
                return done_before
            changes = command(session, order)
            ledger.seal(session, order, changes)
            return changes

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A raw write transaction, for migrations and the demo generator only."""
        with translated(), self._writers.begin() as session:
            yield session

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def normalise_url(address: str | URL) -> URL:
    """Accept a URL or a SQLite file path; name the PostgreSQL driver in full.

    Raises:
        BadInputError: the address is neither.
    """
    if isinstance(address, str) and "://" not in address:
        return URL.create("sqlite", database=str(Path(address).expanduser()))
    try:
        url = make_url(address)
    except sa_exc.ArgumentError as error:
        raise BadInputError("database_address_unreadable") from error
    if url.drivername in {"postgres", "postgresql", "postgresql+psycopg2"}:
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise BadInputError("database_kind_unknown", kind=url.get_backend_name())
    return url


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": SQLITE_BUSY_MS / 1000})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url,
        pool_pre_ping=True,
        connect_args={
            "application_name": APPLICATION_NAME,
            "connect_timeout": CONNECT_SECONDS,
            "options": (
                f"-c statement_timeout={POSTGRES_STATEMENT_MS} -c lock_timeout={POSTGRES_LOCK_MS}"
                " -c timezone=UTC"
            ),
        },
    )


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own implicit BEGIN would leave DDL outside the transaction.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=NORMAL",
        "temp_store=MEMORY",
        "cache_size=-65536",
        "mmap_size=268435456",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the write lock at once: upgrading a read lock later cannot wait and fails.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


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
    "57014": (LockedError, "database_slow"),
    "42501": (NotAllowedError, "not_allowed"),
    "42P01": (SchemaError, "schema_missing"),
    "28P01": (NotAllowedError, "login_refused"),
    "28000": (NotAllowedError, "login_refused"),
    "3D000": (UnreachableError, "database_missing"),
    "53100": (ExpectedError, "disk_full"),
    "23505": (ConflictError, "already_there"),
}

_BY_SQLITE_WORDS: tuple[tuple[str, type[ExpectedError], str], ...] = (
    ("locked", LockedError, "database_busy"),
    ("disk is full", ExpectedError, "disk_full"),
    ("readonly", NotAllowedError, "file_read_only"),
    ("unable to open", UnreachableError, "file_unreachable"),
    ("disk i/o error", UnreachableError, "file_unreachable"),
    ("not a database", SchemaError, "file_not_ours"),
    ("malformed", SchemaError, "file_damaged"),
    ("no such table", SchemaError, "schema_missing"),
)


def _expected(error: sa_exc.DBAPIError) -> Exception:
    """The expected error behind a driver error, or the driver error itself when it is our bug."""
    state = getattr(error.orig, "sqlstate", None)
    if state in _BY_SQLSTATE:
        kind, code = _BY_SQLSTATE[state]
        return kind(code)
    if error.connection_invalidated or (state or "").startswith(("08", "57P")):
        return UnreachableError("database_unreachable")
    words = str(error.orig).lower()
    if "psycopg" in type(error.orig).__module__:
        no_state = isinstance(error, sa_exc.OperationalError) and state is None
        return UnreachableError("database_unreachable") if no_state else error
    for part, kind, code in _BY_SQLITE_WORDS:
        if part in words:
            return kind(code)
    return error
