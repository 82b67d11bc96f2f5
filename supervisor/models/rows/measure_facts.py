"""What measures of cases are made of: one small row for each case of a period."""

from dataclasses import dataclass
from datetime import date

from supervisor.models.enums import Bucket, CaseEnd, Product


@dataclass(frozen=True, slots=True)
class Owed:
    """The debt of a case on a day: its bucket, 逾期应还 and 结清金额 in 分."""

    bucket: Bucket
    overdue_fen: int
    settle_fen: int


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case that was in hand at some time from the day after `start` to `end`.

    Attributes:
        at_placed, at_start, at_end: debts on the day it was placed, on `start` and on `end`.
        first_visit_on, last_visit_on: of completed visits since it was placed, until `end`.
        visits, met: completed visits in the period, and those that met the debtor.
        promises, kept: made in the period and not withdrawn; of them, kept by `end`.
        received_fen: valued in the period, after it was placed, while it was in hand.
        earlier_contacts: calls and letters before it was placed.
        rested: one hold lasted all the time it was in hand in the period.
    """

    branch_id: int
    case_id: int
    agent_id: int | None
    team_id: int | None
    product: Product
    placed_on: date
    ended_on: date | None
    end_code: str | None
    arrears_reason: str | None
    target_fen: int | None
    start: date
    end: date
    at_placed: Owed
    at_start: Owed
    at_end: Owed
    first_visit_on: date | None
    last_visit_on: date | None
    visits: int
    met: int
    promises: int
    kept: int
    received_fen: int
    earlier_contacts: int
    rested: bool

    @property
    def is_intake(self) -> bool:
        """Placed in the period."""
        return self.placed_on > self.start

    @property
    def has_ended(self) -> bool:
        """Not in hand any more when the period ended."""
        return self.ended_on is not None and self.ended_on <= self.end

    @property
    def is_settled(self) -> bool:
        """It ended because everything was paid."""
        return self.has_ended and self.end_code == CaseEnd.SETTLED

    @property
    def before(self) -> Owed:
        """The debt the period began with: on `start`, or on the day it was placed."""
        return self.at_placed if self.is_intake else self.at_start

    @property
    def last_bucket(self) -> Bucket:
        """At the end of the period while in hand, else as the period began."""
        return self.before.bucket if self.has_ended else self.at_end.bucket


@dataclass(frozen=True, slots=True)
class IntakeMoney:
    """Money of one intake of cases by days since they were placed.

    `observed_days`: as far as every case of it has been watched.
    """

    intake: date
    cases: int
    due_fen: int
    by_day: tuple[tuple[int, int], ...]
    observed_days: int
