"""Promises by collector and by history against polars on raw rows, on both engines."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.models import tables
from supervisor.models.database import Database
from supervisor.models.enums_measures import MeasureId
from supervisor.models.ids import BranchId
from supervisor.models.queries.promise_reliability import promise_reliability
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.rows.promise_reliability import PromiseHistory, PromiseTally
from supervisor.models.rules.promises import GRACE
from tests import factories
from tests.factories import TODAY
from tests.models.measures.world import a_world

FIRST, LAST = date(2026, 9, 20), date(2026, 11, 10)
FIELDS = ("kept", "part_kept", "broken", "waiting", "undue")


def wanted(**other: Any) -> MeasureFilter:
    return MeasureFilter(MeasureId.KEPT_RATE, FIRST, LAST, TODAY, clock.now(), **other)


@dataclass(frozen=True, slots=True)
class Raw:
    """Rows as they are stored, and how far payment data of each branch reach."""

    promises: list[Any]
    known_on: dict[int, date]


def everything(session: Session) -> Raw:
    promises = list(session.execute(select(*tables.Promise.__table__.columns)))
    known = session.execute(select(tables.Branch.id, tables.Branch.payments_known_on))
    return Raw(promises, {id_: day for id_, day in known if day is not None})


def frame(found: Raw) -> pl.DataFrame:
    """Promises of the period, with their standing and what came before them."""
    standing = pl.DataFrame(
        {
            "id": [one.id for one in found.promises],
            "branch": [one.branch_id for one in found.promises],
            "case": [one.case_id for one in found.promises],
            "agent": [one.agent_id for one in found.promises],
            "made": [one.made_on for one in found.promises],
            "due": [one.due_on for one in found.promises],
            "gone": [one.withdrawn for one in found.promises],
            "full": [one.paid_fen >= one.amount_fen for one in found.promises],
            "some": [one.paid_fen > 0 for one in found.promises],
            "covered": [
                one.due_on + GRACE <= found.known_on[one.branch_id] for one in found.promises
            ],
            "here": [one.done_by_branch_id for one in found.promises],
        },
        schema_overrides={"agent": pl.Int64},
    ).filter(~pl.col("gone"))
    before = (
        standing.join(standing, on=["branch", "case"], suffix="_before")
        .filter(pl.col("due_before") < pl.col("due"))
        .group_by("id")
        .agg(pl.col("full_before").all().alias("all_kept"))
    )
    late = pl.col("due") > LAST
    state = (
        pl.when(late).then(pl.lit("undue"))
        .when(pl.col("full")).then(pl.lit("kept"))
        .when(~pl.col("covered")).then(pl.lit("waiting"))
        .when(pl.col("some")).then(pl.lit("part_kept"))
        .otherwise(pl.lit("broken"))
    )  # fmt: skip
    history = (
        pl.when(pl.col("all_kept").is_null()).then(pl.lit("first"))
        .when(pl.col("all_kept")).then(pl.lit("all_kept"))
        .otherwise(pl.lit("some_unpaid"))
    )  # fmt: skip
    return (
        standing.join(before, on="id", how="left")
        .filter(
            pl.col("due").is_between(FIRST, LAST) | (pl.col("made").is_between(FIRST, LAST) & late)
        )
        .with_columns(state.alias("state"), history.alias("history"))
    )


def counts(rows: pl.DataFrame, by: str) -> dict[Any, dict[str, int]]:
    found: dict[Any, dict[str, int]] = {}
    for key, state, n in rows.group_by(by, "state").len().iter_rows():
        found.setdefault(key, dict.fromkeys(FIELDS, 0))[state] = n
    return found


def told(tally: PromiseTally) -> dict[str, int]:
    return {name: getattr(tally, name) for name in FIELDS}


def test_that_promises_are_counted_as_polars_counts_them(database: Database) -> None:
    with database.transaction() as session:
        world = a_world(session, 71, cases=60, visits=260)
        for case in world.cases[:20]:
            for day in (date(2026, 9, 25), date(2026, 10, 20), date(2026, 11, 30)):
                paid = 50_000 if case.id % 2 else 10_000
                factories.a_promise(session, case, day, made_on=date(2026, 9, 21), paid_fen=paid)
        found = everything(session)
    rows = frame(found)
    answer = database.read(promise_reliability, wanted())
    people = counts(rows, "agent")
    assert {one.staff_id: told(one.tally) for one in answer.people} == people
    assert {one.value: told(tally) for one, tally in answer.histories} == counts(rows, "history")
    assert {one for one, _ in answer.histories} == set(PromiseHistory)
    assert all(sum(one[name] for one in people.values()) for name in FIELDS if name != "waiting")
    one = BranchId(world.branches[0])
    own = counts(rows.filter(pl.col("here") == one), "agent")
    for part in (wanted(branches=(one,)), wanted(allowed=(one,))):
        answer = database.read(promise_reliability, part)
        assert {row.staff_id: told(row.tally) for row in answer.people} == own


def test_that_people_stand_by_team_and_number_with_nobody_last(database: Database) -> None:
    with database.transaction() as session:
        branch = factories.a_branch(session, payments_known_on=TODAY)
        teams = [factories.a_team(session, branch, name=name) for name in ("乙组", "甲组")]
        people = [factories.a_staff(session, branch, team_id=team) for team in teams]
        case = factories.a_case(session, branch)
        for agent in (None, *people):
            factories.a_promise(session, case, LAST, agent_id=agent)
    answer = database.read(promise_reliability, wanted())
    assert [one.staff_id for one in answer.people] == [*people, None]
    assert [one.team for one in answer.people] == ["乙组", "甲组", ""]


def test_that_nothing_of_elsewhere_is_told(database: Database) -> None:
    with database.transaction() as session:
        branch = factories.a_branch(session)
        factories.a_promise(session, factories.a_case(session, branch), LAST)
    answer = database.read(promise_reliability, wanted(allowed=(BranchId(branch + 1),)))
    assert (answer.people, answer.histories) == ((), ())
