"""Agreement, notice and training over invented visits, against the same figures by polars."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

import polars as pl
import pytest
from sqlalchemy import select

from supervisor.models.database import Database
from supervisor.models.enums import Tick
from supervisor.models.enums_incidents import Verdict
from supervisor.models.enums_training import Scale
from supervisor.models.ids import BranchId
from supervisor.models.queries.agreement import agreement
from supervisor.models.queries.notice_effect import notice_effect
from supervisor.models.queries.training_effect import training_effect
from supervisor.models.rows.agreement import AgreementFilter
from supervisor.models.rows.effects import EffectFilter, Rate
from supervisor.models.tables import Flag, Review, TrainingAssignment, Visit
from tests import factories
from tests.factories import TODAY

FIRST = TODAY - timedelta(days=150)
OUTCOMES = ("MET_DEBTOR", "NO_ONE", "DOOR_REFUSED", "ABORTED", "MET_FAMILY")
VERDICTS = (None, "true", "false_alarm", "upheld", "not_upheld", "duplicate")
CLOSINGS = (None, None, None, "withdrawn", "duplicate")


class Office(NamedTuple):
    """Two branches with people and two courses."""

    branches: tuple[int, int]
    people: tuple[int, ...]
    courses: tuple[int, int]


@pytest.fixture
def office(database: Database) -> Office:
    """Some hundred visits of six people over five months, a third of them flagged."""
    chance = Random(11)
    with database.transaction() as session:
        branches = factories.a_branch(session), factories.a_branch(session)
        people = [factories.a_staff(session, branches[place > 3]) for place in range(6)]
        calm = factories.a_course(session, name="情绪应对", themes="conflict,legal_risk")
        leave = factories.a_course(session, name="离场话术", themes="REFUSE-CONTACT")
        cases = [factories.a_case(session, branch) for branch in branches for _ in range(3)]
        for number in range(260):
            _a_visit(session, chance, cases, people, branches, number)
        given = {"recorded_at": datetime(2026, 6, 1, tzinfo=UTC)}
        for place, (person, course, days) in enumerate(
            [(0, calm, 100), (1, calm, 40), (1, calm, 20), (2, leave, 95), (4, calm, 60)]
        ):
            factories.a_training(
                session,
                branches[person > 3],
                people[person],
                course,
                done_on=TODAY - timedelta(days=days),
                due_on=TODAY - timedelta(days=days - place),
                **given,
            )
        factories.a_training(session, branches[0], people[3], calm)
    return Office(branches, tuple(people), (calm, leave))


def _a_visit(
    session: Any,
    chance: Random,
    cases: list[Any],
    people: list[int],
    branches: tuple[int, int],
    number: int,
) -> None:
    at_second = chance.random() < 0.3
    case = chance.choice(cases[3:] if at_second else cases[:3])
    own = people[4:] if at_second else people[:4]
    pair = chance.sample(own, 2)
    visit = factories.a_visit(
        session,
        case,
        FIRST + timedelta(days=chance.randrange(150)),
        outcome=chance.choice(OUTCOMES),
        notice_given=chance.choice(["yes", "no", "unknown"]),
        agent_id=pair[0],
        second_agent_id=pair[1] if number % 3 else None,
    )
    for category in ("refusal", "conflict"):
        if chance.random() < 0.25:
            factories.a_flag(
                session,
                case,
                visit_id=visit.id,
                subject=f"visit:{visit.id}",
                category=category,
                lead_rule=chance.choice(["REFUSE-CONTACT", "OTHER"]),
                verdict=chance.choice(VERDICTS),
                closing_reason=chance.choice(CLOSINGS),
            )


def frame(database: Database, table: Any, *columns: str) -> pl.DataFrame:
    """A table as polars sees it."""
    with database.transaction() as session:
        rows = session.execute(select(*(getattr(table, name) for name in columns))).all()
    return pl.DataFrame([tuple(row) for row in rows], schema=list(columns), orient="row",
                        infer_schema_length=None)  # fmt: skip


def completed(database: Database) -> pl.DataFrame:
    columns = ("branch_id", "id", "agent_id", "second_agent_id", "visited_on", "outcome",
               "notice_given")  # fmt: skip
    visits = frame(database, Visit, *columns)
    return visits.filter(~pl.col("outcome").is_in(["ABORTED", "NOT_DONE"]))


def standing(database: Database) -> pl.DataFrame:
    flags = frame(database, Flag, "visit_id", "category", "lead_rule", "verdict", "closing_reason")
    nothing = ["not_upheld", "false_alarm", "duplicate"]
    return flags.filter(
        ~pl.col("verdict").is_in(nothing).fill_null(False)
        & ~pl.col("closing_reason").is_in(["withdrawn", "duplicate"]).fill_null(False)
    )


@pytest.mark.parametrize("branch", [None, 0, 1])
def test_that_notice_is_counted_as_polars_counts_it(
    database: Database, office: Office, branch: int | None
) -> None:
    first, last = FIRST + timedelta(days=10), TODAY - timedelta(days=20)
    branches = () if branch is None else (BranchId(office.branches[branch]),)
    wanted = EffectFilter(as_of=TODAY, first_on=first, last_on=last, branches=branches)
    found = database.read(notice_effect, wanted)
    refused = standing(database).filter(pl.col("category") == "refusal")["visit_id"].unique()
    visits = completed(database).filter(pl.col("visited_on").is_between(first, last))
    if branch is not None:
        visits = visits.filter(pl.col("branch_id") == office.branches[branch])
    for group in found.groups:
        mine = visits.filter(pl.col("notice_given") == group.notice.value)
        assert group.visits == len(mine)
        assert group.met.hits == len(mine.filter(pl.col("outcome") == "MET_DEBTOR"))
        assert group.refused.hits == len(mine.filter(pl.col("id").is_in(refused.implode())))
    assert found.unknown.of == len(visits)
    assert found.unknown.hits == len(visits.filter(pl.col("notice_given") == "unknown"))
    by_tick = {one.notice: one.met for one in found.groups}
    if found.met is None:
        assert min(by_tick[Tick.YES].of, by_tick[Tick.NO].of) < 20
    else:
        yes, no = by_tick[Tick.YES].share, by_tick[Tick.NO].share
        assert yes is not None
        assert no is not None
        assert found.met.value == pytest.approx(yes - no)
        assert found.met.low < found.met.value < found.met.high


def test_that_nothing_after_the_day_asked_for_counts(database: Database, office: Office) -> None:
    early = FIRST + timedelta(days=60)
    wanted = EffectFilter(as_of=early, first_on=FIRST, last_on=TODAY)
    found = database.read(notice_effect, wanted)
    visits = completed(database).filter(pl.col("visited_on") <= early)
    assert found.unknown.of == len(visits)


def people_days(database: Database, themes: set[str]) -> pl.DataFrame:
    """One row for each person at each completed visit."""
    categories, rules = themes & {"conflict", "legal_risk", "refusal"}, themes
    flags = standing(database).filter(
        pl.col("category").is_in(list(categories)) | pl.col("lead_rule").is_in(list(rules))
    )
    hits = flags["visit_id"].unique()
    visits = completed(database).with_columns(hit=pl.col("id").is_in(hits.implode()))
    parts = [visits.select(pl.col(name).alias("person"), "visited_on", "hit", "branch_id")
             for name in ("agent_id", "second_agent_id")]  # fmt: skip
    return pl.concat([part.drop_nulls("person") for part in parts])


def rate_of(rows: pl.DataFrame) -> tuple[int, int]:
    return int(rows["hit"].sum()), len(rows)


def plain(rate: Rate) -> tuple[int, int]:
    return rate.hits, rate.of


@pytest.mark.parametrize("as_of", [TODAY, TODAY - timedelta(days=30)])
def test_that_training_is_counted_as_polars_counts_it(
    database: Database, office: Office, as_of: date
) -> None:
    branch = office.branches[0]
    wanted = EffectFilter(
        as_of=as_of,
        first_on=FIRST,
        last_on=TODAY,
        branches=(BranchId(branch),),
        allowed=(BranchId(branch),),
    )
    effects = database.read(training_effect, wanted)
    columns = ("course_id", "staff_id", "done_on", "branch_id")
    taken = frame(database, TrainingAssignment, *columns).drop_nulls("done_on")
    ever = taken
    taken = (
        taken.filter(pl.col("branch_id") == branch)
        .group_by("course_id", "staff_id")
        .agg(pl.col("done_on").min())
        .filter(pl.col("done_on") <= as_of)
    )
    assert {one.course_id for one in effects} == set(taken["course_id"])
    for effect in effects:
        mine = taken.filter(pl.col("course_id") == effect.course_id)
        rows = people_days(database, set(effect.themes)).filter(pl.col("branch_id") == branch)
        before, after, days = [], [], set()
        for person, done in mine.select("staff_id", "done_on").iter_rows():
            own = rows.filter(pl.col("person") == person)
            gap = timedelta(days=90)
            before.append(own.filter(pl.col("visited_on").is_between(done - gap, done,
                                                                     closed="left")))  # fmt: skip
            last = min(done + gap, as_of)
            after.append(own.filter(pl.col("visited_on").is_between(done, last, closed="right")))
            days |= {done + timedelta(days=n) for n in range(1, (last - done).days + 1)}
        assert plain(effect.before) == rate_of(pl.concat(before))
        assert plain(effect.after) == rate_of(pl.concat(after))
        known = ever.filter(pl.col("course_id") == effect.course_id)["staff_id"]
        others = rows.filter(
            ~pl.col("person").is_in(known.implode()) & pl.col("visited_on").is_in(list(days))
        )
        assert plain(effect.others) == rate_of(others)
        assert effect.people == len(mine)
        whole = mine.filter(pl.col("done_on") + timedelta(days=90) <= as_of)
        assert effect.watched == len(whole)
        assert effect.before.of > 0


def test_that_pairs_are_those_of_a_round_that_could_not_see_each_other(database: Database) -> None:
    chance = Random(5)
    verdicts = [one.value for one in (Verdict.UPHELD, Verdict.PARTLY_UPHELD, Verdict.NOT_UPHELD)]
    with database.transaction() as session:
        first, second = factories.a_branch(session), factories.a_branch(session)
        cases = {branch: factories.a_case(session, branch) for branch in (first, second)}
        for number in range(90):
            branch = second if number % 5 == 0 else first
            flag = factories.a_flag(session, cases[branch])
            kind = ["true", "false_alarm"] if number % 4 == 0 else verdicts
            at = datetime(2026, 10, 1, tzinfo=UTC) + timedelta(days=number % 40)
            given = {"recorded_at": at, "round": number % 2}
            factories.a_review(session, flag, 1, chance.choice(kind), **given)
            if number % 3:
                blind = number % 7 != 0
                factories.a_review(session, flag, 2, chance.choice(kind), blind=blind, **given)
                factories.a_review(session, flag, 3, kind[0], decides=True, blind=False, **given)
            else:
                # The second of a later round belongs to another pair.
                factories.a_review(session, flag, 2, kind[0], round=7, recorded_at=at)
    wanted = AgreementFilter(
        branches=(BranchId(first),), first_on=date(2026, 10, 5), last_on=date(2026, 10, 30)
    )
    report = database.read(agreement, wanted)
    columns = ("branch_id", "flag_id", "round", "number", "verdict", "blind", "decides",
               "recorded_at")  # fmt: skip
    rows = frame(database, Review, *columns).filter(
        (pl.col("branch_id") == first) & ~pl.col("decides")
    )
    pairs = rows.filter(pl.col("number") == 1).join(
        rows.filter(pl.col("number") == 2), on=["flag_id", "round"], suffix="_2"
    )
    day = pl.col("recorded_at_2").dt.convert_time_zone("Asia/Shanghai").dt.date()
    pairs = pairs.filter(day.is_between(date(2026, 10, 5), date(2026, 10, 30)))
    for row in report.rows:
        labels = [one.value for one in row.labels]
        here = pairs.filter(pl.col("verdict").is_in(labels) & pl.col("verdict_2").is_in(labels))
        unseen = here.filter(pl.col("blind") & pl.col("blind_2"))
        assert row.n == len(unseen) > 0
        assert row.not_blind == len(here) - len(unseen)
        assert row.agreed == len(unseen.filter(pl.col("verdict") == pl.col("verdict_2")))
        for i, one in enumerate(labels):
            for j, other in enumerate(labels):
                cell = unseen.filter((pl.col("verdict") == one) & (pl.col("verdict_2") == other))
                assert row.matrix[i][j] == len(cell)
        assert row.few == (row.n < 30)
    assert [row.scale for row in report.rows] == list(Scale)
    elsewhere = AgreementFilter(allowed=())
    assert all(row.n == 0 and row.kappa is None for row in
               database.read(agreement, elsewhere).rows)  # fmt: skip
