"""Facts as evidence: which are known, and how a finding keeps them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from supervisor.clock import SHANGHAI
from supervisor.models.enums import Tick
from supervisor.models.rows.packs import Plain


def is_known(value: object) -> bool:
    """Whether a fact is known, for everybody where there is one for each person."""
    if type(value) is tuple:
        return None not in value and Tick.UNKNOWN not in value
    return value is not None and value != Tick.UNKNOWN


def plain(value: object) -> Plain:
    """A fact as evidence keeps it; lists are sorted, attempts tell their time alone."""
    if isinstance(value, tuple | frozenset):
        return tuple(sorted(str(plain(one)) for one in _entries(value)))
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int) else str(value)


def _entries(values: Iterable[Any]) -> Iterable[object]:
    for value in values:
        if hasattr(value, "reason"):
            until = value.until_on.isoformat() if value.until_on else ""
            yield f"{value.reason.value} {value.from_on.isoformat()}..{until}"
        else:
            yield value.at if hasattr(value, "at") else value
