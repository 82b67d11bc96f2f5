"""Pages of measures over many visits: a branch, all branches, other dates, after a day's visits.

Each page asks for everything its pictures show in one `measures` call. Nothing is left behind: the
new visits are written in a transaction that is rolled back. `ran_ms` is the time on the processor
of this process, which a busy machine does not stretch; `kept` says whether the median stayed within
`limit_ms`. The growth is that of head-office pages
over so many branches that a tenth and a hundredth of the visits are theirs.
"""

import argparse
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from supervisor import clock
from supervisor.models import ledger
from supervisor.models.commands.summary_marks import mark_columns, mark_days
from supervisor.models.database import Database
from supervisor.models.enums_measures import Dimension, MeasureId
from supervisor.models.ids import BranchId
from supervisor.models.queries.measures import measures
from supervisor.models.rows.measures import MeasureFilter
from supervisor.models.tables import Branch, Case, Visit
from tests.benchmarks.measures_rivals import rivals
from tests.benchmarks.timing import say, summary

M, D = MeasureId, Dimension
Asked = tuple[MeasureFilter, ...]
NEW_VISITS = 30_000
WARM = 1
ROUNDS = 3
"""A page is read so often at most, after it was read once: the whole must end in a quarter hour."""
LIMITS = {"branch": 150, "all": 400, "other": 5_000, "after_visits": 1_000}
"""Milliseconds promised of a page (issue: measures a manager can defend)."""
PAGES: dict[str, tuple[tuple[MeasureId, tuple[Dimension, ...]], ...]] = {
    "overview": (
        *((name, ()) for name in (M.IN_HAND, M.RECOVERY_AMOUNT, M.COVERAGE, M.MET_RATE)),
        *((name, ()) for name in (M.KEPT_RATE, M.TARGET_PROGRESS, M.RECOVERY_CURVE)),
        (M.REFUSAL_RATE, (D.DAY,)),
        (M.LEGAL_RISK_RATE, (D.DAY,)),
    ),
    "outcomes": (
        (M.FUNNEL, ()),
        (M.MET_RATE, (D.HOUR, D.WEEKDAY)),
        (M.MET_RATE, (D.WEEK,)),
        (M.PROMISE_RATE, (D.WEEK,)),
        *((name, ()) for name in (M.KEPT_RATE, M.PART_KEPT, M.BROKEN)),
        (M.CHANNEL_COMPARISON, ()),
        (M.COMPLIANCE_SHARES, ()),
    ),
    "efficiency": (
        (M.RECOVERY_AMOUNT, (D.BUCKET,)),
        (M.RECOVERY_CASES, (D.BUCKET,)),
        (M.RECOVERY_CURVE, ()),
        (M.ROLL_MATRIX, ()),
        (M.YIELD_VISIT, (D.WEEK,)),
        (M.COVERAGE, (D.BUCKET,)),
        (M.FIRST_VISIT_DELAY, ()),
        (M.TARGET_PROGRESS, ()),
        (M.FAIRNESS, ()),
    ),
    "workloads": (
        (M.WORKLOAD, (D.AGENT,)),
        (M.IN_HAND, (D.TEAM,)),
        (M.UNTOUCHED, ()),
        (M.COVERAGE, (D.AGENT,)),
        (M.FAIR_COMPARISON, ()),
    ),
}


def periods(today: date) -> dict[str, tuple[date, date]]:
    """Periods of at most 92 days: to today, a month that is over, and one nobody asks for."""
    month_end = today.replace(day=1) - timedelta(days=1)
    other = today - timedelta(days=17)
    return {
        "today": (today - timedelta(days=91), today),
        "month_end": (month_end.replace(day=1), month_end),
        "other": (other - timedelta(days=73), other),
    }


def page(name: str, first: date, last: date, branches: tuple[BranchId, ...]) -> Asked:
    """What a page asks."""
    asked = MeasureFilter(M.IN_HAND, first, last, last, clock.now(), allowed=branches or None)
    return tuple(replace(asked, measure=one, by=by) for one, by in PAGES[name])


def timed(read: Callable[[], object], rounds: int) -> dict[str, Any]:
    """Median and p95 on the clock, and the median on the processor."""
    for _ in range(WARM):
        read()
    walls, runs = [], []
    for _ in range(rounds):
        begun, ran = perf_counter(), process_time()
        read()
        walls.append((perf_counter() - begun) * 1000)
        runs.append((process_time() - ran) * 1000)
    return summary(walls) | {"ran_ms": summary(runs)["median_ms"]}


def judged(found: dict[str, Any], name: str, limit: int) -> dict[str, Any]:
    """The figures with what was promised and whether it was kept."""
    return found | {"limit_ms": limit, "kept": found[name] <= limit}


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Figures by place, period and page."""
    if not options.database:
        raise SystemExit("--database: a filled database, summed up by `supervisor work`")
    database = Database(options.database)
    rounds = min(options.rounds, ROUNDS)
    today = clock.today()
    with database.transaction() as session:
        known = [BranchId(one) for one in session.scalars(select(Branch.id).order_by(Branch.id))]
        session.rollback()
    places: dict[str, tuple[BranchId, ...]] = {"branch": (known[len(known) // 2],), "all": ()}
    figures: dict[str, Any] = {"branches": len(known), "rounds": rounds}
    for place, branches in places.items():
        for period, (first, last) in periods(today).items():
            for name in PAGES:
                say(f"{place} {period} {name}")
                asked = page(name, first, last, branches)
                found = timed(partial(database.read, measures, asked), rounds)
                limit = LIMITS["other" if period == "other" else place]
                figures[f"{place} {period} {name}"] = judged(found, "median_ms", limit)
    figures |= after_new_visits(database, today, places)
    figures |= growth(database, today, known, rounds)
    if not options.no_rivals:
        first, last = periods(today)["today"]
        asked_rate = replace(page("overview", first, last, ())[3], by=(D.BRANCH,))
        ours = timed(lambda: database.read(measures, (asked_rate,)), rounds)
        figures["met_rate by branch"] = ours | rivals(database, first, last, ours["median_ms"])
    database.close()
    return figures


def after_new_visits(
    database: Database, today: date, places: dict[str, tuple[BranchId, ...]]
) -> dict[str, Any]:
    """The first read of each page after a day's visits, as their writer would see them."""
    figures: dict[str, Any] = {}
    first, last = periods(today)["today"]
    with database.transaction() as session:
        say(f"{NEW_VISITS} new visits")
        visit_today(session, today)
        for place, branches in places.items():
            for name in PAGES:
                asked = page(name, first, last, branches)
                begun, ran = perf_counter(), process_time()
                measures(session, asked)
                found = {
                    "first_ms": round((perf_counter() - begun) * 1000, 1),
                    "ran_ms": round((process_time() - ran) * 1000, 1),
                }
                figures[f"{place} after_visits {name}"] = judged(
                    found, "first_ms", LIMITS["after_visits"]
                )
        session.rollback()
    return figures


def visit_today(session: Session, today: date) -> None:
    """A visit to each of so many open cases of all branches, with the marks a writer sets."""
    chance = random.Random(1)
    keys = session.execute(
        select(Case.branch_id, Case.id, Case.agent_id).where(Case.ended_on.is_(None))
    ).all()
    chosen = chance.sample(keys, min(NEW_VISITS, len(keys)))
    ids = ledger.allocate_ids(session, len(chosen))
    session.execute(insert(Visit), list(_visits(chance, today, chosen, ids)))
    mark_days(session, {(key.branch_id, today) for key in chosen})
    mark_columns(session, {(key.branch_id, key.id) for key in chosen})


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


def growth(database: Database, today: date, known: list[BranchId], rounds: int) -> dict[str, Any]:
    """Pages over a hundredth, a tenth and all of the visits, and the exponent between them."""
    figures: dict[str, Any] = {}
    first, last = periods(today)["today"]
    sizes = sorted({max(1, len(known) // part) for part in (100, 10, 1)})
    points = []
    for size in sizes:
        branches = tuple(known[:size])
        with database.transaction() as session:
            count = select(func.count()).where(Visit.branch_id.in_(branches))
            visits = session.scalar(count) or 0
            session.rollback()
        whole: dict[str, float] = {"visits": visits}
        for name in PAGES:
            say(f"growth {size} branches {name}")
            asked = page(name, first, last, branches)
            whole[name] = timed(partial(database.read, measures, asked), rounds)["median_ms"]
        figures[f"growth {visits} visits"] = whole
        points.append(whole)
    for name in PAGES:
        figures[f"growth exponent {name}"] = exponent(
            [(one["visits"], one[name]) for one in points]
        )
    return figures


def exponent(points: list[tuple[float, float]]) -> float | None:
    """Slope of time over size, both as logarithms: 1 is as fast as the data grow."""
    if len(points) < 2:
        return None
    xs = [math.log(size) for size, _ in points]
    ys = [math.log(max(took, 0.1)) for _, took in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return round(above / sum((x - mean_x) ** 2 for x in xs), 2)
