"""The case pack for a training hour: de-identified, with questions to discuss (product.md 8).

Answered by `queries.report_training`: `training_pack(session, ReportAsk) -> TrainingContent`.
"""

from dataclasses import dataclass

from supervisor.models.enums import CausedBy, FlagCategory, Severity
from supervisor.models.enums_incidents import Verdict
from supervisor.models.orders_training import Discussion
from supervisor.models.rows.incident_detail import SpanRow
from supervisor.models.rows.quality import QualitySummary
from supervisor.models.rows.report_parts import ReportHead
from supervisor.models.rows.training import CourseRow


@dataclass(frozen=True, slots=True)
class PackCase:
    """A case of the library. Its text is the stored de-identified one; nothing leads back.

    `number`: as it is called in the pack, from 1. `spans`: places in `text`, in code points.
    `rules`: (rule id, version) of what was found.
    """

    number: int
    theme: str
    title: str
    text: str
    spans: tuple[SpanRow, ...]
    questions: tuple[Discussion, ...]
    trainer_notes: str
    category: FlagCategory
    severity: Severity
    caused_by: CausedBy
    verdict: Verdict | None
    rules: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TrainingContent:
    """The pack. `quality`: how quality sheets of the period were answered; `themes`: cases each."""

    head: ReportHead
    cases: tuple[PackCase, ...]
    themes: tuple[tuple[str, int], ...]
    courses: tuple[CourseRow, ...]
    quality: QualitySummary
