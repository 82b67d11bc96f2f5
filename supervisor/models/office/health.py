"""What is wrong between this program and its database: one finding for each thing looked at."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from time import monotonic

from sqlalchemy import Connection, text

from supervisor import clock
from supervisor.errors import ExpectedError, SchemaError
from supervisor.models.aside import lag
from supervisor.models.database import Database
from supervisor.models.migrations import runner
from supervisor.models.office.clauses import protected
from supervisor.models.office.decisions import DECISIONS
from supervisor.models.office.install import is_office, large_objects_closed, undecided
from supervisor.models.office.login import login_of

SLOW_MS = 100
"""A desk asks several questions for each page; beyond this people notice each of them."""
CLOCKS_APART = timedelta(seconds=30)
LEAST_FREE_MB = 500
FAR_BEHIND_SECONDS = 60


class Checked(StrEnum):
    """What is looked at."""

    CONNECTION = "connection"
    ENCRYPTION = "encryption"
    VERSION = "version"
    SCHEMA = "schema"
    GRANT = "grant"
    CLOCK = "clock"
    DISK = "disk"


class Verdict(StrEnum):
    """How it stands."""

    GOOD = "good"
    WORTH_KNOWING = "worth_knowing"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `code` and `facts` make its sentence."""

    checked: Checked
    verdict: Verdict
    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


def examine(database: Database) -> tuple[Finding, ...]:
    """Everything that can be looked at, as far as the database can be reached.

    Never raises for what the world refuses: that is the finding.
    """
    begun = monotonic()
    try:
        with database.looking() as connection:
            connection.execute(text("SELECT 1"))
            asked = monotonic()
            connection.execute(text("SELECT 1"))
            took = round((monotonic() - asked) * 1000)
            found = [_connection(round((asked - begun) * 1000), took)]
            if not database.is_sqlite:
                found += _server(connection)
            found += _schema(database)
            if database.is_sqlite:
                found.append(_file(runner.file_of(database)))
            if database.aside is not None:
                found.append(_reads(connection, database.aside.standby))
    except ExpectedError as error:
        return (Finding(Checked.CONNECTION, Verdict.WRONG, error.code, error.facts),)
    return tuple(found)


def _connection(opened: int, took: int) -> Finding:
    facts = {"opened": opened, "took": took}
    if took > SLOW_MS:
        return Finding(Checked.CONNECTION, Verdict.WORTH_KNOWING, "doctor_slow", facts)
    return Finding(Checked.CONNECTION, Verdict.GOOD, "doctor_reached", facts)


def _server(connection: Connection) -> list[Finding]:
    looks: tuple[Callable[[Connection], Finding], ...] = (
        _encryption,
        _version,
        _standby,
        _clock,
        _size,
    )
    return [*(look(connection) for look in looks), *_grants(connection)]


def _reads(connection: Connection, standby: Database) -> Finding:
    """How far behind the standby is that reports and charts read."""
    facts: dict[str, str | int] = {"host": ", ".join(standby.hosts) or standby.safe_url}
    try:
        seconds = lag(connection, standby)
    except ExpectedError:
        return Finding(Checked.CONNECTION, Verdict.WRONG, "doctor_reads_nowhere", facts)
    far = seconds > FAR_BEHIND_SECONDS
    verdict = Verdict.WORTH_KNOWING if far else Verdict.GOOD
    return Finding(Checked.CONNECTION, verdict, "doctor_reads", {**facts, "seconds": seconds})


def _encryption(connection: Connection) -> Finding:
    ssl = connection.execute(text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
    local = connection.execute(text("SELECT inet_server_addr() IS NULL")).scalar_one()
    if ssl.scalar():
        return Finding(Checked.ENCRYPTION, Verdict.GOOD, "doctor_tls")
    if local:
        return Finding(Checked.ENCRYPTION, Verdict.GOOD, "doctor_local")
    return Finding(Checked.ENCRYPTION, Verdict.WRONG, "doctor_no_tls")


def _version(connection: Connection) -> Finding:
    parts = connection.dialect.server_version_info or (0,)
    facts: dict[str, str | int] = {
        "found": ".".join(str(part) for part in parts),
        "least": runner.OLDEST_SERVER,
    }
    if parts < (runner.OLDEST_SERVER,):
        return Finding(Checked.VERSION, Verdict.WRONG, "server_too_old", facts)
    return Finding(Checked.VERSION, Verdict.GOOD, "doctor_version", facts)


def _standby(connection: Connection) -> Finding:
    if connection.execute(text("SELECT pg_is_in_recovery()")).scalar_one():
        return Finding(Checked.CONNECTION, Verdict.WRONG, "server_read_only")
    return Finding(Checked.CONNECTION, Verdict.GOOD, "doctor_primary")


def _clock(connection: Connection) -> Finding:
    theirs = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    apart = abs(clock.now() - theirs)
    facts = {"seconds": round(apart.total_seconds())}
    if apart > CLOCKS_APART:
        return Finding(Checked.CLOCK, Verdict.WRONG, "doctor_clock_apart", facts)
    return Finding(Checked.CLOCK, Verdict.GOOD, "doctor_clock", facts)


def _size(connection: Connection) -> Finding:
    size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
    facts = {"size": int(size) // 2**20}
    return Finding(Checked.DISK, Verdict.WORTH_KNOWING, "doctor_server_disk", facts)


def _schema(database: Database) -> list[Finding]:
    """A connection of its own: the state refuses by raising."""
    try:
        state = runner.state_of(database)
    except SchemaError as error:
        return [Finding(Checked.SCHEMA, Verdict.WRONG, error.code, error.facts)]
    refused = {
        runner.SchemaState.EMPTY: "schema_missing",
        runner.SchemaState.BEHIND: "schema_behind",
        runner.SchemaState.TOO_NEW: "schema_too_new",
        runner.SchemaState.FOREIGN: "schema_not_ours",
    }
    code = refused.get(state)
    if code is None:
        return [Finding(Checked.SCHEMA, Verdict.GOOD, "doctor_schema", {"revision": runner.NEWEST})]
    return [Finding(Checked.SCHEMA, Verdict.WRONG, code)]


def _grants(connection: Connection) -> list[Finding]:
    if not is_office(connection):
        return [Finding(Checked.GRANT, Verdict.WORTH_KNOWING, "office_missing")]
    login = login_of(connection)
    if login is not None:
        facts: dict[str, str | int] = {
            "name": login.name,
            "role": login.role,
            "branches": "*" if login.branches is None else len(login.branches),
        }
        return [Finding(Checked.GRANT, Verdict.GOOD, "doctor_person", facts)]
    owns = connection.execute(
        text("SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid ="
             " 'office.house'::regclass")
    ).scalar_one()  # fmt: skip
    if not owns:
        return [Finding(Checked.GRANT, Verdict.WRONG, "doctor_nobody")]
    return _rights(connection)


def _rights(connection: Connection) -> list[Finding]:
    """What the owner can see of the office's walls."""
    found = [
        Finding(Checked.GRANT, Verdict.WRONG, "doctor_undecided", {"table": table})
        for table in undecided(connection)
    ]
    bare = connection.execute(
        text("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
             " AND relkind = 'r' AND NOT relrowsecurity")
    )  # fmt: skip
    open_tables = sorted(
        name for name in bare.scalars() if name in DECISIONS and protected(DECISIONS[name])
    )
    found += [
        Finding(Checked.GRANT, Verdict.WRONG, "doctor_unprotected", {"table": table})
        for table in open_tables
    ]
    if not large_objects_closed(connection):
        found.append(Finding(Checked.GRANT, Verdict.WORTH_KNOWING, "doctor_large_objects"))
    return found or [Finding(Checked.GRANT, Verdict.GOOD, "doctor_rights")]


def _file(path: Path) -> Finding:
    free = shutil.disk_usage(path.parent).free // 2**20
    facts: dict[str, str | int] = {"free": free, "size": path.stat().st_size // 2**20}
    if free < LEAST_FREE_MB:
        return Finding(Checked.DISK, Verdict.WRONG, "doctor_disk_short", facts)
    return Finding(Checked.DISK, Verdict.GOOD, "doctor_disk", facts)
