"""All commands under one name."""

import click

from supervisor.cli import display, output
from supervisor.cli.arrivals import work
from supervisor.cli.audit import audit
from supervisor.cli.demo import demo, say_what_is_missing, self_test
from supervisor.cli.flags import flag
from supervisor.cli.frame import Call, Exit, QtMissingError, TranslatedGroup
from supervisor.cli.intake import export_command, import_command
from supervisor.cli.notes import read_notes
from supervisor.cli.orders import reassign, undo
from supervisor.cli.queue import case, queue
from supervisor.cli.rules import judge, plan, rules
from supervisor.cli.upkeep import migrate, version
from supervisor.i18n import mark, tr


@click.group(
    cls=TranslatedGroup,
    invoke_without_command=True,
    help=mark(
        "A desk for branch supervisors of door-to-door collection. Without a command the "
        "window opens."
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.pass_context
def supervisor(context: click.Context) -> int:
    """The program; alone it opens the window."""
    if context.invoked_subcommand is not None:
        return Exit.DONE
    call = context.find_object(Call)
    if call is None:
        raise LookupError
    try:
        if not display.can_open():
            output.say(tr("No display can be opened. The other commands work without one."))
            return Exit.WORLD_SAID_NO
        return call.doors.desk(call.database, call.language, call.as_of)
    except QtMissingError:
        return say_what_is_missing()


for _command in (
    import_command,
    export_command,
    queue,
    case,
    reassign,
    undo,
    rules,
    judge,
    plan,
    flag,
    read_notes,
    audit,
    work,
    migrate,
    demo,
    self_test,
    version,
):
    supervisor.add_command(_command)
