"""Between the command line and the desktop: what each asks of the other, and the exit codes.

The window starts from here, so nothing of the option parser is imported.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import Protocol


class Exit(IntEnum):
    """What a command tells its caller."""

    DONE = 0
    CHECK_FAILED = 1  # or rows were refused
    USAGE = 2
    WORLD_SAID_NO = 3
    SYSTEM_LIBRARY_MISSING = 4
    OUR_BUG = 70


class QtMissingError(Exception):
    """Qt cannot be loaded: its system libraries are missing."""


class Doors(Protocol):
    """What only the desktop can do; `__main__` hands it in, so this room never imports Qt.

    Each call raises `QtMissingError` where Qt cannot be loaded.
    """

    def load(self) -> None:
        """Load Qt, to know early whether it can be."""

    def desk(self, address: str | None, language: str | None, as_of: date | None) -> int:
        """Open the window on a database (None: the chosen one); its exit code when it is closed."""

    def shots(self, address: str, folder: Path, wanted: "ShotOptions") -> int:
        """Render every screen to PNG files."""

    def self_test(self) -> Sequence[str]:
        """Load everything once on an empty database; what failed, in sentences."""


@dataclass(frozen=True, slots=True)
class ShotOptions:
    """How screens are rendered. Size in logical pixels.

    `only`: the screens wanted, by name; none: every screen, and their files are told on stdout.
    """

    language: str | None = None
    theme: str | None = None
    width: int = 1440
    height: int = 900
    scale: float = 1.0
    only: frozenset[str] = frozenset()
