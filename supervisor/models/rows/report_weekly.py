"""The weekly report of a branch (周报; peers.md 6.3 and product.md 8).

Answered by `queries.report_weekly`: `weekly(session, ReportAsk) -> WeeklyContent`.

Every figure is a row of a measure as `supervisor measure` prints it. Pictures are made of the
reports in `Charts` by `supervisor.pictures`, as on the screen; each field names the function.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from supervisor.models.enums_measures import MeasureId
from supervisor.models.ids import StaffId, TeamId
from supervisor.models.rows.aims import Aims
from supervisor.models.rows.incidents import AgeingRow, RulePrecision
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.models.rows.overview_charts import FlagRateFacts, RaisedFacts
from supervisor.models.rows.report_parts import (
    ComplaintLine,
    FlagLine,
    LateStep,
    OpenItem,
    PersonLine,
    ReportHead,
    StageLine,
    WeeklyFigure,
)
from supervisor.models.rows.workloads import Workloads


@dataclass(frozen=True, slots=True)
class TeamBlock:
    """People of a team by staff number, with their sum; `team_id` None: who belongs to none."""

    team_id: TeamId | None
    name: str
    people: tuple[PersonLine, ...]
    total: PersonLine


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """What cannot be read as a rate: safety events (customer's conduct, serious) of the week."""

    safety: int
    serious: int
    looked_in_time: MeasureRow | None
    followed_in_time: MeasureRow | None


@dataclass(frozen=True, slots=True)
class QualityBox:
    """数据质量, checked before signing.

    Attributes:
        gaps: DATA_QUALITY: position or end missing, entered late, each with its unknown.
        payments_known_on: as in the head. imported_at: when the last batch was taken in.
        refused_rows: of batches of the period. waiting: messages of other systems not taken in.
        judged_waiting: visits nobody has judged yet.
    """

    gaps: MeasureReport
    payments_known_on: date | None
    imported_at: datetime | None
    refused_rows: int
    waiting: int
    judged_waiting: int


@dataclass(frozen=True, slots=True)
class Charts:
    """What pictures are made of.

    Attributes:
        visit_weeks: MET_RATE, KEPT_RATE, REFUSAL_RATE, CONFLICT_RATE, LEGAL_RISK_RATE by week,
            twelve weeks (`visit_results.outcome_trend` takes those of `visit_results.TREND`).
        received_weeks: RECOVERY_AMOUNT of each of the last weeks, oldest first.
        intakes_week, intakes_month: `intakes.recovery_curves`, `intake_lines.intake_lines`.
        roll: `roll_rates.roll_matrix`. funnel: `visit_funnel.visit_funnel`; both month to date.
        hours, quiet: `visit_hours.met_by_hour`, eight weeks.
        compliance: `visit_results.compliance`, of the week.
        targets: TARGET_PROGRESS first, then `targets.SHARES`: `targets.month_targets`.
        flag_rates: `flag_rates.flag_rates`. raised: `flags_raised.flags_raised`.
        fair: `people_funnel.people_funnel`, of the month to date, with `names`.
        loads: `loads.loads(loads, loads.teams)`; None for several branches. Its cases are left
            out: nothing is drawn of them.
        names: (staff id, name) of everybody in `fair`.
        today: the day the pictures look back from.
        aims: targets of shares and visits, for `targets.month_targets`.
    """

    visit_weeks: tuple[MeasureReport, ...]
    received_weeks: tuple[MeasureReport, ...]
    intakes_week: MeasureReport
    intakes_month: MeasureReport
    roll: MeasureReport
    funnel: MeasureReport
    hours: MeasureReport
    quiet: MeasureReport
    compliance: MeasureReport
    targets: tuple[MeasureReport, ...]
    flag_rates: FlagRateFacts
    raised: RaisedFacts
    fair: MeasureReport
    loads: Workloads | None
    names: tuple[tuple[StaffId, str], ...]
    today: date
    aims: Aims = field(default_factory=Aims)


@dataclass(frozen=True, slots=True)
class WeeklyContent:
    """Everything on the paper of a week.

    Attributes:
        teams: people by team; `branch_total`: the sum over all of them.
        ageing: open flags by kind and age. open_items: oldest first, at most `MOST_LINES`;
            `open_total` counts all.
        definitions: measures used, in the order of the annex; words in `words.of_measures`.
    """

    head: ReportHead
    figures: tuple[WeeklyFigure, ...]
    stages: tuple[StageLine, ...]
    teams: tuple[TeamBlock, ...]
    branch_total: PersonLine
    charts: Charts
    flags: tuple[FlagLine, ...]
    ageing: tuple[AgeingRow, ...]
    open_items: tuple[OpenItem, ...]
    open_total: int
    late_steps: tuple[LateStep, ...]
    complaints: tuple[ComplaintLine, ...]
    reviews: ReviewCounts
    precision: tuple[RulePrecision, ...]
    quality: QualityBox
    definitions: tuple[MeasureId, ...]
