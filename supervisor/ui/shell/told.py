"""What a page last said of itself; the window shows it while the page is in front."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Told:
    """Words about rows and selection, when they were read, whether a refresh runs."""

    rows: str = ""
    read_at: datetime | None = None
    busy: bool = False
