"""Flags behind a figure: days, rules and verdicts that the controls of the list cannot say."""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from supervisor.i18n import tr
from supervisor.models.enums import FlagState
from supervisor.models.enums_incidents import Verdict
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.rules.incidents import STANDING
from supervisor.words import formats

OPEN, EVERYTHING = "open", "all"
NOWHERE: dict[str, Any] = {
    "rules": frozenset(),
    "verdicts": frozenset(),
    "agents": (),
    "cases": (),
    "raised_from": None,
    "raised_until": None,
}
"""The conditions without what a figure brought."""


class Past(StrEnum):
    """Which judged flags of a rule are asked for."""

    JUDGED = "judged"
    STOOD = "stood"
    OVERTURNED = "overturned"


_JUDGED = frozenset(Verdict) - {Verdict.DUPLICATE}
VERDICTS = {
    Past.JUDGED: _JUDGED,
    Past.STOOD: STANDING,
    Past.OVERTURNED: _JUDGED - STANDING,
}


def of_rule(conditions: IncidentFilter, rule_id: str, which: Past) -> IncidentFilter:
    """The flags behind how a rule did: those with a finding of it that were judged so."""
    return replace(
        IncidentFilter(conditions.as_of, conditions.now),
        rules=frozenset({rule_id}),
        verdicts=VERDICTS[which],
    )


def came_from(conditions: IncidentFilter) -> bool:
    """Whether a figure brought these conditions."""
    return any(getattr(conditions, key) != value for key, value in NOWHERE.items())


def period_for(conditions: IncidentFilter) -> str:
    """Open flags, unless what is asked for may be closed."""
    closed = FlagState.CLOSED in conditions.states
    return EVERYTHING if closed or conditions.raised_from or conditions.verdicts else OPEN


def origin_text(conditions: IncidentFilter, names: str, today: date) -> str:
    """Where the conditions came from, for the chip above the list; empty: from the controls.

    `names`: what the rules in the conditions are called.
    """
    parts = (_rules(conditions, names), _days(conditions, today))
    return " · ".join(part for part in parts if part)


def _rules(conditions: IncidentFilter, names: str) -> str:
    if not conditions.rules:
        return ""
    return {
        VERDICTS[Past.JUDGED]: tr("{rule}: judged", rule=names),
        VERDICTS[Past.STOOD]: tr("{rule}: stood up", rule=names),
        VERDICTS[Past.OVERTURNED]: tr("{rule}: did not stand up", rule=names),
    }.get(conditions.verdicts, names)


def _days(conditions: IncidentFilter, today: date) -> str:
    first, last = conditions.raised_from, conditions.raised_until
    if first is None or last is None:
        return ""
    if first == last:
        return tr("Raised on {day}", day=formats.day(first, today))
    return tr("Raised {first} to {last}", first=formats.day(first, today),
              last=formats.day(last, today))  # fmt: skip
