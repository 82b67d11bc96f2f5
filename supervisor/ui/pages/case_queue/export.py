"""What is seen, as a workbook: real numbers and dates, long numbers as text, no formulas."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from supervisor.clock import SHANGHAI
from supervisor.i18n import tr
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.ui.pages.case_queue import cells
from supervisor.words import word

if TYPE_CHECKING:
    import xlsxwriter

Value = str | int | float | date | datetime | None
FEN = 100
MIN_WIDTH, MAX_WIDTH = 8, 48
SHEET_ROWS = 1_048_576
"""Rows a sheet can hold, the heading included; more go on to further sheets."""

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
    "remove_timezone": True,
    "default_date_format": "yyyy-mm-dd",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the workbook. `form` is the number form, empty for text and counts."""

    title: str
    value: Callable[[CaseQueueRow], Value]
    form: str = ""


def fields(keys: Iterable[str], now: cells.Now) -> tuple[Field, ...]:
    """The workbook columns behind what the screen shows, in the order of the screen."""
    known = _fields(now)
    return tuple(field for key in keys for field in known.get(key, ()))


def _fields(now: cells.Now) -> dict[str, tuple[Field, ...]]:
    day, money, instant = "yyyy-mm-dd", "#,##0.00", "yyyy-mm-dd hh:mm"
    return {
        "reason": (Field(tr("Reason"), cells.reason_text),),
        "mark": (Field(tr("Mark"), lambda r: r.mark or ""),),
        "case_no": (Field(tr("Case no."), lambda r: r.case_no),),
        "contract_no": (Field(tr("Contract no."), lambda r: r.contract_no or ""),),
        "borrower": (
            Field(tr("Borrower"), lambda r: r.name),
            Field(tr("Visit turn"), cells.visit_turn),
            Field(tr("Household"), lambda r: r.household_n),
        ),
        "stage": (
            Field(tr("Stage"), lambda r: cells.stage_word(r.bucket)),
            Field(tr("Days past due"), lambda r: r.dpd),
        ),
        "overdue": (Field(tr("Overdue (CNY)"), lambda r: r.overdue_fen / FEN, money),),
        "settle": (Field(tr("To settle (CNY)"), lambda r: r.settle_fen / FEN, money),),
        "area": (Field(tr("District"), lambda r: r.area),),
        "agent": (Field(tr("Agent"), lambda r: _person(r.agent, r.agent_no)),),
        "second_agent": (
            Field(tr("Second person"), lambda r: _person(r.second_agent, r.second_agent_no)),
        ),
        "last_visit": (
            Field(tr("Last visit"), lambda r: r.last_visit_on, day),
            Field(
                tr("Last outcome"),
                lambda r: word(r.last_visit_outcome) if r.last_visit_outcome else "",
            ),
        ),
        "promise": (
            Field(tr("Promise due"), lambda r: r.promise_due_on, day),
            Field(
                tr("Promise (CNY)"),
                lambda r: None if r.promise_fen is None else r.promise_fen / FEN,
                money,
            ),
        ),
        "days_since": (Field(tr("Days since visit"), lambda r: r.days_since_visit),),
        "next_step": (
            Field(tr("Next step"), lambda r: cells.next_step_text(r, now)),
            Field(tr("Next visit"), lambda r: _local(r.next_plan_at), instant),
        ),
        "team": (Field(tr("Team"), lambda r: r.team or ""),),
        "branch": (Field(tr("Branch"), lambda r: r.branch),),
        "product": (Field(tr("Product"), lambda r: word(r.product)),),
        "placed_on": (Field(tr("Placed on"), lambda r: r.placed_on, day),),
        "visit_count": (Field(tr("Visits"), lambda r: r.visit_number),),
    }


def _person(name: str | None, number: str | None) -> str:
    return "" if name is None else cells.person_text(name, number)


def _local(moment: datetime | None) -> datetime | None:
    """Shanghai wall time without a zone: workbooks know none."""
    return None if moment is None else moment.astimezone(SHANGHAI).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Taken:
    """What the rows are (`facts`, on a sheet of their own), and by whom and when they were taken.

    `mark` stands on every page that is printed from the workbook.
    """

    facts: Sequence[str]
    mark: str


def write_workbook(
    path: Path, rows: Sequence[CaseQueueRow], columns: Sequence[Field], taken: Taken
) -> int:
    """Write the rows; gives how many.

    The file appears whole or not at all.
    """
    import xlsxwriter  # noqa: PLC0415 (slow to load, seldom needed)

    beside = path.with_name(f".{path.name}.part")
    try:
        with xlsxwriter.Workbook(str(beside), _OPTIONS) as book:
            head = book.add_format({"bold": True, "bottom": 1, "text_wrap": False})
            forms = {form: book.add_format({"num_format": form}) for form in _forms(columns)}
            room = SHEET_ROWS - 1
            for start in range(0, max(len(rows), 1), room):
                sheet = book.add_worksheet()
                _sign(sheet, taken.mark)
                _fill(sheet, rows[start : start + room], columns, head, forms)
            about = book.add_worksheet(tr("About"))
            _sign(about, taken.mark)
            _tell(about, taken.facts)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return len(rows)


def _sign(sheet: "xlsxwriter.worksheet.Worksheet", mark: str) -> None:
    """Who took it and when, above and below every printed page (`&` would be a code there)."""
    said = mark.replace("&", "&&")
    sheet.set_header(f"&R&8{said}")
    sheet.set_footer(f"&L&8{said}&R&8&P / &N")


def _forms(columns: Iterable[Field]) -> set[str]:
    return {field.form for field in columns if field.form}


def _fill(
    sheet: "xlsxwriter.worksheet.Worksheet",
    rows: Sequence[CaseQueueRow],
    columns: Sequence[Field],
    head: object,
    forms: dict[str, object],
) -> None:
    for index, field in enumerate(columns):
        width = _width(field, rows[:200])
        sheet.set_column(index, index, width)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), max(len(columns) - 1, 0))
    for index, field in enumerate(columns):
        sheet.write_string(0, index, field.title, head)
    for line, row in enumerate(rows, 1):
        for index, field in enumerate(columns):
            _write(sheet, line, index, field.value(row), forms.get(field.form))


def _write(
    sheet: "xlsxwriter.worksheet.Worksheet", line: int, index: int, value: Value, form: object
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(line, index, value)
    elif isinstance(value, date):
        sheet.write_datetime(line, index, value, form)
    else:
        sheet.write_number(line, index, value, form)


def _tell(sheet: "xlsxwriter.worksheet.Worksheet", facts: Sequence[str]) -> None:
    sheet.set_column(0, 0, MAX_WIDTH)
    for line, fact in enumerate(facts):
        sheet.write_string(line, 0, fact)


def _width(field: Field, sample: Sequence[CaseQueueRow]) -> int:
    """Columns wide enough: a Chinese character takes two places, which autofit does not know."""
    shown = [field.title]
    for row in sample:
        value = field.value(row)
        shown.append(f"{value:,.2f}" if isinstance(value, float) else str(value or ""))
    return min(MAX_WIDTH, max(MIN_WIDTH, *(_places(text) + 2 for text in shown)))


def _places(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
