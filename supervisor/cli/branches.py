"""`branch list|names`: branch offices, and whether their lists show full names."""

import click

from supervisor import words
from supervisor.cli import output, reads
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand, TranslatedGroup, option
from supervisor.errors import ExpectedError
from supervisor.i18n import mark, tr
from supervisor.models.enums import Role

SHOWN, MASKED = "shown", "masked"


@click.group(cls=TranslatedGroup, help=mark("Branches: list them; show or mask names in lists."))
def branch() -> None:
    """Commands about branches."""


@branch.command("list", cls=TranslatedCommand, help=mark("List the branches."))
@click.pass_obj
def list_(call: Call) -> int:
    """Branches as lines, or as JSON."""
    with call.opened() as database:
        known = reads.directory_of(database, call).branches
    if call.json:
        output.emit_json(
            [{"code": r.code, "name": r.name, "shows_names": r.shows_names} for r in known]
        )
        return Exit.DONE
    heads = (tr("Branch code"), tr("Branch"), tr("Names in lists"))
    output.emit_table(heads, [(r.code, r.name, names_word(r.shows_names)) for r in known], ())
    return Exit.DONE


@branch.command(cls=TranslatedCommand, help=mark("Show or mask full names in a branch's lists."))
@click.argument("code", metavar="CODE")
@click.argument("how", metavar="shown|masked", type=click.Choice((SHOWN, MASKED)))
@option(
    "--as",
    "role",
    type=click.Choice([role.value for role in Role]),
    text=mark("In this role, where one person holds several."),
)
@click.pass_obj
def names(call: Call, /, code: str, how: str, role: str | None) -> int:
    """姓名显示 of one branch; administrators only."""
    from supervisor.models.commands.branches import show_names
    from supervisor.models.orders import ShowNames

    with call.opened() as database:
        known = reads.directory_of(database, call).branches
        found = next((row for row in known if row.code == code), None)
        if found is None:
            raise ExpectedError("branch_unknown")
        if how == SHOWN:
            call.confirm(tr("Show full names in the lists of {branch}?", branch=found.name))
        order = ShowNames(
            actor=call.actor(Role(role) if role else None),
            branch_id=found.branch_id,
            shown=how == SHOWN,
        )
        changes = database.write(show_names, order)
    if call.json:
        output.emit_json({"act": changes.act, "code": found.code, "shows_names": how == SHOWN})
    else:
        output.say(f"{found.name}: {names_word(how == SHOWN)}. {words.word(changes.act)}.")
    return Exit.DONE


def names_word(shown: bool) -> str:
    """What a branch does with names."""
    return tr("shown in full") if shown else tr("masked")
