"""Flags a visit should have, beside those it has."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.enums import CausedBy, FlagCategory
from supervisor.models.rules.incidents import severity_rank
from supervisor.models.rules.judgement import JudgedFinding, Judgement
from supervisor.models.tables import Finding, Flag

BLOCK = 1_000
"""Ids named in one statement."""
_CAUSES = (CausedBy.UNKNOWN, CausedBy.THIRD_PARTY, CausedBy.CUSTOMER, CausedBy.OUR_SIDE)


@dataclass(frozen=True)
class Wanted:
    """The findings of one category on one visit, and what the flag is by them."""

    judgement: Judgement
    category: FlagCategory
    findings: tuple[JudgedFinding, ...]

    @cached_property
    def lead(self) -> JudgedFinding:
        """The worst finding; among equals our side first, then by rule and place."""
        return min(
            self.findings,
            key=lambda one: (
                -severity_rank(one.severity),
                -_CAUSES.index(one.caused_by),
                one.rule_id,
                one.span or (0, 0),
            ),
        )

    @cached_property
    def shape(self) -> dict[str, Any]:
        """The columns of the flag that follow from its findings."""
        lead = self.lead
        words = (self.judgement.visit.note[one.span[0] : one.span[1]]
                 for one in self.findings if one.span)  # fmt: skip
        return {
            "severity": lead.severity.value,
            "caused_by": lead.caused_by.value,
            "source": lead.source.value,
            "lead_rule": lead.rule_id,
            "lead_reason": lead.reason,
            "evidence": "、".join(dict.fromkeys(words)),
            "snapshot": self.judgement.snapshot,
        }


def wanted_flags(judgement: Judgement) -> tuple[Wanted, ...]:
    """The flags a visit should have: one for each category with a finding."""
    by_category: dict[FlagCategory, dict[str, JudgedFinding]] = defaultdict(dict)
    for finding in judgement.findings:
        by_category[finding.category][finding.fingerprint] = finding
    return tuple(
        Wanted(judgement, category, tuple(found.values()))
        for category, found in sorted(by_category.items())
    )


def by_branch(judgements: Iterable[Judgement]) -> Mapping[int, list[Judgement]]:
    """Judgements by the branch of their visit, in the order of branches."""
    found: dict[int, list[Judgement]] = defaultdict(list)
    for one in judgements:
        found[one.visit.branch_id].append(one)
    return dict(sorted(found.items()))


@dataclass(slots=True)
class Existing:
    """A flag as it stands, with the fingerprints of its standing findings by finding id."""

    row: Any
    standing: dict[str, int] = field(default_factory=dict)
    superseded: dict[str, int] = field(default_factory=dict)

    @property
    def untouched(self) -> bool:
        """Nobody worked on it yet."""
        row = self.row
        return bool(row.looked_at is None and not row.owner and not row.reopened)


Key = tuple[int, int, str]


def flags_on(session: Session, judgements: Iterable[Judgement]) -> dict[Key, Existing]:
    """Flags on these visits, by branch, visit and category."""
    found: dict[Key, Existing] = {}
    for branch_id, part in by_branch(judgements).items():
        pairs = sorted({(one.visit.case_id, one.visit.visit_id) for one in part})
        for start in range(0, len(pairs), BLOCK):
            found |= _flags_of(session, branch_id, pairs[start : start + BLOCK])
    return found


def _flags_of(session: Session, branch_id: int, pairs: Sequence[Any]) -> dict[Key, Existing]:
    visits = {visit_id for _, visit_id in pairs}
    stmt = select(Flag.__table__).where(
        Flag.branch_id == branch_id,
        Flag.case_id.in_({case_id for case_id, _ in pairs}),
        Flag.visit_id.is_not(None),
        Flag.subject.is_not(None),
    )
    by_id = {row.id: Existing(row) for row in session.execute(stmt) if row.visit_id in visits}
    if by_id:
        findings = select(
            Finding.id, Finding.flag_id, Finding.fingerprint, Finding.superseded_at
        ).where(Finding.branch_id == branch_id, Finding.flag_id.in_(by_id))
        for row in session.execute(findings):
            flag = by_id[row.flag_id]
            kept = flag.standing if row.superseded_at is None else flag.superseded
            kept[row.fingerprint] = row.id
    return {(branch_id, flag.row.visit_id, flag.row.category): flag for flag in by_id.values()}
