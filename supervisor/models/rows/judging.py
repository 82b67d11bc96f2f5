"""Judging visits: which to read, what a round did, what reading again would change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from supervisor.models.enums import FlagCategory
from supervisor.models.ids import BranchId, VisitId


@dataclass(frozen=True, slots=True)
class JudgeAsk:
    """Which visits to read. All conditions by AND.

    Attributes:
        branches: None: every branch.
        limit: at most so many visits; of the last case only a part may be among them.
        above: only visits with a larger id (fresh arrivals go before a large backlog).
        waiting_only: only visits nobody judged; else those of the given business dates.
        after: in the order of keys (branch, case, visit) only what comes after this one.
        among: only these.
    """

    branches: tuple[BranchId, ...] | None = None
    limit: int = 1_000
    above: int | None = None
    waiting_only: bool = True
    visited_from: date | None = None
    visited_until: date | None = None
    after: tuple[int, int, int] | None = None
    among: tuple[VisitId, ...] | None = None


@dataclass(frozen=True, slots=True)
class WaitingNote:
    """What a waiting visit's note says, before its facts are read."""

    visit_id: VisitId
    note: str


@dataclass(frozen=True, slots=True)
class JudgingResult:
    """What a round of judging did; `visits` 0: nothing waited.

    `counts`: flags raised, changed, withdrawn, findings, breaches merged into a flag, holds.
    """

    visits: int
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RereadPreview:
    """What reading visits again would change.

    Attributes:
        visits: how many were read; `complete`: all that were asked for.
        raised: flags that would be new, by category; `withdrawn`: untouched ones that would close.
        changed: flags whose findings or severity would change; `kept`: the others.
        worked_on: flags with findings gone that people worked on; they stay open.
    """

    visits: int
    complete: bool
    raised: Mapping[FlagCategory, int]
    withdrawn: int
    changed: int
    kept: int
    worked_on: int
