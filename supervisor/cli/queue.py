"""`queue` and `case`: what the screens show, for scripts and for people without a screen."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from supervisor.cli import output, reads
from supervisor.cli.conditions import narrowed, sort_of
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand, option
from supervisor.errors import BadInputError, ExpectedError
from supervisor.i18n import mark, ntr, tr
from supervisor.models.ids import BranchId
from supervisor.models.rows.case_file import CaseFileRow
from supervisor.models.rows.case_queue import CaseQueueFilter, CaseQueueRow, QueueRequest
from supervisor.words import formats, word

if TYPE_CHECKING:
    from supervisor.models.database import Database

FIRST_PAGE = 20


@click.command(cls=TranslatedCommand, help=mark("The case queue: what is pressing, and why."))
@option("--branch", "branches", multiple=True, text=mark("Only this branch (code or name)."))
@option("--view", text=mark("A saved view, by name."))
@option("--filter", "conditions", multiple=True, text=mark("A condition: bucket=M3, dpd=30..90."))
@option("--sort", text=mark("Order: overdue, -overdue, last_visit ..."))
@option("--search", default="", text=mark("Number, name, pinyin initials or end of the phone."))
@option("--limit", type=click.IntRange(1, 10_000), default=50, text=mark("How many lines."))
@option("--offset", type=click.IntRange(0), default=0, text=mark("Number of the first line."))
@click.pass_obj
def queue(
    call: Call,
    /,
    branches: tuple[str, ...],
    view: str | None,
    conditions: tuple[str, ...],
    sort: str | None,
    search: str,
    limit: int,
    offset: int,
) -> int:
    """One window of the queue and its true total."""
    with call.opened() as database:
        wanted = _view(database, call, view) if view else everything(call)
        if branches:
            wanted = replace(wanted, branches=branch_ids(database, call, branches))
        wanted = narrowed(wanted, conditions)
        wanted = replace(wanted, search=search or wanted.search)
        if sort:
            wanted = replace(wanted, sort=sort_of(sort))
        request = QueueRequest(wanted, offset=offset, limit=limit)
        page = reads.page_of(database, request)
        total = page.total if page.total is not None else reads.total_of(database, request)
    if not (total or branches or view or conditions or search or call.json):
        output.say(tr("No open case is here. Invented ones: supervisor demo. Your own: supervisor "
                      "import --template staff, then the other kinds."))  # fmt: skip
    if call.json:
        output.emit_json({"as_of": wanted.as_of, "total": total, "rows": page.rows})
    else:
        _print(page.rows, wanted.as_of)
        output.say(ntr("{n} case.", "{n} cases.", total))
    return Exit.DONE


@click.command(cls=TranslatedCommand, help=mark("One case: amounts, schedule, holds, timeline."))
@click.argument("number", metavar="NUMBER")
@option("--branch", "branches", multiple=True, text=mark("Only this branch (code or name)."))
@click.pass_obj
def case(call: Call, /, number: str, branches: tuple[str, ...]) -> int:
    """Everything the case panel shows, masked as there."""
    with call.opened() as database:
        among = branch_ids(database, call, branches) if branches else None
        found = reads.cases_by_number(database, (number,), among)
        if len(found) > 1:
            raise ExpectedError("case_ambiguous", value=number)
        row = reads.file_of(database, call, found[0])
    if call.json:
        output.emit_json(row)
    else:
        _print([row.head], row.amounts.as_of)
        _print_file(row)
    return Exit.DONE


def everything(call: Call) -> CaseQueueFilter:
    """No condition at all, on the day of the call."""
    return CaseQueueFilter(as_of=call.day(), now=call.now())


def branch_ids(database: "Database", call: Call, texts: tuple[str, ...]) -> tuple[BranchId, ...]:
    """Branches by code or name.

    Raises:
        BadInputError: one of them is not known.
    """
    known = reads.directory_of(database, call).branches
    ids = {text: row.branch_id for row in known for text in (row.name, row.code)}
    for text in texts:
        if text not in ids:
            raise BadInputError("branch_not_known", value=text)
    return tuple(ids[text] for text in texts)


def _view(database: "Database", call: Call, name: str) -> CaseQueueFilter:
    for view in reads.views_of(database, call):
        if name in {view.name, view.builtin}:
            return replace(view.wanted, as_of=call.day(), now=call.now())
    raise BadInputError("view_unknown", value=name)


def print_first_page(call: Call) -> None:
    """The first lines of the queue as a table, where there is no window."""
    with call.opened() as database:
        request = QueueRequest(everything(call), limit=FIRST_PAGE)
        _print(reads.page_of(database, request).rows, call.day())


def _print(rows: "tuple[CaseQueueRow, ...] | list[CaseQueueRow]", today: date) -> None:
    heads = (
        tr("Reason"),
        tr("Case"),
        tr("Borrower"),
        tr("Bucket"),
        tr("Days"),
        tr("Overdue (CNY)"),
        tr("Agent"),
        tr("Last visit"),
    )
    lines = [
        (
            word(row.reason),
            row.case_no,
            row.name,
            word(row.bucket),
            formats.count(row.dpd),
            formats.money(row.overdue_fen),
            row.agent or formats.MISSING,
            formats.day(row.last_visit_on, today),
        )
        for row in rows
    ]
    output.emit_table(heads, lines, (4, 5))


def _print_file(row: CaseFileRow) -> None:
    amounts, today = row.amounts, row.amounts.as_of
    click.echo("")
    output.emit_table(
        (tr("Overdue (CNY)"), tr("To settle"), tr("To a lower bucket"), tr("Not yet due")),
        [
            (
                formats.money(amounts.overdue_fen),
                formats.money(amounts.settle_fen),
                formats.money(amounts.to_lower_bucket_fen),
                formats.money(amounts.undue_fen),
            )
        ],
        range(4),
    )
    if row.holds:
        click.echo("")
        output.emit_table(
            (tr("Hold"), tr("From"), tr("Until")),
            [
                (word(hold.reason), hold.from_on.isoformat(), formats.day(hold.until_on, today))
                for hold in row.holds
            ],
            (),
        )
    if row.timeline:
        click.echo("")
        output.emit_table(
            (tr("Day"), tr("What"), tr("People"), tr("Text")),
            [
                (entry.on.isoformat(), word(entry.kind), ", ".join(entry.people), entry.text)
                for entry in row.timeline
            ],
            (),
        )
