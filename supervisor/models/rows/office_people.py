"""People of the office as its administrators see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from supervisor.models.enums import Role


class PeopleKept(StrEnum):
    """Whether people are kept here, and whether this login keeps them."""

    FILE = "file"
    """One person's own file: nobody else signs in."""
    NO_OFFICE = "no_office"
    """A server whose owner has not made it an office."""
    OTHERS = "others"
    """An office; its administrators of every branch keep people."""
    HERE = "here"


@dataclass(frozen=True, slots=True)
class OfficePerson:
    """A login. `branches`: codes; `disabled_at` None: it may sign in."""

    login: str
    role: Role
    branches: tuple[str, ...]
    everywhere: bool
    disabled_at: datetime | None
    changed_by: str
    changed_at: datetime

    @property
    def may_sign_in(self) -> bool:
        """Whether it was not switched off."""
        return self.disabled_at is None


@dataclass(frozen=True, slots=True)
class OfficePeople:
    """Everybody, and the branches (code, name) there are to give.

    Attributes:
        me: the login that asked; nobody switches off their own.
    """

    kept: PeopleKept
    people: tuple[OfficePerson, ...] = ()
    branches: tuple[tuple[str, str], ...] = ()
    me: str = ""
    owner: bool = False
    """Whether the login owns the office: only the owner keeps the login of the quiet work."""
