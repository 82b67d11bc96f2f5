"""What every presenter is given: the door, the runner, the bus, who asks, and preferences."""

from dataclasses import dataclass
from typing import Protocol

from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.runner import TaskRunner


class Preferences(Protocol):
    """The part of the person's preferences that screens read."""

    @property
    def language(self) -> str:
        """One of `i18n.LANGUAGES`."""

    @property
    def theme(self) -> str:
        """One of "light", "dark", "system"."""


@dataclass(frozen=True, slots=True)
class PlainPreferences:
    """Preferences as plain values, for shots and tests."""

    language: str = "zh_CN"
    theme: str = "system"


@dataclass(slots=True)
class Desk:
    """One open database and the person at it."""

    database: Database
    runner: TaskRunner
    bus: ChangeBus
    actor: Actor
    preferences: Preferences
