"""The big list of naughty strings on screen, on the clipboard and in the exported queue."""

import csv
import html
import io
import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QGuiApplication, Qt, QTextDocument
from pytestqt.qtbot import QtBot

from supervisor.intake.workbook import Workbook
from supervisor.ui.look.plain import tip
from supervisor.ui.pages.case_queue import cells, export
from supervisor.ui.tables import Column, RowTableModel, TablePanel
from tests.factories import TODAY
from tests.intake.test_naughty import NAUGHTY
from tests.ui.pages.queue_cases import NOW, a_row

BREAK = re.compile(r"<br [^>]*>")


@dataclass(frozen=True)
class Line:
    number: int
    text: str


LINES = tuple(Line(number, text) for number, text in enumerate(NAUGHTY))


def a_panel(qtbot: QtBot) -> TablePanel:
    columns = (
        Column[Line]("number", lambda: "Number", lambda line: str(line.number), numeric=True),
        Column[Line]("text", lambda: "Text", lambda line: line.text, grows=True),
    )
    model = RowTableModel(columns, row_id=lambda line: line.number, tickable=True)
    panel = TablePanel(model, "naughty")
    qtbot.addWidget(panel)
    panel.resize(900, 400)
    model.set_rows(LINES)
    panel.show()
    return panel


def test_that_every_string_is_painted_and_spoken_as_it_is(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    model = panel.model
    for row, text in enumerate(NAUGHTY):
        index = model.index(row, model.section_of("text"))
        # A leading byte order mark has no width and is lost on the way into a Qt string.
        visible = text.removeprefix("\ufeff")
        assert index.data(Qt.ItemDataRole.DisplayRole) == visible
        assert visible in index.data(Qt.ItemDataRole.AccessibleTextRole)
        if row % 8 == 0:  # eleven rows are on screen at a time
            panel.make_current(row)
            panel.grab()


def test_that_a_tooltip_shows_markup_instead_of_obeying_it(qtbot: QtBot) -> None:
    for text in NAUGHTY:
        shown = tip(text)
        if Qt.mightBeRichText(text):
            document = QTextDocument()
            document.setHtml(shown)
            assert "".join(document.toPlainText().split()) == "".join(text.split())
        else:
            assert shown == text


def test_that_the_clipboard_adds_at_most_an_apostrophe(qtbot: QtBot) -> None:
    panel = a_panel(qtbot)
    panel.tick_all()
    panel.copy()
    data = QGuiApplication.clipboard().mimeData()
    pasted = list(csv.reader(io.StringIO(data.text(), newline=""), dialect="excel-tab"))[1:]
    in_html = re.findall(r"<tr><td[^>]*>\d+</td><td[^>]*>(.*?)</td></tr>", data.html(), re.DOTALL)
    assert len(pasted) == len(in_html) == len(NAUGHTY)
    for text, (_, cell), marked in zip(NAUGHTY, pasted, in_html, strict=True):
        assert cell in {text, f"'{text}"}
        assert html.unescape(BREAK.sub("\n", marked)) in {text, f"'{text}"}


def test_that_the_exported_queue_holds_every_string_unaltered(tmp_path: Path) -> None:
    path = tmp_path / "queue.xlsx"
    fields = export.fields(("borrower", "area"), cells.Now(TODAY, NOW))
    rows = [a_row(name=text or "-", area=text or "-") for text in NAUGHTY]
    export.write_workbook(path, rows, fields, export.Taken(["about"], "周敏 & Co"))
    book = Workbook(path)
    head, *lines = (found for _, found in book.rows(book.about.sheets[0]))
    for name in ("Borrower", "District"):
        assert [line[head.index(name)] for line in lines] == [text or "-" for text in NAUGHTY]
