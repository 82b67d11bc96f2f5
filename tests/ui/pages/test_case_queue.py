"""The queue: decisions of the presenter, and the page with an instant runner."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import select, update

from supervisor import clock
from supervisor.errors import UnreachableError
from supervisor.models.changes import Changes
from supervisor.models.commands.holds import end_holds
from supervisor.models.commands.marks import mark_cases
from supervisor.models.enums import HoldReason, Mark, QueueReason, Topic, VisitOutcome
from supervisor.models.enums_queue import SortKey
from supervisor.models.orders import CaseRef, EndHolds, MarkCases
from supervisor.models.rows.case_queue import FromChart
from supervisor.models.tables import AuditEvent, Case
from supervisor.ui.background.desk import Desk
from supervisor.ui.look.memory import recall
from supervisor.ui.pages.case_queue.body import VIEWS_WIDTH
from supervisor.ui.pages.case_queue.case_place import WIDTH
from supervisor.ui.pages.case_queue.columns import id_of
from supervisor.ui.pages.case_queue.dialogs.bulk import BulkDialog
from supervisor.ui.pages.case_queue.dialogs.orders import HoldDialog, ReassignDialog
from supervisor.ui.pages.case_queue.dialogs.single import NameDialog, NoteDialog, PlanDialog
from supervisor.ui.pages.case_queue.page import CaseQueuePage
from supervisor.ui.pages.case_queue.pasted import Pasted
from supervisor.ui.pages.case_queue.presenter import QueuePresenter
from tests.factories import Ref
from tests.ui.pages.queue_cases import SmallBranch, a_small_branch


def keep_view(page: CaseQueuePage, *about: Any, **more: Any) -> None:
    """As the dialog and the menu save a view."""
    page.view_acts._keep(page.view_acts._kept(*about, **more))


@pytest.fixture
def branch(desk: Desk) -> SmallBranch:
    """Five cases."""
    return a_small_branch(desk.database)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, branch: SmallBranch) -> CaseQueuePage:
    """The page, shown, with every case."""
    made = CaseQueuePage(desk)
    qtbot.addWidget(made)
    made.resize(1600, 800)
    made.show()
    made.activate()
    made.presenter.clear()
    return made


def shown(page: CaseQueuePage) -> list[tuple[int, int]]:
    """The cases on the page, in order."""
    return [id_of(row) for row in page.model.known_rows()]


def ref(case: Ref) -> tuple[int, int]:
    """A case as the page knows it."""
    return case.branch_id, case.id


# The presenter


def test_that_the_first_ready_made_view_opens_by_itself(desk: Desk, branch: SmallBranch) -> None:
    presenter = QueuePresenter(desk)
    answers: list[int] = []
    presenter.answered.connect(lambda page: answers.append(len(page.rows)))
    presenter.start()
    assert presenter.view is not None
    assert presenter.view.builtin == "today"
    assert answers == [3]
    assert presenter.badges.counts["today"] == 3
    assert presenter.badges.counts["first_look"] == 1


def test_that_a_pasted_column_tells_what_was_not_found(desk: Desk, branch: SmallBranch) -> None:
    presenter = QueuePresenter(desk)
    told: list[Pasted] = []
    presenter.pasted.connect(told.append)
    presenter.paste(("AJ0001", "AJ0003", "AJ9999"))
    assert told == [Pasted(3, 2, ("AJ9999",))]
    assert presenter.total == 2


def test_that_a_chart_says_where_its_conditions_come_from_and_takes_them_along(
    qtbot: QtBot, page: CaseQueuePage
) -> None:
    wanted = replace(page.presenter.wanted, outcomes=frozenset({VisitOutcome.NO_ONE}))
    page.go_to(FromChart(wanted, "Who is met?"))
    chips = page.filters._chips
    assert [chip.text() for chip in chips.chips()][:2] == [
        "From “Who is met?”",
        "Last visit Nobody home",
    ]
    place = page.place()
    assert place == FromChart(wanted, "Who is met?")
    qtbot.mouseClick(chips.chips()[0], Qt.MouseButton.LeftButton)
    assert page.presenter.conditions() == ()
    page.go_to(place)
    page.presenter.choose(replace(page.presenter.wanted, marks=frozenset({Mark.A})))
    assert [one.key for one in page.presenter.conditions()] == ["mark", "outcome"]
    page.presenter.remove_condition("mark")
    assert page.presenter.conditions()[0].key == "origin"


def test_that_days_since_visit_sorts_against_the_date_it_counts_from(
    desk: Desk, branch: SmallBranch
) -> None:
    presenter = QueuePresenter(desk)
    presenter.sort_by("days_since", descending=True)
    assert (presenter.wanted.sort.key, presenter.wanted.sort.descending) == (
        SortKey.LAST_VISIT,
        False,
    )
    presenter.sort_by("", descending=False)
    assert presenter.wanted.sort.key is SortKey.DEFAULT


def test_that_each_condition_of_an_empty_list_says_what_it_keeps_away(
    desk: Desk, branch: SmallBranch
) -> None:
    presenter = QueuePresenter(desk)
    less: dict[str, int] = {}
    presenter.reduced.connect(less.__setitem__)
    presenter.show_only(presenter.wanted, search="ZZ999")
    presenter.ask_reductions()
    assert less == {"search": 5}


def test_that_trouble_is_told_and_not_raised(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    presenter = QueuePresenter(desk)
    errors: list[Exception] = []
    presenter.failed.connect(errors.append)

    def away(*_: object) -> None:
        raise UnreachableError("database_unreachable")

    monkeypatch.setattr(desk.database, "read", away)
    presenter.refresh()
    assert errors
    assert all(isinstance(error, UnreachableError) for error in errors)


# The page


def test_that_the_list_stands_in_the_order_of_reasons(
    page: CaseQueuePage, branch: SmallBranch
) -> None:
    order = [ref(one) for one in (branch.critical, branch.broken, branch.today)]
    assert shown(page)[:3] == order
    assert shown(page)[-1] == ref(branch.held)
    assert page.states.currentWidget() is page.table
    first = page.model.row_at(0)
    assert first is not None
    assert first.reason is QueueReason.CRITICAL_FLAG
    assert "5 cases" in page.footer.shown.text()


def test_that_a_head_sorts_in_the_database_and_a_chip_resets_it(page: CaseQueuePage) -> None:
    page.table.view.head.sort_clicked.emit("contract_no")
    assert page.presenter.wanted.sort.key is SortKey.CONTRACT_NO
    assert page.filters.order.text().startswith("Custom: Contract number")
    assert not page.filters.reset_order.isHidden()
    page.filters.reset_order.click()
    assert page.presenter.wanted.sort.key is SortKey.DEFAULT
    assert page.filters.reset_order.isHidden()


def test_that_sorting_keeps_the_ticks_and_another_filter_drops_them(page: CaseQueuePage) -> None:
    page.model.tick_range(0, 1)
    page.presenter.sort_by("overdue", descending=True)
    assert len(page.model.ticked) == 2
    page.presenter.search("AJ0001")
    assert page.model.ticked == ()


def test_that_an_empty_list_offers_to_remove_each_condition(page: CaseQueuePage) -> None:
    page.presenter.search("ZZ999")
    assert page.states.currentWidget() is page.empty
    assert page.empty.title == "No case meets the condition"
    page.presenter.remove_condition("search")
    assert page.states.currentWidget() is page.table


def test_that_search_waits_for_the_input_method(qtbot: QtBot, page: CaseQueuePage) -> None:
    searched: list[str] = []
    field = page.filters.search
    field.searched.connect(searched.append)
    QApplication.sendEvent(field, QInputMethodEvent("wang", []))
    assert not field._timer.isActive()
    commit = QInputMethodEvent("", [])
    commit.setCommitString("王")
    QApplication.sendEvent(field, commit)
    qtbot.waitUntil(lambda: searched == ["王"])


def test_that_pasting_a_column_into_the_search_filters_by_numbers(
    qtbot: QtBot, page: CaseQueuePage, branch: SmallBranch
) -> None:
    said: list[str] = []
    page.said.connect(lambda text, _tone, _undo: said.append(text))
    QGuiApplication.clipboard().setText("AJ0001\nAJ0002\nAJ9999\n")
    page.filters.search.setFocus()
    qtbot.keyClick(page.filters.search, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert sorted(shown(page)) == sorted([ref(branch.critical), ref(branch.broken)])
    assert said == ["3 numbers recognised, 2 found; not found: AJ9999"]


def test_that_the_bulk_bar_says_how_many_and_how_much(page: CaseQueuePage) -> None:
    assert page.bulk.isHidden()
    page.model.tick_range(0, 1)
    assert not page.bulk.isHidden()
    assert page.bulk.count.text() == "2 selected"
    assert page.step_back()
    assert page.bulk.isHidden()


def test_that_somebody_elses_change_shows_in_its_row_and_moves_nothing(
    page: CaseQueuePage, desk: Desk, branch: SmallBranch
) -> None:
    before = shown(page)
    page.table.make_current(2)
    page.model.tick(1, on=True)
    page.filters.search.setText("AJ0")
    other = MarkCases(
        actor=desk.actor,
        cases=(CaseRef(*ref(branch.calm)),),
        mark=Mark.B,  # type: ignore[arg-type]
    )
    desk.database.write(mark_cases, other)
    desk.bus.tell({Topic.CASES}, None)
    desk.bus.flush()
    assert shown(page) == before
    assert [row.mark for row in page.model.known_rows()].count(Mark.B) == 1
    assert page.news.isHidden()
    assert page.table.current_index() == 2
    assert [id_of(row) for row in page.model.ticked] == [before[1]]
    assert page.filters.search.text() == "AJ0"


def test_that_a_row_that_belongs_elsewhere_now_waits_for_a_refresh(
    page: CaseQueuePage, desk: Desk, branch: SmallBranch
) -> None:
    before = shown(page)
    hold = EndHolds(actor=desk.actor, cases=(CaseRef(*ref(branch.held)),))  # type: ignore[arg-type]
    desk.database.write(end_holds, hold)
    with desk.database.transaction() as session:
        case = (Case.branch_id == branch.held.branch_id, Case.id == branch.held.id)
        session.execute(update(Case).where(*case).values(critical_since=clock.now()))
    desk.bus.tell({Topic.CASES}, None)
    desk.bus.flush()
    assert shown(page) == before
    assert "new change" in page.news.title
    page.news.buttons[0].click()
    assert page.news.isHidden()
    assert shown(page).index(ref(branch.held)) < before.index(ref(branch.held))


def test_that_refresh_keeps_the_current_row_and_the_ticks(
    page: CaseQueuePage, branch: SmallBranch
) -> None:
    page.table.make_current(2)
    page.model.tick(2, on=True)
    page.refresh()
    assert page.table.current_index() == 2
    assert [id_of(row) for row in page.model.ticked] == [ref(branch.today)]


def test_that_trouble_keeps_the_rows_readable(
    page: CaseQueuePage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise UnreachableError("database_unreachable")

    monkeypatch.setattr(desk.database, "read", away)
    page.refresh()
    assert not page.trouble_banner.isHidden()
    assert page.states.currentWidget() is page.table
    assert page.model.total == 5
    monkeypatch.undo()
    page.refresh()
    assert page.trouble_banner.isHidden()


def test_that_every_case_of_a_morning_starts_at_the_top_of_the_panel(page: CaseQueuePage) -> None:
    page.table.make_current(0)
    page.open_case()
    facts = page.panel.view.facts
    high = facts.sizeHint().height()
    for _ in range(3):
        page.open_case()
    assert facts.sizeHint().height() == high


def test_that_the_case_panel_opens_steps_and_closes(
    page: CaseQueuePage, branch: SmallBranch
) -> None:
    page.table.make_current(0)
    page.open_case()
    assert page.case.file is not None
    assert ref(branch.critical) == (int(page.case.file.branch_id), int(page.case.file.case_id))
    assert page.panel.view.banner.title == "The next visit is on hold"
    assert page.panel.view.place.text() == "1 / 5 cases"
    page.key_next_case()
    assert page.case.row is not None
    assert id_of(page.case.row) == ref(branch.broken)
    page.open_case(full=True)
    assert page.panel.is_full
    assert page.title() == "Case details"
    assert page.step_back()
    assert not page.panel.is_full
    assert page.step_back()
    assert page.panel.isHidden()


def test_that_a_saved_view_brings_its_columns_and_the_queue_keeps_its_own(
    page: CaseQueuePage,
) -> None:
    def keys() -> list[str]:
        return [column.key for column in page.table.shown_columns()]

    own = keys()
    keep_view(
        page, None, "周五复盘", page.presenter.wanted, _mine(), columns=("settle", "borrower")
    )
    friday = next(view for view in page.presenter.views if view.name == "周五复盘")
    page.presenter.use_view(friday)
    assert keys() == ["reason", "settle", "borrower"]
    page.presenter.search("AJ0001")
    assert keys() == ["reason", "settle", "borrower"]
    page.resize(1037, 542)
    assert keys() == ["reason", "settle", "borrower"]
    page.resize(1600, 800)
    page.presenter.use_view_named("today")
    assert keys() == own


def test_that_a_view_saved_with_little_room_keeps_every_column(page: CaseQueuePage) -> None:
    every = tuple(column.key for column in page.table.shown_columns())
    page.resize(1037, 542)
    page.view_acts.save_view()
    dialog = page.findChild(NameDialog)
    assert dialog is not None
    dialog.name.setText("小窗口")
    dialog.confirm()
    kept = next(view for view in page.presenter.views if view.name == "小窗口")
    assert kept.columns == every
    page.presenter.use_view(kept)
    assert len(page.table.shown_columns()) < len(every)


def test_that_small_windows_show_one_row_of_filters_and_dense_rows(page: CaseQueuePage) -> None:
    page.resize(1037, 542)
    page.compact(True)
    assert page.views.isHidden()
    assert page.header_left() == [page.view_choice, page.scope]
    assert page.table.is_dense
    page.model.tick_range(0, 1)
    assert page.footer.isHidden()
    assert "5 cases" in page.bulk.whole.text()


def test_that_reassigning_previews_refused_cases_and_can_be_undone(
    page: CaseQueuePage, desk: Desk, branch: SmallBranch
) -> None:
    told: list[tuple[str, object]] = []
    page.said.connect(lambda text, _tone, undo: told.append((text, undo)))
    page.model.tick_range(0, 1)
    page.key_reassign()
    dialog = page.findChild(ReassignDialog)
    assert dialog is not None
    assert not dialog.primary.isEnabled()
    dialog.agent.setCurrentIndex(dialog.agent.findData(branch.agents[0]))
    assert not dialog.primary.isEnabled()
    assert dialog.refused.count() == 2
    dialog.agent.setCurrentIndex(dialog.agent.findData(branch.agents[1]))
    assert dialog.primary.text() == "Reassign 2 cases"
    dialog.confirm()
    assert page.model.ticked == ()
    agents = {id_of(row): row.agent_id for row in page.model.known_rows()}
    assert agents[ref(branch.critical)] == branch.agents[1]
    text, undo = told[-1]
    assert text == "Cases reassigned: 2 cases"
    assert callable(undo)
    undo()
    agents = {id_of(row): row.agent_id for row in page.model.known_rows()}
    assert agents[ref(branch.critical)] == branch.agents[0]


def test_that_a_hold_without_an_end_can_be_set(page: CaseQueuePage, branch: SmallBranch) -> None:
    page.model.tick_range(0, 0)
    page.key_hold()
    dialog = page.findChild(HoldDialog)
    assert dialog is not None
    dialog.reason.setCurrentIndex(dialog.reason.findData(HoldReason.LEGAL_HOLD))
    dialog.endless.setChecked(True)
    dialog.confirm()
    rows = {id_of(row): row for row in page.model.known_rows()}
    assert rows[ref(branch.critical)].hold_reason is HoldReason.LEGAL_HOLD
    assert rows[ref(branch.critical)].hold_until_on is None


def test_that_a_mark_is_set_on_every_ticked_case(page: CaseQueuePage) -> None:
    page.model.tick_range(0, 2)
    page.bulk.mark_wanted.emit(Mark.C)
    assert [row.mark for row in page.model.known_rows()].count(Mark.C) == 3


def test_that_a_note_stands_in_the_timeline(page: CaseQueuePage) -> None:
    page.table.make_current(0)
    page.open_case()
    page.key_follow_up()
    dialog = page.findChild(NoteDialog)
    assert dialog is not None
    dialog.confirm()
    assert dialog.isVisible()
    dialog.text.setPlainText("客户约定周五回电")
    dialog.confirm()
    assert page.case.file is not None
    assert any(entry.text == "客户约定周五回电" for entry in page.case.file.timeline)


def test_that_a_refused_plan_says_why_and_stays_open(
    page: CaseQueuePage, branch: SmallBranch
) -> None:
    page.table.make_current(shown(page).index(ref(branch.held)))
    page.acts.do("plan")
    dialog = page.findChild(PlanDialog)
    assert dialog is not None
    dialog.confirm()
    assert dialog.isVisible()
    assert dialog.summary.text()
    assert dialog.primary.isEnabled()


def test_that_private_items_are_shown_only_after_the_audit_learned_why(
    page: CaseQueuePage, desk: Desk
) -> None:
    page.table.make_current(0)
    page.open_case()
    order = _reveal(page)
    shown_items: list[object] = []
    page.case.revealed.connect(shown_items.append)
    page.case.reveal(order)
    assert [items.phones for items in shown_items] == [("13800002041",)]  # type: ignore[attr-defined]
    with desk.database.transaction() as session:
        acts = session.scalars(select(AuditEvent.act)).all()
    assert "revealed" in acts
    masked: list[bool] = []
    page.case.masked.connect(lambda: masked.append(True))
    page.key_next_case()
    assert masked == [True]


def _reveal(page: CaseQueuePage) -> object:
    from supervisor.models.orders import RevealPrivate
    from supervisor.ui.pages.case_queue.columns import ref_of

    assert page.case.row is not None
    return RevealPrivate(
        actor=page.desk.actor,
        case=ref_of(page.case.row),
        items=("phones",),
        reason="call_back",
    )


def test_that_a_view_is_saved_renamed_and_removed_with_undo(page: CaseQueuePage) -> None:
    page.presenter.search("AJ000")
    keep_view(page, None, "周五复盘", page.presenter.wanted, _mine())
    saved = next(view for view in page.presenter.views if view.name == "周五复盘")
    assert saved.wanted.search == "AJ000"
    assert saved.columns[0] == "reason"
    page.view_acts.on_view("pin", saved)
    saved = next(view for view in page.presenter.views if view.name == "周五复盘")
    assert saved.pinned
    undos: list[Callable[[], object]] = []
    page.said.connect(lambda _text, _tone, undo: undos.append(undo))
    page.view_acts.on_view("remove", saved)
    assert "周五复盘" not in [view.name for view in page.presenter.views]
    undos[-1]()
    assert "周五复盘" in [view.name for view in page.presenter.views]


def _mine() -> object:
    from supervisor.models.enums_queue import ViewScope

    return ViewScope.MINE


def test_that_ready_made_views_can_only_be_duplicated(page: CaseQueuePage) -> None:
    menu = page.views.menu_for(page.presenter.views[0])
    enabled = [action.objectName() for action in menu.actions() if action.isEnabled()]
    assert enabled == ["duplicate"]


def test_that_an_export_holds_what_is_seen_with_real_numbers(
    page: CaseQueuePage, tmp_path: Path
) -> None:
    path = tmp_path / "队列.xlsx"
    page.acts.write(path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 6
    first = dict(zip(heads, [cell.value for cell in sheet[2]], strict=True))
    row = page.model.row_at(0)
    assert row is not None
    assert first["Contract no."] == row.contract_no
    assert first["Overdue (CNY)"] == row.overdue_fen / 100
    assert first["Days past due"] == row.dpd


def test_that_keys_reach_the_saved_views(page: CaseQueuePage) -> None:
    page.show_view(2)
    assert page.presenter.view is not None
    assert page.presenter.view.builtin == "first_look"
    assert page.model.total == 1


def test_that_every_bulk_dialog_needs_a_preview_before_it_confirms(
    page: CaseQueuePage, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    page.model.tick_range(0, 0)
    monkeypatch.setattr(desk.runner, "ask", lambda *_a, **_k: None)
    page.key_hold()
    dialog = page.findChild(BulkDialog)
    assert dialog is not None
    assert not dialog.primary.isEnabled()
    ordered: list[Changes] = []
    page.presenter.done.connect(ordered.append)
    dialog.confirm()
    assert ordered == []


def test_that_the_list_is_judged_on_the_present_day(
    page: CaseQueuePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = page.presenter.now.today
    monkeypatch.setenv(clock.ENVIRONMENT_VARIABLE, "2026-11-24T09:00:00+08:00")
    page.refresh()
    assert page.presenter.now.today == before + timedelta(days=1)


def test_that_a_double_click_on_an_edge_restores_the_usual_widths(page: CaseQueuePage) -> None:
    page.table.make_current(0)
    page.open_case()
    page.splitter.setSizes([240, 760, 600])
    page.remember_split()
    page.splitter.reset_wanted.emit()
    views, _, panel = page.splitter.sizes()
    assert (views, panel) == (VIEWS_WIDTH, WIDTH)
    assert recall("queue/panel") == ""


def test_that_the_menu_of_a_row_has_a_letter_for_every_act(page: CaseQueuePage) -> None:
    page.table.make_current(0)
    page.acts.menu(page.open_case, page.mapToGlobal(page.rect().center()))
    (menu,) = [one for one in page.findChildren(QMenu) if one.isVisible()]
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    letters = [text.partition("&")[2][:1].lower() for text in texts]
    assert all(letters)
    assert len(set(letters)) == len(letters)
    menu.close()
