"""What the visit schedule asks of the core: one place that knows queries and commands."""

from collections.abc import Callable, Mapping

from supervisor.models.changes import Changes
from supervisor.models.commands.paper_visits import record_visit
from supervisor.models.commands.plan_changes import end_plans, equip_plans, record_notice
from supervisor.models.commands.plan_checking import plan_checks
from supervisor.models.commands.planning import (
    plan_visits,
    preview_plan_visits,
    preview_reschedule,
    reschedule_plans,
)
from supervisor.models.commands.undo import undo
from supervisor.models.orders import Order, Undo
from supervisor.models.orders_plans import (
    EndPlans,
    EquipPlans,
    PlanVisits,
    RecordNotice,
    RecordVisit,
    ReschedulePlans,
)
from supervisor.models.queries.schedule import plan_cards, schedule_day
from supervisor.models.queries.working_days import calendar
from supervisor.models.rows.planning import Planning

__all__ = ["COMMANDS", "PREVIEWS", "calendar", "plan_cards", "plan_checks", "schedule_day"]

COMMANDS: Mapping[type[Order], Callable[..., Changes]] = {
    PlanVisits: plan_visits,
    ReschedulePlans: reschedule_plans,
    EndPlans: end_plans,
    RecordNotice: record_notice,
    EquipPlans: equip_plans,
    RecordVisit: record_visit,
    Undo: undo,
}
"""What carries each order of this screen out."""

PREVIEWS: Mapping[type[Order], Callable[..., Planning]] = {
    PlanVisits: preview_plan_visits,
    ReschedulePlans: preview_reschedule,
}
"""What an order would do."""
