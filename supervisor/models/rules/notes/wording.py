"""The wording of notes as numbers: which runs of characters they hold, plain and with concepts.

A note is looked at twice: as it is written, and as a stream in which a sign stands for every hit of
the lexicon, so that what was learnt of one spelling holds for all. Features are runs of one to four
characters of each, and pairs with one to three characters between. Each is hashed to 64 bits, those
of many notes at once.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from supervisor.models.rules.notes.lexicon import Tokens

Hashes = NDArray[np.uint64]

BEGIN, END = "\x02", "\x03"
"""Stand before the text, and after the text and the stream."""
BETWEEN = "\0" * 4
"""Parts the rows of two notes: no feature is longer, so that none is of two notes."""

_SPREAD = np.uint64(0xD6E8FEB86659FD93)
_STEP = np.uint64(0x9E3779B97F4A7C15)
_PAIR = np.uint64(1)
_ZERO, _NINE = np.uint32(ord("0")), np.uint32(ord("9"))


def row(tokens: Tokens) -> str:
    """Text and stream of one note, one after the other."""
    return f"{BEGIN}{tokens.text}{END}{tokens.stream}{END}"


def joined(rows: Iterable[str]) -> str:
    """The rows of some notes, each with the gap behind it."""
    return "".join(part + BETWEEN for part in rows)


def hashes(whole: str) -> Iterator[Hashes]:
    """All features of joined rows, kind by kind; number n of a kind begins at character n.

    All figures are alike.
    """
    plain = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), np.uint32)
    plain = np.where((plain > _ZERO) & (plain <= _NINE), _ZERO, plain)
    one: Hashes = plain * _SPREAD
    first = one * _STEP
    two = first[:-1] + one[1:]
    three = (two * _STEP)[:-1] + one[2:]
    yield one
    yield two
    yield three
    yield (three * _STEP)[:-1] + one[3:]
    first += _PAIR
    for apart in (2, 3, 4):
        yield first[:-apart] + one[apart:]
