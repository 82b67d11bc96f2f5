"""Kinds of check on what happened before: how often, how long ago, and holds."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from supervisor.models.enums import Tick
from supervisor.models.rules.packs.fields import FieldType
from supervisor.models.rules.packs.kind import (
    BREACH,
    PASS,
    UNKNOWN,
    Built,
    Decide,
    Kind,
    Made,
    Slot,
    SlotType,
    part,
)
from supervisor.models.rules.packs.kinds_times import zone_of

Happened = list[tuple[date, bool]]
"""Days on which something counts, and whether it surely does."""
Gather = Callable[[Any], Happened | None]


def _gather(built: Built) -> Gather:
    """The days of earlier events up to the day judged; None: not known."""
    get = built.get["events"]
    wanted = tuple(text.split("=", 1) for text in built.slots.get("where", ()))
    whose, same = zone_of(built), built.get.get("number")
    today = _day_judged(built)

    def counts(attempt: Any, number: str | None) -> Tick:
        answers = [_like(getattr(attempt, name), value) for name, value in wanted]
        if same is not None:
            answers.append(_like(attempt.number, number))
        if Tick.NO in answers:
            return Tick.NO
        return Tick.UNKNOWN if Tick.UNKNOWN in answers else Tick.YES

    def gather(facts: Any) -> Happened | None:
        events, zone, day = get(facts), whose(facts), today(facts)
        number = None if same is None else same(facts)
        if events is None or zone is None or day is None or (same is not None and number is None):
            return None
        found: Happened = []
        for event in events:
            if isinstance(event, date):
                found.append((event, True))
            elif (answer := counts(event, number)) is not Tick.NO:
                found.append((event.at.astimezone(zone).date(), answer is Tick.YES))
        return [(on, sure) for on, sure in found if on <= day]

    return gather


def _like(value: Any, wanted: str | None) -> Tick:
    if value is None or value == Tick.UNKNOWN:
        return Tick.UNKNOWN
    return Tick.YES if value == wanted else Tick.NO


def _day_judged(built: Built) -> Callable[[Any], date | None]:
    """The day the windows end on: that of the instant `at` on the clock that counts, else `on`."""
    at, whose = built.get.get("at"), zone_of(built)
    if at is None:
        return lambda facts: facts.on

    def day(facts: Any) -> date | None:
        moment, zone = at(facts), whose(facts)
        return None if moment is None or zone is None else moment.astimezone(zone).date()

    return day


def _decide(gather: Gather, tally: Callable[[Any, Iterable[date]], bool]) -> Decide:
    """Breach when the sure events alone are too many, pass when even all of them are not."""

    def decide(facts: Any) -> int:
        events = gather(facts)
        if events is None:
            return UNKNOWN
        if tally(facts, (on for on, sure in events if sure)):
            return BREACH
        return UNKNOWN if tally(facts, (on for on, _ in events)) else PASS

    return decide


def _count_in_window(built: Built) -> Made:
    """With this one, at most so many in so many days, this day included."""
    gather, today = _gather(built), _day_judged(built)
    span, most = built.slots["days"], built.slots["most"]
    back = timedelta(days=span - 1)

    def too_many(facts: Any, days: Iterable[date]) -> bool:
        last: date = today(facts) or facts.on
        first = last - back
        counted: int = sum(day >= first for day in days) + 1
        return counted > int(most)

    def first(facts: Any) -> date | None:
        days = sorted(day for day, _ in gather(facts) or ())
        return days[-most] + timedelta(days=span) if len(days) >= most > 0 else None

    def of_days(facts: Any) -> int:
        days, on = get(facts), facts.on
        if days is None:
            return UNKNOWN
        since, left = on - back, most
        for day in days:
            if since <= day <= on:
                left -= 1
        return PASS if left > 0 else BREACH

    get = built.get["events"]
    alone = built.types["events"] is FieldType.DAYS
    return Made(of_days if alone else _decide(gather, too_many), first)


def _rest_after(built: Built) -> Made:
    """So many days have passed since it last happened; the day itself is the first."""
    gather, today = _gather(built), _day_judged(built)
    rest = timedelta(days=built.slots["days"])

    def too_soon(facts: Any, days: Iterable[date]) -> bool:
        day: date = today(facts) or facts.on
        return any(day - on < rest for on in days)

    def first(facts: Any) -> date | None:
        days = [on for on, _ in gather(facts) or ()]
        return max(days) + rest if days else None

    def of_days(facts: Any) -> int:
        days, on = get(facts), facts.on
        if days is None:
            return UNKNOWN
        since = on - rest
        for day in days:
            if since < day <= on:
                return BREACH
        return PASS

    get = built.get["events"]
    alone = built.types["events"] is FieldType.DAYS
    return Made(of_days if alone else _decide(gather, too_soon), first)


def _free_of_holds(built: Built) -> Made:
    """No hold for one of these reasons stands on the day."""
    get, reasons = built.get["holds"], frozenset(built.slots["reasons"])

    def standing(facts: Any) -> list[Any]:
        return [
            hold
            for hold in get(facts)
            if hold.reason in reasons
            and hold.from_on <= facts.on
            and (hold.until_on is None or facts.on <= hold.until_on)
        ]

    def decide(facts: Any) -> int:
        holds = get(facts)
        if not holds:
            return UNKNOWN if holds is None else PASS
        return BREACH if standing(facts) else PASS

    def first(facts: Any) -> date | None:
        ends = [hold.until_on for hold in standing(facts)]
        return None if None in ends or not ends else max(ends) + timedelta(days=1)

    return Made(decide, first)


_EVENTS = {
    "events": part(FieldType.DAYS, FieldType.ATTEMPTS),
    "at": part(FieldType.INSTANT, required=False),
    "number": part(FieldType.TEXT, required=False),
    "zone": part(FieldType.ZONE, required=False),
}
_WHERE = Slot(SlotType.WHERE, required=False)
_WHOLE = Slot(SlotType.WHOLE)

KINDS = {
    "count_in_window": Kind(
        _count_in_window, _EVENTS, {"days": _WHOLE, "most": _WHOLE, "where": _WHERE}
    ),
    "rest_after": Kind(_rest_after, _EVENTS, {"days": _WHOLE, "where": _WHERE}),
    "free_of_holds": Kind(
        _free_of_holds,
        {"holds": part(FieldType.HOLDS)},
        {"reasons": Slot(SlotType.REASONS)},
    ),
}
"""Kinds by name."""
