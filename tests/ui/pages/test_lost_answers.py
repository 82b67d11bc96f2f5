"""Dialogs stay open with all that was typed until their order was carried out, and it is once."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from supervisor.errors import UnreachableError
from supervisor.models.changes import Actor
from supervisor.models.commands.reassign import reassign_cases
from supervisor.models.enums import Act, HoldReason, Mark, Role
from supervisor.models.ids import StaffId
from supervisor.models.orders import ReassignCases
from supervisor.models.tables import AuditEvent, VisitPlan
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.case_queue.dialogs.orders import MarkDialog
from supervisor.ui.pages.case_queue.dialogs.single import NameDialog
from supervisor.ui.pages.case_queue.page import CaseQueuePage
from supervisor.ui.pages.visit_schedule.page import VisitSchedulePage
from tests.ui.pages.conftest import During
from tests.ui.pages.queue_cases import SmallBranch, a_small_branch
from tests.ui.pages.test_visit_schedule import World, page, world

__all__ = ["page", "world"]

Fill = Callable[[Any, SmallBranch], None]


@pytest.fixture
def branch(desk: Desk) -> SmallBranch:
    return a_small_branch(desk.database)


@pytest.fixture
def make_queue(qtbot: QtBot, desk: Desk, branch: SmallBranch) -> Callable[[], CaseQueuePage]:
    """A queue over the same desk, with its first two cases ticked."""

    def make() -> CaseQueuePage:
        made = CaseQueuePage(desk)
        qtbot.addWidget(made)
        made.resize(1600, 800)
        made.show()
        made.activate()
        made.presenter.clear()
        made.table.make_current(0)
        made.model.tick_range(0, 1)
        return made

    return make


@pytest.fixture
def queue(make_queue: Callable[[], CaseQueuePage]) -> Iterator[CaseQueuePage]:
    made = make_queue()
    yield made
    made.hide()


def given(desk: Desk, act: Act) -> int:
    """How often the audit says it was done."""
    with desk.database.transaction() as session:
        stmt = select(func.count()).select_from(AuditEvent).where(AuditEvent.act == act)
        return session.scalar(stmt) or 0


def reassign(dialog: Any, branch: SmallBranch) -> None:
    dialog.agent.setCurrentIndex(dialog.agent.findData(branch.agents[1]))
    dialog.reason.setText("何某下周休假")


def hold(dialog: Any, _branch: SmallBranch) -> None:
    dialog.reason.setCurrentIndex(dialog.reason.findData(HoldReason.DISASTER))
    dialog.words.setText("家中受灾")


def accompany(dialog: Any, branch: SmallBranch) -> None:
    dialog.person.setCurrentIndex(dialog.person.findData(branch.agents[2]))


BULK = [
    pytest.param("reassign", reassign, Act.REASSIGNED, id="reassign"),
    pytest.param("hold", hold, Act.HELD, id="hold"),
    pytest.param("second_person", accompany, Act.SECOND_PERSON_REQUESTED, id="second person"),
]


@pytest.mark.parametrize(("act", "fill", "done"), BULK)
def test_that_a_refused_bulk_order_stays_open_with_all_that_was_typed(
    queue: CaseQueuePage, desk: Desk, branch: SmallBranch, refuse_orders: During,
    act: str, fill: Fill, done: Act,
) -> None:  # fmt: skip
    dialog: Any = queue.acts.show(act)
    fill(dialog, branch)
    typed = dialog.order()
    refuse_orders(dialog.confirm)
    assert dialog.isVisible()
    assert "database" in dialog.summary.text()
    assert dialog.summary.isVisible()
    assert dialog.unanswered()
    assert given(desk, done) == 0
    dialog.confirm()
    assert not dialog.isVisible()
    assert given(desk, done) == 1
    assert typed.cases


@pytest.mark.parametrize(("act", "fill", "done"), BULK)
def test_that_a_bulk_order_whose_answer_was_lost_is_given_once(
    queue: CaseQueuePage, desk: Desk, branch: SmallBranch, lose_answers: During,
    act: str, fill: Fill, done: Act,
) -> None:  # fmt: skip
    dialog: Any = queue.acts.show(act)
    fill(dialog, branch)
    lose_answers(dialog.confirm)
    assert dialog.isVisible()
    assert dialog.summary.text()
    dialog.confirm()
    assert not dialog.isVisible()
    assert given(desk, done) == 1


@pytest.mark.parametrize(("act", "fill", "done"), BULK[:2])
def test_that_it_is_given_once_although_the_program_ended_meanwhile(
    make_queue: Callable[[], CaseQueuePage], desk: Desk, branch: SmallBranch, lose_answers: During,
    act: str, fill: Fill, done: Act,
) -> None:  # fmt: skip
    first = make_queue()
    dialog: Any = first.acts.show(act)
    fill(dialog, branch)
    typed = dialog.order()
    lose_answers(dialog.confirm)
    second = make_queue()
    again: Any = second.acts.show(act, tuple(first.model.ticked))
    assert again.order().reason == typed.reason
    assert again.primary.isEnabled()
    again.confirm()
    assert not again.isVisible()
    assert given(desk, done) == 1


def test_that_what_was_done_already_can_be_sent_again_and_says_so(
    make_queue: Callable[[], CaseQueuePage], desk: Desk, branch: SmallBranch, lose_answers: During
) -> None:
    dialog: Any = make_queue().acts.show("reassign")
    reassign(dialog, branch)
    lose_answers(dialog.confirm)
    queue = make_queue()
    sent = {ref.case_id for ref in dialog._refs}
    rows = tuple(row for row in queue.model.known_rows() if row.case_id in sent)
    again: Any = queue.acts.show("reassign", rows)
    assert again.refused.count() == 2, "both have the new agent by now"
    assert again.primary.text() == "Send again"
    assert "no answer came" in again.about.text()
    again.confirm()
    assert not again.isVisible()
    assert given(desk, Act.REASSIGNED) == 1


def test_that_a_draft_that_was_never_sent_offers_nothing_to_send_again(
    make_queue: Callable[[], CaseQueuePage], branch: SmallBranch
) -> None:
    dialog: Any = make_queue().acts.show("reassign")
    dialog.agent.setCurrentIndex(dialog.agent.findData(branch.agents[0]))  # has them already
    dialog.reject()
    again: Any = make_queue().acts.show("reassign")
    assert again.agent.currentData() == branch.agents[0]
    assert again.primary.text() == "Reassign 0 cases"
    assert not again.primary.isEnabled()


def test_that_an_order_changed_after_a_lost_answer_is_another_one(
    queue: CaseQueuePage, lose_answers: During, branch: SmallBranch
) -> None:
    dialog: Any = queue.acts.show("hold")
    hold(dialog, branch)
    lose_answers(dialog.confirm)
    first = dialog.command_id
    dialog.words.setText("家中受灾，社区来电")
    assert not dialog.unanswered()
    dialog.confirm()
    assert dialog.command_id != first
    assert "Nothing was changed" in dialog.summary.text(), "the cases were changed: by the first"
    assert dialog.isVisible()


def test_that_an_order_nobody_takes_any_more_stays_open_with_the_reasons(
    queue: CaseQueuePage, desk: Desk, branch: SmallBranch
) -> None:
    dialog: Any = queue.acts.show("reassign")
    reassign(dialog, branch)
    other = ReassignCases(
        actor=Actor("钱峰", Role.SUPERVISOR), cases=dialog._refs, agent_id=StaffId(branch.agents[2])
    )
    desk.database.write(reassign_cases, other)
    first = dialog.command_id
    dialog.confirm()
    assert dialog.isVisible()
    assert dialog.refused.count() == 2
    assert "Nothing was changed" in dialog.summary.text()
    assert dialog.reason.text() == "何某下周休假"
    assert dialog.command_id != first, "under the old id the server would repeat its answer"


def test_that_a_preview_without_a_link_is_asked_for_again(
    queue: CaseQueuePage, branch: SmallBranch, refuse_questions: During
) -> None:
    dialog: Any = queue.acts.show("reassign")
    refuse_questions(partial(reassign, dialog, branch))
    assert "database" in dialog.about.text()
    assert dialog.primary.text() == "Check again"
    dialog.confirm()
    assert dialog.isVisible()
    assert dialog.primary.text() == "Reassign 2 cases"


def test_that_a_mark_is_kept_open_too(
    queue: CaseQueuePage, desk: Desk, lose_answers: During
) -> None:
    queue.acts.mark(Mark.A)
    queue.model.tick_range(0, 2)
    queue.acts.mark(Mark.A)
    dialog: Any = queue.findChild(MarkDialog)
    before = given(desk, Act.MARKED)
    lose_answers(dialog.confirm)
    assert dialog.isVisible()
    dialog.confirm()
    assert not dialog.isVisible()
    assert given(desk, Act.MARKED) == before + 1


def test_that_the_name_of_a_view_and_a_reason_to_reveal_survive(
    queue: CaseQueuePage, desk: Desk, lose_answers: During
) -> None:
    queue.view_acts.save_view()
    dialog: Any = queue.findChild(NameDialog)
    dialog.name.setText("下周要看的")
    lose_answers(dialog.confirm)
    assert dialog.isVisible()
    assert dialog.name.text() == "下周要看的"
    dialog.confirm()
    assert [one.name for one in queue.presenter.views].count("下周要看的") == 1
    queue.open_case()
    shown = list[object]()
    queue.case.revealed.connect(shown.append)
    asked: Any = queue.acts.reveal("phones")
    asked.reasons.button(0).setChecked(True)
    asked.words.setText("核对门牌")
    lose_answers(asked.confirm)
    assert asked.isVisible()
    assert (asked.words.text(), shown) == ("核对门牌", [])
    asked.confirm()
    assert len(shown) == 1
    assert given(desk, Act.REVEALED) == 1


@pytest.mark.parametrize("lost", [False, True])
def test_that_a_dialog_closed_before_the_answer_leaves_it_to_the_page(
    queue: CaseQueuePage, desk: Desk, branch: SmallBranch, monkeypatch: pytest.MonkeyPatch,
    lost: bool,
) -> None:  # fmt: skip
    dialog: Any = queue.acts.show("hold")
    hold(dialog, branch)
    under_way = list[Any]()
    with monkeypatch.context() as slow:
        slow.setattr(
            desk.runner, "do", lambda command, order, **how: under_way.append((command, order, how))
        )
        dialog.confirm()
    dialog.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    failed, done = list[Exception](), list[Any]()
    queue.presenter.failed.connect(failed.append)
    queue.presenter.done.connect(done.append)
    command, order, how = under_way[0]
    if lost:
        how["failed"](UnreachableError("database_unreachable"))
    else:
        how["then"](desk.database.write(command, order))
    assert (len(failed), len(done)) == (int(lost), int(not lost))
    if lost:
        again: Any = queue.acts.show("hold")
        assert again.words.text() == "家中受灾"


# Visits


def test_that_planned_visits_are_planned_once_and_the_words_stay(
    page: VisitSchedulePage, world: World, lose_answers: During
) -> None:
    page.show_half("pool")
    page.pool.list.selectAll()
    dialog: Any = page.acts.plan(page.pool.chosen)
    dialog.strategy.setText("先谈利息减免")
    before, n = len(world.plans()), len(dialog.planning.accepted)
    lose_answers(dialog.confirm)
    assert dialog.isVisible()
    assert dialog.summary.text()
    assert dialog.strategy.text() == "先谈利息减免"
    dialog.confirm()
    assert not dialog.isVisible()
    assert len(world.plans()) == before + n
    with world.desk.database.transaction() as session:
        assert "先谈利息减免" in session.scalars(select(VisitPlan.strategy)).all()


def test_that_a_moved_visit_is_moved_once(
    page: VisitSchedulePage, world: World, lose_answers: During, refuse_orders: During
) -> None:
    day = page.presenter.day
    assert day is not None
    dialog: Any = page.acts._reschedule(day.cards[:1])
    dialog.starts.setTime(dialog.starts.time().addSecs(3_600))
    refuse_orders(dialog.confirm)
    assert dialog.isVisible()
    at = dialog.order().at
    lose_answers(dialog.confirm)
    assert dialog.isVisible()
    dialog.confirm()
    assert not dialog.isVisible()
    kept = next(one for one in world.plans() if one.id == day.cards[0].plan_id)
    assert kept.window_from == at
    assert kept.window_until - kept.window_from == timedelta(hours=1)
    assert given(world.desk, Act.PLAN_CHANGED) == 1
