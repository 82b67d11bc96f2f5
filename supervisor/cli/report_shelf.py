"""`report list|reprint|figures|withdraw|tidy`: reports there are."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from supervisor import clock, i18n, words
from supervisor.cli import output
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand, option
from supervisor.cli.report_options import BRANCH, OUTPUT
from supervisor.errors import BadInputError
from supervisor.i18n import mark, ntr, tr
from supervisor.models.changes import Actor
from supervisor.models.enums import Role
from supervisor.models.enums_reports import CopyForm, ReportKind, RunState
from supervisor.models.ids import BranchId, ReportId
from supervisor.models.rows.measures import MeasureReport
from supervisor.models.rows.report_parts import WeeklyFigure
from supervisor.models.rows.reports import Content, RunAsk, RunFilter, RunRow, Stamp, StoredRun
from supervisor.words.formats import MISSING

_NUMBER = re.compile(r"(?:S-[\w-]+-)?(\d{1,18})")


class ReportNumber(click.ParamType[ReportId]):
    """A report by id or number: 318, S-2026W46-318."""

    name = "report"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> ReportId:
        """The id, or a usage error."""
        del param, ctx
        found = _NUMBER.fullmatch(str(value).strip())
        if found is None:
            raise BadInputError("report_not_found")
        return ReportId(int(found[1]))


_ID = click.argument("number", metavar="ID", type=ReportNumber())


@click.command("list", cls=TranslatedCommand, help=mark("Reports taken, the latest period first."))
@option("--kind", "kinds", multiple=True, type=click.Choice([one.value for one in ReportKind]),
        text=mark("Only this kind; may be repeated."))  # fmt: skip
@option("--state", "states", multiple=True, type=click.Choice([one.value for one in RunState]),
        text=mark("Only reports in this state; may be repeated."))  # fmt: skip
@BRANCH
@option("--limit", type=click.IntRange(1, 100_000), default=200, text=mark("At most so many."))
@click.pass_obj
def list_(call: Call, /, **asked: Any) -> int:
    """Runs as lines, or as JSON."""
    from supervisor.models.queries.reports import runs

    with call.opened() as database:
        wanted = RunFilter(
            as_of=call.day(),
            kinds=_kinds(call, asked["kinds"]),
            states=frozenset(map(RunState, asked["states"])),
            branches=_branches(database, call, asked["branches"]),
            allowed=call.actor().branches,
            limit=asked["limit"],
        )
        rows = database.read(runs, wanted)
    if call.json:
        output.emit_json(list(rows))
        return Exit.DONE
    heads = ("ID", tr("Number"), tr("Report"), tr("Branches"), tr("From"), tr("To"), tr("State"),
             tr("Taken by"), tr("Signed by"), tr("Restated"), tr("Copies"))  # fmt: skip
    output.emit_table(heads, [_line(row) for row in rows], {0, 9, 10})
    return Exit.DONE


def _kinds(call: Call, wanted: tuple[str, ...]) -> tuple[ReportKind, ...]:
    """Kinds asked for, each of which the role may read; all of those unless said."""
    from supervisor.models.commands.report_selection import check_reader
    from supervisor.models.rules.report_look import kinds_seen

    for one in wanted:
        check_reader(call.actor(), ReportKind(one))
    return tuple(map(ReportKind, wanted)) or kinds_seen(call.actor().role)


def _found(database: Any, call: Call, number: ReportId, actor: Actor | None = None) -> StoredRun:
    """A report the person, or this actor, may read.

    Raises:
        BadInputError: there is none, or it is not theirs to read.
    """
    from supervisor.models.commands.report_selection import check_reader
    from supervisor.models.queries.reports import stored_run

    reader = actor or call.actor()
    found: StoredRun = database.read(stored_run, RunAsk(number, reader.branches))
    check_reader(reader, found.row.kind)
    return found


def _branches(database: Any, call: Call, texts: tuple[str, ...]) -> tuple[BranchId, ...]:
    from supervisor.cli.queue import branch_ids

    named = tuple(one for text in texts for one in text.split(",") if one and one != "all")
    return branch_ids(database, call, named)


def _line(row: RunRow) -> tuple[str, ...]:
    names = ", ".join(row.branches) or tr("all")
    return (
        str(row.id), row.number, words.word(row.kind), names, row.from_on.isoformat(),
        row.to_on.isoformat(), _state_text(row), row.taken_by, row.signed_by or MISSING,
        str(row.restated), str(row.copies),
    )  # fmt: skip


def _state_text(row: RunRow) -> str:
    gone = row.withdrawn
    return tr("Withdrawn: {reason}", reason=gone.reason) if gone else words.word(row.state)


@click.command(
    cls=TranslatedCommand,
    help=mark("The stored paper again, byte for byte; or with another stamp."),
)
@_ID
@option("--stamp", metavar="NAME@TIME", text=mark("Print it for this person at this time."))
@OUTPUT
@click.pass_obj
def reprint(call: Call, /, number: ReportId, stamp: str | None, folder: str) -> int:
    """One PDF, registered as another copy."""
    from supervisor.cli.report_children import folder_of
    from supervisor.cli.report_making import file_name, register, rendered
    from supervisor.models.queries.reports import CopyAsk, stored_copy
    from supervisor.reports.files import write_whole

    language = i18n.language()
    with call.opened() as database:
        allowed = call.actor().branches
        found = _found(database, call, number)
        if stamp is None:
            copy, data = database.read(stored_copy, CopyAsk(number, language, allowed))
            put = copy.stamp
        else:
            put = stamp_of(stamp)
            data = rendered(found.snapshot, language, put, CopyForm.PDF)
        place = "-".join(one.code for one in found.snapshot.content.head.branches[:3])
        path = folder_of(folder) / file_name(found.snapshot, place, language, CopyForm.PDF)
        write_whole(path, data)
        register(database, call.actor(), found, language, put, CopyForm.PDF, data)
    gone = found.row.withdrawn
    if gone is not None:
        output.say(tr("Withdrawn: {reason}", reason=gone.reason))
    _say_file(call, found, path, data)
    return Exit.DONE


def stamp_of(text: str) -> Stamp:
    """Who and when, of NAME@TIME.

    Raises:
        BadInputError: it is not written so.
    """
    name, _, at = text.rpartition("@")
    try:
        return Stamp(name.strip(), clock.parse_instant(at.strip())) if name.strip() else _no(text)
    except ValueError:
        return _no(text)


def _no(text: str) -> Stamp:
    raise BadInputError("report_stamp_unreadable", value=text)


def _say_file(call: Call, found: StoredRun, path: Path, data: bytes) -> None:
    import hashlib

    digest = hashlib.sha256(data).hexdigest()
    if call.json:
        output.emit_json({"run_id": found.row.id, "path": str(path), "sha256": digest})
    else:
        output.say(str(path))


@click.command(cls=TranslatedCommand, help=mark("The figures of a stored report."))
@_ID
@click.pass_obj
def figures(call: Call, /, number: ReportId) -> int:
    """Every figure with what it is made of."""
    from supervisor.models.rules.report_restated import figures_of

    with call.opened() as database:
        found = _found(database, call, number)
    content, lines = found.snapshot.content, figures_of(found.snapshot.content)
    if call.json:
        output.emit_json(
            {
                "run_id": found.row.id,
                "number": found.row.number,
                "kind": found.row.kind,
                "state": found.row.state,
                "from": found.row.from_on,
                "to": found.row.to_on,
                "as_of": found.row.as_of,
                "look": found.row.look,
                "withdrawn": found.row.withdrawn,
                "digest": found.row.digest,
                "figures": list(lines),
                "measures": measures_in(content),
                "restated": list(found.snapshot.restated),
            }
        )
        return Exit.DONE
    heads = (tr("Figure"), tr("This period"), tr("Period before"), tr("Month to date"), "n")
    output.emit_table(heads, [_figure_line(one) for one in lines], {1, 2, 3, 4})
    return Exit.DONE


def measures_in(content: Content) -> dict[str, object]:
    """Every measure a content holds at its top, by the name of its field."""
    found: dict[str, object] = {}
    for one in fields(content):
        value = getattr(content, one.name)
        if isinstance(value, MeasureReport):
            found[one.name] = value
        elif isinstance(value, tuple) and value and isinstance(value[0], MeasureReport):
            found[one.name] = list(value)
    return found


def _figure_line(line: WeeklyFigure) -> tuple[str, ...]:
    from supervisor.words.figures import figure

    read = (line.this_week, line.last_week, line.month_to_date)
    values = (
        MISSING if one is None or one.value is None else figure(one.value, line.unit)
        for one in read
    )
    n = MISSING if line.this_week is None else str(line.this_week.row.n)
    return (words.word(line.id), *values, n)


@click.command(
    cls=TranslatedCommand,
    help=mark("Take a report out of use; it stays in the list, marked, with the reason."),
)
@_ID
@option("--reason", required=True, metavar="TEXT",
        text=mark("Why; printed on later copies. No name, number or address."))  # fmt: skip
@option("--as", "role", type=click.Choice([role.value for role in Role]),
        text=mark("In this role, where one person holds several."))  # fmt: skip
@click.pass_obj
def withdraw(call: Call, /, number: ReportId, reason: str, role: str | None) -> int:
    """As in the report centre: by who took it while it is a draft, by a manager at any time."""
    from supervisor.models.commands.reports import withdraw_report
    from supervisor.models.orders_reports import ReportRef, WithdrawReport

    actor = call.actor(Role(role) if role else None)
    with call.opened() as database:
        seen = _found(database, call, number, actor)
        ref = ReportRef(number, seen.row.version)
        database.write(withdraw_report, WithdrawReport(actor=actor, report=ref, reason=reason))
        row = _found(database, call, number, actor).row
    if call.json:
        output.emit_json({"run_id": row.id, "number": row.number, "state": row.state,
                          "withdrawn": row.withdrawn})  # fmt: skip
    else:
        output.say(f"{row.number}  {_state_text(row)}")
    return Exit.DONE


@click.command(
    cls=TranslatedCommand,
    help=mark("Put away the content of reports older than the house keeps them."),
)
@click.pass_obj
def tidy(call: Call, /) -> int:
    """As many as there are, a transaction for some hundred."""
    from supervisor.models.commands.report_copies import tidy_reports
    from supervisor.models.orders_reports import TidyReports

    done = 0
    with call.opened() as database:
        while True:
            order = TidyReports(actor=call.actor(), on=call.day())
            some = database.write(tidy_reports, order).counts["reports"]
            done += some
            if some < order.limit:
                break
    if call.json:
        output.emit_json({"reports": done})
    else:
        output.say(ntr("{n:,} report put away.", "{n:,} reports put away.", done))
    return Exit.DONE


COMMANDS: tuple[click.Command, ...] = (list_, reprint, figures, withdraw, tidy)
"""What `report` offers beside the kinds."""
