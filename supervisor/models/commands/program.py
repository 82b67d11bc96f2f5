"""Publishing a version of the program: which there is, where, and which is the oldest to write."""

from sqlalchemy.orm import Session

from supervisor import __version__
from supervisor.errors import BadInputError, NotAllowedError
from supervisor.models.changes import Changes
from supervisor.models.commands.parameters import put
from supervisor.models.enums import Act, Topic
from supervisor.models.house_program import published
from supervisor.models.orders_program import PublishProgram
from supervisor.models.program_versions import ProgramVersions, is_older
from supervisor.models.rules.parameters import (
    EVERY_BRANCH,
    PROGRAM_MINIMUM,
    PROGRAM_NEWEST,
    PROGRAM_PLACE,
    is_place,
    is_version,
)


def publish_program(session: Session, order: PublishProgram) -> Changes:
    """Say which version there is, where its installer lies, and which is the oldest to write.

    Nobody can demand a version newer than his own program: he would shut himself out.

    Raises:
        BadInputError: no version, no place, a minimum that cannot be, or nothing changes.
        NotAllowedError: not for an administrator of some branches alone.
    """
    if order.actor.branches is not None:
        raise NotAllowedError("program_not_yours")
    wanted = order.versions
    _check(wanted)
    before = published(session)
    if wanted == before:
        raise BadInputError("program_so_already")
    values = {
        PROGRAM_NEWEST: (before.newest, wanted.newest),
        PROGRAM_MINIMUM: (before.minimum, wanted.minimum),
        PROGRAM_PLACE: (before.place, wanted.place),
    }
    changed = {key: becomes for key, (was, becomes) in values.items() if was != becomes}
    for key, value in changed.items():
        put(session, EVERY_BRANCH, key, value)
    return Changes(
        act=Act.PARAMETER_SET,
        topics=frozenset({Topic.PARAMETERS}),
        facts={**changed, "branch_id": EVERY_BRANCH},
    )


def _check(wanted: ProgramVersions) -> None:
    for version in (wanted.newest, wanted.minimum):
        if version and not is_version(version):
            raise BadInputError("program_no_version", version=version)
    if not wanted.newest:
        if wanted.minimum or wanted.place:
            raise BadInputError("program_no_version", version="")
        return
    if not is_place(wanted.place):
        raise BadInputError("program_no_place")
    if wanted.minimum and is_older(wanted.newest, wanted.minimum):
        raise BadInputError("program_minimum_above_newest", newest=wanted.newest)
    if wanted.minimum and is_older(__version__, wanted.minimum):
        raise BadInputError("program_minimum_above_own", own=__version__)
