"""`work`: take in what other systems left in the inbox, and settle what was refused."""

from dataclasses import asdict, fields, replace
from threading import Event
from typing import TYPE_CHECKING

import click

from supervisor import words
from supervisor.cli import output
from supervisor.cli.frame import Call, Exit, TranslatedCommand, option
from supervisor.i18n import mark, ntr, tr
from supervisor.models.enums import InboxState
from supervisor.words.formats import moment
from supervisor.words.intake import why_refused

if TYPE_CHECKING:
    from supervisor.models.database import Database
    from supervisor.models.rows.intake import ArrivalRow, DrainResult
    from supervisor.models.rows.judging import JudgingResult

WORK_EVERY_SECONDS = 1


@click.command(cls=TranslatedCommand, help=mark("Take in what other systems left in the inbox."))
@option("--once", is_flag=True, text=mark("Take what is there and end."))
@option("--retry", is_flag=True, text=mark("Try refused arrivals once more."))
@option("--refused", is_flag=True, text=mark("Only list the refused arrivals with their reasons."))
@option(
    "--dismiss",
    type=click.IntRange(1, 2**63 - 1),
    multiple=True,
    text=mark("Only put this refused arrival aside."),
)
@click.pass_obj
def work(call: Call, /, *, once: bool, retry: bool, refused: bool, dismiss: tuple[int, ...]) -> int:
    """Drain arrivals; without `--once` go on until stopped."""
    from supervisor.intake import api

    with call.opened() as database:
        if refused:
            return _list_refused(call, database)
        if dismiss:
            return _dismiss(call, database, dismiss)
        if retry:
            api.retry_arrivals(database, call.actor())
        return _work(call, database, once=once)


def _work(call: Call, database: "Database", *, once: bool) -> int:
    """Rounds until nothing waits that can be taken; then told as one."""
    from supervisor.intake import api

    while True:
        rounds = [api.drain_inbox(database, call.actor())]
        while rounds[-1].waiting and rounds[-1].taken:
            rounds.append(api.drain_inbox(database, call.actor()))
        done = _together(rounds)
        judged = _judge(call, database)
        if done.taken or once:
            _tell(call, done, judged)
        if once:
            return Exit.CHECK_FAILED if done.refused else Exit.DONE
        Event().wait(WORK_EVERY_SECONDS)  # a signal ends it


def _judge(call: Call, database: "Database") -> "JudgingResult":
    """Every visit that waits, so that its flags stand soon; late flags are told on."""
    from supervisor.intake.judging import judge_all
    from supervisor.intake.worker import Worker
    from supervisor.models.commands.follow_ups import anything_late, escalate_flags
    from supervisor.models.orders_incidents import EscalateFlags

    plans = Worker(database, call.actor())
    first = plans.check_all_plans()
    result = judge_all(database, call.actor())
    second = plans.check_all_plans()
    while plans.clean_summary():
        pass
    if database.read(anything_late, None):
        database.write(escalate_flags, EscalateFlags(actor=call.actor()))
    counts = {
        **result.counts,
        "plans_checked": first.plans + second.plans,
        "plans_recalled": first.recalled + second.recalled,
    }
    return replace(result, counts=counts)


def _together(rounds: "list[DrainResult]") -> "DrainResult":
    sums = {item.name: sum(getattr(one, item.name) for one in rounds) for item in fields(rounds[0])}
    return replace(rounds[-1], **{**sums, "waiting": rounds[-1].waiting})


def _tell(call: Call, done: "DrainResult", judged: "JudgingResult") -> None:
    raised = judged.counts.get("raised", 0)
    if call.json:
        counts = {
            "judged": judged.visits,
            "flags_raised": raised,
            "plans_checked": judged.counts.get("plans_checked", 0),
            "plans_recalled": judged.counts.get("plans_recalled", 0),
        }
        output.emit_json({**asdict(done), **counts})
        return
    output.say(
        tr(
            "{taken} arrivals taken in, {refused} refused, {waiting} waiting.",
            taken=done.taken,
            refused=done.refused,
            waiting=done.waiting,
        )
    )
    if judged.visits:
        output.say(ntr("{n} flag raised.", "{n} flags raised.", raised))
    recalled = judged.counts.get("plans_recalled", 0)
    if recalled:
        output.say(
            ntr("{n} planned visit to call back.", "{n} planned visits to call back.", recalled)
        )
    if done.refused:
        output.say(tr("List them with their reasons: supervisor work --refused"))


def _list_refused(call: Call, database: "Database") -> int:
    from supervisor.models.queries import imports

    rows = database.read(imports.arrivals, InboxState.REFUSED)
    if call.json:
        output.emit_json([_as_data(row) for row in rows])
        return Exit.DONE
    heads = (tr("Number"), tr("Received"), tr("Source"), tr("Kind"), tr("Key"), tr("Why refused"))
    lines = [
        (
            str(row.arrival_id),
            moment(row.received_at, call.day()),
            row.source,
            row.kind,
            row.key,
            why_refused(row),
        )
        for row in rows
    ]
    output.emit_table(heads, lines, {0})
    return Exit.DONE


def _as_data(row: "ArrivalRow") -> dict[str, object]:
    return {
        "arrival": row.arrival_id,
        "received_at": row.received_at,
        "source": row.source,
        "kind": row.kind,
        "key": row.key,
        "field": row.facts.get("field", ""),
        "code": row.code,
        "reason": words.sentence(row.code or "", row.facts),
    }


def _dismiss(call: Call, database: "Database", chosen: tuple[int, ...]) -> int:
    from supervisor.intake import api

    moved = api.dismiss_arrivals(database, call.actor(), chosen).counts["arrivals"]
    if call.json:
        output.emit_json({"dismissed": moved})
    else:
        output.say(ntr("{n} arrival was put aside.", "{n} arrivals were put aside.", moved))
    return Exit.DONE
