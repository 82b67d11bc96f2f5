"""显示个人信息: the audit learns that private items were shown, to whom and why."""

import re

from sqlalchemy.orm import Session

from supervisor.errors import BadInputError
from supervisor.models.changes import Changes
from supervisor.models.commands.selection import the_case
from supervisor.models.enums import Act
from supervisor.models.orders import RevealPrivate

ITEMS = frozenset({"name", "id_number", "phones", "addresses", "contacts", "liability"})
REASON = re.compile(r"[a-z_]{1,40}")
"""A code: free words could hold the very values that must stay out of the audit."""


def reveal_private(session: Session, order: RevealPrivate) -> Changes:
    """Record a reveal before anything is read. `words` may hold private values and stay out.

    Raises:
        BadInputError: no items, an unknown one, or no code of a reason.
        ConflictError: the case is gone or changed.
    """
    if not order.items or not ITEMS.issuperset(order.items):
        raise BadInputError("reveal_items_unknown")
    if not REASON.fullmatch(order.reason):
        raise BadInputError("reveal_reason_missing")
    case = the_case(session, order.actor, order.case, ended=True)
    return Changes(
        act=Act.REVEALED,
        topics=frozenset(),
        counts={"items": len(set(order.items))},
        facts={
            "case_id": case.case_id,
            "names": ",".join(sorted(set(order.items))),
            "reason": order.reason,
        },
    )
