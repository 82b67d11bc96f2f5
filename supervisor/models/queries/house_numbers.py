"""House parameters that are whole numbers, for queries."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.rules.parameters import PARAMETERS
from supervisor.models.tables import Parameter

_HOUSE = 0


def house_number(session: Session, key: str, branches: Sequence[int] = ()) -> int:
    """The value of one branch where exactly one is asked for, else the house's, else the default.

    Figures over several branches need one definition: they take the house's.
    """
    return house_numbers(session, (key,), branches)[key]


def house_numbers(
    session: Session, keys: Collection[str], branches: Sequence[int] = ()
) -> dict[str, int]:
    """Several of them at once."""
    places = [_HOUSE, *(branches if len(branches) == 1 else ())]
    stmt = (
        select(Parameter.key, Parameter.value)
        .where(Parameter.key.in_(keys), Parameter.branch_id.in_(places))
        .order_by(Parameter.branch_id)
    )
    found = {key: int(PARAMETERS[key].default) for key in keys}
    return found | {row.key: int(row.value) for row in session.execute(stmt)}
