"""Rows for the clipboard: tab-separated text, and HTML in which long numbers stay text."""

import html
from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QMimeData

from supervisor.ui.tables.column import Column

R = TypeVar("R")
# A cell that begins with one of these would be run as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# A line break within one cell, as a spreadsheet writes it.
_BREAK = '<br style="mso-data-placement:same-cell">'


def harmless(text: str) -> str:
    """The text, with a leading apostrophe where a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    plain = text.replace(",", "").replace("−", "-")
    return (
        plain.lstrip("-").replace(".", "", 1).isascii()
        and plain.lstrip("-").replace(".", "", 1).isdigit()
    )


def _quoted(text: str) -> str:
    """Quoted, as spreadsheets do, where tabs or line breaks would start another cell or row."""
    if any(sign in text for sign in "\t\r\n") or text.startswith('"'):
        return '"' + text.replace('"', '""') + '"'
    return text


def as_text(columns: Sequence[Column[R]], rows: Sequence[R], *, heads: bool) -> str:
    """Tab-separated lines."""
    lines = ["\t".join(column.name for column in columns)] if heads else []
    lines += ["\t".join(_quoted(harmless(c.text(row))) for c in columns) for row in rows]
    return "\n".join(lines)


def as_html(columns: Sequence[Column[R]], rows: Sequence[R], *, heads: bool) -> str:
    """A table whose identifier columns say "this is text" to a spreadsheet."""
    parts = ['<html><head><meta charset="utf-8"></head><body><table>']
    if heads:
        cells = "".join(f"<th>{html.escape(column.name)}</th>" for column in columns)
        parts.append(f"<tr>{cells}</tr>")
    lines = ("".join(_cell(column, row) for column in columns) for row in rows)
    parts.extend(f"<tr>{line}</tr>" for line in lines)
    return "".join([*parts, "</table></body></html>"])


def _cell(column: Column[R], row: R) -> str:
    text = html.escape(harmless(column.text(row))).replace("\n", _BREAK)
    kept = " style=\"mso-number-format:'\\@'\"" if column.numeric else ""
    return f"<td{kept}>{text}</td>"


def mime(columns: Sequence[Column[R]], rows: Sequence[R], *, with_heads: bool = True) -> QMimeData:
    """What goes on the clipboard; heads come along when there is more than one row."""
    heads = with_heads and len(rows) > 1
    data = QMimeData()
    data.setText(as_text(columns, rows, heads=heads))
    data.setHtml(as_html(columns, rows, heads=heads))
    return data
