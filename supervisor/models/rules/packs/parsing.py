"""Text to pack: TOML or JSON, read with every problem listed, and never half taken."""

import json
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from supervisor.models.enums import CausedBy, FlagCategory, Severity
from supervisor.models.rows.packs import Binding, Confidence, Problem, RuleWords, Step, Subject
from supervisor.models.rules.packs.kind import SlotType
from supervisor.models.rules.packs.model import Confirmation, Document, Pack, Rule, Value
from supervisor.models.rules.packs.parsing_checks import (
    Parameters,
    checks_of,
    fits_whole,
    gates_of,
)
from supervisor.models.rules.packs.walking import LONGEST_TEXT, Walk, as_time, short

_PLACE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A pack that was read: the pack, or what is wrong with it."""

    pack: Pack | None
    problems: tuple[Problem, ...]


def parse(text: str) -> Parsed:
    """Read a pack; text that begins with a brace is JSON, all other is TOML."""
    try:
        table = json.loads(text) if text.lstrip("\ufeff \t\r\n").startswith("{") else _toml(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        return Parsed(None, (Problem("", "pack_syntax", {"why": short(error)}),))
    return parse_table(table)


def _toml(text: str) -> dict[str, Any]:
    return tomllib.loads(text.removeprefix("\ufeff"))


def parse_table(table: object) -> Parsed:
    """Read a pack from its tables."""
    problems: list[Problem] = []
    walk = Walk(table, "", problems)
    pack = _pack(walk)
    walk.close()
    return Parsed(None if problems else pack, tuple(problems))


def _pack(walk: Walk) -> Pack:
    head = walk.table_at("pack")
    documents = tuple(_document(inner) for inner in walk.tables("document", 1))
    rules = tuple(_rule(inner) for inner in walk.tables("rule", 1))
    _check_documents(walk, documents, rules)
    _check_versions(walk, rules)
    zone = head.text("timezone", 60)
    if zone and not _is_zone(zone):
        head.wrong("timezone", "pack_zone_unknown", value=short(zone))
    pack = Pack(
        id=head.text("id", 40),
        version=head.whole("version", 1),
        enabled=head.flag("enabled", default=True),
        name_zh=head.text("name_zh", 100),
        name_en=head.text("name_en", 100),
        timezone=zone,
        documents=tuple(sorted(documents, key=lambda one: one.id)),
        rules=tuple(sorted(rules, key=lambda one: (one.id, one.version, one.revision))),
    )
    head.close()
    return pack


def _is_zone(name: str) -> bool:
    try:
        return ZoneInfo(name).key == name
    except (KeyError, ValueError, OSError):
        return False


def _document(walk: Walk) -> Document:
    found = Document(
        id=walk.text("id", 20),
        title_zh=walk.text("title_zh", 200),
        title_en=walk.text("title_en", 200),
        binding=walk.code("binding", Binding),
        in_force_from=walk.day("in_force_from"),
    )
    walk.close()
    return found


def _rule(walk: Walk) -> Rule:
    id_ = walk.text("id", 40)
    walk.path = f"{walk.path}({id_})"
    subjects = walk.codes("subjects", Subject)
    params = Parameters(_params(walk))
    checks = checks_of(walk, subjects, params)
    valid_from = walk.day("valid_from")
    valid_until = walk.day("valid_until") if walk.has("valid_until") else None
    if valid_until is not None and valid_until < valid_from:
        walk.wrong("valid_until", "pack_days_backwards")
    rule = Rule(
        id=id_,
        version=walk.whole("version", 1),
        revision=walk.whole("revision") if walk.has("revision") else 0,
        valid_from=valid_from,
        valid_until=valid_until,
        section=walk.text("section", 10),
        enabled=walk.flag("enabled", default=True),
        subjects=subjects,
        category=walk.code("category", FlagCategory),
        severity=walk.code("severity", Severity),
        blocks=walk.flag("blocks", default=False),
        caused_by=walk.code("caused_by", CausedBy),
        document=walk.text("document", 20),
        clause=walk.text("clause", 200),
        also=tuple((one.text("document", 20), one.text("clause", 200)) for one in _also(walk)),
        confidence=walk.code("confidence", Confidence),
        confirmed=_confirmed(walk),
        follow_up=walk.codes("follow_up", Step),
        params=tuple(sorted(params.values.items())),
        limits=_limits(walk, params),
        when=gates_of(walk, subjects),
        checks=checks,
        raw_zh=_words(walk.table_at("zh"), params),
        raw_en=_words(walk.table_at("en"), params),
    )
    walk.seen("params", "limits")
    walk.close()
    return rule


def _also(walk: Walk) -> list[Walk]:
    found = walk.tables("also")
    for one in found:
        one.seen("document", "clause")
        one.close()
    return found


def _confirmed(walk: Walk) -> Confirmation | None:
    if not walk.has("confirmed"):
        return None
    inner = walk.table_at("confirmed")
    found = Confirmation(inner.text("by", 100), inner.day("on"))
    inner.close()
    return found


def _words(walk: Walk, params: Parameters) -> RuleWords:
    """Words may name parameters of the rule in braces, and nothing else."""
    texts = {
        "name": walk.text("name", 60),
        "question": walk.text("question", 200),
        "why": walk.text("why", LONGEST_TEXT),
    }
    for key, text in texts.items():
        rest = _PLACE.sub("", text)
        unknown = [name for name in _PLACE.findall(text) if name not in params.values]
        if unknown or "{" in rest or "}" in rest:
            walk.wrong(key, "pack_words_place", key=key)
    walk.close()
    return RuleWords(**texts)


def _params(walk: Walk) -> dict[str, Value]:
    if not walk.has("params"):
        return {}
    inner = walk.table_at("params")
    found: dict[str, Value] = {}
    for key, value in inner.table.items():
        if isinstance(value, list):
            found[key] = tuple(sorted({str(one) for one in value}))
        elif isinstance(value, str | int) and not isinstance(value, bool):
            found[key] = value
        else:
            inner.wrong(key, "pack_parameter_bad", key=short(key), value=short(value))
    return found


def _limits(walk: Walk, params: Parameters) -> tuple[tuple[str, tuple[Value, ...]], ...]:
    """What the house may set: lowest and highest of numbers and times, the codes of lists."""
    inner = walk.table_at("limits") if walk.has("limits") else None
    found: list[tuple[str, tuple[Value, ...]]] = []
    for key, value in sorted(params.values.items()):
        kind = params.used.get(key)
        if kind is None:
            walk.wrong(f"params.{key}", "pack_parameter_unused", key=short(key))
        elif inner is not None and inner.has(key):
            limit = tuple(inner.entries(key, 1))
            if not is_limit(kind, key, limit):
                inner.wrong(key, "pack_limit_bad", key=key)
            elif not allows(limit, value):
                inner.wrong(key, "pack_limit_exceeded", key=key, value=short(value))
            found.append((key, limit))
        elif kind in {SlotType.WHOLE, SlotType.TIME}:
            walk.wrong("limits", "pack_limit_missing", key=key)
    if inner is not None:
        inner.seen(*params.used)
        inner.close()
    return tuple(found)


def is_limit(kind: SlotType, key: str, limit: tuple[Value, ...]) -> bool:
    """Whether this can bound a parameter of a type."""
    if kind is SlotType.WHOLE:
        numbers = len(limit) == 2 and all(fits_whole(key, one) for one in limit)
        return numbers and limit[0] <= limit[1]  # type: ignore[operator]
    if kind is SlotType.TIME:
        times = len(limit) == 2 and all(as_time(one) is not None for one in limit)
        return times and limit[0] <= limit[1]  # type: ignore[operator]
    return all(isinstance(one, str) for one in limit)


def allows(limit: tuple[Value, ...], value: Value) -> bool:
    """Whether the house may set a parameter to a value: within bounds, or of the listed codes."""
    if isinstance(value, tuple):
        return set(value) <= set(limit)
    low, high = limit
    if isinstance(value, str):
        return str(low) <= value <= str(high)
    return int(str(low)) <= value <= int(str(high))


def _check_documents(walk: Walk, documents: tuple[Document, ...], rules: tuple[Rule, ...]) -> None:
    known = [document.id for document in documents]
    for id_ in {id_ for id_ in known if known.count(id_) > 1}:
        walk.wrong("document", "pack_document_twice", id=id_)
    for place, rule in enumerate(rules, 1):
        for name in (rule.document, *(document for document, _ in rule.also)):
            if name and name not in known:
                walk.wrong(f"rule[{place}]({rule.id})", "pack_document_unknown", id=short(name))


def _check_versions(walk: Walk, rules: tuple[Rule, ...]) -> None:
    """One version of a rule for each day, each version once."""
    by_id: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        by_id[rule.id].append(rule)
    for id_, versions in by_id.items():
        labels = [rule.label for rule in versions]
        for label in {label for label in labels if labels.count(label) > 1}:
            walk.wrong(f"rule({id_})", "pack_version_twice", id=id_, version=label)
        versions.sort(key=lambda rule: rule.valid_from)
        for earlier, later in pairwise(versions):
            if later.valid_from <= (earlier.valid_until or date.max):
                walk.wrong(f"rule({id_})", "pack_versions_overlap", id=id_, version=later.label)
