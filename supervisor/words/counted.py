"""How much an act of the audit touched, in words."""

from collections.abc import Callable, Mapping

from supervisor.i18n import ntr, tr

_WORDS: Mapping[str, Callable[[int], str]] = {
    "arrivals": lambda n: ntr("{n:,} arrival", "{n:,} arrivals", n),
    "bytes": lambda n: ntr("{n:,} byte", "{n:,} bytes", n),
    "branches": lambda n: ntr("{n:,} branch", "{n:,} branches", n),
    "cases": lambda n: ntr("{n:,} case", "{n:,} cases", n),
    "changed": lambda n: tr("{n:,} changed", n=n),
    "columns": lambda n: ntr("{n:,} column", "{n:,} columns", n),
    "complaints": lambda n: ntr("{n:,} complaint", "{n:,} complaints", n),
    "copies": lambda n: ntr("{n:,} copy", "{n:,} copies", n),
    "courses": lambda n: ntr("{n:,} course", "{n:,} courses", n),
    "days": lambda n: ntr("{n:,} day", "{n:,} days", n),
    "findings": lambda n: ntr("{n:,} finding", "{n:,} findings", n),
    "flags": lambda n: ntr("{n:,} flag", "{n:,} flags", n),
    "held": lambda n: tr("{n:,} held", n=n),
    "inserted": lambda n: tr("{n:,} added", n=n),
    "items": lambda n: ntr("{n:,} item", "{n:,} items", n),
    "kept": lambda n: tr("{n:,} kept", n=n),
    "left": lambda n: tr("{n:,} left", n=n),
    "merged": lambda n: tr("{n:,} merged", n=n),
    "notes": lambda n: ntr("{n:,} note", "{n:,} notes", n),
    "packs": lambda n: ntr("{n:,} rule pack", "{n:,} rule packs", n),
    "people": lambda n: ntr("{n:,} person", "{n:,} people", n),
    "plans": lambda n: ntr("{n:,} plan", "{n:,} plans", n),
    "promises": lambda n: ntr("{n:,} promise", "{n:,} promises", n),
    "questions": lambda n: ntr("{n:,} question", "{n:,} questions", n),
    "raised": lambda n: tr("{n:,} raised", n=n),
    "read": lambda n: tr("{n:,} read", n=n),
    "recalled": lambda n: tr("{n:,} recalled", n=n),
    "records": lambda n: ntr("{n:,} record", "{n:,} records", n),
    "refused": lambda n: tr("{n:,} refused", n=n),
    "removed": lambda n: tr("{n:,} removed", n=n),
    "repeated": lambda n: tr("{n:,} repeated", n=n),
    "reports": lambda n: ntr("{n:,} report", "{n:,} reports", n),
    "restated": lambda n: tr("{n:,} restated", n=n),
    "restored": lambda n: tr("{n:,} restored", n=n),
    "rows": lambda n: ntr("{n:,} row", "{n:,} rows", n),
    "rules": lambda n: ntr("{n:,} rule", "{n:,} rules", n),
    "sheets": lambda n: ntr("{n:,} sheet", "{n:,} sheets", n),
    "taken": lambda n: tr("{n:,} taken in", n=n),
    "trainings": lambda n: ntr("{n:,} training", "{n:,} trainings", n),
    "unchanged": lambda n: tr("{n:,} unchanged", n=n),
    "updated": lambda n: tr("{n:,} updated", n=n),
    "views": lambda n: ntr("{n:,} view", "{n:,} views", n),
    "visits": lambda n: ntr("{n:,} visit", "{n:,} visits", n),
    "waiting": lambda n: tr("{n:,} waiting", n=n),
    "withdrawn": lambda n: tr("{n:,} withdrawn", n=n),
    "worked_on": lambda n: tr("{n:,} being worked on", n=n),
}


def known_counts() -> frozenset[str]:
    """Names of counts that have words."""
    return frozenset(_WORDS)


def counted(counts: Mapping[str, str | int]) -> str:
    """The counts of an event: "12 cases; 1 refused"; its other facts, such as ids, are left out."""
    said = [
        _WORDS[name](value)
        for name, value in sorted(counts.items())
        if name in _WORDS and isinstance(value, int)
    ]
    return tr("; ").join(said)
