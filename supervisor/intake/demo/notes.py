"""Visit notes: opener + body + closer, drawn from pools that are filled in once.

The parts are drawn apart, so that millions of notes need no more memory than a few thousand
phrases and yet seldom repeat; some collectors paste the same sentence on purpose.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from supervisor.intake.demo.situations import SITUATIONS
from supervisor.intake.demo.stream import Bools, Ints, Stream, whole
from supervisor.intake.demo.words.notes_away import (
    AWAY,
    CLOSERS,
    COPIED,
    MATES,
    OPENERS,
    PERIODS,
)
from supervisor.intake.demo.words.notes_met import MET, SLOTS

FILLINGS = 12
"""How often each template is filled in."""

_TERSE = 450
"""Out of a thousand notes, how many start without an opener."""


@dataclass(frozen=True, slots=True)
class NotePools:
    """Flat lists of phrases; `first` and `size` say where each situation's lie."""

    bodies: list[str]
    body_first: Ints
    body_size: Ints
    openers: list[str]
    closers: list[str]
    closer_first: Ints
    closer_size: Ints


@cache
def pools() -> NotePools:
    """Every phrase, filled in with a stream of its own: the same in every demo."""
    fill = _Filler()
    bodies: list[str] = []
    body_first, body_size = [], []
    for situation in SITUATIONS:
        templates = (MET | AWAY)[situation.code].split("\n")
        made = sorted({fill(line) for line in templates if line for _ in range(FILLINGS)})
        body_first.append(len(bodies))
        body_size.append(len(made))
        bodies += made
    openers = sorted({fill(line) for line in OPENERS for _ in range(4)})
    closers: list[str] = []
    spans: dict[str, tuple[int, int]] = {}
    for name, lines in CLOSERS.items():
        made = sorted({fill(line) for line in lines for _ in range(4)})
        spans[name] = (len(closers), len(made))
        closers += made
    return NotePools(
        bodies=[*bodies, *COPIED],
        body_first=whole(body_first),
        body_size=whole(body_size),
        openers=["", *openers],
        closers=["", *closers],
        closer_first=whole([spans[situation.closer][0] + 1 for situation in SITUATIONS]),
        closer_size=whole([spans[situation.closer][1] for situation in SITUATIONS]),
    )


class _Filler:
    """Fills the places of a template."""

    def __init__(self) -> None:
        self._stream = Stream(0, 0x6E6F7465)
        words = {**SLOTS, "配": MATES, "时段": PERIODS}
        self._words = {f"{{{name}}}": text.split() for name, text in words.items()}

    def __call__(self, template: str) -> str:
        for place, words in self._words.items():
            while place in template:
                word = words[self._stream.one(len(words))]
                template = template.replace(place, word, 1)
        return template


def write_notes(stream: Stream, situations: Ints, copies: Bools) -> list[str]:
    """A note for each visit; `copies` marks visits of people who paste."""
    pool = pools()
    count = len(situations)
    body = pool.body_first[situations] + stream.below(count, pool.body_size[situations])
    opener = 1 + stream.below(count, len(pool.openers) - 1)
    opener[stream.below(count, 1000) < _TERSE] = 0
    closer = pool.closer_first[situations] + stream.below(count, pool.closer_size[situations])
    pasted = pasted_bodies(situations, copies)
    body = np.where(pasted >= 0, pasted, body)
    opener[pasted >= 0] = 0
    closer[pasted >= 0] = 0
    openers, bodies, closers = pool.openers, pool.bodies, pool.closers
    return [
        openers[first] + bodies[middle] + closers[last]
        for first, middle, last in zip(opener.tolist(), body.tolist(), closer.tolist(), strict=True)
    ]


def pasted_bodies(situations: Ints, copies: Bools) -> Ints:
    """Index of the pasted note where one fits the situation, else -1."""
    codes = [situation.code for situation in SITUATIONS]
    first = len(pools().bodies) - len(COPIED)
    nobody, promise = codes.index("NO_ONE"), codes.index("PTP")
    found = np.full(len(situations), -1, dtype=np.int64)
    empty = copies & (situations == nobody)
    found[empty] = first + np.flatnonzero(empty) % 3
    found[copies & (situations == promise)] = first + 3
    return found
