"""`supervisor work`: arrivals taken in, refused ones listed, tried again, put aside."""

import json
from pathlib import Path

import pytest

from tests.cli.calls import Caller
from tests.cli.office import CASES, a_csv, an_office, ask, take

VISIT = {"visit_no": "V1", "started_at": "2026-11-01 10:00", "outcome": "NO_ONE"}
INSERT = (
    "INSERT INTO inbox (kind, payload, source, key, received_at)"
    " VALUES (?, ?, 'app', ?, '2026-11-23 01:00:00')"
)


@pytest.fixture
def office(call: Caller, tmp_path: Path) -> str:
    """An office with a good arrival sent twice, one for a case to come, and one of nonsense."""
    address = an_office(call, tmp_path)
    for kind, payload, key in (
        ("visits", json.dumps({**VISIT, "case_no": "C1"}), "1"),
        ("visits", json.dumps({**VISIT, "case_no": "C1"}), "1"),
        ("visits", json.dumps({**VISIT, "case_no": "C9", "visit_no": "V2"}), "2"),
        ("gossip", "{}", "3"),
    ):
        ask(address, INSERT, kind, payload, key)
    return address


def test_that_arrivals_are_taken_once_and_told_as_one(call: Caller, office: str) -> None:
    first = call("work", "--once", "--json", "--database", office)
    assert (first.code, first.json["inserted"], first.json["refused"]) == (1, 1, 2)
    assert (first.json["repeated"], first.json["waiting"]) == (1, 0)
    again = call("work", "--once", "--json", "--database", office)
    assert (again.code, again.json["taken"]) == (0, 0)
    assert ask(office, "SELECT visit_no FROM visit") == [("V1",)]


@pytest.mark.parametrize(
    ("lang", "reason"),
    [
        ("en", "case_no: There is no case C9. Import the cases first."),
        ("zh_CN", "case_no：没有案件 C9，请先导入案件。"),
    ],
)
def test_that_refused_arrivals_are_listed_in_words(
    call: Caller, office: str, lang: str, reason: str
) -> None:
    call("work", "--once", "--database", office)
    assert reason in call("work", "--refused", "--database", office, lang=lang).out
    listed = call("work", "--refused", "--json", "--database", office).json
    assert [(one["key"], one["field"], one["code"]) for one in listed] == [
        ("3", "", "arrival_kind_unknown"),
        ("2", "case_no", "row_case_unknown"),
    ]


def test_that_refused_arrivals_are_tried_again_and_put_aside(
    call: Caller, office: str, tmp_path: Path
) -> None:
    call("work", "--once", "--database", office)
    take(
        call, office, "cases", a_csv(tmp_path / "c.csv", CASES, [("C9", "K1", "S1", "2026-10-20")])
    )
    retried = call("work", "--once", "--retry", "--json", "--database", office).json
    assert (retried["inserted"], retried["refused"]) == (1, 1)
    (left,) = call("work", "--refused", "--json", "--database", office).json
    aside = call("work", "--dismiss", str(left["arrival"]), "--json", "--database", office)
    assert (aside.code, aside.json) == (0, {"dismissed": 1})
    assert call("work", "--refused", "--json", "--database", office).json == []
    gone = call("work", "--dismiss", str(left["arrival"]), "--database", office)
    assert (gone.code, gone.out) == (3, "")
    assert "no refused message" in gone.err
