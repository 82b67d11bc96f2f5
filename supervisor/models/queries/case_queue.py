"""The case queue: a window of it, what all of it adds up to, and single lines."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from supervisor.models.queries import queue_memory, queue_rows, queue_scan, queue_walk
from supervisor.models.queries.queue_asked import asked, days_of
from supervisor.models.rows.case_queue import (
    Anchor,
    CaseQueueFilter,
    CaseQueueRow,
    QueuePage,
    QueueRequest,
    QueueTotals,
)


def page(session: Session, request: QueueRequest) -> QueuePage:
    """A window of the queue.

    The total comes with it within few branches; over all of them it takes longer than the window
    and `totals` brings it.
    """
    question = asked(session, request)
    offset = max(0, request.offset)
    total = None
    if queue_walk.can_walk(question):
        known = request.anchors or queue_memory.anchors_for(question, offset)
        keys = queue_walk.keys(question, offset, request.limit, known)
    else:
        keys, total = queue_scan.window(question, offset, request.limit)
    lines = queue_rows.rows(session, question.days, keys)
    return QueuePage(offset, lines, total)


def anchors(session: Session, request: QueueRequest) -> tuple[Anchor, ...]:
    """Sparse keys of the order, every `limit` lines, for `QueueRequest.anchors`.

    Empty where every line is near: within few branches, or when the conditions need one pass.
    """
    question = asked(session, request)
    return queue_walk.anchors(question, request.limit) if queue_walk.can_walk(question) else ()


def totals(session: Session, request: QueueRequest) -> QueueTotals:
    """What everything the conditions let through adds up to."""
    question = asked(session, request)
    cases, overdue_fen, due_today = queue_scan.totals(question)
    return QueueTotals(cases, overdue_fen, due_today, question.as_of)


def count(session: Session, request: QueueRequest) -> int:
    """How many cases the conditions let through."""
    return queue_scan.count(asked(session, request))


def view_counts(session: Session, requests: Sequence[QueueRequest]) -> tuple[int, ...]:
    """How many cases each of several views holds."""
    return tuple(count(session, request) for request in requests)


def rows_by_id(
    session: Session, wanted: CaseQueueFilter, refs: Sequence[tuple[int, int]]
) -> tuple[CaseQueueRow, ...]:
    """The lines of these cases (branch id, case id), in this order, judged on the filter's day."""
    return queue_rows.rows(session, days_of(session, wanted), refs)


def position_of(session: Session, request: QueueRequest, ref: tuple[int, int]) -> int | None:
    """The line a case (branch id, case id) stands on, from 0; None: not among those asked for."""
    return queue_scan.position(asked(session, request), ref)
