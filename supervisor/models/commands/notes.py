"""Notes of a supervisor on a case."""

from sqlalchemy import insert
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError
from supervisor.models.changes import Changes
from supervisor.models.commands.selection import the_case
from supervisor.models.commands.trace import Trace
from supervisor.models.enums import Act, Topic
from supervisor.models.ledger import allocate_ids
from supervisor.models.orders import AddNote
from supervisor.models.tables import CaseNote

LONGEST = 20_000
"""Characters in a note."""


def add_note(session: Session, order: AddNote) -> Changes:
    """Write a note on a case, also on one that left the queue.

    The case keeps its version: a note takes nothing away from anybody.

    Raises:
        BadInputError: no words, or too many.
        ConflictError: the case is gone or changed.
    """
    if not order.text.strip():
        raise BadInputError("note_empty")
    if len(order.text) > LONGEST:
        raise BadInputError("note_too_long", longest=LONGEST)
    case = the_case(session, order.actor, order.case, ended=True)
    (note_id,) = allocate_ids(session, 1)
    session.execute(
        insert(CaseNote).values(
            branch_id=case.branch_id,
            id=note_id,
            case_id=case.case_id,
            text=order.text,
            by=order.actor.name,
            recorded_at=clock.now(),
        )
    )
    trace = Trace(order)
    trace.created(CaseNote, (case.branch_id, note_id), case_id=case.case_id, subject=case.case_no)
    trace.save(session)
    return Changes(
        act=Act.NOTE_ADDED,
        topics=frozenset({Topic.CASES}),
        counts={"notes": 1},
        undo_id=order.command_id,
        created={"note": note_id},
        facts={"case_id": case.case_id},
    )
