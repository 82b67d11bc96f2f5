"""Timing and words shared by the benchmarks. Milliseconds everywhere."""

import statistics
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any


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
