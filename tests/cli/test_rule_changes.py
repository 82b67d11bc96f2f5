"""`rules change|switch|import|export`: previewed, refused, carried out, taken from files."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calls import Caller
from tests.cli.office import an_office
from tests.models.commands.test_rule_administration import a_house_pack


@pytest.fixture
def office(call: Caller, tmp_path: Path) -> str:
    return an_office(call, tmp_path)


def test_that_a_rule_is_previewed_then_set_and_confirmed(call: Caller, office: str) -> None:
    def change(*arguments: str, role: str) -> Any:
        return call("rules", "change", *arguments, "--reason", "冬季", "--as", role, "--json",
                    "--database", office)  # fmt: skip

    setting = ("TIME-WINDOW", "--set", "latest=20:00")
    found = change(*setting, "--preview", role="admin").json
    assert (found["judges_visits"], found["problems"]) == (True, [])
    made = change(*setting, role="admin").json
    assert (made["act"], made["rule"], len(made["hash"])) == ("rule_changed", "TIME-WINDOW", 64)
    assert change(*setting, role="admin").code == 2
    assert "17:00, 22:00" in change("TIME-WINDOW", "--set", "latest=23:00", role="admin").err
    assert "{" not in change("TIME-WINDOW", "--set", "latest", role="admin").err
    assert change("TIME-WINDOW", "--off", role="compliance").code == 3
    assert change("NO-SUCH", "--set", "a=1", role="admin").code == 2
    assert (
        change("VISIT-FREQ", "--set", "per_day=2", "--from", "2026-12-01", role="admin").code == 0
    )
    assert change("PTP-COMPLETE", "--set", "elements=amount,due_on", role="admin").code == 0
    assert change("TIME-WINDOW", "--confirm", role="compliance").code == 0


def test_that_a_pack_goes_out_is_refused_and_comes_in(
    call: Caller, office: str, tmp_path: Path
) -> None:
    def rules(*arguments: str) -> Any:
        return call("rules", *arguments, "--json", "--database", office)

    def take(path: Path, *arguments: str) -> Any:
        return rules("import", str(path), "--reason", "新版", "--as", "admin", *arguments)

    out = tmp_path / "cn.json"
    written = rules("export", "cn", str(out)).json
    assert (written["rules"], json.loads(out.read_text("utf-8"))["pack"]["id"]) == (78, "cn")
    refused = take(out)
    assert refused.code == 1
    assert [one["code"] for one in refused.json["problems"]] == ["pack_not_newer"]
    house = tmp_path / "house.json"
    house.write_text(json.dumps(a_house_pack()), "utf-8")
    assert take(house, "--preview").json["then"]["found"] == 0
    assert take(house).json["pack"] == "house"
    switched = rules("switch", "house", "on", "--reason", "启用", "--as", "admin")
    assert switched.json["enabled"] == 1
    assert rules("export", "house", str(tmp_path / "no" / "where.json")).code == 2
    assert take(tmp_path / "none.json").code == 2
    plain = call("rules", "import", str(out), "--reason", "新版", "--as", "admin",
                 "--database", office)  # fmt: skip
    assert (plain.code, "pack.version" in plain.out) == (1, True)
