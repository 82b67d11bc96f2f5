"""The one clock. `SUPERVISOR_NOW` fixes it everywhere, for tests, demos and scripts.

Instants are UTC-aware; a *business date* is a calendar day in Asia/Shanghai.
"""

import os
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
ENVIRONMENT_VARIABLE = "SUPERVISOR_NOW"


def parse_instant(text: str) -> datetime:
    """Read an ISO date or date-time; without an offset it is Shanghai time, a bare date is noon.

    Raises:
        ValueError: the text is no ISO date or date-time.
    """
    if len(text) == len("2026-11-23"):
        return datetime.combine(date.fromisoformat(text), time(12), SHANGHAI).astimezone(UTC)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=SHANGHAI)
    return moment.astimezone(UTC)


def now() -> datetime:
    """The present instant in UTC, or the one `SUPERVISOR_NOW` names."""
    fixed = os.environ.get(ENVIRONMENT_VARIABLE)
    return parse_instant(fixed) if fixed else datetime.now(UTC)


def business_date(moment: datetime) -> date:
    """The Shanghai calendar day of an instant."""
    return moment.astimezone(SHANGHAI).date()


def today() -> date:
    """The present business date."""
    return business_date(now())
