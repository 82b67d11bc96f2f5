"""The wording of a note as numbers: which runs of characters it holds, plain and with concepts.

A note is looked at twice: as it is written, and as a stream in which a sign stands for every hit of
the lexicon, so that what was learnt of one spelling holds for all. Features are runs of one to four
characters of both, and pairs with up to three characters between. Each is hashed to 64 bits, all of
a note at once.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

BEGIN, END = "\x02", "\x03"
"""Stand before the text, and after the text and the stream."""
LONGEST = 4
SKIP = "\x04"
"""Stands between the two characters of a pair, once for every character left out."""

_SPREAD = np.uint64(0xD6E8FEB86659FD93)
_STEP = np.uint64(0x9E3779B97F4A7C15)
_PAIR = np.uint64(1)


def joined(text: str, stream: str) -> str:
    """Text and stream in one row; all figures are alike."""
    row = f"{BEGIN}{text}{END}{stream}{END}"
    for figure in "123456789":
        row = row.replace(figure, "0")
    return row


def _codes(row: str) -> Hashes:
    codes: Hashes = np.frombuffer(row.encode("utf-32-le", "surrogatepass"), np.uint32) * _SPREAD
    return codes


def hashes(row: str) -> Hashes:
    """All features of a row from `joined`, block by block; see `places` for where they begin."""
    one = _codes(row)
    first = one * _STEP
    two = first[:-1] + one[1:]
    three = (two * _STEP)[:-1] + one[2:]
    four = (three * _STEP)[:-1] + one[3:]
    first += _PAIR
    pairs = [first[:-apart] + one[apart:] for apart in (2, 3, 4)]
    return np.concatenate((one, two, three, four, *pairs))


@lru_cache(maxsize=256)
def places(length: int) -> NDArray[np.int64]:
    """Where in a row of so many characters each of its features begins."""
    reach = (0, 1, 2, 3, 2, 3, 4)
    return np.concatenate([np.arange(max(0, length - step)) for step in reach])


def names(row: str) -> Iterator[str]:
    """The features of a row as text, in the order of `hashes`."""
    for size in range(1, LONGEST + 1):
        yield from (row[at : at + size] for at in range(len(row) - size + 1))
    for apart in (2, 3, 4):
        yield from (row[at] + SKIP + row[at + apart] for at in range(len(row) - apart))


def hashes_of(features: Sequence[str]) -> Hashes:
    """Hashes of features named as in `names`."""
    found = np.zeros(len(features), np.uint64)
    by_size: dict[tuple[int, bool], list[int]] = {}
    for number, name in enumerate(features):
        pair = name[1:2] == SKIP
        by_size.setdefault((len(name) - pair, pair), []).append(number)
    for (size, pair), numbers in by_size.items():
        whole = "".join(features[number].replace(SKIP, "", int(pair)) for number in numbers)
        codes = _codes(whole).reshape(-1, size)
        value = codes[:, 0]
        for column in range(1, size):
            value = value * _STEP + codes[:, column]
        found[numbers] = value + _PAIR if pair else value
    return found
