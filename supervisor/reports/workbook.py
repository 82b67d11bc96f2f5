"""The workbook beside the paper: the same tables with real dates and numbers, ready to print.

Deterministic like the paper: bytes depend on snapshot, language and stamp alone.
"""

import io
import unicodedata
from datetime import date, datetime
from typing import Any

import xlsxwriter

from supervisor import i18n
from supervisor.clock import SHANGHAI
from supervisor.i18n import tr
from supervisor.models.rows.reports import Snapshot, Stamp
from supervisor.reports import figures, sheets
from supervisor.reports.page import local
from supervisor.reports.sheet import Share, Sheet, Value, Yuan
from supervisor.words import word

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_A4, NARROWEST, WIDEST = 9, 8, 60
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LONGEST_NAME = 31
_FORMS = {
    "money": "#,##0.00",
    "share": "0.0%",
    "count": "#,##0",
    "ratio": "#,##0.00",
    "day": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
}


def workbook(snapshot: Snapshot, lang: str, stamp: Stamp) -> bytes:
    """The workbook of a snapshot in a language, made by and at what the stamp says."""
    with i18n.speaking(lang):
        target = io.BytesIO()
        book = xlsxwriter.Workbook(target, _OPTIONS)
        book.set_properties({
            "title": word(snapshot.request.kind),
            "author": stamp.name,
            "created": stamp.at.replace(tzinfo=None),
        })  # fmt: skip
        looks = {name: book.add_format({"num_format": form, "valign": "top"})
                 for name, form in _FORMS.items()}  # fmt: skip
        looks["head"] = book.add_format({"bold": True, "bottom": 1, "text_wrap": True,
                                         "valign": "vcenter", "bg_color": "#F1F3F5"})  # fmt: skip
        looks["note"] = book.add_format({"bold": True})
        looks["text"] = book.add_format({"text_wrap": True, "valign": "top"})
        foot = _foot(snapshot, stamp)
        _about(book, snapshot, stamp, looks)
        taken: set[str] = {tr("About").lower()}
        for sheet in sheets.of(snapshot):
            _fill(book.add_worksheet(_name(sheet.title, taken)), sheet, looks, foot)
        book.close()
    return target.getvalue()


def _foot(snapshot: Snapshot, stamp: Stamp) -> str:
    left = tr("Snapshot {number}, {name} {at}", number=snapshot.number, name=stamp.name,
              at=local(stamp.at))  # fmt: skip
    return f"&L&8{left.replace('&', '&&')}&R&8&P / &N"


def _about(book: Any, snapshot: Snapshot, stamp: Stamp, looks: dict[str, Any]) -> None:
    """What this is, of when, and by whom."""
    request = snapshot.request
    head = getattr(snapshot.content, "head", None)
    told = [
        (tr("Report"), word(request.kind)),
        (tr("Unit"), tr(", ").join(one.name for one in head.branches) if head else ""),
        (tr("Period"), figures.range_text(request.from_on, request.to_on)),
        (tr("Snapshot"), snapshot.number),
        (tr("Data up to"), local(snapshot.as_of)),
        (tr("Made by"), snapshot.taken_by),
        (tr("Printed by"), f"{stamp.name} {local(stamp.at)}"),
        (tr("Definitions version"), snapshot.measures_version),
        (tr("Confidentiality"), tr("Internal, confidential")),
    ]
    sheet = book.add_worksheet(tr("About"))
    sheet.set_column(0, 0, max(_places(name) for name, _ in told) + 2)
    sheet.set_column(1, 1, WIDEST)
    for line, (name, text) in enumerate(told):
        sheet.write_string(line, 0, name, looks["head"])
        sheet.write_string(line, 1, text, looks["text"])


def _name(title: str, taken: set[str]) -> str:
    """A name a workbook allows: 31 characters, some forbidden, each once."""
    plain = title.translate(_FORBIDDEN).strip("' ")[:_LONGEST_NAME]
    name, number = plain, 2
    while name.lower() in taken:
        ending = f" {number}"
        name, number = plain[: _LONGEST_NAME - len(ending)] + ending, number + 1
    taken.add(name.lower())
    return name


def _fill(page: Any, sheet: Sheet, looks: dict[str, Any], foot: str) -> None:
    top = 0
    if sheet.note:
        page.write_string(0, 0, sheet.note, looks["note"])
        top = 1
    for column, title in enumerate(sheet.heads):
        page.set_column(column, column, _width(sheet, column))
        page.write_string(top, column, title, looks["head"])
    for line, row in enumerate(sheet.rows, top + 1):
        for column, value in enumerate(row):
            _write(page, line, column, value, looks)
    page.freeze_panes(top + 1, 1)
    page.autofilter(top, 0, top + max(1, len(sheet.rows)), len(sheet.heads) - 1)
    page.repeat_rows(0, top)
    page.set_paper(_A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.79, right=0.59, top=0.79, bottom=0.59)  # inches; bound left
    page.set_header("&L&9&A&R&9" + tr("Internal, confidential").replace("&", "&&"))
    page.set_footer(foot)


def _write(page: Any, line: int, column: int, value: Value, looks: dict[str, Any]) -> None:
    """A value as what it is; nothing where nothing is known."""
    value, form = _plain(value)
    if value is None or value == "":
        return
    if isinstance(value, str):
        page.write_string(line, column, value, looks["text"])
    elif isinstance(value, date):
        page.write_datetime(line, column, value, looks[form])
    else:
        page.write_number(line, column, value, looks[form])


def _plain(value: Value) -> tuple[str | int | float | date | None, str]:
    """A value as a workbook takes it, and how it is shown."""
    if isinstance(value, Share):
        return value.value, "share"
    if isinstance(value, Yuan):
        return None if value.fen is None else round(value.fen) / 100, "money"
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).replace(tzinfo=None), "moment"
    if isinstance(value, date):
        return value, "day"
    if isinstance(value, float) and not value.is_integer():
        return value, "ratio"
    return value, "count"


def _width(sheet: Sheet, column: int) -> float:
    """Wide enough for what is shown: a Chinese character takes two places."""
    need = max((_places(part) for part in sheet.heads[column].split()), default=0)
    for row in sheet.rows[:400]:
        need = max(need, *map(_places, _shown(row[column]).split("\n")))
    return min(WIDEST, max(NARROWEST, need + 2))


def _shown(value: Value) -> str:
    plain, form = _plain(value)
    if plain is None:
        return ""
    if isinstance(plain, datetime):
        return "2026-11-16 08:00"
    if isinstance(plain, date):
        return "2026-11-16"
    if isinstance(plain, str):
        return plain
    if form == "share":
        return f"{plain:.1%}"
    return f"{plain:,.2f}" if form in {"money", "ratio"} else f"{plain:,}"


def _places(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)
