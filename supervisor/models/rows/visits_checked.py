"""How many visits flags were looked for in; answered by `queries.visits_checked`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VisitsChecked:
    """Visits of the period: judged ones, and those that still wait for it."""

    checked: int
    waiting: int
