"""Two people changed the same record: what differs, and what each field would become.

A value nobody else touched is the person's own; one only the other person changed is theirs; only a
field both changed, to different values, needs somebody to choose.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Side(StrEnum):
    """Whose value a field takes."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class FieldMerge:
    """One field on which the two records differ.

    Attributes:
        name: the field.
        base: its value when the person opened the record.
        mine: as they typed it.
        theirs: as somebody else saved it meanwhile.
    """

    name: str
    base: Any
    mine: Any
    theirs: Any

    @property
    def side(self) -> Side | None:
        """Whose value holds without asking; None: both changed it, somebody must choose."""
        if self.mine == self.base:
            return Side.THEIRS
        return Side.MINE if self.theirs == self.base else None

    @property
    def can_join(self) -> bool:
        """Whether both texts can stand one after the other."""
        return isinstance(self.mine, str) and isinstance(self.theirs, str)

    def value(self, side: Side) -> Any:
        """What the field becomes; both texts: their lines first, none of them twice."""
        if side is Side.MINE:
            return self.mine
        if side is Side.THEIRS:
            return self.theirs
        theirs = self.theirs.splitlines()
        return "\n".join(theirs + [line for line in self.mine.splitlines() if line not in theirs])


def differing(
    base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> tuple[FieldMerge, ...]:
    """The fields on which the person's values and the saved ones differ, in the order of `mine`."""
    return tuple(
        FieldMerge(name, base[name], mine[name], theirs[name])
        for name in mine
        if mine[name] != theirs[name]
    )
