"""Group roles of an office. Each database has its own: their names begin with its prefix."""

import re
from dataclasses import dataclass
from enum import StrEnum

from supervisor.errors import BadInputError

SCHEMA = "office"
"""Where people, leases and functions lie; the tables stay in `public`."""
DESK_SCHEMA, LEAD_SCHEMA = "office_desk", "office_lead"
"""Views that stand before tables: private things masked; customers de-identified."""

LONGEST_PREFIX = 40
"""Bytes; PostgreSQL cuts names at 63."""


class Group(StrEnum):
    """What a login may be, one of them each; values are what is stored and typed.

    `WORKER` is no person: the login under which `supervisor work` takes in, judges and sums up.
    """

    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    TRAINING_LEAD = "training_lead"
    COMPLIANCE = "compliance"
    ADMIN = "admin"
    INGEST = "ingest"
    AUDITOR = "auditor"
    WORKER = "worker"


S, M, L, C, A, X, U, W = Group
"""One letter each, for the table of decisions."""
DESK = frozenset({S, M, C, A, W})
"""Read the tables of their branches (some through masking views)."""
EVERYBODY = frozenset(Group) - {X}
WRITERS = frozenset({S, M, L, C, A, W})
"""Carry out orders, each of which the audit keeps."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names of the server's roles for one office database."""

    prefix: str

    def __post_init__(self) -> None:
        """Only names that need no care in SQL."""
        if not re.fullmatch(r"[a-z][a-z0-9_]*", self.prefix) or len(self.prefix) > LONGEST_PREFIX:
            raise BadInputError("office_prefix_unfit", value=self.prefix)

    def of(self, group: Group) -> str:
        """The group role."""
        return f"{self.prefix}_{group.value}"

    def many(self, groups: frozenset[Group]) -> str:
        """Several of them, for GRANT and CREATE POLICY."""
        return ", ".join(self.of(group) for group in Group if group in groups)

    @property
    def everywhere(self) -> str:
        """Members see every branch."""
        return f"{self.prefix}_everywhere"

    @property
    def server(self) -> str:
        """Owns functions and views that look where callers may not; nobody logs in as it."""
        return f"{self.prefix}_server"

    @property
    def keeper(self) -> str:
        """Owns the functions that keep logins; the only one that may create roles."""
        return f"{self.prefix}_keeper"

    def all(self) -> tuple[str, ...]:
        """Every role of the office except people's logins."""
        groups = tuple(self.of(group) for group in Group)
        return (*groups, self.everywhere, self.server, self.keeper)


def prefix_for(database: str) -> str:
    """The prefix for a database of this name: small letters, digits and underscores."""
    plain = re.sub(r"[^a-z0-9_]", "_", database.lower())
    return (plain if plain[:1].isalpha() else f"o_{plain}")[:LONGEST_PREFIX]
