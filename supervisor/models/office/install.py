"""Brings roles, grants, policies, functions and views to a server; running it again repairs."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from supervisor.errors import NotAllowedError, SchemaError
from supervisor.models.office import clauses, functions, views
from supervisor.models.office.decisions import DECISIONS
from supervisor.models.office.groups import SCHEMA, WRITERS, Group, Names, prefix_for

LARGE_OBJECTS = (
    *("lo_creat(integer)", "lo_create(oid)", "lo_from_bytea(oid, bytea)", "lo_get(oid)"),
    *("lo_get(oid, bigint, integer)", "lo_open(oid, integer)", "lo_put(oid, bigint, bytea)"),
    *("lo_unlink(oid)", "loread(integer, integer)", "lowrite(integer, bytea)"),
)
"""The program has none; whoever may make them could fill the disk and pass things on."""


@dataclass(frozen=True, slots=True)
class Installed:
    """What was brought to the server.

    Attributes:
        undecided: tables nobody decided about; they stay closed to everybody but their owner.
        large_objects: whether these are closed to everybody.
    """

    prefix: str
    groups: tuple[str, ...]
    undecided: tuple[str, ...]
    large_objects: bool


def is_office(connection: Connection) -> bool:
    """Whether the database was made an office before."""
    if connection.dialect.name != "postgresql":
        return False
    found = connection.execute(text("SELECT to_regclass('office.house') IS NOT NULL"))
    return bool(found.scalar_one())


def repair(connection: Connection) -> Installed | None:
    """After the schema changed: cover new tables; None where the database is no office."""
    return install(connection) if is_office(connection) else None


def install(connection: Connection) -> Installed:
    """Make the database an office, within the caller's transaction.

    Raises:
        NotAllowedError: the login may not create roles or does not own the tables.
        SchemaError: the tables are not there yet.
    """
    _refuse_weak_login(connection)
    names = _names(connection)
    database = str(connection.execute(text("SELECT current_database()")).scalar_one())
    for statement in _statements(connection, names, database, _columns(connection)):
        connection.exec_driver_sql(statement.replace("%", "%%"))
    closed = _close_large_objects(connection)
    connection.execute(
        text("INSERT INTO office.house (prefix) VALUES (:prefix) ON CONFLICT DO NOTHING"),
        {"prefix": names.prefix},
    )
    return Installed(names.prefix, names.all(), undecided(connection), closed)


def _refuse_weak_login(connection: Connection) -> None:
    may = connection.execute(
        text("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
    ).scalar_one()
    if not may:
        raise NotAllowedError("office_needs_createrole")
    if connection.execute(text("SELECT to_regclass('public.audit_event')")).scalar() is None:
        raise SchemaError("schema_missing")


def _names(connection: Connection) -> Names:
    if is_office(connection):
        known = connection.execute(text("SELECT prefix FROM office.house")).scalar()
        if known:
            return Names(str(known))
    database = connection.execute(text("SELECT current_database()")).scalar_one()
    return Names(prefix_for(str(database)))


def undecided(connection: Connection) -> tuple[str, ...]:
    """Tables of the schema without a decision, in order."""
    found = connection.execute(
        text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    )
    return tuple(name for name in found.scalars() if name not in DECISIONS)


def _columns(connection: Connection) -> clauses.Columns:
    found: dict[str, list[str]] = {}
    asked = text(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"
    )
    for table, column in connection.execute(asked):
        found.setdefault(table, []).append(column)
    return found


def _statements(
    connection: Connection, names: Names, database: str, there: clauses.Columns
) -> Iterator[str]:
    yield "SET LOCAL search_path = pg_catalog, public"
    yield from _roles(connection, names, database)
    yield f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"
    yield f"GRANT USAGE ON SCHEMA {SCHEMA} TO {', '.join(names.all())}"
    yield f"GRANT CREATE ON SCHEMA {SCHEMA} TO {names.server}, {names.keeper}"
    yield from functions.definitions()
    yield f"GRANT SELECT ON office.person, office.house TO {names.server}, {names.keeper}"
    yield f"GRANT INSERT, UPDATE ON office.person TO {names.keeper}"
    yield f"GRANT SELECT, INSERT, DELETE ON office.lease TO {names.server}"
    yield f"GRANT SELECT, DELETE ON office.lease TO {names.keeper}"
    yield from _function_rights(names)
    yield from _triggers()
    yield from clauses.statements(names, there)
    yield from views.statements(names, there)
    yield f"REVOKE CREATE ON SCHEMA {SCHEMA} FROM {names.server}, {names.keeper}"
    yield f"REVOKE {names.server}, {names.keeper} FROM current_user"


def _roles(connection: Connection, names: Names, database: str) -> Iterator[str]:
    known = set(connection.execute(text("SELECT rolname FROM pg_roles")).scalars())
    for role in names.all():
        options = "NOLOGIN CREATEROLE" if role == names.keeper else "NOLOGIN"
        if role not in known:
            yield f"CREATE ROLE {role} {options}"
    newer = (connection.dialect.server_version_info or (0,)) >= (16,)
    held = ", ".join((*(names.of(group) for group in Group), names.everywhere))
    more = ", INHERIT FALSE, SET FALSE" if newer else ""
    option = f"WITH ADMIN TRUE{more}" if newer else "WITH ADMIN OPTION"
    yield f"GRANT {held} TO {names.keeper} {option}"
    yield f"GRANT {names.server}, {names.keeper} TO current_user"
    quoted = '"' + database.replace('"', '""') + '"'
    yield f"REVOKE ALL ON DATABASE {quoted} FROM PUBLIC"
    yield f"GRANT CONNECT ON DATABASE {quoted} TO {names.keeper} WITH GRANT OPTION"


def _function_rights(names: Names) -> Iterator[str]:
    yield f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {SCHEMA} FROM PUBLIC"
    for owned, owner in (
        (functions.SERVER_OWNED, names.server),
        (functions.KEEPER_OWNED, names.keeper),
    ):
        for function in owned:
            yield f"ALTER FUNCTION {function} OWNER TO {owner}"
            # What the new owner was given as everybody does not stay with it.
            yield f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC"
    yield (
        "GRANT EXECUTE ON FUNCTION office.event_hash(text, bigint, timestamptz, text, text, text,"
        f" text, text), office.entries(text) TO {names.server}, {names.keeper}"
    )
    yield f"GRANT EXECUTE ON FUNCTION office.me() TO {names.keeper}, current_user"
    everybody = names.many(frozenset(Group))
    writers = names.many(WRITERS)
    for function in functions.FOR_EVERYBODY:
        yield f"GRANT EXECUTE ON FUNCTION {function} TO {everybody}, {names.server}"
    for function in functions.FOR_WRITERS:
        yield f"GRANT EXECUTE ON FUNCTION {function} TO {writers}"
    for function in functions.FOR_ADMIN:
        yield f"GRANT EXECUTE ON FUNCTION {function} TO {names.of(Group.ADMIN)}, current_user"
    lead = names.of(Group.TRAINING_LEAD)
    yield f"GRANT EXECUTE ON FUNCTION office.hidden(text, bigint, bigint) TO {lead}"


def _triggers() -> Iterator[str]:
    for table, name, when, function in (
        ("audit_event", "stays", "BEFORE UPDATE OR DELETE", "stays"),
        ("audit_head", "links_on", "BEFORE UPDATE OR DELETE", "links_on"),
        ("revision", "counts_up", "BEFORE UPDATE", "counts_up"),
    ):
        yield (
            f"CREATE OR REPLACE TRIGGER office_{name} {when} ON public.{table}"
            f" FOR EACH ROW EXECUTE FUNCTION office.{function}()"
        )
    for table in ("audit_event", "audit_head"):
        yield (
            f"CREATE OR REPLACE TRIGGER office_stays_whole BEFORE TRUNCATE ON public.{table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION office.stays()"
        )


def _close_large_objects(connection: Connection) -> bool:
    """Only the server's superuser can; gives whether it is done by now."""
    is_super = text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if connection.execute(is_super).scalar_one():
        for function in LARGE_OBJECTS:
            connection.exec_driver_sql(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC")
    return large_objects_closed(connection)


def large_objects_closed(connection: Connection) -> bool:
    """Whether only chosen roles may make large objects."""
    open_to_all = text(
        "SELECT bool_or(proacl IS NULL OR EXISTS (SELECT 1 FROM aclexplode(proacl) a"
        " WHERE a.grantee = 0)) FROM pg_proc WHERE proname = 'lo_create'"
    )
    return not connection.execute(open_to_all).scalar_one()
