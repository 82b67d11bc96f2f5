"""The derived columns of a case, computed from the generator's own arrays.

`commands.agenda.refresh_cases` is the definition; a test holds that it changes nothing on a
generated database. Computing them here saves a big demo a second pass over every row.
"""

from dataclasses import dataclass

import numpy as np

from supervisor.intake.demo.days import MINUTES_PER_DAY, NONE
from supervisor.intake.demo.incidents import Complaints, Flags, FollowUps, Holds
from supervisor.intake.demo.money import Books
from supervisor.intake.demo.promises import Contacts, Promises
from supervisor.intake.demo.stream import Bools, Ints, whole

FAR = 1 << 40
"""Later than every day and instant."""


@dataclass(frozen=True, slots=True)
class CaseAmounts:
    """What each case owes; `NONE` for a missing day."""

    leading: Ints
    """Index of the leading contract."""
    oldest_due: Ints
    settle: Ints
    overdue: Ints
    overdue_from: Ints
    overdue_until: Ints
    next_overdue: Ints
    next_until: Ints


def effective_due(books: Books) -> Ints:
    """Due days, brought forward where the contract was called in; `FAR` for unused places."""
    called = np.where(books.accelerated == NONE, FAR, books.accelerated)[:, None]
    numbers = np.arange(books.due.shape[1])[None, :]
    return np.where(numbers < books.terms[:, None], np.minimum(books.due, called), FAR)


def case_amounts(books: Books, today: int, cases: int) -> CaseAmounts:
    """Settle each contract's instalments oldest first and add up per case."""
    count = len(books.case)
    paid = np.zeros(count, dtype=np.int64)
    np.add.at(paid, books.payments.contract, books.payments.fen)
    last_paid = np.full(count, NONE, dtype=np.int64)
    np.maximum.at(last_paid, books.payments.contract, books.payments.day)
    due = effective_due(books)
    used = due < FAR
    unpaid = used & (np.cumsum(books.total, axis=1) > paid[:, None])
    past = due < today
    oldest = np.where(unpaid, due, FAR).min(axis=1)
    before = np.where(unpaid & past, due, NONE).max(axis=1)
    following = np.where(unpaid & ~past, due, FAR).min(axis=1)
    settle = np.maximum(books.total.sum(axis=1) - paid, 0)
    overdue = np.maximum(np.where(past & used, books.total, 0).sum(axis=1) - paid, 0)
    until = _least(books.case, following, cases)
    passed = due <= until[books.case][:, None]
    next_due = np.maximum(np.where(passed & used, books.total, 0).sum(axis=1) - paid, 0)
    next_overdue = np.where(until[books.case] < FAR, next_due, 0)
    after_next = np.where(unpaid & ~passed, due, FAR).min(axis=1)
    order = np.lexsort((np.arange(count), oldest, books.case))
    leading = order[np.searchsorted(books.case[order], np.arange(cases))]
    begin = np.where(before >= 0, before + 1, NONE)
    return CaseAmounts(
        leading=np.asarray(leading, dtype=np.int64),
        oldest_due=_none(_least(books.case, oldest, cases)),
        settle=_sum(books.case, settle, cases),
        overdue=_sum(books.case, overdue, cases),
        overdue_from=np.maximum(
            _greatest(books.case, begin, cases), _greatest(books.case, last_paid, cases)
        ),
        overdue_until=_none(until),
        next_overdue=_sum(books.case, next_overdue, cases),
        next_until=_none(_least(books.case, after_next, cases)),
    )


def open_promise(promises: Promises, contacts: Contacts, last_visit: Ints, cases: int) -> Ints:
    """Per case, the index of the promise that still waits for an answer, or -1."""
    reached = np.full(cases, NONE, dtype=np.int64)
    spoke = (contacts.effective == 0) & (contacts.party == 0)
    np.maximum.at(reached, contacts.case[spoke], contacts.at[spoke] // MINUTES_PER_DAY)
    latest = promises.latest
    if not len(promises.case):
        return latest
    due = promises.due[latest]
    waits = (
        (latest >= 0)
        & (promises.paid[latest] < promises.fen[latest])
        & (last_visit <= due)
        & (reached <= due)
    )
    return np.where(waits, latest, -1)


def open_hold(holds: Holds, cases: int) -> Ints:
    """Per case, the index of its open hold, or -1; a demo has at most one."""
    found = np.full(cases, -1, dtype=np.int64)
    standing = np.flatnonzero(holds.ended == NONE)
    found[holds.case[standing]] = standing
    return found


def flag_counts(flags: Flags, cases: int) -> tuple[Ints, Ints]:
    """Flags not closed, and since when a critical one awaits its first look (`NONE`: none)."""
    is_open = flags.closed == NONE
    number = np.bincount(flags.case[is_open], minlength=cases).astype(np.int64)
    unseen = is_open & flags.critical & (flags.looked == NONE)
    return number, _none(_least(flags.case[unseen], flags.raised[unseen], cases))


def follow_up_due(follow_ups: FollowUps, cases: int) -> Ints:
    """When the earliest open follow-up is due (`NONE`: none)."""
    is_open = follow_ups.done == NONE
    return _none(_least(follow_ups.case[is_open], follow_ups.due[is_open], cases))


def has_complaint(complaints: Complaints, cases: int) -> Bools:
    """Whether a complaint is open."""
    found = np.zeros(cases, dtype=np.bool_)
    found[complaints.case[complaints.closed == NONE]] = True
    return found


def _least(case: Ints, value: Ints, cases: int) -> Ints:
    found = np.full(cases, FAR, dtype=np.int64)
    np.minimum.at(found, case, value)
    return found


def _greatest(case: Ints, value: Ints, cases: int) -> Ints:
    found = np.full(cases, NONE, dtype=np.int64)
    np.maximum.at(found, case, value)
    return found


def _sum(case: Ints, value: Ints, cases: int) -> Ints:
    found = whole([0]).repeat(cases)
    np.add.at(found, case, value)
    return found


def _none(value: Ints) -> Ints:
    return np.where(value == FAR, NONE, value).astype(np.int64)
