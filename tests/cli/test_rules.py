import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from supervisor import paths
from supervisor.models.rows.packs import Outcome
from tests.cli.calls import Caller

VISIT = {
    "id": "V1",
    "start_at": "2026-11-18T21:40:00+08:00",
    "end_at": "2026-11-18T22:10:00+08:00",
    "staff": ["04", "05"],
    "outcome": "MET_DEBTOR",
    "id_shown": "yes",
    "talk_results": [],
}
PLAN = {
    "id": "P1",
    "start_at": "2026-11-24T22:30:00+08:00",
    "end_at": "2026-11-24T23:00:00+08:00",
    "staff": ["04", "05"],
}
REG_F = {
    "kind": "contact",
    "id": "C1",
    "at": "2026-11-18T23:00:00-07:00",
    "timezone": "America/Denver",
    "by_agency": "yes",
    "outgoing": "yes",
}


def _lines(path: Path, *lines: Any) -> str:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return str(path)


def _told(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_that_the_shipped_packs_are_in_order(call: Caller) -> None:
    for file in sorted((paths.resources() / "rules").glob("*.toml")):
        said = call("rules", "check", str(file), "--json")
        assert said.code == 0
        assert (said.json["ok"], said.json["problems"]) == (True, [])
        assert len(said.json["hash"]) == 64
        assert call("rules", "check", str(file)).out.strip() == said.json["hash"]


def test_that_a_wrong_pack_is_exit_code_one_with_every_problem(
    call: Caller, tmp_path: Path
) -> None:
    text = (paths.resources() / "rules" / "us-reg-f.toml").read_text(encoding="utf-8")
    bad = tmp_path / "bad.toml"
    bad.write_text(
        text.replace('latest = "21:00"', 'latest = "9pm"').replace('"REGF"', '"REG"', 1),
        encoding="utf-8",
    )
    said = call("rules", "check", str(bad), "--json")
    assert (said.code, said.json["ok"], said.json["hash"]) == (1, False, None)
    found = {(one["path"], one["code"]) for one in said.json["problems"]}
    assert ("rule[1](REGF-HOURS).check[1].latest", "pack_setting_time_bad") in found
    assert ("rule[1](REGF-HOURS)", "pack_document_unknown") in found
    shown = call("rules", "check", str(bad), lang="zh_CN")
    assert shown.code == 1
    assert "9pm 不是时刻" in shown.out
    assert "个问题" in shown.err
    judged = call("judge", _lines(tmp_path / "v.jsonl", VISIT), "--pack", str(bad))
    assert (judged.code, judged.out) == (2, "")
    assert "supervisor rules check" in judged.err


def test_that_the_list_has_the_rules_of_the_day(call: Caller) -> None:
    (pack,) = call("rules", "list", "--json").json["packs"]
    rules = {rule["id"]: rule for rule in pack["rules"]}
    assert (pack["id"], pack["enabled"], len(rules)) == ("cn", True, len(pack["rules"]))
    assert rules["TIME-WINDOW"]["version"] == "2"
    assert rules["TIME-WINDOW"]["citation"]["clause"] == "第三章"
    assert rules["VISIT-FREQ"]["citation"]["policy"] is True
    assert rules["VISIT-FREQ"]["needs"]["plan"] == ["history.refusals_on", "history.visits_on"]
    assert rules["VISIT-FREQ"]["words"]["zh"]["name"] == "外访频次"
    assert "SMS-CAP" not in rules
    (before,) = call("rules", "list", "--json", "--as-of", "2025-06-01").json["packs"]
    assert {"TIME-WINDOW": "1"}.items() <= {r["id"]: r["version"] for r in before["rules"]}.items()
    everything = call("rules", "list", "--all", "--json").json["packs"]
    assert [one["id"] for one in everything] == ["cn", "us-reg-f"]
    shown = call("rules", "list", lang="zh_CN")
    assert "双人外访" in shown.out
    assert "待确认" in shown.out
    assert "条规则" in shown.err


def test_that_visits_go_in_and_findings_come_out(call: Caller, tmp_path: Path) -> None:
    file = _lines(tmp_path / "v.jsonl", VISIT, "", {**VISIT, "id": "V2", "outcome": "NOT_DONE"})
    said = call("judge", file, "--json")
    assert (said.code, said.err) == (0, "")
    first, second = _told(said.out)
    assert (first["line"], first["id"], first["kind"], first["on"]) == (
        1,
        "V1",
        "visit",
        "2026-11-18",
    )
    (late,) = [one for one in first["findings"] if one["outcome"] == "breach"]
    assert late["rule_id"] == "TIME-WINDOW"
    assert (late["rule_version"], late["failed"]) == ("2", ["hours"])
    assert late["evidence"]["end_at"] == "2026-11-18T22:10:00+08:00"
    assert late["citation"]["document"] == "CBA26"
    assert (late["severity"], late["confirmed"]) == ("major", False)
    assert {one["outcome"] for one in first["findings"]} == {"breach", "unknown"}
    assert (second["line"], second["findings"]) == (3, [])
    whole = _told(call("judge", file, "--json", "--all").out)[0]["findings"]
    assert {one["outcome"] for one in whole} == {outcome.value for outcome in Outcome}
    shown = call("judge", file, lang="zh_CN")
    assert "禁催时段" in shown.out
    assert "已判断 2 条" in shown.err


def test_that_a_line_that_cannot_be_read_is_refused_and_the_rest_is_judged(
    call: Caller, tmp_path: Path
) -> None:
    file = _lines(tmp_path / "v.jsonl", "nonsense", {**VISIT, "recoded": 1}, VISIT)
    said = call("judge", file, "--json")
    first, second, third = _told(said.out)
    assert said.code == 1
    assert first == {
        "line": 1,
        "error": {"code": "fact_not_json", "reason": "The line is not JSON."},
    }
    assert second["error"]["reason"].endswith("Is recorded meant?")
    assert third["id"] == "V1"
    assert "Line 2: recoded is not a known fact" in said.err


def test_that_a_foreign_pack_judges_only_when_it_is_named(call: Caller, tmp_path: Path) -> None:
    file = _lines(tmp_path / "c.jsonl", REG_F)
    packs = {one["pack"] for one in _told(call("judge", file, "--json").out)[0]["findings"]}
    assert packs == {"cn"}
    named = _told(call("judge", file, "--json", "--pack", "us-reg-f").out)[0]["findings"]
    assert {one["pack"] for one in named} == {"us-reg-f"}
    assert [one["rule_id"] for one in named if one["outcome"] == "breach"] == ["REGF-HOURS"]
    both = call("judge", file, "--json", "--pack", "us-reg-f", "--pack", "cn")
    assert {one["pack"] for one in _told(both.out)[0]["findings"]} == {"cn", "us-reg-f"}
    unknown = call("judge", file, "--pack", "mars")
    assert (unknown.code, unknown.out) == (2, "")
    assert "Known packs: cn, us-reg-f" in unknown.err


def test_that_facts_may_come_from_standard_input(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\ufeff" + json.dumps(VISIT)))
    assert _told(call("judge", "-", "--json").out)[0]["id"] == "V1"


@pytest.mark.parametrize("command", [("judge",), ("plan", "check"), ("rules", "check")])
def test_that_a_file_that_cannot_be_used_is_exit_code_two(
    command: tuple[str, ...], call: Caller, tmp_path: Path
) -> None:
    missing = call(*command, "no-such-file")
    assert (missing.code, missing.out) == (2, "")
    assert "There is no file no-such-file" in missing.err
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(b"\xff\xfe\x00\x01")
    assert call(*command, str(binary)).code == 2


def test_that_a_file_without_lines_is_said(call: Caller, tmp_path: Path) -> None:
    said = call("judge", _lines(tmp_path / "v.jsonl", "", " "))
    assert said.code == 2
    assert "holds no lines" in said.err


def test_that_a_plan_is_checked_with_reason_and_possible_start(
    call: Caller, tmp_path: Path
) -> None:
    free = {**PLAN, "id": "P2", "start_at": "2026-11-24T10:00+08:00"}
    file = _lines(tmp_path / "p.jsonl", PLAN, {**free, "end_at": "2026-11-24T10:30+08:00"})
    said = call("plan", "check", file, "--json")
    late, early = _told(said.out)
    assert said.code == 1
    assert (late["blocked"], late["allowed_from"]) == (True, "2026-11-25T08:00:00+08:00")
    assert [one["rule_id"] for one in late["blocks"]] == ["TIME-WINDOW"]
    assert late["blocks"][0]["allowed_from"] == "2026-11-25T08:00:00+08:00"
    assert (early["blocked"], early["blocks"]) == (False, [])
    (device,) = [one for one in early["unknown"] if one["rule_id"] == "REC-READY"]
    assert (device["outcome"], device["missing"]) == ("unknown", ["device_assigned"])
    shown = call("plan", "check", file, lang="zh_CN")
    assert shown.code == 1
    assert "2026-11-25 08:00" in shown.out
    assert "已检查 2 个计划，1 个不可安排" in shown.err
    only = call("plan", "check", _lines(tmp_path / "f.jsonl", {**free, "end_at": None}))
    assert only.code == 0


def test_that_only_plans_are_checked_as_plans(call: Caller, tmp_path: Path) -> None:
    said = call("plan", "check", _lines(tmp_path / "v.jsonl", {**VISIT, "kind": "visit"}), "--json")
    assert said.code == 1
    assert _told(said.out)[0]["error"]["code"] == "fact_kind_not_plan"


def test_that_a_clause_nobody_verified_is_said_in_english(call: Caller, tmp_path: Path) -> None:
    said = call("rules", "list", "--lang", "en", "--database", str(tmp_path / "new.db"))
    assert "(clause number not verified)" in said.out
    assert "条号未核" not in said.out
