import json
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest

from supervisor import words
from supervisor.errors import BadInputError
from supervisor.models.rows.packs import Outcome
from supervisor.models.rules.packs.canonical import canonical_text, pack_hash
from supervisor.models.rules.packs.changing import (
    RuleChange,
    apply_change,
    overlay,
    overlay_known,
)
from supervisor.models.rules.packs.judging import compile_pack, judge
from supervisor.models.rules.packs.model import Pack
from supervisor.models.rules.packs.parsing import parse
from supervisor.models.rules.packs.shipped import shipped_pack
from supervisor.models.rules.packs.stored import change_hash, change_text, parse_change
from tests.models.rules.packs.cases import facts

CN = shipped_pack("cn")
CHANGE = RuleChange(
    number=1,
    rule_id="VISIT-FREQ",
    valid_from=date(2026, 12, 1),
    by="admin",
    at=datetime(2026, 11, 23, 2, tzinfo=UTC),
    reason="网点会议决定",
    params=(("per_week", 1),),
)


def _versions(pack: Pack, rule_id: str) -> list[tuple[str, date, date | None]]:
    return [
        (rule.label, rule.valid_from, rule.valid_until) for rule in pack.rules if rule.id == rule_id
    ]


def _outcome(pack: Pack, day: date) -> tuple[str, Outcome]:
    table = {"history": {"visits_on": ["{d-3}"], "refusals_on": []}}
    found = judge(facts("visit", table, day).facts, compile_pack(pack))
    return next((f.rule_version, f.outcome) for f in found if f.rule_id == "VISIT-FREQ")


def test_that_a_change_is_a_new_version_from_its_day_on() -> None:
    changed = apply_change(CN, CHANGE)
    assert _versions(changed, "VISIT-FREQ") == [
        ("1", date(2026, 1, 1), date(2026, 11, 30)),
        ("1.1", date(2026, 12, 1), None),
    ]
    assert _outcome(changed, date(2026, 11, 30)) == ("1", Outcome.PASS)
    assert _outcome(changed, date(2026, 12, 1)) == ("1.1", Outcome.BREACH)
    assert pack_hash(changed) != pack_hash(CN)
    assert parse(canonical_text(changed)).pack == changed


def test_that_the_words_of_a_version_say_what_the_house_set() -> None:
    order = replace(CHANGE, rule_id="TIME-WINDOW", params=(("latest", "20:30"),))
    versions = [rule for rule in apply_change(CN, order).rules if rule.id == "TIME-WINDOW"]
    said = {rule.label: rule.zh.question for rule in versions}
    assert said["2"].startswith("是否在 22:00 至次日 08:00 之间？")
    assert said["2.1"].startswith("是否在 20:30 至次日 08:00 之间？")


def test_that_a_rule_switched_off_says_nothing_from_that_day_on() -> None:
    off = replace(CHANGE, params=(), enabled=False)
    ready = compile_pack(apply_change(CN, off))

    def judged(day: date) -> bool:
        found = judge(facts("visit", {}, day).facts, ready)
        return any(one.rule_id == "VISIT-FREQ" for one in found)

    assert (judged(date(2026, 11, 30)), judged(date(2026, 12, 1))) == (True, False)


def test_that_changes_are_applied_by_their_number_whatever_order_they_come_in() -> None:
    second = replace(CHANGE, number=2, valid_from=date(2026, 12, 1), params=(("per_day", 2),))
    third = replace(CHANGE, number=3, valid_from=date(2027, 1, 1), params=(), enabled=False)
    packs = [overlay(CN, order) for order in permutations((CHANGE, second, third))]
    assert all(pack == packs[0] for pack in packs)
    assert _versions(packs[0], "VISIT-FREQ") == [
        ("1", date(2026, 1, 1), date(2026, 11, 30)),
        ("1.2", date(2026, 12, 1), date(2026, 12, 31)),
        ("1.3", date(2027, 1, 1), None),
    ]
    inside = {rule.label: dict(rule.params) for rule in packs[0].rules if rule.id == "VISIT-FREQ"}
    assert inside["1.2"] == {"per_day": 2, "per_week": 1, "cooling_off_days": 7}


def test_that_a_change_a_newer_pack_no_longer_knows_leaves_the_others_standing() -> None:
    gone = replace(CHANGE, number=2, rule_id="NO-SUCH")
    pack, left_out = overlay_known(CN, (gone, CHANGE))
    assert pack == overlay(CN, (CHANGE,))
    assert [(change, error.code) for change, error in left_out] == [(gone, "change_rule_unknown")]


def test_that_a_change_between_two_later_ones_gets_a_number_of_its_own() -> None:
    later = replace(CHANGE, number=1, valid_from=date(2027, 6, 1))
    sooner = replace(CHANGE, number=2, valid_from=date(2026, 12, 1), params=(("per_day", 2),))
    assert _versions(overlay(CN, (later, sooner)), "VISIT-FREQ") == [
        ("1", date(2026, 1, 1), date(2026, 11, 30)),
        ("1.1", date(2027, 6, 1), None),
        ("1.2", date(2026, 12, 1), date(2027, 5, 31)),
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"valid_from": date(2026, 11, 22)}, "change_in_past"),
        ({"reason": " "}, "change_without_reason"),
        ({"rule_id": "NO-SUCH"}, "change_rule_unknown"),
        ({"params": ()}, "change_changes_nothing"),
        ({"params": (("per_week", 2),)}, "change_changes_nothing"),
        ({"params": (("colour", 2),)}, "change_parameter_unknown"),
        ({"params": (("per_week", 8),)}, "change_out_of_bounds"),
        ({"params": (("per_week", "2"),)}, "change_out_of_bounds"),
        ({"params": (("per_week", -1),)}, "change_out_of_bounds"),
        ({"rule_id": "TIME-WINDOW", "params": (("latest", "23:00"),)}, "change_out_of_bounds"),
        ({"rule_id": "TIME-WINDOW", "params": (("latest", "9pm"),)}, "change_out_of_bounds"),
        ({"rule_id": "STAFF-MIN-2", "params": (("people", 1),)}, "change_out_of_bounds"),
        ({"rule_id": "RETAIN-5Y", "params": (("years", 2),)}, "change_out_of_bounds"),
        ({"rule_id": "PTP-COMPLETE", "params": (("elements", ("mood",)),)}, "change_out_of_bounds"),
        (
            {"rule_id": "SENSITIVE-DAY", "params": (("holidays", ("soon",)),)},
            "change_out_of_bounds",
        ),
    ],
)
def test_that_a_change_no_text_allows_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(BadInputError) as raised:
        apply_change(CN, replace(CHANGE, **changes))
    assert raised.value.code == code
    assert "—" not in words.sentence_of(raised.value)


@pytest.mark.parametrize(
    ("rule_id", "key", "value"),
    [
        ("TIME-WINDOW", "latest", "20:00"),
        ("PTP-COMPLETE", "elements", ("amount", "due_on")),
        ("SENSITIVE-DAY", "holidays", ("2027-01-01",)),
        ("RETAIN-5Y", "years", 10),
    ],
)
def test_that_every_type_of_parameter_can_be_changed(rule_id: str, key: str, value: Any) -> None:
    changed = apply_change(CN, replace(CHANGE, rule_id=rule_id, params=((key, value),)))
    rule = next(rule for rule in changed.rules if rule.id == rule_id and rule.revision)
    assert dict(rule.params)[key] == value
    assert parse(canonical_text(changed)).problems == ()


def test_that_a_rule_not_yet_in_force_cannot_be_changed() -> None:
    future = replace(
        CN,
        rules=tuple(
            replace(rule, valid_from=date(2028, 1, 1)) if rule.id == "POLICE" else rule
            for rule in CN.rules
        ),
    )
    with pytest.raises(BadInputError) as raised:
        apply_change(future, replace(CHANGE, rule_id="POLICE", params=(), enabled=False))
    assert raised.value.code == "change_rule_not_in_force"


def test_that_a_confirmation_names_who_and_can_be_taken_back() -> None:
    given = replace(CHANGE, rule_id="NO-DETAIN", params=(), confirmed=True, by="孙某")
    pack = apply_change(CN, given)
    rule = next(rule for rule in pack.rules if rule.id == "NO-DETAIN" and rule.revision)
    assert rule.confirmed is not None
    assert (rule.confirmed.by, rule.confirmed.on) == ("孙某", date(2026, 11, 23))
    taken = apply_change(pack, replace(given, number=2, confirmed=False))
    last = max((r for r in taken.rules if r.id == "NO-DETAIN"), key=lambda r: r.revision)
    assert (last.revision, last.confirmed) == (2, None)


def test_that_a_stored_change_has_one_text_and_hash() -> None:
    assert change_text(CHANGE) == (
        '{"at":"2026-11-23T02:00:00+00:00","by":"admin","confirmed":null,"enabled":null,'
        '"number":1,"params":{"per_week":1},"reason":"网点会议决定","rule_id":"VISIT-FREQ",'
        '"valid_from":"2026-12-01"}'
    )
    assert len(change_hash(CHANGE)) == 64
    assert change_hash(replace(CHANGE, reason="别的")) != change_hash(CHANGE)


def test_that_a_stored_change_reads_as_the_same_change() -> None:
    listed = replace(CHANGE, params=(("elements", ("amount", "due_on")),), enabled=False)
    for change in (CHANGE, listed, replace(CHANGE, confirmed=True)):
        assert parse_change(change_text(change)) == change


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"at": "noon"}, "at"),
        ({"valid_from": "2026-13-01"}, "valid_from"),
        ({"number": "1"}, "number"),
        ({"enabled": 1}, "enabled"),
        ({"params": [1]}, "params"),
        ({"params": {"per_week": 1.5}}, "per_week"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_that_a_change_that_cannot_be_read_names_the_place(
    changes: dict[str, Any], key: str
) -> None:
    table = json.loads(change_text(CHANGE)) | changes
    with pytest.raises(BadInputError) as raised:
        parse_change(json.dumps(table))
    assert (raised.value.code, raised.value.facts["key"]) == ("change_unreadable", key)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"number": 1}'])
def test_that_text_that_is_no_change_is_refused(text: str) -> None:
    with pytest.raises(BadInputError):
        parse_change(text)
