"""Answers over visits, from one line for each visit."""

from datetime import date
from typing import Any

import polars as pl

from supervisor.models.enums_measures import MeasureId
from tests.evaluation.measures.line import Answer, Key, Line, share

M = MeasureId
RATES: dict[MeasureId, tuple[str, str, float, str | None]] = {
    M.MET_RATE: ("met", "visits", 1.0, "wilson"),
    M.PROMISE_RATE: ("promised", "met", 1.0, "wilson"),
    M.YIELD_VISIT: ("yield_fen", "visits", 1.0, None),
    M.REFUSAL_RATE: ("refusal", "visits", 100.0, "wilson"),
    M.CONFLICT_RATE: ("conflict", "visits", 100.0, "wilson"),
    M.LEGAL_RISK_RATE: ("legal_risk", "visits", 100.0, "wilson"),
}
TICKS = {
    "lawful_hours": "hours",
    "recorded": "recorded",
    "id_shown": "id",
    "position_matched": "position",
}
VISIT_MEASURES = (*RATES, M.QUIET_HOURS, M.COMPLIANCE_SHARES, M.DATA_QUALITY)


def spread(frame: pl.DataFrame, by: str | None, teams: dict[int, int | None]) -> pl.DataFrame:
    """Lines with the key asked for as `key`; a visit of two counts for both people."""
    if by == "agent":
        second = frame.filter(pl.col("second").is_not_null()).with_columns(agent=pl.col("second"))
        return pl.concat([frame, second]).with_columns(key=pl.col("agent"))
    del teams
    keys: dict[str, Any] = {
        "week": pl.col("day").dt.truncate("1w"),
        "month": pl.col("day").dt.truncate("1mo"),
        "weekday": pl.col("day").dt.weekday().cast(pl.Int64) - 1,
    }
    return frame if by is None else frame.with_columns(key=keys.get(by, pl.col(by)))


def groups(lines: pl.DataFrame, by: str | None) -> dict[tuple[Any, ...], pl.DataFrame]:
    """The lines by group; without one, one group even of nothing."""
    if by is None:
        return {(): lines}
    return dict(lines.partition_by("key", as_dict=True))


def answer(measure: MeasureId, lines: pl.DataFrame, by: str | None) -> Answer:
    """The rows of a measure over visits."""
    found: dict[Key, Line] = {}
    for group, some in groups(lines, by).items():
        found |= _rows(measure, group, some)
    return found


def total(some: pl.DataFrame, column: str) -> int:
    """A column summed up."""
    return int(some[column].sum() or 0) if len(some) else 0


def _rows(measure: MeasureId, group: tuple[Any, ...], some: pl.DataFrame) -> Answer:
    visits = len(some)
    if measure in RATES:
        hits, of, factor, method = RATES[measure]
        whole = total(some, of)
        line = share(total(some, hits), whole, whole, factor=factor, method=method)
        return {(group, "", "number"): line}
    if measure is M.QUIET_HOURS:
        outside = total(some, "hours_no")
        unknown = visits - outside - total(some, "hours_yes")
        return {(group, "", "number"): Line(outside, None, visits, unknown, float(outside))}
    found: dict[Key, Line] = {}
    if measure is M.COMPLIANCE_SHARES:
        for part, name in TICKS.items():
            yes = total(some, f"{name}_yes")
            known = yes + total(some, f"{name}_no")
            found[group, part, "number"] = share(yes, known, known, visits - known)
        found[group, "two_people", "number"] = share(total(some, "two_people"), visits, visits)
        return found
    for part, hits, gap in (
        ("position_missing", "no_position", None),
        ("end_missing", "no_end", None),
        ("entered_late", "late", "late_unknown"),
    ):
        unknown = total(some, gap) if gap else 0
        known = visits - unknown
        found[group, part, "number"] = share(total(some, hits), known, known, unknown)
    return found


def yield_day(frame: pl.DataFrame, by: str | None, teams: dict[int, int | None]) -> Answer:
    """Money of visits / days of people with a visit."""
    money = groups(spread(frame, by, teams), by)
    second = frame.filter(pl.col("second").is_not_null()).with_columns(agent=pl.col("second"))
    people = pl.concat([frame, second])
    if by == "team":
        of_team = [None if one is None else teams[one] for one in people["agent"].to_list()]
        people = people.with_columns(team=pl.Series(of_team, dtype=pl.Int64))
    seen = groups(spread(people.with_columns(second=None), by, teams), by)
    found: dict[Key, Line] = {}
    for group, some in money.items():
        some_people = seen.get(group)
        days = 0
        if some_people is not None and len(some_people):
            named = some_people.filter(pl.col("agent").is_not_null())
            days = len(named.select("agent", "day").unique())
        found[group, "", "money"] = share(total(some, "yield_fen"), days, days, method=None)
    return found


def notice(frame: pl.DataFrame) -> Answer:
    """Met and refused by whether notice was given; by the branch that holds the case."""
    found: dict[Key, Line] = {}
    for tick in ("yes", "no", "unknown"):
        some = frame.filter(pl.col("notice") == tick)
        n = len(some)
        found[(), f"{tick}:met", "number"] = share(total(some, "met"), n, n)
        found[(), f"{tick}:refused", "number"] = share(total(some, "refusal"), n, n)
    return found


def fairness(frame: pl.DataFrame, areas: dict[int, str]) -> Answer:
    """Flagged visits by product and by area."""
    found: dict[Key, Line] = {}
    known = frame.with_columns(
        area=pl.Series([areas[case] for case in frame["case"].to_list()], dtype=pl.String)
    )
    for column in ("product", "area"):
        for (key,), some in known.partition_by(column, as_dict=True).items():
            n = len(some)
            found[(), f"{column}:{key}", "number"] = share(total(some, "flagged"), n, n)
    return found


def breaches(found: list[Any], visits: list[Any]) -> Answer:
    """Legal-risk findings of the period, the flags they became, and what was merged.

    `visits`: every visit of the period, those that did not take place included.
    """
    mine = {row.id for row in visits}
    legal = [
        row
        for row in found
        if row.visit_id in mine and row.category == "legal_risk" and row.superseded_at is None
    ]
    flags = len({row.flag_id for row in legal if row.flag_id is not None})
    unknown = sum(row.unknown_key is not None for row in visits)
    return {
        ((), part, "number"): Line(count, None, len(legal), unknown, float(count))
        for part, count in (
            ("breaches", len(legal)),
            ("flags", flags),
            ("merged", len(legal) - flags),
        )
    }


def between(frame: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """Lines of the days, both included."""
    return frame.filter(pl.col("day").is_between(first, last))
