"""A paper record by keys alone, counted: product.md section 7 gives it thirty seconds.

The time is an estimate by the keystroke-level model (Card, Moran and Newell 1980) and not taken
with a stop watch: 0.28 s for a key of an average typist, a modifier being a key of its own, and
1.35 s for every time the eye goes back to the form. Letters of an input method count as typed.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from supervisor import clock, i18n
from supervisor.models import tables
from supervisor.models.commands.agenda import refresh_cases
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.visit_schedule.page import VisitSchedulePage
from supervisor.ui.pages.visit_schedule.paper_dialog import PaperDialog
from supervisor.ui.shell.main_window import MainWindow
from tests import factories as f

KEY_S, LOOK_S, PROMISED_S = 0.28, 1.35, 30.0
TODAY = date(2026, 11, 23)
NOTE = "benren chengnuo 30 ri huankuan"

K = Qt.Key


def _focused() -> QWidget:
    where = QApplication.focusWidget()
    assert where is not None
    return where


@dataclass
class Typist:
    """Presses keys where the focus is, and counts."""

    keys: int = 0
    looks: int = 0

    def look(self) -> None:
        """The eye goes to the form."""
        self.looks += 1

    def press(self, *keys: Qt.Key, held: Qt.Key | None = None) -> None:
        """Some keys one after the other."""
        modifier = Qt.KeyboardModifier.NoModifier
        if held is K.Key_Control:
            modifier = Qt.KeyboardModifier.ControlModifier
        for key in keys:
            QTest.keyClick(_focused(), key, modifier)
        self.keys += len(keys) + (held is not None)

    def type(self, text: str) -> None:
        """Letters and digits."""
        QTest.keyClicks(_focused(), text)
        self.keys += len(text)

    @property
    def seconds(self) -> float:
        """What the model makes of it."""
        return self.keys * KEY_S + self.looks * LOOK_S


@pytest.fixture
def window(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The schedule of today, with one visit whose pair is back."""
    monkeypatch.setenv(clock.ENVIRONMENT_VARIABLE, "2026-11-23T18:00:00+08:00")
    with desk.database.transaction() as session:
        branch = f.a_branch(session)
        valid = {"training_valid_until": date(2027, 12, 31), "exam_valid_until": date(2027, 12, 31)}
        first, second = (f.a_staff(session, branch, **valid) for _ in range(2))
        f.put(session, tables.Pair, branch_id=branch, first_id=first, second_id=second)
        case = f.a_case(session, branch, agent_id=first)
        f.a_plan(session, case, TODAY, agent_id=first, second_agent_id=second, target_fen=200_000,
                 window_from=datetime(2026, 11, 23, 1, tzinfo=UTC),
                 window_until=datetime(2026, 11, 23, 2, tzinfo=UTC))  # fmt: skip
        refresh_cases(session, [case])
    made = MainWindow(desk, "test.db", "城东网点", remembers=False)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.show_page("visit_schedule")
    page = made.page
    assert isinstance(page, VisitSchedulePage)
    page.show_day(TODAY)
    return made


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_that_a_paper_record_with_promise_note_and_conduct_takes_less_than_thirty_seconds(
    window: MainWindow, qtbot: QtBot, language: str
) -> None:
    i18n.set_language(language)
    page, hand = window.page, Typist()
    assert isinstance(page, VisitSchedulePage)
    with qtbot.waitActive(window):
        window.activateWindow()
    page.board.setFocus()

    hand.look()
    window.keys.actions["save"].trigger()  # Ctrl+S
    hand.keys += 2
    dialog = page.findChild(PaperDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.outcome.hasFocus()  # "customer met" stands there

    hand.look()
    # The day is that of the plan; Tab passes year, month and day apart.
    hand.press(*[K.Key_Tab] * 4)
    assert dialog.starts.hasFocus()
    hand.type("0915")
    hand.press(K.Key_Tab)
    hand.type("25")
    hand.look()
    hand.press(K.Key_Tab, K.Key_Space)  # a promise is where Tab comes to
    hand.press(K.Key_Tab)
    assert dialog.amount.text() == "2000.00"  # the target of the plan
    hand.look()
    hand.type("1500")
    hand.press(*[K.Key_Tab] * 4)
    assert dialog.note.hasFocus()
    hand.look()
    hand.type(NOTE)
    hand.look()
    hand.press(K.Key_Tab)
    for _ in range(4):
        hand.press(K.Key_Space, K.Key_Right)
    hand.look()
    hand.press(K.Key_Return, held=K.Key_Control)

    with page.desk.database.transaction() as session:
        visit = session.execute(select(*tables.Visit.__table__.c)).one()
        promise = session.execute(select(*tables.Promise.__table__.c)).one()
    assert visit.started_at == datetime(2026, 11, 23, 1, 15, tzinfo=UTC)
    assert visit.ended_at == datetime(2026, 11, 23, 1, 40, tzinfo=UTC)
    assert (visit.outcome, visit.talk_results, visit.note) == ("MET_DEBTOR", "PTP", NOTE)
    assert (visit.notice_given, visit.id_shown, visit.recorded) == ("yes", "yes", "yes")
    assert promise.amount_fen == 150_000
    assert hand.keys > 50
    assert hand.seconds < PROMISED_S, (hand.keys, hand.looks, hand.seconds)


def test_that_arrows_go_between_boxes_and_tab_passes_them_in_one_step(
    window: MainWindow, qtbot: QtBot
) -> None:
    page, hand = window.page, Typist()
    assert isinstance(page, VisitSchedulePage)
    with qtbot.waitActive(window):
        window.activateWindow()
    page.key_save()
    dialog = page.findChild(PaperDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    boxes = list(dialog.talk.values())
    boxes[0].setFocus()
    hand.press(K.Key_Left)
    assert boxes[0].hasFocus()
    hand.press(K.Key_Right, K.Key_Down, K.Key_Left, K.Key_Up)
    assert boxes[0].hasFocus()
    hand.press(K.Key_Right, K.Key_Tab)
    assert dialog.amount.hasFocus()
    hand.press(K.Key_Backtab)
    assert boxes[1].hasFocus()
