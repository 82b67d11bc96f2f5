"""Which version of the program is published; here, where queries and commands may both read it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.program_versions import ProgramVersions
from supervisor.models.rules.parameters import (
    EVERY_BRANCH,
    PROGRAM,
    PROGRAM_MINIMUM,
    PROGRAM_NEWEST,
    PROGRAM_PLACE,
)
from supervisor.models.tables import Parameter


def published(session: Session) -> ProgramVersions:
    """What the administrator published; the same for every branch."""
    stmt = select(Parameter).where(Parameter.branch_id == EVERY_BRANCH, Parameter.key.in_(PROGRAM))
    known = {row.key: row.value for row in session.scalars(stmt)}
    return ProgramVersions(
        *(known.get(key, "") for key in (PROGRAM_NEWEST, PROGRAM_MINIMUM, PROGRAM_PLACE))
    )
