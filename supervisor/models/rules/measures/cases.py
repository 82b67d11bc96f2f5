"""Measures over cases: from the base of a period, by group, to counts."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from statistics import median

import numpy as np

from supervisor.models.enums import Bucket
from supervisor.models.enums_measures import Basis
from supervisor.models.rows.measures import Counted
from supervisor.models.rules.measures.case_groups import IDLE_OVER, Cases
from supervisor.models.rules.measures.columns import Array
from supervisor.models.rules.measures.definitions import EFFORT, UNTOUCHED_BANDS
from supervisor.models.rules.workdays import is_workday

SETTLED, MOVED_OUT = "settled", "moved_out"
"""Columns of the roll matrix beside the buckets."""
_COLUMNS = (SETTLED, *(bucket.name for bucket in Bucket), MOVED_OUT)


def _share(cases: Cases, hits: Array, of: Array | None, part: str = "") -> Iterator[Counted]:
    rows = zip(cases.groups, cases.count(hits).tolist(), cases.count(of).tolist(), strict=True)
    for group, some, whole in rows:
        yield Counted(some, whole, whole, 0, group, part)


def _money_share(
    cases: Cases, hits: Array, of: Array | None, column: str, part: str = ""
) -> Iterator[Counted]:
    rows = zip(
        cases.groups,
        cases.total(column, hits).tolist(),
        cases.total(column, of).tolist(),
        cases.count(of).tolist(),
        strict=True,
    )
    for group, some, whole, n in rows:
        yield Counted(some, whole, n, 0, group, part, Basis.MONEY)


def _amount(cases: Cases, mask: Array, column: str, part: str) -> Iterator[Counted]:
    """So many cases and so much money, each on its own."""
    rows = zip(
        cases.groups, cases.count(mask).tolist(), cases.total(column, mask).tolist(), strict=True
    )
    for group, some, fen in rows:
        yield Counted(some, None, some, 0, group, part)
        yield Counted(fen, None, some, 0, group, part, Basis.MONEY)


def in_hand(cases: Cases) -> Iterator[Counted]:
    """Open at the end, what came in and what went out, in cases and 逾期应还."""
    yield from _amount(cases, cases["stayed"], "end_overdue", "open")
    yield from _amount(cases, cases["intake"], "before_overdue", "inflow")
    yield from _amount(cases, cases["gone"], "before_overdue", "outflow")


def recovery_amount(cases: Cases) -> Iterator[Counted]:
    """Money received on the cohort / 逾期应还 of the same cohort when it was assigned."""
    rows = zip(
        cases.groups,
        cases.total("received").tolist(),
        cases.total("placed_overdue").tolist(),
        cases.count().tolist(),
        strict=True,
    )
    for group, received, due, n in rows:
        yield Counted(received, due, n, 0, group, basis=Basis.MONEY)


def recovery_cases(cases: Cases) -> Iterator[Counted]:
    """Cases that paid anything / cases of the cohort."""
    yield from _share(cases, cases["paid"], None)


def settled(cases: Cases) -> Iterator[Counted]:
    """Ended because everything was paid / cases of the base."""
    yield from _share(cases, cases["done"], None)
    yield from _money_share(cases, cases["done"], None, "placed_overdue")


def improved(cases: Cases) -> Iterator[Counted]:
    """In hand at the end in a lower bucket than the period began with / all in hand at the end."""
    better = cases["stayed"] & (cases["end_bucket"] < cases["before_bucket"])
    yield from _share(cases, better, cases["stayed"])
    yield from _money_share(cases, better, cases["stayed"], "before_overdue")


def roll_matrix(cases: Cases) -> Iterator[Counted]:
    """Tracked cases: from each bucket at the start to each end, in cases and 结清金额 at the start.

    Cells nobody fell into are left out; rows nobody started in as well.
    """
    width = len(_COLUMNS)
    to = np.where(cases["gone"], width - 1, cases["end_bucket"].astype(np.int64) + 1)
    to = np.where(cases["done"], 0, to)
    cell = cases["start_bucket"].astype(np.int64) * width + to
    size, tracked = len(Bucket) * width, ~cases["intake"]
    counts = cases.cells(cell, size, tracked)
    fen = cases.cells(cell, size, tracked, "start_settle")
    for group, own, money in zip(cases.groups, counts, fen, strict=True):
        for bucket in Bucket:
            row = slice(int(bucket) * width, int(bucket) * width + width)
            n, whole = int(own[row].sum()), int(money[row].sum())
            for name, hits, some in zip(_COLUMNS, own[row], money[row], strict=True):
                if hits:
                    part = f"{bucket.name}>{name}"
                    yield Counted(int(hits), n, n, 0, group, part)
                    yield Counted(int(some), whole, n, 0, group, part, Basis.MONEY)


def met_cases(cases: Cases) -> Iterator[Counted]:
    """Cases whose debtor was met at least once / cases visited."""
    yield from _share(cases, cases["met"] > 0, cases["visits"] > 0)


def coverage(cases: Cases) -> Iterator[Counted]:
    """Visited at least once / the base without what rested throughout."""
    yield from _share(cases, cases["awake"] & (cases["visits"] > 0), cases["awake"])


def intensity(cases: Cases) -> Iterator[Counted]:
    """Visits / cases visited."""
    visited = cases.count(cases["visits"] > 0).tolist()
    for group, visits, n in zip(cases.groups, cases.total("visits").tolist(), visited, strict=True):
        yield Counted(visits, n, n, 0, group)


def funnel(cases: Cases) -> Iterator[Counted]:
    """Assigned, visited, met, promised, kept, paid: each step of those that took the one before.

    `paid_beside`: paid without having taken every step. Money is 逾期应还 at assignment.
    """
    base = before = cases["awake"]
    yield from _step(cases, "assigned", base, base)
    for name, column in (
        *(("visited", "visits"), ("met", "met"), ("promised", "promises")),
        *(("kept", "kept"), ("paid", "received")),
    ):
        took = before & (cases[column] > 0)
        yield from _step(cases, name, took, before)
        before = took
    yield from _step(cases, "paid_beside", base & cases["paid"] & ~before, base)


def _step(cases: Cases, part: str, some: Array, before: Array) -> Iterator[Counted]:
    yield from _share(cases, some, before, part)
    yield from _money_share(cases, some, before, "placed_overdue", part)


def untouched(cases: Cases) -> Iterator[Counted]:
    """Cases in hand at the end by days since their last visit, or since they were placed."""
    for low, high in UNTOUCHED_BANDS:
        inside = cases["stayed"] & (cases["idle"] >= low)
        if high is not None:
            inside &= cases["idle"] <= high
        part = f"{low}+" if high is None else f"{low}-{high}"
        yield from _share(cases, inside, cases["stayed"], part)


def first_visit_delay(cases: Cases) -> Iterator[Counted]:
    """Median days from assignment to the first visit, of the intake; unknown: not visited yet."""
    visited = cases["intake"] & cases["visited_ever"]
    intake = cases.count(cases["intake"]).tolist()
    delays = cases.spread(cases["delay"], visited)
    for group, whole, own in zip(cases.groups, intake, delays, strict=True):
        middle = float(median(own.tolist())) if len(own) else None
        n = len(own)
        yield Counted(int(own.sum()), None, n, whole - n, group, value=middle)


def reasons(cases: Cases) -> Iterator[Counted]:
    """Reasons for arrears / cases in hand whose reason is known; the rest is unknown."""
    counts = cases.cells(cases["reason"], len(cases.reasons), cases["stayed"])
    for group, own in zip(cases.groups, counts.tolist(), strict=True):
        unknown, known = own[0], sum(own[1:])
        for reason, hits in zip(cases.reasons[1:], own[1:], strict=True):
            if hits:
                yield Counted(hits, known, known, unknown, group, reason)


def workload(cases: Cases) -> Iterator[Counted]:
    """Cases in hand at the end: number, 逾期应还, weight by bucket, untouched for over a week."""
    stayed = cases["stayed"]
    buckets = cases.cells(cases["end_bucket"], len(Bucket), stayed).tolist()
    late = cases.count(stayed & (cases["idle"] > IDLE_OVER)).tolist()
    fen = cases.total("end_overdue", stayed).tolist()
    for group, own, idle, due in zip(cases.groups, buckets, late, fen, strict=True):
        n = sum(own)
        weight = round(sum(some * each for some, each in zip(own, EFFORT, strict=True)), 6)
        yield Counted(n, None, n, 0, group, "open")
        yield Counted(due, None, n, 0, group, "open", Basis.MONEY)
        yield Counted(weight, None, n, 0, group, "weighted")
        yield Counted(idle, None, n, 0, group, "untouched")


def target_progress(
    cases: Cases, until: date, works: Callable[[date], bool] = is_workday
) -> Iterator[Counted]:
    """Received / targets of the cases, beside how much of the month is over.

    `works`: whether offices work on a day.
    Cases without a target are unknown; their money does not count either.
    """
    aimed = cases["target"] > 0
    rows = zip(
        cases.groups,
        cases.total("received", aimed).tolist(),
        cases.total("target", aimed).tolist(),
        cases.count(aimed).tolist(),
        cases.count().tolist(),
        strict=True,
    )
    for group, received, target, n, whole in rows:
        yield Counted(received, target, n, whole - n, group, "received", Basis.MONEY)
    month = [
        day
        for day in (until.replace(day=1) + timedelta(days=n) for n in range(31))
        if day.month == until.month
    ]
    for part, days in (("working_days", [d for d in month if works(d)]), ("days", month)):
        gone = sum(day <= until for day in days)
        yield Counted(gone, len(days), len(days), 0, (), part)
