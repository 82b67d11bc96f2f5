"""Contracts, schedules and payments of one branch; all money in 分, integers throughout.

A contract is built backwards: the due date of the oldest unpaid instalment is chosen first, then
as many paid instalments before it and unpaid ones after it as its life allows.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from supervisor.intake.demo.days import NONE, MonthBook
from supervisor.intake.demo.stream import Bools, Ints, Stream, per_mille, whole
from supervisor.models.enums import PaymentChannel, Product

MOST_INSTALMENTS = 36
TERMS = whole([6, 9, 12, 18, 24, 36])
PRODUCTS = (
    (Product.CASH_LOAN, 46),
    (Product.INSTALMENT_GOODS, 22),
    (Product.CAR_LOAN, 9),
    (Product.RENOVATION, 11),
    (Product.EDUCATION, 8),
    (Product.OTHER, 4),
)
CHANNELS = (
    (PaymentChannel.APP, 50),
    (PaymentChannel.AUTO_DEBIT, 26),
    (PaymentChannel.BANK_TRANSFER, 17),
    (PaymentChannel.COUNTER, 2),
    (PaymentChannel.THIRD_PARTY, 4),
    (PaymentChannel.OTHER, 1),
)
_PRINCIPAL_YUAN = whole(
    [10_000, 16_000, 24_000, 33_000, 45_000, 60_000, 80_000, 110_000, 150_000, 200_000]
)
_RATES_PPM = whole([72_000, 108_000, 144_000, 156_000, 180_000, 198_000, 216_000, 239_800])
_OVERDUE_DAYS = ((3, 30, 15), (31, 60, 26), (61, 90, 21), (91, 120, 12), (121, 180, 12))
_OVERDUE_LONG = (181, 560, 14)
SECOND_CONTRACT_SHARE = 0.04


@dataclass(frozen=True, slots=True)
class Lives:
    """What contracts must fit: per case, when it came in and when (open: today) it is judged."""

    placed: Ints
    judged: Ints
    settled: Bools
    open: Bools


@dataclass(frozen=True, slots=True)
class Payments:
    """Payments, sorted by contract and day."""

    contract: Ints
    day: Ints
    fen: Ints
    channel: Ints


@dataclass(frozen=True, slots=True)
class Books:
    """Contract arrays by contract, schedules as (contract, instalment) tables.

    `oldest` is the number of instalments paid in full, so the oldest unpaid one's place.
    """

    case: Ints
    product: Ints
    principal: Ints
    rate_ppm: Ints
    signed: Ints
    accelerated: Ints
    terms: Ints
    oldest: Ints
    due: Ints
    parts: tuple[Ints, Ints, Ints, Ints]
    """Principal, interest, fee and penalty."""
    total: Ints
    payments: Payments


def make_books(stream: Stream, today: date, lives: Lives) -> Books:
    """All contracts of a branch with what was paid on them."""
    cases = len(lives.placed)
    extra = np.flatnonzero(stream.chance(cases, SECOND_CONTRACT_SHARE)).astype(np.int64)
    case = np.sort(np.concatenate([np.arange(cases, dtype=np.int64), extra]), kind="stable")
    count = len(case)
    judged, placed = lives.judged[case], lives.placed[case]
    behind = _days_behind(stream, count)
    early = lives.open[case] & stream.chance(count, 0.012)
    unpaid_day = np.where(early, judged + 4 + stream.below(count, 20), judged - behind)
    first_late = placed - 5 - stream.below(count, 70)
    since = np.where(unpaid_day > placed - 3, (unpaid_day - first_late) // 30 + 1, 0)
    oldest = np.minimum(since + stream.below(count, 6), MOST_INSTALMENTS - 3)
    wanted = oldest + 1 + stream.below(count, 7)
    terms = TERMS[np.minimum(np.searchsorted(TERMS, wanted), len(TERMS) - 1)]
    months = MonthBook(today)
    month, inside = months.split(unpaid_day)
    numbers = np.arange(MOST_INSTALMENTS, dtype=np.int64)[None, :]
    due = months.join((month - oldest)[:, None] + numbers, inside[:, None])
    used = numbers < terms[:, None]
    paid_on = _paid_days(stream, due, oldest, placed, judged)
    late = np.where(numbers < oldest[:, None], paid_on - due, judged[:, None] - due)
    principal, rate, parts = _amounts(stream, terms, numbers, late)
    parts = tuple(np.where(used, part, 0) for part in parts)  # type: ignore[assignment]
    total = parts[0] + parts[1] + parts[2] + parts[3]
    payments = _payments(stream, lives, case, oldest, total, paid_on)
    called_in = (behind > 100) & ~early & stream.chance(count, 0.06)
    accelerated = np.where(
        called_in, due[np.arange(count), oldest] + 75 + stream.below(count, 20), NONE
    )
    return Books(
        case=case,
        product=stream.weighted(count, [share for _, share in PRODUCTS]),
        principal=principal,
        rate_ppm=rate,
        signed=np.asarray(months.join(month - oldest - 1, inside), dtype=np.int64),
        accelerated=accelerated,
        terms=terms,
        oldest=oldest,
        due=due,
        parts=parts,
        total=total,
        payments=payments,
    )


def _days_behind(stream: Stream, count: int) -> Ints:
    ranges = (*_OVERDUE_DAYS, _OVERDUE_LONG)
    kind = stream.weighted(count, [weight for _, _, weight in ranges])
    low = whole([low for low, _, _ in ranges])[kind]
    high = whole([high for _, high, _ in ranges])[kind]
    return stream.between(count, low, high)


def _paid_days(stream: Stream, due: Ints, oldest: Ints, placed: Ints, judged: Ints) -> Ints:
    """When each paid instalment was paid: nearly on time while all was well, then late."""
    shape = due.shape
    size = due.size
    good = due < (placed - 25)[:, None]
    punctual = whole([0, 0, 0, 0, 0, 0, -1, -2, 1, 2, 3, 6])[stream.below(size, 12)].reshape(shape)
    lag = np.maximum(judged - due[np.arange(len(due)), oldest], 4)
    slack = per_mille(np.repeat(lag, shape[1]), stream.between(size, 500, 1150)).reshape(shape)
    day = due + np.where(good, punctual, slack)
    return np.asarray(np.minimum(day, (judged - 1)[:, None]), dtype=np.int64)


def _amounts(
    stream: Stream, terms: Ints, numbers: Ints, late: Ints
) -> tuple[Ints, Ints, tuple[Ints, Ints, Ints, Ints]]:
    """Principal, rate, and each instalment's principal, interest, fee and booked penalty."""
    count = len(terms)
    step = stream.below(count, len(_PRINCIPAL_YUAN) - 1)
    low, high = _PRINCIPAL_YUAN[step], _PRINCIPAL_YUAN[step + 1]
    principal = (low + (high - low) * stream.below(count, 1000) // 1000) // 100 * 10_000
    rate = _RATES_PPM[stream.below(count, len(_RATES_PPM))]
    share = principal // terms
    last = numbers == (terms - 1)[:, None]
    part = np.where(last, (principal - share * (terms - 1))[:, None], share[:, None])
    left = principal[:, None] - share[:, None] * numbers
    interest = np.maximum(left, 0) * rate[:, None] // 12_000_000
    fee = np.where(stream.chance(count, 0.3), principal // 1000, 0)[:, None] + 0 * numbers
    days = np.clip(late, 0, 120) * (late > 3)
    penalty = part * days * 5 // 10_000
    return principal, rate, (part, interest, fee, penalty)


def _payments(
    stream: Stream,
    lives: Lives,
    case: Ints,
    oldest: Ints,
    total: Ints,
    paid_on: Ints,
) -> Payments:
    """Instalments paid, some in two parts or reversed and paid again; part payments; settling."""
    row, number = np.nonzero(np.arange(MOST_INSTALMENTS)[None, :] < oldest[:, None])
    day, fen = paid_on[row, number], total[row, number]
    limit = (lives.judged - 1)[case[row]]
    count = len(row)
    halved = stream.chance(count, 0.04)
    first = np.where(halved, per_mille(fen, stream.between(count, 300, 700)), fen)
    lots = [(row, day, first)]
    lots.append((row[halved], np.minimum(day + 4, limit)[halved], (fen - first)[halved]))
    reversed_ = stream.chance(count, 0.004) & ~halved
    for shift, sign in ((2, -1), (5, 1)):
        lots.append(
            (row[reversed_], np.minimum(day + shift, limit)[reversed_], sign * fen[reversed_])
        )
    lots.append(_part_payments(stream, lives, case, oldest, total))
    lots.append(_settling(lives, case, total, lots))
    contract = np.concatenate([lot[0] for lot in lots])
    days = np.concatenate([lot[1] for lot in lots])
    amounts = np.concatenate([lot[2] for lot in lots])
    wanted = amounts != 0
    contract, days, amounts = contract[wanted], days[wanted], amounts[wanted]
    order = np.lexsort((days, contract))
    channel = stream.weighted(len(order), [share for _, share in CHANNELS])
    return Payments(contract[order], days[order], amounts[order], channel)


def _part_payments(
    stream: Stream, lives: Lives, case: Ints, oldest: Ints, total: Ints
) -> tuple[Ints, Ints, Ints]:
    """A part of the oldest unpaid instalment, paid in the last weeks by some."""
    count = len(case)
    judged, placed = lives.judged[case], lives.placed[case]
    open_sum = total[np.arange(count), oldest]
    fen = per_mille(open_sum, stream.between(count, 100, 700)) // 10_000 * 10_000
    span = np.maximum(np.minimum(45, judged - 1 - placed), 1)
    day = judged - 1 - stream.below(count, span)
    paying = stream.chance(count, 0.22) & (fen > 0) & (placed < judged - 2)
    rows = np.flatnonzero(paying).astype(np.int64)
    return rows, day[rows], fen[rows]


def _settling(
    lives: Lives, case: Ints, total: Ints, lots: list[tuple[Ints, Ints, Ints]]
) -> tuple[Ints, Ints, Ints]:
    """The last payment of settled cases: everything that is left."""
    paid = np.zeros(len(case), dtype=np.int64)
    for row, _, fen in lots:
        np.add.at(paid, row, fen)
    rows = np.flatnonzero(lives.settled[case]).astype(np.int64)
    left = total.sum(axis=1) - paid
    return rows, lives.judged[case[rows]], left[rows]


class CaseMoney:
    """Money received per case between two days, from running totals."""

    _SPAN = 1 << 21

    def __init__(self, books: Books) -> None:
        key = books.case[books.payments.contract] * self._SPAN + books.payments.day
        order = np.argsort(key, kind="stable")
        self._key = key[order]
        self._running = np.concatenate([whole([0]), np.cumsum(books.payments.fen[order])])

    def between(self, case: Ints, first: Ints, last: Ints) -> Ints:
        """Sum of payments of each case valued from `first` to `last`, both included."""
        low = np.searchsorted(self._key, case * self._SPAN + first, side="left")
        high = np.searchsorted(self._key, case * self._SPAN + last, side="right")
        return np.asarray(self._running[high] - self._running[low], dtype=np.int64)

    def next_day(self, case: Ints, after: Ints) -> Ints:
        """Day of the first payment after each day, or `NONE`."""
        index = np.searchsorted(self._key, case * self._SPAN + after, side="right")
        found = np.append(self._key, -1)[index]
        return np.where(
            (found >= 0) & (found // self._SPAN == case), found % self._SPAN, NONE
        ).astype(np.int64)
