"""A pack as the one text that means it, and its hash: the order of rules and keys never counts."""

import json
from collections.abc import Mapping
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import Any

from supervisor.models.rows.packs import RuleWords
from supervisor.models.rules.packs.model import Check, Document, Gate, Pack, Rule


def canonical_text(pack: Pack) -> str:
    """The pack as JSON with sorted keys and rules; reading it gives the same pack."""
    return canonical_json(table_of(pack))


def pack_hash(pack: Pack) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return sha256(canonical_text(pack).encode()).hexdigest()


def canonical_json(value: object) -> str:
    """JSON with sorted keys and no spaces; days as ISO text, vocabularies as their codes."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(type(value).__name__)


def table_of(pack: Pack) -> Mapping[str, Any]:
    """The tables a pack is written with."""
    return {
        "pack": {
            "id": pack.id,
            "version": pack.version,
            "enabled": pack.enabled,
            "name_zh": pack.name_zh,
            "name_en": pack.name_en,
            "timezone": pack.timezone,
        },
        "document": [_document(one) for one in pack.documents],
        "rule": [_rule(one) for one in pack.rules],
    }


def _document(document: Document) -> Mapping[str, Any]:
    return {
        "id": document.id,
        "title_zh": document.title_zh,
        "title_en": document.title_en,
        "binding": document.binding,
        "in_force_from": document.in_force_from,
    }


def _rule(rule: Rule) -> Mapping[str, Any]:
    table: dict[str, Any] = {
        "id": rule.id,
        "version": rule.version,
        "revision": rule.revision,
        "valid_from": rule.valid_from,
        "section": rule.section,
        "enabled": rule.enabled,
        "subjects": rule.subjects,
        "category": rule.category,
        "severity": rule.severity,
        "blocks": rule.blocks,
        "caused_by": rule.caused_by,
        "document": rule.document,
        "clause": rule.clause,
        "also": [{"document": name, "clause": clause} for name, clause in rule.also],
        "confidence": rule.confidence,
        "follow_up": rule.follow_up,
        "params": dict(rule.params),
        "limits": dict(rule.limits),
        "when": [_gate(one) for one in rule.when],
        "check": [_check(one) for one in rule.checks],
        "zh": _words(rule.raw_zh),
        "en": _words(rule.raw_en),
    }
    if rule.valid_until is not None:
        table["valid_until"] = rule.valid_until
    if rule.confirmed is not None:
        table["confirmed"] = {"by": rule.confirmed.by, "on": rule.confirmed.on}
    return table


def _words(words: RuleWords) -> Mapping[str, str]:
    return {"name": words.name, "question": words.question, "why": words.why}


def _gate(gate: Gate) -> Mapping[str, Any]:
    table: dict[str, Any] = {"field": gate.field, "not_in" if gate.negated else "in": gate.among}
    return {**table, "on_record": True} if gate.on_record else table


def _check(check: Check) -> Mapping[str, Any]:
    table: dict[str, Any] = {"key": check.key, "kind": check.kind, "optional": check.optional}
    table.update(check.fields)
    table.update(check.slots)
    if check.when:
        table["when"] = [_gate(one) for one in check.when]
    if check.on:
        table["on"] = check.on
    if check.severity is not None:
        table["severity"] = check.severity
    if check.alternatives:
        table["any"] = [_check(one) for one in check.alternatives]
    return table
