"""A small office in a database file, made by calling the command line."""

import csv
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from supervisor.models.enums import Kind
from tests.cli.calls import Caller, Result

KINDS = tuple(kind.value for kind in Kind)
CASES = ("Case number", "Contract number", "Agent", "Placed on")
PAYMENTS = ("Contract number", "Payment number", "Value date", "Amount")
VISITS = ("Case number", "Visit number", "Agent", "Started at", "Outcome", "Note")
A_VISIT = ("C1", "V1", "S1", "2026-11-01 10:00", "NO_ONE", "nobody in")
OFFICE: dict[str, tuple[Sequence[str], list[Sequence[str]]]] = {
    "staff": (("Branch", "Staff number", "Name"), [("B1", "S1", "陈立"), ("B1", "S2", "吴芳")]),
    "contracts": (
        ("Contract number", "Customer number", "Customer name", "Principal"),
        [("K1", "U1", "王小明", "3000"), ("K2", "U2", "李雷", "3000")],
    ),
    "instalments": (
        ("Contract number", "Instalment", "Due date", "Principal"),
        [("K1", "1", "2026-09-10", "1000"), ("K2", "1", "2026-09-10", "1000")],
    ),
    "cases": (CASES, [("C1", "K1", "S1", "2026-10-20"), ("C2", "K2", "S2", "2026-10-20")]),
}


def a_csv(
    path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]], encoding: str = "utf-8-sig"
) -> str:
    """Write a file; gives its name as an argument."""
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows([headings, *rows])
    return str(path)


def an_office(call: Caller, folder: Path) -> str:
    """Two collectors, two contracts, two cases; gives the address."""
    address = str(folder / "office.db")
    for kind, (headings, rows) in OFFICE.items():
        said = take(call, address, kind, a_csv(folder / f"{kind}.csv", headings, rows))
        assert (said.code, said.json["inserted"]) == (0, 2), said
    return address


def take(call: Caller, address: str, kind: str, file: str, *more: str, lang: str = "en") -> Result:
    """`supervisor import KIND FILE --json`."""
    return call("import", kind, file, "--database", address, "--json", *more, lang=lang)


def exported(call: Caller, address: str, kind: str, path: Path) -> bytes:
    """The bytes that an export of this kind writes."""
    said = call("export", kind, "--database", address, "--output", str(path))
    assert said.code == 0, said.err
    return path.read_bytes()


def ask(address: str, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Plain SQL on the file, as another system would run it."""
    connection = sqlite3.connect(address)
    try:
        with connection:
            return connection.execute(statement, values).fetchall()
    finally:
        connection.close()


def contents(address: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    tables = ask(address, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return {name: ask(address, f'SELECT * FROM "{name}"') for (name,) in tables}
