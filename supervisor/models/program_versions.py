"""Which version of the program the administrator published, and how another one stands to it."""

from dataclasses import dataclass
from enum import StrEnum

from supervisor.models.rules.parameters import is_version


class ProgramState(StrEnum):
    """How a program stands to what was published."""

    CURRENT = "current"
    NEWER_THERE = "newer_there"
    TOO_OLD = "too_old"


@dataclass(frozen=True, slots=True)
class ProgramVersions:
    """What was published; empty texts: nothing.

    Attributes:
        newest: the version there is. place: folder, file or address of its installer.
        minimum: programs older than this may not write.
    """

    newest: str = ""
    minimum: str = ""
    place: str = ""

    def state(self, own: str) -> ProgramState:
        """How a program of version `own` stands."""
        if self.minimum and is_older(own, self.minimum):
            return ProgramState.TOO_OLD
        if self.newest and is_older(own, self.newest):
            return ProgramState.NEWER_THERE
        return ProgramState.CURRENT


def is_older(one: str, other: str) -> bool:
    """Whether `one` comes before `other`; 1.2 and 1.2.0 are the same.

    Raises:
        ValueError: one of them is no version.
    """
    return _numbers(one) < _numbers(other)


def _numbers(text: str) -> tuple[int, ...]:
    if not is_version(text):
        raise ValueError(text)
    numbers = [int(part) for part in text.split(".")]
    return tuple([*numbers, 0, 0, 0][:4])
