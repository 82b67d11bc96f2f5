"""One visit to its findings: outcome codes, structured fields, rules of the day, and the note."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache, lru_cache
from hashlib import sha256

from supervisor import paths
from supervisor.models.enums import FlagSource
from supervisor.models.rows.notes import NoteFinding, NoteReading
from supervisor.models.rows.packs import Finding, Outcome, RuleHead
from supervisor.models.rules import notes
from supervisor.models.rules.judgement import JudgedFinding, Judgement, ReadNote, VisitToJudge
from supervisor.models.rules.packs.canonical import canonical_json, pack_hash
from supervisor.models.rules.packs.evidence import is_known, plain
from supervisor.models.rules.packs.facts import VisitFacts
from supervisor.models.rules.packs.judging import CompiledPack, judge

_OUTCOME_FIELDS = frozenset({"outcome", "talk_results"})
_DIGEST = 16


@dataclass(frozen=True, slots=True)
class Shelf:
    """The packs that are on, ready to judge, with the digest visits remember."""

    packs: tuple[CompiledPack, ...]
    digest: str


@cache
def reader_version() -> str:
    """Digest of the data the note reader reads by."""
    folder = paths.resources() / "rules" / "notes"
    whole = sha256()
    for file in sorted(one for one in folder.iterdir() if one.is_file()):
        whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()[:_DIGEST]


def shelf_of(packs: Iterable[CompiledPack]) -> Shelf:
    """Packs that are on, and their digest together with the reader's."""
    on = tuple(pack for pack in packs if pack.pack.enabled)
    text = "/".join([*(pack_hash(pack.pack) for pack in on), reader_version()])
    return Shelf(on, sha256(text.encode()).hexdigest()[:_DIGEST])


def judge_visit(visit: VisitToJudge, shelf: Shelf) -> Judgement:
    """All findings of a visit; deterministic, never raises on any visit."""
    return judge_visits((visit,), shelf)[0]


def judge_visits(visits: Sequence[VisitToJudge], shelf: Shelf) -> list[Judgement]:
    """All findings of some visits, each as `judge_visit` has them; notes are read together."""
    readings = notes.read_all(visit.note for visit in visits)
    return [_judged(visit, shelf, read) for visit, read in zip(visits, readings, strict=True)]


def _judged(visit: VisitToJudge, shelf: Shelf, read: NoteReading) -> Judgement:
    found: list[JudgedFinding] = []
    unknown: list[str] = []
    for pack in shelf.packs:
        for finding in judge(visit.facts, pack):
            if finding.outcome is Outcome.BREACH:
                found.append(_of_rule(finding))
            elif finding.outcome is Outcome.UNKNOWN:
                unknown.append(finding.rule_id)
    found.extend(_of_note(one) for one in read.standing)
    return Judgement(
        visit=visit,
        findings=tuple(found),
        unknown=tuple(sorted(unknown)),
        note=_note(visit.note, read),
        snapshot=_snapshot(visit) if found else "",
    )


def _of_rule(finding: Finding) -> JudgedFinding:
    keys = {name for name, _ in finding.evidence}
    if keys and keys <= _OUTCOME_FIELDS:
        source = FlagSource.OUTCOME_CODE
    else:
        source = FlagSource.FIELD if finding.citation.policy else FlagSource.RULE
    return JudgedFinding(
        rule_id=finding.rule_id,
        rule_version=finding.rule_version,
        source=source,
        category=finding.category,
        severity=finding.severity,
        caused_by=finding.caused_by,
        reason=finding.failed[0] if finding.failed else "",
        facts=canonical_json(dict(finding.evidence)),
        span=None,
        citation=_citation(finding.rule),
        confirmed=finding.rule.confirmed,
    )


@lru_cache(maxsize=1024)
def _citation(head: RuleHead) -> str:
    """The source of a rule as findings keep it, with its pack."""
    return canonical_json({"pack": head.pack, **asdict(head.citation)})


def _of_note(finding: NoteFinding) -> JudgedFinding:
    return JudgedFinding(
        rule_id=finding.rule_id,
        rule_version=str(finding.rule_version),
        source=FlagSource.NOTE,
        category=finding.category,
        severity=finding.severity,
        caused_by=finding.caused_by,
        reason=finding.reason,
        facts=canonical_json(dict(finding.facts)),
        span=(finding.start, finding.end),
        citation="",
        confirmed=True,
    )


def _note(text: str, read: NoteReading) -> ReadNote | None:
    """None when the note tells nothing a reader could want to see."""
    if not read.findings and not read.refuse_pay:
        return None
    standing = [one for one in read.findings if one.cancelled is None]
    hidden = notes.deidentify(text) if standing else ""
    return ReadNote(
        labels=read.labels,
        refuse_pay=read.refuse_pay,
        standing=_spans(standing),
        dismissed=_spans([one for one in read.findings if one.cancelled is not None]),
        deidentified=hidden,
        deidentified_spans=spans_in(hidden) if hidden else "[]",
    )


def spans_in(text: str) -> str:
    """What the reader finds in a text, as `note_reading` keeps it."""
    return _spans(list(notes.read(text).findings))


def _spans(found: list[NoteFinding]) -> str:
    return json.dumps(
        [
            {
                "start": one.start,
                "end": one.end,
                "category": one.category,
                "severity": one.severity,
                "rule": one.rule_id,
                "cancelled": one.cancelled,
            }
            for one in found
        ],
        separators=(",", ":"),
    )


_FIELDS = tuple(field.name for field in fields(VisitFacts) if field.name != "history")


def _snapshot(visit: VisitToJudge) -> str:
    """The known facts and the note as they were judged."""
    known = {}
    for name in _FIELDS:
        value = getattr(visit.facts, name)
        if is_known(value):
            known[name] = plain(value)
    return canonical_json({"facts": known, "note": visit.note})
