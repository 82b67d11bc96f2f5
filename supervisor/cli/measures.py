"""`measure` and `summary`: figures with what they are made of, and the sums they are read from."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from supervisor import words
from supervisor.cli import output, reads
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand, TranslatedGroup, option
from supervisor.errors import BadInputError
from supervisor.i18n import mark, tr
from supervisor.models.enums import Bucket, Product
from supervisor.models.enums_measures import Basis, Dimension, MeasureId, ReachedBy, Unit
from supervisor.words.formats import MISSING, count, money, rate

if TYPE_CHECKING:
    from supervisor.models.database import Database
    from supervisor.models.rows.measures import MeasureFilter, MeasureReport, MeasureRow

_DAY = click.DateTime(["%Y-%m-%d"])
_BUCKETS = {("M6+" if one is Bucket.M6_PLUS else one.name): one for one in Bucket}


def _choice(values: Any) -> click.Choice[str]:
    return click.Choice([one.value for one in values])


@click.command(
    cls=TranslatedCommand,
    help=mark(
        "A measure with numerator, denominator, n, interval and unknown count; or the list of them."
    ),
)
@click.argument("name", metavar="ID", required=False)
@option("--list", "listed", is_flag=True, text=mark("List the definitions."))
@option("--from", "first", type=_DAY, text=mark("First day; the first of the month unless said."))
@option("--to", "last", type=_DAY, text=mark("Last day; the day judged on unless said."))
@option("--branch", "branches", multiple=True, text=mark("Only this branch (code or name)."))
@option("--team", "teams", multiple=True, text=mark("Only this team (code or name)."))
@option("--agent", "agents", multiple=True, text=mark("Only this person (staff number)."))
@option(
    "--bucket",
    "buckets",
    multiple=True,
    type=click.Choice(list(_BUCKETS)),
    text=mark("Only this bucket (M0 to M6+)."),
)
@option(
    "--product", "products", multiple=True, type=_choice(Product), text=mark("Only this product.")
)
@option(
    "--channel", "channels", multiple=True, type=_choice(ReachedBy), text=mark("Only this channel.")
)
@option(
    "--by",
    multiple=True,
    type=_choice(Dimension),
    text=mark("Broken down by this; repeat for several."),
)
@click.pass_obj
def measure(call: Call, /, name: str | None, *, listed: bool, **asked: Any) -> int:
    """Rows of one measure, or all definitions."""
    if listed or name is None:
        return _list(call)
    if name not in set(MeasureId):
        raise BadInputError("measure_unknown", value=name)
    from supervisor.models.queries.measures import measure as ask

    with call.opened() as database:
        wanted = _wanted(database, call, MeasureId(name), asked)
        report = database.read(ask, wanted)
        names = {} if call.json else _names(database, call)
    if call.json:
        output.emit_json(report)
    else:
        _print(report, names)
    return Exit.DONE


def _wanted(
    database: "Database", call: Call, name: MeasureId, asked: dict[str, Any]
) -> "MeasureFilter":
    from supervisor.cli.queue import branch_ids
    from supervisor.models.rows.measures import MeasureFilter

    last = asked["last"].date() if asked["last"] else call.day()
    first = asked["first"].date() if asked["first"] else last.replace(day=1)
    directory = reads.directory_of(database, call)
    teams = {one.name: one.team_id for one in directory.teams}
    staff = {one.staff_no: one.staff_id for one in directory.staff}
    return MeasureFilter(
        measure=name,
        first_on=first,
        last_on=last,
        as_of=call.as_of or max(last, call.day()),
        now=call.now(),
        branches=branch_ids(database, call, asked["branches"]),
        allowed=call.actor().branches,
        teams=_found(teams, asked["teams"], "team_not_known"),
        agents=_found(staff, asked["agents"], "staff_not_known"),
        buckets=tuple(_BUCKETS[one] for one in asked["buckets"]),
        products=tuple(Product(one) for one in asked["products"]),
        channels=tuple(ReachedBy(one) for one in asked["channels"]),
        by=tuple(Dimension(one) for one in asked["by"]),
    )


def _found(known: dict[str, Any], texts: tuple[str, ...], code: str) -> tuple[Any, ...]:
    for text in texts:
        if text not in known:
            raise BadInputError(code, value=text)
    return tuple(known[text] for text in texts)


def _list(call: Call) -> int:
    from supervisor.models.rules.measures.definitions import MEASURES
    from supervisor.words.of_measures import formula

    if call.json:
        output.emit_json(
            [
                {
                    "id": one.id,
                    "name": words.word(one.id),
                    "formula": formula(one.id),
                    "unit": one.unit,
                    "least": one.least,
                    "interval": one.interval,
                    "source": one.source,
                    "by": sorted(one.by),
                }
                for one in MEASURES.values()
            ]
        )
        return Exit.DONE
    heads = ("ID", tr("Measure"), tr("Unit"), tr("Minimum n"), tr("Source"), tr("Formula"))
    lines = [
        (
            one.id.value,
            words.word(one.id),
            words.word(one.unit),
            str(one.least or MISSING),
            one.source,
            formula(one.id),
        )
        for one in MEASURES.values()
    ]
    output.emit_table(heads, lines, {3})
    return Exit.DONE


_Names = dict[tuple[Dimension, int | str | date | None], str]


def _names(database: "Database", call: Call) -> _Names:
    """What people call the keys of groups."""
    directory = reads.directory_of(database, call)
    return {
        **{(Dimension.BRANCH, one.branch_id): one.name for one in directory.branches},
        **{(Dimension.TEAM, one.team_id): one.name for one in directory.teams},
        **{(Dimension.AGENT, one.staff_id): one.name for one in directory.staff},
        **{(Dimension.BUCKET, int(one)): words.word(one) for one in Bucket},
        **{(Dimension.PRODUCT, one.value): words.word(one) for one in Product},
    }


def _print(report: "MeasureReport", names: _Names) -> None:
    from supervisor.models.rules.measures.definitions import MEASURES
    from supervisor.words.of_measures import formula

    unit = MEASURES[report.measure].unit
    groups = tuple(words.word(name) for name in report.by)
    heads = (
        *groups,
        tr("Row of the measure"),
        tr("Counted by"),
        tr("Numerator"),
        tr("Denominator"),
        "n",
        tr("Value"),
        tr("95 % interval"),
        tr("unknown"),
    )
    lines = [
        (
            *(names.get(key) or _key(key[1]) for key in zip(report.by, row.group, strict=False)),
            *_line(row, unit),
        )
        for row in report.rows
    ]
    output.emit_table(heads, lines, range(len(groups) + 2, len(heads)))
    output.say(formula(report.measure))
    if report.payments_known_on is not None:
        output.say(tr("Payment data are known up to {on}.", on=report.payments_known_on))


def _line(row: "MeasureRow", unit: Unit) -> tuple[str, ...]:
    fen = row.basis is Basis.MONEY or unit is Unit.FEN_EACH
    show = money if fen else _number
    low, high = (_value(one, unit) for one in (row.low, row.high))
    return (
        " ".join(part for part in (row.part, row.note) if part),
        words.word(row.basis),
        show(int(row.numerator)) if fen else _number(row.numerator),
        MISSING if row.denominator is None else _denominator(row, unit),
        count(row.n),
        MISSING if row.few else _value(row.value, _unit_of(row, unit)),
        MISSING if row.low is None or row.few else f"{low} – {high}",
        count(row.unknown),
    )


def _unit_of(row: "MeasureRow", unit: Unit) -> Unit:
    """Counts of money are amounts."""
    return Unit.FEN if unit is Unit.COUNT and row.basis is Basis.MONEY else unit


def _denominator(row: "MeasureRow", unit: Unit) -> str:
    if row.basis is Basis.MONEY and unit is not Unit.FEN_EACH:
        return money(int(row.denominator or 0))
    return _number(row.denominator or 0)


def _number(value: float) -> str:
    return count(int(value)) if value == int(value) else f"{value:,.2f}"


def _value(value: float | None, unit: Unit) -> str:
    if value is None:
        return MISSING
    if unit is Unit.SHARE:
        return rate(value)
    if unit in {Unit.FEN, Unit.FEN_EACH}:
        return money(round(value))
    return _number(value)


def _key(key: int | str | date | None) -> str:
    if key is None:
        return MISSING
    return key.isoformat() if isinstance(key, date | datetime) else str(key)


@click.group(
    cls=TranslatedGroup,
    help=mark("The sums of visits: are they what the raw rows say, or make them anew."),
)
def summary() -> None:
    """Commands about the visit summary."""


@summary.command(cls=TranslatedCommand, help=mark("Compare every summed-up day with its raw rows."))
@click.pass_obj
def verify(call: Call) -> int:
    """Exit code 1 when a day is wrong."""
    from supervisor.models.queries.summary_check import verify_summary

    with call.opened() as database:
        found = database.read(verify_summary, None)
    if call.json:
        output.emit_json(found)
    else:
        output.say(
            tr(
                "{days} days summed up, {dirty} wait, {wrong} are wrong.",
                days=found.days,
                dirty=found.dirty,
                wrong=found.wrong,
            )
        )
    return Exit.CHECK_FAILED if found.wrong else Exit.DONE


@summary.command(cls=TranslatedCommand, help=mark("Make all sums anew."))
@click.pass_obj
def rebuild(call: Call) -> int:
    """Mark every day, then clean them one transaction after the other."""
    from supervisor.models.commands.summaries import (
        REBUILT_DAYS,
        CleanSummary,
        clean_summary,
        rebuild_summary,
    )
    from supervisor.models.orders import Order

    days = 0
    with call.opened() as database:
        actor = call.actor()
        left = database.write(rebuild_summary, Order(actor=actor)).counts["left"]
        while left:
            done = database.write(
                clean_summary, CleanSummary(actor=actor, most=REBUILT_DAYS)
            ).counts
            days, left = days + done["days"], done["left"]
    if call.json:
        output.emit_json({"days": days})
    else:
        output.say(tr("{days} days summed up anew.", days=days))
    return Exit.DONE
