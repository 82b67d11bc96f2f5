"""What is owed, as of a day: the definition in plain Python of product.md section 4a.

Payments settle a contract's instalments oldest first; nothing passes from one contract to another.
An instalment is past due on the days after its effective due date, which is the day the contract
was called in if that came first. All money is 分; penalty is what the lender booked.
`commands.agenda` computes the stored columns by SQL; the tests hold it against this module.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from supervisor.models.enums import Bucket
from supervisor.models.rules.queue_order import BUCKET_DAYS, bucket_of, days_past_due

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """An instalment: its place in the schedule, its due date and everything booked on it."""

    number: int
    due_on: date
    total_fen: int


@dataclass(frozen=True, slots=True)
class Received:
    """Money and the day it counts from; negative for a reversal."""

    value_on: date
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Debt:
    """One contract: schedule, payments, and the day it was called in, if it was."""

    lines: tuple[Line, ...]
    payments: tuple[Received, ...] = ()
    accelerated_on: date | None = None

    def due_on(self, line: Line) -> date:
        """The effective due date of a line."""
        return line.due_on if self.accelerated_on is None else min(line.due_on, self.accelerated_on)

    def paid(self, as_of: date | None = None) -> int:
        """Money valued up to and including a day; None: all that is known."""
        return sum(p.amount_fen for p in self.payments if as_of is None or p.value_on <= as_of)

    def ordered(self) -> list[Line]:
        """The lines in the order payments settle them."""
        return sorted(self.lines, key=lambda line: (self.due_on(line), line.number))

    def owed(self, paid_fen: int, before: date | None = None) -> int:
        """Unpaid money of the lines due before a day (None: of all lines)."""
        lines = (line for line in self.lines if before is None or self.due_on(line) < before)
        return max(0, sum(line.total_fen for line in lines) - paid_fen)

    def unpaid_due_dates(self, paid_fen: int) -> list[date]:
        """Effective due dates of the lines not fully paid, oldest first."""
        found, so_far = [], 0
        for line in self.ordered():
            so_far += line.total_fen
            if so_far > paid_fen:
                found.append(self.due_on(line))
        return found


@dataclass(frozen=True, slots=True)
class Settled:
    """A line with the part of it that is paid."""

    line: Line
    due_on: date
    paid_fen: int


@dataclass(frozen=True, slots=True)
class Amounts:
    """The four amounts of a case as of a day, its days past due, stage and next roll.

    `rolls_on` is the first day of the next stage if nothing is paid; None when nothing is owed
    or no higher stage exists.
    """

    overdue_fen: int
    settle_fen: int
    to_lower_bucket_fen: int
    undue_fen: int
    oldest_due_on: date | None
    dpd: int
    bucket: Bucket
    rolls_on: date | None


@dataclass(frozen=True, slots=True)
class Stored:
    """What a case keeps: all payments known, and the days its overdue amounts hold.

    `from_on` None: since ever; `until_on` None: for good. Both days included. After `until_on`
    comes `next_fen`, up to and including `next_until_on` (None: for good).
    """

    oldest_due_on: date | None
    settle_fen: int
    overdue_fen: int
    from_on: date | None
    until_on: date | None
    next_fen: int = 0
    next_until_on: date | None = None


def settle(debt: Debt, as_of: date) -> tuple[Settled, ...]:
    """The schedule with what payments up to a day have settled, oldest line first."""
    left, settled = max(0, debt.paid(as_of)), []
    for line in debt.ordered():
        part = min(left, line.total_fen)
        left -= part
        settled.append(Settled(line, debt.due_on(line), part))
    return tuple(settled)


def amounts(debts: Sequence[Debt], as_of: date) -> Amounts:
    """The four amounts of product.md 4a for a case over its contracts."""
    paid = [debt.paid(as_of) for debt in debts]
    overdue = sum(debt.owed(fen, as_of) for debt, fen in zip(debts, paid, strict=True))
    everything = sum(debt.owed(fen) for debt, fen in zip(debts, paid, strict=True))
    oldest = min(_unpaid(debts, paid), default=None)
    dpd = days_past_due(oldest, as_of)
    bucket = bucket_of(dpd)
    lower = 0
    if bucket is not Bucket.M0:
        latest = as_of - timedelta(days=BUCKET_DAYS[bucket - 1])
        lower = sum(debt.owed(fen, latest) for debt, fen in zip(debts, paid, strict=True))
    return Amounts(
        overdue_fen=overdue,
        settle_fen=everything,
        to_lower_bucket_fen=lower,
        undue_fen=everything - overdue,
        oldest_due_on=oldest,
        dpd=dpd,
        bucket=bucket,
        rolls_on=_rolls_on(oldest, bucket),
    )


def stored(debts: Sequence[Debt], today: date) -> Stored:
    """What the case keeps for a stretch of days around `today`, given all known payments.

    Before the last value date fewer payments counted, so the stretch never reaches back past it.
    """
    last_paid = max((p.value_on for debt in debts for p in debt.payments), default=None)
    day = today if last_paid is None else max(today, last_paid)
    paid = [debt.paid() for debt in debts]
    unpaid = list(_unpaid(debts, paid))
    passed = max((due for due in unpaid if due < day), default=None)
    starts = [start for start in (last_paid, passed and passed + DAY) if start is not None]
    until = min((due for due in unpaid if due >= day), default=None)
    following = 0
    if until is not None:
        following = sum(debt.owed(fen, until + DAY) for debt, fen in zip(debts, paid, strict=True))
    return Stored(
        oldest_due_on=min(unpaid, default=None),
        settle_fen=sum(debt.owed(fen) for debt, fen in zip(debts, paid, strict=True)),
        overdue_fen=sum(debt.owed(fen, day) for debt, fen in zip(debts, paid, strict=True)),
        from_on=max(starts, default=None),
        until_on=until,
        next_fen=following,
        next_until_on=min((due for due in unpaid if until and due > until), default=None),
    )


def _unpaid(debts: Sequence[Debt], paid: Sequence[int]) -> Iterable[date]:
    for debt, fen in zip(debts, paid, strict=True):
        yield from debt.unpaid_due_dates(fen)


def _rolls_on(oldest: date | None, bucket: Bucket) -> date | None:
    if oldest is None or bucket is Bucket.M6_PLUS:
        return None
    return oldest + timedelta(days=BUCKET_DAYS[bucket] + 1)
