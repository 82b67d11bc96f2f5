"""Kill -9 at random moments of a run of many reports: no half file, and a rerun makes the rest.

Every other time only the first process is killed: the shares of the others then end by themselves.
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from pypdfium2 import PdfDocument
from sqlalchemy import select

from supervisor.intake.demo import DemoSize, create_demo
from supervisor.models.database import Database
from supervisor.models.queries.audit import verify
from supervisor.models.tables import ReportCopy, ReportRun
from tests.benchmarks.timing import busyness, say

NOW = "2026-11-23T10:38:00+08:00"
TODAY = date(2026, 11, 23)
PATIENCE_S = 300.0


def run(options: argparse.Namespace) -> dict[str, Any]:
    """How many files stood at each kill, and what the reruns took; anything half raises."""
    branches = options.branches
    os.environ["SUPERVISOR_NOW"] = NOW
    folder = Path(tempfile.mkdtemp())
    try:
        os.environ["SUPERVISOR_HOME"] = str(folder / "home")
        office = folder / "office.db"
        size = DemoSize(branches=branches, cases=60 * branches, visits=300 * branches, today=TODAY)
        create_demo(str(office), size)
        return _killed(office, folder, branches, options.rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _killed(office: Path, folder: Path, branches: int, rounds: int) -> dict[str, Any]:
    whole = _finished(_copied(office, folder, 0), folder / "out0")
    say(f"a whole run {whole:.1f} s")
    chance = random.Random(branches * rounds)
    there: list[int] = []
    reruns: list[float] = []
    parts = twice = 0
    for number in range(1, rounds + 1):
        base, out = _copied(office, folder, number), folder / f"out{number}"
        _kill(base, out, chance.uniform(0.0, whole), everybody=bool(number % 2))
        there.append(_whole_files(out))
        parts += len(list(out.glob(".*.part"))) if out.exists() else 0
        reruns.append(_finished(base, out))
        twice += _checked(base, out, branches)
        say(f"{number}: {there[-1]} of {branches} there, the rest in {reruns[-1]:.1f} s")
        shutil.rmtree(out)
        base.unlink()
    return {
        "machine": busyness(),
        "kills": {"rounds": rounds, "branches": branches, "half_files": 0, "taken_twice": twice,
                  "left_over_parts_cleaned": parts},
        "files_at_the_kill": {"least": min(there), "median": statistics.median(there),
                              "most": max(there)},
        "seconds": {"whole_run": round(whole, 1), "rerun_longest": round(max(reruns), 1),
                    "rerun_median": round(statistics.median(reruns), 1)},
    }  # fmt: skip


def _copied(office: Path, folder: Path, number: int) -> Path:
    base = folder / f"office{number}.db"
    shutil.copyfile(office, base)
    return base


def _call(base: Path, out: Path) -> "subprocess.Popen[bytes]":
    """All reports by two processes, in a group of their own."""
    command = [sys.executable, "-m", "supervisor", "report", "weekly", "--branch", "all",
               "--output", str(out), "--database", str(base), "--workers", "2"]  # fmt: skip
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)


def _finished(base: Path, out: Path) -> float:
    """Let a run end; its seconds."""
    begun = perf_counter()
    code = _call(base, out).wait()
    assert code == 0, code
    return perf_counter() - begun


def _kill(base: Path, out: Path, delay: float, *, everybody: bool) -> None:
    running = _call(base, out)
    try:
        running.wait(delay)
    except subprocess.TimeoutExpired:
        if everybody:
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()
    running.wait()
    limit = perf_counter() + PATIENCE_S
    while _lives(running.pid):
        assert perf_counter() < limit, "the others did not end"
        sleep(0.05)


def _lives(group: int) -> bool:
    """Whether a process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _whole_files(out: Path) -> int:
    """How many files there are; each must be a whole PDF."""
    files = list(out.glob("*.pdf")) if out.exists() else []
    for path in files:
        data = path.read_bytes()
        assert data.startswith(b"%PDF"), path
        assert data.rstrip().endswith(b"%%EOF"), path
        assert len(PdfDocument(data)) > 1, path
    return len(files)


def _checked(base: Path, out: Path, branches: int) -> int:
    """After the rerun all is there and registered; gives branches taken more than once."""
    assert _whole_files(out) == branches
    assert not list(out.glob(".*.part"))
    database = Database(str(base))
    try:
        with database.transaction() as session:
            registered = set(session.scalars(select(ReportCopy.digest)))
            taken = Counter(session.scalars(select(ReportRun.scope)))
        assert database.read(verify, None).ok
    finally:
        database.close()
    for path in out.glob("*.pdf"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in registered, path
    assert len(taken) == branches
    return sum(count > 1 for count in taken.values())
