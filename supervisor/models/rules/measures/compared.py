"""Comparisons on one case mix: people, ways of reaching a borrower, intakes against each other."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

import numpy as np

from supervisor.models.enums_measures import Basis, Dimension, ReachedBy
from supervisor.models.rows.measures import Counted, Key
from supervisor.models.rules.intervals import wilson
from supervisor.models.rules.measures.case_groups import Cases
from supervisor.models.rules.measures.columns import PRODUCTS, Array, day_of, number_of
from supervisor.models.rules.measures.definitions import AMOUNT_BANDS, CURVE_DAYS, YIELD_DAYS
from supervisor.models.rules.measures.grouping import day_key, sort_key
from supervisor.models.rules.measures.periods import TRIES, AllFacts
from supervisor.models.rules.statistics.case_mix import Cell, expectations, expectations_of
from supervisor.models.rules.statistics.curves import kaplan_meier, recovered
from supervisor.models.rules.statistics.funnel import funnel


@dataclass(frozen=True, slots=True)
class Reached:
    """Attempts of one kind on cases of one bucket, and after how many money came in."""

    how: ReachedBy
    bucket: int
    paid: int
    of: int
    unknown: int


_STRATA = tuple(product(range(8), range(len(AMOUNT_BANDS) + 1), PRODUCTS, (0, 1)))
"""Bucket, amount band, product, earlier contact: every mix there can be."""


def fair_comparison(cases: Cases, least: int) -> Iterator[Counted]:
    """Cases that paid / expected from bucket, amount band, product and earlier contact, by person.

    `note` is the `Standing`; the interval takes over-dispersion in. Cases nobody holds are left
    out.
    """
    held = cases["agent"] > 0
    band = np.searchsorted(np.asarray(AMOUNT_BANDS), cases["placed_overdue"], side="right")
    mix = cases["placed_bucket"].astype(np.int64)
    for size, column in (
        (len(AMOUNT_BANDS) + 1, band),
        (len(PRODUCTS), cases["product"]),
        (2, cases["early"]),
    ):
        mix = mix * size + column
    paid = cases["paid"][held].astype(np.int64)
    units = expectations_of(_STRATA, cases["agent"][held], mix[held], paid, np.ones_like(paid))
    for placed in funnel(units, least).placed:
        unit = placed.unit
        yield Counted(
            unit.observed,
            unit.expected,
            unit.n,
            0,
            (cases.people[unit.key],),
            low=placed.low,
            high=placed.high,
            note=placed.standing.value,
        )


def reached(
    facts: Mapping[str, Array],
    among: Array | None,
    as_of: date,
    hows: Collection[ReachedBy],
    buckets: Collection[int],
) -> Iterator[Reached]:
    """Tries of the period on some cases (a mask; None: all) and whether money came in soon.

    As long as the days of the yield are not over, no money is not known yet.
    """
    last = number_of(as_of)
    paid = facts["try_income"] <= last
    late = ~paid & (facts["try_on"].astype(np.int64) + YIELD_DAYS > last)
    cell = facts["try_how"].astype(np.int64) * 8 + facts["try_bucket"]
    mine = np.ones(len(cell), np.bool_) if among is None else among[facts["try_case"]]
    weight = facts.get("weight", np.ones(1, np.uint8))
    times = np.broadcast_to(weight, cell.shape)
    counts = [
        np.bincount(cell[here], weights=times[here], minlength=8 * len(TRIES)).astype(int).tolist()
        for here in (mine & paid, mine & ~late, mine & late)
    ]
    for place, (hits, of, unknown) in enumerate(zip(*counts, strict=True)):
        how, bucket = TRIES[place // 8], place % 8
        if (of or unknown) and (not hows or how in hows) and (not buckets or bucket in buckets):
            yield Reached(how, bucket, hits, of, unknown)


def channel_comparison(found: Iterable[Reached]) -> Iterator[Counted]:
    """Paid within the days of the yield / attempts, as they are and on the same mix of buckets.

    On the same mix: the rate of all times reached / expected; its interval is that of the plain
    rate, stretched alike. What brought the money is not known: this is no effect.
    """
    kept = tuple(found)
    order = list(ReachedBy)
    cells = [Cell(order.index(one.how), (one.bucket,), one.paid, one.of) for one in kept]
    whole, paid = sum(one.of for one in kept), sum(one.paid for one in kept)
    unknown: dict[int, int] = defaultdict(int)
    for one in kept:
        unknown[order.index(one.how)] += one.unknown
    for unit in expectations(cells):
        how, hits = order[unit.key], int(unit.observed)
        yield Counted(hits, unit.n, unit.n, unknown[unit.key], (), how.value)
        interval = wilson(hits, unit.n)
        if not unit.expected or interval is None:
            continue
        factor = paid / whole * unit.n / unit.expected
        yield Counted(
            hits,
            unit.n,
            unit.n,
            unknown[unit.key],
            (),
            f"{how.value}:same_mix",
            value=hits / unit.n * factor,
            low=interval[0] * factor,
            high=min(1.0, interval[1] * factor),
        )


def recovery_curves(
    facts: AllFacts, among: Array, until: date, *, weeks: bool
) -> Iterator[Counted]:
    """One line for each intake (month, or week): money, then cases that paid.

    Watched until a day, as far as payment data reach. `among`: which cases count (a mask).
    """
    last = number_of(until)
    placed = facts["placed"].astype(np.int64)
    intake = among & (placed >= facts.first) & (placed <= min(facts.end, last))
    size = Dimension.WEEK if weeks else Dimension.MONTH
    days = np.flatnonzero(np.bincount(placed[intake]) if intake.any() else np.zeros(0))
    of_day: dict[Key, list[int]] = defaultdict(list)
    for day in days.tolist():
        of_day[day_key(size, day_of(day))].append(day)
    case, on = facts["curve_case"], facts["curve_on"].astype(np.int64)
    counts = intake[case] & (on <= last)
    for key, some in sorted(of_day.items(), key=lambda one: sort_key((one[0],))):
        mine = intake & np.isin(placed, some)
        money = counts & mine[case]
        gone = on[money] - placed[case[money]]
        fen = np.bincount(gone, weights=facts["curve_fen"][money])
        by_day = tuple((day, round(sum_)) for day, sum_ in enumerate(fen.tolist()) if sum_)
        due = int(facts["placed_overdue"][mine].sum(dtype=np.int64))
        watched = min(CURVE_DAYS, last - max(some))
        yield from recovery_curve(key, int(mine.sum()), due, by_day, watched)
        yield from _payers(key, facts, mine, last)


def recovery_curve(
    intake: Key, cases: int, due_fen: int, by_day: Sequence[tuple[int, int]], observed_days: int
) -> Iterator[Counted]:
    """Money received up to each day since assignment / due then; part is the day.

    `observed_days`: as far as every case of the intake has been watched.
    """
    so_far, money = 0, dict(by_day)
    for day, share in recovered(due_fen, by_day, observed_days):
        so_far += money.get(day, 0)
        yield Counted(so_far, due_fen, cases, 0, (intake,), str(day), Basis.MONEY, share)


def _payers(intake: Key, facts: AllFacts, mine: Array, last: int) -> Iterator[Counted]:
    """Share of cases that paid anything by each day, open cases watched as far as they go."""
    placed, income = facts["placed"][mine].astype(np.int64), facts["income"][mine]
    paid = income <= last
    watched = np.where(paid, income, np.minimum(facts["ended"][mine], last)) - placed
    so_far = 0
    for step in kaplan_meier(np.maximum(watched, 0), paid):
        so_far += step.events
        yield Counted(
            so_far,
            None,
            step.at_risk,
            0,
            (intake,),
            str(step.day),
            value=step.share,
            low=step.low,
            high=step.high,
        )
