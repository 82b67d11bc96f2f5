import json
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervisor import i18n, paths, words
from supervisor.models.rules.packs.canonical import canonical_text, pack_hash, table_of
from supervisor.models.rules.packs.parsing import parse, parse_table
from supervisor.models.rules.packs.shipped import shipped_packs

TOML = """
[pack]
id = "house"
version = 3
name_zh = "内部规则"
name_en = "House rules"
timezone = "Asia/Shanghai"

[[document]]
id = "HOUSE"
title_zh = "内部参数"
title_en = "House parameter"
binding = "P"
in_force_from = 2026-01-01

[[rule]]
id = "STAY"
version = 1
valid_from = 2026-01-01
section = "1B"
subjects = ["visit"]
category = "legal_risk"
severity = "minor"
caused_by = "our_side"
document = "HOUSE"
clause = "停留"
confidence = "P"
follow_up = ["coaching"]
params = { minutes = 30 }
limits = { minutes = [5, 60] }
when = [{ field = "outcome", not_in = ["NO_ONE"] }]
check = [{ kind = "time_apart", start = "start_at", end = "end_at", most_minutes = "$minutes" }]
zh = { name = "停留", question = "停留多久？", why = "内部参数。" }
en = { name = "Stay", question = "How long was the stay?", why = "House parameter." }
"""
PACK = parse(TOML).pack
assert PACK is not None
TABLE: dict[str, Any] = json.loads(canonical_text(PACK))
Change = Callable[[dict[str, Any]], object]


def _rule(**changes: Any) -> Change:
    return lambda table: table["rule"][0].update(changes)


def _check(**changes: Any) -> Change:
    return lambda table: table["rule"][0]["check"][0].update(changes)


def _said(table: object) -> list[tuple[str, str]]:
    return [
        (problem.path, words.sentence(problem.code, problem.facts))
        for problem in parse_table(table).problems
    ]


@pytest.mark.parametrize(
    ("change", "path", "sentence"),
    [
        (lambda t: t["rule"][0].pop("clause"), "rule[1](STAY).clause", "clause is missing."),
        (_rule(colour="red"), "rule[1](STAY).colour", "There is no setting colour here."),
        (
            _rule(severity="dire"),
            "rule[1](STAY).severity",
            "dire is not known here. Known: info, minor, major, critical.",
        ),
        (
            _rule(valid_from="soon"),
            "rule[1](STAY).valid_from",
            "valid_from: soon is not a date. Write it as 2026-11-23.",
        ),
        (
            _rule(valid_until="2025-12-31"),
            "rule[1](STAY).valid_until",
            "The last day lies before the first.",
        ),
        (_rule(version=0), "rule[1](STAY).version", "is not a whole number between 1 and 525600."),
        (_rule(enabled="yes"), "rule[1](STAY).enabled", "enabled: yes is neither true nor false."),
        (_rule(document="LAW"), "rule[1](STAY)", "The pack has no document LAW."),
        (_rule(params={"minutes": 61}), "rule[1](STAY).limits.minutes", "lies outside its limits."),
        (
            _rule(limits={"minutes": [60, 5]}),
            "rule[1](STAY).limits.minutes",
            "The limits of minutes are not a lowest and a highest value.",
        ),
        (_rule(limits={}), "rule[1](STAY).limits", "limits must say between which values minutes"),
        (
            _rule(params={"minutes": 30, "hours": 1}),
            "rule[1](STAY).params.hours",
            "No check uses the parameter hours.",
        ),
        (_rule(params={"minutes": 1.5}), "rule[1](STAY).params.minutes", "cannot be a parameter"),
        (_rule(check=[]), "rule[1](STAY).check", "check must be a list of at least 1."),
        (_rule(en={"name": "Stay"}), "rule[1](STAY).en.question", "question is missing."),
        (
            _rule(en={"name": "Stay", "question": "Over {hours}?", "why": "So."}),
            "rule[1](STAY).en.question",
            "question has braces that name no parameter of the rule.",
        ),
        (_rule(zh=7), "rule[1](STAY).zh", "A table is needed here."),
        (
            _rule(subjects=["visit", "agency"]),
            "rule[1](STAY).check[1].start",
            "There is no fact start_at of a agency.",
        ),
        (
            _check(kind="magic"),
            "rule[1](STAY).check[1].kind",
            "There is no kind of check magic. Known kinds: count_in_window",
        ),
        (
            _check(start="recorded"),
            "rule[1](STAY).check[1].start",
            "The fact recorded is not of a type this check can read.",
        ),
        (
            _check(most_minutes="$hours"),
            "rule[1](STAY).check[1].most_minutes",
            "The rule has no parameter hours.",
        ),
        (
            _check(most_minutes="long"),
            "rule[1](STAY).check[1].most_minutes",
            "most_minutes: long is not a whole number that fits.",
        ),
        (
            lambda t: t["rule"][0]["check"][0].pop("most_minutes"),
            "rule[1](STAY).check[1]",
            "At least one of these is needed: least_minutes, most_minutes.",
        ),
        (
            lambda t: t["rule"][0]["check"].append(t["rule"][0]["check"][0]),
            "rule[1](STAY).check",
            "Two checks are called time_apart. Give each a key of its own.",
        ),
        (
            _check(on=["plan"]),
            "rule[1](STAY).check[1].on",
            "The rule is not made for plan.",
        ),
        (
            _rule(when=[{"field": "outcome", "in": ["GONE"]}]),
            "rule[1](STAY).when[1].in",
            "GONE is not known here.",
        ),
        (
            lambda t: t["rule"].append({**t["rule"][0], "version": 2}),
            "rule(STAY)",
            "Version 2 of STAY begins before the one before it has ended.",
        ),
        (
            lambda t: t["rule"].append({**t["rule"][0], "valid_from": "2030-01-01"}),
            "rule(STAY)",
            "Version 1 of STAY stands here twice.",
        ),
        (
            lambda t: t["document"].append(t["document"][0]),
            "document",
            "The document HOUSE stands here twice.",
        ),
        (lambda t: t.pop("pack"), "pack", "pack is missing."),
        (
            lambda t: t["pack"].update(timezone="Mars/Base"),
            "pack.timezone",
            "There is no time zone Mars/Base.",
        ),
        (lambda t: t.update(rule="none"), "rule", "rule must be a list of at least 1."),
        (lambda t: t["rule"].append(7), "rule[2]", "A table is needed here."),
    ],
)
def test_that_what_is_wrong_is_said_with_its_place(
    change: Change, path: str, sentence: str
) -> None:
    table = deepcopy(TABLE)
    change(table)
    told = _said(table)
    assert any(where == path and sentence in said for where, said in told), told
    i18n.set_language("zh_CN")
    assert all("—" not in said and said for _, said in _said(table))


@pytest.mark.parametrize("text", ["", "[pack", '{"pack": ', "[" * 5000, "a = 1"])
def test_that_text_that_is_no_pack_is_a_sentence(text: str) -> None:
    parsed = parse(text)
    assert parsed.pack is None
    assert parsed.problems
    assert all(words.has_sentence(problem.code) for problem in parsed.problems)


def test_that_canonical_text_reads_as_the_same_pack() -> None:
    for pack in shipped_packs():
        assert parse(canonical_text(pack)).pack == pack
    for file in sorted((paths.resources() / "rules").glob("*.toml")):
        again = parse("\ufeff" + file.read_text(encoding="utf-8"))
        assert again.pack in shipped_packs()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32))
def test_that_no_order_in_a_file_changes_the_hash(seed: int) -> None:
    random = Random(seed)
    for pack in shipped_packs():
        table = json.loads(json.dumps(table_of(pack), default=str))
        mixed = parse_table(_mixed(table, random)).pack
        assert mixed == pack
        assert pack_hash(mixed) == pack_hash(pack)


def _mixed(value: Any, random: Random) -> Any:
    """Tables with their keys, and rules, documents and checks, in another order."""
    if isinstance(value, dict):
        keys = random.sample(sorted(value), len(value))
        found = {key: _mixed(value[key], random) for key in keys}
        for key in {"rule", "document", "check"} & found.keys():
            if isinstance(found[key], list):
                random.shuffle(found[key])
        return found
    return [_mixed(inner, random) for inner in value] if isinstance(value, list) else value


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32),
    st.sampled_from([None, 7, -1, 10**30, 1.5, True, "", "x", "$minutes", [], ["x"], {}, {"a": 1}]),
)
def test_that_no_wrong_value_anywhere_is_more_than_a_problem(seed: int, value: Any) -> None:
    random, table = Random(seed), deepcopy(TABLE)
    place: Any = table
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = random.choice(keys)
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or random.random() < 0.3:
            place[key] = value
            break
        place = inner
    for problem in parse_table(table).problems:
        assert words.has_sentence(problem.code), problem
