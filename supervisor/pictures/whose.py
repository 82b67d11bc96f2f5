"""Whose flags a chart shows: all of them, or those of one causer."""

from enum import StrEnum

from supervisor.i18n import tr
from supervisor.models.enums import CausedBy
from supervisor.words import word


class Whose(StrEnum):
    """Which flags are charted."""

    ALL = "all"
    CUSTOMER = CausedBy.CUSTOMER.value
    OUR_SIDE = CausedBy.OUR_SIDE.value
    THIRD_PARTY = CausedBy.THIRD_PARTY.value
    UNKNOWN = CausedBy.UNKNOWN.value


def whose_name(whose: Whose) -> str:
    """What the choice is called."""
    return tr("All causes") if whose is Whose.ALL else word(CausedBy(whose.value))
