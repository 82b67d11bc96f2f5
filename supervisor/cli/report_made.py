"""What is to be made, how, and what was made; light, for a process that lets others make it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from supervisor.models.changes import Actor
from supervisor.models.enums_reports import CopyForm
from supervisor.models.ids import ReportId
from supervisor.models.rows.reports import PLAIN_LOOK, Look, ReportRequest


@dataclass(frozen=True, slots=True)
class Making:
    """How reports are made. `again`: take anew what was taken today already; `look`: how set."""

    actor: Actor
    now: datetime
    language: str
    folder: Path
    forms: tuple[CopyForm, ...] = (CopyForm.PDF,)
    again: bool = False
    look: Look = PLAIN_LOOK


@dataclass(frozen=True, slots=True)
class Job:
    """A report to make; `place`: what its branches are called in the file's name and in JSON."""

    request: ReportRequest
    place: str


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is there. `used_again`: of a report taken earlier today."""

    run_id: ReportId
    branch: str
    path: str
    sha256: str
    used_again: bool = False
