"""Timing and words shared by the benchmarks. Milliseconds everywhere."""

import os
import resource
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

NANOSECONDS_A_MS = 1_000_000


def timed(work: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


def percentile(values: list[float], share: float) -> float:
    """The value so many of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def summary(values: list[float]) -> dict[str, Any]:
    """Median and p95, rounded."""
    return {
        "median_ms": round(statistics.median(values), 1),
        "p95_ms": round(percentile(values, 0.95), 1),
    }


def say(words: str) -> None:
    """Progress for people."""
    print(words, file=sys.stderr, flush=True)


def on_cpu_and_waiting(processes: tuple[int, ...]) -> tuple[float, float]:
    """How long these processes have run so far, and stood ready without a CPU (Linux; else 0)."""
    ran, waited = 0, 0
    for process in processes:
        try:
            figures = Path(f"/proc/{process}/schedstat").read_text(encoding="ascii").split()
        except OSError:
            continue
        ran, waited = ran + int(figures[0]), waited + int(figures[1])
    return ran / NANOSECONDS_A_MS, waited / NANOSECONDS_A_MS


def busyness() -> dict[str, float]:
    """How many processes wanted a CPU over the last minute and five; how many CPUs there are."""
    one, five, _ = os.getloadavg()
    return {"load_1": round(one, 1), "load_5": round(five, 1), "cpus": os.cpu_count() or 1}


def peak_mb() -> float:
    """The most memory this process ever had, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
