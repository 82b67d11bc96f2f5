"""The house's working hours and deadlines for flags, as one value."""

from sqlalchemy.orm import Session

from supervisor.models.commands.parameters import number_of, time_of
from supervisor.models.enums import Severity
from supervisor.models.house_calendar import calendar_of
from supervisor.models.rules.incidents import DueHours
from supervisor.models.rules.parameters import (
    FIRST_LOOK_HOURS,
    FOLLOW_UP_HOURS,
    WORK_FROM,
    WORK_UNTIL,
)
from supervisor.models.rules.workdays import Hours


def due_hours(session: Session, branch_id: int) -> DueHours:
    """Deadlines as the branch sets them."""

    def by_severity(key: str) -> dict[Severity, float]:
        return {one: number_of(session, f"{key}_{one}", branch_id) for one in Severity}

    office = Hours(time_of(session, WORK_FROM, branch_id), time_of(session, WORK_UNTIL, branch_id))
    return DueHours(
        office,
        calendar_of(session),
        by_severity(FIRST_LOOK_HOURS),
        by_severity(FOLLOW_UP_HOURS),
    )
