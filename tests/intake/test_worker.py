"""The quiet work of a desk: what it does first, and when it is done."""

from datetime import timedelta

from supervisor.intake.worker import Worker
from supervisor.models.changes import Actor
from supervisor.models.commands import agenda
from supervisor.models.database import Database
from supervisor.models.enums import Role
from tests import factories as f


def test_that_balances_follow_in_portions_until_all_hold(database: Database, monkeypatch) -> None:
    monkeypatch.setattr(agenda, "ADVANCED_AT_ONCE", 2)
    with database.transaction() as session:
        branch = f.a_branch(session)
        cases = [f.a_case(session, branch) for _ in range(5)]
        agenda.refresh_cases(session, cases, f.TODAY - timedelta(days=30))
    worker = Worker(database, Actor("worker", Role.SUPERVISOR))
    rounds = list(worker.work_off())
    assert len(rounds) > 3
    assert not rounds[-1].busy
    assert worker.advanced_on is not None
    with database.transaction() as session:
        assert agenda.advance_balances(session) == 0
