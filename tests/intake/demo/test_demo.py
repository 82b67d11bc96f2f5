"""The demo: the same every time, sound, lifelike enough for every screen, and nobody's data."""

import sqlite3
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select, text

from supervisor import clock
from supervisor.errors import BadInputError, ConflictError
from supervisor.intake.demo import DemoSize, create_demo, is_demo
from supervisor.intake.demo import create as making
from supervisor.intake.demo.words.people import FAMILY_NAMES, GIVEN_NAMES
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.database import Database
from supervisor.models.enums import Act, FlagState, QueueReason, Severity
from supervisor.models.queries.incidents import incidents
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.rules import queue_order
from supervisor.models.rules.masking import mask_name, phone_tail, search_keys
from supervisor.models.tables import (
    AuditEvent,
    Borrower,
    BorrowerName,
    BorrowerPrivate,
    Branch,
    Case,
    TeachingCase,
    Visit,
    VisitPlan,
    metadata,
)
from tests.intake.demo.conftest import SMALL, TODAY

OWN_TIME = {"audit_event", "audit_head", "command_log", "alembic_version"}


def _digest(path: Path) -> str:
    connection = sqlite3.connect(path)
    digest = sha256()
    names = connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name")
    for (name,) in names.fetchall():
        if name in OWN_TIME or name.startswith("sqlite_"):
            continue
        digest.update(name.encode())
        for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2'):
            digest.update(repr(row).encode())
    connection.close()
    return digest.hexdigest()


def test_that_the_same_seed_and_day_give_the_same_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = DemoSize(branches=2, cases=200, visits=1_500, seed=3, today=TODAY)
    create_demo(str(tmp_path / "one.db"), size)
    monkeypatch.setenv(clock.ENVIRONMENT_VARIABLE, "2031-02-03T04:05:06+08:00")
    create_demo(str(tmp_path / "two.db"), size)
    create_demo(str(tmp_path / "other.db"), replace(size, seed=4))
    first = _digest(tmp_path / "one.db")
    assert first == _digest(tmp_path / "two.db")
    assert first != _digest(tmp_path / "other.db")


def test_that_both_engines_hold_the_same_rows(
    sqlite_demo: Database, postgres_demo: Database
) -> None:
    for table in metadata().sorted_tables:
        if table.name in OWN_TIME | {"id_counter", "revision"}:
            continue
        key = list(table.primary_key.columns)
        query = select(table).order_by(*key).limit(3_000)
        with sqlite_demo.transaction() as left, postgres_demo.transaction() as right:
            assert left.execute(query).all() == right.execute(query).all(), table.name


def test_that_refreshing_the_cases_changes_nothing(demo: Database) -> None:
    with demo.transaction() as session:
        assert refresh_cases(session, None, TODAY) == 0
        session.rollback()


def test_that_every_reason_of_the_queue_has_cases_and_few_are_urgent(demo: Database) -> None:
    day = queue_order.QueueDay(TODAY, clock.parse_instant("2026-11-23T10:38:00+08:00"))
    names = queue_order.CaseFacts.__dataclass_fields__
    for branch_id in (1, _second_branch(demo)):
        found: Counter[QueueReason] = Counter()
        with demo.transaction() as session:
            rows = session.scalars(
                select(Case).where(Case.ended_on.is_(None), Case.branch_id == branch_id)
            )
            for row in rows:
                values = {name: getattr(row, name) for name in names if hasattr(row, name)}
                facts = queue_order.CaseFacts(
                    **values, case_id=row.id, payments_known_on=TODAY - timedelta(days=1)
                )
                found[queue_order.standing(facts, day).reason] += 1
        assert set(found) == set(QueueReason)
        assert 2 <= found[QueueReason.CRITICAL_FLAG] <= 6
        assert 2 <= found[QueueReason.RECALL] <= 5
        assert 4 <= found[QueueReason.FOLLOW_UP_OVERDUE] <= 10
        levels: Counter[int] = Counter()
        for reason, number in found.items():
            levels[queue_order.LEVELS[reason]] += number
        assert 8 <= levels[4] <= 20
        assert levels[7] + levels[8] > 0.9 * sum(levels.values())


def _second_branch(demo: Database) -> int:
    with demo.transaction() as session:
        return int(session.scalar(select(func.max(Branch.id))) or 0)


def test_that_new_flags_have_steps_and_serious_ones_hold_the_next_visit(demo: Database) -> None:
    flags = demo.read(
        incidents,
        IncidentFilter(TODAY, clock.now(), states=frozenset({FlagState.NEW}), limit=1_000),
    ).rows
    assert {row.severity for row in flags} > {Severity.CRITICAL}
    serious = {Severity.CRITICAL, Severity.MAJOR}
    assert all(row.step_due_at is not None for row in flags if row.severity in serious)
    assert {row.held for row in flags if row.severity is Severity.CRITICAL} == {True}
    assert not any(row.held for row in flags if row.severity is not Severity.CRITICAL)


def test_that_a_pair_visits_six_to_ten_addresses_a_day(sqlite_demo: Database) -> None:
    with sqlite_demo.transaction() as session:
        pairs = {
            member: pair
            for pair, *members in session.execute(text("SELECT id, first_id, second_id FROM pair"))
            for member in members
        }
        doors: dict[tuple[int, date], list[str | None]] = {}
        visits = session.execute(
            select(Visit.agent_id, Visit.visited_on, Borrower.household_key)
            .join(Case, (Case.branch_id == Visit.branch_id) & (Case.id == Visit.case_id))
            .join(
                Borrower,
                (Borrower.branch_id == Case.branch_id) & (Borrower.id == Case.borrower_id),
            )
        )
        for agent, day, door in visits:
            doors.setdefault((pairs[agent], day), []).append(door)
    assert {len(set(day)) for day in doors.values()} <= set(range(6, 11))
    assert all(len(set(day)) == len(day) for day in doors.values())


def test_that_plans_keep_to_the_capacity_of_a_pair(sqlite_demo: Database) -> None:
    with sqlite_demo.transaction() as session:
        rows = session.execute(
            select(func.count())
            .where(VisitPlan.plan_on.in_([TODAY, TODAY + timedelta(days=1)]))
            .where(VisitPlan.device_id.is_not(None))
            .group_by(VisitPlan.device_id, VisitPlan.plan_on)
        ).scalars()
        counts = list(rows)
    assert counts
    assert max(counts) <= 10


def test_that_visits_lie_in_the_past_and_in_the_life_of_their_case(sqlite_demo: Database) -> None:
    joined = "FROM visit v JOIN collection_case c ON c.branch_id = v.branch_id AND c.id = v.case_id"
    with sqlite_demo.transaction() as session:
        wrong = session.scalar(
            text(
                f"SELECT count(*) {joined} WHERE v.visited_on < c.placed_on "
                "OR v.visited_on > coalesce(c.ended_on, v.visited_on) OR v.visited_on >= :today"
            ),
            {"today": TODAY.isoformat()},
        )
    assert wrong == 0


def test_that_people_are_met_more_often_in_the_evening_and_on_weekends(
    sqlite_demo: Database,
) -> None:
    with sqlite_demo.transaction() as session:
        rows = session.execute(select(Visit.started_at, Visit.outcome)).all()
    met: dict[str, list[bool]] = {"evening": [], "day": [], "weekend": []}
    for started, outcome in rows:
        local = started.astimezone(clock.SHANGHAI)
        kind = "weekend" if local.weekday() > 4 else "evening" if local.hour >= 18 else "day"
        met[kind].append(outcome == "MET_DEBTOR")
    share = {kind: sum(values) / len(values) for kind, values in met.items()}
    assert share["evening"] > share["day"] + 0.05
    assert share["weekend"] > share["day"] + 0.05


def test_that_nobody_is_real(sqlite_demo: Database) -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    with sqlite_demo.transaction() as session:
        rows = session.execute(
            select(BorrowerPrivate.id_number, BorrowerPrivate.phones, BorrowerPrivate.contacts)
        ).all()
    for number, phones, contacts in rows:
        total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
        assert number[17] != "10X98765432"[total % 11]
        assert number.startswith("99")
        assert phones.startswith('[{"number":"154')
        assert '"phone":"154' in contacts


def test_that_search_keys_are_those_the_rules_give(sqlite_demo: Database) -> None:
    with sqlite_demo.transaction() as session:
        rows = session.execute(
            select(Borrower, BorrowerName.full_name, BorrowerPrivate.phones)
            .join(
                BorrowerName,
                (BorrowerName.branch_id == Borrower.branch_id)
                & (BorrowerName.borrower_id == Borrower.id),
            )
            .join(
                BorrowerPrivate,
                (BorrowerPrivate.branch_id == Borrower.branch_id)
                & (BorrowerPrivate.borrower_id == Borrower.id),
            )
            .limit(500)
        ).all()
    for borrower, name, phones in rows:
        assert (borrower.pinyin_key, borrower.initials) == search_keys(name)
        assert borrower.masked_name == mask_name(name)
        assert borrower.phone_tail == phone_tail(phones.split('"')[3])


def test_that_every_name_character_sounds_as_the_rules_say() -> None:
    for character, sound, _ in FAMILY_NAMES:
        assert search_keys(character) == (sound, sound[0])
    for character, sound in GIVEN_NAMES:
        assert search_keys("王" + character)[0] == "wang" + sound


def test_that_notes_hardly_repeat_and_some_are_pasted(sqlite_demo: Database) -> None:
    with sqlite_demo.transaction() as session:
        notes = Counter(session.scalars(select(Visit.note)))
    assert len(notes) > 0.6 * notes.total()
    assert notes.most_common(1)[0][1] > 50
    assert not any("{" in note or "\t" in note or "\\" in note for note in notes)


def test_that_the_demo_says_it_is_one(demo: Database) -> None:
    with demo.transaction() as session:
        assert is_demo(session)
        assert all("演示" in name for name in session.scalars(select(Branch.name)))
        acts = list(session.scalars(select(AuditEvent.act)))
    assert acts.count(Act.DEMO_CREATED) == 1


def test_that_the_schema_is_the_one_of_the_migrations(
    postgres_demo: Database, postgres_database: Database
) -> None:
    filled, empty = inspect(postgres_demo.engine), inspect(postgres_database.engine)
    for table in empty.get_table_names():
        for look in ("get_foreign_keys", "get_unique_constraints", "get_indexes"):
            left = sorted(getattr(filled, look)(table), key=lambda one: str(one["name"]))
            right = sorted(getattr(empty, look)(table), key=lambda one: str(one["name"]))
            assert left == right, (table, look)


def test_that_the_server_has_vacuumed_and_measured_every_table_of_a_new_demo(
    postgres_demo: Database,
) -> None:
    """Until then no index alone can answer, and the queue reads scattered rows."""
    never = text(
        "SELECT relname FROM pg_stat_user_tables WHERE last_vacuum IS NULL OR last_analyze IS NULL"
    )
    with postgres_demo.looking() as connection:
        assert set(connection.scalars(never)) - {"alembic_version"} == set()


def test_that_a_sqlite_demo_has_the_schema_of_the_migrations(
    demo_file: Path, sqlite_template: Path
) -> None:
    def words(path: Path) -> list[tuple[str, str]]:
        connection = sqlite3.connect(path)
        rows = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        connection.close()
        return rows

    assert words(demo_file) == words(sqlite_template)


def test_that_new_ids_come_after_those_of_the_demo(demo: Database) -> None:
    from supervisor.models import ledger

    with demo.transaction() as session:
        greatest = session.scalar(select(func.max(Visit.id))) or 0
        assert ledger.allocate_ids(session, 1)[0] > greatest
        session.rollback()


def test_that_what_is_there_already_is_not_touched(demo_file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    kept.write_bytes(b"mine")
    with pytest.raises(ConflictError):
        create_demo(str(kept), SMALL)
    assert kept.read_bytes() == b"mine"


def test_that_a_filled_server_is_refused(postgres_demo: Database) -> None:
    with pytest.raises(ConflictError):
        create_demo(postgres_demo.url, SMALL)


def test_that_a_creation_that_breaks_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(made: int, _all: int) -> None:
        raise KeyboardInterrupt(made)

    with pytest.raises(KeyboardInterrupt):
        create_demo(str(tmp_path / "demo.db"), SMALL, break_off)
    assert list(tmp_path.iterdir()) == []


def test_that_a_server_keeps_nothing_of_a_creation_that_breaks_off(
    postgres_database: Database,
) -> None:
    def break_off(made: int, _all: int) -> None:
        raise KeyboardInterrupt(made)

    size = DemoSize(cases=100, visits=600, today=TODAY)
    with pytest.raises(KeyboardInterrupt):
        create_demo(postgres_database.url, size, break_off)
    with postgres_database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Branch)) == 0
        assert session.scalar(select(func.count()).select_from(AuditEvent)) == 0
    create_demo(postgres_database.url, size)


KILLED = """
import os, signal, sys
from supervisor.intake.demo import DemoSize, create_demo
create_demo(sys.argv[1], DemoSize(branches=2, cases=100, visits=600),
            lambda made, _all: os.kill(os.getpid(), signal.SIGTERM if os.name == "nt" else 9))
"""


def test_that_a_killed_creation_leaves_no_half_demo(
    tmp_path: Path, postgres_database: Database
) -> None:
    for address in (
        str(tmp_path / "demo.db"),
        postgres_database.url.render_as_string(hide_password=False),
    ):
        assert subprocess.run([sys.executable, "-c", KILLED, address], check=False).returncode != 0
    assert not (tmp_path / "demo.db").exists()
    with postgres_database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Branch)) == 0


def test_that_leftovers_of_a_killed_creation_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / ".demo.db.making").write_bytes(b"half a demo")
    made = create_demo(str(tmp_path / "demo.db"), DemoSize(cases=40, visits=60, today=TODAY))
    assert made.visits >= 60
    assert [path.name for path in tmp_path.iterdir()] == ["demo.db"]


@pytest.mark.parametrize(
    "size",
    [
        DemoSize(branches=0),
        DemoSize(branches=making.MOST_BRANCHES + 1),
        DemoSize(branches=10, cases=100),
        DemoSize(cases=100, visits=100_000),
    ],
)
def test_that_impossible_sizes_are_refused(size: DemoSize, tmp_path: Path) -> None:
    with pytest.raises(BadInputError):
        create_demo(str(tmp_path / "demo.db"), size)


@pytest.mark.parametrize("visits", [0, 1, 11, 300, 2_000])
def test_that_tiny_demos_can_be_made(visits: int, tmp_path: Path) -> None:
    made = create_demo(
        str(tmp_path / "demo.db"), DemoSize(cases=60, visits=visits, seed=visits, today=TODAY)
    )
    assert made.visits >= visits
    database = Database(str(tmp_path / "demo.db"))
    with database.transaction() as session:
        assert refresh_cases(session, None, TODAY) == 0
        session.rollback()
    database.close()


@pytest.mark.parametrize(
    ("table", "column", "least"),
    [
        ("visit", "outcome", 15),
        ("visit", "talk_results", 14),
        ("flag", "category", 3),
        ("flag", "severity", 3),
        ("flag", "state", 5),
        ("collection_case", "end_code", 4),
        ("collection_case", "mark", 5),
        ("collection_case", "recall_cause", 3),
        ("collection_case", "product", 6),
        ("hold", "reason", 6),
        ("visit_plan", "state", 2),
        ("payment", "channel", 6),
        ("contact_attempt", "channel", 3),
        ("complaint", "channel", 3),
    ],
)
def test_that_all_walks_of_life_occur(
    sqlite_demo: Database, table: str, column: str, least: int
) -> None:
    with sqlite_demo.transaction() as session:
        found = session.scalar(text(f"SELECT count(DISTINCT {column}) FROM {table}"))
    assert found >= least


def test_that_promises_are_kept_part_kept_broken_and_open(sqlite_demo: Database) -> None:
    query = text(
        "SELECT sum(paid_fen >= amount_fen), sum(paid_fen > 0 AND paid_fen < amount_fen), "
        "sum(paid_fen = 0 AND due_on < :today), sum(due_on > :today), count(*) FROM promise"
    )
    with sqlite_demo.transaction() as session:
        kept, part, broken, undue, total = session.execute(
            query, {"today": TODAY.isoformat()}
        ).one()
    assert 0.2 < kept / total < 0.7
    assert min(part, broken, undue) > 5


def test_that_money_comes_early_in_parts_and_back_again(sqlite_demo: Database) -> None:
    with sqlite_demo.transaction() as session:
        reversals, known = session.execute(
            text("SELECT sum(amount_fen < 0), max(value_on) FROM payment")
        ).one()
        shared = session.scalar(
            text(
                "SELECT count(*) FROM (SELECT 1 FROM borrower GROUP BY branch_id, household_key "
                "HAVING count(*) > 1)"
            )
        )
        twice = session.scalar(
            text(
                "SELECT count(*) FROM (SELECT 1 FROM collection_case "
                "GROUP BY branch_id, borrower_id HAVING count(*) > 1)"
            )
        )
    assert reversals > 5
    assert known < TODAY.isoformat()
    assert shared > 10
    assert twice > 10


def test_that_teaching_cases_are_told_apart_by_their_titles(sqlite_demo: Database) -> None:
    with sqlite_demo.transaction() as session:
        titles = session.scalars(select(TeachingCase.title)).all()
    assert len(titles) > 3
    assert len(set(titles)) == len(titles)
