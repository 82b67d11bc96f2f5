"""Twenty writers at once, one order sent ten times, a writer killed: on both engines."""

import random

from sqlalchemy import delete, func, select, update

from supervisor.models.database import Database
from supervisor.models.queries.audit import verify
from supervisor.models.tables import AuditEvent, Case, CaseNote
from tests.models.commands import crowd

WRITERS = 20
TIMES = 5


def test_that_twenty_writers_lose_nothing_and_never_block_each_other(database: Database) -> None:
    refs, agents = crowd.an_office(database, 40)
    before = crowd.warm_up(database, refs, agents)
    with database.transaction() as session:
        session.execute(update(Case).values(version=1))
        session.execute(delete(CaseNote))
    written, notes, waits = crowd.many_writers(database, WRITERS, TIMES, refs, agents)
    p50, p95, longest = (waits[int((len(waits) - 1) * part)] * 1000 for part in (0.5, 0.95, 1))
    print(
        f"{database.engine.dialect.name}: {WRITERS} writers, {len(waits)} commands, "
        f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, longest {longest:.0f} ms"
    )
    with database.transaction() as session:
        versions = session.scalars(select(Case.version)).all()
        assert sum(version - 1 for version in versions) == written
        assert session.scalar(select(func.count()).select_from(CaseNote)) == notes
        seqs = session.scalars(select(AuditEvent.seq).order_by(AuditEvent.seq)).all()
    assert list(seqs) == list(range(1, before + WRITERS * TIMES + 1))
    assert database.read(verify, None).ok


def test_that_one_order_sent_by_ten_at_once_is_carried_out_once(database: Database) -> None:
    refs, agents = crowd.an_office(database, 10)
    answers = crowd.same_order_from(database, 10, refs, agents[1])
    assert answers == [answers[0]] * 10
    assert answers[0].counts["cases"] == 10
    with database.transaction() as session:
        assert set(session.scalars(select(Case.version))) == {2}
    assert database.read(verify, None).count == 1


def test_that_a_killed_writer_leaves_whole_commands_only(database: Database) -> None:
    refs, agents = crowd.an_office(database, 60)
    chance = random.Random(5)
    for _ in range(5):
        crowd.kill_at(database, chance.uniform(0.0, 0.3), refs, agents[1:])
        crowd.refuse_halves(database, refs)
