"""`calendar list|export|import|day|announced|hours`: the days and hours offices work."""

from dataclasses import asdict
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from supervisor import words
from supervisor.cli import output
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, Day, TranslatedCommand, TranslatedGroup, option
from supervisor.errors import BadInputError
from supervisor.i18n import mark, tr
from supervisor.models.changes import Changes
from supervisor.models.enums import Role

if TYPE_CHECKING:
    from supervisor.models.orders_calendar import YearOrder
    from supervisor.models.rows.working_days import WorkingDays

REST, WORK = "rest", "work"
_AS = option(
    "--as",
    "role",
    type=click.Choice([role.value for role in Role]),
    text=mark("In this role, where one person holds several."),
)
_REASON = option("--reason", required=True, text=mark("Why; it stays in the audit."))


@click.group(
    cls=TranslatedGroup, help=mark("Working days and office hours: list, import, set them.")
)
def calendar() -> None:
    """Commands about working days."""


def _known(call: Call) -> "WorkingDays":
    from supervisor.models.queries.working_days import working_days

    with call.opened() as database:
        return database.read(working_days, None)


@calendar.command("list", cls=TranslatedCommand, help=mark("List the years and office hours."))
@click.pass_obj
def list_(call: Call) -> int:
    """Years as lines, or as JSON."""
    known = _known(call)
    if call.json:
        output.emit_json(
            {
                "opens": f"{known.opens:%H:%M}",
                "closes": f"{known.closes:%H:%M}",
                "years": [asdict(one) for one in known.years],
            }
        )
        return Exit.DONE
    heads = (tr("Year"), tr("Source"), tr("Days of rest"), tr("Make-up days"))
    rows = [
        (str(one.year), words.word(one.source), _short(one.rest), _short(one.work))
        for one in known.years
    ]
    output.emit_table(heads, rows, ())
    opens, closes = known.opens.strftime("%H:%M"), known.closes.strftime("%H:%M")
    output.say(tr("Office hours: {opens} to {closes}.", opens=opens, closes=closes))
    return Exit.DONE


def _short(days: tuple[date, ...]) -> str:
    return " ".join(f"{day:%m-%d}" for day in days)


@calendar.command(cls=TranslatedCommand, help=mark("Write the years in the form of an import."))
@click.pass_obj
def export(call: Call) -> int:
    """TOML on standard output: what `calendar import` reads."""
    for one in _known(call).years:
        rest, work = (", ".join(f'"{day:%m-%d}"' for day in days) for days in (one.rest, one.work))
        click.echo(f"[{one.year}]\nrest = [{rest}]\nwork = [{work}]\n")
    return Exit.DONE


@calendar.command("import", cls=TranslatedCommand, help=mark("Take whole years from a file."))
@click.argument("file", type=click.Path(path_type=Path))
@_REASON
@_AS
@click.pass_obj
def import_(call: Call, /, file: Path, reason: str, role: str | None) -> int:
    """Every year in the file is the house's own from now on."""
    from supervisor.models.orders_calendar import YearOrder
    from supervisor.models.rules.working_days import years_of_file

    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BadInputError("file_missing", path=str(file)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError("file_not_readable", path=str(file)) from error
    years = tuple(
        YearOrder(year, tuple(sorted(days.rest)), tuple(sorted(days.work)))
        for year, days in years_of_file(text).items()
    )
    return _set(call, years, reason, role)


@calendar.command(cls=TranslatedCommand, help=mark("Let offices work or rest on one day."))
@click.argument("on", metavar="DAY", type=Day())
@click.argument("how", metavar="rest|work", type=click.Choice((REST, WORK)))
@_REASON
@_AS
@click.pass_obj
def day(call: Call, /, on: date, how: str, reason: str, role: str | None) -> int:
    """The year of the day becomes the house's own, as it stands, with that day."""
    from supervisor.models.house_calendar import calendar_of
    from supervisor.models.orders_calendar import YearOrder
    from supervisor.models.rules.working_days import with_day

    with call.opened() as database:
        year = database.read(lambda session, _: calendar_of(session), None).year(on.year)
    days = with_day(year, on, works=how == WORK)
    made = YearOrder(on.year, tuple(sorted(days.rest)), tuple(sorted(days.work)))
    return _set(call, (made,), reason, role)


@calendar.command(cls=TranslatedCommand, help=mark("Follow the announcement of a year again."))
@click.argument("year", type=int)
@_REASON
@_AS
@click.pass_obj
def announced(call: Call, /, year: int, reason: str, role: str | None) -> int:
    """What the house set of that year is forgotten; the audit keeps it."""
    from supervisor.models.orders_calendar import YearOrder

    return _set(call, (YearOrder(year, announced=True),), reason, role)


@calendar.command(cls=TranslatedCommand, help=mark("Set office hours."))
@click.argument("opens", metavar="FROM")
@click.argument("closes", metavar="UNTIL")
@_REASON
@_AS
@click.pass_obj
def hours(call: Call, /, opens: str, closes: str, reason: str, role: str | None) -> int:
    """The same on every working day."""
    from supervisor.models.commands.working_days import set_office_hours
    from supervisor.models.orders_calendar import SetOfficeHours

    actor = call.actor(Role(role) if role else None)
    order = SetOfficeHours(actor=actor, opens=_time(opens), closes=_time(closes), reason=reason)
    with call.opened() as database:
        return _tell(call, database.write(set_office_hours, order))


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise BadInputError("office_hours_bad") from error


def _set(call: Call, years: tuple["YearOrder", ...], reason: str, role: str | None) -> int:
    from supervisor.models.commands.working_days import set_working_days
    from supervisor.models.orders_calendar import SetWorkingDays

    actor = call.actor(Role(role) if role else None)
    order = SetWorkingDays(actor=actor, years=years, reason=reason)
    with call.opened() as database:
        return _tell(call, database.write(set_working_days, order))


def _tell(call: Call, changes: Changes) -> int:
    if call.json:
        output.emit_json({"act": changes.act, "facts": dict(changes.facts)})
    else:
        output.say(words.word(changes.act))
    return Exit.DONE
