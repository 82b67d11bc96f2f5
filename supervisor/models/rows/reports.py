"""Reports: what is asked for, what is kept of it, and what lists and registers show.

A snapshot holds facts, no words: paper in either language is made of the same one. Content by
kind stands in `rows/report_*.py`; pictures are made of its measures by `supervisor.pictures`, the
same functions that draw the screen.
"""

from dataclasses import dataclass
from datetime import date, datetime

from supervisor.models.changes import Actor
from supervisor.models.enums_measures import Unit
from supervisor.models.enums_reports import (
    CopyForm,
    FigureId,
    PaperStyle,
    ReportKind,
    RunState,
)
from supervisor.models.ids import BranchId, ReportId
from supervisor.models.rows.report_agent import AgentContent
from supervisor.models.rows.report_digest import DigestContent
from supervisor.models.rows.report_evidence import EvidenceContent
from supervisor.models.rows.report_incidents import IncidentsContent
from supervisor.models.rows.report_roll_rate import RollRateContent
from supervisor.models.rows.report_training import TrainingContent
from supervisor.models.rows.report_visit_sheet import VisitSheetContent
from supervisor.models.rows.report_weekly import WeeklyContent

Content = (
    WeeklyContent
    | DigestContent
    | AgentContent
    | IncidentsContent
    | TrainingContent
    | VisitSheetContent
    | EvidenceContent
    | RollRateContent
)
"""What is on the paper; `CONTENTS` says which kind has which."""

CONTENTS: dict[ReportKind, type[Content]] = {
    ReportKind.WEEKLY: WeeklyContent,
    ReportKind.DIGEST: DigestContent,
    ReportKind.AGENT: AgentContent,
    ReportKind.INCIDENTS: IncidentsContent,
    ReportKind.TRAINING: TrainingContent,
    ReportKind.VISIT_SHEET: VisitSheetContent,
    ReportKind.EVIDENCE: EvidenceContent,
    ReportKind.ROLL_RATE: RollRateContent,
}


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Which report over which business dates, both included.

    Attributes:
        branch_ids: whose; None: of every branch the person may see.
        subject: staff number of an agent sheet, case number of a visit sheet or evidence bundle.
    """

    kind: ReportKind
    branch_ids: tuple[BranchId, ...] | None
    from_on: date
    to_on: date
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class ReportAsk:
    """What a content query is handed.

    Attributes:
        request: with `branch_ids` as asked for.
        actor: who asks; sees no more than on the screen.
        as_of: the business date up to which value dates count. now: due times are judged on it.
    """

    request: ReportRequest
    actor: Actor
    as_of: date
    now: datetime


@dataclass(frozen=True, slots=True)
class PlannedMeasure:
    """Something somebody will do; `result` is written a week later, empty until then."""

    text: str
    owner: str
    due_on: date | None
    result: str = ""


@dataclass(frozen=True, slots=True)
class Commentary:
    """What people wrote before printing; it is kept with the snapshot.

    Attributes:
        measures: what is to be done next.
        last_measures: those of the last signed report of the same scope, with their results.
    """

    conclusions: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    measures: tuple[PlannedMeasure, ...] = ()
    last_measures: tuple[PlannedMeasure, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """How a report is set; a parameter of the run, so that a reprint is the same.

    Attributes:
        rank: the table of people in order of their figures, with intervals; never by itself.
        watermark: name and time behind the text. `rules.report_look` says who may change what.
    """

    style: PaperStyle = PaperStyle.PLAIN
    rank: bool = False
    watermark: bool = True


PLAIN_LOOK = Look()


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who took a report out of use, when, and why; the words name no customer."""

    name: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class KeptWords(Commentary):
    """What stands in the column `commentary` of a run: words, look, and why it was withdrawn."""

    look: Look = PLAIN_LOOK
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who printed when; beside snapshot and language all that bytes depend on."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PackVersion:
    """A rule pack that judged, as it was in force."""

    pack: str
    version: str


@dataclass(frozen=True, slots=True)
class Restated:
    """A figure of an earlier run over the same days that reads differently now.

    `old`, `new`: in `unit`; None: not known then, or now. `earlier`: number of that run.
    """

    figure: FigureId
    unit: Unit
    old: float | None
    new: float | None
    earlier: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A report as it was taken; nothing of it is ever asked for again.

    Attributes:
        number: what people call it ("S-2026W46-17").
        as_of: the instant due times were judged on and up to which the data are known.
        taken_by: who made the draft; `checked`, `signed`: by whom and when, once it was.
        measures_version: digest of every definition, so that a changed one shows.
        look: how it is set. withdrawn: by whom and why, once it was.
    """

    id: ReportId
    number: str
    request: ReportRequest
    as_of: datetime
    taken_by: str
    state: RunState
    content: Content
    commentary: Commentary
    measures_version: str
    packs: tuple[PackVersion, ...] = ()
    restated: tuple[Restated, ...] = ()
    checked: Stamp | None = None
    signed: Stamp | None = None
    look: Look = PLAIN_LOOK
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class RunFilter:
    """Which runs; None or empty means no condition. `as_of`: the day they are listed on.

    `branches`: runs whose scope holds one of them; a run over every branch holds each.
    `to_on`: only those whose period ends then.
    """

    as_of: date
    kinds: tuple[ReportKind, ...] = ()
    branches: tuple[BranchId, ...] = ()
    allowed: tuple[BranchId, ...] | None = None
    states: frozenset[RunState] = frozenset()
    limit: int = 200
    to_on: date | None = None


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run in the list, without its content.

    Attributes:
        branches: names of the branches in its scope; empty: every branch.
        restates: the earlier run over the same days whose figures it restates.
        restated: how many figures read differently. copies: lines of its register.
        kept: the content is still there (retention takes it away, never the line).
        checked_by, signed_by: empty until it was.
        look: how it is set. withdrawn: by whom and why; None: it was not.
    """

    id: ReportId
    version: int
    number: str
    kind: ReportKind
    branch_ids: tuple[BranchId, ...]
    branches: tuple[str, ...]
    from_on: date
    to_on: date
    subject: str
    state: RunState
    as_of: datetime
    taken_at: datetime
    taken_by: str
    checked_by: str
    signed_by: str
    restates: ReportId | None
    restated: int
    copies: int
    digest: str
    kept: bool
    look: Look = PLAIN_LOOK
    withdrawn: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class RunAsk:
    """One run. `allowed`: branches the person may see; None is all."""

    id: ReportId
    allowed: tuple[BranchId, ...] | None = None


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A line of the register of copies (登记簿); `stored`: its bytes can be had again."""

    number: int
    form: CopyForm
    language: str
    stamp: Stamp
    by: str
    sha256: str
    size: int
    stored: bool


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run with its snapshot and its register, the newest copy last."""

    row: RunRow
    snapshot: Snapshot
    copies: tuple[CopyRow, ...]
