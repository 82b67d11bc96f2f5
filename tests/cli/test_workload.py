"""`workload`: loads of a branch as JSON and as a table, and a split that is only proposed."""

from pathlib import Path

from tests.cli.calls import Caller
from tests.cli.office import an_office, ask


def _all_with_the_first(call: Caller, folder: Path) -> str:
    address = an_office(call, folder)
    first = "(SELECT id FROM staff WHERE staff_no = 'S1')"
    ask(address, f"UPDATE collection_case SET agent_id = {first}")
    return address


def test_that_loads_and_a_split_are_told_and_nothing_is_changed(
    call: Caller, tmp_path: Path
) -> None:
    address = _all_with_the_first(call, tmp_path)
    said = call("workload", "--branch", "B1", "--json", "--database", address)
    assert said.code == 0, said.err
    assert {one["staff_no"]: one["cases"] for one in said.json} == {"S1": 2, "S2": 0}
    assert said.json[0]["overdue_fen"] == 200_000
    split = call("workload", "--branch", "B1", "--split", "--json", "--database", address).json
    (move,) = split["moves"]
    assert (move["from"], move["to"]) == ("S1", "S2")
    assert split["after"] < split["before"]
    assert len(ask(address, "SELECT DISTINCT agent_id FROM collection_case")) == 1


def test_that_tables_are_for_people(call: Caller, tmp_path: Path) -> None:
    address = _all_with_the_first(call, tmp_path)
    loads = call("workload", "--branch", "B1", "--database", address)
    assert "陈立 S1" in loads.out
    assert "2,000.00" in loads.out
    split = call("workload", "--branch", "B1", "--split", "--database", address)
    assert "above a fair share" in split.out


def test_that_an_unknown_branch_is_said(call: Caller, tmp_path: Path) -> None:
    address = an_office(call, tmp_path)
    assert call("workload", "--branch", "nowhere", "--database", address).code != 0
