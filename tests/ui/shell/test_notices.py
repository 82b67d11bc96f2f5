"""Messages stay readable for ten minutes, and what can be undone stays so."""

from pytestqt.qtbot import QtBot

from supervisor.ui.background.desk import Desk
from supervisor.ui.shell.main_window import MainWindow
from supervisor.ui.shell.notices import KEPT_SECONDS, Notices


def test_that_a_later_message_does_not_take_the_undo_of_an_earlier_one() -> None:
    undone: list[str] = []
    notices = Notices()
    notices.add("reassigned", "ok", lambda: undone.append("reassigned"))
    notices.add("1 row copied", "ok", None)
    assert notices.take_back_last()
    assert undone == ["reassigned"]
    assert not notices.take_back_last()


def test_that_acts_are_taken_back_newest_first_and_each_only_once() -> None:
    undone: list[int] = []
    notices = Notices()
    kept = [notices.add(str(n), "ok", lambda n=n: undone.append(n)) for n in (1, 2)]
    assert notices.take_back(kept[0])
    assert not notices.take_back(kept[0])
    assert notices.take_back_last()
    assert undone == [1, 2]


def test_that_a_message_and_its_undo_end_after_ten_minutes() -> None:
    now = [0.0]
    notices = Notices(seconds=lambda: now[0])
    kept = notices.add("held", "ok", lambda: None)
    now[0] = KEPT_SECONDS - 1
    assert [one.text for one in notices.recent()] == ["held"]
    now[0] = KEPT_SECONDS
    assert notices.recent() == ()
    assert not notices.take_back(kept)


def test_that_the_bell_lists_messages_and_undoes_one(qtbot: QtBot, desk: Desk) -> None:
    window = MainWindow(desk, "test.db", remembers=False)
    qtbot.addWidget(window)
    window.show()
    assert window.status.bell.isHidden()
    undone: list[str] = []
    window.say("Cases reassigned: 2 cases", "ok", lambda: undone.append("x"))
    window.say("1 row copied")
    assert not window.status.bell.isHidden()
    menu = window.show_notices()
    texts = [action.text() for action in menu.actions()]
    assert texts == ["1 row copied", "Undo: Cases reassigned: 2 cases"]
    menu.actions()[1].trigger()
    assert undone == ["x"]
    menu.close()
    window.keys.actions["undo"].trigger()
    assert window.toast.text == "Nothing to undo."
