"""What several measures of one page share, read once."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from sqlalchemy.orm import Session

MEMO = "measure_memo"
"""Where a session keeps it, while `queries.measures.measures` asks."""

T = TypeVar("T")


def remembered(session: Session, key: Hashable, make: Callable[[], T]) -> T:
    """Made once while several measures are asked for at once."""
    memo = session.info.get(MEMO)
    if memo is None:
        return make()
    if key not in memo:
        memo[key] = make()
    found: T = memo[key]
    return found
