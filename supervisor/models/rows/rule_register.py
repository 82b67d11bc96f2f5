"""Rules as their administration shows them: packs, rules with every version, and trials."""

from dataclasses import dataclass
from datetime import date, datetime

from supervisor.models.changes import Actor
from supervisor.models.enums import CausedBy, FlagCategory, Severity
from supervisor.models.rows.packs import Citation, Plain, Problem, RuleWords, Step, Subject


@dataclass(frozen=True, slots=True)
class RegisterAsk:
    """`as_of`: the business date that says which version is in force."""

    actor: Actor
    as_of: date


@dataclass(frozen=True, slots=True)
class PackLine:
    """A pack.

    Attributes:
        hash: SHA-256 of the pack as the house has it.
        rules: how many rules are in force and on; `off`: in force and switched off.
        taken: read from a file by the house; else we bring it.
        changed_by, changed_at: the last change of the pack or one of its rules.
    """

    pack_id: str
    version: int
    name_zh: str
    name_en: str
    enabled: bool
    hash: str
    rules: int
    off: int
    confirmed: int
    taken: bool
    changed_by: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with what the house may set: (lowest, highest) or the codes; () any."""

    key: str
    value: Plain
    limits: tuple[Plain, ...]


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a rule.

    Attributes:
        by, at, reason, hash: of the change of the house that made it; empty: a version of the text.
        stands: False: another change of the same day took its place.
    """

    label: str
    valid_from: date
    valid_until: date | None
    enabled: bool
    confirmed: bool
    params: tuple[tuple[str, Plain], ...]
    by: str
    at: datetime | None
    reason: str
    hash: str
    stands: bool


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule in the version in force, else the next to come, else the last.

    Attributes:
        severity: as written; `counts_as`: what its findings count as while it is unconfirmed.
        on: the rule and its pack are on and it is in force.
        zh, en: words, parameters filled in.
        also: further documents and clauses that say the same.
        history: every version, the newest first.
    """

    pack_id: str
    rule_id: str
    label: str
    zh: RuleWords
    en: RuleWords
    section: str
    subjects: tuple[Subject, ...]
    category: FlagCategory
    severity: Severity
    counts_as: Severity
    caused_by: CausedBy
    citation: Citation
    also: tuple[tuple[str, str, str], ...]
    blocks: bool
    follow_up: tuple[Step, ...]
    params: tuple[Parameter, ...]
    valid_from: date
    valid_until: date | None
    enabled: bool
    pack_enabled: bool
    in_force: bool
    confirmed_by: str
    confirmed_on: date | None
    changed_by: str
    changed_at: datetime | None
    history: tuple[VersionLine, ...]

    @property
    def key(self) -> tuple[str, str]:
        """Pack and rule."""
        return self.pack_id, self.rule_id

    @property
    def on(self) -> bool:
        """Whether it judges what happens today."""
        return self.enabled and self.pack_enabled and self.in_force


@dataclass(frozen=True, slots=True)
class Register:
    """Every pack and rule, by pack, section and id."""

    as_of: date
    packs: tuple[PackLine, ...]
    rules: tuple[RuleLine, ...]


@dataclass(frozen=True, slots=True)
class PackAsk:
    """A pack to write into a file."""

    actor: Actor
    pack_id: str


@dataclass(frozen=True, slots=True)
class PackText:
    """A pack as the house has it, as the text of a file; `name`: what the file may be called."""

    name: str
    text: str
    hash: str
    rules: int


@dataclass(frozen=True, slots=True)
class TrialCounts:
    """Findings among the visits, how many count as serious, and rules that lacked a fact."""

    found: int = 0
    serious: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Trial:
    """What the change would have done.

    Attributes:
        visits: how many were judged; `complete`: all of these days.
        judges_visits: a rule for plans, calls or the house says nothing of a visit.
        plans: coming plans; `blocked_now`, `blocked_then`: how many the rules concerned block.
        problems: why a pack from a file cannot be taken; nothing was judged then.
        pack: name and version of the pack from a file.
    """

    visits: int
    complete: bool
    judges_visits: bool
    now: TrialCounts
    then: TrialCounts
    plans: int = 0
    blocked_now: int = 0
    blocked_then: int = 0
    problems: tuple[Problem, ...] = ()
    pack: PackLine | None = None
