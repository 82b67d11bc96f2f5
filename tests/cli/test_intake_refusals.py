"""What cannot be imported: a sentence in the reader's language, a documented code, no traceback."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.calls import Caller, Result
from tests.cli.office import (
    A_VISIT,
    CASES,
    OFFICE,
    PAYMENTS,
    VISITS,
    a_csv,
    an_office,
    contents,
    take,
)
from tests.intake.test_bad_input import an_encrypted_package

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


@pytest.fixture
def office(call: Caller, tmp_path: Path) -> str:
    return an_office(call, tmp_path)


def _has_no_traceback(said: Result) -> bool:
    return "Traceback" not in said.err + said.out and said.code in {1, 2, 3}


def _picture(folder: Path) -> str:
    path = folder / "report.xlsx"
    path.write_bytes(PNG)
    return str(path)


def _protected(folder: Path) -> str:
    path = folder / "secret.xlsx"
    path.write_bytes(an_encrypted_package())
    return str(path)


def _empty(folder: Path) -> str:
    path = folder / "empty.csv"
    path.touch()
    return str(path)


def _wrong_encoding(folder: Path) -> str:
    path = folder / "bytes.csv"
    path.write_bytes("案件编号,外访编号\n".encode() + b"\xff\xfe\x80\x81,\xff\n")
    return str(path)


def _missing_columns(folder: Path) -> str:
    return a_csv(folder / "few.csv", ("Case number", "Note"), [("C1", "x")])


def _broken_workbook(folder: Path) -> str:
    path = folder / "broken.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 8)
    return str(path)


FILES: list[tuple[Callable[[Path], str], str, str]] = [
    (_picture, "is a picture", "图片"),
    (_protected, "protected by a password", "密码"),
    (_empty, "is empty", "空"),
    (_wrong_encoding, "neither in UTF-8 nor in GB18030", "GB18030"),
    (_missing_columns, "Visit number", "外访编号"),
    (_broken_workbook, "damaged", "损坏"),
    (lambda folder: str(folder / "nowhere.csv"), "There is no file", "nowhere.csv"),
    (str, "cannot be read", "无法读取"),
]


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
@pytest.mark.parametrize(("make", "english", "chinese"), FILES)
def test_that_a_file_that_cannot_be_used_is_a_sentence_and_writes_nothing(
    call: Caller,
    office: str,
    tmp_path: Path,
    make: Callable[[Path], str],
    english: str,
    chinese: str,
    lang: str,
) -> None:
    before = contents(office)
    said = take(call, office, "visits", make(tmp_path), lang=lang)
    assert (said.code, said.out) == (2, "")
    assert (english if lang == "en" else chinese) in said.err
    assert _has_no_traceback(said)
    assert contents(office) == before


ROWS: list[tuple[str, tuple[str, ...], tuple[str, ...], str]] = [
    ("cases", CASES, ("C3", "K9", "S1", "2026-10-20"), "row_contract_unknown"),
    ("cases", CASES, ("C3", "K2", "S9", "2026-10-20"), "row_agent_unknown"),
    ("cases", CASES, ("C3", "K2", "S1", "2026-02-30"), "date_not_in_calendar"),
    ("cases", CASES, ("C3", "K2", "S1", "11/12/2026"), "date_unreadable"),
    ("cases", CASES, ("C3", "K2", "S1", "2027-01-01"), "date_in_future"),
    ("cases", CASES, ("", "K2", "S1", "2026-10-20"), "value_missing"),
    ("cases", CASES, ("C3", "K2", "S1\x00", "2026-10-20"), "text_has_nul"),
    ("visits", VISITS, ("C1", "V9", "S1", "2025-01-01 10:00", "NO_ONE", ""), "visit_before_case"),
    ("visits", VISITS, ("C9", "V9", "S1", "2026-11-01 10:00", "NO_ONE", ""), "row_case_unknown"),
    ("visits", VISITS, ("C1", "V9", "S1", "2026-11-01", "NO_ONE", ""), "time_missing"),
    ("visits", VISITS, ("C1", "V9", "S1", "2026-11-01 25:00", "NO_ONE", ""),
     "date_not_in_calendar"),
    ("visits", VISITS, ("C1", "V9", "S1", "2026-11-01 10:00+99:99", "NO_ONE", ""),
     "time_unreadable"),
    ("visits", VISITS, ("C1", "V9", "S1", "0001-01-01 00:00", "NO_ONE", ""),
     "date_not_in_calendar"),
    ("visits", VISITS, ("C1", "V9", "S1", "2026-11-01 10:00", "NONSENSE", ""), "choice_unknown"),
    ("payments", PAYMENTS, ("K1", "P1", "2026-11-01", "0"), "amount_zero"),
    ("payments", PAYMENTS, ("K1", "P1", "2026-11-01", "1.234"), "amount_too_fine"),
    ("payments", PAYMENTS, ("K1", "P1", "2026-11-01", "1,00"), "amount_unreadable"),
    ("payments", PAYMENTS, ("K1", "P1", "2026-11-01", "9" * 40), "amount_too_big"),
    ("payments", PAYMENTS, ("K1", "P1", "2026-11-01", "Infinity"), "amount_unreadable"),
    ("contracts", (*OFFICE["contracts"][0], "Yearly rate"), ("K3", "U3", "x", "1", "NaN"),
     "rate_unreadable"),
    ("contracts", (*OFFICE["contracts"][0], "Yearly rate"), ("K3", "U3", "x", "1", "1e999999"),
     "rate_unreadable"),
    ("contracts", tuple(OFFICE["contracts"][0]), ("K3", "U3", "x", "-1"), "amount_negative"),
    ("staff", tuple(OFFICE["staff"][0]), ("B1", "S3", "长" * 300), "text_too_long"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "headings", "row", "code"), ROWS)
def test_that_a_row_that_makes_no_sense_is_refused_with_its_reason_in_both_languages(
    call: Caller,
    office: str,
    tmp_path: Path,
    kind: str,
    headings: tuple[str, ...],
    row: tuple[str, ...],
    code: str,
) -> None:
    file = a_csv(tmp_path / "bad.csv", headings, [row])
    before = contents(office)
    reasons = []
    for lang in ("en", "zh_CN"):
        listed = take(call, office, kind, file, lang=lang)
        assert (listed.code, listed.json["batch"]) == (1, None), listed
        (error,) = listed.json["errors"]
        assert (error["code"], error["row"]) == (code, 2)
        said = call("import", kind, file, "--database", office, lang=lang)
        assert (said.code, said.out) == (1, "")
        assert error["reason"] in said.err
        assert _has_no_traceback(said)
        reasons.append(error["reason"])
    assert reasons[0] != reasons[1]
    assert contents(office) == before


def test_that_a_case_number_given_twice_in_a_file_is_refused_the_second_time(
    call: Caller, office: str, tmp_path: Path
) -> None:
    rows = [("C3", "K1", "S1", "2026-10-21"), ("C3", "K1", "S2", "2026-10-22")]
    said = take(call, office, "cases", a_csv(tmp_path / "twice.csv", CASES, rows))
    assert said.code == 1
    assert {error["code"] for error in said.json["errors"]} == {"duplicate_in_file"}


@pytest.mark.parametrize(("lang", "words"), [("en", "is not known"), ("zh_CN", "未")])
def test_that_unknown_columns_are_told_and_left_out(
    call: Caller, office: str, tmp_path: Path, lang: str, words: str
) -> None:
    file = a_csv(tmp_path / "v.csv", (*VISITS, "Horoscope"), [(*A_VISIT, "Leo")])
    said = call("import", "visits", file, "--database", office, lang=lang)
    assert (said.code, said.out.strip().isdigit()) == (0, True)
    assert "Horoscope" in said.err
    assert words in said.err


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--encoding", "klingon"), "klingon"),
        (("--encoding", "utf-16"), "utf-16"),
        (("--mapping", "none.json"), "none.json"),
        (("--mapping", "{folder}/list.json"), "list.json"),
        (("--mapping", "{folder}/field.json"), "horoscope"),
        (("--errors", "{folder}/none/errors.csv"), "errors.csv"),
        (("--accept", "some"), "--accept"),
    ],
)
def test_that_an_option_that_cannot_be_used_is_a_sentence_and_writes_nothing(
    call: Caller, office: str, tmp_path: Path, lang: str, more: tuple[str, ...], words: str
) -> None:
    (tmp_path / "list.json").write_text("[]")
    (tmp_path / "field.json").write_text('{"Note": "horoscope"}')
    file = a_csv(tmp_path / "v.csv", VISITS, [(*A_VISIT[:5], "备注")])
    before = contents(office)
    filled = [argument.replace("{folder}", str(tmp_path)) for argument in more]
    said = take(call, office, "visits", file, *filled, lang=lang)
    assert (said.code, said.out) == (2, "")
    assert said.err.strip()
    assert words in said.err
    assert _has_no_traceback(said)
    assert contents(office) == before


def test_that_a_database_that_is_not_one_is_left_alone(
    call: Caller, office: str, tmp_path: Path
) -> None:
    file = a_csv(tmp_path / "v.csv", VISITS, [A_VISIT])
    before = Path(file).read_bytes()
    said = take(call, file, "visits", file)
    assert (said.code in {2, 3}, said.out) == (True, "")
    assert Path(file).read_bytes() == before
    missing = call("export", "cases", "--database", str(tmp_path / "none.db"))
    assert (missing.code in {2, 3}, missing.out) == (True, "")
    assert not (tmp_path / "none.db").exists()


def test_that_a_target_that_cannot_be_written_is_a_sentence(
    call: Caller, office: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    target = str(tmp_path / "file" / "x.csv")
    for said in (
        call("export", "cases", "--database", office, "--output", target),
        call("import", "--template", "cases", "--output", target),
        call("export", "cases", "--database", office, "--output", str(tmp_path)),
        call("import", "--template", "cases", "--output", str(tmp_path)),
    ):
        assert (said.code, said.out) == (2, "")
        assert "cannot be written" in said.err


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_that_a_real_process_prints_no_traceback(tmp_path: Path, lang: str) -> None:
    command = [sys.executable, "-m", "supervisor", "import", "visits", _picture(tmp_path)]
    address = str(tmp_path / "new.db")
    ended = subprocess.run(
        [*command, "--database", address, "--lang", lang], capture_output=True, check=False
    )
    said = ended.stderr.decode("utf-8")
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ("picture" if lang == "en" else "图片") in said
    assert "Traceback" not in said
