"""Ctrl+P on the queue: what is shown, masked, with who and when; the audit learns of it."""

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select, update

from supervisor.models.tables import AuditEvent, Branch
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.case_queue.page import CaseQueuePage
from supervisor.ui.pages.case_queue.printing import sheet
from tests.ui.pages.queue_cases import a_small_branch


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> CaseQueuePage:
    """Five cases of a branch that shows names."""
    a_small_branch(desk.database)
    with desk.database.transaction() as session:
        session.execute(update(Branch).values(shows_names=True))
    made = CaseQueuePage(desk)
    qtbot.addWidget(made)
    made.resize(1600, 800)
    made.show()
    made.activate()
    made.presenter.clear()
    return made


def test_that_the_screen_is_printed_with_masked_names_and_who_printed(page: CaseQueuePage) -> None:
    found = sheet(page.presenter, page.table, page.title())
    assert [head.name for head in found.heads] == [
        column.title() for column in page.table.shown_columns()
    ]
    assert len(found.lines) == 5
    place = [column.key for column in page.table.shown_columns()].index("borrower")
    assert all("**" in line[place] for line in found.lines)
    assert found.lines[0][0].startswith("◆ ")
    assert found.watermark == "周督导 2026-11-23 10:38"
    assert "周督导, 2026-11-23 10:38" in found.foot
    assert "5 of 5 cases" in found.facts[0]


def test_that_ticked_cases_are_printed_alone(page: CaseQueuePage) -> None:
    page.model.tick_range(1, 2)
    assert len(sheet(page.presenter, page.table, "").lines) == 2


def test_that_the_preview_opens_and_only_a_print_is_in_the_audit(
    page: CaseQueuePage, desk: Desk
) -> None:
    def printed() -> list[str]:
        with desk.database.transaction() as session:
            return [str(row) for row in session.execute(select(AuditEvent.__table__))]

    page.key_print()
    dialog = page.acts.preview
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()
    assert printed() == []
    page.key_print()
    dialog = page.acts.preview
    assert dialog is not None
    dialog.accept()
    (event,) = printed()
    assert "case_queue_print" in event
