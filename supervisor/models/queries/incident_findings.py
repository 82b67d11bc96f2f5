"""The findings of a flag as cards, and their words in the note, with the same numbers."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from supervisor.models.enums import CausedBy, FlagCategory, FlagSource, Severity
from supervisor.models.ids import BranchId
from supervisor.models.queries.rule_precision import a_precision, rule_precision
from supervisor.models.rows.incident_detail import RuleCard, SpanRow
from supervisor.models.rows.incidents import PrecisionFilter, RulePrecision
from supervisor.models.rows.notes import Cancel
from supervisor.models.rows.packs import Binding, Citation, Confidence, Outcome
from supervisor.models.rules.incidents import severity_rank
from supervisor.models.tables import Finding, UnknownRules, Visit

Cards = tuple[RuleCard, ...]


def cards_of(
    session: Session, flag: Any, allowed: tuple[BranchId, ...] | None = None
) -> tuple[Cards, Cards]:
    """Standing findings, worst first, and the others: superseded ones, then unknown rules.

    `allowed`: branches whose flags count for how a rule did before, those the person may open.
    """
    rows = session.execute(
        select(Finding.__table__)
        .where(Finding.branch_id == flag.branch_id, Finding.flag_id == flag.id)
        .order_by(Finding.id)
    ).all()
    unknown = _unknown(session, flag)
    rules = {row.rule_id for row in rows} | set(unknown)
    precisions = _precisions(session, rules, allowed)
    standing = [row for row in rows if row.superseded_at is None]
    numbers = _numbers(standing)
    cards = [_card(row, numbers[row.id], precisions) for row in standing]
    cards.sort(key=lambda card: (-severity_rank(card.severity), card.number))
    others = [_card(row, 0, precisions) for row in rows if row.superseded_at is not None]
    others += [_unknown_card(rule, flag, precisions) for rule in unknown]
    return tuple(cards), tuple(others)


def _numbers(rows: list[Any]) -> dict[int, int]:
    """Those of the note in the order of its words, then the others."""
    ordered = sorted(
        rows,
        key=lambda row: (row.span_start is None, row.span_start or 0, row.span_end or 0, row.id),
    )
    return {row.id: number for number, row in enumerate(ordered, 1)}


def _precisions(
    session: Session, rules: set[str], allowed: tuple[BranchId, ...] | None
) -> Mapping[str, RulePrecision]:
    if not rules:
        return {}
    asked = PrecisionFilter(rules=frozenset(rules), allowed=allowed)
    found = rule_precision(session, asked)
    return {one.rule_id: one for one in found}


def _card(row: Any, number: int, precisions: Mapping[str, RulePrecision]) -> RuleCard:
    facts: Mapping[str, Any] = json.loads(row.facts)
    return RuleCard(
        number=number,
        rule_id=row.rule_id,
        rule_version=row.rule_version,
        source=FlagSource(row.source),
        outcome=Outcome(row.outcome),
        category=FlagCategory(row.category),
        severity=Severity(row.severity),
        caused_by=CausedBy(row.caused_by),
        reason=row.reason,
        facts={key: _text(value) for key, value in facts.items()},
        missing=(),
        citation=_citation(row.citation),
        confirmed=row.confirmed,
        superseded=row.superseded_at is not None,
        precision=precisions.get(row.rule_id) or a_precision(row.rule_id, 0, 0, 0),
    )


def _text(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _citation(text: str) -> Citation | None:
    if not text:
        return None
    raw = json.loads(text)
    return Citation(
        document=raw["document"],
        title_zh=raw["title_zh"],
        title_en=raw["title_en"],
        clause=raw["clause"],
        binding=Binding(raw["binding"]),
        confidence=Confidence(raw["confidence"]),
        in_force_from=date.fromisoformat(raw["in_force_from"]),
        policy=raw["policy"],
    )


def _unknown(session: Session, flag: Any) -> list[str]:
    """Rules that could not be judged at this visit for want of a fact."""
    if flag.visit_id is None:
        return []
    rules = session.scalar(
        select(UnknownRules.rules)
        .join(Visit, Visit.unknown_key == UnknownRules.key)
        .where(Visit.branch_id == flag.branch_id, Visit.id == flag.visit_id)
    )
    return rules.split(",") if rules else []


def _unknown_card(rule: str, flag: Any, precisions: Mapping[str, RulePrecision]) -> RuleCard:
    return RuleCard(
        number=0,
        rule_id=rule,
        rule_version="",
        source=FlagSource.RULE,
        outcome=Outcome.UNKNOWN,
        category=FlagCategory(flag.category),
        severity=Severity.INFO,
        caused_by=CausedBy.UNKNOWN,
        reason="",
        facts={},
        missing=(),
        citation=None,
        confirmed=True,
        superseded=False,
        precision=precisions.get(rule) or a_precision(rule, 0, 0, 0),
    )


def spans_of(reading: Any, cards: Cards, *, deidentified: bool) -> tuple[SpanRow, ...]:
    """Words of the note, in its order; those read as none come with the reason.

    Only wording of the flag's own category is numbered; the rest of the note is context.
    """
    if reading is None:
        return ()
    numbers: dict[str, int] = {}
    for card in sorted(cards, key=lambda one: one.number):
        numbers.setdefault(card.rule_id, card.number)
    if deidentified:
        raw = json.loads(reading.deidentified_spans)
    else:
        raw = [*json.loads(reading.standing), *json.loads(reading.dismissed)]
    spans = [_span(one, numbers) for one in raw]
    return tuple(sorted(spans, key=lambda one: (one.start, one.end, one.number or 0)))


def _span(raw: Mapping[str, Any], numbers: Mapping[str, int]) -> SpanRow:
    cancelled = Cancel(raw["cancelled"]) if raw["cancelled"] else None
    return SpanRow(
        start=raw["start"],
        end=raw["end"],
        number=numbers.get(raw["rule"]) if cancelled is None else None,
        severity=Severity(raw["severity"]),
        category=FlagCategory(raw["category"]),
        cancelled=cancelled,
    )
