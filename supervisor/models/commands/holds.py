"""停催: let cases rest for a reason, and end it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError
from supervisor.models.changes import Actor, Changes, Refusal
from supervisor.models.commands.case_writing import refresh, write_cases
from supervisor.models.commands.selection import by_branch, judge, refuse
from supervisor.models.commands.trace import Trace
from supervisor.models.enums import BY_HAND, Act, Topic
from supervisor.models.ledger import allocate_ids
from supervisor.models.orders import CaseRef, EndHolds, HoldCases
from supervisor.models.rows.judged import Judged, JudgedCase
from supervisor.models.tables import Hold

TOPICS = frozenset({Topic.CASES, Topic.PLANS})
"""A hold calls visits back."""

OpenHolds = dict[tuple[int, int], list[Any]]


def preview_hold(session: Session, order: HoldCases) -> Judged:
    """What `hold_cases` would do; writes nothing."""
    return judge_hold(session, order, lock=False)


def judge_hold(session: Session, order: HoldCases, *, lock: bool) -> Judged:
    """Which cases the hold would rest: once per reason, with an end that has not passed.

    Raises:
        BadInputError: the reason is not one that people give.
    """
    if order.reason not in BY_HAND:
        raise BadInputError("hold_reason_not_by_hand")
    today = clock.today()
    judged = judge(session, order.actor, order.cases, lock=lock)
    running = _open_holds(session, judged.accepted)

    def objection(case: JudgedCase) -> Refusal | None:
        if order.until_on is not None and order.until_on < today:
            return refuse(case, "hold_end_past", on=order.until_on.isoformat())
        for hold in running[case.branch_id, case.case_id]:
            if hold.reason == order.reason and _in_force(hold, today):
                return refuse(case, "held_so_before", reason=order.reason)
        return None

    return _narrowed(judged, objection)


def _in_force(hold: Any, today: Any) -> bool:
    return hold.until_on is None or hold.until_on >= today


def _narrowed(judged: Judged, objection: Any) -> Judged:
    """The judgement after a second look that needed facts of the accepted cases."""
    looked = [(case, objection(case)) for case in judged.accepted]
    return Judged(
        tuple(case for case, refusal in looked if refusal is None),
        (*judged.refused, *(refusal for _, refusal in looked if refusal is not None)),
    )


def _open_holds(session: Session, cases: Sequence[JudgedCase]) -> OpenHolds:
    found: OpenHolds = defaultdict(list)
    for branch_id, part in by_branch([(case.branch_id, case.case_id) for case in cases]):
        stmt = (
            select(Hold.id, Hold.case_id, Hold.reason, Hold.until_on, Hold.version, Hold.flag_id)
            .where(Hold.branch_id == branch_id, Hold.case_id.in_(part), Hold.ended_at.is_(None))
            .order_by(Hold.id)
        )
        for row in session.execute(stmt):
            found[branch_id, row.case_id].append(row)
    return found


def hold_cases(session: Session, order: HoldCases) -> Changes:
    """Rest the accepted cases from today until the given day, or until somebody ends it."""
    judged = judge_hold(session, order, lock=True)
    trace = Trace(order)
    write_cases(session, trace, judged.accepted, lambda _: {})
    _insert_holds(session, trace, order, judged.accepted)
    refresh(session, judged.accepted)
    trace.save(session)
    return _changes(order, Act.HELD, judged, {"reason": order.reason})


def _insert_holds(
    session: Session, trace: Trace, order: HoldCases, cases: Sequence[JudgedCase]
) -> None:
    now, rows = clock.now(), []
    for case, id_ in zip(cases, allocate_ids(session, len(cases)), strict=True):
        rows.append(
            {
                "branch_id": case.branch_id,
                "id": id_,
                "case_id": case.case_id,
                "reason": order.reason,
                "words": order.words,
                "from_on": clock.business_date(now),
                "until_on": order.until_on,
                "owner": order.actor.name,
                "recorded_at": now,
            }
        )
        trace.created(
            Hold, (case.branch_id, id_), version=1, case_id=case.case_id, subject=case.case_no
        )
    if rows:
        session.execute(insert(Hold), rows)


def preview_end_holds(session: Session, order: EndHolds) -> Judged:
    """What `end_holds` would do; writes nothing."""
    return judge_end_holds(session, order, lock=False)


def judge_end_holds(session: Session, order: EndHolds, *, lock: bool) -> Judged:
    """Which cases have a hold to end."""
    return _judge_held(session, order.actor, order.cases, lock=lock)[0]


def _judge_held(
    session: Session, actor: Actor, refs: Sequence[CaseRef], *, lock: bool
) -> tuple[Judged, OpenHolds]:
    judged = judge(session, actor, refs, lock=lock)
    running = _open_holds(session, judged.accepted)

    def objection(case: JudgedCase) -> Refusal | None:
        held = running[case.branch_id, case.case_id]
        if held and all(hold.flag_id is not None for hold in held):
            return refuse(case, "held_by_flag")
        return None if held else refuse(case, "not_held")

    # A flag's own hold ends with its review alone.
    by_hand: OpenHolds = defaultdict(list)
    for key, holds in running.items():
        by_hand[key] = [hold for hold in holds if hold.flag_id is None]
    return _narrowed(judged, objection), by_hand


def end_holds(session: Session, order: EndHolds) -> Changes:
    """End every open hold of the accepted cases."""
    judged, running = _judge_held(session, order.actor, order.cases, lock=True)
    trace = Trace(order)
    write_cases(session, trace, judged.accepted, lambda _: {})
    for case in judged.accepted:
        for hold in running[case.branch_id, case.case_id]:
            trace.changed(
                Hold,
                (case.branch_id, hold.id),
                {"ended_at": None, "ended_by": None, "end_words": None},
                version=hold.version + 1,
                case_id=case.case_id,
                subject=case.case_no,
            )
    for branch_id, part in by_branch([(c.branch_id, c.case_id) for c in judged.accepted]):
        session.execute(
            update(Hold)
            .where(
                Hold.branch_id == branch_id,
                Hold.case_id.in_(part),
                Hold.ended_at.is_(None),
                Hold.flag_id.is_(None),
            )
            .values(
                ended_at=clock.now(),
                ended_by=order.actor.name,
                end_words=order.words,
                version=Hold.version + 1,
            ),
            execution_options={"synchronize_session": False},
        )
    refresh(session, judged.accepted)
    trace.save(session)
    return _changes(order, Act.HOLD_ENDED, judged, {})


def _changes(
    order: HoldCases | EndHolds, act: Act, judged: Judged, facts: dict[str, str | int]
) -> Changes:
    return Changes(
        act=act,
        topics=TOPICS,
        counts={"cases": len(judged.accepted), "refused": len(judged.refused)},
        refused=judged.refused,
        undo_id=order.command_id if judged.accepted else None,
        facts=facts,
    )
