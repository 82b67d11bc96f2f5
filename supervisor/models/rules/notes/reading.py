"""A note in, its labels with evidence out. The law is docs/note-labels; words are data."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from supervisor.models.enums import CausedBy, FlagCategory
from supervisor.models.rows.notes import Cancel, NoteFinding, NoteReading
from supervisor.models.rules.notes.lexicon import Lexicon, Tokens, lexicon
from supervisor.models.rules.notes.normal import normalised
from supervisor.models.rules.notes.parties import Party, Sides
from supervisor.models.rules.notes.patterns import Rule, RuleSet, rules
from supervisor.models.rules.notes.scope import Scopes

_CAUSES = {
    Party.CUSTOMER: CausedBy.CUSTOMER,
    Party.US: CausedBy.OUR_SIDE,
    Party.THIRD: CausedBy.THIRD_PARTY,
    Party.UNKNOWN: CausedBy.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule met in a note: the signs it spans and the sign it is judged at."""

    rule: Rule
    start: int
    end: int
    key: int
    party: Party
    cancelled: Cancel | None


class Reader:
    """Lexicon, rules and scopes together."""

    def __init__(self, words: Lexicon, rule_set: RuleSet) -> None:
        self._words = words
        self._rules = rule_set
        self._sides = Sides.of(words)
        self._scopes = Scopes.of(words)
        self._talked = frozenset(words.sign_class("talked"))
        self._turn = words.signs["turn"]
        self._other_time = words.signs["other_time"]
        self._stay = words.signs["stay_on"]
        self._names = {sign: name for name, sign in words.signs.items()}

    def read(self, text: str) -> NoteReading:
        """Labels and findings of one note."""
        tokens = self._words.tokens(normalised(text))
        hits = self._best(self._hits(tokens))
        if not hits:
            return NoteReading((), False, ())
        hits = [self._reconsidered(tokens, hit, hits) for hit in hits]
        standing = [hit for hit in hits if hit.cancelled is None]
        categories = {hit.rule.category for hit in standing}
        labels = tuple(category for category in FlagCategory if category in categories)
        findings = tuple(
            self._finding(text, tokens, hit) for hit in hits if hit.rule.category is not None
        )
        return NoteReading(labels, None in categories, findings)

    def _hits(self, tokens: Tokens) -> Iterator[Hit]:
        signs = tokens.signs
        for rule, pattern in self._rules.candidates(set(signs)):
            for found in pattern.found.finditer(signs):
                key = found.start("key")
                yield self._judged(tokens, rule, found.start(), found.end(), key)

    def _judged(self, tokens: Tokens, rule: Rule, start: int, end: int, key: int) -> Hit:
        party = self._sides.party_of(tokens, key)
        cancelled = self._cancel(tokens, rule, start, end, key, party)
        if cancelled is not None and cancelled.value in rule.keeps:
            cancelled = None
        return Hit(rule, start, end, key, party, cancelled)

    def _cancel(
        self, tokens: Tokens, rule: Rule, start: int, end: int, key: int, party: Party
    ) -> Cancel | None:
        scopes = self._scopes
        if scopes.not_ticked_at(tokens, key, key + 1):
            return Cancel.NOT_TICKED
        if "negated" not in rule.keeps and scopes.negated(tokens, key, key + 1):
            return Cancel.NEGATED
        if "past" not in rule.keeps and scopes.is_past(tokens, key):
            return Cancel.PAST
        imagined = scopes.imagined(tokens, key, party, threat=rule.conditional)
        if imagined is not None:
            return imagined
        if rule.parties and party.value not in rule.parties:
            return Cancel.OTHERS
        if "hearsay" not in rule.keeps:
            return scopes.told_of_others(tokens, key)
        return None

    @staticmethod
    def _best(hits: Iterator[Hit]) -> list[Hit]:
        """One hit per rule and place; one that counts goes before one that does not."""
        best: dict[tuple[str, int], Hit] = {}
        for hit in hits:
            place = (hit.rule.id, hit.key)
            known = best.get(place)
            if known is None or (known.cancelled is not None and hit.cancelled is None):
                best[place] = hit
        return sorted(best.values(), key=lambda hit: (hit.key, hit.rule.id))

    def _reconsidered(self, tokens: Tokens, hit: Hit, hits: list[Hit]) -> Hit:
        """A refusal that turned into a talk, or was put off to a named time, is none."""
        if hit.rule.category is not FlagCategory.REFUSAL or hit.cancelled is not None:
            return hit
        if "opened_later" in hit.rule.keeps:
            return hit
        if any(
            other.rule.id in {"REF-STAYED", "LEG-STAYED"} and other.cancelled is None
            for other in hits
        ):
            return hit
        after = tokens.signs[hit.key + 1 :]
        if any(sign in self._talked for sign in after):
            return replace(hit, cancelled=Cancel.OPENED_LATER)
        if self._other_time in after:
            return replace(hit, cancelled=Cancel.POSTPONED)
        return hit

    def _finding(self, text: str, tokens: Tokens, hit: Hit) -> NoteFinding:
        start, end = tokens.starts[hit.start], tokens.ends[hit.end - 1]
        rule = hit.rule
        cause = rule.caused_by if rule.caused_by is not CausedBy.UNKNOWN else _CAUSES[hit.party]
        facts = (
            (
                self._names[tokens.signs[hit.key]],
                text[tokens.starts[hit.key] : tokens.ends[hit.key]],
            ),
        )
        assert rule.category is not None
        return NoteFinding(
            rule_id=rule.id,
            rule_version=rule.version,
            category=rule.category,
            severity=rule.severity,
            caused_by=cause,
            start=start,
            end=end,
            text=text[start:end],
            reason=rule.reason,
            facts=facts,
            cancelled=hit.cancelled,
        )


@cache
def _reader() -> Reader:
    return Reader(lexicon(), rules())


def read(text: str) -> NoteReading:
    """Read one visit note; deterministic, never raises on any text."""
    return _reader().read(text)
