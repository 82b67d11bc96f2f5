"""Printing: a weekly report from snapshot to file, and one for each of 200 branches in one run.

Beside the same headings, texts and tables typeset by Typst, WeasyPrint and fpdf2 in the same run
(without charts, page heads, watermark, bookmarks and links, which only ours has), as ratios.
"""

import argparse
import multiprocessing
import resource
import statistics
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from supervisor.reports.document import printed, render
from supervisor.reports.files import write_whole
from supervisor.reports.workbook import workbook
from tests.benchmarks.timing import busyness, say, summary, timed
from tests.reports import samples

AGENTS = 12
WORKERS = 2
KB = 1024


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Milliseconds of one report, seconds and megabytes of many, ratios to the rivals."""
    snapshot = samples.weekly(AGENTS)
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder)
        begun = perf_counter()
        write_whole(where / "first.pdf", render(snapshot, "zh_CN", samples.STAMP))
        first = (perf_counter() - begun) * 1000

        def once() -> None:
            write_whole(where / "weekly.pdf", render(snapshot, "zh_CN", samples.STAMP))

        ours = both(once, options.rounds)
        made = printed(snapshot, "zh_CN", samples.STAMP)
        figures: dict[str, Any] = {
            "machine": busyness(),
            "weekly": {"first_ms": round(first, 1), **ours, "pages": made.pages,
                       "kB": round(len(made.data) / KB)},
            "workbook": summary([
                timed(lambda: workbook(snapshot, "zh_CN", samples.STAMP)) for _ in range(3)
            ]),
        }  # fmt: skip
        say(f"{options.branches} branches")
        # Before the rivals: what they load would count as memory of this run.
        figures["branches"] = many(options.branches, where)
        if not options.no_rivals:
            figures["rivals"] = rivals(options.rounds, ours)
    return figures


def both(work: Callable[[], object], rounds: int) -> dict[str, float]:
    """Medians of the time that passed and of the time a CPU worked (all threads of a rival too).

    On a machine that others use only the second one compares.
    """
    passed, worked = [], []
    for _ in range(rounds):
        begun = process_time()
        passed.append(timed(work))
        worked.append((process_time() - begun) * 1000)
    return {"median_ms": round(statistics.median(passed), 1),
            "cpu_ms": round(statistics.median(worked), 1)}  # fmt: skip


def rivals(rounds: int, ours: dict[str, float]) -> dict[str, Any]:
    """Each rival's medians for the same blocks; how many times ours takes of it, and its size."""
    from tests.benchmarks.reports_rivals import RIVALS, content

    blocks = content(samples.weekly(AGENTS))
    found: dict[str, Any] = {"blocks": len(blocks)}
    for name, opened in RIVALS.items():
        say(name)
        set_ = opened()
        size = len(set_(blocks))
        took = both(partial(set_, blocks), rounds)
        found[name] = {
            **took,
            "ours_of_it": round(ours["median_ms"] / took["median_ms"], 2),
            "ours_of_it_cpu": round(ours["cpu_ms"] / took["cpu_ms"], 2),
            "kB": round(size / KB),
        }
    return found


def one_of_many(number: int, folder: str) -> tuple[int, int]:
    """Make the report of a branch; its size and the most memory this process has had (kB)."""
    snapshot = samples.weekly(AGENTS, seed=number)
    data = render(snapshot, "zh_CN", samples.STAMP)
    write_whole(Path(folder) / f"{number:04d}.pdf", data)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return len(data), peak // (KB if sys.platform == "darwin" else 1)


def many(branches: int, where: Path) -> dict[str, Any]:
    """One report for each branch, by two processes; memory is that of both and of this one."""
    folder = where / "many"
    folder.mkdir()
    begun = perf_counter()
    with ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn")) as workers:
        made = list(
            workers.map(one_of_many, range(branches), [str(folder)] * branches, chunksize=4)
        )
    took = perf_counter() - begun
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "reports": branches,
        "workers": WORKERS,
        "seconds": round(took, 1),
        "ms_each": round(took / branches * 1000, 1),
        "cpu_ms_each": round((spent.ru_utime + spent.ru_stime) / branches * 1000, 1),
        "largest_kB": round(max(size for size, _ in made) / KB),
        "worker_mb": round(max(peak for _, peak in made) / KB),
        "run_mb": round((WORKERS * max(peak for _, peak in made) + here) / KB),
    }
