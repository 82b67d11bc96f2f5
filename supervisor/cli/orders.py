"""`reassign` and `undo`: the same commands the screens send."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from supervisor import words
from supervisor.cli import output, reads
from supervisor.cli.doors import Exit
from supervisor.cli.frame import Call, TranslatedCommand, option
from supervisor.errors import BadInputError, ExpectedError
from supervisor.i18n import mark, ntr
from supervisor.models.changes import Changes
from supervisor.models.ids import CommandId
from supervisor.models.rows.case_file import FoundCase
from supervisor.models.rows.directory import DirectoryRow, StaffRow

if TYPE_CHECKING:
    from supervisor.models.database import Database


@click.command(cls=TranslatedCommand, help=mark("Give cases to another agent of their branch."))
@option("--cases", "file", required=True, text=mark("File with one case number in each line."))
@option("--to", "agent", required=True, text=mark("Staff number of the agent."))
@option("--branch", text=mark("Code of the branch, where numbers are used in several."))
@click.pass_obj
def reassign(call: Call, /, file: str, agent: str, branch: str | None) -> int:
    """Carry out one order over all cases of the file."""
    from supervisor.models.commands.reassign import reassign_cases
    from supervisor.models.orders import CaseRef, ReassignCases

    numbers = read_numbers(Path(file))
    with call.opened() as database:
        candidates = _agents(reads.directory_of(database, call), agent, branch)
        receiver, found = _placed(database, numbers, candidates)
        refs = tuple(CaseRef(row.branch_id, row.case_id) for row in found)
        call.confirm(ntr("Reassign {n} case?", "Reassign {n} cases?", len(refs)))
        order = ReassignCases(actor=call.actor(), cases=refs, agent_id=receiver.staff_id)
        return tell(call, database.write(reassign_cases, order))


@click.command(cls=TranslatedCommand, help=mark("Take a command back, by the id it printed."))
@click.argument("command_id", metavar="ID")
@click.pass_obj
def undo(call: Call, /, command_id: str) -> int:
    """Undo while the rows are as the command left them."""
    from supervisor.models.commands.undo import undo as take_back
    from supervisor.models.orders import Undo

    with call.opened() as database:
        order = Undo(actor=call.actor(), undo_id=CommandId(command_id))
        return tell(call, database.write(take_back, order))


def tell(call: Call, changes: Changes) -> int:
    """Say what a command did; refused records are listed and make the exit code 1."""
    if call.json:
        output.emit_json(
            {
                "act": changes.act,
                "counts": changes.counts,
                "undo_id": changes.undo_id,
                "refused": [
                    {
                        "subject": refusal.subject,
                        "code": refusal.code,
                        "reason": words.sentence(refusal.code, refusal.facts),
                    }
                    for refusal in changes.refused
                ],
            }
        )
    else:
        cases = changes.counts.get("cases", 0)
        output.say(ntr("Done: {n} case.", "Done: {n} cases.", cases))
        for refusal in changes.refused:
            output.say(f"{refusal.subject}: {words.sentence(refusal.code, refusal.facts)}")
        if changes.undo_id:
            click.echo(changes.undo_id)
    return Exit.CHECK_FAILED if changes.refused else Exit.DONE


def read_numbers(path: Path) -> tuple[str, ...]:
    """Case numbers of a text file, one in each line, in order and once each.

    Raises:
        BadInputError: the file is missing, not text, or holds none.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BadInputError("file_missing", path=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError("file_not_readable", path=str(path)) from error
    numbers = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if not numbers:
        raise BadInputError("no_numbers", path=str(path))
    return numbers


def _agents(known: DirectoryRow, number: str, branch: str | None) -> list[StaffRow]:
    codes = {row.branch_id: row.code for row in known.branches}
    found = [
        person
        for person in known.staff
        if person.staff_no == number and person.active and branch in {None, codes[person.branch_id]}
    ]
    if not found:
        raise ExpectedError("agent_number_unknown", value=number)
    return found


def _placed(
    database: "Database", numbers: tuple[str, ...], candidates: list[StaffRow]
) -> tuple[StaffRow, tuple[FoundCase, ...]]:
    """The agent whose branch holds all the cases: numbers of people repeat across branches."""
    branches = tuple({person.branch_id for person in candidates})
    found = reads.cases_by_number(database, numbers, branches)
    fitting = []
    for person in candidates:
        own = tuple(row for row in found if row.branch_id == person.branch_id)
        if len(own) == len(numbers):
            fitting.append((person, own))
    if len(fitting) != 1:
        raise ExpectedError("agent_number_ambiguous", value=candidates[0].staff_no)
    return fitting[0]
