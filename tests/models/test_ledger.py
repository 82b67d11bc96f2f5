"""Row ids: ascending, never twice, and without holding anybody up."""

from supervisor.models import ledger
from supervisor.models.changes import Changes, Refusal
from supervisor.models.database import Database
from supervisor.models.enums import Act, Topic
from supervisor.models.ids import CommandId


def test_that_ids_rise_and_never_repeat(database: Database) -> None:
    drawn: list[int] = []
    for count in (1, 5, 0, 1000):
        with database.transaction() as session:
            ids = ledger.allocate_ids(session, count)
            assert len(ids) == count
            drawn.extend(ids)
    assert drawn == sorted(set(drawn))


def test_that_writers_do_not_wait_for_each_others_ids(postgres_database: Database) -> None:
    impatient = Database(postgres_database.url, patience_ms=50)
    with postgres_database.transaction() as first, impatient.transaction() as second:
        one = ledger.allocate_ids(first, 3)
        two = ledger.allocate_ids(second, 3)
        three = ledger.allocate_ids(first, 3)
    assert not set(one) & set(two) | set(two) & set(three) | set(one) & set(three)
    impatient.close()


def test_that_a_result_is_stored_whole() -> None:
    changes = Changes(
        act=Act.REASSIGNED,
        topics=frozenset({Topic.CASES, Topic.PLANS}),
        counts={"cases": 2},
        refused=(Refusal("AJ-1", "case_ended", {"on": "2026-11-01"}),),
        undo_id=CommandId("x"),
        created={"plan": 5},
        facts={"agent_id": 7},
    )
    assert ledger.changes_from_json(ledger.changes_to_json(changes)) == changes
