"""Kinds of check on times of day, days and spans."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from supervisor.models.enums import Tick
from supervisor.models.rules.packs.fields import FieldType
from supervisor.models.rules.packs.kind import (
    BREACH,
    PASS,
    UNKNOWN,
    Built,
    Kind,
    Made,
    Slot,
    SlotType,
    part,
)

ZoneOf = Callable[[Any], tzinfo | None]


def zone_of(built: Built) -> ZoneOf:
    """Whose clock counts: that of the field `zone` where a kind has one, else that of the pack."""
    get = built.get.get("zone")
    if get is None:
        return lambda _facts: built.zone
    return lambda facts: ZoneInfo(name) if (name := get(facts)) else None


def _unmet(_facts: Any) -> Any:
    return None


def _time_window(built: Built) -> Made:
    """Start and end lie between two times of one day, unless another time was agreed.

    The exception must be on record: an agreement nobody recorded is none. The start may be the
    first minute of the window but not the last.
    """
    start_of, end_of = built.get["start"], built.get.get("end", _unmet)
    agreed_of, whose = built.get.get("unless", _unmet), zone_of(built)
    earliest, latest = built.slots["earliest"], built.slots["latest"]
    has_end, fixed = "end" in built.get, None if "zone" in built.get else built.zone

    def outside(start: datetime | None, end: datetime | None) -> bool:
        if start is not None and not earliest <= start.time() < latest:
            return True
        if end is None:
            return False
        other_day = start is not None and start.date() != end.date()
        return other_day or not earliest <= end.time() <= latest

    def decide(facts: Any) -> int:
        if agreed_of(facts) == Tick.YES:
            return PASS
        zone, start, end = fixed or whose(facts), start_of(facts), end_of(facts)
        if zone is None:
            return UNKNOWN
        local_start = None if start is None else start.astimezone(zone)
        local_end = None if end is None else end.astimezone(zone)
        if outside(local_start, local_end):
            return BREACH
        return UNKNOWN if start is None or (has_end and end is None) else PASS

    def first(facts: Any) -> datetime | None:
        zone, start = whose(facts), start_of(facts)
        if zone is None or start is None:
            return None
        local = start.astimezone(zone)
        day = local.date() if local.time() < earliest else local.date() + timedelta(days=1)
        return datetime.combine(day, earliest, zone)

    return Made(decide, first)


def _none_before(first: date, value: date | tuple[date | None, ...] | None) -> int:
    """Whether a day, or every person's, is not before another; nobody's days are not known."""
    if not value:
        return UNKNOWN
    if isinstance(value, date):
        return BREACH if value < first else PASS
    answer = PASS
    for day in value:
        if day is None:
            answer = UNKNOWN
        elif day < first:
            return BREACH
    return answer


def _valid_until(built: Built) -> Made:
    """It is still valid on the day, for everybody going; the last day included."""
    get = built.get["field"]

    def decide(facts: Any) -> int:
        return _none_before(facts.on, get(facts))

    return Made(decide)


def _valid_from(built: Built) -> Made:
    """It has begun by the day; the first day included."""
    get = built.get["field"]

    def decide(facts: Any) -> int:
        day = get(facts)
        if day is None:
            return UNKNOWN
        return PASS if day <= facts.on else BREACH

    return Made(decide, get)


def _not_older_than(built: Built) -> Made:
    """It happened at most so many days ago, for everybody going."""
    get, span = built.get["field"], timedelta(days=built.slots["days"])

    def decide(facts: Any) -> int:
        value = get(facts)
        return UNKNOWN if value is None else _none_before(facts.on - span, value)

    return Made(decide)


def _time_apart(built: Built) -> Made:
    """Between two instants lie at least and at most so many minutes."""
    start_of, end_of = built.get["start"], built.get["end"]
    least, most = (60 * minutes for minutes in built.bounds("least_minutes", "most_minutes"))
    wait = timedelta(minutes=built.slots.get("least_minutes", 0))

    def decide(facts: Any) -> int:
        start, end = start_of(facts), end_of(facts)
        if start is None or end is None:
            return UNKNOWN
        return PASS if least <= (end - start).total_seconds() <= most else BREACH

    def first(facts: Any) -> datetime | None:
        start = start_of(facts)
        return None if start is None or "least_minutes" not in built.slots else start + wait

    return Made(decide, first)


def _days_apart(built: Built) -> Made:
    """Between two days lie at least so many years."""
    start_of, end_of = built.get["start"], built.get["end"]
    years = built.slots["least_years"]

    def decide(facts: Any) -> int:
        start, end = start_of(facts), end_of(facts)
        if start is None or end is None:
            return UNKNOWN
        return PASS if end >= years_after(start, years) else BREACH

    return Made(decide)


def years_after(day: date, years: int) -> date:
    """The same day so many years on; 29 February becomes 28 February in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _not_expired(built: Built) -> Made:
    """A period of years has more than a margin of days left; every restart begins it anew.

    Restarts only lengthen it: with enough left from the start alone, they need not be known.
    """
    start_of, restarts_of = built.get["start"], built.get["restarts"]
    years, margin = built.slots["years"], timedelta(days=built.slots["margin_days"])

    def decide(facts: Any) -> int:
        start, restarts = start_of(facts), restarts_of(facts)
        if start is None:
            return UNKNOWN
        latest = max([start, *[day for day in restarts or () if day <= facts.on]])
        if facts.on < years_after(latest, years) - margin:
            return PASS
        return UNKNOWN if restarts is None else BREACH

    return Made(decide)


def _day_not_in(built: Built) -> Made:
    """The day is none of a list."""
    days = frozenset(built.slots["days"])

    def first(facts: Any) -> date:
        day: date = facts.on
        while day in days:
            day += timedelta(days=1)
        return day

    return Made(lambda facts: BREACH if facts.on in days else PASS, first)


_OPTIONAL_WHOLE = Slot(SlotType.WHOLE, required=False)
_ONE_DAY = {"field": part(FieldType.DAY)}
_DAY_OR_EACH = {"field": part(FieldType.DAY, FieldType.DAY_EACH)}

KINDS = {
    "time_window": Kind(
        _time_window,
        {
            "start": part(FieldType.INSTANT),
            "end": part(FieldType.INSTANT, required=False),
            "unless": part(FieldType.TICK, required=False),
            "zone": part(FieldType.ZONE, required=False),
        },
        {"earliest": Slot(SlotType.TIME), "latest": Slot(SlotType.TIME)},
    ),
    "valid_until": Kind(_valid_until, _DAY_OR_EACH),
    "valid_from": Kind(_valid_from, _ONE_DAY),
    "not_older_than": Kind(_not_older_than, _DAY_OR_EACH, {"days": Slot(SlotType.WHOLE)}),
    "time_apart": Kind(
        _time_apart,
        {"start": part(FieldType.INSTANT), "end": part(FieldType.INSTANT)},
        {"least_minutes": _OPTIONAL_WHOLE, "most_minutes": _OPTIONAL_WHOLE},
        ("least_minutes", "most_minutes"),
    ),
    "days_apart": Kind(
        _days_apart,
        {"start": part(FieldType.DAY), "end": part(FieldType.DAY)},
        {"least_years": Slot(SlotType.WHOLE)},
    ),
    "not_expired": Kind(
        _not_expired,
        {"start": part(FieldType.DAY), "restarts": part(FieldType.DAYS)},
        {"years": Slot(SlotType.WHOLE), "margin_days": Slot(SlotType.WHOLE)},
    ),
    "day_not_in": Kind(_day_not_in, {}, {"days": Slot(SlotType.DAYS)}),
}
"""Kinds by name."""
