"""From what stands behind a mark to the conditions of the queue or of the incidents."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from supervisor.models.enums import CausedBy, FlagCategory, FlagState
from supervisor.models.rows.case_queue import CaseQueueFilter
from supervisor.models.rows.charts import Records
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.ui.pages.overview.questions import About

IDLE_DAYS = 8


def target_of(records: Records, about: About) -> tuple[str, object]:
    """The page and what it is to show.

    The queue knows the last visit of a case, not each: what is behind a visit figure are the cases
    whose last visit fell on those days.
    """
    if records.kind == "complaints":
        return "incidents", {"complaints": ""}
    if records.kind in {"flags", "follow_ups"}:
        return "incidents", _incidents(records, about)
    queue = CaseQueueFilter(as_of=about.today, now=about.now, branches=about.branches)
    return "case_queue", replace(queue, **_QUEUE[records.kind](records))


_QUEUE: Mapping[str, Callable[[Records], dict[str, Any]]] = {
    "cases": lambda _one: {},
    "untouched": lambda _one: {"untouched_days_min": IDLE_DAYS},
    "visits": lambda one: {"last_visit_from": one.first, "last_visit_until": one.last},
    "promises": lambda one: {"promise_due_from": one.first, "promise_due_until": one.last},
    "placed": lambda one: {
        "placed_from": one.first,
        "placed_until": one.last,
        "include_ended": True,
    },
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
