"""One question answered twice: by the product, and from raw rows."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import isclose
from pathlib import Path
from typing import Any

import polars as pl

from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.rows.measures import MeasureFilter, MeasureReport
from tests.evaluation.measures import of_cases, of_compared, of_others, of_visits
from tests.evaluation.measures.frames import case_frame, visit_frame
from tests.evaluation.measures.line import Answer, Line
from tests.evaluation.measures.rows import Raw

M = MeasureId
DAYS = ("day", "week", "month", "weekday")
PLACES = ("branch", "team", "agent")
_CASE = (*PLACES, "bucket", "product")
BY: dict[MeasureId, tuple[str, ...]] = {
    **dict.fromkeys(of_cases.CASE_MEASURES, _CASE),
    M.ROLL_MATRIX: (*PLACES, "product"),
    M.WORKLOAD: PLACES,
    M.TARGET_PROGRESS: ("branch",),
    **dict.fromkeys(of_visits.VISIT_MEASURES, (*_CASE, *DAYS, "hour")),
    **dict.fromkeys((M.KEPT_RATE, M.PART_KEPT, M.BROKEN), (*PLACES, *DAYS, "product")),
    M.YIELD_DAY: (*PLACES, *DAYS),
    **dict.fromkeys((M.COMPLAINT_RATE, M.FLAG_FIRST_LOOK, M.FOLLOW_UP_ON_TIME), ("branch",)),
}
"""What each measure is broken down by here, one after the other; all are asked as a whole too."""
CALENDAR = Path(__file__).parents[3] / "resources" / "calendar" / "cn.toml"
EXACT = 1e-9


@dataclass(slots=True)
class Oracle:
    """Raw rows of one database; frames are made once for each period."""

    found: Raw
    frames: dict[Any, pl.DataFrame]

    def answer(self, wanted: MeasureFilter) -> Answer:
        """What the product should say."""
        by = wanted.by[0].value if wanted.by else None
        measure, first, last = wanted.measure, wanted.first_on, wanted.until
        if measure in of_cases.CASE_MEASURES or measure is M.FAIR_COMPARISON:
            frame = self._cases(wanted)
            if measure is M.FAIR_COMPARISON:
                return of_compared.people(frame, 30)
            rows = of_cases.answer(measure, frame, by)
            if measure is M.TARGET_PROGRESS:
                rest, work = free_days(last.year)
                rows = {**rows, **of_cases.month_gone(last, rest, work)}
            return rows
        if measure in {M.KEPT_RATE, M.PART_KEPT, M.BROKEN}:
            rows_ = [
                row
                for row in self.found.promises
                if not row.withdrawn
                and first <= row.due_on <= last
                and self._here(wanted, row.done_by_branch_id)
            ]
            return of_others.promises(measure, self.found, rows_, wanted.as_of, by)
        if measure is M.RECOVERY_CURVE:
            return of_compared.curves(
                self.found, self._held(wanted), first, last, self._watched(wanted)
            )
        if measure is M.CHANNEL_COMPARISON:
            held = {case.id for case in self._held(wanted)}
            return of_compared.channels(
                of_compared.tries(self.found, held, first, last, wanted.as_of)
            )
        return self._of_visits_and_flags(wanted, by)

    def _of_visits_and_flags(self, wanted: MeasureFilter, by: str | None) -> Answer:
        measure, first, last = wanted.measure, wanted.first_on, wanted.until
        lines = self._visits(wanted, "branch")
        teams = {id_: row.team_id for id_, row in self.found.staff.items()}
        if measure in of_visits.VISIT_MEASURES:
            rows = of_visits.answer(measure, of_visits.spread(lines, by, teams), by)
            if measure is M.LEGAL_RISK_RATE and by is None:
                visits = [
                    row
                    for row in self.found.tables["visit"]
                    if first <= row.visited_on <= last and self._here(wanted, row.done_by_branch_id)
                ]
                rows = {**rows, **of_visits.breaches(self.found.tables["finding"], visits)}
            return rows
        if measure is M.YIELD_DAY:
            return of_visits.yield_day(lines, by, teams)
        if measure is M.NOTICE_EFFECT:
            return of_visits.notice(self._visits(wanted, "holder"))
        if measure is M.FAIRNESS:
            areas = {row.id: row.area for row in self.found.tables["borrower"]}
            of_case = {id_: areas[case.borrower_id] for id_, case in self.found.cases.items()}
            return of_visits.fairness(lines, of_case)
        return self._of_flags(wanted, by)

    def _of_flags(self, wanted: MeasureFilter, by: str | None) -> Answer:
        first, last = wanted.first_on, wanted.until
        done = [row for row in self.found.visits if self._here(wanted, row.done_by_branch_id)]
        done = [row for row in done if first <= row.visited_on <= last]
        held = [row for row in self.found.visits if self._here(wanted, row.branch_id)]

        def own(name: str) -> list[Any]:
            return self._rows(wanted, name)

        answers: dict[MeasureId, Callable[[], Answer]] = {
            M.FLAG_FIRST_LOOK: lambda: of_others.first_look(
                own("flag"), first, last, wanted.now, by, *free_days(last.year)
            ),
            M.FOLLOW_UP_ON_TIME: lambda: of_others.follow_ups(
                own("follow_up"), first, last, wanted.now, by
            ),
            M.COMPLAINT_RATE: lambda: of_others.complaints(own("complaint"), done, first, last, by),
            M.PRECISION: lambda: of_others.precision(self.found, own("finding"), first, last),
            M.TRAINING_EFFECT: lambda: of_others.training(
                self.found, own("training_assignment"), held, first, last, wanted.as_of
            ),
        }
        return answers[wanted.measure]()

    def _here(self, wanted: MeasureFilter, branch: int) -> bool:
        return not wanted.branches or branch in wanted.branches

    def _rows(self, wanted: MeasureFilter, name: str) -> list[Any]:
        return [row for row in self.found.tables[name] if self._here(wanted, row.branch_id)]

    def _held(self, wanted: MeasureFilter) -> list[Any]:
        return [case for case in self.found.cases.values() if self._here(wanted, case.branch_id)]

    def _watched(self, wanted: MeasureFilter) -> date:
        known = [
            day
            for branch, day in self.found.known_on.items()
            if day is not None and self._here(wanted, branch)
        ]
        return min([wanted.as_of, *known])

    def _cases(self, wanted: MeasureFilter) -> pl.DataFrame:
        key = ("cases", wanted.first_on, wanted.until)
        if key not in self.frames:
            self.frames[key] = case_frame(self.found, wanted.first_on, wanted.until)
        frame = self.frames[key]
        return frame.filter(pl.col("branch").is_in(wanted.branches)) if wanted.branches else frame

    def _visits(self, wanted: MeasureFilter, where: str) -> pl.DataFrame:
        if wanted.as_of not in self.frames:
            self.frames[wanted.as_of] = visit_frame(self.found, wanted.as_of)
        frame = of_visits.between(self.frames[wanted.as_of], wanted.first_on, wanted.until)
        return frame.filter(pl.col(where).is_in(wanted.branches)) if wanted.branches else frame


def free_days(year: int) -> tuple[set[date], set[date]]:
    """Working days on which offices rest, and weekend days on which they work."""
    found = tomllib.loads(CALENDAR.read_text(encoding="utf-8"))[str(year)]

    def days(name: str) -> set[date]:
        return {date.fromisoformat(f"{year}-{day}") for day in found[name]}

    return days("rest"), days("work")


def questions(wanted: MeasureFilter) -> Iterator[MeasureFilter]:
    """Every measure as a whole, and broken down every way it can be."""
    for measure in MeasureId:
        one = replace(wanted, measure=measure)
        yield one
        for name in BY.get(measure, ()):
            yield replace(one, by=(Dimension(name),))


def answered(report: MeasureReport) -> Answer:
    """The rows of the product's answer."""
    return {
        (row.group, row.part, row.basis.value): Line(
            row.numerator,
            row.denominator,
            row.n,
            row.unknown,
            row.value,
            row.low,
            row.high,
            row.note,
        )
        for row in report.rows
    }


def differences(ours: Answer, plain: Answer) -> Iterator[tuple[str, float]]:
    """What differs, in words, and by how much (1 where a row is missing or counts differ)."""
    for key in sorted({*ours, *plain}, key=str):
        if key not in ours or key not in plain:
            yield f"{key}: only {'ours' if key in ours else 'plain'}", 1.0
            continue
        mine, other = ours[key], plain[key]
        for name in ("numerator", "denominator", "n", "unknown", "value", "low", "high", "note"):
            known, expected = getattr(mine, name), getattr(other, name)
            apart = _apart(known, expected)
            if apart:
                yield f"{key}.{name}: {known} is not {expected}", apart


def _apart(known: Any, expected: Any) -> float:
    if known == expected:
        return 0.0
    if isinstance(known, str) or known is None or expected is None:
        return 1.0
    return 0.0 if isclose(known, expected, rel_tol=EXACT, abs_tol=EXACT) else abs(known - expected)


def largest(ours: Answer, plain: Answer) -> float:
    """The largest difference of two rates that are called equal."""
    found = [0.0]
    for key in ours.keys() & plain.keys():
        for name in ("numerator", "value", "low", "high"):
            known, expected = getattr(ours[key], name), getattr(plain[key], name)
            if known is not None and expected is not None:
                found.append(abs(known - expected))
    return max(found)
