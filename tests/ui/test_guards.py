"""The nets themselves: SQL on the GUI thread is caught, void calls keep None alive."""

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from supervisor.models.database import Database

_PROBE = """
def ask(database):
    with database.engine.connect() as connection:
        return connection.exec_driver_sql("SELECT 1").scalar()
"""


def test_that_sql_from_the_interface_on_its_own_thread_is_caught(
    sqlite_database: Database, sql_guard: list[str], tmp_path: Path
) -> None:
    place = str(tmp_path / "supervisor" / "ui" / "pages" / "bad.py")
    room: dict[str, object] = {}
    exec(compile(_PROBE, place, "exec"), room)  # noqa: S102 - stands in for a careless page
    assert room["ask"](sqlite_database) == 1  # type: ignore[operator]
    assert sql_guard[-1] == "SELECT 1"
    sql_guard.clear()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from 3.12 on")
def test_that_void_calls_take_no_reference_from_none(qapp: object) -> None:
    label = QLabel()
    before = sys.getrefcount(None)
    for _ in range(10_000):
        label.setText("x")
    assert abs(sys.getrefcount(None) - before) < 1_000
