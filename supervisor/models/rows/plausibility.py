"""Questions about visits that read oddly, with what was explained.

Answered by `queries.plausibility`:
`visit_questions(session, QuestionFilter) -> QuestionPage`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from supervisor.models.enums import VisitOutcome
from supervisor.models.enums_training import QuestionKind
from supervisor.models.ids import BranchId, CaseId, VisitId

MOST_DAYS = 31
"""Longest period asked at once."""


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    """Visits of these business dates, both included, at most `MOST_DAYS` of them.

    `deidentified`: no case and no visit number, for training leads.
    """

    first_on: date
    last_on: date
    branches: tuple[BranchId, ...] = ()
    allowed: tuple[BranchId, ...] | None = None
    kinds: frozenset[QuestionKind] = frozenset()
    open_only: bool = False
    limit: int = 500
    deidentified: bool = False


@dataclass(frozen=True, slots=True)
class VisitQuestionRow:
    """Something to ask, what it rests on, and the explanation, once there is one.

    `facts`: values of its sentence. `others`: numbers of the visits it was compared with.
    `version`: of the explanation, 0 without one.
    """

    branch_id: BranchId
    visit_id: VisitId
    visit_no: str
    case_id: CaseId
    case_no: str
    kind: QuestionKind
    facts: Mapping[str, str | int | float]
    others: tuple[str, ...]
    started_at: datetime
    ended_at: datetime | None
    outcome: VisitOutcome
    agents: tuple[str, ...]
    agent_nos: tuple[str, ...]
    explanation: str
    explained_by: str
    explained_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """Open questions first, newest first. Counts cover the whole filter.

    `visits`: how many completed visits were looked at; `positioned`: of them with a position.
    """

    rows: tuple[VisitQuestionRow, ...]
    total: int
    open: int
    visits: int
    positioned: int
    by_kind: Mapping[QuestionKind, int] = field(default_factory=dict)
