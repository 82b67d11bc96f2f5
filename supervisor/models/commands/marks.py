"""色标: set or remove the colour mark of cases."""

from sqlalchemy.orm import Session

from supervisor.models.changes import Changes, Refusal
from supervisor.models.commands.case_writing import write_cases
from supervisor.models.commands.selection import judge, refuse
from supervisor.models.commands.trace import Trace
from supervisor.models.enums import Act, Topic
from supervisor.models.orders import MarkCases
from supervisor.models.rows.judged import Judged, JudgedCase


def preview_mark(session: Session, order: MarkCases) -> Judged:
    """What `mark_cases` would do; writes nothing."""
    return judge_mark(session, order, lock=False)


def judge_mark(session: Session, order: MarkCases, *, lock: bool) -> Judged:
    """Which cases the mark would change."""

    def objection(case: JudgedCase) -> Refusal | None:
        return refuse(case, "marked_so_before") if case.mark == order.mark else None

    return judge(session, order.actor, order.cases, objection, lock=lock)


def mark_cases(session: Session, order: MarkCases) -> Changes:
    """Set or remove the mark of the accepted cases."""
    judged = judge_mark(session, order, lock=True)
    trace = Trace(order)
    write_cases(session, trace, judged.accepted, lambda _: {"mark": order.mark})
    trace.save(session)
    return Changes(
        act=Act.MARKED,
        topics=frozenset({Topic.CASES}),
        counts={"cases": len(judged.accepted), "refused": len(judged.refused)},
        refused=judged.refused,
        undo_id=order.command_id if judged.accepted else None,
        facts={"mark": order.mark or ""},
    )
