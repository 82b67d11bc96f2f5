"""A manager reads the queue and writes notes; what is not theirs is said before it is asked."""

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from supervisor.models.enums import Mark, Role
from supervisor.models.tables import AuditEvent
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.case_queue.page import CaseQueuePage
from tests.factories import an_actor
from tests.ui.pages.queue_cases import a_small_branch


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> CaseQueuePage:
    """The page of a manager, with the first case current."""
    a_small_branch(desk.database)
    desk.actor = an_actor("钱峰", Role.MANAGER)
    made = CaseQueuePage(desk)
    qtbot.addWidget(made)
    made.resize(1600, 800)
    made.show()
    made.activate()
    made.presenter.clear()
    made.table.view.setCurrentIndex(made.model.index(0, 0))
    return made


@pytest.mark.parametrize("act", ["plan", "reassign", "hold", "end_hold", "second_person"])
def test_that_what_is_not_a_managers_opens_nothing_and_says_so(
    page: CaseQueuePage, act: str
) -> None:
    told: list[str] = []
    page.said.connect(lambda text, _tone, _undo: told.append(text))
    page.acts.do(act)
    assert told == ["This act belongs to another role."]
    assert [one for one in page.findChildren(QDialog) if one.isVisible()] == []


def test_that_a_managers_mark_is_refused_and_their_note_is_not(page: CaseQueuePage) -> None:
    told: list[str] = []
    page.said.connect(lambda text, _tone, _undo: told.append(text))
    page.acts.mark(Mark.A)
    assert told == ["This act belongs to another role."]
    assert list(page.acts.words()) == ["note"]
    page.acts.do("note")
    assert [one for one in page.findChildren(QDialog) if one.isVisible()]
    with page.presenter.desk.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(AuditEvent)) == 0
