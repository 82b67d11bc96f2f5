"""Every record of a kind into a file that imports again without changing anything."""

import contextlib
import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy.orm import Session

from supervisor import clock, i18n
from supervisor.clock import SHANGHAI
from supervisor.errors import BadInputError
from supervisor.i18n import tr
from supervisor.intake.cells import phone_kind, with_apostrophe
from supervisor.intake.fields import FIELDS, Field, heading_of
from supervisor.models.changes import Actor
from supervisor.models.commands.exports import log_export
from supervisor.models.database import Database
from supervisor.models.enums import Kind
from supervisor.models.ids import BranchId
from supervisor.models.orders import LogExport
from supervisor.models.queries.exports import ExportFilter, Record, export_rows
from supervisor.models.rows.intake import FieldType as T
from supervisor.words import formats

_PLAIN = frozenset({T.MONEY, T.DATE, T.MOMENT, T.WHOLE, T.RATE, T.DEGREES, T.TICK})
"""Types whose text is ours: a leading minus there is a number, never a formula."""

_ADDRESSES = {"home_address": "home", "registered_address": "registered", "work_address": "work"}
MOST_SHEET_ROWS = 1_048_575


def export_kind(
    database: Database,
    actor: Actor,
    kind: Kind,
    path: Path | BinaryIO,
    branches: tuple[BranchId, ...] | None = None,
) -> int:
    """Write the file and enter it in the audit; see `api.export_kind`."""
    wanted = ExportFilter(kind, _allowed(actor, branches))
    if not isinstance(path, Path):
        count = database.read(_into(path, None), wanted)
    else:
        with _beside(path) as beside, beside.open("wb") as stream:
            signed = actor.name if _is_workbook(path) else None
            count = database.read(_into(stream, signed), wanted)
    database.write(log_export, LogExport(actor=actor, what=kind.value, rows=count))
    return count


def _allowed(actor: Actor, branches: tuple[BranchId, ...] | None) -> tuple[int, ...] | None:
    if actor.branches is None:
        return branches
    return tuple(b for b in actor.branches if branches is None or b in branches)


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() == ".xlsx"


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A temporary name in the same folder, renamed when all went well."""
    try:
        handle, name = tempfile.mkstemp(dir=path.resolve().parent, prefix=".export-")
        os.close(handle)
    except OSError as error:
        raise BadInputError("file_not_writable", path=str(path)) from error
    beside = Path(name)
    try:
        yield beside
        try:
            os.replace(beside, path)  # noqa: PTH105 (replaces on Windows too)
        except OSError as error:
            raise BadInputError("file_not_writable", path=str(path)) from error
    finally:
        beside.unlink(missing_ok=True)


def _into(stream: BinaryIO, signed: str | None) -> Callable[[Session, ExportFilter], int]:
    """CSV, or (`signed`: who takes it) a workbook."""

    def query(session: Session, wanted: ExportFilter) -> int:
        fields = FIELDS[wanted.kind]
        rows = export_rows(session, wanted)
        if signed is None:
            return _csv(stream, fields, rows)
        return _workbook(stream, fields, rows, signed)

    return query


def _csv(stream: BinaryIO, fields: tuple[Field, ...], rows: Iterator[Record]) -> int:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    language = i18n.language()
    writer.writerow([heading_of(field, language) for field in fields])
    count = 0
    for record in rows:
        row = [as_text(field, record) for field in fields]
        writer.writerow(
            cell if field.type in _PLAIN else with_apostrophe(cell)
            for field, cell in zip(fields, row, strict=True)
        )
        count += 1
    text.detach()
    return count


def _workbook(
    stream: BinaryIO, fields: tuple[Field, ...], rows: Iterator[Record], signed: str
) -> int:
    import xlsxwriter  # noqa: PLC0415 (slow to load, seldom needed)

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    language = i18n.language()
    mark = tr("Exported by {who}, {when}", who=signed, when=formats.full_moment(clock.now()))
    sheet, count = None, 0
    for record in rows:
        if sheet is None or count % MOST_SHEET_ROWS == 0:
            sheet = _sheet(book, fields, language, mark)
        for column, field in enumerate(fields):
            text = as_text(field, record)
            if text:
                sheet.write_string(count % MOST_SHEET_ROWS + 1, column, text)
        count += 1
    if sheet is None:
        _sheet(book, fields, language, mark)
    book.close()
    return count


def _sheet(book: Any, fields: tuple[Field, ...], language: str, mark: str) -> Any:
    """`mark`: who took it and when, above and below every printed page."""
    sheet = book.add_worksheet()
    said = mark.replace("&", "&&")
    sheet.set_header(f"&R&8{said}")
    sheet.set_footer(f"&L&8{said}&R&8&P / &N")
    bold = book.add_format({"bold": True})
    for column, field in enumerate(fields):
        heading = heading_of(field, language)
        sheet.set_column(column, column, max(10, 2 * len(heading) + 2))
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 0)
    return sheet


def as_text(field: Field, record: Record) -> str:
    """A value as the import reads it back: codes, yuan, Shanghai time."""
    if field.key in _ADDRESSES:
        return _address(record["addresses"], _ADDRESSES[field.key])
    value = record.get(field.key)
    if value is None:
        return ""
    if f"{field.key}_branch" in record:
        home = record[f"{field.key}_branch"]
        return str(value) if home == record["branch"] else f"{home}/{value}"
    return _TEXTS.get(field.type, _plain)(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _money(value: int) -> str:
    return f"{Decimal(value) / 100:.2f}"


def _moment(value: datetime) -> str:
    local = value.astimezone(SHANGHAI).replace(tzinfo=None)
    return local.isoformat(sep=" ")


def _date(value: date) -> str:
    return value.isoformat()


def _rate(value: int) -> str:
    return f"{(Decimal(value) / 10_000).normalize():f}%"


def _address(addresses: str | None, kind: str) -> str:
    for address in json.loads(addresses or "[]"):
        if address["kind"] == kind and address.get("valid", True):
            return str(address["text"])
    return ""


def _phones(value: str) -> str:
    parts = []
    for phone in json.loads(value):
        number, kind = phone["number"], phone.get("kind", "")
        parts.append(number if kind == phone_kind(number) else f"{number}[{kind}]")
    return ";".join(parts)


def _contacts(value: str) -> str:
    people = json.loads(value)
    return json.dumps(people, ensure_ascii=False) if people else ""


def _choices(value: str) -> str:
    return value.replace(",", ";")


_TEXTS: dict[T, Callable[[Any], str]] = {
    T.MONEY: _money,
    T.MOMENT: _moment,
    T.DATE: _date,
    T.RATE: _rate,
    T.PHONES: _phones,
    T.CONTACTS: _contacts,
    T.CHOICES: _choices,
    T.DEGREES: repr,
    T.TICK: _plain,
}
