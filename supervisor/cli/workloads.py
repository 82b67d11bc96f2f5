"""`workload`: who of a branch holds how much; with `--split` a fairer split, only proposed."""

from dataclasses import asdict
from typing import Any

import click

from supervisor.cli import output
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand, option
from supervisor.i18n import mark, tr
from supervisor.models.rows.fair_split import Proposal, Wishes
from supervisor.models.rows.workloads import LoadPerson, Workloads
from supervisor.words import formats
from supervisor.words.of_workloads import left_text, person_name, why_case, why_person

_NUMBERS = tuple(range(2, 14))
"""Columns of the load table that are numbers."""


@click.command(
    cls=TranslatedCommand,
    help=mark("Cases, amounts, difficulty and visits of each person of a branch."),
)
@option("--branch", "branch", required=True, text=mark("Only this branch (code or name)."))
@option("--split", is_flag=True, text=mark("Propose a fairer split; nothing is changed."))
@option(
    "--most",
    type=click.IntRange(min=1),
    default=Wishes(cap=0).most,
    text=mark("Addresses moved at most."),
)
@click.pass_obj
def workload(call: Call, /, branch: str, *, split: bool, most: int) -> int:
    """Loads, or a proposal."""
    from supervisor.models.rules.fair_split.sharing import proposal_of

    row = _row(call, branch)
    if split:
        return _say_split(call, row, proposal_of(row, Wishes(cap=row.cap, most=most)))
    if call.json:
        output.emit_json([_fields(person, row) for person in row.people])
        return Exit.DONE
    from supervisor.pictures.loads import loads

    table = loads(row, row.teams).table
    output.emit_table(table.heads, table.rows, _NUMBERS)
    return Exit.DONE


def _row(call: Call, branch: str) -> Workloads:
    from supervisor.cli.queue import branch_ids
    from supervisor.models.queries.workloads import workloads
    from supervisor.models.rows.workloads import WorkloadAsk

    with call.opened() as database:
        (branch_id,) = branch_ids(database, call, (branch,))
        day = call.day()
        ask = WorkloadAsk(branch_id, day, None, call.now(), call.actor())
        return database.read(workloads, ask)


def _fields(person: LoadPerson, row: Workloads) -> dict[str, Any]:
    """A person as other programs read it: money in 分, difficulty in hundredths."""
    team = next((team.name for team in row.teams if team.team_id == person.team_id), "")
    hidden = {"staff_id", "team_id", "away", "unfit_since"}
    plain = {name: value for name, value in asdict(person).items() if name not in hidden}
    return plain | {
        "team": team,
        "cap": row.cap,
        "unfit_since": None if person.unfit_since is None else person.unfit_since.isoformat(),
        "away": [
            {"from": one.from_on.isoformat(), "until": one.until_on.isoformat()}
            for one in person.away
        ],
    }


def _say_split(call: Call, row: Workloads, found: Proposal) -> int:
    people: dict[int, LoadPerson] = {person.staff_id: person for person in row.people}
    moves = [
        {
            "cases": list(move.case_nos),
            "from": people[move.from_id].staff_no,
            "to": people[move.to_id].staff_no,
            "overdue_fen": move.money,
            "difficulty": move.difficulty,
            "why_case": why_case(move, people),
            "why_person": why_person(move, people),
        }
        for move in found.moves
    ]
    if call.json:
        left = [
            {
                "cases": list(one.case_nos),
                "from": people[one.from_id].staff_no,
                "to": people[one.to_id].staff_no,
                "why": one.why.value,
            }
            for one in found.left
        ]
        output.emit_json(
            {"moves": moves, "left": left, "before": found.before, "after": found.after}
        )
        return Exit.DONE
    heads = (tr("Case"), tr("From whom"), tr("To whom"), tr("Overdue (CNY)"), tr("Why this case"))
    lines = [
        (
            " ".join(move.case_nos),
            person_name(people[move.from_id]),
            person_name(people[move.to_id]),
            formats.money(move.money),
            why_case(move, people),
        )
        for move in found.moves
    ]
    output.emit_table(heads, lines, (3,))
    for one in found.left:
        output.say(left_text(one, people))
    return Exit.DONE
