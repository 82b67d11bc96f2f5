"""Commentary: typed, kept, saved with the snapshot; check and signature; nothing is lost."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from supervisor.errors import UnreachableError
from supervisor.models.enums import Role
from supervisor.models.enums_reports import RunState
from supervisor.models.orders_reports import CommentReport, ReportRef
from supervisor.models.rows.reports import Commentary, PlannedMeasure
from supervisor.models.rules.merging import Side
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.runner import TaskRunner
from supervisor.ui.pages.reports.body import FACTS, WORDS
from supervisor.ui.pages.reports.measure_lines import NO_DAY
from supervisor.ui.pages.reports.page import ReportsPage
from supervisor.ui.pages.reports.presenter import ReportsPresenter
from supervisor.ui.pages.reports.signing_dialogs import SignDialog, WithdrawDialog
from supervisor.ui.shell.main_window import MainWindow
from tests.models.commands.incident_world import a_visited_case
from tests.ui.pages.reports.centre import (
    MANAGER,
    acts,
    make,
    on_paper,
    shown,
    stored_words,
    wear,
)


def type_conclusion(page: ReportsPage, text: str) -> None:
    page.show_half(WORDS)
    page.editor.fields["conclusions"].setPlainText(text)


def dead_writer(page: ReportsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database does not take commentaries any more."""

    def refuse(*_args: object) -> Any:
        raise UnreachableError("database_unreachable")

    monkeypatch.setitem(ReportsPresenter.commands, CommentReport, refuse)  # type: ignore[arg-type]


def test_that_what_is_typed_is_saved_a_moment_later_and_stands_on_the_paper(
    page: ReportsPage,
) -> None:
    make(page)
    type_conclusion(page, "Received a little ahead\n\n  of the month ")
    assert page.editor.said.text() == "Not saved yet"
    assert stored_words(page) == [Commentary()]
    page.presenter.writing._timer.timeout.emit()
    assert stored_words(page)[0].conclusions == ("Received a little ahead", "of the month")
    assert page.editor.said.text() == "Saved with the report at 10:38"
    assert on_paper(page, "Received a little ahead")
    assert page.editor.fields["conclusions"].toPlainText().startswith("Received"), "as typed"
    assert not page.presenter.writing.pending
    assert acts(page) == ["report_taken", "report_commented"]


def test_that_measures_have_a_person_and_a_day_and_go_into_the_next_report(
    page: ReportsPage, qtbot: QtBot
) -> None:
    run = make(page)
    page.show_half(WORDS)
    line = page.editor.measures.add()
    line.text.setText("Visits on Saturday")
    line.owner.setText("Lin 02")
    assert line.due.date() == QDate(2026, 11, 27), "the Friday after"
    loose = page.editor.measures.add()
    loose.text.setText("Training")
    loose.due.setDate(NO_DAY)
    empty = page.editor.measures.add()
    qtbot.keyClick(empty.text, Qt.Key.Key_Tab)
    type_conclusion(page, "One")
    page.presenter.writing.flush()
    assert stored_words(page)[0].measures == (
        PlannedMeasure("Visits on Saturday", "Lin 02", date(2026, 11, 27)),
        PlannedMeasure("Training", "", None),
    )
    texts = [point for point in points_of(page) if "without a person" in point]
    assert texts == ["1 measure without a person or a day"]
    loose.drop.click()
    page.presenter.writing.flush()
    assert [one.text for one in stored_words(page)[0].measures] == ["Visits on Saturday"]
    assert run.row.id == shown(page).row.id


def points_of(page: ReportsPage) -> list[str]:
    """What is said before signing."""
    grid = page.facts.points._grid
    widgets = [grid.itemAtPosition(at, 1) for at in range(grid.rowCount())]
    return [one.widget().text() for one in widgets if one is not None and one.widget()]  # type: ignore[attr-defined]


def test_that_what_cannot_be_saved_is_kept_and_saved_later(
    page: ReportsPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(page)
    with monkeypatch.context() as patch:
        dead_writer(page, patch)
        type_conclusion(page, "Kept here")
        page.presenter.writing.flush()
        assert "kept on this computer" in page.editor.said.text()
        assert page.presenter.writing.pending
        assert stored_words(page) == [Commentary()]
        page.refresh()
        assert page.editor.value().conclusions == ("Kept here",), "a refresh takes nothing away"
    other = ReportsPage(desk)
    qtbot.addWidget(other)
    other.show()
    other.activate()
    assert other.editor.value().conclusions == ("Kept here",)
    other.presenter.writing.flush()
    assert stored_words(page)[0].conclusions == ("Kept here",)
    assert not other.presenter.writing.pending
    other.close()
    page.presenter.writing.drop()


def test_that_another_persons_words_are_not_written_over(page: ReportsPage) -> None:
    run = make(page)
    type_conclusion(page, "Mine")
    order = CommentReport(
        actor=page.desk.actor,
        report=ReportRef(run.row.id, run.row.version),
        commentary=Commentary(conclusions=("Theirs",)),
    )
    written(page, order)
    page.presenter.writing.flush()
    assert "Somebody else wrote here too" in page.editor.said.text()
    assert page.merge is not None
    assert page.editor.value().conclusions == ("Mine",)
    page.presenter.refresh()
    page.presenter.writing.flush()
    assert stored_words(page)[0].conclusions == ("Theirs",), "until somebody chose"
    page.merge.choose_all(Side.MINE)
    page.merge.confirm()
    page.presenter.writing.flush()
    assert stored_words(page)[0].conclusions == ("Mine",)


def written(page: ReportsPage, order: CommentReport) -> None:
    """As another desk writes it: this one hears nothing."""
    from concurrent.futures import ThreadPoolExecutor

    command: Callable[..., Any] = ReportsPresenter.commands[CommentReport]
    with ThreadPoolExecutor(1) as pool:
        pool.submit(page.desk.database.write, command, order).result()


def test_that_leaving_for_another_report_saves_the_words_of_this_one(page: ReportsPage) -> None:
    first, second = make(page), make(page)
    type_conclusion(page, "Of the second")
    page.key_next_case()
    assert shown(page).row.id == first.row.id
    assert page.editor.value() == Commentary()
    assert [one.conclusions for one in stored_words(page)] == [(), ("Of the second",)]
    page.key_previous_case()
    assert shown(page).row.id == second.row.id
    assert page.editor.value().conclusions == ("Of the second",)


def test_that_managers_check_and_sign_and_nothing_changes_afterwards(page: ReportsPage) -> None:
    make(page)
    for name in ("check", "sign"):
        assert not page.facts.acts[name].isEnabled()
        assert "by managers" in page.facts.acts[name].toolTip()
    wear(page, Role.MANAGER, MANAGER)
    assert not page.facts.acts["sign"].isEnabled()
    page.act("check")
    assert page.banner.title == "Write at least one conclusion before the report is checked."
    wear(page, Role.SUPERVISOR, "周督导")
    type_conclusion(page, "On course")
    page.presenter.writing.flush()
    wear(page, Role.MANAGER, MANAGER)
    page.show_half(FACTS)
    page.act("check")
    assert shown(page).row.state is RunState.CHECKED
    assert page.state.text() == "Checked"
    dialog = page.act("sign")
    assert isinstance(dialog, SignDialog)
    dialog.confirm()
    assert shown(page).row.state is RunState.SIGNED
    assert shown(page).row.signed_by == MANAGER
    assert page.editor.fields["conclusions"].isReadOnly()
    assert "nothing of it changes" in page.editor.said.text()
    assert page.act("sign") is None
    assert acts(page)[-2:] == ["report_checked", "report_signed"]


def test_that_the_badge_counts_what_awaits_a_signature(page: ReportsPage) -> None:
    told: list[int] = []
    page.badge_changed.connect(lambda count, _serious: told.append(count))
    make(page)
    type_conclusion(page, "On course")
    page.presenter.writing.flush()
    wear(page, Role.MANAGER, MANAGER)
    page.act("check")
    assert (told[0], told[-1]) == (0, 1)


def test_that_words_typed_are_saved_before_a_report_is_checked(page: ReportsPage) -> None:
    make(page)
    wear(page, Role.MANAGER, MANAGER)
    type_conclusion(page, "Typed a moment ago")
    page.act("check")
    assert shown(page).row.state is RunState.CHECKED
    assert shown(page).snapshot.commentary.conclusions == ("Typed a moment ago",)


def test_that_a_report_is_withdrawn_and_stays_in_the_list(page: ReportsPage) -> None:
    make(page)
    dialog = page.act("withdraw")
    assert isinstance(dialog, WithdrawDialog), "one's own draft"
    dialog.confirm()
    assert shown(page).row.state is RunState.DRAFT, "nobody said why"
    assert dialog.summary.isHidden()
    dialog.reason.setPlainText("Payments came in late; taken again")
    dialog.confirm()
    assert shown(page).row.state is RunState.WITHDRAWN
    assert "Payments came in late" in page.facts.withdrawn.text
    assert page.runs.count() == 2
    assert page.editor.said.text() == "Withdrawn."
    wear(page, Role.MANAGER, MANAGER)
    assert not page.facts.acts["sign"].isEnabled()


def test_that_measures_of_the_last_signed_report_come_back_for_their_result(
    page: ReportsPage,
) -> None:
    first = make(page)
    page.show_half(WORDS)
    line = page.editor.measures.add()
    line.text.setText("Visits on Saturday")
    type_conclusion(page, "One")
    page.presenter.writing.flush()
    wear(page, Role.MANAGER, MANAGER)
    page.act("check")
    dialog: Any = page.act("sign")
    dialog.confirm()
    wear(page, Role.SUPERVISOR, "周督导")
    from tests.ui.pages.reports.centre import dialog_of

    making = dialog_of(page)
    making.last.setDate(QDate(2026, 11, 23))
    making.first.setDate(QDate(2026, 11, 23))
    making.confirm()
    assert shown(page).row.id != first.row.id
    (result,) = page.editor.results
    result.result.setText("Done, 28 of 30")
    page.presenter.writing.flush()
    assert stored_words(page)[-1].last_measures[0].result == "Done, 28 of 30"
    assert on_paper(page, "Done, 28 of 30")


def test_that_closing_the_window_saves_what_was_typed(qtbot: QtBot, desk: Desk) -> None:
    """With real threads: made, shown, typed, closed."""
    a_visited_case(desk.database)
    runner = TaskRunner(desk.database, desk.bus)
    desk.runner.shut_down()
    desk.runner = runner
    window = MainWindow(desk, "", remembers=False)
    qtbot.addWidget(window)
    window.resize(1360, 800)
    window.show()
    window.show_page("reports")
    page: Any = window.page
    qtbot.waitUntil(page.absent.isVisible, timeout=60_000)
    page.make_new().confirm()
    qtbot.waitUntil(lambda: page.preview.has_pages, timeout=60_000)
    type_conclusion(page, "Typed and left")
    window.close()
    runner.shut_down()
    assert stored_words(page)[0].conclusions == ("Typed and left",)
