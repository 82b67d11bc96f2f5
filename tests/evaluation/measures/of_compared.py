"""Answers of comparisons: recovery curves, channels and people on the same case mix."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from math import exp, log, sqrt
from typing import Any

import numpy as np
import polars as pl

from tests.evaluation.measures.line import Answer, Key, Line, share
from tests.evaluation.measures.rows import Raw, day_of, owed, received

DAY = timedelta(days=1)
BANDS = (500_000, 1_000_000, 2_000_000, 5_000_000)
Z95, Z998 = 1.959963984540054, 3.090232306167813


def curves(found: Raw, cases: Iterable[Any], first: date, last: date, until: date) -> Answer:
    """Money and payers by days since assignment, for each month of intake."""
    lines: dict[Key, Line] = {}
    intakes: dict[date, list[Any]] = defaultdict(list)
    for case in cases:
        if first <= case.placed_on <= min(last, until):
            intakes[case.placed_on.replace(day=1)].append(case)
    for month, some in intakes.items():
        lines |= _money_curve(found, month, some, until)
        lines |= _payers(found, month, some, until)
    return lines


def _until(case: Any, until: date) -> date:
    return until if case.ended_on is None else min(until, case.ended_on)


def _money_curve(found: Raw, month: date, some: list[Any], until: date) -> Answer:
    due = sum(owed(found.debts[case.id], case.placed_on).overdue_fen for case in some)
    watched = min(180, (until - max(case.placed_on for case in some)).days)
    lines: dict[Key, Line] = {}
    for day in range(watched + 1 if due > 0 else 0):
        fen = sum(
            received(
                found.debts[case.id],
                case.placed_on + DAY,
                min(case.placed_on + DAY * day, _until(case, until)),
            )
            for case in some
        )
        lines[(month,), str(day), "money"] = Line(fen, due, len(some), 0, fen / due)
    return lines


def _payers(found: Raw, month: date, some: list[Any], until: date) -> Answer:
    watched = []
    for case in some:
        paid = min(
            (
                day
                for debt in found.debts[case.id]
                for day, fen in debt.payments
                if fen > 0 and case.placed_on < day <= _until(case, until)
            ),
            default=None,
        )
        gone = ((paid or _until(case, until)) - case.placed_on).days
        watched.append((max(0, gone), paid is not None))
    lines: dict[Key, Line] = {}
    left, hazard, so_far = 1.0, 0.0, 0
    for day in sorted({day for day, paid in watched if paid}):
        risk = sum(gone >= day for gone, _ in watched)
        hits = sum(gone == day and paid for gone, paid in watched)
        so_far += hits
        left *= 1 - hits / risk
        hazard += hits / (risk * (risk - hits)) if risk > hits else 0.0
        low = high = left
        if 0 < left < 1:
            spread = Z95 * sqrt(hazard) / log(left)
            low, high = sorted((left ** exp(spread), left ** exp(-spread)))
        lines[(month,), str(day), "number"] = Line(
            so_far, None, risk, 0, 1 - left, 1 - high, 1 - low
        )
    return lines


def tries(found: Raw, cases: set[int], first: date, last: date, as_of: date) -> list[Any]:
    """Way, bucket of the day, and whether money came in within a week (None: not known yet)."""
    named = [(row.case_id, row.visited_on, "visit") for row in found.visits]
    named += [
        (row.case_id, day_of(row.at), row.channel)
        for row in found.tables["contact_attempt"]
        if row.party == "debtor"
    ]
    made = []
    for case, day, how in named:
        if case not in cases or not first <= day <= last:
            continue
        debts = found.debts.get(case, ())
        paid: bool | None = any(
            fen > 0 and day <= on <= min(day + DAY * 7, as_of)
            for debt in debts
            for on, fen in debt.payments
        )
        if not paid and day + DAY * 7 > as_of:
            paid = None
        made.append((how, owed(debts, day).bucket, paid))
    return made


def channels(made: list[Any]) -> Answer:
    """Plain rates, and the same on the mix of buckets of all of them."""
    known = [(how, bucket, paid) for how, bucket, paid in made if paid is not None]
    rates = _rates([((bucket,), paid) for _, bucket, paid in known])
    scale = _scale([((bucket,), paid) for _, bucket, paid in known], rates)
    lines: dict[Key, Line] = {}
    for how in sorted({how for how, _, _ in made}):
        own = [(bucket, paid) for name, bucket, paid in known if name == how]
        n, hits = len(own), sum(paid for _, paid in own)
        unknown = sum(name == how and paid is None for name, _, paid in made)
        lines[(), how, "number"] = plain = share(hits, n, n, unknown)
        expected = sum(min(1.0, rates[bucket,] * scale) for bucket, _ in own)
        if not expected or plain.low is None or plain.high is None:
            continue
        whole = sum(paid for _, _, paid in known) / len(known)
        factor = whole * n / expected
        lines[(), f"{how}:same_mix", "number"] = Line(
            hits,
            n,
            n,
            unknown,
            hits / n * factor,
            plain.low * factor,
            min(1.0, plain.high * factor),
        )
    return lines


def _rates(known: list[tuple[tuple[Any, ...], bool]]) -> dict[tuple[Any, ...], float]:
    """Each stratum drawn towards the one without its last property with the weight of 20 cases."""
    counts: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
    for stratum, paid in known:
        for length in range(len(stratum) + 1):
            counts[stratum[:length]][0] += paid
            counts[stratum[:length]][1] += 1
    rates: dict[tuple[Any, ...], float] = {}
    for stratum in sorted(counts, key=len):
        hits, of = counts[stratum]
        rates[stratum] = (
            (hits + 20 * rates[stratum[:-1]]) / (of + 20) if stratum else hits / max(of, 1)
        )
    return rates


def _scale(known: list[tuple[tuple[Any, ...], bool]], rates: dict[tuple[Any, ...], float]) -> float:
    expected = sum(rates[stratum] for stratum, _ in known)
    return sum(paid for _, paid in known) / expected if expected else 1.0


def people(frame: pl.DataFrame, least: int) -> Answer:
    """Reached / expected by person, with funnel limits."""
    known = [
        (
            row["agent"],
            (
                row["placed_bucket"],
                bisect_right(BANDS, row["placed_overdue"]),
                row["product"],
                int(row["early"]),
            ),
            row["received"] > 0,
        )
        for row in frame.filter(pl.col("agent").is_not_null()).to_dicts()
    ]
    mix = [(stratum, paid) for _, stratum, paid in known]
    rates = _rates(mix)
    scale = _scale(mix, rates)
    units: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for agent, stratum, paid in known:
        rate = min(1.0, rates[stratum] * scale)
        for place, value in enumerate((paid, rate, rate * (1 - rate), 1)):
            units[agent][place] += value
    wide = _widening([unit for unit in units.values() if unit[3] >= least and unit[2] > 0])
    lines: dict[Key, Line] = {}
    for agent, (got, due, variance, n) in units.items():
        note, low, high, ratio = "too_few", None, None, None
        if due > 0:
            ratio = got / due
            half = Z95 * wide * sqrt(variance) / due
            low, high = max(0.0, ratio - half), ratio + half
        if n >= least and variance > 0:
            note = _standing((got - due) / sqrt(variance) / wide)
        lines[(agent,), "", "number"] = Line(got, due, int(n), 0, ratio, low, high, note)
    return lines


def _standing(z: float) -> str:
    side = "above" if z > 0 else "below"
    if abs(z) > Z998:
        return f"{side}_998"
    return f"{side}_95" if abs(z) > Z95 else "not_distinguishable"


def _widening(units: list[list[float]]) -> float:
    if len(units) < 10:
        return 1.0
    z = np.array([(got - due) / sqrt(variance) for got, due, variance, _ in units])
    low, high = np.quantile(z, [0.1, 0.9])
    phi = float(np.mean(np.clip(z, low, high) ** 2)) / 0.678655
    return sqrt(phi) if phi > 1 + 2 * sqrt(2 / len(z)) else 1.0
