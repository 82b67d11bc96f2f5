"""`report ...`: reports taken, made and written; the list, stored copies, figures."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from supervisor import i18n
from supervisor.cli import output, report_shelf
from supervisor.cli.doors import Exit
from supervisor.cli.frame import DAY, Call, TranslatedCommand, TranslatedGroup, option
from supervisor.cli.report_options import (
    BRANCH,
    OUTPUT,
    look_arguments,
    look_of,
    look_options,
)
from supervisor.cli.report_periods import MONTH, WEEK, Days, last_month, last_week
from supervisor.errors import BadInputError
from supervisor.i18n import mark, ntr
from supervisor.models.enums_reports import CopyForm, ReportKind

if TYPE_CHECKING:
    from supervisor.cli.report_made import Job, Made, Making
    from supervisor.models.database import Database

_K = ReportKind
_XLSX = option("--xlsx", is_flag=True, text=mark("A workbook beside each PDF."))
_AGAIN = option("--again", is_flag=True,
                text=mark("Take it anew, though it was taken today."))  # fmt: skip
_WORKERS = option("--workers", type=click.IntRange(1, 64),
                  text=mark("So many processes; one for each processor unless said."))  # fmt: skip
_COMPARE = option("--compare", is_flag=True,
                  text=mark("The branches beside each other as well."))  # fmt: skip
_TOGETHER = option("--together", is_flag=True,
                   text=mark("The comparison and all branches in one PDF as well."))  # fmt: skip
_LINES = click.option("--lines", is_flag=True, hidden=True)
_PERIOD = (
    option("--week", type=WEEK, text=mark("An ISO week, such as 2026-W47; last week unless said.")),
    option("--month", type=MONTH, text=mark("A month, such as 2026-11.")),
    option("--from", "first", type=DAY, text=mark("First day.")),
    option("--to", "last", type=DAY, text=mark("Last day.")),
)


@click.group(
    cls=TranslatedGroup,
    help=mark("Reports: take and write them, list them, print stored ones again."),
)
def report() -> None:
    """Commands about reports."""


def _kind(kind: ReportKind, text: str, subject: str = "", *, needed: bool = True) -> None:
    """Add the command of a kind; `subject`: what its argument is called."""

    def run(call: Call, /, **asked: Any) -> int:
        return _make(call, kind, asked)

    command: Any = click.pass_obj(run)
    for add in (*reversed(_PERIOD), BRANCH, OUTPUT, _XLSX, _AGAIN, _WORKERS, _LINES):
        command = add(command)
    if kind is _K.WEEKLY:
        for add in (_TOGETHER, _COMPARE):
            command = add(command)
    for add in look_options(kind):
        command = add(command)
    if subject:
        command = click.argument("subject", metavar=subject, required=needed)(command)
    name = kind.value.replace("_", "-")
    report.command(name, cls=TranslatedCommand, help=text)(command)


for _one in report_shelf.COMMANDS:
    report.add_command(_one)
_kind(_K.WEEKLY, mark("The week of each branch, as a file of its own."))
_kind(_K.DIGEST, mark("Branches beside each other, without a rank."))
_kind(_K.INCIDENTS, mark("Incidents and their follow-up."))
_kind(_K.TRAINING, mark("Cases for training, de-identified."), "THEME", needed=False)
_kind(_K.ROLL_RATE, mark("Where debt moved in a month; last month unless said."))
_kind(_K.AGENT, mark("The sheet of one collector."), "NUMBER")
_kind(_K.VISIT_SHEET, mark("Visits of a day, or of one case, to take along."), "CASE", needed=False)
_kind(_K.EVIDENCE, mark("Everything that happened on one case, masked."), "CASE")


def _days(call: Call, kind: ReportKind, asked: dict[str, Any]) -> Days:
    """The period asked for, known to be one before anything is begun.

    Raises:
        BadInputError: said in two ways, upside down, or ahead of us.
    """
    days = _said_days(call, kind, asked)
    if days[0] > days[1]:
        raise BadInputError("report_period_backwards")
    if days[0] > call.day() and kind is not _K.VISIT_SHEET:
        raise BadInputError("report_period_future")
    return days


def _said_days(call: Call, kind: ReportKind, asked: dict[str, Any]) -> Days:
    first, last = asked["first"], asked["last"]
    said = [one for one in (asked["week"], asked["month"], first or last) if one is not None]
    if len(said) > 1:
        raise BadInputError("report_period_twice")
    if asked["week"] or asked["month"]:
        days: Days = asked["week"] or asked["month"]
        return days
    if first or last:
        return first or last, last or first
    today = call.day()
    if kind is _K.VISIT_SHEET:
        return today, today
    if kind is _K.EVIDENCE:
        return date(today.year - 1, today.month, 1), today
    return last_month(today) if kind is _K.ROLL_RATE else last_week(today)


def _make(call: Call, kind: ReportKind, asked: dict[str, Any]) -> int:
    from supervisor.cli.report_children import folder_of, workers_for
    from supervisor.cli.report_jobs import jobs_of
    from supervisor.cli.report_made import Making

    days = _days(call, kind, asked)
    made: list[Made] = []
    code: int = Exit.DONE
    with call.opened() as database:
        jobs = jobs_of(database, call, kind, days, asked)
        workers = workers_for(len(jobs), asked["workers"])
        making = Making(
            actor=call.actor(),
            now=call.now(),
            language=i18n.language(),
            folder=folder_of(asked["folder"]),
            forms=(CopyForm.PDF, *((CopyForm.WORKBOOK,) if asked["xlsx"] else ())),
            again=asked["again"],
            look=look_of(kind, call.actor().role, asked),
        )
        if workers == 1:
            beside = _beside(asked)
            first = jobs_of(database, call, _K.DIGEST, days, asked) if beside else []
            code = _here(database, making, [*first, *jobs], made, lines=asked["lines"])
    if workers > 1:
        codes = [job.place for job in jobs]
        code = _by_children(call, (kind, days, workers), making, codes, asked, made)
    if asked.get("together") and not code:
        from supervisor.cli.report_making import make_together

        with call.opened() as database:
            made.append(make_together(database, making, made))
    if not asked["lines"] and (made or not code):
        _say(call, made)
    return code


def _beside(asked: dict[str, Any]) -> bool:
    """Whether the comparison of the branches is wanted as well."""
    return bool(asked.get("compare") or asked.get("together"))


def _here(
    database: "Database", making: "Making", jobs: "list[Job]", made: "list[Made]", *, lines: bool
) -> int:
    """Make them in this process; a share of a process that is gone is left to who comes next."""
    from supervisor.cli.report_children import is_orphan, say_line
    from supervisor.cli.report_making import make

    for job in jobs:
        if is_orphan():
            return Exit.WORLD_SAID_NO
        for one in make(database, making, job):
            made.append(one)
            if lines:
                say_line(one)
    return Exit.DONE


def _by_children(
    call: Call,
    what: tuple[ReportKind, Days, int],
    making: "Making",
    codes: list[str],
    asked: dict[str, Any],
    made: "list[Made]",
) -> int:
    """The comparison by one process, then the branches by several."""
    from supervisor.cli.report_children import make_by_children, shared

    kind, days, workers = what
    options = ["--from", days[0].isoformat(), "--to", days[1].isoformat(),
               "--output", str(making.folder), "--lang", making.language]  # fmt: skip
    options += ["--xlsx"] if asked["xlsx"] else []
    options += ["--again"] if making.again else []
    options += ["--as-of", call.as_of.isoformat()] if call.as_of is not None else []
    runs = [(kind, shared(codes, workers))]
    if _beside(asked):
        runs.insert(0, (_K.DIGEST, [list(asked["branches"]) or ["all"]]))
    code = 0
    for one, shares in runs:
        arguments = ["report", one.value.replace("_", "-"), *options]
        arguments += look_arguments(one, making.look)
        for found in make_by_children(call.address(), arguments, shares):
            if isinstance(found, int):
                code = code or found
            else:
                made.append(found)
    made.sort(key=lambda one: (one.branch, one.path))
    return code


def _say(call: Call, made: "list[Made]") -> None:
    again = sum(one.used_again for one in made)
    if again:
        output.say(
            ntr(
                "{n:,} file is of a report taken earlier today; --again takes it anew.",
                "{n:,} files are of reports taken earlier today; --again takes them anew.",
                again,
            )
        )
    if call.json:
        output.emit_json(
            [
                {"run_id": one.run_id, "branch": one.branch, "path": one.path, "sha256": one.sha256}
                for one in made
            ]
        )
        return
    for one in made:
        output.say(one.path)
    output.say(ntr("{n:,} file written.", "{n:,} files written.", len(made)))
