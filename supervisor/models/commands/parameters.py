"""House parameters: reading them for a judgement, and setting them."""

from collections.abc import Container
from datetime import time

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError, NotAllowedError
from supervisor.models.changes import Changes
from supervisor.models.commands.selection import may_see
from supervisor.models.commands.summary_marks import mark_all
from supervisor.models.enums import Act, Topic
from supervisor.models.orders import SetAims, SetParameter
from supervisor.models.rows.aims import AIM_SETTERS
from supervisor.models.rules.parameters import (
    AIMS,
    EVERY_BRANCH,
    PARAMETERS,
    PROGRAM,
    QUIET_FROM,
    QUIET_UNTIL,
)
from supervisor.models.tables import Branch, Parameter


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
    _check(order.key, order.value, PARAMETERS.keys() - set(PROGRAM))
    branch_id = _branch(session, order)
    put(session, branch_id, order.key, order.value)
    if order.key in {QUIET_FROM, QUIET_UNTIL}:
        mark_all(session)
    return Changes(
        act=Act.PARAMETER_SET,
        topics=frozenset({Topic.PARAMETERS}),
        facts={"key": order.key, "value": order.value, "branch_id": branch_id},
    )


def set_aims(session: Session, order: SetAims) -> Changes:
    """Set targets and the cap of cases together.

    Raises:
        BadInputError: none of these parameters, no value of it, no such branch, or nothing changes.
        NotAllowedError: the branch or this act is not the actor's.
    """
    if order.actor.role not in AIM_SETTERS:
        raise NotAllowedError("aims_not_yours", role=order.actor.role.value)
    for key, value in order.values:
        _check(key, value, AIMS)
    branch_id = _branch(session, order)
    mine = select(Parameter.key, Parameter.value).where(Parameter.branch_id == branch_id)
    known = {row.key: row.value for row in session.execute(mine)}
    changed = {key: value for key, value in order.values if known.get(key, "") != value}
    if not changed:
        raise BadInputError("aims_so_already")
    for key, value in changed.items():
        put(session, branch_id, key, value)
    return Changes(
        act=Act.PARAMETER_SET,
        topics=frozenset({Topic.PARAMETERS}),
        facts={**changed, "branch_id": branch_id},
    )


def _check(key: str, value: str, among: Container[str]) -> None:
    known = PARAMETERS.get(key)
    if known is None or key not in among:
        raise BadInputError("parameter_unknown", key=key)
    if not known.accepts(value):
        raise BadInputError("parameter_value_bad", key=key)


def put(session: Session, branch_id: int, key: str, value: str) -> None:
    """Store a value that was checked, for one branch or `EVERY_BRANCH`."""
    mine = (Parameter.branch_id == branch_id, Parameter.key == key)
    old = session.scalar(select(Parameter.version).where(*mine).with_for_update())
    now = clock.now()
    if old is None:
        session.execute(
            insert(Parameter).values(branch_id=branch_id, key=key, value=value, recorded_at=now)
        )
    else:
        session.execute(
            update(Parameter)
            .where(*mine)
            .values(value=value, recorded_at=now, version=Parameter.version + 1)
        )


def _branch(session: Session, order: SetParameter | SetAims) -> int:
    if order.branch_id is None:
        if order.actor.branches is not None:
            raise NotAllowedError("branch_not_yours")
        return EVERY_BRANCH
    if not may_see(order.actor, order.branch_id):
        raise NotAllowedError("branch_not_yours")
    if session.scalar(select(Branch.id).where(Branch.id == order.branch_id)) is None:
        raise BadInputError("branch_unknown")
    return order.branch_id
