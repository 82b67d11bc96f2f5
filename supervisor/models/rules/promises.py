"""How a promise stands on a day: what is not yet known is not yet broken."""

from datetime import date, timedelta
from enum import StrEnum

GRACE = timedelta(days=1)
"""Payment data must reach this far past the due date (T+1) before a promise can be broken."""


class PromiseState(StrEnum):
    """Course of a promise."""

    WITHDRAWN = "withdrawn"
    KEPT = "kept"
    NOT_DUE = "not_due"
    DUE_TODAY = "due_today"
    AWAITING_DATA = "awaiting_data"
    PART_KEPT = "part_kept"
    BROKEN = "broken"


def state_of(
    amount_fen: int,
    paid_fen: int,
    due_on: date,
    as_of: date,
    payments_known_on: date | None,
    *,
    withdrawn: bool = False,
) -> PromiseState:
    """The state of a promise as of a day, with payment data complete up to another.

    `paid_fen` is money valued from the day it was made to its due date. Kept counts at once;
    part kept and broken only when data cover the due date and the day of grace.
    """
    if withdrawn:
        return PromiseState.WITHDRAWN
    if paid_fen >= amount_fen:
        return PromiseState.KEPT
    if as_of < due_on:
        return PromiseState.NOT_DUE
    if as_of == due_on:
        return PromiseState.DUE_TODAY
    if payments_known_on is None or payments_known_on < due_on + GRACE:
        return PromiseState.AWAITING_DATA
    return PromiseState.PART_KEPT if paid_fen > 0 else PromiseState.BROKEN
