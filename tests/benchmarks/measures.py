"""Pages of measures over many visits: a branch, all branches, other dates, after a day's visits.

A page is asked as the window asks it (`measure_pages`): the wall time from the first question to
the last chart row. Each figure is printed as it is known, so that a run that is broken off is worth
what it said; `--only` runs some parts, `--rounds` says how often a page is read after the first.

- `pages`: place x period x page; `first_ms` is the first time this process asks, `kept` says
  whether the median stayed within `limit_ms`.
- `new_visits`: the first read of each page after a day's visits, before anybody summed them up.
  Nothing is left behind: they are written in a transaction that is rolled back, and the questions
  are asked in it, one after the other.
- `growth`: pages of a manager of so many branches that a hundredth, a tenth and all of the visits
  are theirs, and the exponent of the growth between them.
- `rivals`: two questions scanned from raw rows in memory by polars and DuckDB, ours as a multiple.

`--login` signs in to an office and asks as that person's window does, under row-level security:
pages alone, of one of their branches, and of all of them where there are more.
"""

import argparse
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.models import ledger
from supervisor.models.commands.summary_marks import (
    mark_before_visits,
    mark_columns,
    mark_days,
)
from supervisor.models.database import Database
from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.ids import BranchId
from supervisor.models.queries.measures import measures
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.tables import Branch, Case, Visit
from tests.benchmarks.measure_pages import PAGES, Asker, ask_within, ready_periods
from tests.benchmarks.measures_rivals import QUESTIONS, rivals
from tests.benchmarks.signing_in import opened
from tests.benchmarks.timing import say, summary, timed

NEW_VISITS = 30_000
ROUNDS = 3
"""A page is read so often at most, after it was read once: the whole must end in a quarter hour."""
LIMITS = {"branch": 150, "all": 400, "other": 5_000, "after_visits": 1_000}
"""Milliseconds promised of a page (issue: measures a manager can defend)."""
Branches = tuple[BranchId, ...]
"""Whose pages; empty: all branches."""
Figures = Iterator[tuple[str, Any]]


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Figures by part; each is said when it is known."""
    if not options.database:
        raise SystemExit("--database: a filled database, summed up by `supervisor work`")
    database = opened(options)
    known = branches_of(database)
    rounds = min(options.rounds, ROUNDS)
    parts: dict[str, Callable[[], Figures]] = {
        "pages": lambda: pages(database, known, rounds),
        "new_visits": lambda: after_new_visits(database, known),
        "growth": lambda: growth(database, known, rounds),
        "rivals": lambda: beside_rivals(database, rounds),
    }
    if database.actor is not None:
        parts = {"pages": parts["pages"]}
    only = options.only or [one for one in parts if one != "rivals" or not options.no_rivals]
    figures: dict[str, Any] = {"branches": len(known), "rounds": rounds}
    for name in only:
        for what, found in parts[name]():
            say(f"{what:<36} {found}")
            figures[what] = found
    database.close()
    return figures


def branches_of(database: Database) -> list[BranchId]:
    """Every branch there is."""
    with database.looking() as connection:
        return [BranchId(one) for one in connection.scalars(select(Branch.id).order_by(Branch.id))]


def of_page(name: str, branches: Branches, known: list[BranchId]) -> Branches:
    """Whose page it is; workloads are always those of one branch."""
    return branches or ((known[len(known) // 2],) if name == "workloads" else ())


def pages(database: Database, known: list[BranchId], rounds: int) -> Figures:
    """Every page of a branch and of all of them, in each period."""
    places: dict[str, Branches] = {"branch": (known[len(known) // 2],)}
    if len(known) > 1:
        places["all"] = ()
    with Asker(database) as asker:
        for place, branches in places.items():
            for period, of in ready_periods(clock.today()).items():
                for name, page in PAGES.items():
                    asked = page(of, of_page(name, branches, known), database.actor)
                    first = asker.ask(asked).whole
                    walls = [asker.ask(asked).whole for _ in range(rounds)]
                    found = {"first_ms": round(first, 1)} | summary(walls)
                    limit = LIMITS["other" if period == "other" else place]
                    yield f"{place} {period} {name}", judged(found, "median_ms", limit)


def judged(found: dict[str, Any], name: str, limit: int) -> dict[str, Any]:
    """The figures with what was promised and whether it was kept."""
    return found | {"limit_ms": limit, "kept": found[name] <= limit}


def after_new_visits(database: Database, known: list[BranchId]) -> Figures:
    """The first read of each page after a day's visits, as their writer would see them."""
    places: dict[str, Branches] = {"branch": (known[len(known) // 2],), "all": ()}
    of = ready_periods(clock.today())["92_days"]
    with database.transaction() as session:
        visit_today(session, clock.today())
        for place, branches in places.items():
            for name, page in PAGES.items():
                took = ask_within(session, page(of, of_page(name, branches, known), None))
                found = {"first_ms": round(took.whole, 1)}
                limit = LIMITS["after_visits"]
                yield f"{place} after_visits {name}", judged(found, "first_ms", limit)
        session.rollback()


def visit_today(session: Session, today: date) -> None:
    """A visit to each of so many open cases of all branches, with the marks a writer sets."""
    chance = random.Random(1)
    keys = session.execute(
        select(Case.branch_id, Case.id, Case.agent_id).where(Case.ended_on.is_(None))
    ).all()
    chosen = chance.sample(keys, min(NEW_VISITS, len(keys)))
    ids = ledger.allocate_ids(session, len(chosen))
    session.execute(insert(Visit), list(_visits(chance, today, chosen, ids)))
    cases = [(key.branch_id, key.id) for key in chosen]
    visits = {case: [visit] for case, visit in zip(cases, ids, strict=True)}
    mark_days(session, {(branch, today) for branch, _ in cases})
    mark_columns(session, cases, visits)
    mark_before_visits(session, dict.fromkeys(cases, today))


def _visits(chance: random.Random, today: date, keys: Any, ids: Any) -> Iterator[dict[str, Any]]:
    for key, id_ in zip(keys, ids, strict=True):
        start = datetime.combine(today, time(chance.randint(0, 11), 30), UTC)
        yield {
            "branch_id": key.branch_id,
            "id": id_,
            "recorded_at": start,
            "case_id": key.id,
            "visit_no": f"benchmark-{id_}",
            "agent_id": key.agent_id,
            "done_by_branch_id": key.branch_id,
            "visited_on": today,
            "started_at": start,
            "ended_at": start + timedelta(minutes=20),
            "outcome": chance.choice(["MET_DEBTOR", "NO_ONE"]),
        }


def growth(database: Database, known: list[BranchId], rounds: int) -> Figures:
    """Pages over a hundredth, a tenth and all of the visits, and the exponent between them."""
    of = ready_periods(clock.today())["92_days"]
    names = [name for name in PAGES if name != "workloads"]
    points = []
    with Asker(database) as asker:
        for size in sorted({max(1, len(known) // part) for part in (100, 10, 1)}):
            branches = tuple(known[:size])
            with database.looking() as connection:
                count = select(func.count()).where(Visit.branch_id.in_(branches))
                whole: dict[str, float] = {"visits": connection.scalar(count) or 0}
            whose = branches if size < len(known) else ()
            for name in names:
                asker.ask(PAGES[name](of, whose, None))
                walls = [asker.ask(PAGES[name](of, whose, None)).whole for _ in range(rounds)]
                whole[name] = summary(walls)["median_ms"]
            yield f"growth {size} branches", whole
            points.append(whole)
    for name in names:
        steps = [(one["visits"], one[name]) for one in points]
        yield f"growth exponent {name}", exponent(steps)


def exponent(points: list[tuple[float, float]]) -> float | None:
    """Slope of time over size, both as logarithms: 1 is as fast as the data grow."""
    if len(points) < 2:
        return None
    xs = [math.log(size) for size, _ in points]
    ys = [math.log(max(took, 0.1)) for _, took in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return round(above / sum((x - mean_x) ** 2 for x in xs), 2)


def beside_rivals(database: Database, rounds: int) -> Figures:
    """Questions over visits, beside engines that hold every raw row in memory."""
    of = ready_periods(clock.today())["92_days"]
    plain = MeasureFilter(
        MeasureId.MET_RATE, of.first, of.last, clock.today(), clock.now()
    )  # fmt: skip
    ours = {}
    for name, by in QUESTIONS.items():
        asked = (replace(plain, by=tuple(Dimension(one) for one in by)),)

        def read(asked: tuple[MeasureFilter, ...] = asked) -> object:
            return database.read(measures, asked)

        read()
        ours[name] = summary([timed(read) for _ in range(rounds)])["median_ms"]
    yield from rivals(database, of.first, of.last, ours)
