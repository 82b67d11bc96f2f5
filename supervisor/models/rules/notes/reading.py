"""A note in, its labels with evidence out. The law is docs/note-labels; words are data."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from supervisor.models.enums import CausedBy, FlagCategory, Severity
from supervisor.models.rows.notes import Cancel, NoteFinding, NoteReading
from supervisor.models.rules.notes import wording
from supervisor.models.rules.notes.carrying import carrying_clause
from supervisor.models.rules.notes.lexicon import Lexicon, Tokens, lexicon
from supervisor.models.rules.notes.normal import normalised
from supervisor.models.rules.notes.parties import Party, Sides
from supervisor.models.rules.notes.patterns import Rule, RuleSet, rules
from supervisor.models.rules.notes.scope import Scopes
from supervisor.models.rules.notes.scorer import Numbers, Scorer, scorer

_WORDING = {
    FlagCategory.REFUSAL: "REF-WORDING",
    FlagCategory.CONFLICT: "CON-WORDING",
    FlagCategory.LEGAL_RISK: "LEG-WORDING",
}

_TARGET = {label: number for number, label in enumerate(FlagCategory)}
_TELLING = 2
"""Characters below which a word is quoted with what stands around it."""
READ_AT_ONCE = 256
"""Notes looked up in the model together."""

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

    @staticmethod
    def rules_met(hits: list[Hit]) -> set[str]:
        """What the model knows of a note beside its wording."""
        found: set[str] = set()
        for hit in hits:
            state = "stands" if hit.cancelled is None else hit.cancelled.value
            rule = hit.rule
            category = "refuse_pay" if rule.category is None else rule.category.value
            found.add(f"{rule.id} {state}")
            found.add(f"{rule.id} {state} {hit.party.value}")
            found.add(f"{category} {'stands' if hit.cancelled is None else 'cancelled'}")
        return found

    def read(self, texts: Sequence[str]) -> list[NoteReading]:
        """Labels and findings of some notes, in their order; many at once are read faster."""
        seen = [self.evidence(normalised(text)) for text in texts]
        rows = [wording.row(tokens) for tokens, _ in seen]
        weighed = self._scorer.weighed(
            rows, [len(text) for text in texts], [self.rules_met(hits) for _, hits in seen]
        )
        readings = []
        for note, given in enumerate((weighed.margins > 0).tolist()):
            tokens, hits = seen[note]
            if not hits and not any(given[:-1]):
                readings.append(NoteReading((), given[-1], ()))
                continue
            findings = self._findings(texts[note], tokens, hits, given)
            counted = {finding.category for finding in findings if finding.cancelled is None}
            labels = tuple(label for label, at in _TARGET.items() if given[at])
            for label in labels:
                if label not in counted:  # no rule explains it
                    carried = weighed.along_row(note, rows[note], _TARGET[label])
                    findings.append(_by_wording(texts[note], tokens, label, carried))
            findings.sort(key=_place)
            readings.append(NoteReading(labels, given[-1], tuple(findings)))
        return readings

    def _findings(
        self, text: str, tokens: Tokens, hits: list[Hit], given: list[bool]
    ) -> list[NoteFinding]:
        spans = tokens.spans() if hits else []
        return [
            self._finding(text, tokens.signs, spans, hit, category, given=given[_TARGET[category]])
            for hit in hits
            if (category := hit.rule.category) is not None
        ]

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
        if not self._talked.isdisjoint(after) and self._talks(tokens, hit.key + 1):
            return replace(hit, cancelled=Cancel.OPENED_LATER)
        if self._other_time in after:
            return replace(hit, cancelled=Cancel.POSTPONED)
        return hit

    def _talks(self, tokens: Tokens, begin: int) -> bool:
        """Whether a talk from sign `begin` on is more than an empty box of a form."""
        return any(
            sign in self._talked and not self._scopes.not_ticked_at(tokens, at, at + 1)
            for at, sign in enumerate(tokens.signs[begin:], begin)
        )

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
        if told_to - told_from < _TELLING:  # one character alone tells a supervisor nothing
            told_from, told_to = start, end
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


def _place(finding: NoteFinding) -> tuple[int, str]:
    return finding.start, finding.rule_id


def _by_wording(text: str, tokens: Tokens, label: FlagCategory, carried: Numbers) -> NoteFinding:
    """The clause whose words carried a label that no rule explains."""
    start, end = carrying_clause(tokens, carried)
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


@cache
def _reader() -> Reader:
    return Reader(lexicon(), rules(), scorer())


def read(text: str) -> NoteReading:
    """Read one visit note; deterministic, never raises on any text."""
    return _reader().read((text,))[0]


def read_all(texts: Iterable[str]) -> Iterator[NoteReading]:
    """Read many visit notes in their order; each reads as `read` does, but sooner."""
    reader = _reader()
    pending = iter(texts)
    while some := tuple(islice(pending, READ_AT_ONCE)):
        yield from reader.read(some)
