"""The words of the note reader: data in, an automaton and a row of tokens out.

A concept ("order_leave") is written as many terms. Every term is an alternation such as
`(不|拒不)开门`, expanded here. A note becomes a string with one private character per hit, so that
rules can be regular expressions over concepts; see `patterns`.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from supervisor import paths
from supervisor.models.rules.notes.normal import normalised

FIRST_SIGN = 0xE000
"""Concepts are numbered from here: the private use area of Unicode."""

GAP = "x"
"""Stands for up to two characters the lexicon does not know."""

_GAP_LIMIT = 6
_PART = re.compile(r"\(([^()]*)\)")
_FORM = re.compile(r"(?:[^\s()]|\([^()]*\))+")
_NUMBERISH = re.compile(r"[a-z0-9]")


def folder() -> Path:
    """Where the data of the reader lies."""
    return paths.resources() / "rules" / "notes"


def expanded(form: str) -> Iterator[str]:
    """All spellings of one form: `(不|没)开(门|)` gives 不开门, 不开, 没开门, 没开.

    Raises:
        ValueError: brackets do not match.
    """
    found = _PART.search(form)
    if found is None:
        if set("()|") & set(form):
            raise ValueError(form)
        yield form
        return
    for choice in found[1].split("|"):
        yield from expanded(form[: found.start()] + choice + form[found.end() :])


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea of the lexicon; `words` say it to a supervisor (Chinese)."""

    name: str
    words: str
    frequent: bool
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tokens:
    """A note as signs: a concept's character per hit, `GAP` for two characters nobody knows."""

    text: str
    signs: str
    stream: str
    """The text with a sign in place of every hit; words nobody knows stay."""
    hits: Sequence[tuple[str, int, int]]
    """Sign with start and end in the text, in order."""

    def spans(self) -> list[tuple[int, int]]:
        """Start and end in the text of every sign."""
        spans: list[tuple[int, int]] = []
        at = 0
        for _, start, end in self.hits:
            spans += [
                (at + 2 * step, min(at + 2 * step + 2, start)) for step in range(_gaps(start - at))
            ]
            spans.append((start, end))
            at = end
        return spans


def _gaps(unknown: int) -> int:
    return min((unknown + 1) // 2, _GAP_LIMIT)


_MANY = 2 * _GAP_LIMIT
_GAPS = [GAP * _gaps(unknown) for unknown in range(_MANY)]


@dataclass(frozen=True)
class Lexicon:
    """All concepts with their automaton."""

    concepts: Mapping[str, Concept]
    groups: Mapping[str, tuple[str, ...]]
    signs: Mapping[str, str]
    automaton: AhoCorasick
    of_term: Sequence[str]
    bounded: frozenset[int] = field(default=frozenset())

    def sign_class(self, name: str) -> str:
        """The characters of a concept or group.

        Raises:
            KeyError: there is none of that name.
        """
        if name in self.groups:
            return "".join(self.sign_class(member) for member in self.groups[name])
        return self.signs[name]

    def tokens(self, text: str) -> Tokens:
        """Cut a normalised note into signs, longest term first from the left."""
        parts: list[str] = []
        stream: list[str] = []
        hits: list[tuple[str, int, int]] = []
        at = 0
        of_term, bounded = self.of_term, self.bounded
        for index, start, end in self.automaton.find_matches_as_indexes(text):
            if index in bounded and _cut_out(text, start, end):
                continue
            if start > at:
                parts.append(_GAPS[start - at] if start - at < _MANY else GAP * _GAP_LIMIT)
                stream.append(text[at:start])
            sign = of_term[index]
            parts.append(sign)
            stream.append(sign)
            hits.append((sign, start, end))
            at = end
        stream.append(text[at:])
        return Tokens(text, "".join(parts), "".join(stream), hits)


def _cut_out(text: str, start: int, end: int) -> bool:
    """Whether letters or digits go on beyond the term: `bj` in `abj`, `110` in `1100`."""
    before, first, last = text[start - 1 : start], text[start], text[end - 1]
    after = text[end : end + 1]
    return _same_kind(before, first) or _same_kind(last, after)


def _same_kind(left: str, right: str) -> bool:
    if not left or not right or not left.isascii() or not right.isascii():
        return False
    return (left.isdigit() and right.isdigit()) or (left.isalpha() and right.isalpha())


def _evasive(spelling: Mapping[str, Any]) -> Iterator[str]:
    """Ways to hide a two-character word from a filter: homophones, letters, signs between."""
    parts = [str(part).split() for part in spelling["parts"]]
    yield from map("".join, product(*parts))
    plain = [part[0] for part in parts]
    for between in (" ", "  ", ".", "·", "*", "-", "_", "/", "|", "、", "+", "~"):
        yield between.join(plain)
    yield from str(spelling.get("also", "")).split()


def load(where: Path) -> Lexicon:
    """Read all `lexicon*.toml` of a folder.

    Raises:
        ValueError: two concepts have one name, or a form is malformed.

    A term belongs to the first concept that names it, files in alphabetical order.
    """
    concepts: dict[str, Concept] = {}
    groups: dict[str, tuple[str, ...]] = {}
    for path in sorted(where.glob("lexicon*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        groups |= {name: tuple(members.split()) for name, members in data.pop("groups", {}).items()}
        for name, entry in data.items():
            if name in concepts:
                raise ValueError(f"{path.name}: {name} stands twice")
            concepts[name] = _concept(name, entry)
    return _built(concepts, groups)


def _concept(name: str, entry: Mapping[str, Any]) -> Concept:
    terms: dict[str, None] = {}
    for form in _FORM.findall(str(entry["forms"])):
        terms |= dict.fromkeys(map(normalised, expanded(form)))
    for spelling in entry.get("evasive", ()):
        terms |= dict.fromkeys(map(normalised, _evasive(spelling)))
    for sign in entry.get("signs", ()):
        terms[normalised(str(sign))] = None
    terms.pop("", None)
    return Concept(name, str(entry["zh"]), bool(entry.get("frequent")), tuple(terms))


def _built(concepts: dict[str, Concept], groups: dict[str, tuple[str, ...]]) -> Lexicon:
    signs = {name: chr(FIRST_SIGN + number) for number, name in enumerate(concepts)}
    owner: dict[str, str] = {}
    for concept in concepts.values():
        for term in concept.terms:
            owner.setdefault(term, concept.name)
    terms = list(owner)
    bounded = frozenset(
        number
        for number, term in enumerate(terms)
        if _NUMBERISH.match(term) or _NUMBERISH.match(term[-1])
    )
    automaton = AhoCorasick(
        terms,
        matchkind=MatchKind.LeftmostLongest,
        store_patterns=False,
        implementation=Implementation.ContiguousNFA,  # a DFA takes 300 MB and is no faster
    )
    of_term = [signs[owner[term]] for term in terms]
    return Lexicon(concepts, groups, signs, automaton, of_term, bounded)


@cache
def lexicon() -> Lexicon:
    """The lexicon of this program, read once."""
    return load(folder())
