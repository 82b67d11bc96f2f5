"""Setting the house's working days and office hours; administrators of all branches only."""

from datetime import time

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError, NotAllowedError
from supervisor.models.changes import Changes
from supervisor.models.commands.flag_selection import said
from supervisor.models.enums import Act, Role, Topic
from supervisor.models.house_calendar import EVERY_BRANCH, house_years, office_hours
from supervisor.models.orders import Order
from supervisor.models.orders_calendar import SetOfficeHours, SetWorkingDays
from supervisor.models.rules.parameters import WORK_FROM, WORK_UNTIL, WORKING_DAYS
from supervisor.models.rules.workdays import YearDays
from supervisor.models.rules.working_days import checked, kept_text
from supervisor.models.tables import Parameter

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
    _put(session, WORKING_DAYS, text)
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
        _put(session, key, value)
    return _told({"key": WORK_FROM, "value": "–".join(values.values()), "reason": reason})


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _only_administrators(order: Order) -> None:
    if order.actor.branches is not None:
        raise NotAllowedError("calendar_for_all_branches")
    if order.actor.role is not Role.ADMIN:
        raise NotAllowedError("calendar_not_yours", role=order.actor.role.value)


def _put(session: Session, key: str, value: str) -> None:
    mine = (Parameter.branch_id == EVERY_BRANCH, Parameter.key == key)
    known = session.scalar(select(Parameter.version).where(*mine).with_for_update())
    now = clock.now()
    if known is None:
        session.execute(
            insert(Parameter).values(branch_id=EVERY_BRANCH, key=key, value=value, recorded_at=now)
        )
        return
    changed = update(Parameter).where(*mine)
    session.execute(changed.values(value=value, recorded_at=now, version=Parameter.version + 1))


def _told(facts: dict[str, str | int]) -> Changes:
    return Changes(
        act=Act.PARAMETER_SET,
        topics=frozenset({Topic.PARAMETERS}),
        facts={**facts, "branch_id": EVERY_BRANCH},
    )
