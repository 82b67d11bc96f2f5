"""Alt letters of a dialog: each button and each labelled field gets one of its own."""

import re
from collections.abc import Iterable, Iterator
from string import ascii_uppercase

FIRST_OF_LETTER = (
    ("A", 0xB0A1), ("B", 0xB0C5), ("C", 0xB2C1), ("D", 0xB4EE), ("E", 0xB6EA), ("F", 0xB7A2),
    ("G", 0xB8C1), ("H", 0xB9FE), ("J", 0xBBF7), ("K", 0xBFA6), ("L", 0xC0AC), ("M", 0xC2E8),
    ("N", 0xC4C3), ("O", 0xC5B6), ("P", 0xC5BE), ("Q", 0xC6DA), ("R", 0xC8BB), ("S", 0xC8F6),
    ("T", 0xCBFA), ("W", 0xCDDA), ("X", 0xCEF4), ("Y", 0xD1B9), ("Z", 0xD4D1),
)  # fmt: skip
"""The first common character of each pinyin letter: GB 2312 level 1 is sorted by pinyin."""
LAST = 0xD7F9
"""The last character of level 1; rarer ones are sorted by radical and offer no letter."""


def initial(character: str) -> str:
    """The pinyin initial of a common Chinese character, a Latin letter itself, else ""."""
    if character.isascii():
        return character.upper() if character.isalpha() else ""
    place = int.from_bytes(character.encode("gb2312", errors="ignore"), "big")
    if not FIRST_OF_LETTER[0][1] <= place <= LAST:
        return ""
    return next(letter for letter, first in reversed(FIRST_OF_LETTER) if first <= place)


def wishes(text: str) -> Iterator[str]:
    """Letters for a text, the best first: of its words, of the rest of it, then any."""
    for word in re.findall(r"[A-Za-z]+|[^\W\d_a-zA-Z]", text):
        yield initial(word[0])
    yield from (initial(character) for character in text)
    yield from ascii_uppercase


def letter_for(text: str, taken: Iterable[str]) -> str:
    """The best letter nobody has; "" when all are given."""
    gone = {*taken, ""}
    return next((letter for letter in wishes(text) if letter not in gone), "")
