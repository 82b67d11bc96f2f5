"""From what stands behind a mark to the queue of a person, or to the schedule of a day."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from supervisor import clock
from supervisor.models.ids import BranchId, StaffId, TeamId
from supervisor.models.rows.case_queue import CaseQueueFilter
from supervisor.models.rows.charts import Records
from supervisor.models.rules.measures.definitions import UNTOUCHED_BANDS

_FIRST_OPEN_BAND = 2
"""The queue knows "so many days and more": bands below a week show all cases of the person."""


def target_of(records: Records, branch_id: BranchId | None) -> tuple[str, object]:
    """The page and what it is to show."""
    if records.kind == "plans":
        return "visit_schedule", records.first
    only = dict(records.only)
    queue = CaseQueueFilter(
        as_of=clock.today(),
        now=clock.now(),
        branches=() if branch_id is None else (branch_id,),
    )
    return "case_queue", replace(queue, **_conditions(only))


def _conditions(only: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if only.get("agent") is not None:
        found["branches"] = ()
        found["agents"] = (StaffId(only["agent"]),)
    if only.get("team") is not None:
        found["branches"] = ()
        found["teams"] = (TeamId(only["team"]),)
    band = only.get("band", 0)
    if band >= _FIRST_OPEN_BAND:
        found["untouched_days_min"] = UNTOUCHED_BANDS[band][0]
    return found
