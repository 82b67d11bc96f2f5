"""`migrate`, `backup`, `restore` and `version`."""

import platform
from contextlib import closing
from pathlib import Path

import click

from supervisor import __version__, clock, words
from supervisor.cli import output
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand
from supervisor.i18n import mark, tr
from supervisor.words.formats import count


@click.command(cls=TranslatedCommand, help=mark("Create the database's tables or upgrade them."))
@click.option(
    "--rehearse",
    is_flag=True,
    help=mark("Upgrade a copy instead, look at it, throw it away; nothing is changed."),
)
@click.pass_obj
def migrate(call: Call, *, rehearse: bool) -> int:
    """The administrator's explicit command; the only one that touches a shared schema."""
    from supervisor.models.database import Database
    from supervisor.models.migrations import runner

    if rehearse:
        return _rehearse(call)
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


def _rehearse(call: Call) -> int:
    from supervisor.models import backups
    from supervisor.models.database import Database

    with closing(Database(call.address())) as database:
        found = backups.rehearse(database)
    if call.json:
        output.emit_json(found)
    else:
        output.say(
            tr(
                "A copy was upgraded from {before} to {after} in {seconds} s. It held {rows} rows, "
                "its audit is whole. The database itself is as it was.",
                before=found.before or tr("nothing"),
                after=found.after,
                seconds=round(found.seconds, 1),
                rows=count(found.contents.total),
            )
        )
    return Exit.DONE


@click.command(
    cls=TranslatedCommand,
    help=mark("Copy the whole database into a file, and try whether it can be restored."),
)
@click.argument("target", type=click.Path(path_type=Path))
@click.pass_obj
def backup(call: Call, target: Path) -> int:
    """One file, or none; a folder takes a file named after the moment."""
    from supervisor.models import backups
    from supervisor.models.database import Database

    with closing(Database(call.address())) as database:
        if target.is_dir():
            stamp = clock.now().astimezone(clock.SHANGHAI).strftime("%Y%m%d-%H%M%S")
            ending = "db" if database.is_sqlite else "dump"
            target = target / f"field-collection-{stamp}.{ending}"
        kept = backups.backup(database, target)
    if call.json:
        output.emit_json(kept)
    elif kept.contents is None:
        output.say(
            tr(
                "The backup is in {path}. It was not tried: this login may not make a database to "
                "restore it into.",
                path=str(kept.path),
            )
        )
    else:
        output.say(
            tr(
                "The backup is in {path}. A database restored from it is whole: {rows} rows.",
                path=str(kept.path),
                rows=count(kept.contents.total),
            )
        )
    return Exit.DONE if kept.contents is not None else Exit.CHECK_FAILED


@click.command(
    cls=TranslatedCommand, help=mark("Fill a new file or an empty database from a backup.")
)
@click.argument("source", type=click.Path(path_type=Path))
@click.pass_obj
def restore(call: Call, source: Path) -> int:
    """Nothing is ever written over."""
    from supervisor.models import backups
    from supervisor.models.database import Database

    with closing(Database(call.address())) as database:
        call.confirm(tr("Restore the backup into {name}?", name=database.safe_url))
        found = backups.restore(source, database)
        if call.json:
            output.emit_json(found)
        else:
            output.say(
                tr(
                    "{name} holds what the backup held: {rows} rows, its audit is whole.",
                    name=database.safe_url,
                    rows=count(found.total),
                )
            )
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
