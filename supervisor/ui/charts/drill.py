"""From what stands behind a mark to the conditions of the case queue."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from supervisor.models.enums import Bucket, Product, VisitOutcome
from supervisor.models.rows.case_queue import CaseQueueFilter
from supervisor.models.rows.charts import Records
from supervisor.ui.charts.asking import About


def queue_of(records: Records, about: About) -> CaseQueueFilter:
    """The nearest the queue can show.

    It knows the last visit of a case, not each: what is behind a visit figure are the cases whose
    last visit fell on those days.
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
    "visits": lambda one: {"last_visit_from": one.first, "last_visit_until": one.last},
    "promises": lambda one: {"promise_due_from": one.first, "promise_due_until": one.last},
    "placed": lambda one: {
        "placed_from": one.first,
        "placed_until": one.last,
        "include_ended": True,
    },
}
_ONLY: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "bucket": lambda value: {"buckets": frozenset({Bucket(value)})},
    "product": lambda value: {"products": frozenset({Product(value)})},
    "outcome": lambda value: {"outcomes": frozenset({VisitOutcome(value)})},
    "area": lambda value: {"areas": (value,)},
    "agent": lambda value: {"unassigned": True} if value is None else {"agents": (value,)},
}
