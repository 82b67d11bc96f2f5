"""Makes a demo database: all of it or nothing, on either engine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import monotonic

from sqlalchemy import URL, func, select
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.errors import BadInputError, ConflictError
from supervisor.intake.demo import writer_postgres, writer_sqlite
from supervisor.intake.demo.blocks import Block, Ids
from supervisor.intake.demo.branch import branch_blocks
from supervisor.intake.demo.days import DayBook
from supervisor.intake.demo.judged import judge_recent
from supervisor.intake.demo.planned import check_plans
from supervisor.intake.demo.skeleton import feasible_visits
from supervisor.intake.demo.training import train
from supervisor.models.changes import Actor, Changes
from supervisor.models.commands.summary_marks import mark_all
from supervisor.models.database import Database, normalise_url
from supervisor.models.enums import Act, Role, Topic
from supervisor.models.migrations import runner
from supervisor.models.orders import Order
from supervisor.models.queries.demo import DEMO_PARAMETER
from supervisor.models.tables import Branch

DEFAULT_SEED = 20_261_123
LEAST_CASES = 30
MOST_BRANCHES = 999
MOST_VISITS_PER_CASE = 60

Progress = Callable[[int, int], None]
"""Told (branches made, branches in all) after each branch."""


@dataclass(frozen=True, slots=True)
class DemoSize:
    """How much to make. The same seed and day give the same rows.

    Attributes:
        today: the business date the demo is anchored at; None: the present one.
    """

    branches: int = 1
    cases: int = 2_000
    visits: int = 20_000
    seed: int = DEFAULT_SEED
    today: date | None = None


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What was made. `rows` counts every table; `address` shows no password."""

    address: str
    branches: int
    cases: int
    visits: int
    rows: int
    seed: int
    today: date
    seconds: float


@dataclass(slots=True)
class _Maker:
    """Gives the blocks of all branches and remembers what it made."""

    size: DemoSize
    today: date
    progress: Progress | None
    ids: Ids = field(default_factory=lambda: Ids(1))
    visits: int = 0

    def blocks(self) -> Iterator[Block]:
        book = DayBook(self.today)
        size = self.size
        for number in range(1, size.branches + 1):
            cases = _share(size.cases, size.branches, number)
            visits = feasible_visits(_share(size.visits, size.branches, number))
            self.visits += visits
            yield from branch_blocks(size.seed, self.today, book, self.ids, number, cases, visits)
            if self.progress is not None:
                self.progress(number, size.branches)
        stamp = book.instant(book.today * 1440)
        yield Block(
            "parameter",
            1,
            {
                "branch_id": [0],
                "key": [DEMO_PARAMETER],
                "value": [str(size.seed)],
                "recorded_at": [stamp],
                "version": [1],
            },
        )


def create_demo(
    address: str | URL,
    size: DemoSize | None = None,
    progress: Progress | None = None,
    actor: Actor | None = None,
) -> DemoSummary:
    """Create the demo in a new SQLite file, or in an empty (or fresh) PostgreSQL database.

    Raises:
        BadInputError: the size cannot be made.
        ConflictError: there is something at the address already; nothing was touched.
        ExpectedError: the database refused or is away; nothing was left behind.
    """
    size = size or DemoSize()
    _check(size)
    begun = monotonic()
    maker = _Maker(size, size.today or clock.today(), progress)
    url = normalise_url(address)
    order = Order(actor=actor or Actor("demo", Role.ADMIN))
    if url.get_backend_name() == "sqlite":
        rows = _into_file(Path(url.database or "").expanduser(), maker, order)
    else:
        rows = _into_server(url, maker, order)
    return DemoSummary(
        address=url.render_as_string(hide_password=True),
        branches=size.branches,
        cases=size.cases,
        visits=maker.visits,
        rows=rows,
        seed=size.seed,
        today=maker.today,
        seconds=monotonic() - begun,
    )


def _check(size: DemoSize) -> None:
    if not 1 <= size.branches <= MOST_BRANCHES:
        raise BadInputError("demo_branches_out_of_range", most=MOST_BRANCHES)
    if size.cases < LEAST_CASES * size.branches:
        raise BadInputError("demo_too_few_cases", least=LEAST_CASES * size.branches)
    if not 0 <= size.visits <= size.cases * MOST_VISITS_PER_CASE:
        raise BadInputError("demo_visits_out_of_range", most=size.cases * MOST_VISITS_PER_CASE)


def _share(total: int, parts: int, number: int) -> int:
    """The part of `total` that falls to part `number` (from 1)."""
    return total * number // parts - total * (number - 1) // parts


def _changes(maker: _Maker) -> Changes:
    counts = {
        "branches": maker.size.branches,
        "cases": maker.size.cases,
        "visits": maker.visits,
        "seed": maker.size.seed,
    }
    return Changes(act=Act.DEMO_CREATED, topics=frozenset(Topic), counts=counts)


def _judged(session: Session, maker: _Maker) -> Changes:
    """The last visits go through the real judging, in the transaction that seals the demo."""
    if judge_recent(session, maker.today):
        train(session, maker.today)
        check_plans(session, maker.today)
    mark_all(session)  # the worker sums up; reads are true without
    return _changes(maker)


def _into_file(path: Path, maker: _Maker, order: Order) -> int:
    """Make the file under another name beside its place, then rename it."""
    if path.exists():
        raise ConflictError("demo_target_exists", name=path.name)
    making = path.with_name(f".{path.name}.making")
    _remove(making)
    try:
        database = Database(str(making))
        runner.migrate(database)
        database.close()
        rows = writer_sqlite.load(making, maker.blocks())
        writer_sqlite.set_next_id(making, maker.ids.next)
        database = Database(str(making))
        database.write(lambda session, _order: _judged(session, maker), order)
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        making.rename(path)
    finally:
        _remove(making)
    return rows


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _into_server(url: URL, maker: _Maker, order: Order) -> int:
    """One transaction: load, seal, commit. A schema made just before it stays, empty."""
    rows = 0

    def fill(session: Session, _order: Order) -> Changes:
        nonlocal rows
        if session.scalar(select(func.count()).select_from(Branch)):
            raise ConflictError("demo_target_exists", name=url.database or "")
        rows = writer_postgres.load(session, maker.blocks())
        writer_postgres.set_next_id(session, maker.ids.next)
        return _judged(session, maker)

    database = Database(url)
    try:
        runner.migrate(database)
        database.write(fill, order)
        writer_postgres.settle(database)
    finally:
        database.close()
    return rows
