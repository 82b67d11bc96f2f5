"""`plan check` on the database, and the recall list after something arrives."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calls import Caller
from tests.cli.office import a_csv, an_office, ask, take

INSERT = (
    "INSERT INTO inbox (source, kind, key, payload, received_at) "
    "VALUES ('office', ?, ?, ?, '2026-11-23 02:38:00')"
)
PLANS = ("Case number", "Plan number", "Window from", "Window until", "Agent", "Second person",
         "Device", "Notice sent")  # fmt: skip
A_PLAN = ("C1", "P1", "2026-11-24 10:00", "2026-11-24 11:00", "S1", "S2", "R1", "2026-11-22 10:00")


@pytest.fixture
def office(call: Caller, tmp_path: Path) -> str:
    """An office with one plan for tomorrow, made a while ago."""
    address = an_office(call, tmp_path)
    from supervisor.intake.fields import FIELDS, heading_of
    from supervisor.models.enums import Kind

    fields = {field.key: heading_of(field, "en") for field in FIELDS[Kind.PLANS]}
    keys = ("case_no", "plan_no", "window_from", "window_until", "agent", "second_agent",
            "device", "notice_sent_at")  # fmt: skip
    file = a_csv(tmp_path / "plans.csv", [fields[key] for key in keys], [A_PLAN])
    said = take(call, address, "plans", file)
    assert (said.code, said.json["inserted"]) == (0, 1), said
    ask(address, "UPDATE visit_plan SET recorded_at = '2026-11-20 02:00:00'")
    return address


def arrive(address: str, kind: str, key: str, **payload: Any) -> None:
    """Another system leaves a message."""
    ask(address, INSERT, kind, key, json.dumps(payload, ensure_ascii=False))


def reasons(call: Caller, address: str) -> dict[str, tuple[str, str | None]]:
    """Reason and recall cause of the first lines of the queue."""
    rows = call("queue", "--json", "--database", address).json["rows"]
    return {row["case_no"]: (row["reason"], row["recall_cause"]) for row in rows}


def test_that_a_plan_is_checked_by_number_day_and_branch(call: Caller, office: str) -> None:
    for chosen in (("--number", "P1"), ("--day", "2026-11-24"), ("--as-of", "2026-11-24"),
                   ("--day", "2026-11-24", "--branch", "B1")):  # fmt: skip
        said = call("plan", "check", *chosen, "--json", "--database", office)
        assert (said.code, said.json["plan"], said.json["blocked"]) == (0, "P1", False), said
    rules = {rule["rule_id"]: rule for rule in said.json["rules"]}
    assert rules["VISIT-FREQ"]["mark"] == "ok"
    assert rules["STAFF-TRAINING"]["mark"] == "unknown"
    assert rules["STAFF-TRAINING"]["missing"]
    assert rules["TIME-WINDOW"]["citation"]["clause"] == "第三章"
    assert rules["TIME-WINDOW"]["words"]["zh"]["name"] == "禁催时段"
    assert call("plan", "check", "--database", office).code == 0
    assert call("plan", "check", "--number", "PX", "--database", office).code == 2


def test_that_a_blocked_plan_is_told_with_rule_and_clause(call: Caller, office: str) -> None:
    arrive(office, "complaints", "1", case_no="C1", complaint_no="T1",
           channel="company", received_at="2026-11-23 10:00")  # fmt: skip
    assert call("work", "--once", "--database", office).code == 0
    said = call("plan", "check", "--number", "P1", "--database", office)
    assert said.code == 1
    assert "HOLD-ACTIVE v1" in said.out
    assert "停催标识" in said.out


@pytest.mark.parametrize(
    ("kind", "payload", "cause"),
    [
        ("payments", {"contract_no": "K1", "payment_no": "Z1", "value_on": "2026-11-23",
                      "amount": "1000"}, "paid"),
        ("complaints", {"case_no": "C1", "complaint_no": "T1", "channel": "company",
                        "received_at": "2026-11-23 10:00"}, "complaint"),
        ("cases", {"case_no": "C1", "contract_nos": "K1", "placed_on": "2026-10-20",
                   "do_not_contact_at": "2026-11-23 10:00"}, "do_not_contact"),
        ("visits", {"case_no": "C1", "visit_no": "V1", "agent": "S1", "outcome": "DOOR_REFUSED",
                    "started_at": "2026-11-23 09:00"}, "rule"),
    ],
)  # fmt: skip
def test_that_what_arrives_puts_the_plan_on_the_recall_list(
    call: Caller, office: str, kind: str, payload: dict[str, Any], cause: str
) -> None:
    call("work", "--once", "--database", office)
    assert reasons(call, office)["C1"][1] is None
    arrive(office, kind, "9", **payload)
    worked = call("work", "--once", "--json", "--database", office)
    assert worked.code == 0, worked
    assert worked.json["plans_checked"] >= 1
    row = reasons(call, office)["C1"]
    assert row == ("recall", cause)
    view = call("queue", "--filter", "reason=recall", "--json", "--database", office)
    assert [one["case_no"] for one in view.json["rows"]] == ["C1"]
