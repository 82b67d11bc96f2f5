"""Answers over cases, from the frame of a period."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from supervisor.models.enums_measures import MeasureId
from tests.evaluation.measures.line import Answer, Key, Line, amount, share

M = MeasureId
BANDS = (("0-3", 0, 3), ("4-7", 4, 7), ("8-14", 8, 14), ("15+", 15, 10**6))
EFFORT = (1.0, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2)
NAMES = {**{n: f"M{n}" for n in range(7)}, 7: "M6_PLUS"}
AT_END = {M.IN_HAND, M.UNTOUCHED, M.REASONS, M.WORKLOAD}

Group = tuple[Any, ...]
Rule = Callable[[Group, pl.DataFrame], Answer]


def answer(measure: MeasureId, frame: pl.DataFrame, by: str | None) -> Answer:
    """The rows of a measure; `by`: a column of the frame, or None."""
    found: dict[Key, Line] = {}
    if by is None:
        return _RULES[measure]((), frame)
    column = by
    if by == "bucket":
        column = "last_bucket" if measure in AT_END else "before_bucket"
    for (key,), some in frame.partition_by(column, as_dict=True).items():
        found |= _RULES[measure]((key,), some)
    return found


def _total(frame: pl.DataFrame, column: str) -> int:
    return int(frame[column].sum() or 0)


def _money(group: Group, part: str, some: pl.DataFrame, of: pl.DataFrame, column: str) -> Answer:
    line = share(_total(some, column), _total(of, column), len(of), method=None)
    return {(group, part, "money"): line}


def _both(group: Group, part: str, some: pl.DataFrame, of: pl.DataFrame, column: str) -> Answer:
    number = {(group, part, "number"): share(len(some), len(of), len(of))}
    return number | _money(group, part, some, of, column)


def _where(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    return frame.filter(pl.col(column) > 0)


def _in_hand(group: Group, frame: pl.DataFrame) -> Answer:
    found: dict[Key, Line] = {}
    for part, some, column in (
        ("open", frame.filter(~pl.col("ended")), "end_overdue"),
        ("inflow", frame.filter(pl.col("intake")), "before_overdue"),
        ("outflow", frame.filter(pl.col("ended")), "before_overdue"),
    ):
        found[group, part, "number"] = amount(len(some), len(some))
        found[group, part, "money"] = amount(_total(some, column), len(some))
    return found


def _recovery(group: Group, frame: pl.DataFrame) -> Answer:
    got, due = _total(frame, "received"), _total(frame, "placed_overdue")
    return {(group, "", "money"): share(got, due, len(frame), method=None)}


def _improved(group: Group, frame: pl.DataFrame) -> Answer:
    stayed = frame.filter(~pl.col("ended"))
    up = stayed.filter(pl.col("end_bucket") < pl.col("before_bucket"))
    return _both(group, "", up, stayed, "before_overdue")


def destinations(frame: pl.DataFrame) -> pl.DataFrame:
    """Tracked cases with the row and column of the roll matrix they fall into."""
    to = (
        pl.when(pl.col("settled"))
        .then(pl.lit("settled"))
        .when(pl.col("ended"))
        .then(pl.lit("moved_out"))
        .otherwise(pl.col("end_bucket").replace_strict(NAMES, return_dtype=pl.String))
    )
    row = pl.col("start_bucket").replace_strict(NAMES, return_dtype=pl.String)
    return frame.filter(~pl.col("intake")).with_columns(row=row, to=to)


def _roll(group: Group, frame: pl.DataFrame) -> Answer:
    found: dict[Key, Line] = {}
    for (row,), whole in destinations(frame).partition_by("row", as_dict=True).items():
        for (to,), some in whole.partition_by("to", as_dict=True).items():
            found |= _both(group, f"{row}>{to}", some, whole, "start_settle")
    return found


def _funnel(group: Group, frame: pl.DataFrame) -> Answer:
    base = before = frame.filter(~pl.col("rested"))
    found = dict(_both(group, "assigned", base, base, "placed_overdue"))
    for part, column in (
        *(("visited", "visits"), ("met", "met"), ("promised", "promises")),
        *(("kept", "kept"), ("paid", "received")),
    ):
        some = _where(before, column)
        found |= _both(group, part, some, before, "placed_overdue")
        before = some
    beside = _where(base, "received").join(before.select("case"), on="case", how="anti")
    return found | _both(group, "paid_beside", beside, base, "placed_overdue")


def _untouched(group: Group, frame: pl.DataFrame) -> Answer:
    stayed = frame.filter(~pl.col("ended"))
    return {
        (group, part, "number"): share(
            len(stayed.filter(pl.col("idle").is_between(low, high))),
            len(stayed),
            len(stayed),
            method=None,
        )
        for part, low, high in BANDS
    }


def _delay(group: Group, frame: pl.DataFrame) -> Answer:
    intake = frame.filter(pl.col("intake"))
    seen = intake.filter(pl.col("first_visit").is_not_null())
    days = [
        (row["first_visit"] - row["placed_on"]).days
        for row in seen.select("first_visit", "placed_on").to_dicts()
    ]
    middle = float(np.median(days)) if days else None
    line = Line(sum(days), None, len(days), len(intake) - len(days), middle)
    return {(group, "", "number"): line}


def _reasons(group: Group, frame: pl.DataFrame) -> Answer:
    stayed = frame.filter(~pl.col("ended"))
    known = stayed.filter(pl.col("reason").is_not_null())
    return {
        (group, reason, "number"): share(hits, len(known), len(known), len(stayed) - len(known))
        for reason, hits in known.group_by("reason").len().iter_rows()
    }


def _workload(group: Group, frame: pl.DataFrame) -> Answer:
    stayed = frame.filter(~pl.col("ended"))
    n = len(stayed)
    weight = round(sum(EFFORT[bucket] for bucket in stayed["end_bucket"].to_list()), 6)
    return {
        (group, "open", "number"): amount(n, n),
        (group, "open", "money"): amount(_total(stayed, "end_overdue"), n),
        (group, "weighted", "number"): amount(weight, n),
        (group, "untouched", "number"): amount(len(stayed.filter(pl.col("idle") > 7)), n),
    }


def _shares(hits: Any, of: Any = None, money: str | None = None) -> Rule:
    def rule(group: Group, frame: pl.DataFrame) -> Answer:
        base = frame if of is None else frame.filter(of)
        some = base.filter(hits)
        if money is not None:
            return _both(group, "", some, base, money)
        return {(group, "", "number"): share(len(some), len(base), len(base))}

    return rule


def _intensity(group: Group, frame: pl.DataFrame) -> Answer:
    seen = _where(frame, "visits")
    line = share(_total(seen, "visits"), len(seen), len(seen), method=None)
    return {(group, "", "number"): line}


def _targets(group: Group, frame: pl.DataFrame) -> Answer:
    aimed = _where(frame.with_columns(pl.col("target").fill_null(0)), "target")
    line = share(
        _total(aimed, "received"),
        _total(aimed, "target"),
        len(aimed),
        len(frame) - len(aimed),
        method=None,
    )
    return {(group, "received", "money"): line}


def month_gone(until: date, rest: set[date], work: set[date]) -> Answer:
    """How much of the month is over, in days and in working days."""
    days = [until.replace(day=1) + timedelta(days=n) for n in range(31)]
    days = [day for day in days if day.month == until.month]
    working = [day for day in days if day in work or (day.weekday() < 5 and day not in rest)]
    return {
        ((), part, "number"): share(
            sum(day <= until for day in some), len(some), len(some), method=None
        )
        for part, some in (("working_days", working), ("days", days))
    }


_RULES: dict[MeasureId, Rule] = {
    M.IN_HAND: _in_hand,
    M.RECOVERY_AMOUNT: _recovery,
    M.RECOVERY_CASES: _shares(pl.col("received") > 0),
    M.SETTLED: _shares(pl.col("settled"), money="placed_overdue"),
    M.IMPROVED: _improved,
    M.ROLL_MATRIX: _roll,
    M.MET_CASES: _shares(pl.col("met") > 0, pl.col("visits") > 0),
    M.FUNNEL: _funnel,
    M.UNTOUCHED: _untouched,
    M.COVERAGE: _shares(pl.col("visits") > 0, ~pl.col("rested")),
    M.INTENSITY: _intensity,
    M.FIRST_VISIT_DELAY: _delay,
    M.REASONS: _reasons,
    M.WORKLOAD: _workload,
    M.TARGET_PROGRESS: _targets,
}
CASE_MEASURES = tuple(_RULES)
