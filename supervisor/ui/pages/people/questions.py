"""What the screen of people asks of the server, and what it has it do.

People are no order of ours: functions of the server carry them out and write the audit themselves.
The modules behind are loaded by the thread that answers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from threading import Event
from typing import TYPE_CHECKING, Any

from supervisor.models.enums import Role
from supervisor.models.rows.office_people import OfficePeople

if TYPE_CHECKING:
    from supervisor.models.changes import Actor
    from supervisor.models.database import Database


class Deed(StrEnum):
    """What can be done with a login."""

    ADD = "add"
    CHANGE = "change"
    DISABLE = "disable"


@dataclass(frozen=True, slots=True)
class PeopleOrder:
    """What shall be done. `role` None: role and branches stay.

    Attributes:
        new_password: a password nobody chose is made, and shown once; else none is set.
    """

    deed: Deed
    login: str
    role: Role | None = None
    branches: tuple[str, ...] = ()
    everywhere: bool = False
    new_password: bool = False


@dataclass(frozen=True, slots=True)
class PeopleDone:
    """What was done. `password`: shown once and kept nowhere; empty: none was made."""

    order: PeopleOrder
    password: str = ""


def office_people(session: Any, actor: "Actor") -> OfficePeople:
    """Everybody of the office."""
    from supervisor.models.queries.office_people import office_people as answer  # noqa: PLC0415

    return answer(session, actor)


def job(
    database: "Database", order: PeopleOrder
) -> Callable[[Callable[[int, int], None], Event], PeopleDone]:
    """The order as a job of the runner.

    Raises (from the job):
        ExpectedError: nothing was changed.
    """

    def carry_out(_progress: Callable[[int, int], None], _stop: Event) -> PeopleDone:
        from supervisor.models.office import people  # noqa: PLC0415 - on an office only
        from supervisor.models.office.groups import Group  # noqa: PLC0415

        secret = people.new_password() if order.new_password else None
        with database.transaction() as session:
            connection = session.connection()
            if order.deed is Deed.DISABLE:
                people.disable(connection, order.login)
            else:
                group = Group(order.role.value) if order.role is not None else None
                wanted = people.Wanted(order.login, group, order.branches, order.everywhere, secret)
                act = people.add if order.deed is Deed.ADD else people.change
                act(connection, wanted)
        return PeopleDone(order, secret or "")

    return carry_out
