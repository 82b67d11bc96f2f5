"""The report centre: made, listed, shown; four states, roles, keys, several branches."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from supervisor.errors import BadInputError, UnreachableError
from supervisor.models.changes import Actor
from supervisor.models.commands.agenda import refresh_cases
from supervisor.models.enums import Role
from supervisor.models.enums_reports import ReportKind
from supervisor.models.ids import BranchId
from supervisor.models.tables import Case, Contract
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.reports import presenter as presenting
from supervisor.ui.pages.reports import questions
from supervisor.ui.pages.reports.new_report_dialog import Chosen, NewReportDialog, requests_of
from supervisor.ui.pages.reports.page import ReportsPage
from supervisor.ui.pages.reports.periods import Period, Preset, period_of
from supervisor.ui.shell.main_window import MainWindow
from supervisor.ui.shell.registry import numbered, pages
from tests import factories
from tests.ui.pages.reports.centre import acts, dialog_of, make, on_paper, shown, wear

WEEK = Period(date(2026, 11, 16), date(2026, 11, 22))


def test_that_without_reports_the_page_offers_the_first_one(page: ReportsPage) -> None:
    assert page.absent.isVisible()
    assert page.body.isHidden()
    button = page.absent.first_button
    assert button is not None
    button.click()
    dialog = page.findChild(NewReportDialog)
    assert dialog is not None
    assert dialog.period() == WEEK, "the last full week"
    assert dialog.report_kind is ReportKind.WEEKLY


def test_that_a_made_report_is_listed_and_shown_as_paper(page: ReportsPage) -> None:
    run = make(page)
    assert (run.row.from_on, run.row.to_on) == (WEEK.first, WEEK.last)
    assert page.body.isVisible()
    assert [row.text for row in page.runs.rows] == ["Weekly reports 2026", "Week 47"]
    assert page.runs.run_at(page.runs.current()) == run.row
    assert page.preview.has_pages
    assert on_paper(page, run.snapshot.number)
    assert "Week 47 · 11-16 to 11-22" in page.title_text.whole_text()
    assert page.state.text() == "Draft"
    assert page.facts.copies.text() == "No copy has left the program yet."
    assert acts(page) == ["report_taken"]


def test_that_the_paper_names_who_looks_at_it_and_when(page: ReportsPage) -> None:
    make(page)
    assert on_paper(page, "周督导")
    assert on_paper(page, "2026-11-23 10:38")


def test_that_a_report_over_the_same_days_restates_what_changed(page: ReportsPage) -> None:
    first = make(page)
    with page.desk.database.transaction() as session:
        contract = session.execute(select(Contract.branch_id, Contract.id)).one()
        case = session.execute(select(Case.branch_id, Case.id)).one()
        factories.a_payment(session, factories.Ref(*contract), 12_345, WEEK.last)
        refresh_cases(session, [factories.Ref(*case)])
    second = make(page)
    assert second.row.restates == first.row.id
    assert second.snapshot.restated
    assert page.facts.restated.isVisibleTo(page.facts)
    assert "Money received: 0.00 → 123.45" in page.facts.restated.text
    assert first.snapshot.number in page.facts.restated.text


def test_that_keys_go_through_reports_and_find_words(page: ReportsPage, qtbot: QtBot) -> None:
    first, second = make(page), make(page)
    assert shown(page).row.id == second.row.id
    page.key_next_case()
    assert shown(page).row.id == first.row.id
    page.key_previous_case()
    assert shown(page).row.id == second.row.id
    page.key_previous_case()
    assert shown(page).row.id == second.row.id, "the heading is passed over"
    page.focus_filter()
    page.preview.search.setText(second.snapshot.number)
    qtbot.keyClick(page.preview.search, Qt.Key.Key_Return)
    assert page.preview.source.hits
    assert page.step_back()
    assert not page.preview.source.hits
    assert [keys for keys, _ in page_keys(page)][:3] == ["Ctrl+N", "Ctrl+P", "Ctrl+S"]


def page_keys(page: ReportsPage) -> list[tuple[str, str]]:
    told = page.keys()
    return [(action.shortcut().toString(), action.text()) for action in told]


def test_that_the_paper_of_another_report_never_stands_below_a_name(
    page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = make(page), make(page)
    late: list[Any] = []
    real = page.presenter._work

    def slow(work: Any, key: Any, then: Any, failed: Any = None) -> None:
        if key == "paper":
            late.append(lambda: real(work, key, then, failed))
        else:
            real(work, key, then, failed)

    monkeypatch.setattr(page.presenter, "_work", slow)
    page.key_next_case()
    assert shown(page).row.id == first.row.id
    assert not page.preview.has_pages
    page.key_previous_case()
    late[0]()
    assert not page.preview.has_pages, "the answer for the first comes after the second was chosen"
    late[1]()
    assert page.preview.has_pages
    assert on_paper(page, second.snapshot.number)


def test_that_one_kind_alone_is_listed(page: ReportsPage) -> None:
    make(page)
    page.presenter.choose_kind(ReportKind.EVIDENCE)
    assert page.list_stack.currentWidget() is page.none
    assert page.side.isHidden()
    assert not page.preview.has_pages
    page.presenter.choose_kind(ReportKind.WEEKLY)
    assert page.preview.has_pages
    assert page.side.isVisible()


def test_that_what_cannot_be_made_is_said_in_the_dialog(
    page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = dialog_of(page)
    dialog.last.setDate(dialog.first.date().addDays(-1))
    assert Preset(dialog.preset.currentData()) is Preset.CUSTOM
    dialog.confirm()
    assert dialog.isVisible()
    assert not page.presenter.runs
    dialog.fill(ReportKind.EVIDENCE)
    dialog.confirm()
    assert "number of the case" in dialog.case_row.error
    dialog.fill(ReportKind.EVIDENCE, "C0000000000")
    dialog.confirm()
    assert "C0000000000" in dialog.summary.text()
    assert dialog.primary.isEnabled()

    def away(*_args: object) -> Any:
        raise UnreachableError("database_unreachable")

    monkeypatch.setattr(questions, "take", away)
    dialog.fill(ReportKind.WEEKLY)
    dialog.confirm()
    assert dialog.isVisible()
    assert dialog.summary.isVisible()


def test_that_making_is_stopped_between_reports(
    page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, taken, told = Event(), [], []

    def take(_database: object, _actor: object, request: Any, stopped: Any) -> Any:
        taken.append(request)
        stop.set()
        return None if len(taken) > 1 else f"changes of {request}"

    monkeypatch.setattr(questions, "take", take)
    made: list[Any] = []
    asked: Any = ("one", "two", "three")
    presenting._make(
        page.desk.database, page.desk.actor, asked, made,
        lambda done, of: told.append((done, of)), stop,
    )  # fmt: skip
    assert (taken, made) == (["one"], ["changes of one"])
    assert told == [(0, 3), (1, 3), (1, 3)]


def test_that_a_stop_before_the_figures_are_kept_keeps_nothing(page: ReportsPage) -> None:
    (branch,) = {one.branch_id for one in page.presenter.directory.branches}  # type: ignore[union-attr]
    (request,) = requests_of(ReportKind.WEEKLY, Chosen((branch,)), WEEK, None)
    actor = Actor("周督导", Role.SUPERVISOR)
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(questions.take, page.desk.database, actor, request, lambda: True)
    assert done.result() is None
    assert acts(page) == []


def test_that_several_branches_are_a_comparison_and_booklets() -> None:
    one, two = BranchId(1), BranchId(2)
    kinds = [
        (request.kind, request.branch_ids)
        for request in requests_of(ReportKind.WEEKLY, Chosen((one, two)), WEEK, None)
    ]
    assert kinds == [
        (ReportKind.DIGEST, (one, two)),
        (ReportKind.WEEKLY, (one,)),
        (ReportKind.WEEKLY, (two,)),
    ]
    everyone = requests_of(ReportKind.DIGEST, Chosen((one, two), everyone=True), WEEK, None)
    assert [request.branch_ids for request in everyone] == [None]


@pytest.mark.parametrize(
    ("preset", "first", "last"),
    [
        (Preset.LAST_WEEK, "2026-11-16", "2026-11-22"),
        (Preset.THIS_WEEK, "2026-11-23", "2026-11-25"),
        (Preset.LAST_MONTH, "2026-10-01", "2026-10-31"),
        (Preset.THIS_MONTH, "2026-11-01", "2026-11-25"),
        (Preset.LAST_QUARTER, "2026-08-24", "2026-11-22"),
        (Preset.NEXT_WORKDAY, "2026-11-26", "2026-11-26"),
    ],
)
def test_that_periods_are_whole_and_end_before_today(preset: Preset, first: str, last: str) -> None:
    period = period_of(preset, date(2026, 11, 25))
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


def test_that_several_branches_are_chosen_by_the_keyboard(desk: Desk, qtbot: QtBot) -> None:
    with desk.database.transaction() as session:
        for name in ("东", "西", "南"):
            factories.a_branch(session, name=name)
    page = ReportsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.activate()
    dialog = dialog_of(page)
    assert len(dialog.requests()) == 1, "the branch in front"
    dialog.fill(ReportKind.DIGEST)
    assert [one.branch_ids for one in dialog.requests()] == [None]
    dialog.fill(ReportKind.WEEKLY)
    assert len(dialog.requests()) == 4, "all branches"
    dialog.branches.everyone.setChecked(False)
    dialog.confirm()
    assert dialog.branch_row.error
    rows = dialog.branches.list
    rows.setFocus()
    rows.make_current(1)
    rows.clearSelection()
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert len(dialog.requests()) == 1
    assert [one.branch_ids for one in dialog.requests()] == [dialog.branches.chosen()]
    page.close()


def test_that_without_a_branch_nothing_is_offered(desk: Desk, qtbot: QtBot) -> None:
    page = ReportsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.activate()
    said: list[str] = []
    page.said.connect(lambda text, _tone, _undo: said.append(text))
    assert page.make_new() is None
    assert said == ["There is no branch yet. Take data in first."]
    page.close()


def test_that_roles_see_what_they_may(page: ReportsPage) -> None:
    make(page)
    wear(page, Role.TRAINING_LEAD, "高远")
    dialog = dialog_of(page)
    assert [dialog.kind.itemData(at) for at in range(dialog.kind.count())] == ["training"]
    assert page.presenter.run is None, "a weekly report is not theirs to read"
    assert page.editor.fields["conclusions"].isReadOnly()
    wear(page, Role.AUDITOR, "查")
    assert page.presenter.run is not None
    assert page.editor.fields["conclusions"].isReadOnly()
    assert "your role" in page.editor.said.text()


def test_that_trouble_keeps_what_was_read_and_says_so(page: ReportsPage, desk: Desk) -> None:
    make(page)
    page.presenter.failed.emit(UnreachableError("database_unreachable"))
    assert page.banner.isVisible()
    assert page.body.isVisible()
    page.refresh()
    assert not page.banner.isVisible()
    other = ReportsPage(desk)
    other.show()
    other.presenter.failed.emit(UnreachableError("database_unreachable"))
    assert other.absent.isVisible()
    other.close()


def test_that_paper_that_cannot_be_made_is_said_and_tried_again(
    page: ReportsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(*_args: object) -> Any:
        raise BadInputError("paper_not_readable")

    with monkeypatch.context() as patch:
        patch.setattr(questions, "paper", torn)
        make(page)
        assert not page.preview.has_pages
        assert page.preview.none.title == "The paper could not be made"
    button = page.preview.none.first_button
    assert button is not None
    button.click()
    assert page.preview.has_pages


def test_that_reports_are_page_eight_and_their_paper_is_loaded_late(
    qtbot: QtBot, desk: Desk
) -> None:
    assert numbered(pages())[8].page_id == "reports"
    window = MainWindow(desk, "", remembers=False)
    qtbot.addWidget(window)
    window.act("page_8")
    assert window.current_id == "reports"
    window.act("next_region")
    window.close()


def test_that_opening_the_page_loads_neither_pdfium_nor_reportlab() -> None:
    import subprocess
    import sys

    code = (
        "import sys, supervisor.ui.pages.reports.page;"
        "print([n for n in ('pypdfium2', 'pypdfium2_raw', 'reportlab', 'xlsxwriter')"
        " if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_that_a_training_lead_is_shown_case_packs_alone(page: ReportsPage) -> None:
    make(page)
    kinds = [page.kinds.itemData(at) for at in range(page.kinds.count())]
    assert len(kinds) == len(ReportKind) + 1
    wear(page, Role.TRAINING_LEAD, "高远")
    assert page.presenter.kinds_shown() == (ReportKind.TRAINING,)
    page.refresh()
    assert page.presenter.runs == ()
    assert page.presenter.run is None
