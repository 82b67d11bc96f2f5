"""Which version of the program is published, as a question of screens and commands."""

from sqlalchemy.orm import Session

from supervisor.models.house_program import published
from supervisor.models.program_versions import ProgramVersions


def program_versions(session: Session, _wanted: None) -> ProgramVersions:
    """What the administrator published."""
    return published(session)
