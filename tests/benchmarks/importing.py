"""A million visits from a CSV: rows a second, peak memory, ratio to the sqlite3 shell's `.import`.

The import runs in a process of its own, so that its peak memory is its own.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from supervisor.models.database import Database
from supervisor.models.enums import Kind
from supervisor.models.migrations import runner
from tests.intake.files import CASES, CONTRACTS, STAFF, a_csv, bring

ROWS = 1_000_000
CASES_MADE = 50_000
BRANCHES = 20
HEADINGS = [
    "案件编号",
    "外访编号",
    "催收员工号",
    "同行人员工号",
    "到达时间",
    "离开时间",
    "地址类型",
    "外访结果",
    "沟通结果",
    "出示证件",
    "录音录像",
    "外访记录",
]

CHILD = """
import json, resource, sys, time
from pathlib import Path
from supervisor.intake import api
from supervisor.models.database import Database
from supervisor.models.enums import Kind
from tests.intake.files import a_request
database, path = Database(sys.argv[1]), Path(sys.argv[2])
begun, worked = time.perf_counter(), time.process_time()
done = api.run_import(database, a_request(path, Kind.VISITS))
took, worked = time.perf_counter() - begun, time.process_time() - worked
status = Path("/proc/self/status")
peak = None
if status.exists():
    line = next(l for l in status.read_text().splitlines() if l.startswith("VmHWM"))
    peak = int(line.split()[1]) // 1024
print(json.dumps({"seconds": took, "processor": worked, "inserted": done.inserted, "peak_mb": peak,
                  "errors": [e.code for e in done.errors[:3]]}))
"""


def an_office(database: Database, folder: Path) -> None:
    """Branches, staff, contracts and cases to visit."""
    staff = [(f"B{n % BRANCHES:02}", f"S{n:03}", f"员工{n}") for n in range(BRANCHES * 10)]
    bring(database, a_csv(folder / "s.csv", STAFF, staff), Kind.STAFF)
    contracts = [
        (f"B{n % BRANCHES:02}", f"K{n:06}", f"U{n:06}", "王小明", "1000") for n in range(CASES_MADE)
    ]
    path = a_csv(folder / "k.csv", ("Branch", *CONTRACTS), contracts)
    bring(database, path, Kind.CONTRACTS)
    cases = [
        (f"C{n:06}", f"K{n:06}", f"S{n % (BRANCHES * 10):03}", "2025-01-02")
        for n in range(CASES_MADE)
    ]
    bring(database, a_csv(folder / "c.csv", CASES, cases), Kind.CASES)


def a_million_visits(path: Path) -> None:
    """The file: Chinese headings, notes, people, times over two years."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        for n in range(ROWS):
            case = n % CASES_MADE
            day = f"2026-{n % 9 + 1:02}-{n % 28 + 1:02}"
            writer.writerow(
                (
                    f"C{case:06}",
                    f"V{n:08}",
                    f"S{case % (BRANCHES * 10):03}",
                    "",
                    f"{day} {9 + n % 9:02}:{n % 60:02}",
                    f"{day} {10 + n % 9:02}:{n % 60:02}",
                    "现居",
                    ("本人见面", "无人在家", "见家属")[n % 3],
                    "承诺还款" if n % 3 == 0 else "",
                    "是",
                    "是",
                    f"客户称月底发工资后处理 {n}",
                )
            )


def shell_seconds(path: Path, folder: Path) -> tuple[float, float] | None:
    """The sqlite3 shell's `.import` of the same file into a bare table; None without the shell.

    Seconds that passed and seconds of the processor, which a busy machine does not change.
    """
    shell = shutil.which("sqlite3")
    if shell is None:
        return None
    columns = ", ".join(f"c{n} TEXT" for n in range(len(HEADINGS)))
    script = f"CREATE TABLE bare ({columns});\n.mode csv\n.import --skip 1 {path} bare\n"
    begun, worked = perf_counter(), _of_children()
    subprocess.run(
        [shell, str(folder / "bare.db")], input=script, text=True, check=True, capture_output=True
    )
    return perf_counter() - begun, _of_children() - worked


def _of_children() -> float:
    times = os.times()
    return times.children_user + times.children_system


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Figures on a database made here, or on the empty one given."""
    folder = Path(tempfile.mkdtemp())
    try:
        address = options.database or str(folder / "import.db")
        database = Database(address)
        runner.upgrade(database)
        an_office(database, folder)
        database.close()
        path = folder / "visits.csv"
        a_million_visits(path)
        bare = shell_seconds(path, folder)
        done = subprocess.run(
            [sys.executable, "-c", CHILD, address, str(path)],
            capture_output=True,
            text=True,
            check=True,
        )
        found = json.loads(done.stdout)
        return {
            "rows": ROWS,
            "inserted": found["inserted"],
            "errors": found["errors"],
            "seconds": round(found["seconds"], 1),
            "rows_per_second": round(ROWS / found["seconds"]),
            "peak_mb": found["peak_mb"],
            "processor_seconds": round(found["processor"], 1),
            "shell_seconds": round(bare[0], 2) if bare else "skipped",
            "shell_processor_seconds": round(bare[1], 2) if bare else "skipped",
            "ratio_to_shell": round(found["seconds"] / bare[0], 1) if bare else "skipped",
            "ratio_of_processor": round(found["processor"] / bare[1], 1)
            if bare and bare[1]
            else "skipped",
        }
    finally:
        shutil.rmtree(folder, ignore_errors=True)
