"""Files to import, and the shortest way to import them."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from supervisor.intake import api
from supervisor.models.database import Database
from supervisor.models.enums import Kind
from supervisor.models.rows.intake import Accept, ImportRequest, ImportResult
from tests.factories import an_actor

STAFF = ("Branch", "Staff number", "Name")
CONTRACTS = ("Contract number", "Customer number", "Customer name", "Principal")
INSTALMENTS = ("Contract number", "Instalment", "Due date", "Principal")
PAYMENTS = ("Contract number", "Payment number", "Value date", "Amount")
CASES = ("Case number", "Contract number", "Agent", "Placed on")
VISITS = ("Case number", "Visit number", "Agent", "Started at", "Outcome", "Note")


def a_csv(
    path: Path,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    encoding: str = "utf-8-sig",
    delimiter: str = ",",
) -> Path:
    """A text file; values as they are."""
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(headings)
        writer.writerows(rows)
    return path


def a_workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook with the given sheets; text stays text."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(number, column, value)
    return path


def a_request(path: Path, kind: Kind, **more: Any) -> ImportRequest:
    """A request by somebody who may do everything."""
    return ImportRequest(actor=an_actor(), kind=kind, path=path, **more)


def bring(database: Database, path: Path, kind: Kind, **more: Any) -> ImportResult:
    """Import; good rows go in."""
    more.setdefault("accept", Accept.GOOD_ROWS)
    return api.run_import(database, a_request(path, kind, **more))


def an_office(database: Database, folder: Path) -> None:
    """Two collectors, two contracts with three instalments each, two cases: all imported."""
    files = (
        (Kind.STAFF, STAFF, [("B1", "S1", "陈立"), ("B1", "S2", "吴芳")]),
        (
            Kind.CONTRACTS,
            CONTRACTS,
            [("K1", "U1", "王小明", "3000"), ("K2", "U2", "李雷", "3000")],
        ),
        (
            Kind.INSTALMENTS,
            INSTALMENTS,
            [
                (contract, n, day, "1000")
                for contract in ("K1", "K2")
                for n, day in enumerate(("2026-09-10", "2026-10-10", "2026-12-10"), 1)
            ],
        ),
        (
            Kind.CASES,
            CASES,
            [("C1", "K1", "S1", "2026-10-20"), ("C2", "K2", "S2", "2026-10-20")],
        ),
    )
    for kind, headings, rows in files:
        done = bring(database, a_csv(folder / f"{kind}.csv", headings, rows), kind)
        assert done.inserted == len(rows), done.errors


def codes(done: ImportResult) -> list[str]:
    """Why rows were refused."""
    return [error.code for error in done.errors]
