"""Everything that may be wrong with a file: a sentence in both languages, and nothing lost."""

import tracemalloc
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import func, select

from supervisor import i18n, words
from supervisor.errors import BadInputError
from supervisor.intake import api
from supervisor.intake.workbook import Workbook
from supervisor.models.database import Database
from supervisor.models.enums import Kind
from supervisor.models.rows.intake import Facts
from supervisor.models.tables import Case, Payment, Visit
from tests.intake.files import (
    CASES,
    CONTRACTS,
    PAYMENTS,
    STAFF,
    VISITS,
    a_csv,
    a_workbook,
    an_office,
    bring,
    codes,
)


def said(code: str, facts: Facts) -> None:
    """Both languages have a sentence of their own, without an unfilled place."""
    assert words.has_sentence(code), code
    i18n.set_language("en")
    english = words.sentence(code, facts)
    i18n.set_language("zh_CN")
    chinese = words.sentence(code, facts)
    i18n.set_language("en")
    assert english != chinese
    assert "{" not in english + chinese
    assert "—" not in english + chinese


def refusal(path: Path, kind: Kind = Kind.STAFF, **more: Any) -> str:
    """The code a file is refused with as a whole."""
    with pytest.raises(BadInputError) as refused:
        api.open_file(path, kind, **more)
    said(refused.value.code, refused.value.facts)
    return refused.value.code


def a_file(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_that_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert refusal(a_file(tmp_path / "a.csv", b"")) == "file_empty"
    assert refusal(a_file(tmp_path / "b.csv", b"\r\n\r\n")) == "file_has_no_rows"


def test_that_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.csv") == "file_missing"


def test_that_unknown_columns_are_told_and_left_out(database: Database, tmp_path: Path) -> None:
    path = a_csv(tmp_path / "s.csv", (*STAFF, "Shoe size"), [("B1", "S1", "陈立", "42")])
    done = bring(database, path, Kind.STAFF)
    assert done.inserted == 1
    (note,) = done.notes
    assert (note.code, note.facts) == ("column_unknown", {"column": "Shoe size"})
    said(note.code, note.facts)


def test_that_computed_columns_are_known_and_never_believed(
    database: Database, tmp_path: Path
) -> None:
    an_office(database, tmp_path)
    path = a_csv(
        tmp_path / "c.csv",
        (*CASES, "逾期天数", "逾期金额"),
        [("C1", "K1", "S1", "2026-10-20", "999", "1")],
    )
    done = bring(database, path, Kind.CASES)
    assert done.unchanged == 1
    assert [note.code for note in done.notes] == ["column_computed"] * 2
    said("column_computed", done.notes[0].facts)
    with database.transaction() as session:
        assert session.scalar(select(Case.overdue_fen).where(Case.case_no == "C1")) == 200_000


def test_that_missing_columns_are_named(database: Database, tmp_path: Path) -> None:
    path = a_csv(tmp_path / "s.csv", ("Branch", "Name"), [("B1", "陈立")])
    assert api.open_file(path, Kind.STAFF).missing == ("Staff number",)
    with pytest.raises(BadInputError) as refused:
        bring(database, path, Kind.STAFF)
    assert refused.value.code == "columns_missing"
    assert "工号" in str(refused.value.facts["columns"])
    said(refused.value.code, refused.value.facts)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_that_encodings_and_delimiters_are_found(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    path = a_csv(
        tmp_path / "s.csv", ("网点", "工号", "姓名"), [("B1", "S1", "陈立")], encoding, delimiter
    )
    seen = api.open_file(path, Kind.STAFF)
    assert [column.field for column in seen.columns] == ["branch", "staff_no", "name"]
    assert seen.rows == (("B1", "S1", "陈立"),)
    assert seen.delimiter == delimiter


def test_that_a_wrong_encoding_is_refused_and_can_be_overridden(tmp_path: Path) -> None:
    big5 = "網點,工號,姓名\nB1,S1,陳".encode("big5")
    path = a_file(tmp_path / "a.csv", big5)
    assert refusal(path, encoding="utf-8") == "encoding_misfit"
    assert refusal(path, encoding="klingon") == "encoding_unknown"
    seen = api.open_file(path, Kind.STAFF, encoding="big5")
    assert seen.rows == (("B1", "S1", "陳"),)
    broken = a_file(tmp_path / "b.csv", b"a,b\n\xff\xff\xff,\x81\x20\n")
    assert refusal(broken) == "encoding_not_found"


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (b"\x89PNG\r\n\x1a\n", "file_is_picture"),
        (b"\xff\xd8\xff\xe0", "file_is_picture"),
        (b"%PDF-1.7\n", "file_is_something_else"),
        (b"<html><table>", "file_is_web_page"),
        (b"PK\x03\x04 not a zip", "workbook_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut", "workbook_broken"),
    ],
)
def test_that_something_renamed_to_a_workbook_is_refused(
    tmp_path: Path, start: bytes, code: str
) -> None:
    assert refusal(a_file(tmp_path / "picture.xlsx", start + bytes(600))) == code


def test_that_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    path = a_file(tmp_path / "locked.xlsx", an_encrypted_package())
    assert refusal(path) == "workbook_has_password"


def an_encrypted_package() -> bytes:
    """The container Excel writes for a protected workbook, with its two streams, empty."""
    free, end, fat_sector = b"\xff\xff\xff\xff", b"\xfe\xff\xff\xff", b"\xfd\xff\xff\xff"
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    header[24:34] = b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00"
    header[44:48] = (1).to_bytes(4, "little")  # one FAT sector
    header[48:52] = (1).to_bytes(4, "little")  # the directory lies in sector 1
    header[56:60] = (4096).to_bytes(4, "little")
    header[60:64] = end
    header[68:72] = end
    header[76:80] = (0).to_bytes(4, "little")
    header[80:] = free * 108
    fat = fat_sector + end + free * 126

    def entry(name: str, kind: int, child: bytes = free, right: bytes = free) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        made = text.ljust(64, b"\0") + len(text).to_bytes(2, "little") + bytes([kind, 1])
        made += free + right + child + bytes(36) + end + bytes(8)
        return made.ljust(128, b"\0")

    directory = entry("Root Entry", 5, child=(1).to_bytes(4, "little"))
    directory += entry("EncryptionInfo", 2, right=(2).to_bytes(4, "little"))
    directory += entry("EncryptedPackage", 2) + bytes(128)
    return bytes(header) + fat + directory


def test_that_the_fitting_one_of_ten_sheets_is_chosen_and_told(
    database: Database, tmp_path: Path
) -> None:
    sheets: dict[str, Any] = {f"Notes {n}": [("a", "b"), (1, 2)] for n in range(9)}
    sheets["名单"] = [("网点", "工号", "姓名"), ("B1", "S1", "陈立")]
    path = a_workbook(tmp_path / "s.xlsx", sheets)
    done = bring(database, path, Kind.STAFF)
    assert done.inserted == 1
    chosen = next(note for note in done.notes if note.code == "sheet_chosen")
    assert chosen.facts == {"sheet": "名单", "sheets": 10}
    said(chosen.code, chosen.facts)
    assert api.open_file(path, Kind.STAFF, sheet="Notes 3").missing == ("Staff number", "Name")
    assert refusal(path, sheet="nowhere") == "sheet_missing"


def test_that_headings_below_titles_and_in_merged_cells_are_found(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "s.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 2, "员工名单（2026年11月）")
        sheet.merge_range(1, 0, 2, 0, "网点")
        sheet.merge_range(1, 1, 1, 2, "人员信息")
        sheet.write_row(2, 1, ("工号", "姓名"))
        sheet.write_row(3, 0, ("B1", "S1", "陈立"))
    done = bring(database, path, Kind.STAFF)
    assert (done.inserted, done.refused) == (1, 0)
    assert [note.code for note in done.notes] == ["heading_found_below"]
    said("heading_found_below", done.notes[0].facts)


def test_that_a_sparse_giant_sheet_is_refused_before_it_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, STAFF)
        sheet.write(1_048_575, 16_383, "x")
    assert refusal(path) == "sheet_too_sparse"


def test_that_a_workbook_over_its_limits_is_refused(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "s.xlsx", {"a": [STAFF, *[("B1", "S1", "x" * 99)] * 20_000]})
    with pytest.raises(BadInputError) as refused:
        Workbook(path, megabytes=2_048, seconds=0.001)
    assert refused.value.code == "workbook_too_big"
    said(refused.value.code, refused.value.facts)


def test_that_an_endless_line_is_refused_early_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "line.csv"
    with path.open("wb") as stream:
        stream.write(b"Branch,Staff number,Name\n")
        stream.truncate(2 << 30)  # a hole: 2 GB of zeros without a line end
    tracemalloc.start()
    try:
        assert refusal(path) == "line_too_long"
        assert tracemalloc.get_traced_memory()[1] < 32 << 20
    finally:
        tracemalloc.stop()


def test_that_an_endless_line_of_two_byte_signs_is_refused_too(tmp_path: Path) -> None:
    head = "Branch,Staff number,Name\n".encode("utf-16")
    path = a_file(tmp_path / "line.csv", head + "上".encode("utf-16-le") * (17 << 20))
    assert refusal(path) == "line_too_long"


@pytest.mark.parametrize(
    ("after", "code"),
    [
        ("B1,S2,Wu\n" * 200_000, "cell_too_long"),
        ("B1,S2,Wu\n", "quotation_lost"),
        ('B1,S2,"Wu"\nB1,S3,Li\n', "quotation_lost"),
    ],
    ids=["over a megabyte", "to the end", "to the next mark"],
)
def test_that_a_lost_quotation_mark_swallows_no_rows(
    sqlite_database: Database, tmp_path: Path, after: str, code: str
) -> None:
    content = 'Branch,Staff number,Name\nB1,S1,"Chen\n' + after
    path = a_file(tmp_path / "s.csv", content.encode())
    with pytest.raises(BadInputError) as refused:
        bring(sqlite_database, path, Kind.STAFF)
    assert refused.value.code == code
    assert refused.value.facts["row"] == 2
    said(refused.value.code, refused.value.facts)


@pytest.mark.parametrize("name", ["klingon", "undefined", "hex"])
def test_that_an_encoding_no_text_is_written_in_is_unknown(tmp_path: Path, name: str) -> None:
    path = a_file(tmp_path / "s.csv", b"Branch,Staff number,Name\nB1,S1,Chen\n")
    with pytest.raises(BadInputError) as refused:
        api.open_file(path, Kind.STAFF, name)
    assert refused.value.code == "encoding_unknown"


def test_that_headings_without_rows_are_told(sqlite_database: Database, tmp_path: Path) -> None:
    path = a_file(tmp_path / "s.csv", b"Branch,Staff number,Name\n")
    done = bring(sqlite_database, path, Kind.STAFF)
    assert [note.code for note in done.notes] == ["only_headings"]


def rows_refused(database: Database, path: Path, kind: Kind) -> list[str]:
    done = bring(database, path, kind)
    for error in done.errors:
        said(error.code, error.facts)
    return codes(done)


def test_that_rows_that_make_no_sense_are_refused_and_the_rest_goes_in(
    database: Database, tmp_path: Path
) -> None:
    an_office(database, tmp_path)
    good = ("C1", "V1", "S1", "2026-11-01 10:00", "NO_ONE", "")
    rows = [
        good,
        ("C1", "V2", "S1", "2026-10-01 10:00", "NO_ONE", ""),
        ("C1", "V3", "S9", "2026-11-01 10:00", "NO_ONE", ""),
        ("C9", "V4", "S1", "2026-11-01 10:00", "NO_ONE", ""),
        ("C1", "V1", "S1", "2026-11-02 10:00", "NO_ONE", ""),
        ("C1", "V5", "S1", "2026-11-30 10:00", "NO_ONE", ""),
        ("C1", "V6", "S1", "2026-11-01 10:00", "", ""),
    ]
    path = a_csv(tmp_path / "v.csv", VISITS, rows)
    assert rows_refused(database, path, Kind.VISITS) == [
        "visit_before_case",
        "row_agent_unknown",
        "row_case_unknown",
        "duplicate_in_file",
        "date_in_future",
        "value_missing",
    ]
    with database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Visit)) == 1


def test_that_duplicate_case_numbers_are_refused(database: Database, tmp_path: Path) -> None:
    an_office(database, tmp_path)
    rows = [("C3", "K1", "S1", "2026-11-01"), ("C3", "K1", "S1", "2026-11-02")]
    path = a_csv(tmp_path / "c.csv", CASES, rows)
    done = bring(database, path, Kind.CASES)
    assert (done.inserted, codes(done)) == (1, ["duplicate_in_file"])
    assert done.errors[0].facts == {"first": 2}


def test_that_a_case_number_of_another_customer_is_refused(
    database: Database, tmp_path: Path
) -> None:
    an_office(database, tmp_path)
    path = a_csv(tmp_path / "c.csv", CASES, [("C1", "K2", "S1", "2026-10-20")])
    assert rows_refused(database, path, Kind.CASES) == ["case_of_another"]
    both = a_csv(tmp_path / "d.csv", CASES, [("C5", "K1;K2", "S1", "2026-10-20")])
    assert rows_refused(database, both, Kind.CASES) == ["contracts_of_two_borrowers"]


def test_that_a_customer_is_told_in_one_way_by_one_file(database: Database, tmp_path: Path) -> None:
    an_office(database, tmp_path)
    rows = [("K5", "U5", "张三", "1"), ("K6", "U5", "张四", "1"), ("K7", "U5", "张三", "1")]
    path = a_csv(tmp_path / "k.csv", CONTRACTS, rows)
    assert rows_refused(database, path, Kind.CONTRACTS) == ["borrower_contradicts"]


@pytest.mark.parametrize(
    ("amount", "fen"), [("1.5万", 1_500_000), ("１２，３４５．６７", 1_234_567), ("-30", -3_000)]
)
def test_that_amounts_are_read_as_people_write_them(
    database: Database, tmp_path: Path, amount: str, fen: int
) -> None:
    an_office(database, tmp_path)
    path = a_csv(tmp_path / "p.csv", PAYMENTS, [("K1", "P1", "2026.11.01", amount)])
    assert bring(database, path, Kind.PAYMENTS).inserted == 1
    with database.transaction() as session:
        assert session.scalar(select(Payment.amount_fen)) == fen


def test_that_a_negative_principal_is_refused(database: Database, tmp_path: Path) -> None:
    an_office(database, tmp_path)
    path = a_csv(tmp_path / "k.csv", CONTRACTS, [("K5", "U5", "张三", "-1")])
    assert rows_refused(database, path, Kind.CONTRACTS) == ["amount_negative"]


def test_that_contracts_before_any_branch_say_what_to_do(
    database: Database, tmp_path: Path
) -> None:
    path = a_csv(tmp_path / "k.csv", CONTRACTS, [("K5", "U5", "张三", "1")])
    assert rows_refused(database, path, Kind.CONTRACTS) == ["row_branch_none_yet"]
