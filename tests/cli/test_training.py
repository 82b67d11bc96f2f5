"""`training`, `agreement`, `effects` and `questions` from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calls import Caller
from tests.cli.office import an_office, ask
from tests.cli.test_flags import INSERT, VISIT


@pytest.fixture
def office(call: Caller, tmp_path: Path) -> str:
    """An office with two people and one visit that went wrong, judged."""
    address = an_office(call, tmp_path)
    ask(address, INSERT, "1", json.dumps(VISIT, ensure_ascii=False))
    assert call("work", "--once", "--database", address).code == 0
    return address


def test_that_a_course_is_added_assigned_and_taken(call: Caller, office: str) -> None:
    def training(*arguments: str, code: int = 0) -> Any:
        said = call("training", *arguments, "--json", "--database", office)
        assert said.code == code, said.err
        return said.json

    lead = ("--as", "training_lead")
    training("course", "LEAVE", "--name", "离场话术", "--theme", "conflict", *lead)
    training("course", "LEAVE", "--minutes", "45", *lead)
    (course,) = training("courses")
    assert (course["name"], course["minutes"], course["themes"]) == ("离场话术", 45, ["conflict"])
    flags = call("flag", "list", "--json", "--database", office).json["flags"]
    assigned = training("assign", "LEAVE", "S1", "--flag", flags[0]["flag"], *lead)
    assert assigned["counts"] == {"people": 1}
    again = training("assign", "LEAVE", "S1", "S2", *lead, code=1)
    assert [one["code"] for one in again["refused"]] == ["training_open_already"]
    listed = training("list")
    assert (listed["total"], listed["by_state"]["open"]) == (2, 2)
    first, second = listed["trainings"]
    assert first["flag_no"] == flags[0]["flag"]
    training("done", str(first["training_id"]), *lead)
    training("withdraw", str(second["training_id"]), "--reason", "指派有误", *lead)
    assert training("list")["by_state"] == {"open": 0, "expired": 0, "done": 1}
    shown = call("training", "list", "--database", office)
    assert "离场话术" in shown.out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("assign", "NONE", "S1"), "no such course"),
        (("done", "1"), "not there any more"),
        (("course", "X"), "a code and a name"),
    ],
)
def test_that_what_cannot_be_is_a_sentence(
    call: Caller, office: str, arguments: tuple[str, ...], sentence: str
) -> None:
    said = call("training", *arguments, "--as", "training_lead", "--database", office)
    assert said.code in {2, 3}
    assert sentence in said.err


def test_that_figures_come_with_n_and_are_marked_as_few(call: Caller, office: str) -> None:
    report = call("agreement", "--json", "--database", office).json
    assert [row["scale"] for row in report["rows"]] == ["conduct", "event"]
    assert all(row["n"] == 0 and row["few"] and row["kappa"] is None for row in report["rows"])
    assert "no pair of blind reviews" in call("agreement", "--database", office).out
    effects = call("effects", "--json", "--database", office).json
    assert sum(group["visits"] for group in effects["notice"]["groups"]) == 1
    assert effects["training"] == []
    assert "no rate below n = 20" in call("effects", "--database", office).out


def test_that_odd_visits_are_questions(call: Caller, office: str) -> None:
    odd = {**VISIT, "visit_no": "V2", "started_at": "2026-11-22 10:00",
           "ended_at": "2026-11-22 10:01", "note": ""}  # fmt: skip
    ask(office, INSERT, "2", json.dumps(odd, ensure_ascii=False))
    call("work", "--once", "--database", office)
    page = call("questions", "--json", "--database", office).json
    assert [row["kind"] for row in page["rows"]] == ["short_stay"]
    assert "60 seconds" in call("questions", "--open", "--database", office).out
