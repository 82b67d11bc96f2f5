"""House parameters: what no rule text gives and each branch may set, with their defaults.

A value is kept as text. Kinds: a whole number within bounds, or a time of day `HH:MM`.
"""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter's default and bounds; `bounds` None: a time of day."""

    key: str
    default: str
    bounds: tuple[int, int] | None = None

    def accepts(self, value: str) -> bool:
        """Whether a text is a value of this parameter."""
        if self.bounds is None:
            try:
                return time.fromisoformat(value).strftime("%H:%M") == value
            except ValueError:
                return False
        low, high = self.bounds
        return value.isascii() and value.isdecimal() and low <= int(value) <= high


QUIET_UNTIL = "quiet_until"
"""No visit before this time of day."""
QUIET_FROM = "quiet_from"
"""No visit from this time of day on."""
UNDO_MINUTES = "undo_minutes"
"""How long an act can be taken back."""
IMPORT_UNDO_HOURS = "import_undo_hours"
"""How long an import can be taken back."""

PARAMETERS = {
    parameter.key: parameter
    for parameter in (
        Parameter("untouched_days", "7", (1, 60)),
        Parameter("hold_ending_days", "3", (0, 30)),
        Parameter(QUIET_UNTIL, "08:00"),
        Parameter(QUIET_FROM, "20:00"),
        Parameter(UNDO_MINUTES, "10", (1, 1440)),
        Parameter(IMPORT_UNDO_HOURS, "24", (1, 720)),
    )
}
"""Every known parameter by key."""
