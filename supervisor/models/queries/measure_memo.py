"""What several measures of one page share, read once."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from sqlalchemy.orm import Session

from supervisor.models.rows.measures import MeasureFilter

MEMO = "measure_memo"
"""Where a session keeps it, while `queries.measures.measures` asks."""

ASKED = "measures_asked"
"""Where it keeps what is asked at once."""

T = TypeVar("T")


def asked_at_once(session: Session) -> tuple[MeasureFilter, ...]:
    """Every measure asked together with this one."""
    found: tuple[MeasureFilter, ...] = session.info.get(ASKED, ())
    return found


def remembered(session: Session, key: Hashable, make: Callable[[], T]) -> T:
    """Made once while several measures are asked for at once."""
    memo = session.info.get(MEMO)
    if memo is None:
        return make()
    if key not in memo:
        memo[key] = make()
    found: T = memo[key]
    return found
