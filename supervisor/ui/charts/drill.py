"""From what stands behind a mark to the conditions of the queue, the incidents or the schedule."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from supervisor.models.enums import (
    Bucket,
    CausedBy,
    FlagCategory,
    FlagState,
    Product,
    VisitOutcome,
)
from supervisor.models.ids import StaffId, TeamId
from supervisor.models.rows.case_queue import CaseQueueFilter, FromChart
from supervisor.models.rows.charts import Records
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.rules.measures.definitions import UNTOUCHED_BANDS
from supervisor.ui.charts.asking import About

IDLE_DAYS = 8


def target_of(records: Records, about: About) -> tuple[str, object]:
    """The page and what it is to show."""
    if records.kind == "complaints":
        return "incidents", {"complaints": ""}
    if records.kind in {"flags", "follow_ups"}:
        return "incidents", _incidents(records, about)
    if records.kind == "plans":
        return "visit_schedule", records.first
    wanted = queue_of(records, about)
    return "case_queue", FromChart(wanted, records.title) if records.title else wanted


def queue_of(records: Records, about: About) -> CaseQueueFilter:
    """The nearest the queue can show.

    Behind a figure of visits are the cases whose last visit fell on those days; behind an hour of a
    weekday those with any visit then.
    """
    queue = CaseQueueFilter(
        as_of=about.today, now=about.now, branches=about.branches, teams=about.teams
    )
    asked = dict(_KINDS[records.kind](records))
    for name, value in records.only:
        asked |= _ONLY[name](value)
    return replace(queue, **asked)


_KINDS: Mapping[str, Callable[[Records], dict[str, Any]]] = {
    "cases": lambda _one: {},
    "held": lambda _one: {"branches": ()},
    "team": lambda _one: {"branches": ()},
    "untouched": lambda _one: {"untouched_days_min": IDLE_DAYS},
    "visits": lambda one: {"last_visit_from": one.first, "last_visit_until": one.last},
    "visited": lambda one: {
        "visited_from": one.first,
        "visited_until": one.last,
        "include_ended": True,
    },
    "promises": lambda one: {"promise_due_from": one.first, "promise_due_until": one.last},
    "placed": lambda one: {
        "placed_from": one.first,
        "placed_until": one.last,
        "include_ended": True,
    },
}


def _of_agent(value: Any) -> dict[str, Any]:
    if value is None:
        return {"unassigned": True}
    return {"agents": (StaffId(value),)}


def _band(value: Any) -> dict[str, Any]:
    low, high = UNTOUCHED_BANDS[value]
    return {"untouched_days_min": low, "untouched_days_max": high}


_ONLY: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "bucket": lambda value: {"buckets": frozenset({Bucket(value)})},
    "product": lambda value: {"products": frozenset({Product(value)})},
    "outcome": lambda value: {"outcomes": frozenset({VisitOutcome(value)})},
    "area": lambda value: {"areas": (value,)},
    "agent": _of_agent,
    "team": lambda value: {"teams": (TeamId(value),)},
    "band": _band,
    "weekday": lambda value: {"visited_weekdays": frozenset({int(value)})},
    "hour": lambda value: {"visited_hours": frozenset({int(value)})},
}


def _incidents(records: Records, about: About) -> IncidentFilter:
    wanted = IncidentFilter(
        as_of=about.today, now=about.now, branches=about.branches, allowed=about.actor.branches
    )
    if records.kind == "follow_ups":
        return replace(wanted, late_only=True)
    only = records.only
    return replace(
        wanted,
        raised_from=records.first,
        raised_until=records.last,
        categories=frozenset(FlagCategory(str(v)) for k, v in only if k == "category"),
        states=frozenset(FlagState(str(v)) for k, v in only if k == "state"),
        caused_by=frozenset(CausedBy(str(v)) for k, v in only if k == "caused_by"),
    )
