"""The sheet of one collector, for a talk between two people (product.md 8).

Answered by `queries.report_agent`: `agent_sheet(session, ReportAsk) -> AgentContent`.
"""

from dataclasses import dataclass
from datetime import date

from supervisor.models.enums_measures import MeasureId
from supervisor.models.rows.measures import MeasureReport
from supervisor.models.rows.report_parts import OpenItem, PersonLine, ReportHead, WeeklyFigure
from supervisor.models.rows.training import TrainingRow


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise that falls due soon; the name is masked. Money in 分."""

    due_on: date
    case_no: str
    borrower: str
    amount_fen: int
    paid_fen: int


@dataclass(frozen=True, slots=True)
class AgentContent:
    """One person, beside nobody else.

    Attributes:
        line: loads and figures as in the table of the branch; `line.expected` has the interval.
        training_valid_until: None: not known.
        weeks: MET_RATE, PROMISE_RATE, KEPT_RATE by week, twelve weeks.
        hours, quiet: `visit_hours.met_by_hour`, eight weeks.
        compliance: of the period. stages: IN_HAND by bucket.
        conduct: flags of confirmed conduct of our side on their visits of the period.
        promises: due in the seven days after the period.
    """

    head: ReportHead
    team: str
    line: PersonLine
    training_valid_until: date | None
    figures: tuple[WeeklyFigure, ...]
    weeks: tuple[MeasureReport, ...]
    hours: MeasureReport
    quiet: MeasureReport
    compliance: MeasureReport
    stages: MeasureReport
    conduct: tuple[OpenItem, ...]
    training: tuple[TrainingRow, ...]
    promises: tuple[PromiseLine, ...]
    definitions: tuple[MeasureId, ...]
