"""Which rules keep a planned visit from being released, and from when on they would not."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from supervisor.clock import SHANGHAI, business_date
from supervisor.models.rows.packs import Outcome, PlanBlock, PlanVerdict
from supervisor.models.rules.packs.facts import PlanFacts
from supervisor.models.rules.packs.judging import CompiledPack, judge

FURTHEST = timedelta(days=366)
"""No later start is looked for."""
TRIES = 40


def check_plan(facts: PlanFacts, packs: Iterable[CompiledPack]) -> PlanVerdict:
    """What blocks a plan, what advises against it, and what is not known.

    Every start it proposes has been judged again by all rules of that day, so that no proposal
    runs into another rule.
    """
    packs = tuple(packs)
    blocks = _blocks(facts, packs)
    others = [
        finding
        for pack in packs
        for finding in judge(facts, pack)
        if finding.outcome is Outcome.UNKNOWN
        or (finding.outcome is Outcome.BREACH and not finding.rule.blocks)
    ]
    return PlanVerdict(
        blocks=blocks,
        advice=tuple(one for one in others if one.outcome is Outcome.BREACH),
        unknown=tuple(one for one in others if one.outcome is Outcome.UNKNOWN),
        allowed_from=_first_free(facts, packs, blocks),
    )


def _blocks(facts: PlanFacts, packs: tuple[CompiledPack, ...]) -> tuple[PlanBlock, ...]:
    found = []
    for pack in packs:
        for rule in pack.rules(facts):
            finding = rule.judge(facts)
            if finding.outcome is Outcome.BREACH and finding.rule.blocks:
                found.append(PlanBlock(finding, _instant(rule.allowed_from(facts))))
    return tuple(found)


def _instant(moment: date | datetime | None) -> datetime | None:
    """A day begins at midnight; the check of the hours finds the lawful minute in it."""
    if moment is None or isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(), SHANGHAI)


def _first_free(
    facts: PlanFacts, packs: tuple[CompiledPack, ...], blocks: tuple[PlanBlock, ...]
) -> datetime | None:
    if facts.start_at is None:
        return None
    limit, moved = facts.start_at + FURTHEST, facts
    for _ in range(TRIES):
        if not blocks:
            return moved.start_at if moved is not facts else None
        starts = [block.allowed_from for block in blocks if block.allowed_from is not None]
        if len(starts) < len(blocks) or max(starts) > limit:
            return None
        start = max(starts)
        if moved.start_at is not None and start <= moved.start_at:
            return None
        moved = _moved(facts, start)
        blocks = _blocks(moved, packs)
    return None


def _moved(facts: PlanFacts, start: datetime) -> PlanFacts:
    """The same plan at another time."""
    end = None
    if facts.end_at is not None and facts.start_at is not None:
        end = start + (facts.end_at - facts.start_at)
    return replace(facts, on=business_date(start), start_at=start, end_at=end)
