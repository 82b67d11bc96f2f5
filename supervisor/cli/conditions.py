"""Conditions of the queue from words: `--filter bucket=M3 --filter dpd=30..90 --sort -overdue`."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeVar

from supervisor.errors import BadInputError
from supervisor.models.enums import (
    ArrearsReason,
    Bucket,
    FlagCategory,
    Mark,
    Product,
    QueueReason,
    VisitOutcome,
)
from supervisor.models.enums_queue import SortKey
from supervisor.models.rows.case_queue import CaseQueueFilter, Sort
from supervisor.words import word

E = TypeVar("E", bound=Enum)

RANGE_SIGN = ".."
YES, NO = frozenset({"yes", "true", "1", "是"}), frozenset({"no", "false", "0", "否"})
Change = Callable[[str, str], dict[str, Any]]


def _half(text: str) -> str:
    """Full-width letters, digits and signs as their plain twins."""
    return unicodedata.normalize("NFKC", text).strip()


def _member(kind: type[E], name: str, text: str) -> E:
    """A member by its code, its name or its word; case does not matter."""
    wanted = _half(text).casefold()
    for member in kind:
        spellings = (str(member.value), member.name, word(member))
        if wanted in {_half(spelling).casefold() for spelling in spellings}:
            return member
    raise BadInputError("filter_value_unknown", name=name, value=text)


def _among(field: str, kind: type[Enum]) -> Change:
    def change(name: str, text: str) -> dict[str, Any]:
        return {field: frozenset(_member(kind, name, part) for part in re.split("[,，、]", text))}

    return change


def _whole(name: str, text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise BadInputError("filter_value_unknown", name=name, value=text) from error


def _fen(name: str, text: str) -> int:
    try:
        yuan, myriads = _half(text).replace(",", "").removesuffix("元"), 1
        if yuan.endswith("万"):
            yuan, myriads = yuan[:-1], 10_000
        return int((Decimal(yuan) * 100 * myriads).to_integral_value())
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise BadInputError("filter_value_unknown", name=name, value=text) from error


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(_half(text))
    except ValueError as error:
        raise BadInputError("filter_value_unknown", name=name, value=text) from error


def _between(low: str, high: str, read: Callable[[str, str], object]) -> Change:
    def change(name: str, text: str) -> dict[str, Any]:
        first, sign, last = _half(text).partition(RANGE_SIGN)
        if not sign:
            last = first
        return {
            low: read(name, first) if first else None,
            high: read(name, last) if last else None,
        }

    return change


def _flag(field: str) -> Change:
    def change(name: str, text: str) -> dict[str, Any]:
        wanted = text.strip().casefold()
        if wanted not in YES | NO:
            raise BadInputError("filter_value_unknown", name=name, value=text)
        return {field: wanted in YES}

    return change


def _untouched(name: str, text: str) -> dict[str, Any]:
    """One number is the least, `8..14` are both ends."""
    if RANGE_SIGN in _half(text):
        return _between("untouched_days_min", "untouched_days_max", _whole)(name, text)
    return {"untouched_days_min": _whole(name, text), "untouched_days_max": None}


def _some(field: str, low: int, high: int) -> Change:
    """Numbers of a clock or a week, which begins with Monday as 1; kept from 0 on."""

    def change(name: str, text: str) -> dict[str, Any]:
        found = {_whole(name, part) for part in text.split(",")}
        if not all(low <= one <= high for one in found):
            raise BadInputError("filter_value_unknown", name=name, value=text)
        return {field: frozenset(one - low for one in found)}

    return change


CONDITIONS: dict[str, Change] = {
    "reason": _among("reasons", QueueReason),
    "bucket": _among("buckets", Bucket),
    "mark": _among("marks", Mark),
    "product": _among("products", Product),
    "outcome": _among("outcomes", VisitOutcome),
    "flag": _among("flag_categories", FlagCategory),
    "arrears": _among("arrears_reasons", ArrearsReason),
    "area": lambda _name, text: {"areas": tuple(text.split(","))},
    "dpd": _between("dpd_min", "dpd_max", _whole),
    "overdue": _between("overdue_min_fen", "overdue_max_fen", _fen),
    "last_visit": _between("last_visit_from", "last_visit_until", _day),
    "promise_due": _between("promise_due_from", "promise_due_until", _day),
    "next_plan": _between("next_plan_from", "next_plan_until", _day),
    "placed": _between("placed_from", "placed_until", _day),
    "untouched": _untouched,
    "visited": _between("visited_from", "visited_until", _day),
    "visited_weekday": _some("visited_weekdays", 1, 7),
    "visited_hour": _some("visited_hours", 0, 23),
    "held": _flag("held"),
    "second_person_missing": _flag("second_person_missing"),
    "plan_requested": _flag("plan_requested"),
    "unassigned": _flag("unassigned"),
    "ended": _flag("include_ended"),
}
"""How each condition of the command line changes the filter."""


def narrowed(wanted: CaseQueueFilter, conditions: Iterable[str]) -> CaseQueueFilter:
    """The filter with `name=value` conditions added.

    Raises:
        BadInputError: a condition or its value is not known.
    """
    for condition in conditions:
        name, _, text = condition.partition("=")
        change = CONDITIONS.get(name.strip())
        if change is None:
            known = ", ".join(CONDITIONS)
            raise BadInputError("filter_unknown", value=name, known=known)
        wanted = replace(wanted, **change(name, text))
    return wanted


def sort_of(text: str) -> Sort:
    """`overdue` ascending, `-overdue` descending.

    Raises:
        BadInputError: the queue knows no such order.
    """
    name = text.removeprefix("-")
    try:
        return Sort(SortKey(name), descending=text.startswith("-"))
    except ValueError as error:
        known = ", ".join(SortKey)
        raise BadInputError("sort_unknown", value=name, known=known) from error
