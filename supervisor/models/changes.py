"""What a write touched: the value every command returns and the bus carries."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from supervisor.models.enums import Act, Role, Topic
from supervisor.models.ids import BranchId, CommandId, StaffId


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. `branches` is None for all branches (head office, one desk)."""

    name: str
    role: Role
    branches: tuple[BranchId, ...] | None = None
    staff_id: StaffId | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """One record a command would not touch, and why.

    Attributes:
        subject: what people call the record (case number, row number), never a private value.
        code: key of the sentence in `supervisor.words`.
        facts: values for that sentence.
    """

    subject: str
    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """Returned by every command, stored with its `command_id`, told to every screen.

    Attributes:
        act: what was done, as the audit says it.
        topics: what screens must ask for again.
        counts: numbers for the audit and the result sentence ("cases": 12).
        refused: records left alone, with reasons.
        undo_id: the command id to send to `undo`, where the act can be undone.
        created: identifiers of new records, by name ("batch": 17).
        facts: what else the audit keeps (codes, identifiers); never a private value.
    """

    act: Act
    topics: frozenset[Topic]
    counts: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[Refusal, ...] = ()
    undo_id: CommandId | None = None
    created: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, str | int] = field(default_factory=dict)
