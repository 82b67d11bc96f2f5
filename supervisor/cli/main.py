"""All commands under one name."""

import click

from supervisor.cli.audit import audit
from supervisor.cli.demo import demo, self_test
from supervisor.cli.frame import TranslatedGroup
from supervisor.cli.intake import export_command, import_command, work
from supervisor.cli.orders import reassign, undo
from supervisor.cli.queue import case, queue
from supervisor.cli.upkeep import migrate, version
from supervisor.i18n import mark


@click.group(
    cls=TranslatedGroup,
    help=mark(
        "A desk for branch supervisors of door-to-door collection. Without a command the "
        "window opens."
    ),
    context_settings={"help_option_names": ["-h", "--help"]},
)
def supervisor() -> None:
    """The program."""


for _command in (
    import_command,
    export_command,
    queue,
    case,
    reassign,
    undo,
    audit,
    work,
    migrate,
    demo,
    self_test,
    version,
):
    supervisor.add_command(_command)
