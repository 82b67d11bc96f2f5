"""The demo's coming visits are checked by the rules, as the worker would do at once."""

from datetime import date

from sqlalchemy.orm import Session

from supervisor.models.commands.plan_checking import check_round

MOST_PLANS = 40_000


def check_plans(session: Session, today: date) -> None:
    """One round over all of them."""
    check_round(session, None, MOST_PLANS, today)
