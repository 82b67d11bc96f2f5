"""Parts that several reports have in common: head, figures, stages, people, flags, open items.

Every figure is read off a row of a measure as `supervisor measure` prints it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from supervisor.models.enums import (
    Bucket,
    CausedBy,
    ComplaintChannel,
    FlagCategory,
    FlagState,
    Severity,
)
from supervisor.models.enums_incidents import ComplaintState, Verdict
from supervisor.models.enums_measures import Basis, MeasureId, Unit
from supervisor.models.enums_reports import FigureId, Take
from supervisor.models.ids import BranchId, StaffId
from supervisor.models.rows.measures import MeasureRow


@dataclass(frozen=True, slots=True)
class ReportBranch:
    """A branch of the scope."""

    branch_id: BranchId
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What stands above every report.

    Attributes:
        branches: those of the scope, by code. teams: their teams, by name.
        issue: ISO week ("2026W46"), or month ("2026-11") of a monthly sheet.
        payments_known_on: oldest day payment data of the branches reach; None: not known.
        workdays_gone, workdays: of the month `to_on` lies in, up to and including it.
        is_demo: invented data, which paper must say.
    """

    branches: tuple[ReportBranch, ...]
    teams: tuple[str, ...]
    issue: str
    from_on: date
    to_on: date
    payments_known_on: date | None
    workdays_gone: int
    workdays: int
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is printed, with the row it was read off.

    `value`: in the unit of the line; None: not known, or too few (`row.few`) for a rate.
    """

    value: float | None
    row: MeasureRow


@dataclass(frozen=True, slots=True)
class WeeklyFigure:
    """A line of the summary.

    Attributes:
        measure, part, basis, take: which number of which row; flags are the sum of three rates
            and have REFUSAL_RATE here, with the sum as row
            (`row.value`: for 100 visits).
        month_target: in the unit of the line; None: nobody set one.
        month_share: month to date / target, 0 to 1; None without a target.
    """

    id: FigureId
    measure: MeasureId
    part: str
    basis: Basis
    take: Take
    unit: Unit
    this_week: Figure | None
    last_week: Figure | None
    same_week_last_month: Figure | None
    month_to_date: Figure | None
    month_target: float | None = None
    month_share: float | None = None


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage from the first of the month to the end of the week. Money in 分.

    Attributes:
        opening: cases open when the month began, by their stage then; `opening_fen`: 逾期应还.
        came: cases placed since, by the stage they came in.
        recovery: received / 逾期应还 of both at assignment.
        target_fen, gap_fen: target of the month and what is missing; None: nobody set one.
    """

    bucket: Bucket
    opening: int
    opening_fen: int
    came: int
    recovery: MeasureRow
    target_fen: int | None
    gap_fen: int | None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person, or (`staff_id` None) the sum of a team or of the branch. Never ranked.

    Attributes:
        cases, amount_fen: in hand at the end of the week, 逾期应还.
        met: visits and met rate; `promised`: promises of the met; `kept`: of those due.
        received_fen: of the week, of cases they hold.
        target_fen, target_share: of the month; None: nobody set one.
        expected: reached / expected with interval and standing in `note`; None for sums.
        idle: cases by days without a visit, as `UNTOUCHED_BANDS`.
        flags: confirmed conduct of our side on their visits of the week.
    """

    staff_id: StaffId | None
    staff_no: str
    name: str
    cases: int
    amount_fen: int
    met: MeasureRow | None
    promised: MeasureRow | None
    kept: MeasureRow | None
    received_fen: int
    target_fen: int | None
    target_share: float | None
    expected: MeasureRow | None
    idle: tuple[int, int, int, int]
    flags: int


@dataclass(frozen=True, slots=True)
class FlagLine:
    """Flags of a kind: raised, per 100 visits (row, None where there were none), judged, upheld.

    `category` None: all of them.
    """

    category: FlagCategory | None
    this_week: int
    last_week: int
    month: int
    rate: MeasureRow | None
    reviewed: int
    upheld: int


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An open flag (未结事项); the name is masked. `step`: code of the next open step, or empty."""

    flag_no: str
    opened_at: datetime
    days_open: int
    case_no: str
    contract_no: str
    borrower: str
    category: FlagCategory
    severity: Severity
    caused_by: CausedBy
    state: FlagState
    step: str
    owner: str
    due_at: datetime | None
    late: bool
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class LateStep:
    """A follow-up past its due time."""

    flag_no: str
    case_no: str
    borrower: str
    step: str
    owner: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ComplaintLine:
    """A complaint of the period, or one still open."""

    complaint_no: str
    received_on: date
    case_no: str
    borrower: str
    channel: ComplaintChannel
    state: ComplaintState
    due_on: date
    late: bool


MOST_LINES = 60
"""Open items and late steps printed; the rest is counted."""
