"""What a pack is once it has been read: documents, rules, checks. Frozen, without any logic."""

from dataclasses import dataclass
from datetime import date

from supervisor.models.enums import CausedBy, FlagCategory, Severity
from supervisor.models.rows.packs import Binding, Confidence, RuleWords, Step, Subject

Value = int | str | tuple[str, ...]
"""A parameter: whole number, time of day `HH:MM`, code, or a list of codes or days."""

PARAMETER_SIGN = "$"
"""`"$most"` in a check stands for the parameter `most` of its rule."""


@dataclass(frozen=True, slots=True)
class Gate:
    """When a rule or check applies: a field is (or with `negated` is not) among these codes.

    `on_record`: an exception that counts only where it is recorded; unknown leaves the rule on.
    """

    field: str
    among: tuple[str, ...]
    negated: bool = False
    on_record: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a kind.

    Attributes:
        key: what findings call it when it is not met.
        kind: which of the fixed kinds (`kinds`).
        fields: the fields it reads, by their part in the kind ("start", "end").
        slots: settings of the kind, each a value or the name of a parameter.
        when: it is left out unless all of these hold.
        on: subjects it is made for; empty: all of the rule.
        severity: of a breach of this check; None: that of the rule.
        optional: it is left out where its facts are not known.
        alternatives: for the kind `any_of`, of which one is enough.
    """

    key: str
    kind: str
    fields: tuple[tuple[str, str], ...] = ()
    slots: tuple[tuple[str, Value], ...] = ()
    when: tuple[Gate, ...] = ()
    on: tuple[Subject, ...] = ()
    severity: Severity | None = None
    optional: bool = False
    alternatives: "tuple[Check, ...]" = ()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who confirmed a rule with its source, and when (待确认 without one)."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule. Days of validity are both included.

    Attributes:
        version: of the text, counted by whoever writes the pack.
        revision: of the house, counted from 1 with each change; 0: as shipped.
        limits: for each parameter what the house may set it to: lowest and highest, or the codes.
        also: further documents and clauses that say the same.
        raw_zh, raw_en: the words as written, parameters in braces; `zh` and `en` are filled.
    """

    id: str
    version: int
    revision: int
    valid_from: date
    valid_until: date | None
    section: str
    enabled: bool
    subjects: tuple[Subject, ...]
    category: FlagCategory
    severity: Severity
    blocks: bool
    caused_by: CausedBy
    document: str
    clause: str
    also: tuple[tuple[str, str], ...]
    confidence: Confidence
    confirmed: Confirmation | None
    follow_up: tuple[Step, ...]
    params: tuple[tuple[str, Value], ...]
    limits: tuple[tuple[str, tuple[Value, ...]], ...]
    when: tuple[Gate, ...]
    checks: tuple[Check, ...]
    raw_zh: RuleWords
    raw_en: RuleWords

    @property
    def label(self) -> str:
        """What people call this version: "2", or "2.1" after the house's first change."""
        return f"{self.version}.{self.revision}" if self.revision else str(self.version)

    @property
    def zh(self) -> RuleWords:
        """The Chinese words with the parameters of this version: it asks what the house set."""
        return self._filled(self.raw_zh)

    @property
    def en(self) -> RuleWords:
        """The English words with the parameters of this version."""
        return self._filled(self.raw_en)

    def _filled(self, words: RuleWords) -> RuleWords:
        values = {key: _spoken(value) for key, value in self.params}
        return RuleWords(
            words.name.format_map(values),
            words.question.format_map(values),
            words.why.format_map(values),
        )

    def in_force(self, day: date) -> bool:
        """Whether this version judges what happened on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def _spoken(value: Value) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


@dataclass(frozen=True, slots=True)
class Document:
    """A document rules stand in."""

    id: str
    title_zh: str
    title_en: str
    binding: Binding
    in_force_from: date


@dataclass(frozen=True, slots=True)
class Pack:
    """A set of rules of one country or house. `enabled` False: it judges nothing."""

    id: str
    version: int
    enabled: bool
    name_zh: str
    name_en: str
    timezone: str
    documents: tuple[Document, ...]
    rules: tuple[Rule, ...]

    def in_force(self, day: date) -> tuple[Rule, ...]:
        """The versions that judge what happened on a day, switched off ones included."""
        return tuple(rule for rule in self.rules if rule.in_force(day))
