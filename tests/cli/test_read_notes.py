import io
import json
from pathlib import Path

import pytest

from tests.cli.calls import Caller

LINES = (
    '{"id": "1", "text": "客户隔着门大骂，扬言投诉12378"}\n'
    "not json\n"
    "\n"
    '{"id": 2, "text": "客户配合，约15号还款"}\n'
    '{"id": "3"}\n'
    '{"text": "无人"}\n'
)


def _rows(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_that_notes_are_read_line_by_line_and_bad_lines_are_named(
    call: Caller, tmp_path: Path
) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text(LINES, encoding="utf-8")
    said = call("read-notes", str(path), "--json")
    rows = _rows(said.out)
    assert said.code == 1
    assert [row["id"] for row in rows] == ["1", 2]
    assert [sorted(row) for row in rows] == [["findings", "id", "labels", "refuse_pay"]] * 2
    assert rows[0]["labels"] == ["conflict", "legal_risk"]
    assert [line.split(":")[0] for line in said.err.splitlines()] == ["Line 2", "Line 5", "Line 6"]


def test_that_a_note_of_standard_input_is_read(
    call: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('\ufeff{"id": "a", "text": "无人"}\n'))
    said = call("read-notes", "-", "--json")
    assert said.code == 0
    assert _rows(said.out) == [{"id": "a", "labels": [], "refuse_pay": False, "findings": []}]


def test_that_people_are_shown_sentences(call: Caller, tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text('{"id": "7", "text": "客户隔着门大骂"}\n', encoding="utf-8")
    said = call("read-notes", str(path))
    assert said.code == 0
    assert "Insults or curses: “大骂”." in said.out
    assert "1 note read." in said.err


def test_that_a_missing_file_is_a_sentence(call: Caller, tmp_path: Path) -> None:
    assert call("read-notes", str(tmp_path / "none.jsonl")).code == 2
