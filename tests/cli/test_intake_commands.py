"""`import` and `export` as scripts call them: files, counts, codes, what is written."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from supervisor.intake.demo import DemoSize, create_demo
from tests.cli.calls import Caller
from tests.cli.office import (
    A_VISIT,
    CASES,
    KINDS,
    PAYMENTS,
    VISITS,
    a_csv,
    an_office,
    ask,
    contents,
    exported,
    take,
)

COUNTS = ("read", "inserted", "updated", "unchanged", "refused")


@pytest.fixture(scope="session")
def demo_to_export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from datetime import date

    path = tmp_path_factory.mktemp("intake-demo") / "demo.db"
    create_demo(str(path), DemoSize(branches=2, cases=60, visits=300, today=date(2026, 11, 23)))
    return path


@pytest.fixture
def office(call: Caller, tmp_path: Path) -> str:
    return an_office(call, tmp_path)


def test_that_every_kind_exports_and_imports_into_a_new_file_without_a_change(
    call: Caller, demo_to_export: Path, tmp_path: Path
) -> None:
    source = str(shutil.copy(demo_to_export, tmp_path / "source.db"))
    copy = str(tmp_path / "copy.db")
    for kind in KINDS:
        file = tmp_path / f"{kind}.csv"
        exported(call, source, kind, file)
        first = take(call, copy, kind, str(file))
        assert first.code == 0, first
        assert list(first.json) == ["batch", *COUNTS, "errors"]
        read = first.json["read"]
        assert read > 0
        assert [first.json[name] for name in COUNTS] == [read, read, 0, 0, 0]
        assert isinstance(first.json["batch"], int)
    for kind in KINDS:
        again = take(call, copy, kind, str(tmp_path / f"{kind}.csv")).json
        assert [again[name] for name in COUNTS] == [again["read"], 0, 0, again["read"], 0], kind
        before = exported(call, source, kind, tmp_path / "before.csv")
        assert exported(call, copy, kind, tmp_path / "after.csv") == before, kind


def test_that_exports_keep_their_order_whatever_order_branches_were_made_in(
    call: Caller, tmp_path: Path
) -> None:
    source, copy = str(tmp_path / "source.db"), str(tmp_path / "copy.db")
    contract = ("Branch", "Contract number", "Customer number", "Customer name", "Principal")
    made = {
        "staff": (("Branch", "Staff number", "Name"), [("B2", "S1", "陈立"), ("B1", "S1", "吴芳")]),
        "contracts": (
            contract,
            [("B2", "K2", "U2", "王小明", "1"), ("B1", "K1", "U1", "李雷", "1")],
        ),
        "cases": (CASES, [("C2", "K2", "S1", "2026-10-20"), ("C1", "K1", "S1", "2026-10-20")]),
    }
    for kind, (headings, rows) in made.items():
        assert take(call, source, kind, a_csv(tmp_path / "in.csv", headings, rows)).code == 0
        exported(call, source, kind, tmp_path / f"{kind}.csv")
        assert take(call, copy, kind, str(tmp_path / f"{kind}.csv")).code == 0
    for kind in made:
        before = (tmp_path / f"{kind}.csv").read_bytes()
        assert exported(call, copy, kind, tmp_path / "after.csv") == before, kind


def test_that_an_export_into_a_pipe_is_the_same_as_into_a_file(
    call: Caller, office: str, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "supervisor", "export", "cases", "--lang", "en"]
    piped = subprocess.run([*command, "--database", office], capture_output=True, check=True)
    assert piped.stdout == exported(call, office, "cases", tmp_path / "cases-again.csv")
    assert b"2 records exported" in piped.stderr


def test_that_one_bad_row_keeps_all_rows_out_unless_good_rows_are_accepted(
    call: Caller, office: str, tmp_path: Path
) -> None:
    rows = [A_VISIT, ("C9", "V2", "S1", "2026-11-01 11:00", "NO_ONE", "")]
    file = a_csv(tmp_path / "visits.csv", VISITS, rows)
    before = contents(office)
    refused = take(call, office, "visits", file)
    assert refused.code == 1
    assert [refused.json[name] for name in ("batch", *COUNTS)] == [None, 2, 0, 0, 0, 1]
    (error,) = refused.json["errors"]
    assert error == {
        "row": 3,
        "column": "Case number",
        "value": "C9",
        "code": "row_case_unknown",
        "reason": "There is no case C9. Import the cases first.",
    }
    assert contents(office) == before
    good = take(call, office, "visits", file, "--accept", "good-rows")
    assert (good.code, good.json["inserted"], good.json["refused"]) == (1, 1, 1)
    assert ask(office, "SELECT visit_no FROM visit") == [("V1",)]


def test_that_json_lists_every_refusal_with_what_was_found(
    call: Caller, office: str, tmp_path: Path
) -> None:
    early = [(f"C{n % 2 + 1}", f"V{n}", "S1", "2026/1/2 10:00", "NO_ONE", "") for n in range(600)]
    said = take(call, office, "visits", a_csv(tmp_path / "visits.csv", VISITS, early))
    errors = said.json["errors"]
    assert (said.code, said.json["refused"], len(errors)) == (1, 600, 600)
    assert [errors[-1][key] for key in ("row", "column", "value", "code")] == [
        601,
        "Started at",
        "2026/1/2 10:00",
        "visit_before_case",
    ]


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_that_the_file_of_refused_rows_can_be_mended_and_imported(
    call: Caller, office: str, tmp_path: Path, lang: str
) -> None:
    rows = [A_VISIT, ("C9", "V2", "S1", "2026-11-01 11:00", "NO_ONE", "=1+1")]
    file = a_csv(tmp_path / "visits.csv", VISITS, rows)
    errors = tmp_path / "errors.csv"
    said = take(
        call, office, "visits", file, "--accept", "good-rows", "--errors", str(errors), lang=lang
    )
    assert said.code == 1
    listed = errors.read_text(encoding="utf-8-sig")
    assert len(listed.splitlines()) == 2
    assert ("C9" in listed, "V1" in listed) == (True, False)
    assert said.json["errors"][0]["reason"] in listed
    assert ",'=1+1," in listed  # a spreadsheet must not calculate it; the import takes it off
    errors.write_text(listed.replace("C9,", "C2,", 1), encoding="utf-8-sig")
    mended = take(call, office, "visits", str(errors), lang=lang)
    assert (mended.code, mended.json["inserted"], mended.json["errors"]) == (0, 1, [])
    assert ask(office, "SELECT visit_no, note FROM visit ORDER BY visit_no") == [
        ("V1", "nobody in"),
        ("V2", "=1+1"),
    ]


def test_that_a_dry_run_tells_everything_and_writes_nothing(
    call: Caller, office: str, tmp_path: Path
) -> None:
    rows = [("C3", "K2", "S1", "2026-10-21"), ("C1", "K1", "S2", "2026-10-20")]
    file = a_csv(tmp_path / "more.csv", CASES, rows)
    before = contents(office)
    tried = take(call, office, "cases", file, "--dry-run")
    assert contents(office) == before
    done = take(call, office, "cases", file)
    assert tried.code == done.code
    assert {**done.json, "batch": None} == tried.json
    assert contents(office) != before


def test_that_a_batch_is_taken_back(call: Caller, office: str, tmp_path: Path) -> None:
    kinds = ("cases", "visits")
    file = a_csv(tmp_path / "visits.csv", VISITS, [A_VISIT])
    take(call, office, "visits", file)
    before = [exported(call, office, kind, tmp_path / "kept.csv") for kind in kinds]
    rows = [(*A_VISIT[:5], "altered"), ("C2", "V2", "S2", "2026-11-02 10:00", "NO_ONE", "new")]
    batch = take(call, office, "visits", a_csv(tmp_path / "w.csv", VISITS, rows)).json["batch"]
    changed = exported(call, office, "visits", tmp_path / "kept.csv")
    assert b"altered" in changed
    undone = call("import", "--undo", str(batch), "--yes", "--database", office)
    assert undone.code == 0, undone.err
    assert [exported(call, office, kind, tmp_path / "kept.csv") for kind in kinds] == before
    again = call("import", "--undo", str(batch), "--yes", "--database", office)
    assert (again.code, again.out) == (3, "")
    assert "taken back already" in again.err


@pytest.mark.parametrize(("batch", "code"), [("99", 3), ("0", 2), ("-1", 2), ("9" * 30, 2)])
def test_that_a_batch_nobody_made_cannot_be_taken_back(
    call: Caller, office: str, batch: str, code: int
) -> None:
    before = contents(office)
    said = call("import", f"--undo={batch}", "--yes", "--database", office)
    assert (said.code, said.out) == (code, "")
    assert said.err.strip()
    assert contents(office) == before


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_kind_describes_itself_and_its_templates_fit_its_import(
    call: Caller, office: str, tmp_path: Path, kind: str
) -> None:
    for lang in ("en", "zh_CN"):
        described = call("import", "--describe", kind, "--json", lang=lang)
        assert described.code == 0
        fields = described.json["fields"]
        assert any(field["required"] for field in fields)
        in_words = call("import", "--describe", kind, lang=lang).out
        assert all(field["key"] in in_words for field in fields)
        for ending in ("csv", "xlsx"):
            target = tmp_path / f"{kind}-{lang}.{ending}"
            made = call("import", "--template", kind, "--output", str(target), lang=lang)
            assert (made.code, made.out.strip()) == (0, str(target))
            said = take(call, office, kind, str(target), lang=lang)
            assert (said.code, said.json["read"], said.json["errors"]) == (0, 0, [])
        headings = (tmp_path / f"{kind}-{lang}.csv").read_text(encoding="utf-8-sig").strip()
        assert headings.split(",") == [field["heading"] for field in fields]


def test_that_the_named_encoding_is_used(call: Caller, office: str, tmp_path: Path) -> None:
    note = "債務人不在，鄰居說已搬走"
    file = a_csv(tmp_path / "v.csv", VISITS, [(*A_VISIT[:5], note)], encoding="big5")
    said = take(call, office, "visits", file, "--encoding", "big5")
    assert (said.code, said.json["inserted"]) == (0, 1)
    assert ask(office, "SELECT note FROM visit") == [(note,)]


def test_that_a_mapping_is_obeyed_and_kept_for_its_source(
    call: Caller, office: str, tmp_path: Path
) -> None:
    headings = ("Dossier", "Sheet", "Who", "When", "What", "Note")
    file = a_csv(tmp_path / "v.csv", headings, [A_VISIT])
    assert take(call, office, "visits", file, "--source", "core").code == 2
    keys = ("case_no", "visit_no", "agent", "started_at", "outcome", None)
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps(dict(zip(headings, keys, strict=True))), encoding="utf-8")
    said = take(call, office, "visits", file, "--mapping", str(mapping), "--source", "core")
    assert (said.code, said.json["inserted"]) == (0, 1)
    assert ask(office, "SELECT visit_no, note FROM visit") in ([("V1", None)], [("V1", "")])
    kept = take(call, office, "visits", file, "--source", "core")
    assert (kept.code, kept.json["unchanged"]) == (0, 1)
    assert take(call, office, "visits", file, "--source", "another").code == 2


def test_that_amounts_and_days_are_read_as_people_write_them(
    call: Caller, office: str, tmp_path: Path
) -> None:
    days = ("2026-11-03", "2026/11/3", "2026年11月3日", "20261103", "２０２６．１１．０３")
    amounts = {
        "1.2万": 1_200_000,
        "12,345.60": 1_234_560,
        "１２３": 12_300,
        "-50": -5_000,
        "¥8元": 800,
    }
    rows = [
        ("K1", f"P{n}", day, text) for n, (day, text) in enumerate(zip(days, amounts, strict=True))
    ]
    said = take(call, office, "payments", a_csv(tmp_path / "p.csv", PAYMENTS, rows))
    assert (said.code, said.json["errors"]) == (0, [])
    found = ask(office, "SELECT value_on, amount_fen FROM payment ORDER BY payment_no")
    assert found == [("2026-11-03", fen) for fen in amounts.values()]
