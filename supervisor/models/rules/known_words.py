"""Words of a case we know to be private: names, numbers and places no pattern need guess.

A note may name a customer where no pattern of names fits ("敲门后王小明出来"). What our own data
know of the borrower and the contact persons is hidden first, then the patterns of `rules.notes`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from supervisor.models.rules.notes.deidentify import (
    ACCOUNT,
    ADDRESS,
    IDENTITY,
    NAME,
    PHONE,
    deidentify,
)

_PART_OF_ADDRESS = re.compile(
    r".+?(?:省|自治区|市|州|县|区|旗|镇|乡|街道|路|街|巷|弄|大道|胡同|村|庄|小区|花园|苑|公寓|大厦|"
    r"号|栋|幢|座|单元|室|房|户)"
)
_LEAST_PART, _LEAST_NUMBER = 3, 5
_HAN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What is known of one case; `contracts` are contract and case numbers."""

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()

    def places(self) -> Mapping[str, str]:
        """Every word to hide with its place-holder."""
        found: dict[str, str] = {}
        for address in self.addresses:
            found |= dict.fromkeys(_parts(address), ADDRESS)
        for name in self.names:
            found |= dict.fromkeys(_forms(name), NAME)
        for words, place in (
            (self.phones, PHONE),
            (self.identities, IDENTITY),
            (self.contracts, ACCOUNT),
        ):
            found |= {word: place for word in words if len(word) >= _LEAST_NUMBER}
        return found


def _forms(name: str) -> Iterable[str]:
    """The name, and the given name of a Chinese name where it is more than one sign."""
    plain = name.strip()
    if len(plain) >= 2:
        yield plain
    if _HAN.fullmatch(plain) and len(plain) == 3:
        yield plain[1:]
    if _HAN.fullmatch(plain) and len(plain) == 4:
        yield plain[2:]


def _parts(address: str) -> Iterable[str]:
    """The address and those of its parts that say where."""
    plain = address.strip()
    if len(plain) >= _LEAST_PART:
        yield plain
    for part in _PART_OF_ADDRESS.findall(plain):
        if len(part) >= _LEAST_PART:
            yield part


def hide(text: str, known: KnownWords) -> str:
    """The text without what is known, and without what reads like a name, a number or a place.

    The longest word goes first; spaces and dashes inside do not save one.
    """
    places = known.places()
    for word in sorted(places, key=lambda one: (-len(one), one)):
        gap = r"[\s-]*" if word.isdecimal() else r"\s*"
        text = re.sub(gap.join(map(re.escape, word)), places[word], text, flags=re.IGNORECASE)
    return deidentify(text)
