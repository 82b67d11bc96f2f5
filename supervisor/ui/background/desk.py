"""What every presenter is given: the door, the runner, the bus, who asks, and preferences."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.models.ids import BranchId, TeamId
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.drafts import Drafts
from supervisor.ui.background.runner import TaskRunner

if TYPE_CHECKING:
    from supervisor.models.rows.directory import DirectoryRow


class Preferences(Protocol):
    """The part of the person's preferences that screens read."""

    @property
    def language(self) -> str:
        """One of `i18n.LANGUAGES`."""

    @property
    def theme(self) -> str:
        """One of "light", "dark", "system"."""

    @property
    def row_height(self) -> str:
        """Either "normal" or "compact", for tables whose height nobody chose."""

    @property
    def reveal_seconds(self) -> int:
        """How long revealed personal information stays readable."""

    @property
    def mask_after_minutes(self) -> int:
        """It is masked sooner when nobody touched the program for so long."""

    @property
    def copy_headings(self) -> bool:
        """Whether copied rows start with their headings."""

    @property
    def tray_reminders(self) -> bool:
        """Whether what is due and late is told beside the clock."""


@dataclass(frozen=True, slots=True)
class PlainPreferences:
    """Preferences as plain values, for shots and tests."""

    language: str = "zh_CN"
    theme: str = "system"
    row_height: str = "normal"
    reveal_seconds: int = 300
    mask_after_minutes: int = 2
    copy_headings: bool = True
    tray_reminders: bool = True


@dataclass(frozen=True, slots=True)
class Scope:
    """网点 › 小组: whose work the pages show; empty is everything the person may see."""

    branches: tuple[BranchId, ...] = ()
    teams: tuple[TeamId, ...] = ()

    def branch_of(self, known: "DirectoryRow | None") -> BranchId | None:
        """The branch a screen of one branch shows: the scope's, else the first one there is."""
        if known is None:
            return None
        if self.branches:
            return self.branches[0]
        for team in known.teams:
            if team.team_id in self.teams:
                return team.branch_id
        return known.branches[0].branch_id if known.branches else None

    def in_one_branch(self, known: "DirectoryRow | None") -> "Scope":
        """The scope as such a screen honours it: one branch, or teams of it."""
        branch = self.branch_of(known)
        if self.teams or branch is None or known is None:
            return self
        return Scope((branch,)) if len(known.branches) != 1 else Scope()


@dataclass(slots=True)
class Desk:
    """One open database and the person at it."""

    database: Database
    runner: TaskRunner
    bus: ChangeBus
    actor: Actor
    preferences: Preferences
    scope: Scope = field(default_factory=Scope)
    drafts: Drafts = field(default_factory=Drafts)
