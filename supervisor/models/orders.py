"""Every order the core takes: frozen values, each carried out by the command of the same name.

An order says who asks and carries an id; sending it twice does it once.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from supervisor.models.changes import Actor
from supervisor.models.enums import AddressKind, HoldReason, Mark, Role
from supervisor.models.enums_queue import ViewScope
from supervisor.models.ids import (
    BranchId,
    CaseId,
    CommandId,
    PlanId,
    StaffId,
    ViewId,
    new_command_id,
)

Roles = frozenset[Role]

EVERYBODY: Roles = frozenset(Role)
ADMINS: Roles = frozenset({Role.ADMIN})
FIELD: Roles = ADMINS | {Role.SUPERVISOR}
"""Who says who goes where: cases, plans and paper records."""
HOLDERS: Roles = FIELD | {Role.COMPLIANCE}
TALKERS: Roles = HOLDERS | {Role.MANAGER}
"""Who writes about a case."""
REVEALERS: Roles = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.COMPLIANCE})
"""Who may be shown private items, for a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to do; the base of all orders.

    `givers`: in which roles people may give it (product.md sections 7 and 9). The gate of all
    writes refuses others; an order that leaves it to everybody is checked by its command, belongs
    to the machinery, or concerns only who gives it (`tests/models/test_who_may.py` says which).
    """

    givers: ClassVar[Roles] = EVERYBODY

    actor: Actor
    command_id: CommandId = field(default_factory=new_command_id)


@dataclass(frozen=True, slots=True)
class CaseRef:
    """A case as the person saw it: a changed `version` means somebody else was faster.

    `version` None skips that check (orders given by number, without a screen).
    """

    branch_id: BranchId
    case_id: CaseId
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReassignCases(Order):
    """改派: give cases to another agent (and second agent) of the same branch."""

    givers: ClassVar[Roles] = FIELD

    cases: tuple[CaseRef, ...]
    agent_id: StaffId
    second_agent_id: StaffId | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GiveCase:
    """One case and whom it is given to."""

    case: CaseRef
    agent_id: StaffId


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCases(Order):
    """改派 of a fairer split: cases of one branch to several people, within what a split may do.

    `planned_move`: cases with a visit today or tomorrow may change hands, and the visit with them.
    """

    givers: ClassVar[Roles] = FIELD

    moves: tuple[GiveCase, ...]
    planned_move: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldCases(Order):
    """停催: rest until and including `until_on` (None: until somebody ends it)."""

    givers: ClassVar[Roles] = HOLDERS

    cases: tuple[CaseRef, ...]
    reason: HoldReason
    until_on: date | None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndHolds(Order):
    """End the open holds of cases."""

    givers: ClassVar[Roles] = HOLDERS

    cases: tuple[CaseRef, ...]
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkCases(Order):
    """色标: set or remove (None) the colour mark."""

    givers: ClassVar[Roles] = FIELD

    cases: tuple[CaseRef, ...]
    mark: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSecondPerson(Order):
    """指定同行: name the second person, or ask for one (None)."""

    givers: ClassVar[Roles] = FIELD

    cases: tuple[CaseRef, ...]
    second_agent_id: StaffId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(Order):
    """Write a note on one case."""

    givers: ClassVar[Roles] = TALKERS

    case: CaseRef
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPlan(Order):
    """Plan a visit. Window in instants; both ends on one business date."""

    givers: ClassVar[Roles] = FIELD

    case: CaseRef
    window_from: datetime
    window_until: datetime
    address_kind: AddressKind = AddressKind.HOME
    agent_id: StaffId | None = None
    second_agent_id: StaffId | None = None
    target_fen: int | None = None
    strategy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelPlan(Order):
    """Call a planned visit back or cancel it."""

    givers: ClassVar[Roles] = FIELD

    branch_id: BranchId
    plan_id: PlanId
    recalled: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCase(Order):
    """Move a case, with its borrower, contracts, sister cases and all children, to a branch."""

    givers: ClassVar[Roles] = ADMINS

    case: CaseRef
    to_branch_id: BranchId


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(Order):
    """Take a command back while its rows are as it left them."""

    undo_id: CommandId


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveView(Order):
    """Create (`view_id` None) or change a saved view; `definition` and `columns` as the row's."""

    view_id: ViewId | None
    name: str
    definition: str
    scope: ViewScope = ViewScope.MINE
    shared_role: str | None = None
    pinned: bool = False
    owner: str | None = None
    branch_id: BranchId | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveView(Order):
    """Remove a saved view; can be undone."""

    view_id: ViewId


@dataclass(frozen=True, slots=True, kw_only=True)
class SetParameter(Order):
    """Set a house parameter for one branch or (None) all."""

    givers: ClassVar[Roles] = ADMINS

    key: str
    value: str
    branch_id: BranchId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAims(Order):
    """Set targets and the cap of cases for one branch or (None) all: (key, value) pairs."""

    values: tuple[tuple[str, str], ...]
    branch_id: BranchId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowNames(Order):
    """姓名显示: let the lists of a branch show full names, or mask them."""

    branch_id: BranchId
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealPrivate(Order):
    """显示个人信息: write into the audit that somebody was shown private items, and why."""

    givers: ClassVar[Roles] = REVEALERS

    case: CaseRef
    items: tuple[str, ...]
    reason: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn(Order):
    """Write into the audit that somebody opened the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogExport(Order):
    """Write into the audit that rows left the program (export, copy).

    Attributes:
        case_id: whose private items left, where it is one case's.
    """

    what: str
    rows: int
    copied: bool = False
    case_id: CaseId | None = None
