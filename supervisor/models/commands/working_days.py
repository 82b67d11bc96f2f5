"""Setting the house's working days and office hours; administrators of all branches only."""

from datetime import time

from sqlalchemy.orm import Session

from supervisor.errors import BadInputError, NotAllowedError
from supervisor.models.changes import Changes
from supervisor.models.commands.flag_selection import said
from supervisor.models.commands.parameters import put
from supervisor.models.enums import Act, Role, Topic
from supervisor.models.house_calendar import house_years, office_hours
from supervisor.models.orders import Order
from supervisor.models.orders_calendar import SetOfficeHours, SetWorkingDays
from supervisor.models.rules.parameters import EVERY_BRANCH, WORK_FROM, WORK_UNTIL, WORKING_DAYS
from supervisor.models.rules.workdays import YearDays
from supervisor.models.rules.working_days import checked, kept_text

LEAST_MINUTES = 60
"""Offices are open for at least so long."""


def set_working_days(session: Session, order: SetWorkingDays) -> Changes:
    """Set years, or give them back to the announcement.

    Raises:
        BadInputError: no reason, nothing changes, or days that cannot be.
        NotAllowedError: not an administrator of all branches.
    """
    _only_administrators(order)
    reason = said(order.reason, code="calendar_without_reason")
    old = house_years(session)
    new = dict(old)
    for one in order.years:
        new.pop(one.year, None)
        if not one.announced:
            days = YearDays(frozenset(one.rest), frozenset(one.work))
            new[one.year] = checked(one.year, days)
    if new == old:
        raise BadInputError("calendar_so_already")
    text = kept_text(new)
    put(session, EVERY_BRANCH, WORKING_DAYS, text)
    years = ", ".join(str(one.year) for one in order.years)
    return _told({"key": WORKING_DAYS, "years": years, "value": text, "reason": reason})


def set_office_hours(session: Session, order: SetOfficeHours) -> Changes:
    """Set office hours.

    Raises:
        BadInputError: no reason, nothing changes, or less than an hour.
        NotAllowedError: not an administrator of all branches.
    """
    _only_administrators(order)
    reason = said(order.reason, code="calendar_without_reason")
    if office_hours(session) == (order.opens, order.closes):
        raise BadInputError("calendar_so_already")
    if _minutes(order.closes) - _minutes(order.opens) < LEAST_MINUTES:
        raise BadInputError("office_hours_bad")
    values = {WORK_FROM: f"{order.opens:%H:%M}", WORK_UNTIL: f"{order.closes:%H:%M}"}
    for key, value in values.items():
        put(session, EVERY_BRANCH, key, value)
    return _told({"key": WORK_FROM, "value": "–".join(values.values()), "reason": reason})


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _only_administrators(order: Order) -> None:
    if order.actor.branches is not None:
        raise NotAllowedError("calendar_for_all_branches")
    if order.actor.role is not Role.ADMIN:
        raise NotAllowedError("calendar_not_yours", role=order.actor.role.value)


def _told(facts: dict[str, str | int]) -> Changes:
    return Changes(
        act=Act.PARAMETER_SET,
        topics=frozenset({Topic.PARAMETERS}),
        facts={**facts, "branch_id": EVERY_BRANCH},
    )
