"""What the workloads page asks of the core: one place that knows queries and commands."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from supervisor.models.changes import Actor, Changes
from supervisor.models.commands.share_cases import share_cases
from supervisor.models.commands.undo import undo
from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.ids import BranchId
from supervisor.models.orders import Order, ShareCases, Undo
from supervisor.models.queries.measures import measure
from supervisor.models.queries.workloads import workloads
from supervisor.models.rows.measures import MeasureFilter

__all__ = ["COMMANDS", "comparison", "measure", "workloads"]

COMMANDS: Mapping[type[Order], Callable[..., Changes]] = {ShareCases: share_cases, Undo: undo}
"""What carries each order of this screen out."""


def comparison(
    actor: Actor, branch_id: BranchId, first: date, today: date, now: datetime
) -> MeasureFilter:
    """Actual against expected by person of a branch, over these days."""
    return MeasureFilter(
        measure=MeasureId.FAIR_COMPARISON,
        first_on=first,
        last_on=today,
        as_of=today,
        now=now,
        branches=(branch_id,),
        allowed=actor.branches,
        by=(Dimension.AGENT,),
    )
