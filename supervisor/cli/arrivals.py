"""`work`: take in what other systems left in the inbox, and settle what was refused."""

from collections.abc import Iterable
from dataclasses import asdict
from threading import Event
from typing import TYPE_CHECKING

import click

from supervisor import words
from supervisor.cli import output
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand, option
from supervisor.i18n import mark, ntr, tr
from supervisor.models.enums_intake import InboxState
from supervisor.words.formats import moment
from supervisor.words.intake import why_refused

if TYPE_CHECKING:
    from supervisor.intake.worker import Round
    from supervisor.models.database import Database
    from supervisor.models.rows.intake import ArrivalRow

WORK_EVERY_SECONDS = 0.5
"""An idle round is a few looks at indexes; a desktop has to hear of it within two seconds too."""
_COUNTED = (
    "taken",
    "inserted",
    "updated",
    "unchanged",
    "refused",
    "repeated",
    "waiting",
    "judged",
    "flags_raised",
    "plans_checked",
    "plans_recalled",
)


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
    """Rounds until nothing is left to do, told as one; or on and on, telling what was taken in."""
    from supervisor.intake.worker import Worker

    worker = Worker(database, call.actor())
    if once:
        done = _together(worker.work_off())
        _tell(call, done)
        return Exit.CHECK_FAILED if done["refused"] else Exit.DONE
    while True:
        one = worker.work()
        if one.drained is not None and one.drained.taken:
            _tell(call, _together([one]))
        if not one.busy:
            Event().wait(WORK_EVERY_SECONDS)  # a signal ends it


def _together(rounds: "Iterable[Round]") -> dict[str, int]:
    """The sums of some rounds; of what waits, the last that is known."""
    sums = dict.fromkeys(_COUNTED, 0)
    for one in rounds:
        if one.drained is not None:
            for key, count in asdict(one.drained).items():
                sums[key] = count if key == "waiting" else sums[key] + count
        sums["judged"] += one.judged.visits
        sums["flags_raised"] += one.judged.counts.get("raised", 0)
        sums["plans_checked"] += one.plans.plans
        sums["plans_recalled"] += one.plans.recalled
    return sums


def _tell(call: Call, done: dict[str, int]) -> None:
    if call.json:
        output.emit_json(done)
        return
    output.say(tr("{taken} arrivals taken in, {refused} refused, {waiting} waiting.", **done))
    if done["judged"]:
        output.say(ntr("{n} flag raised.", "{n} flags raised.", done["flags_raised"]))
    recalled = done["plans_recalled"]
    if recalled:
        output.say(
            ntr("{n} planned visit to call back.", "{n} planned visits to call back.", recalled)
        )
    if done["refused"]:
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
