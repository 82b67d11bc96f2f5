"""`program show|publish|withdraw`: which version of the program the office gives to its desks."""

from dataclasses import replace

import click

from supervisor import __version__, words
from supervisor.cli import output
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand, TranslatedGroup, option
from supervisor.i18n import mark, tr
from supervisor.models.enums import Role
from supervisor.models.program_versions import ProgramVersions
from supervisor.words import updates

_AS = option(
    "--as",
    "role",
    type=click.Choice([role.value for role in Role]),
    text=mark("In this role, where one person holds several."),
)


@click.group(cls=TranslatedGroup, help=mark("The version of the program the office gives out."))
def program() -> None:
    """Commands about versions."""


@program.command(cls=TranslatedCommand, help=mark("Which version is published, and this one."))
@click.pass_obj
def show(call: Call) -> int:
    """A sentence, or JSON."""
    known = _known(call)
    if call.json:
        output.emit_json(_as_json(known))
        return Exit.DONE
    lines = [updates.whole(known, __version__)]
    if known.place:
        lines.append(tr("The installer lies here: {place}", place=known.place))
    if known.minimum:
        lines.append(tr("Oldest version that may write: {minimum}", minimum=known.minimum))
    click.echo("\n".join(lines))
    return Exit.DONE


@program.command(cls=TranslatedCommand, help=mark("Tell every desk of a version; nothing is sent."))
@click.argument("newest", metavar="VERSION")
@option("--place", text=mark("Folder, file or address of the installer; as before unless said."))
@option("--minimum", text=mark("Older programs may not write; an empty text takes this back."))
@_AS
@click.pass_obj
def publish(
    call: Call, /, newest: str, place: str | None, minimum: str | None, role: str | None
) -> int:
    """Administrators only; what is not said stays."""
    known = _known(call)
    wanted = replace(
        known,
        newest=newest,
        place=known.place if place is None else place,
        minimum=known.minimum if minimum is None else minimum,
    )
    return _set(call, wanted, role)


@program.command(cls=TranslatedCommand, help=mark("Tell desks of no version any more."))
@_AS
@click.pass_obj
def withdraw(call: Call, /, role: str | None) -> int:
    """A version that should not be installed after all; a minimum goes with it."""
    return _set(call, ProgramVersions(), role)


def _known(call: Call) -> ProgramVersions:
    from supervisor.models.queries.program import program_versions

    with call.opened() as database:
        return database.read(program_versions, None)


def _set(call: Call, wanted: ProgramVersions, role: str | None) -> int:
    from supervisor.models.commands.program import publish_program
    from supervisor.models.orders_program import PublishProgram

    if wanted.minimum:
        call.confirm(tr("Keep programs older than {minimum} from writing?", minimum=wanted.minimum))
    with call.opened() as database:
        actor = call.actor(Role(role) if role else None)
        changes = database.write(publish_program, PublishProgram(actor=actor, versions=wanted))
    if call.json:
        output.emit_json({"act": changes.act, **_as_json(wanted)})
    else:
        output.say(f"{words.word(changes.act)}.")
    return Exit.DONE


def _as_json(known: ProgramVersions) -> dict[str, object]:
    return {
        "own": __version__,
        "newest": known.newest or None,
        "minimum": known.minimum or None,
        "place": known.place or None,
        "state": known.state(__version__),
    }
