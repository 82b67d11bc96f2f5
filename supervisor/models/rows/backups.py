"""What became of a backup, a restored database, a rehearsed upgrade."""

from dataclasses import dataclass
from pathlib import Path

from supervisor.models.rows.contents import ContentsRow


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A backup as it lies there.

    Attributes:
        path: the file.
        size: its bytes.
        contents: what a database restored from it holds; None: it could not be tried.
    """

    path: Path
    size: int
    contents: ContentsRow | None


@dataclass(frozen=True, slots=True)
class RehearsalRow:
    """An upgrade carried out on a copy that is gone again.

    Attributes:
        before: revision of the schema as it is; None: no tables of ours.
        after: revision the copy came to.
        seconds: how long the upgrade itself took.
        contents: what the upgraded copy held.
    """

    before: str | None
    after: str
    seconds: float
    contents: ContentsRow
