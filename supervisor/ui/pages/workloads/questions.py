"""What the workloads page asks of the core: one place that knows queries and commands."""

from collections.abc import Callable, Mapping

from supervisor.models.changes import Changes
from supervisor.models.commands.share_cases import share_cases
from supervisor.models.commands.undo import undo
from supervisor.models.orders import Order, ShareCases, Undo
from supervisor.models.queries.measures import measure
from supervisor.models.queries.workloads import workloads

__all__ = ["COMMANDS", "measure", "workloads"]

COMMANDS: Mapping[type[Order], Callable[..., Changes]] = {ShareCases: share_cases, Undo: undo}
"""What carries each order of this screen out."""
