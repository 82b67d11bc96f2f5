"""How far reviewers agree, and what became of appeals.

Answered by `queries.agreement`: `agreement(session, AgreementFilter) -> AgreementReport`.
"""

from dataclasses import dataclass
from datetime import date

from supervisor.models.enums_incidents import Verdict
from supervisor.models.enums_training import Scale
from supervisor.models.ids import BranchId

LEAST_PAIRS = 30
"""Below this n an agreement is marked as resting on few: reviewers are people (ui.md 7.3)."""


@dataclass(frozen=True, slots=True)
class AgreementFilter:
    """Pairs whose second judgement came in on these business dates, both included."""

    branches: tuple[BranchId, ...] = ()
    allowed: tuple[BranchId, ...] | None = None
    first_on: date | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """Pairs of blind judgements on one scale.

    Attributes:
        labels: the verdicts of the scale, in the order of `matrix`.
        matrix: counts, row the first judgement, column the second.
        agreed: pairs that are equal; share_low, share_high: Wilson interval of agreed / n.
        kappa: beyond chance, with its 95 % interval; None where nothing was told apart.
        few: the figures rest on fewer than `LEAST_PAIRS`.
        not_blind: pairs left out because the second could see the first.
    """

    scale: Scale
    labels: tuple[Verdict, ...]
    matrix: tuple[tuple[int, ...], ...]
    n: int
    agreed: int
    share_low: float | None
    share_high: float | None
    kappa: float | None
    low: float | None
    high: float | None
    few: bool
    not_blind: int


@dataclass(frozen=True, slots=True)
class AppealCounts:
    """Appeals recorded in the period: how they were answered, and how many wait."""

    recorded: int
    granted: int
    rejected: int
    waiting: int


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """One row for each scale, and the appeals of the same period."""

    rows: tuple[AgreementRow, ...]
    appeals: AppealCounts
