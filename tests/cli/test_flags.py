"""`flag`: listed, shown, moved and reviewed from the command line; `work` judges what arrived."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calls import Caller
from tests.cli.office import VISITS, a_csv, an_office, ask, take

INSERT = (
    "INSERT INTO inbox (source, kind, key, payload, received_at) "
    "VALUES ('field', 'visits', ?, ?, '2026-11-23 02:00:00')"
)
NOTE = "客户隔门说不要再来了,随后继续敲门二十分钟。"
VISIT = {
    "case_no": "C1",
    "visit_no": "V1",
    "agent": "S1",
    "second_agent": "S2",
    "started_at": "2026-11-23 09:30",
    "outcome": "MET_DEBTOR",
    "note": NOTE,
}


@pytest.fixture
def office(call: Caller, tmp_path: Path) -> str:
    """An office where one visit went wrong this morning; it waits in the inbox."""
    address = an_office(call, tmp_path)
    ask(address, INSERT, "1", json.dumps(VISIT, ensure_ascii=False))
    return address


def test_that_an_arrival_is_judged_and_its_flag_goes_all_the_way(call: Caller, office: str) -> None:
    def flag(*arguments: str, role: str = "supervisor") -> Any:
        said = call("flag", *arguments, "--as", role, "--json", "--database", office)
        assert said.code == 0, said.err
        return said.json

    worked = call("work", "--once", "--json", "--database", office).json
    assert (worked["judged"], worked["flags_raised"] > 0) == (1, True)
    listed = flag("list", "--severity", "critical")
    (row,) = listed["flags"]
    assert (row["state"], row["held"], row["case_no"]) == ("new", True, "C1")
    number = row["flag"]
    shown = flag("show", number)
    spans = [one for one in shown["spans"] if one["number"]]
    assert all(0 <= one["start"] < one["end"] <= len(NOTE) for one in spans)
    assert spans
    first = call("queue", "--json", "--database", office).json
    assert "critical_flag" in json.dumps(first)
    assert flag("move", number, "look")["state"] == "in_follow_up"
    assert flag("move", number, "send_to_review")["state"] == "awaiting_review"
    judged = flag("review", number, "upheld", "--reason", "听录音")
    assert judged["state"] == "awaiting_review"
    both = flag("review", number, "upheld", "--reason", "核实", role="compliance")
    assert (both["state"], both["verdict"], both["held"]) == ("closed", "upheld", True)
    assert flag("move", number, "lift_hold", role="compliance")["held"] is False
    assert call("audit", "verify", "--database", office).code == 0


def test_that_a_refused_move_is_a_sentence_and_leaves_the_flag(call: Caller, office: str) -> None:
    call("work", "--once", "--database", office)
    (row, *_) = call("flag", "list", "--json", "--database", office).json["flags"]
    early = call("flag", "move", row["flag"], "send_to_review", "--database", office)
    assert (early.code, early.out) == (3, "")
    assert "another state" in early.err
    foreign = call("flag", "move", row["flag"], "lift_hold", "--database", office)
    assert foreign.code == 3
    assert "another role" in foreign.err
    unknown = call("flag", "show", "F-999999", "--database", office)
    assert (unknown.code, "not there any more" in unknown.err) == (3, True)
    nonsense = call("flag", "show", "abc", "--database", office)
    assert (nonsense.code, "F-20461" in nonsense.err) == (2, True)
    (again, *_) = call("flag", "list", "--json", "--database", office).json["flags"]
    assert again == row


def test_that_visits_are_read_again_after_a_preview(call: Caller, office: str) -> None:
    call("work", "--once", "--database", office)
    preview = call(
        "flag", "again", "--preview", "--as", "compliance", "--json", "--database", office
    ).json
    assert (preview["visits"], preview["changed"], preview["withdrawn"]) == (1, 0, 0)
    assert preview["kept"] > 0
    again = call("flag", "again", "--as", "compliance", "--json", "--database", office).json
    assert again == {"visits": 1}
    judged = call("flag", "judge", "--json", "--database", office).json
    assert (judged["visits"], judged.get("raised", 0)) == (1, 0)
    assert call("flag", "again", "--json", "--database", office).code == 3


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_that_flags_are_lines_for_people(call: Caller, office: str, lang: str) -> None:
    call("work", "--once", "--database", office)
    shown = call("flag", "list", "--database", office, lang=lang)
    assert shown.code == 0
    assert "F-" in shown.out
    number = next(word for word in shown.out.split() if word.startswith("F-"))
    detail = call("flag", "show", number, "--database", office, lang=lang)
    assert (detail.code, NOTE in detail.out) == (0, True)


def test_that_an_undone_import_takes_the_flags_nobody_worked_on_along(
    call: Caller, tmp_path: Path
) -> None:
    office = an_office(call, tmp_path)
    line = ("C1", "V7", "S1", "2026-11-22 10:00", "MET_DEBTOR", NOTE)

    def imported() -> str:
        said = take(call, office, "visits", a_csv(tmp_path / "v.csv", VISITS, [line]))
        assert call("flag", "judge", "--database", office).code == 0
        return str(said.json["batch"])

    def undone(batch: str) -> int:
        return call("import", "--undo", batch, "--yes", "--database", office).code

    batch = imported()
    assert ask(office, "SELECT count(*) FROM hold") == [(1,)]
    assert undone(batch) == 0
    for table in ("flag", "finding", "flag_event", "follow_up", "hold", "note_reading", "visit"):
        assert ask(office, f"SELECT count(*) FROM {table}") == [(0,)], table
    batch = imported()
    (row, *_) = call("flag", "list", "--json", "--database", office).json["flags"]
    assert call("flag", "move", row["flag"], "look", "--database", office).code == 0
    assert undone(batch) == 3
    assert ask(office, "SELECT count(*) FROM visit") == [(1,)]


def test_that_a_visit_reported_anew_is_judged_anew(call: Caller, tmp_path: Path) -> None:
    office = an_office(call, tmp_path)
    for note, standing in ((NOTE, 1), ("无人在家,未留函。", 0)):
        line = ("C1", "V7", "S1", "2026-11-22 10:00", "MET_DEBTOR", note)
        take(call, office, "visits", a_csv(tmp_path / "v.csv", VISITS, [line]))
        call("work", "--once", "--database", office)
        read = "SELECT count(*) FROM finding WHERE source = 'note' AND superseded_at IS NULL"
        assert (ask(office, read)[0][0] > 0) == bool(standing)
        assert ask(office, "SELECT count(*) FROM hold WHERE ended_at IS NULL") == [(standing,)]
