"""Anchors of the lists asked for last, so that far windows of one list are near to each other.

Kept in the process only, and only as long as no write was announced: the revision numbers are part
of the key. A list that changes unannounced is at worst reached a few lines off.
"""

from collections import OrderedDict
from dataclasses import replace
from threading import Lock

from sqlalchemy import select

from supervisor.models.queries import queue_walk
from supervisor.models.queries.queue_asked import Asked
from supervisor.models.rows.case_queue import Anchor
from supervisor.models.tables import Revision

FAR = 5_000
"""From this line on anchors are worth their making."""
STEP = 2_000
MOST_KEPT = 8

_kept: OrderedDict[object, tuple[Anchor, ...]] = OrderedDict()
_lock = Lock()


def anchors_for(question: Asked, offset: int) -> tuple[Anchor, ...]:
    """The anchors of a list, made when a far line is asked for and remembered."""
    if offset < FAR:
        return ()
    key = _key(question)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = queue_walk.anchors(question, STEP)
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return made


def _key(question: Asked) -> object:
    now = select(Revision.topic, Revision.number).order_by(Revision.topic)
    revisions = tuple(tuple(row) for row in question.session.execute(now))
    # By the minute: due times pass while somebody scrolls, but not for every window.
    instant = question.wanted.now.replace(second=0, microsecond=0)
    address = str(question.session.get_bind().engine.url)
    return (address, replace(question.wanted, now=instant), question.branches, revisions)
