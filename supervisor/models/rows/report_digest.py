"""The head-office digest: branches beside each other, without a rank (product.md 8).

Answered by `queries.report_digest`: `digest(session, ReportAsk) -> DigestContent`.
"""

from dataclasses import dataclass, field

from supervisor.models.enums_measures import MeasureId
from supervisor.models.rows.aims import Aims
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.models.rows.report_parts import FlagLine, ReportBranch, ReportHead, WeeklyFigure


@dataclass(frozen=True, slots=True)
class BranchLine:
    """A branch, by code.

    Attributes:
        figures: as in its weekly report, in the same order.
        compliance: shares of the week, by part.
        open_flags, late_flags, open_complaints: as they stand when the report is taken.
    """

    branch: ReportBranch
    figures: tuple[WeeklyFigure, ...]
    compliance: tuple[MeasureRow, ...]
    open_flags: int
    late_flags: int
    open_complaints: int


@dataclass(frozen=True, slots=True)
class DigestContent:
    """All branches.

    Attributes:
        total: the figures over all of them.
        compliance: of all of them. flags: by kind, of all of them.
        targets: TARGET_PROGRESS of the month to date of all of them.
        quality: DATA_QUALITY by branch.
        aims: targets of shares and visits that all of them have, for `targets.month_targets`.
    """

    head: ReportHead
    total: tuple[WeeklyFigure, ...]
    branches: tuple[BranchLine, ...]
    compliance: MeasureReport
    flags: tuple[FlagLine, ...]
    targets: MeasureReport
    quality: MeasureReport
    definitions: tuple[MeasureId, ...]
    aims: Aims = field(default_factory=Aims)
