"""The note reader on one core: notes per second, memory, and a bare match of the same words."""

import argparse
import resource
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from supervisor.models.rules.notes import read, read_all
from supervisor.models.rules.notes.lexicon import lexicon
from tests.evaluation.labelled import load

NOTES = 20_000
ROUNDS = 3


def _seconds(work: Callable[[Iterable[str]], Iterable[object]], notes: Iterable[str]) -> float:
    """Processor time of one pass; wall time would count other programs too."""
    begun = time.process_time()
    for _ in work(notes):
        pass
    return time.process_time() - begun


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Read the labelled notes over and over; the best of some rounds counts."""
    texts = [note.text for note in load()]
    notes = [texts[number % len(texts)] for number in range(NOTES)]
    begun = time.process_time()
    read(notes[0])
    loading = time.process_time() - begun
    terms = sorted({term for concept in lexicon().concepts.values() for term in concept.terms})
    bare = AhoCorasick(terms, matchkind=MatchKind.LeftmostLongest).find_matches_as_indexes
    rounds = min(ROUNDS, options.rounds)
    matching = min(_seconds(partial(map, bare), notes) for _ in range(rounds))
    reading = min(_seconds(read_all, notes) for _ in range(rounds))
    one_by_one = min(_seconds(partial(map, read), notes) for _ in range(rounds))
    return {
        "notes": len(notes),
        "characters_per_note": round(sum(map(len, notes)) / len(notes), 1),
        "terms": len(terms),
        "loading_s": round(loading, 2),
        "notes_per_second": round(len(notes) / reading),
        "one_by_one_per_second": round(len(notes) / one_by_one),
        "bare_match_per_second": round(len(notes) / matching),
        "times_the_bare_match": round(reading / matching, 1),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
