"""House parameters: reading them for a judgement, and setting them."""

from datetime import time

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError, NotAllowedError
from supervisor.models.changes import Changes
from supervisor.models.commands.selection import may_see
from supervisor.models.commands.summary_marks import mark_all
from supervisor.models.enums import Act, Topic
from supervisor.models.orders import SetParameter
from supervisor.models.rules.parameters import PARAMETERS, QUIET_FROM, QUIET_UNTIL
from supervisor.models.tables import Branch, Parameter

EVERY_BRANCH = 0


def value_of(session: Session, key: str, branch_id: int = EVERY_BRANCH) -> str:
    """A parameter as the branch sets it, else as the house does, else its default."""
    set_values = {
        row.branch_id: row.value
        for row in session.execute(
            select(Parameter.branch_id, Parameter.value).where(
                Parameter.key == key, Parameter.branch_id.in_({EVERY_BRANCH, branch_id})
            )
        )
    }
    default = set_values.get(EVERY_BRANCH, PARAMETERS[key].default)
    return str(set_values.get(branch_id, default))


def number_of(session: Session, key: str, branch_id: int = EVERY_BRANCH) -> int:
    """A parameter that is a whole number."""
    return int(value_of(session, key, branch_id))


def time_of(session: Session, key: str, branch_id: int = EVERY_BRANCH) -> time:
    """A parameter that is a time of day in Shanghai."""
    return time.fromisoformat(value_of(session, key, branch_id))


def set_parameter(session: Session, order: SetParameter) -> Changes:
    """Set a house parameter for one branch or all.

    Raises:
        BadInputError: no such parameter or branch, or not a value of it.
        NotAllowedError: the branch is not the actor's.
    """
    known = PARAMETERS.get(order.key)
    if known is None:
        raise BadInputError("parameter_unknown", key=order.key)
    if not known.accepts(order.value):
        raise BadInputError("parameter_value_bad", key=order.key)
    branch_id = _branch(session, order)
    key = (Parameter.branch_id == branch_id, Parameter.key == order.key)
    old = session.scalar(select(Parameter.version).where(*key).with_for_update())
    now = clock.now()
    if old is None:
        session.execute(
            insert(Parameter).values(
                branch_id=branch_id, key=order.key, value=order.value, recorded_at=now
            )
        )
    else:
        session.execute(
            update(Parameter)
            .where(*key)
            .values(value=order.value, recorded_at=now, version=Parameter.version + 1)
        )
    if order.key in {QUIET_FROM, QUIET_UNTIL}:
        mark_all(session)
    return Changes(
        act=Act.PARAMETER_SET,
        topics=frozenset({Topic.PARAMETERS}),
        facts={"key": order.key, "value": order.value, "branch_id": branch_id},
    )


def _branch(session: Session, order: SetParameter) -> int:
    if order.branch_id is None:
        if order.actor.branches is not None:
            raise NotAllowedError("branch_not_yours")
        return EVERY_BRANCH
    if not may_see(order.actor, order.branch_id):
        raise NotAllowedError("branch_not_yours")
    if session.scalar(select(Branch.id).where(Branch.id == order.branch_id)) is None:
        raise BadInputError("branch_unknown")
    return order.branch_id
