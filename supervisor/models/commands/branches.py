"""姓名显示: whether the lists of a branch show full names; every change is in the audit."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from supervisor.errors import BadInputError, NotAllowedError
from supervisor.models.changes import Changes
from supervisor.models.commands.selection import may_see
from supervisor.models.enums import Act, Role, Topic
from supervisor.models.orders import ShowNames
from supervisor.models.tables import Branch


def show_names(session: Session, order: ShowNames) -> Changes:
    """Let the lists of a branch show full names, or mask them again.

    Raises:
        BadInputError: no such branch.
        NotAllowedError: the branch is not the actor's, or the actor is no administrator.
    """
    if order.actor.role is not Role.ADMIN:
        raise NotAllowedError("names_not_yours", role=order.actor.role.value)
    if not may_see(order.actor, order.branch_id):
        raise NotAllowedError("branch_not_yours")
    own = Branch.id == order.branch_id
    code = session.scalar(select(Branch.code).where(own).with_for_update())
    if code is None:
        raise BadInputError("branch_unknown")
    session.execute(
        update(Branch)
        .where(own, Branch.shows_names != order.shown)
        .values(shows_names=order.shown, version=Branch.version + 1)
    )
    return Changes(
        act=Act.PARAMETER_SET,
        topics=frozenset({Topic.PARAMETERS, Topic.DIRECTORY}),
        facts={
            "key": "shows_names",
            "value": "1" if order.shown else "0",
            "branch_id": order.branch_id,
            "branch": code,
        },
    )
