"""`demo` and `self-test`: invented data, the window or pictures of it, a check of everything."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from supervisor import i18n, settings
from supervisor.cli import display, output
from supervisor.cli.doors import Exit, QtMissingError, ShotOptions
from supervisor.cli.frame import DAY, Call, TranslatedCommand, option
from supervisor.cli.queue import print_first_page
from supervisor.i18n import mark, tr

if TYPE_CHECKING:
    from supervisor.intake.demo import DemoSize

APT_LINE = (
    "apt-get install -y libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 "
    "libxcb-cursor0"
)
DNF_LINE = (
    "dnf install -y mesa-libEGL mesa-libGL libxkbcommon dbus-libs fontconfig glib2 xcb-util-cursor"
)
THEMES = click.Choice(["light", "dark"])


class Size(click.ParamType[tuple[int, int]]):
    """A window size written as 1440x900."""

    name = "size"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Width and height, or a usage error."""
        if isinstance(value, tuple):
            return value
        width, _, height = str(value).partition("x")
        if not (width.isdecimal() and height.isdecimal() and int(width) * int(height) > 0):
            self.fail(tr("Write the size as 1440x900."), param, ctx)
        return int(width), int(height)


@click.command(cls=TranslatedCommand, help=mark("Make invented data and open the window on it."))
@option("--create-only", is_flag=True, text=mark("Make the data and end."))
@option("--cases", type=click.IntRange(1), text=mark("How many cases."))
@option("--visits", type=click.IntRange(1), text=mark("How many visits."))
@option("--branches", type=click.IntRange(1), text=mark("How many branches."))
@option("--seed", type=int, text=mark("Another seed gives other data."))
@option("--today", type=DAY, text=mark("The day the data end on."))
@option("--shots", text=mark("Render every screen into this folder instead."))
@option("--theme", type=THEMES, default="light", text=mark("Theme of the pictures."))
@option("--size", type=Size(), default=(1440, 900), text=mark("Size of the pictures."))
@option("--scale", type=click.FloatRange(0.5, 4), default=1.0, text=mark("Scale of the pictures."))
@click.pass_obj
def demo(call: Call, /, **given: Any) -> int:
    """Data first; then the window, pictures, or a table where there is no window."""
    from supervisor.intake.demo import DEFAULT_SEED, DemoSize

    size = DemoSize(
        branches=given["branches"] or 1,
        cases=given["cases"] or 2_000,
        visits=given["visits"] or 10 * (given["cases"] or 2_000),
        seed=DEFAULT_SEED if given["seed"] is None else given["seed"],
        today=given["today"] or call.day(),
    )
    address = call.database or str(settings.demo_file())
    call.database = address
    _make(call, address, size)
    if given["create_only"]:
        return Exit.DONE
    call.database = address
    width, height = given["size"]
    wanted = ShotOptions(i18n.language(), given["theme"], width, height, given["scale"])
    return _show(call, call.address(), given["shots"], wanted)


def _make(call: Call, address: str, size: "DemoSize") -> None:
    """Create the data unless they are there as asked for already.

    The own file of the demo is made again when the day or the size has changed; a database that
    somebody named is never overwritten.
    """
    from supervisor.intake.demo import create_demo

    own = address == str(settings.demo_file())
    stamp = settings.demo_file().with_suffix(".json")
    text = f"{size.branches} {size.cases} {size.visits} {size.seed} {size.today}"
    if own and Path(address).exists():
        if stamp.exists() and stamp.read_text(encoding="utf-8") == text:
            output.say(tr("The demo data of today are there already."))
            return
        for end in ("", "-wal", "-shm"):
            Path(address + end).unlink(missing_ok=True)
    output.say(tr("Making the demo data ..."))
    made = create_demo(call.address(), size, actor=call.actor())
    if own:
        stamp.write_text(text, encoding="utf-8")
    if call.json:
        output.emit_json(made)
    else:
        output.say(
            tr(
                "{cases} cases and {visits} visits in {seconds} s.",
                cases=made.cases,
                visits=made.visits,
                seconds=format(made.seconds, ".1f"),
            )
        )


def _show(call: Call, address: str, shots: str | None, wanted: ShotOptions) -> int:
    try:
        if shots is None and display.can_open():
            return call.doors.desk(address, call.language, call.as_of)
        call.doors.load()
        if shots is None:
            shots = tempfile.mkdtemp(prefix="supervisor-shots-")
            output.say(
                tr(
                    "No display can be opened. The screens are rendered into {folder}.",
                    folder=shots,
                )
            )
        return call.doors.shots(address, Path(shots), wanted)
    except QtMissingError:
        return _without_qt(call)


def _without_qt(call: Call) -> int:
    print_first_page(call)
    return say_what_is_missing()


def say_what_is_missing() -> int:
    """The lines that install what Qt needs, and the exit code that goes with them."""
    output.say(
        tr("The window needs system libraries that are missing here. Install them with one of:")
    )
    output.say(APT_LINE)
    output.say(DNF_LINE)
    return Exit.SYSTEM_LIBRARY_MISSING


@click.command(
    "self-test", cls=TranslatedCommand, help=mark("Load everything once; say what fails.")
)
@click.pass_obj
def self_test(call: Call) -> int:
    """Every icon, theme, font, help text, language, page, query and migration, on no data."""
    try:
        failures = list(call.doors.self_test())
    except QtMissingError:
        return say_what_is_missing()
    if call.json:
        output.emit_json({"ok": not failures, "failures": failures})
    for failure in failures:
        output.say(failure)
    if not failures:
        output.say(tr("Everything loads."))
    return Exit.CHECK_FAILED if failures else Exit.DONE
