"""The content of a weekly report as plain blocks, typeset by Typst, WeasyPrint and fpdf2.

What is drawn becomes the table of the same numbers, so rivals set every heading, text and table
the paper has, but no charts.
"""

import html
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import Flowable, KeepTogether, LongTable

from supervisor import i18n, paths
from supervisor.models.rows.reports import Snapshot
from supervisor.reports import document, fonts
from supervisor.reports.charts import Figure
from supervisor.reports.heads import Masthead, Section
from supervisor.reports.parts import Beside, Box
from supervisor.reports.setting import margins
from supervisor.reports.text import Text

FONTS = paths.resources() / "fonts"
MOST_ROWS = 60
"""Longer tables of charts (curves by day) are left out."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a text; or a table, its first row the heads."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def content(snapshot: Snapshot) -> list[Block]:
    """The blocks of a report in Chinese."""
    with i18n.speaking("zh_CN"):
        kind = snapshot.request.kind
        story = document.BUILDERS[kind](snapshot, snapshot.content, margins().width)
        return list(_blocks(story))


def _blocks(story: Sequence[Any]) -> Iterator[Block]:
    for one in story:
        if isinstance(one, Masthead | Section):
            yield Block("heading", one._title)
            if isinstance(one, Section) and one._note:
                yield Block("text", one._note)
        elif isinstance(one, Text):
            if one._text:
                yield Block("text", f"{one._hang} {one._text}".strip())
        elif isinstance(one, LongTable):
            yield Block("table", rows=tuple(tuple(map(_cell, row)) for row in one._cellvalues))
        elif isinstance(one, Figure):
            yield from _figure(one)
        else:
            for inside in _inside(one):
                yield from _blocks(inside)


def _inside(one: Any) -> Sequence[Sequence[Any]]:
    """What holds others, as lists of them."""
    if isinstance(one, KeepTogether):
        return [one._content]
    if isinstance(one, Beside):
        return one._columns
    return [one._inside] if isinstance(one, Box) else []


def _figure(one: Figure) -> Iterator[Block]:
    head, table = one._row.head, one._row.table
    yield from (Block("text", said) for said in (head.title, head.subtitle, head.reading) if said)
    if 0 < len(table.rows) <= MOST_ROWS:
        rows = (table.heads, *table.rows)
        yield Block("table", rows=tuple(tuple(map(fonts.shown, row)) for row in rows))


def _cell(cell: Any) -> str:
    while isinstance(cell, list | tuple):
        cell = cell[0]
    return cell._text if isinstance(cell, Flowable) else str(cell)  # type: ignore[attr-defined]


def by_typst() -> Callable[[Sequence[Block]], bytes]:
    """Typst, given only our faces."""
    import typst

    head = (
        '#set page(paper: "a4", margin: (left: 20mm, right: 15mm, top: 20mm, bottom: 15mm),'
        ' numbering: "1 / 1")\n#set text(font: "Noto Sans SC", size: 8pt, lang: "zh")\n'
    )

    def quoted(text: str) -> str:
        return '#"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def made(blocks: Sequence[Block]) -> bytes:
        parts = [head]
        for one in blocks:
            if one.kind == "table":
                cells = ", ".join(f"[{quoted(cell)}]" for row in one.rows[1:] for cell in row)
                first = ", ".join(f"[*{quoted(cell)}*]" for cell in one.rows[0])
                parts.append(
                    f"#table(columns: {len(one.rows[0])}, stroke: 0.4pt, inset: 3pt,"
                    f" table.header({first}), {cells})"
                )
            else:
                parts.append(f"{'= ' if one.kind == 'heading' else ''}{quoted(one.text)}\n")
        return typst.compile(
            "\n".join(parts).encode(), font_paths=[str(FONTS)], ignore_system_fonts=True
        )

    return made


def by_weasyprint() -> Callable[[Sequence[Block]], bytes]:
    """WeasyPrint, from HTML."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    faces = "".join(
        f"@font-face{{font-family:N;font-weight:{weight};src:url(file://{FONTS}/NotoSansSC-{name}.ttf)}}"
        for name, weight in (("Regular", 400), ("Bold", 700))
    )
    style = (
        f"{faces}@page{{size:A4;margin:20mm 15mm 15mm 20mm;@bottom-right{{content:counter(page)"
        "' / ' counter(pages)}}body{font:8pt N}td,th{border:0.4pt solid #999;padding:2pt}"
        "table{border-collapse:collapse;width:100%}thead{display:table-header-group}"
    )
    known = FontConfiguration()
    sheet = CSS(string=style, font_config=known)

    def row(cells: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    def made(blocks: Sequence[Block]) -> bytes:
        parts = []
        for one in blocks:
            if one.kind == "table":
                body = "".join(row(cells, "td") for cells in one.rows[1:])
                parts.append(f"<table><thead>{row(one.rows[0], 'th')}</thead>{body}</table>")
            else:
                tag = "h2" if one.kind == "heading" else "p"
                parts.append(f"<{tag}>{html.escape(one.text)}</{tag}>")
        text = f"<html lang=zh><body>{''.join(parts)}</body></html>"
        found: bytes = HTML(string=text).write_pdf(stylesheets=[sheet], font_config=known)
        return found

    return made


def by_fpdf() -> Callable[[Sequence[Block]], bytes]:
    """fpdf2; its faces are read anew for every document, as its interface wants it."""
    import logging

    from fpdf import FPDF

    logging.getLogger("fontTools").setLevel(logging.ERROR)

    def made(blocks: Sequence[Block]) -> bytes:
        pdf = FPDF(format="A4")
        pdf.set_margins(20, 20, 15)
        pdf.set_auto_page_break(auto=True, margin=15)
        for style, name in (("", "Regular"), ("B", "Bold")):
            pdf.add_font("N", style, str(FONTS / f"NotoSansSC-{name}.ttf"))
        pdf.add_page()
        for one in blocks:
            pdf.set_font("N", "B" if one.kind == "heading" else "", 8)
            if one.kind == "table":
                with pdf.table(one.rows, line_height=4, text_align="LEFT"):
                    pass
            else:
                pdf.multi_cell(0, 4.5, one.text, new_x="LMARGIN", new_y="NEXT")
        return bytes(pdf.output())

    return made


RIVALS: dict[str, Callable[[], Callable[[Sequence[Block]], bytes]]] = {
    "typst": by_typst,
    "weasyprint": by_weasyprint,
    "fpdf2": by_fpdf,
}
