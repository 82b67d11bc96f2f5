"""`guide`: the user guide as PDF, with pictures of the screens as this version draws them."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from supervisor import __version__, clock, i18n
from supervisor.cli import output
from supervisor.cli.doors import Exit, QtMissingError, ShotOptions
from supervisor.cli.frame import Call, TranslatedCommand, option
from supervisor.errors import ExpectedError
from supervisor.i18n import mark, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supervisor.manual.topics import Chapter

CHAPTERS = ("supervisor", "manager", "training_lead", "administrator")
CASES = 2_000
WIDE, HIGH = 1440, 900


@click.command(cls=TranslatedCommand, help=mark("Print the user guide as PDF."))
@option("--output", "folder", required=True, text=mark("Folder the file goes into."))
@option("--chapter", type=click.Choice(CHAPTERS), text=mark("This chapter only."))
@option("--no-pictures", is_flag=True, text=mark("Without pictures of the screens."))
@click.pass_obj
def guide(call: Call, /, *, folder: str, chapter: str | None, no_pictures: bool) -> int:
    """Screens are drawn over invented data in a folder of their own; no other database is read."""
    from supervisor.manual.topics import manual
    from supervisor.reports.files import write_whole
    from supervisor.reports.guide import Guide, pictures_wanted, printed_guide

    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExpectedError("report_no_folder", folder=folder) from error
    known = manual().chapters
    chosen = tuple(one for one in known if chapter in {None, one.name})
    with tempfile.TemporaryDirectory(prefix="supervisor-guide-") as room:
        pictures = {} if no_pictures else _pictures(call, Path(room), pictures_wanted(chosen))
        made = Guide(chosen, pictures, clock.now(), __version__)
        data, pages = printed_guide(made, i18n.language())
    path = target / _name(chosen, known)
    write_whole(path, data)
    if call.json:
        output.emit_json({"path": str(path), "pages": pages, "pictures": len(pictures)})
    else:
        click.echo(str(path))
    return Exit.DONE


def _name(chosen: "tuple[Chapter, ...]", known: "tuple[Chapter, ...]") -> str:
    middle = "" if chosen == known else f"-{chosen[0].name}"
    return f"guide{middle}-{i18n.language()}.pdf"


def _pictures(call: Call, room: Path, wanted: frozenset[str]) -> "Mapping[str, Path]":
    """PNG by screen; none where Qt cannot be loaded, which is said."""
    from supervisor.intake.demo import DEFAULT_SEED, DemoSize, create_demo

    address = str(room / "guide.db")
    try:
        call.doors.load()
        output.say(tr("Drawing the screens ..."))
        size = DemoSize(branches=1, cases=CASES, visits=10 * CASES, seed=DEFAULT_SEED,
                        today=call.day())  # fmt: skip
        create_demo(address, size, actor=call.actor())
        drawn = ShotOptions(i18n.language(), "light", WIDE, HIGH, only=wanted)
        call.doors.shots(address, room, drawn)
    except QtMissingError:
        output.say(tr("Qt cannot be loaded here: the guide is printed without pictures."))
        return {}
    made = {name: path for path in room.glob("*.png") if (name := _screen(path.name)) in wanted}
    if made.keys() != wanted:
        missing = tr(", ").join(sorted(wanted - made.keys()))
        output.say(tr("These screens could not be drawn: {screens}", screens=missing))
    return made


def _screen(file: str) -> str:
    """07-first-run-en-light.png -> first-run."""
    return file.partition("-")[2].removesuffix(f"-{i18n.language()}-light.png")
