"""An open desktop takes arrivals in and brings balances along once a day."""

import json

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from supervisor import clock
from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.rows.intake import DrainResult
from supervisor.ui.background.bus import ChangeBus
from supervisor.ui.background.desk import Desk, PlainPreferences
from supervisor.ui.background.housekeeper import BUSY_MS, EVERY_MS, Housekeeper
from tests.ui.instant import InstantRunner

PERSON = {"branch": "CD", "branch_name": "城东网点", "staff_no": "01", "name": "王小明"}


@pytest.fixture
def keeper(sqlite_database: Database, qtbot: QtBot) -> Housekeeper:
    """A housekeeper whose rounds are done before `work` returns."""
    bus = ChangeBus(throttle_ms=0)
    actor = Actor(name="周", role=Role.SUPERVISOR)
    runner = InstantRunner(sqlite_database, bus)
    return Housekeeper(Desk(sqlite_database, runner, bus, actor, PlainPreferences()))


def _arrives(database: Database, key: str) -> None:
    with database.transaction() as session:
        session.execute(
            text(
                "INSERT INTO inbox (kind, payload, source, key, received_at)"
                " VALUES ('staff', :payload, 'field app', :key, :at)"
            ),
            {
                "payload": json.dumps(PERSON, ensure_ascii=False),
                "key": key,
                "at": clock.now().replace(tzinfo=None),
            },
        )


def _count(database: Database, table: str) -> int:
    with database.transaction() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_that_an_arrival_is_taken_in_exactly_once(
    keeper: Housekeeper, sqlite_database: Database
) -> None:
    drained: list[DrainResult] = []
    keeper.drained.connect(drained.append)
    _arrives(sqlite_database, "a")
    _arrives(sqlite_database, "a")
    keeper.work()
    keeper.work()
    keeper.shut_down()
    assert sum(d.inserted for d in drained) == 1
    assert sum(d.refused for d in drained) == 0
    assert drained[-1].waiting == 0
    assert _count(sqlite_database, "staff") == 1


def test_that_screens_are_told_at_once_and_more_work_follows_soon(
    keeper: Housekeeper, sqlite_database: Database
) -> None:
    told: list[bool] = []
    keeper.worked.connect(lambda: told.append(True))
    keeper.work()
    assert (told, keeper._timer.interval()) == ([], EVERY_MS)
    _arrives(sqlite_database, "a")
    keeper.work()
    assert (told, keeper._timer.interval()) == ([True], BUSY_MS)
    rounds = 0  # what rests on the arrival is kept anew, then there is nothing left
    while keeper._timer.interval() == BUSY_MS:
        keeper.work()
        rounds += 1
        assert rounds <= 5
    keeper.shut_down()
    assert (len(told), keeper._timer.interval()) == (rounds, EVERY_MS)


def test_that_balances_are_brought_along_once_a_day(
    keeper: Housekeeper, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.work()
    keeper.work()
    assert _count(sqlite_database, "audit_event") == 1
    monkeypatch.setenv(clock.ENVIRONMENT_VARIABLE, "2026-11-24T08:00:00+08:00")
    keeper.work()
    keeper.shut_down()
    assert _count(sqlite_database, "audit_event") == 2
