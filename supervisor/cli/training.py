"""`training list|courses|course|assign|done|withdraw`: courses and who takes them."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click

from supervisor import words
from supervisor.cli import output
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand, TranslatedGroup, option
from supervisor.errors import ExpectedError
from supervisor.i18n import mark, ntr, tr
from supervisor.models.changes import Actor, Changes
from supervisor.models.enums import Role, Tick
from supervisor.models.enums_training import AssignmentState
from supervisor.models.ids import TrainingId
from supervisor.models.rows.training import CourseFilter, CourseRow, TrainingFilter

if TYPE_CHECKING:
    from supervisor.models.database import Database

DUE_DAYS = 14
_DAY = click.DateTime(["%Y-%m-%d"])
_AS = option(
    "--as",
    "role",
    type=click.Choice([role.value for role in Role]),
    text=mark("In this role, where one person holds several."),
)


@click.group(cls=TranslatedGroup, help=mark("Training: courses, who takes them, who took them."))
def training() -> None:
    """Commands about training."""


def _actor(call: Call, role: str | None) -> Actor:
    return call.actor(Role(role) if role else None)


@training.command("list", cls=TranslatedCommand,
                  help=mark("List who has which course to take; what is late first."))  # fmt: skip
@option("--state", "states", multiple=True,
        type=click.Choice([one.value for one in AssignmentState]),
        text=mark("Only assignments in this state; may be repeated."))  # fmt: skip
@option("--search", default="", text=mark("Person, staff number, or course."))
@option("--limit", type=click.IntRange(1, 100_000), default=500, text=mark("At most so many."))
@click.pass_obj
def list_(call: Call, /, states: tuple[str, ...], search: str, limit: int) -> int:
    """Assignments as lines, or as JSON."""
    from supervisor.models.queries.training import assignments

    wanted = TrainingFilter(
        as_of=call.day(),
        states=frozenset(map(AssignmentState, states)),
        search=search,
        limit=limit,
        allowed=call.actor().branches,
    )
    with call.opened() as database:
        page = database.read(assignments, wanted)
    if call.json:
        output.emit_json(
            {"total": page.total, "by_state": page.by_state, "trainings": list(page.rows)}
        )
        return Exit.DONE
    heads = (tr("No."), tr("Person"), tr("Training course"), tr("Due"), tr("State"), tr("Flag"))
    lines = [
        (
            str(row.training_id),
            f"{row.staff} {row.staff_no}",
            row.course,
            row.due_on.isoformat(),
            words.word(row.state),
            row.flag_no,
        )
        for row in page.rows
    ]
    output.emit_table(heads, lines, {0})
    output.say(ntr("{n} course to take or taken.", "{n} courses to take or taken.", page.total))
    return Exit.DONE


@training.command(cls=TranslatedCommand, help=mark("List the courses there are."))
@click.pass_obj
def courses(call: Call, /) -> int:
    """Courses as lines, or as JSON."""
    with call.opened() as database:
        rows = _courses(call, database)
    if call.json:
        output.emit_json([asdict(row) for row in rows])
        return Exit.DONE
    heads = (tr("Code"), tr("Name"), tr("Minutes"), tr("Themes"), tr("In use"))
    lines = [
        (row.code, row.name, str(row.minutes), ",".join(row.themes),
         words.word(Tick.YES if row.active else Tick.NO))
        for row in rows
    ]  # fmt: skip
    output.emit_table(heads, lines, {2})
    return Exit.DONE


def _courses(call: Call, database: "Database") -> tuple[CourseRow, ...]:
    from supervisor.models.queries.training import courses as ask

    return database.read(ask, CourseFilter(as_of=call.day(), allowed=call.actor().branches))


def _course(call: Call, database: "Database", code: str) -> CourseRow | None:
    return next((row for row in _courses(call, database) if row.code == code), None)


@training.command(cls=TranslatedCommand, help=mark("Add a course, or change the one of this code."))
@click.argument("code")
@option("--name", default="", text=mark("What it is called."))
@option("--minutes", type=click.IntRange(1, 10_000), text=mark("How long it takes."))
@option("--theme", "themes", multiple=True,
        text=mark("Rule id or category it answers; may be repeated."))  # fmt: skip
@option("--off", is_flag=True, text=mark("Out of use: assigned no more."))
@_AS
@click.pass_obj
def course(
    call: Call,
    /,
    code: str,
    name: str,
    minutes: int | None,
    themes: tuple[str, ...],
    *,
    off: bool,
    role: str | None,
) -> int:
    """One course; what is not said stays as it was."""
    from supervisor.models.commands.training import save_course
    from supervisor.models.orders_training import SaveCourse

    with call.opened() as database:
        old = _course(call, database, code)
        order = SaveCourse(
            actor=_actor(call, role),
            course_id=None if old is None else old.course_id,
            code=code,
            name=name or ("" if old is None else old.name),
            minutes=minutes or (30 if old is None else old.minutes),
            themes=themes or (() if old is None else old.themes),
            active=not off,
            version=None if old is None else old.version,
        )
        return _told(call, database.write(save_course, order))


@training.command(cls=TranslatedCommand, help=mark("Assign a course to people by staff number."))
@click.argument("code")
@click.argument("people", nargs=-1, required=True, metavar="STAFF...")
@option("--due", type=_DAY, text=mark("Last day to take it; two weeks from today unless said."))
@option("--why", default="", text=mark("Why; the person is told."))
@option("--flag", "flag", default="", text=mark("The flag it is for."))
@_AS
@click.pass_obj
def assign(
    call: Call,
    /,
    code: str,
    people: tuple[str, ...],
    due: datetime | None,
    why: str,
    flag: str,
    role: str | None,
) -> int:
    """One course to one or more people."""
    from supervisor.cli.flags import found_flag
    from supervisor.cli.reads import directory_of
    from supervisor.models.commands.training import assign_training
    from supervisor.models.orders_training import AssignTraining

    with call.opened() as database:
        row = _course(call, database, code)
        if row is None:
            raise ExpectedError("course_not_found")
        staff = {one.staff_no: one.staff_id for one in directory_of(database, call).staff}
        unknown = [one for one in people if one not in staff]
        if unknown:
            raise ExpectedError("training_person_unknown", person=", ".join(unknown))
        order = AssignTraining(
            actor=_actor(call, role),
            staff=tuple(staff[one] for one in people),
            course_id=row.course_id,
            due_on=due.date() if due else call.day() + timedelta(days=DUE_DAYS),
            why=why,
            flag=found_flag(call, database, flag) if flag else None,
        )
        return _told(call, database.write(assign_training, order))


@training.command(cls=TranslatedCommand, help=mark("Say that a course was taken."))
@click.argument("number", type=int)
@option("--on", type=_DAY, text=mark("The day it was taken; today unless said."))
@_AS
@click.pass_obj
def done(call: Call, /, number: int, on: datetime | None, role: str | None) -> int:
    """One assignment is done."""
    from supervisor.models.commands.training import finish_training
    from supervisor.models.orders_training import FinishTraining, TrainingRef

    order = FinishTraining(
        actor=_actor(call, role),
        training=TrainingRef(TrainingId(number)),
        done_on=on.date() if on else call.day(),
    )
    with call.opened() as database:
        return _told(call, database.write(finish_training, order))


@training.command(cls=TranslatedCommand, help=mark("Take back what was assigned by mistake."))
@click.argument("number", type=int)
@option("--reason", required=True, text=mark("Why; the audit keeps that it was withdrawn."))
@_AS
@click.pass_obj
def withdraw(call: Call, /, number: int, reason: str, role: str | None) -> int:
    """One assignment is gone."""
    from supervisor.models.commands.training import withdraw_training
    from supervisor.models.orders_training import TrainingRef, WithdrawTraining

    ref = TrainingRef(TrainingId(number))
    order = WithdrawTraining(actor=_actor(call, role), training=ref, because=reason)
    with call.opened() as database:
        return _told(call, database.write(withdraw_training, order))


def _told(call: Call, changes: Changes) -> int:
    """The act, what was made, and who was left out and why."""
    if call.json:
        output.emit_json(
            {
                "act": changes.act,
                "counts": changes.counts,
                "created": changes.created,
                "refused": [
                    {"subject": one.subject, "code": one.code,
                     "reason": words.sentence(one.code, one.facts)}
                    for one in changes.refused
                ],
            }
        )  # fmt: skip
    else:
        output.say(words.word(changes.act))
        for one in changes.refused:
            output.say(words.sentence(one.code, one.facts))
    return Exit.CHECK_FAILED if changes.refused else Exit.DONE
