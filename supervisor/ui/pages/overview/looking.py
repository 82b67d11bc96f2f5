"""What the page remembers between runs: when this person last looked.

A look ends when the page was not read for an hour; what changed is told since the end of the look
before.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from supervisor.ui.look.memory import recall, remember

A_LOOK = timedelta(hours=1)


@dataclass(slots=True)
class Looking:
    """The memory of one person at one database."""

    key: str

    @classmethod
    def of(cls, person: str, database: str) -> "Looking":
        """Names stay out of the file."""
        digest = hashlib.sha256(f"{person}\n{database}".encode()).hexdigest()[:16]
        return cls(f"overview/looked/{digest}")

    def look(self, now: datetime) -> datetime | None:
        """Look now; since when changes are to be told, None at the first look."""
        before, seen = (_instant(part) for part in (recall(self.key) + "|").split("|")[:2])
        if seen is not None and now - seen >= A_LOOK:
            before = seen
        kept = before.isoformat() if before else ""
        remember(self.key, f"{kept}|{now.isoformat()}")
        return before


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
