"""A note in, its labels with evidence out. The law is docs/note-labels; words are data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from operator import add

from supervisor.models.enums import CausedBy, FlagCategory, Severity
from supervisor.models.rows.notes import Cancel, NoteFinding, NoteReading
from supervisor.models.rules.notes.lexicon import GAP, Lexicon, Tokens, lexicon
from supervisor.models.rules.notes.normal import normalised
from supervisor.models.rules.notes.parties import Party, Sides
from supervisor.models.rules.notes.patterns import Rule, RuleSet, rules
from supervisor.models.rules.notes.scope import Scopes
from supervisor.models.rules.notes.scorer import Scorer, scorer

_CLAUSE = re.compile(r"[^,。!;?…\n]+")
_WORDING = {
    FlagCategory.REFUSAL: "REF-WORDING",
    FlagCategory.CONFLICT: "CON-WORDING",
    FlagCategory.LEGAL_RISK: "LEG-WORDING",
}

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

    def __init__(self, words: Lexicon, rule_set: RuleSet, model: Scorer) -> None:
        self._words = words
        self._rules = rule_set
        self._scorer = model
        self._sides = Sides.of(words)
        self._scopes = Scopes.of(words)
        self._talked = frozenset(words.sign_class("talked"))
        self._other_time = words.signs["other_time"]
        self._names = {sign: name for name, sign in words.signs.items()}

    def evidence(self, text: str) -> tuple[Tokens, list[Hit]]:
        """The signs of a normalised note and all rules met in it, before the whole is weighed."""
        tokens = self._words.tokens(text)
        hits = self._best(self._hits(tokens))
        stayed = any(
            hit.rule.id in {"REF-STAYED", "LEG-STAYED"} and hit.cancelled is None for hit in hits
        )
        return tokens, [self._reconsidered(tokens, hit, stayed=stayed) for hit in hits]

    def features(self, tokens: Tokens, hits: list[Hit]) -> set[str]:
        """What the model knows of a note beside its wording: concepts and rules met."""
        signs = tokens.signs.replace(GAP, "")
        found = set(signs)
        found.update(map(add, signs, signs[1:]))
        for hit in hits:
            state = hit.cancelled.value if hit.cancelled is not None else "stands"
            rule = hit.rule
            category = rule.category.value if rule.category is not None else "refuse_pay"
            found.add(f"{rule.id} {state}")
            found.add(f"{rule.id} {state} {hit.party}")
            found.add(f"{category} {'stands' if hit.cancelled is None else 'cancelled'}")
        return found

    def read(self, text: str) -> NoteReading:
        """Labels and findings of one note."""
        plain = normalised(text)
        tokens, hits = self.evidence(plain)
        margins = self._scorer.margins(plain, self.features(tokens, hits))
        labels = tuple(
            category for category, margin in zip(FlagCategory, margins, strict=False) if margin > 0
        )
        if not hits and not labels:
            return NoteReading((), margins[-1] > 0, ())
        spans = tokens.spans()
        findings = [
            self._finding(text, tokens.signs, spans, hit, category, given=category in labels)
            for hit in hits
            if (category := hit.rule.category) is not None
        ]
        told = {finding.category for finding in findings if finding.cancelled is None}
        findings += [self._by_wording(text, plain, label) for label in labels if label not in told]
        findings.sort(key=lambda finding: (finding.start, finding.rule_id))
        return NoteReading(labels, margins[-1] > 0, tuple(findings))

    def _by_wording(self, text: str, plain: str, label: FlagCategory) -> NoteFinding:
        """The clause whose words carried a label that no rule explains."""
        clauses = [match.span() for match in _CLAUSE.finditer(plain)] or [(0, len(plain))]
        weights = self._scorer.by_passage(plain, list(FlagCategory).index(label), clauses)
        start, end = clauses[weights.index(max(weights))]
        return NoteFinding(
            rule_id=_WORDING[label],
            rule_version=1,
            category=label,
            severity=Severity.MINOR,
            caused_by=CausedBy.UNKNOWN,
            start=start,
            end=end,
            text=text[start:end],
            reason="note_wording",
            facts=(("words", text[start:end]),),
        )

    def _hits(self, tokens: Tokens) -> Iterator[Hit]:
        signs = tokens.signs
        for rule, pattern in self._rules.candidates(set(signs)):
            for found in pattern.found.finditer(signs):
                key = found.start("key")
                yield self._judged(tokens, rule, found.start(), found.end(), key)

    def _judged(self, tokens: Tokens, rule: Rule, start: int, end: int, key: int) -> Hit:
        party, sure = self._sides.party_of(tokens, key)
        cancelled = self._cancel(tokens, rule, key, party, sure=sure)
        if cancelled is not None and cancelled.value in rule.keeps:
            cancelled = None
        return Hit(rule, start, end, key, party, cancelled)

    def _cancel(
        self, tokens: Tokens, rule: Rule, key: int, party: Party, *, sure: bool
    ) -> Cancel | None:
        """The first reason why the words at `key` are no event of this visit."""
        scopes = self._scopes
        if scopes.not_ticked_at(tokens, key, key + 1):
            return Cancel.NOT_TICKED
        if "negated" not in rule.keeps and scopes.negated(tokens, key, key + 1):
            return Cancel.NEGATED
        if "past" not in rule.keeps and scopes.is_past(tokens, key):
            return Cancel.PAST
        imagined = scopes.imagined(tokens, key, party, threat=rule.conditional)
        if imagined is None and sure and rule.parties and party.value not in rule.parties:
            return Cancel.OTHERS
        if imagined is None and "hearsay" not in rule.keeps:
            return scopes.told_of_others(tokens, key)
        return imagined

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

    def _reconsidered(self, tokens: Tokens, hit: Hit, *, stayed: bool) -> Hit:
        """A refusal that turned into a talk, or was put off to a named time, is none."""
        if hit.rule.category is not FlagCategory.REFUSAL or hit.cancelled is not None:
            return hit
        if stayed or "opened_later" in hit.rule.keeps:
            return hit
        after = tokens.signs[hit.key + 1 :]
        if not self._talked.isdisjoint(after):
            return replace(hit, cancelled=Cancel.OPENED_LATER)
        if self._other_time in after:
            return replace(hit, cancelled=Cancel.POSTPONED)
        return hit

    def _finding(
        self,
        text: str,
        signs: str,
        spans: list[tuple[int, int]],
        hit: Hit,
        category: FlagCategory,
        *,
        given: bool,
    ) -> NoteFinding:
        start, end = spans[hit.start][0], spans[hit.end - 1][1]
        told_from, told_to = spans[hit.key]
        rule = hit.rule
        cause = rule.caused_by if rule.caused_by is not CausedBy.UNKNOWN else _CAUSES[hit.party]
        facts = (
            ("words", text[told_from:told_to]),
            ("concept", self._names[signs[hit.key]]),
        )
        return NoteFinding(
            rule_id=rule.id,
            rule_version=rule.version,
            category=category,
            severity=rule.severity,
            caused_by=cause,
            start=start,
            end=end,
            text=text[start:end],
            reason=f"note_{rule.reason}",
            facts=facts,
            cancelled=hit.cancelled or (None if given else Cancel.OUTWEIGHED),
        )


@cache
def _reader() -> Reader:
    return Reader(lexicon(), rules(), scorer())


def read(text: str) -> NoteReading:
    """Read one visit note; deterministic, never raises on any text."""
    return _reader().read(text)
