"""A supervisor's morning without a pointer: find, open, reassign, plan, follow up, flag, report.

On a real display as well: `test_that_the_morning_goes_on_a_real_display` runs the same under Xvfb.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from supervisor.models.enums import FlagState
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.case_queue.dialogs.orders import ReassignDialog
from supervisor.ui.pages.case_queue.dialogs.single import NoteDialog, PlanDialog
from supervisor.ui.pages.case_queue.page import CaseQueuePage
from supervisor.ui.pages.incidents.dialogs import FlagDialog
from supervisor.ui.pages.incidents.page import IncidentsPage
from supervisor.ui.pages.reports.new_report_dialog import NewReportDialog
from supervisor.ui.pages.reports.page import ReportsPage
from supervisor.ui.shell.main_window import MainWindow
from tests.ui.front_window import front_window

DialogT = TypeVar("DialogT", bound=QDialog)
Key, Held = Qt.Key, Qt.KeyboardModifier
FAR = 120
"""So many stops of Tab are tried before a control counts as out of reach."""


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> MainWindow:
    """The window over a small branch; it has the keyboard."""
    made = front_window(qtbot, desk)
    made.show_page("overview")
    return made


def press(key: Qt.Key, held: Qt.KeyboardModifier = Held.NoModifier) -> None:
    """A key, to the window that has the keyboard."""
    QTest.keyClick(keyboard().windowHandle(), key, held)


def keyboard() -> QWidget:
    """The window in front. Without a window manager nobody hands the keyboard back to it."""
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
    front_one = QApplication.activePopupWidget() or QApplication.activeModalWidget() or shown[0]
    if QGuiApplication.focusWindow() is not front_one.windowHandle():
        front_one.activateWindow()
        QTest.qWaitForWindowActive(front_one, 2_000)
    return front_one


def write(text: str) -> None:
    """Letters, to where the focus is."""
    keyboard()
    QTest.keyClicks(QApplication.focusWidget(), text)


def tab_to(wanted: Callable[[QWidget], bool]) -> QWidget:
    """Tab until the focus is there."""
    for _ in range(FAR):
        keyboard()
        focus = QApplication.focusWidget()
        if focus is not None and wanted(focus):
            return focus
        press(Key.Key_Tab)
    raise AssertionError(f"not reached in {FAR} stops; the focus is on {focus!r}")


def says(*words: str) -> Callable[[QWidget], bool]:
    """A button with one of these words on it."""
    return lambda w: isinstance(w, QAbstractButton) and w.text().replace("&", "") in words


def front(kind: type[DialogT]) -> DialogT:
    """The dialog in front."""
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, kind), shown
    return shown


def test_that_a_morning_goes_by_keyboard_alone(qtbot: QtBot, window: MainWindow) -> None:
    # Find.
    press(Key.Key_2, Held.AltModifier)
    queue = window.page
    assert isinstance(queue, CaseQueuePage)
    queue.presenter.clear()
    press(Key.Key_F, Held.ControlModifier)
    write("AJ0003")
    press(Key.Key_Return)
    assert [row.case_no for row in queue.model.known_rows()] == ["AJ0003"]

    # Open.
    tab_to(lambda focus: focus is queue.table.view)
    press(Key.Key_Return)
    assert queue.case.file is not None
    assert queue.case.file.head.case_no == "AJ0003"

    # Reassign.
    press(Key.Key_R, Held.ControlModifier)
    reassign = front(ReassignDialog)
    tab_to(lambda focus: focus is reassign.agent)
    before = queue.case.file.head.agent
    while before in reassign.agent.currentText() or reassign.agent.currentData() is None:
        press(Key.Key_Down)
    press(Key.Key_Return, Held.ControlModifier)
    assert queue.case.file.head.agent != before

    # Follow up.
    press(Key.Key_N, Held.ControlModifier)
    front(NoteDialog)
    write("Calls back at noon")
    press(Key.Key_Return, Held.ControlModifier)
    assert any("noon" in entry.text for entry in queue.case.file.timeline if entry.text)

    # Plan.
    tab_to(says("Plan visit", "Plan a visit"))
    press(Key.Key_Space)
    front(PlanDialog)
    press(Key.Key_Return, Held.ControlModifier)

    # Flag.
    press(Key.Key_7, Held.AltModifier)
    incidents = window.page
    assert isinstance(incidents, IncidentsPage)
    tab_to(says("First look"))
    press(Key.Key_Space)
    front(FlagDialog)
    tab_to(lambda focus: focus.inherits("QPlainTextEdit"))
    write("Heard the recording; both sides are asked.")
    press(Key.Key_Return, Held.ControlModifier)
    shown = incidents.list.row_at(0)
    assert shown is None or shown.state is not FlagState.NEW

    # Report.
    press(Key.Key_8, Held.AltModifier)
    assert isinstance(window.page, ReportsPage)
    press(Key.Key_N, Held.ControlModifier)
    report = front(NewReportDialog)
    tab_to(lambda focus: focus is report.primary)
    press(Key.Key_Space)
    assert QApplication.activeModalWidget() is None
    qtbot.waitUntil(lambda: bool(window.page.runs.rows), timeout=60_000)
    window.close()


PAGES = ("overview", "case_queue", "visit_schedule", "workloads", "outcomes", "efficiency")
MORE = ("incidents", "reports", "intake", "preferences", "rules")


@pytest.mark.parametrize("page_id", [*PAGES, *MORE])
def test_that_tab_goes_round_and_reaches_every_control(window: MainWindow, page_id: str) -> None:
    window.show_page(page_id)
    assert window.page is not None
    wanted = {part for part in window.page.findChildren(QWidget) if _is_stop(part)}
    window.rail.buttons["overview"].setFocus()
    seen: list[QWidget] = []
    for _ in range(400):
        keyboard()
        focus = QApplication.focusWidget()
        assert focus is not None, f"the focus was lost after {seen[-1]!r}"
        if seen and focus is seen[0]:
            break
        seen.append(focus)
        press(Key.Key_Tab)
    else:
        pytest.fail(f"Tab never came back; it ended on {seen[-1]!r}")
    missed = {part for part in wanted if part.isVisible()} - set(seen)
    # Of exclusive choices one is a stop, arrows go to the others.
    missed -= {p for p in missed if isinstance(p, QAbstractButton) and p.group() is not None}
    assert not missed


def _is_stop(part: QWidget) -> bool:
    policy = part.focusPolicy() & Qt.FocusPolicy.TabFocus
    free = part.focusProxy() is None and part.isEnabled()
    inner = part.parentWidget() is not None and part.parentWidget().focusProxy() is part
    return bool(policy) and free and part.isVisible() and not inner and not _of_qt(part)


def _of_qt(part: QWidget) -> bool:
    holder = part.parentWidget()
    return part.objectName().startswith("qt_") or (
        holder is not None and holder.inherits("QAbstractSpinBox")
    )


@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="no xvfb-run: no real display here")
def test_that_the_morning_goes_on_a_real_display() -> None:
    command = [
        "xvfb-run",
        "-a",
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "0",
        "-p",
        "no:randomly",
    ]
    name = "test_that_a_morning_goes_by_keyboard_alone"
    done = subprocess.run(
        [*command, f"{Path(__file__).relative_to(Path.cwd())}::{name}"],
        env={**os.environ, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    passed = done.returncode == 0 and done.stdout.lstrip().startswith(".")
    assert passed, done.stdout[-3000:] + done.stderr[-1000:]
