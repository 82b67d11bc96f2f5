"""上门准备: six things to have ready before a visit, and how each of them stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from supervisor.clock import SHANGHAI
from supervisor.models.enums import Tick, VisitOutcome
from supervisor.models.rows.case_file import PreparationRow, TickState

NOBODY = frozenset({VisitOutcome.NO_ONE, VisitOutcome.NO_ENTRY, VisitOutcome.DOOR_REFUSED})
"""Outcomes that say the moment was a bad one."""

AGAIN = 2
"""So many fruitless visits in the same half of the day advise another moment."""


@dataclass(frozen=True, slots=True)
class Planned:
    """The next visit as planned."""

    plan_on: date
    window_from: datetime
    window_until: datetime
    target_fen: int | None
    strategy: str
    notice_sent: bool
    notice_delivered: Tick
    file_ready: Tick
    second_person: bool
    device: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the list is judged on; `fruitless` are the starts of visits that met nobody."""

    plan: Planned | None
    target_fen: int | None
    overdue_fen: int
    held: bool
    fruitless: tuple[datetime, ...]
    quiet_until: time
    quiet_from: time


def yuan(fen: int) -> str:
    """An amount as people write it: 3,200.00."""
    sign, whole = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{whole // 100:,}.{whole % 100:02}"


def preparation(known: Prepared) -> tuple[PreparationRow, ...]:
    """The six lines, in the order they are shown."""
    return (
        _file(known.plan),
        _target(known),
        _moment(known),
        _strategy(known.plan),
        _notice(known.plan),
        _people(known.plan),
    )


def _row(
    item: str, state: TickState, code: str, facts: Mapping[str, str | int] | None = None
) -> PreparationRow:
    return PreparationRow(item, state, f"prep_{code}", facts or {})


def _file(plan: Planned | None) -> PreparationRow:
    if plan is not None and plan.file_ready is Tick.YES:
        return _row("file", TickState.DONE, "file_ready")
    return _row("file", TickState.OPEN, "file_open")


def _target(known: Prepared) -> PreparationRow:
    planned = known.plan.target_fen if known.plan else None
    target = planned if planned is not None else known.target_fen
    if known.overdue_fen == 0:
        return _row("target", TickState.BLOCKED, "nothing_overdue")
    if target is None:
        return _row(
            "target", TickState.ADVICE, "target_advice", {"amount": yuan(known.overdue_fen)}
        )
    return _row("target", TickState.DONE, "target", {"amount": yuan(target)})


def _moment(known: Prepared) -> PreparationRow:
    plan = known.plan
    if plan is None:
        return _row("moment", TickState.OPEN, "no_plan")
    start, end = plan.window_from.astimezone(SHANGHAI), plan.window_until.astimezone(SHANGHAI)
    facts = {
        "day": plan.plan_on.isoformat(),
        "start": start.strftime("%H:%M"),
        "end": end.strftime("%H:%M"),
    }
    if known.held:
        return _row("moment", TickState.BLOCKED, "on_hold", facts)
    if start.time() < known.quiet_until or end.time() > known.quiet_from:
        return _row("moment", TickState.BLOCKED, "quiet_hours", facts)
    morning = start.hour < 12
    alike = sum((at.astimezone(SHANGHAI).hour < 12) == morning for at in known.fruitless)
    if alike >= AGAIN:
        return _row("moment", TickState.ADVICE, "same_half_day", {**facts, "n": alike})
    return _row("moment", TickState.DONE, "moment", facts)


def _strategy(plan: Planned | None) -> PreparationRow:
    if plan is not None and plan.strategy.strip():
        return _row("strategy", TickState.DONE, "strategy", {"text": plan.strategy.strip()})
    return _row("strategy", TickState.OPEN, "strategy_open")


def _notice(plan: Planned | None) -> PreparationRow:
    if plan is None or not plan.notice_sent:
        return _row("notice", TickState.OPEN, "notice_open")
    if plan.notice_delivered is Tick.NO:
        return _row("notice", TickState.ADVICE, "notice_undelivered")
    code = "notice_delivered" if plan.notice_delivered is Tick.YES else "notice_sent"
    return _row("notice", TickState.DONE, code)


def _people(plan: Planned | None) -> PreparationRow:
    second = plan is not None and plan.second_person
    device = plan is not None and plan.device
    if second and device:
        return _row("people", TickState.DONE, "people")
    if second:
        return _row("people", TickState.OPEN, "device_missing")
    return _row("people", TickState.OPEN, "second_missing" if device else "people_missing")
