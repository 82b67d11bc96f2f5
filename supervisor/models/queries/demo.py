"""Whether a database holds invented data."""

from sqlalchemy.orm import Session

from supervisor.models.tables import Parameter

DEMO_PARAMETER = "demo"
"""Its presence (value: the seed) tells screens and exports to show 演示数据."""

DEMO_MARK = "(演示)"
"""Ends the names of invented branches, for places that say nothing else of it."""


def is_demo(session: Session) -> bool:
    """Whether this database holds demo data, which screens and exports must say."""
    return session.get(Parameter, (0, DEMO_PARAMETER)) is not None
