"""Findings to flags: one for each category and visit, the same however often it is written."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update

from supervisor import clock
from supervisor.intake import judging
from supervisor.intake import worker as worker_module
from supervisor.intake.worker import Worker
from supervisor.models.commands.import_flags import take_back_flags
from supervisor.models.commands.incidents import look_at_flag
from supervisor.models.commands.judging import store_judgements
from supervisor.models.commands.rereading import preview_read_again, read_again
from supervisor.models.commands.rule_changes import change_rule
from supervisor.models.commands.rule_packs import shelf
from supervisor.models.commands.to_judge import visits_to_judge
from supervisor.models.database import Database
from supervisor.models.orders_incidents import (
    ChangeRule,
    LookAtFlag,
    ReadAgain,
    StoreJudgements,
)
from supervisor.models.rows.judging import JudgeAsk
from supervisor.models.rules.visit_judgement import judge_visit
from supervisor.models.tables import (
    Case,
    Finding,
    Flag,
    FlagEvent,
    FollowUp,
    Hold,
    Inbox,
    NoteReading,
    Visit,
)
from tests import factories
from tests.models.commands.incident_world import (
    ADMIN,
    COMPLIANCE,
    QUIET,
    REFUSED,
    STAYED_ON,
    SUPERVISOR,
    a_serious_flag,
    a_visited_case,
    events,
    findings,
    flags,
    judge,
    ref_of,
)

TABLES = (Flag, Finding, FlagEvent, FollowUp, Hold, NoteReading)


def counts(database: Database) -> dict[str, int]:
    with database.transaction() as session:
        return {
            table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0
            for table in TABLES
        }


def set_visit(database: Database, visit: factories.Ref, **values: Any) -> None:
    """The visit is reported anew, as an import does it."""
    with database.transaction() as session:
        session.execute(
            update(Visit)
            .where(Visit.branch_id == visit.branch_id, Visit.id == visit.id)
            .values(judged_with=None, version=Visit.version + 1, **values)
        )


def test_that_one_flag_gathers_what_one_category_of_a_visit_shows(database: Database) -> None:
    case, visit = a_visited_case(
        database, STAYED_ON, outcome="DOOR_REFUSED", talk_results="REFUSE_TALK"
    )
    result = judge(database)
    found = flags(database, case)
    assert len({one.category for one in found}) == len(found)
    refusal = next(one for one in found if one.category == "refusal")
    legal = next(one for one in found if one.category == "legal_risk")
    assert (legal.severity, legal.caused_by, legal.state) == ("critical", "our_side", "new")
    assert refusal.visit_id == visit.id
    mine = [one for one in findings(database) if one.flag_id == refusal.id]
    assert {"note", "outcome_code"} <= {one.source for one in mine}
    for one in mine:
        if one.source == "note":
            assert STAYED_ON[one.span_start : one.span_end]
        else:
            assert one.citation
    assert result.counts["raised"] == len(found)
    assert result.counts["findings"] == len(found) + result.counts["merged"]
    assert events(database, legal) == ["raised", "held"]


def test_that_judging_again_changes_nothing(database: Database) -> None:
    a_visited_case(database, STAYED_ON)
    judge(database)
    before, rows = counts(database), flags(database)
    database.write(read_again, ReadAgain(actor=COMPLIANCE))
    again = judge(database)
    assert again.visits == 1
    assert set(again.counts) & {"raised", "changed", "withdrawn"} == set()
    assert counts(database) == before
    assert flags(database) == rows


def test_that_an_untouched_flag_is_withdrawn_and_comes_back_with_its_words(
    database: Database,
) -> None:
    case, visit = a_visited_case(database)
    judge(database)
    set_visit(database, visit, note=QUIET)
    judge(database)
    for one in flags(database, case):
        assert (one.state, one.closing_reason) == ("closed", "withdrawn")
    assert all(one.superseded_at for one in findings(database))
    with database.transaction() as session:
        open_steps = select(func.count()).where(FollowUp.done_at.is_(None))
        assert session.scalar(open_steps) == 0
        assert session.scalar(select(Hold.ended_at)) is not None
        assert session.scalar(select(Case.flag_count)) == 0
    number = len(findings(database))
    set_visit(database, visit, note=STAYED_ON)
    judge(database)
    assert len(findings(database)) == number
    serious = next(one for one in flags(database, case) if one.severity == "critical")
    assert (serious.state, serious.closed_at) == ("new", None)
    with database.transaction() as session:
        assert session.scalar(select(func.count()).where(Hold.ended_at.is_(None))) == 1


def test_that_a_flag_people_worked_on_is_never_withdrawn(database: Database) -> None:
    case, visit = a_visited_case(database)
    judge(database)
    with database.transaction() as session:
        session.execute(
            update(Flag).values(state="in_follow_up", looked_at=clock.now(), looked_by="周敏")
        )
    set_visit(database, visit, note=QUIET)
    result = judge(database)
    kept = flags(database, case)
    assert result.counts["worked_on"] == len(kept)
    assert {one.state for one in kept} == {"in_follow_up"}
    assert "findings_changed" in events(database, kept[0])
    assert all(one.superseded_at for one in findings(database))


def test_that_a_preview_says_what_reading_again_does(database: Database) -> None:
    case, visit = a_visited_case(database)
    judge(database)
    number = len(flags(database, case))
    with database.transaction() as session:  # changed without waiting to be judged
        session.execute(update(Visit).values(note=QUIET, outcome="DOOR_REFUSED"))
    before = counts(database)
    order = ReadAgain(actor=COMPLIANCE, visited_from=factories.TODAY)
    found = database.read(preview_read_again, order)
    assert (found.visits, found.complete) == (1, True)
    assert counts(database) == before
    database.write(read_again, order)
    done = judge(database)
    assert found.withdrawn == done.counts.get("withdrawn", 0)
    assert sum(found.raised.values()) == done.counts.get("raised", 0)
    assert found.changed == done.counts.get("changed", 0)
    assert found.withdrawn + found.changed + found.kept == number
    assert visit


def late_visit(day: date) -> dict[str, Any]:
    start = datetime(day.year, day.month, day.day, 14, 30, tzinfo=UTC)  # 22:30 in Shanghai
    return {"started_at": start, "ended_at": start + timedelta(minutes=10), "note": QUIET}


def test_that_a_rule_nobody_confirmed_is_never_serious_and_counts_from_its_confirmation(
    database: Database,
) -> None:
    today = factories.TODAY
    a_visited_case(database, visited_on=today - timedelta(days=1),
                   **late_visit(today - timedelta(days=1)))  # fmt: skip
    judge(database)
    with database.transaction() as session:
        assert session.scalar(select(func.max(Flag.severity))) == "major"
    order = ChangeRule(
        actor=COMPLIANCE,
        pack_id="cn",
        rule_id="TIME-WINDOW",
        valid_from=today,
        reason="核对原文",
        confirmed=True,
    )
    database.write(change_rule, order)
    a_visited_case(database, visited_on=today, **late_visit(today))
    database.write(read_again, ReadAgain(actor=COMPLIANCE))
    judge(database)
    by_day = {
        one.happened_at.date(): one.severity
        for one in flags(database)
        if one.lead_rule == "TIME-WINDOW"
    }
    assert by_day == {today - timedelta(days=1): "major", today: "critical"}
    versions = {one.rule_version for one in findings(database) if one.rule_id == "TIME-WINDOW"}
    assert len(versions) == 2


def test_that_a_rule_switched_off_finds_nothing_from_its_day_on(database: Database) -> None:
    order = ChangeRule(
        actor=ADMIN,
        pack_id="cn",
        rule_id="TIME-WINDOW",
        valid_from=factories.TODAY,
        reason="另有制度",
        enabled=False,
    )
    database.write(change_rule, order)
    a_visited_case(database, **late_visit(factories.TODAY))
    judge(database)
    assert "TIME-WINDOW" not in {one.rule_id for one in findings(database)}


def test_that_old_visits_give_closed_flags_without_steps_and_holds(database: Database) -> None:
    case, _ = a_visited_case(database, visited_on=factories.TODAY - timedelta(days=200))
    judge(database)
    for one in flags(database, case):
        assert (one.state, one.closing_reason) == ("closed", "historic")
    assert (counts(database)["follow_up"], counts(database)["hold"]) == (0, 0)


def test_that_a_visit_changed_since_it_was_read_goes_on_waiting(database: Database) -> None:
    _, visit = a_visited_case(database, REFUSED)
    read = database.read(visits_to_judge, JudgeAsk())
    packs = database.read(shelf, None)
    set_visit(database, visit, note=QUIET)
    stale = StoreJudgements(
        actor=SUPERVISOR,
        judgements=tuple(judge_visit(one, packs) for one in read),
        digest=packs.digest,
    )
    assert database.write(store_judgements, stale).counts["visits"] == 0
    assert flags(database) == []
    assert judge(database).visits == 1


def test_that_ten_writers_at_once_make_no_flag_twice(database: Database) -> None:
    for _ in range(8):
        a_visited_case(database, STAYED_ON, outcome="DOOR_REFUSED")
    read = database.read(visits_to_judge, JudgeAsk())
    packs = database.read(shelf, None)
    judged = tuple(judge_visit(one, packs) for one in read)

    def write(_: int) -> int:
        order = StoreJudgements(actor=SUPERVISOR, judgements=judged, digest=packs.digest)
        return database.write(store_judgements, order).counts["visits"]

    with ThreadPoolExecutor(10) as crowd:
        done = list(crowd.map(write, range(10)))
    assert sum(done) == 8
    with database.transaction() as session:
        keys = session.execute(select(Flag.case_id, Flag.subject, Flag.category)).all()
        fingerprints = session.execute(select(Finding.flag_id, Finding.fingerprint)).all()
        holds = session.execute(select(Hold.flag_id)).all()
    assert len(set(keys)) == len(keys) > 0
    assert len(set(fingerprints)) == len(fingerprints)
    assert len(set(holds)) == len(holds) == 8


def test_that_a_round_that_was_stopped_is_taken_up_where_it_was(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        a_visited_case(database, REFUSED)
    monkeypatch.setattr(judging, "ROUND", 1)
    told: list[int] = []
    part = judging.judge_all(database, SUPERVISOR, told.append, stop=lambda: len(told) == 2)
    assert (part.visits, told) == (2, [1, 2])
    assert judge(database).visits == 1
    assert judge(database).visits == 0
    assert len({one.visit_id for one in flags(database)}) == 3


def test_that_a_serious_flag_holds_the_next_visit_and_calls_its_plan_back(
    database: Database,
) -> None:
    case, flag = a_serious_flag(database)
    with database.transaction() as session:
        row = session.execute(
            select(Case.critical_since, Case.hold_reason, Case.flag_count, Case.follow_up_due_at)
        ).one()
        hold = session.execute(select(Hold.flag_id, Hold.until_on, Hold.reason)).one()
    assert row.critical_since == flag.raised_at
    assert row.hold_reason == "REVIEW_OPEN"
    assert row.flag_count == len(flags(database, case))
    assert row.follow_up_due_at == flag.due_at  # the first look comes first
    assert tuple(hold) == (flag.id, None, "REVIEW_OPEN")


def test_that_flags_of_a_batch_go_unless_people_worked_on_them(database: Database) -> None:
    idle, _ = a_visited_case(database, batch_id=7)
    worked, _ = a_visited_case(database, batch_id=7)
    other, _ = a_visited_case(database, batch_id=8)
    judge(database)
    looked = LookAtFlag(actor=SUPERVISOR, flag=ref_of(flags(database, worked)[0]))
    database.write(look_at_flag, looked)
    kept = len(flags(database, other))
    with database.transaction() as session:
        take_back_flags(session, 7)
    assert flags(database, idle) == []
    assert [one.id for one in flags(database, worked)] == [looked.flag.flag_id]
    assert len(flags(database, other)) == kept


def test_that_the_quiet_work_judges_what_arrived_and_fresh_visits_before_a_backlog(
    sqlite_database: Database,
) -> None:
    database = sqlite_database
    worker = Worker(database, SUPERVISOR)
    assert worker.judge() is None
    for _ in range(2):
        a_visited_case(database, REFUSED)
    worker.backlog_until = 0
    with database.transaction() as session:
        worker.backlog_until = session.scalar(select(func.max(Visit.id)))
    case, _ = a_visited_case(database, REFUSED)
    first = worker.judge()
    assert first is not None
    assert (first.visits, len(flags(database, case)) > 0) == (1, True)
    rest = worker.judge()
    assert rest is not None
    assert rest.visits == 2
    assert worker.judge() is None


def test_that_a_visit_that_arrives_beside_a_new_backlog_is_judged_first(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = sqlite_database
    monkeypatch.setattr(worker_module, "BACKLOG_ROUND", 1)
    for _ in range(3):
        case, _ = a_visited_case(database, REFUSED)
    with database.transaction() as session:
        case_no = session.scalar(select(Case.case_no).where(Case.id == case.id))
        session.execute(insert(Inbox).values(an_arrival(str(case_no))))
    rounds = Worker(database, SUPERVISOR).work_off()
    first = next(rounds)
    assert first.drained is not None
    assert (first.drained.inserted, first.judged.visits, first.busy) == (1, 1, True)
    assert {one.severity for one in flags(database, case)} >= {"critical"}
    rest = [one.judged.visits for one in rounds]
    assert (sum(rest), max(rest), rest[-1]) == (3, 1, 0)


def test_that_the_serious_visit_of_a_long_file_is_written_first(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = sqlite_database
    monkeypatch.setattr(worker_module, "BACKLOG_ROUND", 2)
    worker = Worker(database, SUPERVISOR)
    assert worker.judge() is None
    calm = [a_visited_case(database, REFUSED)[0] for _ in range(4)]
    serious, _ = a_visited_case(database, STAYED_ON)
    first = worker.judge()
    assert first is not None
    assert first.visits == 2
    assert {one.severity for one in flags(database, serious)} >= {"critical"}
    later, _ = a_visited_case(database, STAYED_ON)
    assert worker.judge() is not None
    assert flags(database, later)  # not behind the rest of the file
    assert sum(bool(flags(database, one)) for one in calm) == 1


def test_that_a_serious_note_of_a_file_longer_than_a_round_does_not_wait_for_the_facts_of_others(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = sqlite_database
    monkeypatch.setattr(worker_module, "BACKLOG_ROUND", 1)
    monkeypatch.setattr(judging, "ROUND", 2)
    worker = Worker(database, SUPERVISOR)
    assert worker.judge() is None
    calm = [a_visited_case(database, REFUSED)[0] for _ in range(4)]
    serious, _ = a_visited_case(database, STAYED_ON)
    first = worker.judge()
    assert first is not None
    assert first.visits == 1  # the one beyond the round, by its note alone
    assert {one.severity for one in flags(database, serious)} >= {"critical"}
    assert not any(flags(database, one) for one in calm)


def test_that_more_serious_notes_than_one_order_holds_are_all_written_at_once(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = sqlite_database
    monkeypatch.setattr(worker_module, "BACKLOG_ROUND", 2)
    worker = Worker(database, SUPERVISOR)
    assert worker.judge() is None
    serious = [a_visited_case(database, STAYED_ON)[0] for _ in range(5)]
    done = worker.judge()
    assert done is not None
    assert done.visits == 5
    assert all(flags(database, one) for one in serious)


def an_arrival(case_no: str) -> dict[str, Any]:
    """A visit with a serious note, in the inbox."""
    message = {
        "case_no": case_no,
        "visit_no": "late",
        "started_at": "2026-11-23T09:00:00+08:00",
        "outcome": "NO_ONE",
        "note": STAYED_ON,
    }
    payload = json.dumps(message, ensure_ascii=False)
    at = datetime(2026, 11, 23, 2, tzinfo=UTC)
    return {"kind": "visits", "payload": payload, "source": "app", "key": "1", "received_at": at}
