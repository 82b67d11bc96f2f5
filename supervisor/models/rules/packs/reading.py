"""Facts from JSON: one object is one visit, plan, call, agency, record or house.

Missing keys are unknown, unknown keys are refused. Instants without an offset are Shanghai time.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from supervisor.clock import SHANGHAI, business_date
from supervisor.errors import BadInputError
from supervisor.models.enums import Tick
from supervisor.models.rows.packs import Subject
from supervisor.models.rules.packs.facts import AttemptFact, Facts, HistoryFacts, HoldFact
from supervisor.models.rules.packs.fields import (
    CLASSES,
    HISTORY,
    FieldSpec,
    FieldType,
    attempt_fields,
    fields_of,
    hold_fields,
)

Reader = Callable[[Any], Any]

DAY_LENGTH = len("2026-11-23")
NUMBER_LIMIT = 1_000_000_000
"""Nothing we measure in minutes, metres or days is larger."""
YEARS = range(1980, 2200)
"""Years a fact can lie in."""
T = TypeVar("T", bound=date)
_LINE_KEYS = frozenset({"kind", "id"})
"""What a line says besides facts."""
_FIRST_INSTANT = {Subject.VISIT: "start_at", Subject.PLAN: "start_at", Subject.CONTACT: "at"}
"""The instant that says which day it was, when `on` is left out."""


@dataclass(frozen=True, slots=True)
class Known:
    """One line: what the caller calls it, what it is, and its facts."""

    id: str
    subject: Subject
    facts: Facts


def facts_of(line: object) -> Known:
    """The facts of one JSON object.

    Raises:
        BadInputError: not an object, an unknown kind or key, a value that cannot be, or no day.
    """
    if not isinstance(line, dict):
        raise BadInputError("fact_not_an_object")
    subject = _subject(line.get("kind", Subject.VISIT.value))
    name = line.get("id", "")
    if not isinstance(name, str | int) or isinstance(name, bool):
        raise BadInputError("fact_value_bad", key="id", value=_short(name))
    given = _given(line, _readers(subject), subject.value, _LINE_KEYS)
    _put_day(subject, given)
    facts: Any = CLASSES[subject](**given)
    return Known(str(name), subject, facts)


def _given(
    table: Mapping[Any, Any], readers: Mapping[str, Reader], kind: str, others: frozenset[str]
) -> dict[str, Any]:
    """The facts of an object by name; what is null is left out, and so not known."""
    found: dict[str, Any] = {}
    key: Any = None
    try:
        for key, value in table.items():
            reader = readers.get(key)
            if reader is None:
                if key not in others:
                    raise _unknown(key, (*readers, *sorted(others)), kind)
            elif value is not None:
                found[key] = reader(value)
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        value = table[key]
        raise BadInputError("fact_value_bad", key=str(key), value=_short(value)) from error
    return found


def _subject(text: object) -> Subject:
    try:
        return Subject(str(text))
    except ValueError as error:
        raise BadInputError("fact_kind_unknown", value=_short(text)) from error


def _put_day(subject: Subject, given: dict[str, Any]) -> None:
    named = _FIRST_INSTANT.get(subject)
    instant = given.get(named) if named else None
    if instant is not None:
        zone = given.get("timezone")
        day = instant.astimezone(ZoneInfo(zone)).date() if zone else business_date(instant)
        if given.get("on", day) != day:
            raise BadInputError("fact_days_differ", key=str(named), day=day.isoformat())
        given["on"] = day
    if given.get("on") is None:
        raise BadInputError("fact_day_missing", key=named or "on")


def _unknown(key: object, known: tuple[str, ...], kind: str) -> BadInputError:
    near = get_close_matches(str(key), known, n=1)
    if near:
        return BadInputError("fact_unknown_near", key=_short(key), kind=kind, near=near[0])
    return BadInputError("fact_unknown", key=_short(key), kind=kind)


def _short(value: object) -> str:
    """A value for a sentence: never long, on one line, and of a list or object only its kind."""
    if isinstance(value, list | dict):
        return "[…]" if isinstance(value, list) else "{…}"
    text = "".join(sign if sign.isprintable() else " " for sign in str(value))
    return text if len(text) <= 40 else text[:40] + "…"


@cache
def _readers(subject: Subject) -> Mapping[str, Reader]:
    found = {
        name: _reader(spec)
        for name, spec in fields_of(subject).items()
        if not name.startswith(HISTORY)
    }
    history = {
        name.removeprefix(f"{HISTORY}."): _reader(spec)
        for name, spec in fields_of(subject).items()
        if name.startswith(HISTORY)
    }
    return found | {HISTORY: _inner(HISTORY, history, HistoryFacts)} if history else found


def _inner(name: str, readers: Mapping[str, Reader], kind: Callable[..., Any]) -> Reader:
    """An object inside the line; its keys are refused as those outside are."""

    def read(value: object) -> Any:
        if not isinstance(value, dict):
            raise TypeError
        return kind(**_given(value, readers, name, frozenset()))

    return read


def _reader(spec: FieldSpec) -> Reader:
    if spec.kind is FieldType.TICK:
        return _TICKS.__getitem__
    if spec.kind is FieldType.TICK_EACH:
        return _list_of(_TICKS.__getitem__)
    if spec.kind is FieldType.CODE:
        return _code(spec.codes)
    if spec.kind is FieldType.CODES:
        several = _list_of(_code(spec.codes))
        return lambda value: frozenset(several(value))
    return _PLAIN[spec.kind]


def _or_none(reader: Reader) -> Reader:
    return lambda value: None if value is None else reader(value)


def _list_of(reader: Reader) -> Reader:
    def read(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise TypeError
        return tuple([reader(part) for part in value])

    return read


def _code(codes: type[StrEnum] | None) -> Reader:
    known = {member.value: member for member in codes or ()}
    return known.__getitem__


_TICKS: Mapping[Any, Tick] = {
    "yes": Tick.YES,
    "no": Tick.NO,
    "unknown": Tick.UNKNOWN,
    True: Tick.YES,
    False: Tick.NO,
    None: Tick.UNKNOWN,
}


def _day(value: Any) -> date:
    if not isinstance(value, str) or len(value) != DAY_LENGTH:
        raise TypeError
    return _in_reach(date.fromisoformat(value))


def _in_reach(day: T) -> T:
    """A day or instant of living memory; others would leave the calendar in a sum."""
    if day.year not in YEARS:
        raise ValueError
    return day


def _instant(value: Any) -> datetime:
    if not isinstance(value, str) or len(value) <= DAY_LENGTH:
        raise TypeError
    moment = _in_reach(datetime.fromisoformat(value))
    return moment.replace(tzinfo=SHANGHAI) if moment.tzinfo is None else moment


def _number(value: Any) -> int:
    if type(value) is not int or abs(value) > NUMBER_LIMIT:
        raise TypeError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError
    return value


def _zone(value: Any) -> str:
    return ZoneInfo(_text(value)).key


def _entries(name: str, specs: Mapping[str, FieldSpec], kind: Callable[..., Any]) -> Reader:
    """Records of a list; their readers are made late, because records hold the readers above."""

    @cache
    def several() -> Reader:
        readers = {key: _reader(spec) for key, spec in specs.items()}
        return _list_of(_inner(name, readers, kind))

    def read(value: object) -> Any:
        return several()(value)

    return read


_PLAIN: Mapping[FieldType, Reader] = {
    FieldType.DAY: _day,
    FieldType.DAY_EACH: _list_of(_or_none(_day)),
    FieldType.DAYS: _list_of(_day),
    FieldType.INSTANT: _instant,
    FieldType.NUMBER: _number,
    FieldType.TEXT: _text,
    FieldType.ZONE: _zone,
    FieldType.TEXTS: _list_of(_text),
    FieldType.HOLDS: _entries("hold", hold_fields(), HoldFact),
    FieldType.ATTEMPTS: _entries("attempt", attempt_fields(), AttemptFact),
}
