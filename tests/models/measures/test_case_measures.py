"""Measures over cases and promises against polars on raw rows, on both engines."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from math import isclose
from typing import Any

import polars as pl
import pytest

from supervisor import clock
from supervisor.clock import SHANGHAI
from supervisor.models import tables
from supervisor.models.database import Database
from supervisor.models.enums_measures import Basis, Dimension, MeasureId
from supervisor.models.ids import BranchId, StaffId
from supervisor.models.queries.measures import measure, measures
from supervisor.models.rows.measures import MeasureFilter, MeasureReport
from supervisor.models.rules.amounts import amounts
from supervisor.models.rules.measures.definitions import MEASURES
from supervisor.models.rules.promises import PromiseState, state_of
from tests.factories import TODAY
from tests.models.measures.oracle import Raw, everything, received
from tests.models.measures.world import FIRST, a_world, raw

M = MeasureId
BANDS = (("0-3", 0, 3), ("4-7", 4, 7), ("8-14", 8, 14), ("15+", 15, 10_000))


def case_frame(found: Raw, contacts: list[Any], first: date, end: date) -> pl.DataFrame:
    """One line for each case in hand at some time of the period."""
    start = first - timedelta(days=1)
    early = {
        (row.case_id, row.at.astimezone(SHANGHAI).date() < found.cases[row.case_id].placed_on)
        for row in contacts
    }
    lines = []
    for case in found.cases.values():
        if case.placed_on > end or (case.ended_on is not None and case.ended_on <= start):
            continue
        debts = found.debts.get(case.id, ())
        at = {
            name: amounts(debts, day)
            for name, day in (("placed", case.placed_on), ("start", start), ("end", end))
        }
        visits = [
            row
            for row in found.visits
            if row.case_id == case.id and case.placed_on <= row.visited_on <= end
        ]
        now = [row for row in visits if row.visited_on >= first]
        made = [
            row
            for row in found.promises
            if row.case_id == case.id and not row.withdrawn and first <= row.made_on <= end
        ]
        ended = case.ended_on is not None and case.ended_on <= end
        until = min(end, case.ended_on) if case.ended_on else end
        begun = max(first, case.placed_on)
        intake = case.placed_on > start
        lines.append(
            {
                "branch": case.branch_id,
                "agent": case.agent_id,
                "product": case.product,
                "placed_on": case.placed_on,
                "intake": intake,
                "ended": ended,
                "settled": ended and case.end_code == "settled",
                "reason": case.arrears_reason,
                **{f"{name}_bucket": int(one.bucket) for name, one in at.items()},
                **{f"{name}_overdue": one.overdue_fen for name, one in at.items()},
                **{f"{name}_settle": one.settle_fen for name, one in at.items()},
                "before_bucket": int(at["placed" if intake else "start"].bucket),
                "before_overdue": at["placed" if intake else "start"].overdue_fen,
                "visits": len(now),
                "met": sum(row.outcome == "MET_DEBTOR" for row in now),
                "first_visit": min((row.visited_on for row in visits), default=None),
                "idle": (
                    end - max((row.visited_on for row in visits), default=case.placed_on)
                ).days,
                "promises": len(made),
                "kept": sum(row.paid_fen >= row.amount_fen and row.due_on <= end for row in made),
                "received": received(debts, max(first, case.placed_on + timedelta(days=1)), until),
                "early": (case.id, True) in early,
                "rested": any(_rests(hold, begun, until) for hold in found.holds.get(case.id, [])),
            }
        )
    return pl.DataFrame(lines, infer_schema_length=None)


def _rests(hold: Any, first: date, last: date) -> bool:
    lifted = hold.ended_at is not None and hold.ended_at.astimezone(SHANGHAI).date() <= last
    return hold.from_on <= first and (hold.until_on is None or hold.until_on >= last) and not lifted


Answer = Mapping[tuple[str, str], tuple[Any, ...]]
"""Numerator and denominator (None: no share), n and unknown by part and basis."""


def expected(measure_: MeasureId, frame: pl.DataFrame) -> Answer:
    """What a measure without groups should say."""
    stayed, ended = frame.filter(~pl.col("ended")), frame.filter(pl.col("ended"))
    visited, awake = frame.filter(pl.col("visits") > 0), frame.filter(~pl.col("rested"))
    n, m = len(frame), len(stayed)
    done = frame.filter(pl.col("settled"))
    up = stayed.filter(pl.col("end_bucket") < pl.col("before_bucket"))
    known = stayed.filter(pl.col("reason").is_not_null())
    due = frame["placed_overdue"].sum()
    answers: dict[MeasureId, Answer] = {
        M.RECOVERY_AMOUNT: {("", "money"): (frame["received"].sum(), due, n, 0)},
        M.RECOVERY_CASES: _number((frame["received"] > 0).sum(), n),
        M.SETTLED: {
            **_number(len(done), n),
            ("", "money"): (done["placed_overdue"].sum(), due, n, 0),
        },
        M.IMPROVED: {
            **_number(len(up), m),
            ("", "money"): (up["before_overdue"].sum(), stayed["before_overdue"].sum(), m, 0),
        },
        M.MET_CASES: _number((visited["met"] > 0).sum(), len(visited)),
        M.COVERAGE: _number((awake["visits"] > 0).sum(), len(awake)),
        M.INTENSITY: _number(visited["visits"].sum(), len(visited)),
        M.UNTOUCHED: {
            (part, "number"): (stayed["idle"].is_between(low, high).sum(), m, m, 0)
            for part, low, high in BANDS
        },
        M.REASONS: {
            (name, "number"): (hits, len(known), len(known), m - len(known))
            for name, hits in known.group_by("reason").len().iter_rows()
        },
        M.IN_HAND: {
            **_amount("open", stayed, "end_overdue"),
            **_amount("inflow", frame.filter(pl.col("intake")), "before_overdue"),
            **_amount("outflow", ended, "before_overdue"),
        },
    }
    return answers[measure_]


def _number(hits: Any, of: int) -> Answer:
    return {("", "number"): (hits, of, of, 0)}


def _amount(part: str, some: pl.DataFrame, column: str) -> Answer:
    count = len(some)
    return {
        (part, "number"): (count, None, count, 0),
        (part, "money"): (some[column].sum(), None, count, 0),
    }


CASE_MEASURES = (
    *(M.RECOVERY_AMOUNT, M.RECOVERY_CASES, M.SETTLED, M.IMPROVED, M.MET_CASES, M.COVERAGE),
    *(M.INTENSITY, M.UNTOUCHED, M.REASONS, M.IN_HAND),
)


def answered(report: MeasureReport) -> Answer:
    return {
        (row.part, row.basis.value): (row.numerator, row.denominator, row.n, row.unknown)
        for row in report.rows
    }


@pytest.mark.parametrize("seed", [11, 12])
def test_that_measures_of_cases_are_those_of_a_plain_computation(
    database: Database, seed: int
) -> None:
    chance = random.Random(seed)
    with database.transaction() as session:
        world = a_world(session, seed, cases=40, visits=120)
        found, contacts = everything(session), raw(session, tables.ContactAttempt)
    for _ in range(4):
        first = FIRST + timedelta(days=chance.randint(0, 50))
        last = first + timedelta(days=chance.randint(5, 60))
        as_of = min(TODAY, last + timedelta(days=chance.choice([-10, 0, 5])))
        asked = MeasureFilter(M.IN_HAND, first, last, max(first, as_of), clock.now())
        frame = case_frame(found, contacts, first, asked.until)
        for branches in ((), (world.branches[0],)):
            some = frame.filter(pl.col("branch").is_in(branches)) if branches else frame
            for name in CASE_MEASURES:
                wanted = replace(
                    asked, measure=name, branches=tuple(BranchId(one) for one in branches)
                )
                report = database.read(measure, wanted)
                assert answered(report) == expected(name, some), (name, wanted)
                for row in report.rows:
                    if row.denominator:
                        assert row.value is not None
                        assert isclose(row.value, row.numerator / row.denominator, rel_tol=1e-9)


def test_that_the_roll_matrix_is_that_of_a_plain_computation(database: Database) -> None:
    with database.transaction() as session:
        a_world(session, 21, cases=60, visits=10)
        found = everything(session)
    first, last = date(2026, 10, 16), date(2026, 11, 15)
    frame = case_frame(found, [], first, last).filter(~pl.col("intake"))
    to = (
        pl.when(pl.col("settled")).then(pl.lit("settled"))
        .when(pl.col("ended")).then(pl.lit("moved_out"))
        .otherwise(pl.col("end_bucket").replace_strict(NAMES, return_dtype=pl.String))
    )  # fmt: skip
    start = pl.col("start_bucket").replace_strict(NAMES, return_dtype=pl.String)
    cells = (
        frame.with_columns(row=start, cell=start + ">" + to)
        .with_columns(n=pl.len().over("row"), whole=pl.col("start_settle").sum().over("row"))
        .group_by("cell", "n", "whole")
        .agg(pl.len().alias("hits"), pl.col("start_settle").sum().alias("fen"))
    )
    wanted = MeasureFilter(M.ROLL_MATRIX, first, last, TODAY, clock.now())
    answer = answered(database.read(measure, wanted))
    plain: dict[tuple[str, str], tuple[Any, ...]] = {}
    for line in cells.iter_rows(named=True):
        plain[line["cell"], "number"] = (line["hits"], line["n"], line["n"], 0)
        plain[line["cell"], "money"] = (line["fen"], line["whole"], line["n"], 0)
    assert answer == plain
    assert len(plain) > 10


NAMES = {**{n: f"M{n}" for n in range(7)}, 7: "M6_PLUS"}


def test_that_the_funnel_only_narrows_and_loses_nobody(database: Database) -> None:
    with database.transaction() as session:
        a_world(session, 31, cases=60, visits=250)
        found = everything(session)
    first, last = date(2026, 10, 1), date(2026, 11, 20)
    frame = case_frame(found, [], first, last).filter(~pl.col("rested"))
    wanted = MeasureFilter(M.FUNNEL, first, last, TODAY, clock.now())
    answer = answered(database.read(measure, wanted))
    before = frame
    for part, column in (("visited", "visits"), ("met", "met"), ("promised", "promises"),
                         ("kept", "kept"), ("paid", "received")):  # fmt: skip
        some = before.filter(pl.col(column) > 0)
        assert answer[part, "number"] == (len(some), len(before), len(before), 0)
        fen = (some["placed_overdue"].sum(), before["placed_overdue"].sum())
        assert answer[part, "money"] == (*fen, len(before), 0)
        before = some
    payers = (frame["received"] > 0).sum()
    assert answer["paid", "number"][0] + answer["paid_beside", "number"][0] == payers


def test_that_promises_stand_as_the_rule_says(database: Database) -> None:
    with database.transaction() as session:
        a_world(session, 41, cases=80, visits=120)
        found = everything(session)
    first, last = date(2026, 9, 20), TODAY
    states: dict[PromiseState, list[int]] = {}
    for row in found.promises:
        if first <= row.due_on <= last:
            known_on = found.known_on[row.branch_id]
            state = state_of(
                row.amount_fen, row.paid_fen, row.due_on, last, known_on, withdrawn=row.withdrawn
            )
            states.setdefault(state, []).append(row.amount_fen)
    known = [
        *states[PromiseState.KEPT],
        *states[PromiseState.PART_KEPT],
        *states[PromiseState.BROKEN],
    ]
    waits = len(states.get(PromiseState.AWAITING_DATA, [])) + len(
        states.get(PromiseState.DUE_TODAY, [])
    )
    for name, state in ((M.KEPT_RATE, PromiseState.KEPT), (M.PART_KEPT, PromiseState.PART_KEPT),
                        (M.BROKEN, PromiseState.BROKEN)):  # fmt: skip
        report = database.read(measure, MeasureFilter(name, first, last, last, clock.now()))
        hits = states[state]
        assert answered(report) == {
            ("", "number"): (len(hits), len(known), len(known), waits),
            ("", "money"): (sum(hits), sum(known), len(known), waits),
        }


def test_that_curves_are_those_of_a_plain_computation(database: Database) -> None:
    with database.transaction() as session:
        a_world(session, 51, cases=60, visits=1)
        found = everything(session)
    wanted = MeasureFilter(M.RECOVERY_CURVE, FIRST, TODAY, TODAY, clock.now())
    report = database.read(measure, wanted)
    known_on = TODAY - timedelta(days=1)
    money = {(row.group[0], int(row.part)): row for row in report.rows if row.basis is Basis.MONEY}
    months = {date(2026, month, 1) for month in (9, 10, 11)}
    assert {group for group, _ in money} == months
    for month in months:
        some = [
            case
            for case in found.cases.values()
            if case.placed_on.replace(day=1) == month and case.placed_on <= known_on
        ]
        due = sum(amounts(found.debts[case.id], case.placed_on).overdue_fen for case in some)
        last = (known_on - max(case.placed_on for case in some)).days
        assert max(day for group, day in money if group == month) == last
        for day in (0, last // 2, last):
            fen = sum(
                received(
                    found.debts[case.id],
                    case.placed_on + timedelta(days=1),
                    min(case.placed_on + timedelta(days=day), known_on, case.ended_on or known_on),
                )
                for case in some
            )
            row = money[month, day]
            assert (row.numerator, row.denominator, row.n) == (fen, due, len(some))


def test_that_every_measure_answers_every_way_it_can_be_asked(database: Database) -> None:
    with database.transaction() as session:
        world = a_world(session, 61, cases=25, visits=60)
    assert set(MEASURES) == set(MeasureId)
    agent = StaffId(world.staff[world.branches[0]][0])
    for name, definition in MEASURES.items():
        wanted = MeasureFilter(name, FIRST, TODAY, TODAY, clock.now())
        whole = database.read(measure, wanted)
        assert all(row.low is None or row.value is not None for row in whole.rows)
        for row in whole.rows:
            if row.low is not None and row.high is not None and row.value is not None:
                assert row.low - 1e-9 <= row.value <= row.high + 1e-9, row
        for by in sorted(definition.by):
            database.read(measure, replace(wanted, by=(by,)))
        empty = replace(wanted, allowed=(BranchId(999_999),))
        for row in database.read(measure, empty).rows:
            assert row.n == 0 or name is M.TARGET_PROGRESS, row
        database.read(measure, replace(wanted, agents=(agent,)))


def test_that_many_at_once_say_what_each_says_alone(database: Database) -> None:
    with database.transaction() as session:
        world = a_world(session, 81, cases=25, visits=60)
    whole = MeasureFilter(M.IN_HAND, date(2026, 10, 1), TODAY, TODAY, clock.now())
    asked = tuple(
        replace(whole, measure=name, branches=branches)
        for branches in ((), (BranchId(world.branches[0]),))
        for name in MeasureId
    )
    together = database.read(measures, asked)
    assert together == tuple(database.read(measure, one) for one in asked)


@pytest.mark.parametrize("by", [Dimension.BRANCH, Dimension.AGENT, Dimension.BUCKET])
def test_that_groups_add_up_to_the_whole(database: Database, by: Dimension) -> None:
    with database.transaction() as session:
        a_world(session, 71, cases=40, visits=100)
    wanted = MeasureFilter(M.RECOVERY_CASES, date(2026, 10, 1), TODAY, TODAY, clock.now())
    (whole,) = database.read(measure, wanted).rows
    parts = database.read(measure, replace(wanted, by=(by,))).rows
    assert sum(row.numerator for row in parts) == whole.numerator
    assert sum(row.n for row in parts) == whole.n
