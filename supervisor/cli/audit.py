"""`audit verify`: whether the chain of events is whole."""

import click

from supervisor.cli import output
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand, TranslatedGroup
from supervisor.i18n import mark, ntr, tr


@click.group(cls=TranslatedGroup, help=mark("The record of who did what."))
def audit() -> None:
    """Commands about the audit."""


@audit.command(cls=TranslatedCommand, help=mark("Check that no event was changed or removed."))
@click.pass_obj
def verify(call: Call) -> int:
    """Walk the whole chain."""
    from supervisor.models.queries.audit import verify as walk

    with call.opened() as database:
        found = database.read(walk, None)
    if call.json:
        output.emit_json(found)
    elif found.ok:
        output.say(
            ntr("The audit is whole: {n} event.", "The audit is whole: {n} events.", found.count)
        )
    else:
        output.say(tr("The audit is broken at event {n}.", n=found.first_bad))
    return Exit.DONE if found.ok else Exit.CHECK_FAILED
