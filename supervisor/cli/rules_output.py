"""How judgements are written: JSON lines as they are made, or a table at the end."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import click

from supervisor import words
from supervisor.cli import output
from supervisor.cli.rules_reading import Refused
from supervisor.clock import SHANGHAI
from supervisor.i18n import language, ntr, tr
from supervisor.models.rows.packs import Finding, Outcome, PlanVerdict, RuleHead, RuleWords
from supervisor.models.rules.packs.building import needs
from supervisor.models.rules.packs.citing import citation_of
from supervisor.models.rules.packs.model import Pack, Rule
from supervisor.models.rules.packs.reading import Known
from supervisor.words import formats
from supervisor.words.of_facts import field_word

_SHOWN = frozenset({Outcome.BREACH, Outcome.UNKNOWN})
"""Outcomes written without `--all`."""

_Texts = dict[tuple[str, str, str], RuleWords]


def text_of(rule: Rule) -> RuleWords:
    """The words of a rule in the language in force."""
    return rule.zh if language() == "zh_CN" else rule.en


def _texts(packs: Iterable[Pack]) -> _Texts:
    return {(pack.id, rule.id, rule.label): text_of(rule) for pack in packs for rule in pack.rules}


def _name(texts: _Texts, finding: Finding) -> str:
    return texts[finding.rule.pack, finding.rule.id, finding.rule.version].name


def _question(texts: _Texts, finding: Finding) -> str:
    return texts[finding.rule.pack, finding.rule.id, finding.rule.version].question


def rule_json(pack: Pack, rule: Rule) -> dict[str, Any]:
    """A rule as `rules list --json` tells it."""
    return {
        "id": rule.id,
        "version": rule.label,
        "valid_from": rule.valid_from,
        "valid_until": rule.valid_until,
        "section": rule.section,
        "enabled": rule.enabled,
        "subjects": rule.subjects,
        "category": rule.category,
        "severity": rule.severity,
        "blocks": rule.blocks,
        "caused_by": rule.caused_by,
        "confirmed": rule.confirmed,
        "citation": citation_of(pack, rule),
        "also": [{"document": name, "clause": clause} for name, clause in rule.also],
        "params": dict(rule.params),
        "limits": dict(rule.limits),
        "checks": [{"key": check.key, "kind": check.kind} for check in rule.checks],
        "needs": {subject.value: needs(rule, subject) for subject in rule.subjects},
        "follow_up": rule.follow_up,
        "words": {"zh": rule.zh, "en": rule.en},
    }


def _dump(value: object) -> str:
    return json.dumps(output.plain(value), ensure_ascii=False)


class FindingTexts:
    """Findings as JSON text: a breach in full, all others in short.

    What findings share is written once: the head of a rule, and findings without evidence.
    """

    def __init__(self) -> None:
        self._heads: dict[int, tuple[RuleHead, str]] = {}
        self._shared: dict[int, tuple[Finding, str]] = {}

    def __call__(self, finding: Finding, **more: object) -> str:
        """The object of a finding; `more` is added at its end."""
        if finding.outcome is Outcome.BREACH:
            own = {
                "outcome": finding.outcome,
                "severity": finding.severity,
                "failed": finding.failed,
                "evidence": dict(finding.evidence),
                **more,
            }
            return f"{{{self._head(finding.rule)}, {json.dumps(own, ensure_ascii=False)[1:]}"
        found = self._shared.get(id(finding))
        if found is None:
            found = self._shared[id(finding)] = (finding, _dump(_short(finding)))
        return found[1]

    def _head(self, head: RuleHead) -> str:
        found = self._heads.get(id(head))
        if found is None:
            found = self._heads[id(head)] = (head, _dump(_head(head))[1:-1])
        return found[1]


def _short(finding: Finding) -> dict[str, Any]:
    head = finding.rule
    short = {
        "pack": head.pack,
        "rule_id": head.id,
        "rule_version": head.version,
        "outcome": finding.outcome,
    }
    return {**short, "missing": finding.missing} if finding.missing else short


def _head(head: RuleHead) -> dict[str, Any]:
    return {
        "pack": head.pack,
        "rule_id": head.id,
        "rule_version": head.version,
        "category": head.category,
        "caused_by": head.caused_by,
        "confirmed": head.confirmed,
        "blocks": head.blocks,
        "follow_up": head.follow_up,
        "citation": head.citation,
    }


class Judgements:
    """What `judge` writes."""

    def __init__(self, packs: Sequence[Pack], *, as_json: bool, everything: bool) -> None:
        self._texts, self._as_json = _texts(packs), as_json
        self._shown = frozenset(Outcome) if everything else _SHOWN
        self._dumped, self._lines = FindingTexts(), list[tuple[str, ...]]()
        self._counts, self._judged = Counter[Outcome](), 0

    def add(self, number: int, known: Known, findings: Sequence[Finding]) -> None:
        """Write what the rules say of one line."""
        self._judged += 1
        self._counts.update([one.outcome for one in findings])
        if not self._as_json:
            self._lines += [
                self._row(known, one) for one in findings if one.outcome is Outcome.BREACH
            ]
            return
        told = [self._dumped(one) for one in findings if one.outcome in self._shown]
        sys.stdout.write(f'{_begun(number, known)}, "findings": [{", ".join(told)}]}}\n')

    def _row(self, known: Known, finding: Finding) -> tuple[str, ...]:
        return (
            known.id,
            words.word(finding.severity),
            f"{finding.rule.id} v{finding.rule.version}",
            _name(self._texts, finding),
            _question(self._texts, finding),
        )

    def close(self) -> None:
        """The table and the sum, for people."""
        if self._as_json:
            return
        if self._lines:
            heads = (tr("Record"), tr("Severity"), tr("Rule"), tr("Name"), tr("Question"))
            output.emit_table(heads, self._lines, ())
        output.say(
            ntr(
                "{n} record judged: {breach} to look into, {unknown} not known.",
                "{n} records judged: {breach} to look into, {unknown} not known.",
                self._judged,
                breach=formats.count(self._counts[Outcome.BREACH]),
                unknown=formats.count(self._counts[Outcome.UNKNOWN]),
            )
        )


class PlanChecks:
    """What `plan check` writes. `blocked`: how many plans are."""

    def __init__(self, packs: Sequence[Pack], *, as_json: bool) -> None:
        self._texts, self._as_json = _texts(packs), as_json
        self._dumped, self._lines = FindingTexts(), list[tuple[str, ...]]()
        self.blocked, self._checked = 0, 0

    def add(self, number: int, known: Known, verdict: PlanVerdict) -> None:
        """Write what blocks one plan."""
        self._checked += 1
        self.blocked += verdict.blocked
        if self._as_json:
            sys.stdout.write(f"{_verdict(number, known, verdict, self._dumped)}\n")
            return
        for block in verdict.blocks:
            start = block.allowed_from
            self._lines.append(
                (
                    known.id,
                    f"{block.finding.rule.id} v{block.finding.rule.version}",
                    _name(self._texts, block.finding),
                    tr(", ").join(field_word(name) for name, _ in block.finding.evidence),
                    f"{start.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if start else formats.MISSING,
                )
            )

    def close(self) -> None:
        """The table and the sum, for people."""
        if self._as_json:
            return
        if self._lines:
            heads = (tr("Record"), tr("Rule"), tr("Name"), tr("Facts"), tr("Possible from"))
            output.emit_table(heads, self._lines, ())
        output.say(
            ntr(
                "{n} plan checked, {blocked} blocked.",
                "{n} plans checked, {blocked} blocked.",
                self._checked,
                blocked=formats.count(self.blocked),
            )
        )


def _begun(number: int, known: Known) -> str:
    """The object of a line, still open: what it is, and which line it was."""
    head = {
        "line": number,
        "id": known.id,
        "kind": known.subject,
        "on": known.facts.on.isoformat(),
    }
    return json.dumps(head, ensure_ascii=False)[:-1]


def _verdict(number: int, known: Known, verdict: PlanVerdict, dumped: FindingTexts) -> str:
    blocks = [
        dumped(block.finding, allowed_from=_local(block.allowed_from)) for block in verdict.blocks
    ]
    lists = {
        "blocks": blocks,
        "advice": [dumped(one) for one in verdict.advice],
        "unknown": [dumped(one) for one in verdict.unknown],
    }
    told = ", ".join(f'"{key}": [{", ".join(texts)}]' for key, texts in lists.items())
    own = {"blocked": verdict.blocked, "allowed_from": _local(verdict.allowed_from)}
    return f"{_begun(number, known)}, {json.dumps(own)[1:-1]}, {told}}}"


def _local(moment: Any) -> str | None:
    return None if moment is None else str(moment.astimezone(SHANGHAI).isoformat())


def say_refused(line: Refused, *, as_json: bool) -> None:
    """A line that cannot be read: with its reason on stdout as JSON, for people on stderr."""
    reason = words.sentence_of(line.error)
    if as_json:
        error = {"code": line.error.code, "reason": reason}
        sys.stdout.write(f"{_dump({'line': line.number, 'error': error})}\n")
    click.echo(tr("Line {n}: {why}", n=line.number, why=reason), err=True)
