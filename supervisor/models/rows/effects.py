"""What notice and training went with; a difference is described, never called an effect of one.

Answered by `queries.notice_effect`: `notice_effect(session, EffectFilter) -> NoticeEffect`; by
`queries.training_effect`: `training_effect(session, EffectFilter) -> tuple[TrainingEffect, ...]`.
"""

from dataclasses import dataclass
from datetime import date

from supervisor.models.enums import Tick
from supervisor.models.ids import BranchId, CourseId, StaffId

LEAST_FOR_A_RATE = 20
"""Below this n there are counts and no percentage."""


@dataclass(frozen=True, slots=True)
class EffectFilter:
    """Visits of these business dates, both included; nothing after `as_of` counts.

    For training: courses taken between the dates; `window_days` before and after them.
    """

    as_of: date
    first_on: date
    last_on: date
    branches: tuple[BranchId, ...] = ()
    allowed: tuple[BranchId, ...] | None = None
    courses: tuple[CourseId, ...] = ()
    staff: tuple[StaffId, ...] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `of` with the Wilson 95 % interval; None without any."""

    hits: int
    of: int
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        """Hits / of."""
        return self.hits / self.of if self.of else None

    @property
    def few(self) -> bool:
        """Too few for a percentage."""
        return self.of < LEAST_FOR_A_RATE


@dataclass(frozen=True, slots=True)
class Difference:
    """One share less another, with the 95 % interval (Newcombe); in shares, not percent."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves nought out."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class NoticeGroup:
    """Completed visits by whether notice was given."""

    notice: Tick
    visits: int
    met: Rate
    refused: Rate


@dataclass(frozen=True, slots=True)
class NoticeEffect:
    """Notified, un-notified and unknown visits; differences are notified less un-notified.

    `unknown`: visits of which it is not known, of all completed ones.
    """

    groups: tuple[NoticeGroup, ...]
    unknown: Rate
    met: Difference | None
    refused: Difference | None


@dataclass(frozen=True, slots=True)
class TrainingEffect:
    """Flagged visits of a course's themes before and after it was taken.

    Attributes:
        people: who took it in the period; watched: of them, whose whole time after has passed.
        before, after: flagged visits / completed visits in the windows of everybody.
        others: the same over the days after, of people of the same branches who never took it.
        difference: after less before.
        window_days: length of the windows.
    """

    course_id: CourseId
    course: str
    themes: tuple[str, ...]
    people: int
    watched: int
    before: Rate
    after: Rate
    others: Rate
    difference: Difference | None
    window_days: int
