"""Saved views: the ready-made ones, whose are seen, and the stored form of conditions."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from supervisor.models import tables
from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.models.enums import (
    ArrearsReason,
    Bucket,
    FlagCategory,
    Mark,
    Product,
    QueueReason,
    Role,
    VisitOutcome,
)
from supervisor.models.enums_queue import SortKey
from supervisor.models.ids import BranchId, StaffId, TeamId
from supervisor.models.queries.case_queue import count
from supervisor.models.queries.saved_views import (
    columns_from,
    definition_of,
    saved_views,
    wanted_from,
)
from supervisor.models.rows.case_queue import CaseQueueFilter, QueueRequest, Sort
from supervisor.models.rules.builtin_views import BUILTIN
from tests.factories import TODAY, a_branch, a_staff, a_team, an_actor, put
from tests.models.queries.queue_world import NOW, asking, fill

FULL = asking(
    branches=(BranchId(1),),
    teams=(TeamId(2),),
    agents=(StaffId(3), StaffId(4)),
    unassigned=True,
    reasons=frozenset({QueueReason.RECALL, QueueReason.UNTOUCHED}),
    buckets=frozenset({Bucket.M1, Bucket.M6_PLUS}),
    marks=frozenset({Mark.A}),
    products=frozenset({Product.CAR_LOAN}),
    outcomes=frozenset({VisitOutcome.NO_ONE}),
    flag_categories=frozenset({FlagCategory.CONFLICT}),
    arrears_reasons=frozenset({ArrearsReason.ILLNESS}),
    areas=("东街道", 'quote " and \\'),
    dpd_min=1,
    dpd_max=90,
    overdue_min_fen=0,
    overdue_max_fen=10**12,
    last_visit_from=date(2026, 1, 1),
    last_visit_until=TODAY,
    untouched_days_min=7,
    untouched_days_max=30,
    visited_from=date(2026, 10, 1),
    visited_until=TODAY,
    visited_weekdays=frozenset({0, 6}),
    visited_hours=frozenset({9, 20}),
    promise_due_from=TODAY,
    promise_due_until=TODAY,
    next_plan_from=TODAY,
    next_plan_until=TODAY,
    placed_from=TODAY,
    placed_until=TODAY,
    held=False,
    second_person_missing=True,
    plan_requested=False,
    search="张",
    numbers=("AJ1", "AJ2"),
    include_ended=True,
    sort=Sort(SortKey.OVERDUE, descending=True),
)


def test_that_every_condition_survives_being_stored() -> None:
    plain = asking()
    untold = [
        name for name in CaseQueueFilter.__slots__ if getattr(FULL, name) == getattr(plain, name)
    ]
    assert untold == ["as_of", "now"]
    later = replace(FULL, as_of=TODAY + timedelta(days=9), now=NOW + timedelta(days=9))
    assert wanted_from(definition_of(FULL), later.as_of, later.now) == later


def test_that_day_and_instant_are_never_stored() -> None:
    assert json.loads(definition_of(asking())) == {}
    assert {"as_of", "now"}.isdisjoint(json.loads(definition_of(FULL)))


def test_that_columns_are_stored_beside_the_conditions() -> None:
    text = definition_of(asking(search="x"), ("reason", "mark"))
    assert columns_from(text) == ("reason", "mark")
    assert wanted_from(text, TODAY, NOW) == asking(search="x")
    assert columns_from(definition_of(asking())) == ()


@pytest.mark.parametrize(
    "definition",
    [
        '{"from_the_future": 1, "search": "x", "reasons": ["new_reason"]}',
        '{"search": "x", "dpd_min": "many", "held": 1, "placed_from": "someday"}',
        '{"search": "x", "sort": {"key": "moon"}, "branches": 5, "marks": "A"}',
        '{"search": "x", "sort": 7, "buckets": [99, "M1"], "placed_from": 3}',
    ],
)
def test_that_what_is_not_understood_is_left_out(definition: str) -> None:
    assert wanted_from(definition, TODAY, NOW) == asking(search="x")


@pytest.mark.parametrize("definition", ["", "[]", "null", "{", '"text"'])
def test_that_a_broken_definition_asks_for_everything(definition: str) -> None:
    assert wanted_from(definition, TODAY, NOW) == asking()
    assert columns_from(definition) == ()


def test_that_ready_made_views_come_first_and_can_be_asked(database: Database) -> None:
    fill(database, 3)
    views = database.read(saved_views, an_actor())
    assert [view.builtin for view in views] == list(BUILTIN)
    counts = {view.builtin: database.read(count, QueueRequest(view.wanted)) for view in views}
    assert counts["my_people"] == database.read(count, QueueRequest(asking()))
    assert counts["first_look"] < counts["today"] < counts["my_people"]
    week = next(view.wanted for view in views if view.builtin == "new_this_week")
    assert (week.placed_from, week.placed_until) == (date(2026, 11, 23), TODAY)


def test_that_my_people_are_the_team_of_who_asks(database: Database) -> None:
    with database.transaction() as session:
        branch = a_branch(session)
        team = a_team(session, branch)
        leader = a_staff(session, branch, team_id=team)
        loner = a_staff(session, branch)
    here = (BranchId(branch),)
    for person, expected in (
        (Actor("a", Role.SUPERVISOR, here, StaffId(leader)), {"teams": (team,)}),
        (Actor("b", Role.SUPERVISOR, here, StaffId(loner)), {"branches": here}),
        (Actor("c", Role.SUPERVISOR), {}),
    ):
        views = database.read(saved_views, person)
        mine = next(view.wanted for view in views if view.builtin == "my_people")
        assert mine == asking(**expected)


def test_that_own_views_and_those_shared_with_me_are_seen(database: Database) -> None:
    with database.transaction() as session:
        here, there = a_branch(session), a_branch(session)
        for name, values in {
            "mine": {"owner": "周敏"},
            "theirs": {"owner": "x"},
            "for all": {"owner": "x", "scope": "shared"},
            "for managers": {"owner": "x", "scope": "shared", "shared_role": "manager"},
            "for us": {"owner": "x", "scope": "shared", "branch_id": here},
            "for others": {"owner": "x", "scope": "shared", "branch_id": there},
            "pinned": {"owner": "周敏", "pinned": True, "position": 9},
        }.items():
            given = {"scope": "mine", "definition": '{"search": "x"}', "version": 2, **values}
            put(session, tables.SavedView, name=name, **given)
    views = database.read(saved_views, an_actor(branches=[here]))[len(BUILTIN) :]
    assert [view.name for view in views] == ["pinned", "for all", "for us", "mine"]
    assert views[0].wanted == asking(search="x")
    assert (views[0].version, views[0].builtin, views[0].pinned) == (2, None, True)
