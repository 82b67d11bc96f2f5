"""`flag list|show|move|review|judge|again`: incidents and their follow-up from the command line."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from supervisor import words
from supervisor.cli import output
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand, TranslatedGroup, option
from supervisor.errors import BadInputError, ExpectedError
from supervisor.i18n import mark, ntr, tr
from supervisor.models.changes import Actor, Changes
from supervisor.models.enums import FlagCategory, FlagState, Role, Severity
from supervisor.models.enums_incidents import FlagMove, Verdict
from supervisor.models.ids import FlagId
from supervisor.models.rows.incidents import FlagRef, IncidentFilter, IncidentRow
from supervisor.words.formats import moment

if TYPE_CHECKING:
    from supervisor.models.database import Database
    from supervisor.models.orders import Order
    from supervisor.models.rows.incident_detail import IncidentDetail

_STATES = click.Choice([one.value for one in FlagState])
_CATEGORIES = click.Choice([one.value for one in FlagCategory])
_SEVERITIES = click.Choice([one.value for one in Severity])
_AS = option(
    "--as",
    "role",
    type=click.Choice([role.value for role in Role]),
    text=mark("In this role, where one person holds several."),
)


@click.group(cls=TranslatedGroup, help=mark("Flags: list, show, move on, review, judge visits."))
def flag() -> None:
    """Commands about flags."""


@flag.command("list", cls=TranslatedCommand, help=mark("List flags, the most pressing first."))
@option("--state", "states", multiple=True, type=_STATES,
        text=mark("Only flags in this state; may be repeated."))  # fmt: skip
@option("--category", "categories", multiple=True, type=_CATEGORIES,
        text=mark("Only flags of this category; may be repeated."))  # fmt: skip
@option("--severity", "severities", multiple=True, type=_SEVERITIES,
        text=mark("Only flags this serious; may be repeated."))  # fmt: skip
@option("--late", is_flag=True, text=mark("Only what is past its due time."))
@option("--search", default="", text=mark("Case, contract, person of ours, or flag number."))
@option("--limit", type=click.IntRange(1, 100_000), default=500, text=mark("At most so many."))
@_AS
@click.pass_obj
def list_(
    call: Call,
    /,
    states: tuple[str, ...],
    categories: tuple[str, ...],
    severities: tuple[str, ...],
    *,
    late: bool,
    search: str,
    limit: int,
    role: str | None,
) -> int:
    """Flags as lines, or all their columns as JSON."""
    from supervisor.models.queries.incidents import incident_counts, incidents

    actor = _actor(call, role)
    wanted = IncidentFilter(
        as_of=call.day(),
        now=call.now(),
        states=frozenset(map(FlagState, states)),
        categories=frozenset(map(FlagCategory, categories)),
        severities=frozenset(map(Severity, severities)),
        late_only=late,
        search=search,
        limit=limit,
        allowed=actor.branches,
        deidentified=actor.role is Role.TRAINING_LEAD,
    )
    with call.opened() as database:
        page = database.read(incidents, wanted)
        waiting = 0 if page.total else database.read(incident_counts, wanted).to_judge
    if call.json:
        output.emit_json(
            {
                "total": page.total,
                "matching": page.matching,
                "by_state": {state.value: count for state, count in page.by_state.items()},
                "flags": [_line(row) for row in page.rows],
            }
        )
        return Exit.DONE
    heads = (tr("Flag"), tr("Severity"), tr("Category"), tr("State"), tr("Due"), tr("Case"))
    lines = [
        (
            row.flag_no,
            words.word(row.severity),
            words.word(row.category),
            words.word(row.state),
            moment(row.due_at, call.day()),
            row.case_no,
        )
        for row in page.rows
    ]
    output.emit_table(heads, lines, ())
    output.say(ntr("{n} flag.", "{n} flags.", page.matching))
    if waiting:
        output.say(
            ntr(
                "{n} visit waits to be judged: supervisor flag judge",
                "{n} visits wait to be judged: supervisor flag judge",
                waiting,
            )
        )
    return Exit.DONE


def _actor(call: Call, role: str | None) -> Actor:
    return call.actor(Role(role) if role else None)


def _line(row: IncidentRow) -> dict[str, Any]:
    return {"flag": row.flag_no, **asdict(row)}


@flag.command(cls=TranslatedCommand, help=mark("Show one flag with findings, steps and history."))
@click.argument("number", metavar="FLAG")
@_AS
@click.pass_obj
def show(call: Call, /, number: str, role: str | None) -> int:
    """Everything about one flag."""
    from supervisor.models.queries.incident_detail import incident
    from supervisor.models.rows.incident_detail import IncidentAsk

    actor = _actor(call, role)
    with call.opened() as database:
        ref = found_flag(call, database, number)
        ask = IncidentAsk(ref.branch_id, ref.flag_id, actor, call.day(), call.now())
        detail = database.read(incident, ask)
    if detail is None:
        raise ExpectedError("flag_not_found")
    if call.json:
        output.emit_json(asdict(detail))
        return Exit.DONE
    row = detail.row
    said = (row.severity, row.category, row.caused_by, row.state)
    click.echo(" · ".join([row.flag_no, *map(words.word, said), row.case_no]))
    if detail.visit is not None:
        click.echo(output.one_line(detail.visit.note))
    cards = [
        (str(card.number), words.word(card.severity), card.rule_id, card.rule_version)
        for card in detail.cards
    ]
    output.emit_table((tr("Finding"), tr("Severity"), tr("Rule"), tr("Version")), cards, {0})
    events = [
        (moment(event.at, call.day()), words.word(event.kind), event.by, event.words)
        for event in detail.events
    ]
    output.emit_table((tr("When"), tr("What"), tr("By"), tr("Words")), events, ())
    _say_what_next(detail)
    return Exit.DONE


def _say_what_next(detail: "IncidentDetail") -> None:
    """What this person may do, as it is typed; what a review still waits for."""
    given = sum(one.current and not one.decides for one in detail.reviews)
    if 0 < given < detail.reviews_needed:
        output.say(
            tr(
                "{given} of {n} reviews are in; the next is another person's.",
                given=given,
                n=detail.reviews_needed,
            )
        )
    typed = {FlagMove.REVIEW: "flag review", FlagMove.DECIDE: "flag review --decide"}
    moves = [
        f"{typed.get(one, f'flag move {one.value}')} ({words.word(one)})"
        for one in FlagMove
        if one in detail.moves
    ]
    if moves:
        output.say(tr("Next: {moves}", moves=tr(", ").join(moves)))


def found_flag(call: Call, database: "Database", number: str) -> FlagRef:
    """The flag people call F-20461, or 20461."""
    from supervisor.models.queries.incidents import incidents

    plain = number.strip().upper().removeprefix("F-")
    if not (plain.isascii() and plain.isdecimal()):
        raise BadInputError("flag_number_bad", value=number)
    wanted = IncidentFilter(
        as_of=call.day(), now=call.now(), search=f"F-{plain}", allowed=call.actor().branches
    )
    for row in database.read(incidents, wanted).rows:
        if row.ref.flag_id == int(plain):
            return FlagRef(row.ref.branch_id, row.ref.flag_id)
    raise ExpectedError("flag_not_found")


_SIMPLE = tuple(
    move.value
    for move in FlagMove
    if move not in {FlagMove.REVIEW, FlagMove.DECIDE, FlagMove.MARK_DUPLICATE}
)


@flag.command(cls=TranslatedCommand, help=mark("Move a flag on, with a reason where one is due."))
@click.argument("number", metavar="FLAG")
@click.argument("move", type=click.Choice((*_SIMPLE, FlagMove.MARK_DUPLICATE.value)))
@option("--reason", default="", text=mark("Why; it stays with the flag."))
@option("--owner", default="", text=mark("Who takes it, for assign."))
@option("--of", "other", default="", text=mark("The flag that stays, for mark_duplicate."))
@_AS
@click.pass_obj
def move(
    call: Call, /, number: str, move: str, reason: str, owner: str, other: str, role: str | None
) -> int:
    """One move of one flag."""
    from supervisor.models.commands import incidents as does
    from supervisor.models.orders_incidents import (
        AssignFlag,
        LiftHold,
        LookAtFlag,
        MarkDuplicate,
        ReopenFlag,
        ReturnFlag,
        SendToReview,
    )

    actor = _actor(call, role)
    with call.opened() as database:
        ref = found_flag(call, database, number)
        kept = found_flag(call, database, other).flag_id if other else FlagId(0)
        orders: dict[FlagMove, tuple[Any, Order]] = {
            FlagMove.LOOK: (does.look_at_flag, LookAtFlag(actor=actor, flag=ref, words=reason)),
            FlagMove.ASSIGN: (
                does.assign_flag,
                AssignFlag(actor=actor, flag=ref, owner=owner, words=reason),
            ),
            FlagMove.SEND_TO_REVIEW: (
                does.send_to_review,
                SendToReview(actor=actor, flag=ref, words=reason),
            ),
            FlagMove.RETURN: (does.return_flag, ReturnFlag(actor=actor, flag=ref, words=reason)),
            FlagMove.REOPEN: (does.reopen_flag, ReopenFlag(actor=actor, flag=ref, reason=reason)),
            FlagMove.LIFT_HOLD: (does.lift_hold, LiftHold(actor=actor, flag=ref, words=reason)),
            FlagMove.MARK_DUPLICATE: (
                does.mark_duplicate,
                MarkDuplicate(actor=actor, flag=ref, duplicate_of=kept, reason=reason),
            ),
        }
        command, order = orders[FlagMove(move)]
        changes = database.write(command, order)
        return _tell(call, database, ref, changes)


@flag.command(cls=TranslatedCommand, help=mark("Submit a review, or with --decide the decision."))
@click.argument("number", metavar="FLAG")
@click.argument(
    "verdict", type=click.Choice([one.value for one in Verdict if one is not Verdict.DUPLICATE])
)
@option("--reason", required=True, text=mark("Why; it stays with the flag."))
@option("--decide", is_flag=True, text=mark("The decision after reviews that differ."))
@_AS
@click.pass_obj
def review(
    call: Call, /, number: str, verdict: str, reason: str, *, decide: bool, role: str | None
) -> int:
    """A judgement of one flag."""
    from supervisor.models.commands import reviews as does
    from supervisor.models.orders_incidents import DecideFlag, SubmitReview
    from supervisor.models.queries.incident_detail import incident
    from supervisor.models.rows.incident_detail import IncidentAsk

    actor, judged = _actor(call, role), Verdict(verdict)
    with call.opened() as database:
        ref = found_flag(call, database, number)
        if decide:
            decision = DecideFlag(actor=actor, flag=ref, verdict=judged, reason=reason)
            changes = database.write(does.decide_flag, decision)
        else:
            given = SubmitReview(actor=actor, flag=ref, verdict=judged, reason=reason)
            changes = database.write(does.submit_review, given)
        code = _tell(call, database, ref, changes)
        detail = database.read(incident, IncidentAsk(ref.branch_id, ref.flag_id, actor, call.day(),
                                                     call.now()))  # fmt: skip
    if detail is not None and not call.json:
        _say_what_next(detail)
    return code


def _tell(call: Call, database: "Database", ref: FlagRef, changes: Changes) -> int:
    from supervisor.models.queries.incidents import incidents

    wanted = IncidentFilter(as_of=call.day(), now=call.now(), search=f"F-{ref.flag_id}")
    rows = database.read(incidents, wanted).rows
    row = next(one for one in rows if one.ref.flag_id == ref.flag_id)
    if call.json:
        output.emit_json(
            {
                "act": changes.act,
                "flag": row.flag_no,
                "state": row.state,
                "verdict": row.verdict,
                "held": row.held,
                "due_at": row.due_at,
            }
        )
    else:
        output.say(tr("{flag} is now: {state}.", flag=row.flag_no, state=words.word(row.state)))
    return Exit.DONE


@flag.command("judge", cls=TranslatedCommand, help=mark("Judge every visit that waits for it."))
@click.pass_obj
def judge_visits(call: Call, /) -> int:
    """Round after round; a stopped run goes on where it was."""
    from supervisor.intake.judging import judge_all
    from supervisor.models.queries.incidents import incident_counts

    with call.opened() as database:
        wanted = IncidentFilter(as_of=call.day(), now=call.now())
        waiting = database.read(incident_counts, wanted).to_judge

        def report(done: int) -> None:
            output.say(tr("{done} of {of} visits judged.", done=done, of=waiting))

        result = judge_all(database, call.actor(), None if call.json else report)
    if call.json:
        output.emit_json({"visits": result.visits, **result.counts})
    elif not result.visits:
        output.say(tr("No visit waits to be judged."))
    else:
        raised = result.counts.get("raised", 0)
        output.say(ntr("{n} flag raised.", "{n} flags raised.", raised))
    return Exit.DONE


@flag.command(cls=TranslatedCommand, help=mark("Let visits be read again; first see what changes."))
@option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), text=mark("First day of visits."))
@option("--until", "last", type=click.DateTime(["%Y-%m-%d"]), text=mark("Last day of visits."))
@option("--preview", is_flag=True, text=mark("Only say what would change."))
@_AS
@click.pass_obj
def again(call: Call, /, first: Any, last: Any, *, preview: bool, role: str | None) -> int:
    """Read again, or preview it."""
    from supervisor.models.commands.rereading import preview_read_again, read_again
    from supervisor.models.orders_incidents import ReadAgain

    order = ReadAgain(
        actor=_actor(call, role),
        visited_from=first.date() if first else None,
        visited_until=last.date() if last else None,
        limit=100_000,
    )
    with call.opened() as database:
        if preview:
            found = database.read(preview_read_again, order)
            data = asdict(found)
            if call.json:
                output.emit_json(data)
            else:
                lines = [(name, str(value)) for name, value in data.items()]
                output.emit_table((tr("What"), tr("How many")), lines, {1})
            return Exit.DONE
        changes = database.write(read_again, order)
    count = changes.counts["visits"]
    if call.json:
        output.emit_json({"visits": count})
    else:
        output.say(ntr("{n} visit waits again.", "{n} visits wait again.", count))
    return Exit.DONE
