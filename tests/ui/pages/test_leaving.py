"""What leaves the program: marked with person and time, and written into the audit by row count."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from supervisor.intake.api import export_kind
from supervisor.models.enums import Act, Kind
from supervisor.models.orders import RevealPrivate
from supervisor.models.tables import AuditEvent
from supervisor.ui.background.desk import Desk
from supervisor.ui.charts.copying import picture_of
from supervisor.ui.pages.case_queue import cells, export
from supervisor.ui.pages.case_queue.columns import ref_of
from supervisor.ui.pages.case_queue.page import CaseQueuePage
from supervisor.ui.pages.incidents.page import IncidentsPage
from supervisor.ui.pages.outcomes.page import OutcomesPage
from supervisor.ui.widgets import IconButton
from tests.factories import TODAY
from tests.ui.charts import rows
from tests.ui.pages.queue_cases import NOW, a_row, a_small_branch

PHONE = "13800002041"


def told(desk: Desk, act: Act) -> list[dict[str, Any]]:
    """What the audit keeps of such events."""
    with desk.database.transaction() as session:
        known = select(AuditEvent.counts).where(AuditEvent.act == act).order_by(AuditEvent.seq)
        return [json.loads(text) for text in session.scalars(known)]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> CaseQueuePage:
    """The queue with a case open whose phones are revealed."""
    a_small_branch(desk.database)
    made = CaseQueuePage(desk)
    qtbot.addWidget(made)
    made.resize(1600, 800)
    made.show()
    made.activate()
    made.presenter.clear()
    made.table.make_current(0)
    made.open_case()
    assert made.case.row is not None
    made.case.reveal(
        RevealPrivate(
            actor=desk.actor, case=ref_of(made.case.row), items=("phones",), reason="call_back"
        )
    )
    return made


def copy_button(page: CaseQueuePage) -> IconButton:
    (found,) = [
        button for button in page.panel.view.facts.findChildren(IconButton)
        if button.isVisible() and "audit" in button.accessibleName()
    ]  # fmt: skip
    return found


def test_that_a_revealed_item_is_copied_once_the_audit_knows(page: CaseQueuePage) -> None:
    copy_button(page).click()
    assert QGuiApplication.clipboard().text() == PHONE
    row = page.case.row
    assert row is not None
    assert told(page.desk, Act.COPIED) == [{"rows": 1, "what": "phones", "case_id": row.case_id}]


def test_that_nothing_is_copied_where_the_audit_cannot_learn_of_it(
    page: CaseQueuePage,
) -> None:
    button = copy_button(page)
    with page.desk.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE audit_head")
    QGuiApplication.clipboard().setText("before")
    button.click()
    assert QGuiApplication.clipboard().text() == "before"


def test_that_a_revealed_value_cannot_be_selected_past_its_button(page: CaseQueuePage) -> None:
    labels = [one for one in page.panel.view.facts.findChildren(QLabel) if PHONE in one.text()]
    assert labels
    for label in labels:
        assert not label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    page.case.mask_again()
    assert not [
        one for one in page.panel.view.facts.findChildren(QLabel)
        if PHONE in one.text() and one.isVisible()
    ]  # fmt: skip


def test_that_words_of_a_note_are_logged_when_copied(qtbot: QtBot, desk: Desk) -> None:
    page = IncidentsPage(desk)
    qtbot.addWidget(page)
    page.detail.note.show_note("客户称下周一还款", ())
    page.detail.note.selectAll()
    page.detail.note.copy()
    assert QGuiApplication.clipboard().text() == "客户称下周一还款"
    assert {"rows": 1, "what": "visit_note"} in told(desk, Act.COPIED)


def test_that_numbers_of_a_chart_are_logged_when_copied_and_saved(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    page = OutcomesPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    card = next(iter(page.board.cards.values()))
    card.show_row(rows.lines())
    card.copy()
    card.save_to(tmp_path / "chart.png")
    lost = card.show_table()
    assert lost is not None
    lost.confirm()
    n = len(rows.lines().table.rows)
    what = f"chart_{rows.lines().head.key}"
    assert told(desk, Act.COPIED) == [{"rows": n, "what": what}] * 2
    assert told(desk, Act.EXPORTED) == [{"rows": n, "what": what}]


def test_that_a_saved_picture_bears_who_took_it_across_the_plot(qtbot: QtBot) -> None:
    plot = QWidget()  # stands still, so that nothing but the mark can differ
    qtbot.addWidget(plot)
    plot.resize(480, 240)
    plot.show()
    within = plot.rect().translated(16, 60).adjusted(0, 0, 0, -20)
    pictures = [picture_of(rows.lines(), plot, None, by).copy(within) for by in ("周敏", "钱峰")]
    same = picture_of(rows.lines(), plot, None, "周敏").copy(within)
    assert pictures[0].toImage() == same.toImage()
    assert pictures[0].toImage() != pictures[1].toImage()


def test_that_a_workbook_says_on_every_page_who_took_it_and_when(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    fields = export.fields(("borrower",), cells.Now(TODAY, NOW))
    export.write_workbook(path, [a_row()], fields, export.Taken(["about"], "A & B, 10:38"))
    for sheet in openpyxl.load_workbook(path).worksheets:
        assert sheet.oddFooter.left.text == "A && B, 10:38"
        assert sheet.oddHeader.right.text == "A && B, 10:38"


def test_that_exported_rows_are_marked_and_logged(desk: Desk, tmp_path: Path) -> None:
    a_small_branch(desk.database)
    path = tmp_path / "staff.xlsx"
    n = export_kind(desk.database, desk.actor, Kind.STAFF, path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert desk.actor.name in sheet.oddFooter.left.text
    assert "2026-11-23 10:38" in sheet.oddFooter.left.text
    assert told(desk, Act.EXPORTED) == [{"rows": n, "what": "staff"}]
