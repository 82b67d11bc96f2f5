"""The demo's coming visits are checked by the rules, as the worker would do at once."""

from sqlalchemy.orm import Session

from supervisor.models.changes import Actor
from supervisor.models.commands.plan_checking import check_waiting
from supervisor.models.enums import Role
from supervisor.models.orders_plans import CheckPlans

MOST_PLANS = 40_000


def check_plans(session: Session) -> None:
    """One round over all of them."""
    check_waiting(session, CheckPlans(actor=Actor("demo", Role.ADMIN), limit=MOST_PLANS))
