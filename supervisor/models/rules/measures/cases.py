"""Measures over cases: from the facts of each case to counts, by group."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from statistics import median

from supervisor.models.enums import Bucket
from supervisor.models.enums_measures import Basis, Dimension
from supervisor.models.rows.measure_facts import CaseFacts
from supervisor.models.rows.measures import Counted, Key
from supervisor.models.rules.measures.definitions import EFFORT, UNTOUCHED_BANDS
from supervisor.models.rules.measures.grouping import sort_key

Cases = Iterable[CaseFacts]
Group = tuple[Key, ...]

SETTLED, MOVED_OUT = "settled", "moved_out"
"""Columns of the roll matrix beside the buckets."""

_KEYS: Mapping[Dimension, Callable[[CaseFacts], Key]] = {
    Dimension.BRANCH: lambda one: one.branch_id,
    Dimension.TEAM: lambda one: one.team_id,
    Dimension.AGENT: lambda one: one.agent_id,
    Dimension.BUCKET: lambda one: int(one.before.bucket),
    Dimension.PRODUCT: lambda one: one.product.value,
}


def grouped(
    cases: Cases, by: tuple[Dimension, ...], *, at_end: bool = False
) -> Iterator[tuple[Group, list[CaseFacts]]]:
    """Cases by group, in order; without dimensions one group, even of nothing.

    Buckets are those the period began with, or with `at_end` those it ended with.
    """
    keys = {**_KEYS, Dimension.BUCKET: lambda one: int(one.last_bucket)} if at_end else _KEYS
    found: dict[Group, list[CaseFacts]] = defaultdict(list)
    if not by:
        found[()] = []
    for one in cases:
        found[tuple(keys[name](one) for name in by)].append(one)
    yield from sorted(found.items(), key=lambda item: sort_key(item[0]))


def _fen(cases: Cases, amount: Callable[[CaseFacts], int]) -> int:
    return sum(amount(one) for one in cases)


def _assigned(one: CaseFacts) -> int:
    return one.at_placed.overdue_fen


def _share(
    group: Group, hits: list[CaseFacts], of: list[CaseFacts], part: str = "", unknown: int = 0
) -> Counted:
    return Counted(len(hits), len(of), len(of), unknown, group, part)


def in_hand(group: Group, cases: list[CaseFacts]) -> Iterator[Counted]:
    """Open at the end, what came in and what went out, in cases and 逾期应还."""
    parts = {
        "open": [one for one in cases if not one.has_ended],
        "inflow": [one for one in cases if one.is_intake],
        "outflow": [one for one in cases if one.has_ended],
    }
    for name, some in parts.items():
        fen = (
            _fen(some, lambda one: one.at_end.overdue_fen)
            if name == "open"
            else _fen(some, lambda one: one.before.overdue_fen)
        )
        yield Counted(len(some), None, len(some), 0, group, name)
        yield Counted(fen, None, len(some), 0, group, name, Basis.MONEY)


def recovery_amount(group: Group, cases: list[CaseFacts]) -> Iterator[Counted]:
    """Money received on the cohort / 逾期应还 of the same cohort when it was assigned."""
    received = _fen(cases, lambda one: one.received_fen)
    yield Counted(received, _fen(cases, _assigned), len(cases), 0, group, basis=Basis.MONEY)


def recovery_cases(group: Group, cases: list[CaseFacts]) -> Iterator[Counted]:
    """Cases that paid anything / cases of the cohort."""
    yield _share(group, [one for one in cases if one.received_fen > 0], cases)


def settled(group: Group, cases: list[CaseFacts]) -> Iterator[Counted]:
    """Ended because everything was paid / cases of the base."""
    done = [one for one in cases if one.is_settled]
    yield _share(group, done, cases)
    yield Counted(
        _fen(done, _assigned), _fen(cases, _assigned), len(cases), 0, group, basis=Basis.MONEY
    )


def improved(group: Group, cases: list[CaseFacts]) -> Iterator[Counted]:
    """In hand at the end in a lower bucket than the period began with / all in hand at the end."""
    stayed = [one for one in cases if not one.has_ended]
    better = [one for one in stayed if one.at_end.bucket < one.before.bucket]
    yield _share(group, better, stayed)
    of = _fen(stayed, lambda one: one.before.overdue_fen)
    fen = _fen(better, lambda one: one.before.overdue_fen)
    yield Counted(fen, of, len(stayed), 0, group, basis=Basis.MONEY)


def destination(one: CaseFacts) -> str:
    """The column of the roll matrix a case ended in."""
    if one.is_settled:
        return SETTLED
    return MOVED_OUT if one.has_ended else one.at_end.bucket.name


def roll_matrix(group: Group, cases: list[CaseFacts]) -> Iterator[Counted]:
    """Tracked cases: from each bucket at the start to each end, in cases and 结清金额 at the start.

    Cells nobody fell into are left out; rows nobody started in as well.
    """
    rows: dict[Bucket, list[CaseFacts]] = defaultdict(list)
    for one in cases:
        if not one.is_intake:
            rows[one.at_start.bucket].append(one)
    columns = [SETTLED, *(bucket.name for bucket in Bucket), MOVED_OUT]
    for bucket, some in sorted(rows.items()):
        whole = _fen(some, lambda one: one.at_start.settle_fen)
        cells: dict[str, list[CaseFacts]] = defaultdict(list)
        for one in some:
            cells[destination(one)].append(one)
        for column in columns:
            if column in cells:
                part = f"{bucket.name}>{column}"
                fen = _fen(cells[column], lambda one: one.at_start.settle_fen)
                yield _share(group, cells[column], some, part)
                yield Counted(fen, whole, len(some), 0, group, part, Basis.MONEY)


def met_cases(group: Group, cases: list[CaseFacts]) -> Iterator[Counted]:
    """Cases whose debtor was met at least once / cases visited."""
    visited = [one for one in cases if one.visits]
    yield _share(group, [one for one in visited if one.met], visited)


def coverage(group: Group, cases: list[CaseFacts]) -> Iterator[Counted]:
    """Visited at least once / the base without what rested throughout."""
    base = _awake(cases)
    yield _share(group, [one for one in base if one.visits], base)


def _awake(cases: Cases) -> list[CaseFacts]:
    return [one for one in cases if not one.rested]


def intensity(group: Group, cases: list[CaseFacts]) -> Iterator[Counted]:
    """Visits / cases visited."""
    visited = [one for one in cases if one.visits]
    yield Counted(_fen(visited, lambda one: one.visits), len(visited), len(visited), 0, group)


def funnel(group: Group, cases: list[CaseFacts]) -> Iterator[Counted]:
    """Assigned, visited, met, promised, kept, paid: each step of those that took the one before.

    `paid_beside`: paid without having taken every step. Money is 逾期应还 at assignment.
    """
    steps: tuple[tuple[str, Callable[[CaseFacts], bool]], ...] = (
        ("visited", lambda one: one.visits > 0),
        ("met", lambda one: one.met > 0),
        ("promised", lambda one: one.promises > 0),
        ("kept", lambda one: one.kept > 0),
        ("paid", lambda one: one.received_fen > 0),
    )
    base = _awake(cases)
    before = base
    yield from _step(group, "assigned", base, base)
    for name, took in steps:
        some = [one for one in before if took(one)]
        yield from _step(group, name, some, before)
        before = some
    through = {one.case_id for one in before}
    beside = [one for one in base if one.received_fen > 0 and one.case_id not in through]
    yield from _step(group, "paid_beside", beside, base)


def _step(
    group: Group, part: str, some: list[CaseFacts], before: list[CaseFacts]
) -> Iterator[Counted]:
    yield _share(group, some, before, part)
    yield Counted(
        _fen(some, _assigned), _fen(before, _assigned), len(before), 0, group, part, Basis.MONEY
    )


def untouched(group: Group, cases: list[CaseFacts]) -> Iterator[Counted]:
    """Cases in hand at the end by days since their last visit, or since they were placed."""
    stayed = [one for one in cases if not one.has_ended]
    days = [(one.end - (one.last_visit_on or one.placed_on)).days for one in stayed]
    for low, high in UNTOUCHED_BANDS:
        hits = sum(low <= gone and (high is None or gone <= high) for gone in days)
        part = f"{low}+" if high is None else f"{low}-{high}"
        yield Counted(hits, len(stayed), len(stayed), 0, group, part)


def first_visit_delay(group: Group, cases: list[CaseFacts]) -> Iterator[Counted]:
    """Median days from assignment to the first visit, of the intake; unknown: not visited yet."""
    intake = [one for one in cases if one.is_intake]
    delays = [
        (one.first_visit_on - one.placed_on).days
        for one in intake
        if one.first_visit_on is not None
    ]
    middle = float(median(delays)) if delays else None
    yield Counted(sum(delays), None, len(delays), len(intake) - len(delays), group, value=middle)


def reasons(group: Group, cases: list[CaseFacts]) -> Iterator[Counted]:
    """Reasons for arrears / cases in hand whose reason is known; the rest is unknown."""
    stayed = [one for one in cases if not one.has_ended]
    counts = Counter(one.arrears_reason for one in stayed)
    unknown = counts.pop(None, 0)
    known = sum(counts.values())
    for reason, hits in sorted(counts.items()):
        yield Counted(hits, known, known, unknown, group, str(reason))


def workload(group: Group, cases: list[CaseFacts]) -> Iterator[Counted]:
    """Cases in hand at the end: number, 逾期应还, weight by bucket, untouched for over a week."""
    stayed = [one for one in cases if not one.has_ended]
    idle = timedelta(days=7)
    late = sum(one.end - (one.last_visit_on or one.placed_on) > idle for one in stayed)
    weight = round(sum(EFFORT[one.at_end.bucket] for one in stayed), 6)
    fen = _fen(stayed, lambda one: one.at_end.overdue_fen)
    yield Counted(len(stayed), None, len(stayed), 0, group, "open")
    yield Counted(fen, None, len(stayed), 0, group, "open", Basis.MONEY)
    yield Counted(weight, None, len(stayed), 0, group, "weighted")
    yield Counted(late, None, len(stayed), 0, group, "untouched")
