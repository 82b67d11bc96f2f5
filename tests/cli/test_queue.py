import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from supervisor.intake.demo import DemoSize, create_demo
from supervisor.models.rows.case_queue import CaseQueueRow
from tests.cli.calls import Caller, Result


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from datetime import date

    path = tmp_path_factory.mktemp("cli-demo") / "demo.db"
    create_demo(str(path), DemoSize(branches=2, cases=300, visits=1500, today=date(2026, 11, 23)))
    return path


@pytest.fixture
def address(demo_template: Path, tmp_path: Path) -> str:
    return str(shutil.copy(demo_template, tmp_path / "demo.db"))


def _queue(call: Caller, address: str, *more: str) -> Any:
    said = call("queue", "--json", "--database", address, *more)
    assert said.code == 0, said.err
    return said.json


def test_that_the_queue_gives_the_day_the_true_total_and_whole_rows(
    call: Caller, address: str
) -> None:
    found = _queue(call, address, "--limit", "3")
    assert list(found) == ["as_of", "total", "rows"]
    assert found["as_of"] == "2026-11-23"
    assert found["total"] > len(found["rows"]) == 3
    assert set(found["rows"][0]) == set(CaseQueueRow.__dataclass_fields__)


def test_that_windows_of_the_queue_join_without_gaps(call: Caller, address: str) -> None:
    whole = _queue(call, address, "--limit", "10")["rows"]
    parts = [_queue(call, address, "--limit", "5", "--offset", n)["rows"] for n in ("0", "5")]
    assert [*parts[0], *parts[1]] == whole


def test_that_a_window_beyond_the_end_is_empty(call: Caller, address: str) -> None:
    for sort in ("default", "-overdue", "case_no", "agent", "last_visit"):
        found = _queue(call, address, "--limit", "5", "--offset", "100000", f"--sort={sort}")
        assert (found["rows"], found["total"] > 0) == ([], True)


def test_that_a_number_in_full_width_signs_finds_its_case(call: Caller, address: str) -> None:
    number = _queue(call, address, "--limit", "1")["rows"][0]["case_no"]
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in number)
    said = call("case", wide, "--json", "--database", address)
    assert said.json["head"]["case_no"] == number


def test_that_conditions_and_order_are_obeyed(call: Caller, address: str) -> None:
    found = _queue(
        call, address, "--filter", "bucket=M2,M3", "--filter", "dpd=40..", "--sort=-overdue"
    )
    assert found["rows"]
    assert all(row["bucket"] in {2, 3} and row["dpd"] >= 40 for row in found["rows"])
    amounts = [row["overdue_fen"] for row in found["rows"]]
    assert amounts == sorted(amounts, reverse=True)


def test_that_a_branch_is_found_by_code_and_an_unknown_one_refused(
    call: Caller, address: str
) -> None:
    from supervisor.models.changes import Actor
    from supervisor.models.database import Database
    from supervisor.models.enums import Role
    from supervisor.models.queries.directory import directory

    database = Database(address)
    branches = database.read(directory, Actor("li", Role.ADMIN)).branches
    database.close()
    found = _queue(call, address, "--branch", branches[1].code, "--limit", "500")
    assert {row["branch"] for row in found["rows"]} == {branches[1].name}
    assert call("queue", "--branch", "nowhere", "--database", address).code == 2


def test_that_a_ready_made_view_narrows_the_queue(call: Caller, address: str) -> None:
    from supervisor.models.changes import Actor
    from supervisor.models.database import Database
    from supervisor.models.enums import Role
    from supervisor.models.queries.saved_views import saved_views

    database = Database(address)
    views = database.read(saved_views, Actor("li", Role.SUPERVISOR))
    database.close()
    everything = _queue(call, address, "--limit", "1")["total"]
    totals = [_queue(call, address, "--view", str(v.builtin), "--limit", "1") for v in views]
    assert len(totals) >= 10
    assert all(found["total"] <= everything for found in totals)
    assert any(found["total"] < everything for found in totals)
    assert call("queue", "--view", "nothing", "--database", address).code == 2


def test_that_people_see_a_table_in_their_language(call: Caller, address: str) -> None:
    said = call("queue", "--limit", "5", "--database", address, lang="zh_CN")
    lines = said.out.splitlines()
    assert lines[0].startswith("待办原因")
    assert len(lines) == 6


def test_that_a_case_is_shown_whole_and_masked(call: Caller, address: str) -> None:
    first = _queue(call, address, "--limit", "1")["rows"][0]
    shown = call("case", first["case_no"], "--json", "--database", address).json
    assert shown["head"] == first
    assert "*" in shown["borrower"]["phone"]
    assert shown["amounts"]["overdue_fen"] == first["overdue_fen"]
    in_words = call("case", first["case_no"], "--database", address)
    assert in_words.code == 0
    assert first["case_no"] in in_words.out


def test_that_an_unknown_case_is_exit_code_three(call: Caller, address: str) -> None:
    said = call("case", "AJ0", "--database", address)
    assert (said.code, said.out) == (3, "")
    assert "There is no case AJ0" in said.err


def _two_of_one_branch(call: Caller, address: str) -> tuple[list[str], str]:
    """Two cases of one agent, and the number of another agent of their branch."""
    rows = _queue(call, address, "--limit", "500")["rows"]
    first = next(row for row in rows if row["agent_no"])
    same = [row for row in rows if row["branch_id"] == first["branch_id"] and row["agent_no"]]
    other = next(row["agent_no"] for row in same if row["agent_no"] != first["agent_no"])
    mine = [row["case_no"] for row in same if row["agent_no"] == first["agent_no"]]
    return mine[:2], other


def _agent_of(call: Caller, address: str, number: str) -> str:
    shown = call("case", number, "--json", "--database", address).json
    return str(shown["head"]["agent_no"])


def _reassign(call: Caller, address: str, numbers: list[str], agent: str, file: Path) -> Result:
    file.write_text("\ufeff" + "\r\n".join([*numbers, "", numbers[0]]), encoding="utf-8")
    return call("reassign", "--cases", str(file), "--to", agent, "--json", "--database", address)


def test_that_reassigning_moves_cases_and_undo_brings_them_back(
    call: Caller, address: str, tmp_path: Path
) -> None:
    numbers, other = _two_of_one_branch(call, address)
    before = [_agent_of(call, address, number) for number in numbers]
    done = _reassign(call, address, numbers, other, tmp_path / "cases.txt")
    assert {_agent_of(call, address, n) for n in numbers} <= {other, *before}
    moved = [n for n in numbers if _agent_of(call, address, n) == other]
    assert done.json["counts"]["cases"] == len(moved)
    assert len(moved) + len(done.json["refused"]) == len(numbers)
    assert moved
    assert done.code == (1 if done.json["refused"] else 0)
    assert call("undo", done.json["undo_id"], "--database", address).code == 0
    assert [_agent_of(call, address, number) for number in numbers] == before
    assert call("audit", "verify", "--database", address).code == 0


def test_that_an_unknown_number_or_agent_stops_the_whole_order(
    call: Caller, address: str, tmp_path: Path
) -> None:
    numbers, other = _two_of_one_branch(call, address)
    unknown = _reassign(call, address, [*numbers, "AJ0"], other, tmp_path / "cases.txt")
    assert (unknown.code, unknown.out) == (3, "")
    nobody = _reassign(call, address, numbers, "nobody", tmp_path / "cases.txt")
    assert nobody.code == 3
    assert "no active agent nobody" in nobody.err


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xff\xfe\x00", None])
def test_that_a_file_without_numbers_is_exit_code_two(
    content: bytes | None, call: Caller, address: str, tmp_path: Path
) -> None:
    file = tmp_path / "cases.txt"
    if content is not None:
        file.write_bytes(content)
    said = call("reassign", "--cases", str(file), "--to", "x", "--database", address)
    assert (said.code, said.out) == (2, "")


def test_that_json_is_one_document_on_one_line(call: Caller, address: str) -> None:
    said = call("queue", "--json", "--database", address)
    assert said.out.count("\n") == 1
    assert json.loads(said.out)
