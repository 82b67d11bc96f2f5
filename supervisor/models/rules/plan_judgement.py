"""One planned visit to what every rule says of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from supervisor.models.rows.packs import Finding, Outcome, Step
from supervisor.models.rows.plan_checks import PlanMark, RuleVerdict
from supervisor.models.rules.packs.facts import PlanFacts
from supervisor.models.rules.packs.judging import CompiledPack
from supervisor.models.rules.packs.model import Rule
from supervisor.models.rules.packs.planning import check_plan

TO_BE_GOT = frozenset({Step.ADD_PERSON, Step.ASSIGN_DEVICE, Step.SEND_NOTICE})
"""Steps that put a plan right before departure: a rule that asks for one first is a gap."""


def rule_verdicts(
    facts: PlanFacts, packs: Iterable[CompiledPack]
) -> tuple[tuple[RuleVerdict, ...], datetime | None]:
    """Every rule that applies, the gravest first, and the earliest start nothing blocks."""
    packs = tuple(packs)
    checked = check_plan(facts, packs)
    free = {
        (block.finding.rule.pack, block.finding.rule_id): block.allowed_from
        for block in checked.blocks
    }
    found = [
        _verdict(rule.rule, finding, free)
        for pack in packs
        for rule in pack.rules(facts)
        if (finding := rule.judge(facts)).outcome is not Outcome.NOT_APPLICABLE
    ]
    order = list(PlanMark)
    found.sort(key=lambda one: order.index(one.mark))
    return tuple(found), checked.allowed_from


def _verdict(
    rule: Rule, finding: Finding, free: Mapping[tuple[str, str], datetime | None]
) -> RuleVerdict:
    head = finding.rule
    return RuleVerdict(
        mark=mark_of(finding),
        pack=head.pack,
        rule_id=head.id,
        rule_version=head.version,
        severity=finding.severity,
        citation=head.citation,
        zh=rule.zh,
        en=rule.en,
        follow_up=head.follow_up,
        failed=finding.failed,
        missing=finding.missing,
        evidence=dict(finding.evidence),
        allowed_from=free.get((head.pack, head.id)),
    )


def mark_of(finding: Finding) -> PlanMark:
    """What a finding means for the plan."""
    if finding.outcome is Outcome.UNKNOWN:
        return PlanMark.UNKNOWN
    if finding.outcome is not Outcome.BREACH:
        return PlanMark.OK
    if not finding.rule.blocks:
        return PlanMark.WARN
    first = finding.rule.follow_up[:1]
    return PlanMark.GAP if first and first[0] in TO_BE_GOT else PlanMark.BLOCKED


def recall_rules(facts: PlanFacts, packs: Iterable[CompiledPack]) -> tuple[str, ...]:
    """Ids of the rules for which a plan must be called back; what can still be got is none."""
    return tuple(
        sorted(
            {
                finding.rule_id
                for pack in packs
                for rule in pack.rules(facts)
                if mark_of(finding := rule.judge(facts)) is PlanMark.BLOCKED
            }
        )
    )
