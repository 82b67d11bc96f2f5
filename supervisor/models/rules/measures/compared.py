"""Comparisons on one case mix: people, ways of reaching a borrower, intakes against each other."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from supervisor.models.enums_measures import Basis, ReachedBy
from supervisor.models.rows.measure_facts import CaseFacts, IntakeMoney
from supervisor.models.rows.measures import Counted
from supervisor.models.rules.intervals import wilson
from supervisor.models.rules.measures.definitions import AMOUNT_BANDS
from supervisor.models.rules.statistics.case_mix import Cell, expectations
from supervisor.models.rules.statistics.curves import kaplan_meier, recovered
from supervisor.models.rules.statistics.funnel import funnel


def fair_comparison(cases: Iterable[CaseFacts], least: int) -> Iterator[Counted]:
    """Cases that paid / expected from bucket, amount band, product and earlier contact, by person.

    `note` is the `Standing`; the interval takes over-dispersion in. Cases nobody holds are left
    out.
    """
    cells = [
        Cell(one.agent_id, _mix(one), int(one.received_fen > 0), 1)
        for one in cases
        if one.agent_id is not None
    ]
    for placed in funnel(expectations(cells), least).placed:
        unit = placed.unit
        yield Counted(
            unit.observed,
            unit.expected,
            unit.n,
            0,
            (unit.key,),
            low=placed.low,
            high=placed.high,
            note=placed.standing.value,
        )


def _mix(one: CaseFacts) -> tuple[str | int, ...]:
    band = bisect_right(AMOUNT_BANDS, one.at_placed.overdue_fen)
    return (
        int(one.at_placed.bucket),
        band,
        one.product.value,
        int(one.earlier_contacts > 0),
    )


@dataclass(frozen=True, slots=True)
class Reached:
    """Attempts of one kind on cases of one bucket, and after how many money came in."""

    how: ReachedBy
    bucket: int
    paid: int
    of: int
    unknown: int


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


def recovery_curve(intake: IntakeMoney) -> Iterator[Counted]:
    """Money received up to each day since assignment / due then; part is the day."""
    so_far, by_day = 0, defaultdict[int, int](int)
    for day, fen in intake.by_day:
        by_day[day] += fen
    for day, share in recovered(intake.due_fen, intake.by_day, intake.observed_days):
        so_far += by_day[day]
        yield Counted(
            so_far, intake.due_fen, intake.cases, 0, (intake.intake,), str(day), Basis.MONEY, share
        )


def payers_curve(intake: date, watched: Iterable[tuple[int, bool]]) -> Iterator[Counted]:
    """Share of cases that paid anything by each day, open cases watched as far as they go."""
    kept = tuple(watched)
    so_far = 0
    for step in kaplan_meier([day for day, _ in kept], [paid for _, paid in kept]):
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
