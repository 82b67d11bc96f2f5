"""All commands under one name; a command is loaded when it is called or listed."""

from importlib import import_module

import click

from supervisor.cli import display, output
from supervisor.cli.doors import Exit, QtMissingError
from supervisor.cli.frame import Call, TranslatedGroup
from supervisor.i18n import mark, tr

ROOMS = {
    "import": "intake:import_command",
    "export": "intake:export_command",
    "program": "programs:program",
    "queue": "queue:queue",
    "case": "queue:case",
    "reassign": "orders:reassign",
    "undo": "orders:undo",
    "rules": "rules:rules",
    "judge": "rules:judge",
    "plan": "rules:plan",
    "flag": "flags:flag",
    "training": "training:training",
    "agreement": "figures:agreement",
    "effects": "figures:effects",
    "measure": "measures:measure",
    "summary": "measures:summary",
    "questions": "figures:questions",
    "report": "reports:report",
    "schedule": "schedule:schedule",
    "guide": "guide:guide",
    "read-notes": "notes:read_notes",
    "audit": "audit:audit",
    "branch": "branches:branch",
    "calendar": "calendars:calendar",
    "office": "office:office",
    "doctor": "doctor:doctor",
    "work": "arrivals:work",
    "workload": "workloads:workload",
    "backup": "upkeep:backup",
    "restore": "upkeep:restore",
    "migrate": "upkeep:migrate",
    "demo": "demo:demo",
    "self-test": "demo:self_test",
    "version": "upkeep:version",
}
"""Module in `supervisor.cli` and name of each command: the window starts without all of them."""


class Program(TranslatedGroup):
    """The commands of `ROOMS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of the alphabet."""
        del ctx
        return sorted(ROOMS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now."""
        del ctx
        if cmd_name not in ROOMS:
            return None
        room, name = ROOMS[cmd_name].split(":")
        command: click.Command = getattr(import_module(f"supervisor.cli.{room}"), name)
        return command


@click.group(
    cls=Program,
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
        from supervisor.cli.demo import say_what_is_missing

        return say_what_is_missing()
