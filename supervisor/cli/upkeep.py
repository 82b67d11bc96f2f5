"""`migrate` and `version`."""

import platform

import click

from supervisor import __version__, words
from supervisor.cli import output
from supervisor.cli.frame import Call, Exit, TranslatedCommand
from supervisor.i18n import mark, tr


@click.command(cls=TranslatedCommand, help=mark("Create the database's tables or upgrade them."))
@click.pass_obj
def migrate(call: Call) -> int:
    """The administrator's explicit command; the only one that touches a shared schema."""
    from supervisor.models.database import Database
    from supervisor.models.migrations import runner

    call.confirm(tr("Create or upgrade the tables of this database?"))
    database = Database(call.address())
    try:
        opening = runner.migrate(database)
        if call.json:
            revision = runner.head()
            output.emit_json({"done": opening.done, "copy": opening.copy, "revision": revision})
        else:
            output.say(words.sentence(f"migrate_{opening.done}", {"name": database.safe_url}))
    finally:
        database.close()
    return Exit.DONE


@click.command(cls=TranslatedCommand, help=mark("Say which version this is."))
@click.pass_obj
def version(call: Call) -> int:
    """Program, schema and Python."""
    from supervisor.models.migrations import runner

    if call.json:
        facts = {"version": __version__, "revision": runner.head()}
        output.emit_json(facts | {"python": platform.python_version()})
    else:
        click.echo(__version__)
    return Exit.DONE
