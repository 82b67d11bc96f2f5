"""Rules of the reader: sequences of concepts, written in data, run as regular expressions.

Elements of a pattern, parted by spaces:

- `shut_door`, `customer|us`   a concept or group, or one of several
- `@shut_door`                 the same; scope and party are judged from here
- `us?`                        may be missing
- `-`  `-3`                    a gap inside the clause (up to so many signs)
- `~`  `~20`                   a gap inside the sentence
- `>>` `>>40`                  a gap anywhere further on
- `!a|b`  `<!a|b`              what must not come next / must not stand just before
- `^`                          the beginning of a clause
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from supervisor.models.enums import CausedBy, FlagCategory, Severity
from supervisor.models.rules.notes.lexicon import GAP, Lexicon, folder, lexicon

CLAUSE_GAP, SENTENCE_GAP, NOTE_GAP = 6, 14, 60
_GAPS = {"-": CLAUSE_GAP, "~": SENTENCE_GAP, ">>": NOTE_GAP}
_GAP_ELEMENT = re.compile(r"(-|~|>>)(\d*)$")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way a rule is met. `needs`: for each required element the signs that satisfy it."""

    found: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What a sequence of concepts means. Empty `category`: only `refuse_pay` or a sign."""

    id: str
    version: int
    category: FlagCategory | None
    severity: Severity
    caused_by: CausedBy
    reason: str
    parties: frozenset[str]
    conditional: bool
    keeps: frozenset[str]
    patterns: tuple[Pattern, ...]
    weight: float


class RuleSet:
    """All rules, found quickly by the concepts a note holds."""

    def __init__(self, rules: tuple[Rule, ...], words: Lexicon) -> None:
        self.rules = rules
        self.words = words
        frequent = {
            words.signs[name] for name, concept in words.concepts.items() if concept.frequent
        }
        self._by_sign: dict[str, list[tuple[Rule, Pattern]]] = {}
        for rule in rules:
            for pattern in rule.patterns:
                for sign in _rarest(pattern, frequent):
                    self._by_sign.setdefault(sign, []).append((rule, pattern))

    def candidates(self, present: set[str]) -> Iterator[tuple[Rule, Pattern]]:
        """Rules whose concepts all occur."""
        for sign in present:
            for rule, pattern in self._by_sign.get(sign, ()):
                for need in pattern.needs:
                    if present.isdisjoint(need):
                        break
                else:
                    yield rule, pattern


def _rarest(pattern: Pattern, frequent: set[str]) -> frozenset[str]:
    rare = [need for need in pattern.needs if not need & frequent]
    return min(rare or pattern.needs, key=len)


def compiled(source: str, words: Lexicon) -> Pattern:
    """One pattern as a regular expression over signs.

    Raises:
        KeyError: it names a concept there is not.
        ValueError: no element is marked as the one to judge by.
    """
    parts: list[str] = []
    needs: list[frozenset[str]] = []
    comma, stop = words.sign_class("comma"), words.sign_class("stop")
    excluded = {"-": f"[^{comma}{stop}]", "~": f"[^{stop}]", ">>": "[^\n]"}
    for element in source.split():
        gap = _GAP_ELEMENT.match(element)
        if gap:
            limit = int(gap[2]) if gap[2] else _GAPS[gap[1]]
            parts.append(f"{excluded[gap[1]]}{{0,{limit}}}?")
        elif element == "^":
            parts.append(f"(?:^|(?<=[{comma}{stop}]))")
        elif element.startswith("<!"):
            parts.append(f"(?<![{_signs(element[2:], words)}])")
        elif element.startswith("!"):
            parts.append(f"(?![{_signs(element[1:], words)}])")
        else:
            signs = _signs(element.strip("@?"), words)
            optional = "?" if element.endswith("?") else ""
            parts.append(f"(?P<key>[{signs}])" if element[0] == "@" else f"[{signs}]{optional}")
            if not optional:
                needs.append(frozenset(signs))
    if not any(part.startswith("(?P<key>") for part in parts):
        raise ValueError(f"{source}: no element with @ to judge by")
    return Pattern(re.compile("".join(parts)), tuple(needs), source)


def _signs(names: str, words: Lexicon) -> str:
    return "".join(GAP if name == "gap" else words.sign_class(name) for name in names.split("|"))


def _rule(entry: Mapping[str, object], words: Lexicon) -> Rule:
    patterns: list[str] = list(entry["patterns"])  # type: ignore[call-overload]
    category = str(entry.get("category", ""))
    return Rule(
        id=str(entry["id"]),
        version=int(str(entry.get("version", 1))),
        category=FlagCategory(category) if category else None,
        severity=Severity(str(entry.get("severity", "minor"))),
        caused_by=CausedBy(str(entry.get("caused_by", "unknown"))),
        reason=str(entry["reason"]),
        parties=frozenset(str(entry.get("parties", "")).split()),
        conditional=bool(entry.get("conditional")),
        keeps=frozenset(str(entry.get("keeps", "")).split()),
        patterns=tuple(compiled(source, words) for source in patterns),
        weight=float(str(entry.get("weight", 1.0))),
    )


def load(where: Path, words: Lexicon) -> RuleSet:
    """Read all `rules*.toml` of a folder."""
    entries = [
        entry
        for path in sorted(where.glob("rules*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]
    ]
    return RuleSet(tuple(_rule(entry, words) for entry in entries), words)


@cache
def rules() -> RuleSet:
    """The rules of this program, read once."""
    return load(folder(), lexicon())
