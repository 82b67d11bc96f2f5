"""What the window keeps of its pages: words, age, scope, language, masking."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from supervisor import i18n
from supervisor.models.enums import Role
from supervisor.models.orders import RevealPrivate
from supervisor.ui.background.desk import Desk, Scope
from supervisor.ui.look.buttons import Button
from supervisor.ui.look.memory import window_memory
from supervisor.ui.look.room import FRAME
from supervisor.ui.pages.case_queue.columns import ref_of
from supervisor.ui.pages.case_queue.page import CaseQueuePage
from supervisor.ui.pages.overview.page import OverviewPage
from supervisor.ui.shell import away
from supervisor.ui.shell.away import AwayWatch, ScreenSaver
from supervisor.ui.shell.main_window import MainWindow
from supervisor.ui.shell.whereabouts import Whereabouts, whereabouts
from tests.ui.pages.queue_cases import SmallBranch, a_small_branch


@pytest.fixture
def small(desk: Desk) -> SmallBranch:
    """Five cases of one branch."""
    return a_small_branch(desk.database)


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, small: SmallBranch) -> Iterator[MainWindow]:
    """A wide window on the overview."""
    made = MainWindow(desk, "test.db", remembers=False)
    qtbot.addWidget(made)
    made.resize(1600, 900)
    made.show()
    made.show_page("overview")
    yield made
    made.close()


def _queue(window: MainWindow) -> CaseQueuePage:
    page = window.pages["case_queue"]
    assert isinstance(page, CaseQueuePage)
    return page


def test_that_the_foot_speaks_of_the_page_in_front(window: MainWindow) -> None:
    assert window.status._rows.whole_text() == "5 cases in hand"
    window.show_page("case_queue")
    assert "of 3 cases" in window.status._rows.whole_text()
    window.show_page("overview")
    assert window.status._rows.whole_text() == "5 cases in hand"
    window.show_page("preferences")
    assert window.status._rows.whole_text() == ""


def test_that_the_rail_counts_the_day_before_the_queue_was_opened(window: MainWindow) -> None:
    assert "case_queue" not in window.pages
    assert window.rail.buttons["case_queue"].accessibleName() == "Case queue, 3 waiting"


def test_that_a_page_is_built_again_in_the_new_language_where_it_stood(window: MainWindow) -> None:
    window.show_page("case_queue")
    before = _queue(window)
    before.presenter.search("AJ0003")
    i18n.set_language("zh_CN")
    window.retranslate()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    after = _queue(window)
    assert after is not before
    assert after.presenter.wanted.search == "AJ0003"
    assert after.export.text() == "导出"
    assert window.header.title.text() == "案件队列"
    assert window.page is after


def test_that_title_and_foot_name_branch_and_invented_data(
    window: MainWindow, desk: Desk, small: SmallBranch
) -> None:
    answers: list[Whereabouts] = []
    desk.runner.ask(
        partial(desk.database.read, whereabouts, desk.actor),
        owner=window,
        key="whereabouts",
        then=answers.append,
        failed=answers.append,
    )
    found = answers[0]
    assert not found.is_demo
    window.show_whereabouts(found, "test.db")
    assert window.windowTitle().endswith("— 城东网点")
    assert window.status._invented.isHidden()
    window.show_whereabouts(Whereabouts(found.branches, is_demo=True), "Demo data")
    assert window.windowTitle().endswith("— 城东网点 (demo data)")
    assert not window.status._invented.isHidden()
    marked = replace(found.branches[0], name="柳湾网点(演示)")
    window.show_whereabouts(Whereabouts((marked,), is_demo=True), "Demo data")
    assert window.windowTitle().endswith("— 柳湾网点 (demo data)")
    many = Whereabouts((*found.branches, *found.branches))
    assert many.branch_text() == "2 branches"


def test_that_the_scope_holds_for_the_other_pages(window: MainWindow, desk: Desk) -> None:
    overview = window.pages["overview"]
    assert isinstance(overview, OverviewPage)
    window.show_page("case_queue")
    page = _queue(window)
    known = page.presenter.directory
    assert known is not None
    elsewhere = Scope((known.branches[0].branch_id,))
    page.presenter.use_scope(elsewhere)
    assert page.presenter.wanted.branches == elsewhere.branches
    assert not page.presenter.view_is_changed()
    assert [one.key for one in page.presenter.conditions()][:1] == ["people"]
    window.show_page("overview")
    assert overview.presenter.wanted.branches == elsewhere.branches
    window.show_page("case_queue")
    page.presenter.remove_condition("people")
    assert desk.scope == Scope()


def _revealed(window: MainWindow) -> CaseQueuePage:
    """The queue with a case open and its phone shown."""
    window.show_page("case_queue")
    page = _queue(window)
    page.table.make_current(0)
    page.open_case()
    assert page.case.row is not None
    order = RevealPrivate(
        actor=page.desk.actor, case=ref_of(page.case.row), items=("phones",), reason="call_back"
    )
    page.case.reveal(order)
    assert page.case.shows_private
    return page


def test_that_nobody_at_the_desk_masks_what_was_revealed(window: MainWindow) -> None:
    page = _revealed(window)
    assert window.away._idle.interval() == window.desk.preferences.mask_after_minutes * 60_000
    window.away._idle.timeout.emit()
    assert not page.case.shows_private
    assert not window.away.watches
    assert window.status._mask.text() == "Personal information masked"


def test_that_a_locked_screen_masks_at_once(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    hears: list[AwayWatch] = []

    def lock(_window: object, watch: AwayWatch) -> None:
        hears.append(watch)

    monkeypatch.setattr(away, "lock_of_system", lock)
    page = _revealed(window)
    hears[0].tell()
    assert not page.case.shows_private


def test_that_a_hand_on_the_mouse_starts_the_minutes_again(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _revealed(window)
    began: list[bool] = []
    monkeypatch.setattr(window.away._idle, "start", lambda *_: began.append(True))
    QApplication.sendEvent(page, QEvent(QEvent.Type.Paint))
    assert began == []
    qtbot.keyClick(page.table.view, Qt.Key.Key_Down)
    assert began


def test_that_nothing_is_watched_while_everything_is_masked(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _revealed(window)
    page.case.mask_again()
    filtered: list[bool] = []
    monkeypatch.setattr(window.away, "eventFilter", lambda *_: filtered.append(True))
    qtbot.keyClick(page.table.view, Qt.Key.Key_Down)
    assert filtered == []


@pytest.mark.parametrize(
    ("message", "what", "locked"), [(0x02B1, 7, True), (0x02B1, 8, False), (0x0100, 7, False)]
)
def test_that_windows_says_when_a_session_is_locked(message: int, what: int, locked: bool) -> None:
    pytest.importorskip("ctypes.wintypes")
    from supervisor.ui.shell.away_windows import says_locked

    assert says_locked(message, what) is locked


def test_that_a_covered_screen_is_heard_and_an_uncovered_one_is_not(window: MainWindow) -> None:
    told: list[bool] = []
    window.away.away.connect(lambda: told.append(True))
    saver = ScreenSaver(window.away)
    saver.on_active(False)
    assert told == []
    saver.on_active(True)
    assert told == [True]


def test_that_a_first_window_is_no_larger_than_its_screen(qtbot: QtBot, desk: Desk) -> None:
    window_memory().remove("window/place")
    window = MainWindow(desk, "a file")
    qtbot.addWidget(window)
    room = window.screen().availableGeometry()
    assert window.width() == min(1440, room.width())
    assert window.height() == min(868, room.height())
    # Its frame is known only later: where there is no room for one, the desk decides the size.
    fits = room.width() >= 1440 + FRAME.width() and room.height() >= 868 + FRAME.height()
    assert window.isMaximized() is not fits


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_that_enter_presses_the_button_one_stands_on(
    window: MainWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    button, pressed = Button("Do it", parent=window.page), []
    button.clicked.connect(lambda: pressed.append(True))
    button.show()
    button.setFocus()
    qtbot.keyClick(button, key)
    qtbot.keyClick(button, key, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [True]


def test_that_a_page_filled_later_leaves_the_focus_to_the_tour(
    window: MainWindow, qtbot: QtBot
) -> None:
    tour = window.guidance.show_round()
    qtbot.keyClick(tour.card.next, Qt.Key.Key_Return)
    queue = _queue(window)
    qtbot.waitUntil(lambda: queue.states.currentWidget() is queue.table)
    queue.keep_focus()
    assert window.focusWidget() is tour.card.next
    qtbot.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton)
    queue.keep_focus()
    assert window.focusWidget() is queue.table.view  # who presses something goes where they like


def test_that_the_tour_leaves_the_focus_in_the_page_it_ends_on(
    window: MainWindow, qtbot: QtBot
) -> None:
    overview = window.pages["overview"]
    assert isinstance(overview, OverviewPage)
    qtbot.waitUntil(lambda: bool(overview.lines))
    overview.lines[0].setFocus()
    tour = window.guidance.show_round()
    window.show_page("case_queue")
    queue = _queue(window)
    qtbot.waitUntil(lambda: queue.states.currentWidget() is queue.table)
    tour.leave()
    assert window.focusWidget() is queue.table.view


@pytest.mark.parametrize("goes", ["hide", "disable"])
def test_that_a_button_that_goes_does_not_leave_the_focus_to_the_rail(
    window: MainWindow, qtbot: QtBot, goes: str
) -> None:
    window.show_page("case_queue")
    queue = _queue(window)
    qtbot.waitUntil(lambda: queue.states.currentWidget() is queue.table)
    last = Button("Only now", parent=queue)  # the last of the window: the rail follows
    last.show()
    last.setFocus()
    assert window.focusWidget() is last
    last.hide() if goes == "hide" else last.setEnabled(False)
    qtbot.waitUntil(lambda: window.focusWidget() in queue.regions())


def test_that_a_training_lead_of_an_office_is_offered_no_page_the_server_refuses(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = replace(desk.actor, role=Role.TRAINING_LEAD)
    desk.actor = lead
    alone = MainWindow(desk, "a file", remembers=False)
    qtbot.addWidget(alone)
    assert "overview" in alone.rail.buttons  # on a file of one's own nothing is refused
    monkeypatch.setattr(type(desk.database), "actor", lead)
    window = MainWindow(desk, "an office", remembers=False)
    qtbot.addWidget(window)
    assert list(window.rail.buttons) == ["incidents", "reports", "preferences"]
    window.show()
    window.act("page_7")
    assert window.current_id == "incidents"
    window.show_page("overview")
    assert window.current_id == "incidents"
