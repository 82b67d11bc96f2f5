import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from supervisor import words
from supervisor.errors import ConflictError
from supervisor.intake import api
from supervisor.models.database import Database
from supervisor.models.enums import Kind
from supervisor.models.enums_intake import InboxState
from supervisor.models.queries import imports
from supervisor.models.rows.intake import DrainResult
from supervisor.models.tables import Case, Inbox, Payment, Visit
from tests.factories import an_actor
from tests.intake.files import an_office

PAYMENT = {"contract_no": "K1", "payment_no": "P1", "value_on": "2026-11-20", "amount": "100.50"}
VISIT = {
    "case_no": "C1",
    "visit_no": "V1",
    "agent": "S1",
    "started_at": "2026-11-01T10:00:00+08:00",
    "outcome": "NO_ONE",
    "id_shown": True,
}


def send(database: Database, kind: Kind | str, message: Any, key: str, source: str = "app") -> None:
    payload = message if isinstance(message, str) else json.dumps(message, ensure_ascii=False)
    with database.transaction() as session:
        session.execute(
            insert(Inbox).values(
                kind=str(kind),
                payload=payload,
                source=source,
                key=key,
                received_at=datetime(2026, 11, 23, tzinfo=UTC),
            )
        )


def drain(database: Database, limit: int = 1_000) -> DrainResult:
    return api.drain_inbox(database, an_actor("inbox"), limit)


def count(database: Database, table: Any) -> int:
    with database.transaction() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_that_arrivals_go_through_the_import(database: Database, tmp_path: Path) -> None:
    an_office(database, tmp_path)
    send(database, Kind.PAYMENTS, PAYMENT, "1")
    send(database, Kind.VISITS, VISIT, "2")
    done = drain(database)
    assert (done.taken, done.inserted, done.refused, done.waiting) == (2, 2, 0, 0)
    with database.transaction() as session:
        assert session.scalar(select(Payment.amount_fen)) == 10_050
        assert session.scalar(select(Visit.id_shown)) == "yes"
        visits = session.scalar(select(Case.visit_count).where(Case.case_no == "C1"))
    assert visits == 1
    assert drain(database).taken == 0


def test_that_the_same_message_is_taken_once(database: Database, tmp_path: Path) -> None:
    an_office(database, tmp_path)
    send(database, Kind.PAYMENTS, PAYMENT, "1")
    send(database, Kind.PAYMENTS, {**PAYMENT, "amount": "7"}, "1")
    drain(database)
    done = drain(database)
    assert (done.repeated, done.inserted, done.waiting) == (1, 0, 0)
    with database.transaction() as session:
        assert session.scalars(select(Payment.amount_fen)).all() == [10_050]


def test_that_later_news_about_a_record_changes_it(database: Database, tmp_path: Path) -> None:
    an_office(database, tmp_path)
    send(database, Kind.PAYMENTS, PAYMENT, "1")
    send(database, Kind.PAYMENTS, {**PAYMENT, "amount": 7}, "2")
    done = drain(database)
    assert (done.inserted, done.updated) == (1, 1)
    with database.transaction() as session:
        assert session.scalars(select(Payment.amount_fen)).all() == [700]


def test_that_refused_arrivals_are_kept_and_listed_with_a_reason(
    database: Database, tmp_path: Path
) -> None:
    an_office(database, tmp_path)
    send(database, Kind.PAYMENTS, {**PAYMENT, "contract_no": "K9"}, "1")
    send(database, "gossip", PAYMENT, "2")
    send(database, Kind.PAYMENTS, "{half", "3")
    send(database, Kind.PAYMENTS, "[1]", "4")
    send(database, Kind.PAYMENTS, {"contract_no": "K1"}, "5")
    send(database, Kind.VISITS, {**VISIT, "note": "a\x00b"}, "6")
    send(database, Kind.PAYMENTS, PAYMENT, "7")
    done = drain(database)
    assert (done.taken, done.inserted, done.refused) == (7, 1, 6)
    refused = database.read(imports.arrivals, InboxState.REFUSED)
    assert [one.code for one in reversed(refused)] == [
        "row_contract_unknown",
        "arrival_kind_unknown",
        "arrival_not_json",
        "arrival_not_json",
        "value_missing",
        "text_has_nul",
    ]
    assert all(words.has_sentence(one.code or "") for one in refused)


def test_that_a_refused_arrival_can_be_tried_again_or_put_aside(
    database: Database, tmp_path: Path
) -> None:
    send(database, Kind.PAYMENTS, PAYMENT, "1")
    send(database, Kind.PAYMENTS, "{half", "2")
    assert drain(database).refused == 2
    an_office(database, tmp_path)
    assert api.retry_arrivals(database, an_actor()).counts == {"arrivals": 2}
    done = drain(database)
    assert (done.inserted, done.refused) == (1, 1)
    (half,) = database.read(imports.arrivals, InboxState.REFUSED)
    assert api.dismiss_arrivals(database, an_actor(), (half.arrival_id,)).counts["arrivals"] == 1
    assert database.read(imports.intake, None).refused_count == 0
    (kept,) = database.read(imports.arrivals, InboxState.DISMISSED)
    assert kept.code == "arrival_not_json"
    with pytest.raises(ConflictError):
        api.dismiss_arrivals(database, an_actor(), (half.arrival_id,))


def test_that_a_dismissed_message_may_be_sent_again_mended(
    sqlite_database: Database, tmp_path: Path
) -> None:
    an_office(sqlite_database, tmp_path)
    send(sqlite_database, Kind.PAYMENTS, "{half", "1")
    drain(sqlite_database)
    (half,) = sqlite_database.read(imports.arrivals, InboxState.REFUSED)
    api.dismiss_arrivals(sqlite_database, an_actor(), (half.arrival_id,))
    send(sqlite_database, Kind.PAYMENTS, PAYMENT, "1")
    assert drain(sqlite_database).inserted == 1


def test_that_draining_stops_at_its_limit(database: Database, tmp_path: Path) -> None:
    an_office(database, tmp_path)
    for n in range(5):
        send(database, Kind.PAYMENTS, {**PAYMENT, "payment_no": f"P{n}"}, str(n))
    assert drain(database, 2).waiting == 3
    assert drain(database, 9).inserted == 3


@pytest.mark.postgres
def test_that_two_drainers_at_once_take_each_arrival_once(
    postgres_database: Database, tmp_path: Path
) -> None:
    an_office(postgres_database, tmp_path)
    for n in range(200):
        send(postgres_database, Kind.PAYMENTS, {**PAYMENT, "payment_no": f"P{n}"}, str(n))
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: drain(postgres_database, 50), range(8)))
    assert sum(one.inserted for one in done) == 200
    assert sum(one.taken for one in done) == 200
    assert count(postgres_database, Payment) == 200
