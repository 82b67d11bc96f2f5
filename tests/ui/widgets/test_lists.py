"""Lists of rows, splitters and menu letters: what they say, what a person can do with them."""

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from supervisor.ui.look.plain import keyed, tip
from supervisor.ui.widgets import Dialog, FormRow, ListRow, RowList, Splitter

TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


@pytest.fixture
def rows(qtbot: QtBot) -> RowList:
    """A heading and two views."""
    made = RowList()
    qtbot.addWidget(made)
    made.show_rows(
        [
            ListRow("Mine", enabled=False),
            ListRow("Friday", 1, tip="<b>Friday</b>"),
            ListRow("Sunday", 2, tip="Sunday", spoken="Sunday, 3 cases"),
        ]
    )
    made.resize(200, 200)
    made.show()
    return made


def test_that_a_list_keeps_the_rules_of_qt_models(rows: RowList) -> None:
    QAbstractItemModelTester(rows.list_model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows.show_rows([ListRow("one", 1)])
    rows.list_model.change(0, text="two")
    rows.show_rows([])
    assert rows.count() == 0


def test_that_a_tip_shows_what_people_wrote_and_no_markup(rows: RowList) -> None:
    model: QAbstractItemModel = rows.list_model
    said = [model.data(model.index(at, 0), TOOLTIP) for at in range(3)]
    assert said[0] is None
    assert said[1] == tip("<b>Friday</b>") != "<b>Friday</b>"
    assert said[2] == "Sunday"


def test_that_a_row_is_spoken_and_a_heading_cannot_be_chosen(rows: RowList) -> None:
    model = rows.list_model
    assert model.data(model.index(1), SPOKEN) == "Friday"
    assert model.data(model.index(2), SPOKEN) == "Sunday, 3 cases"
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsEnabled


def test_that_enter_picks_arrows_move_and_letters_do_nothing(rows: RowList, qtbot: QtBot) -> None:
    picked: list[int] = []
    moved: list[int] = []
    rows.make_current(1)
    rows.picked.connect(picked.append)
    rows.moved.connect(moved.append)
    qtbot.keyClicks(rows, "s")
    assert (rows.current(), moved) == (1, [])
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert (moved, picked) == ([2], [2])


def test_that_a_changed_row_keeps_the_others_and_the_current_one(rows: RowList) -> None:
    rows.make_current(2)
    rows.list_model.change(1, extra=7)
    assert [row.extra for row in rows.rows] == [None, 7, None]
    assert rows.current() == 2
    rows.make_current(-1)
    assert rows.current() == -1


def test_that_a_double_click_on_an_edge_asks_for_the_usual_sizes(qtbot: QtBot) -> None:
    splitter = Splitter(Qt.Orientation.Horizontal)
    qtbot.addWidget(splitter)
    for _ in range(2):
        splitter.addWidget(QWidget())
    splitter.resize(300, 100)
    splitter.show()
    asked: list[bool] = []
    splitter.reset_wanted.connect(lambda: asked.append(True))
    qtbot.mouseDClick(splitter.handle(1), Qt.MouseButton.LeftButton)
    assert asked == [True]


def test_that_control_s_saves_what_stands_in_a_dialog(qtbot: QtBot) -> None:
    dialog, field = Dialog("Note", "Save"), QLineEdit("text")
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.add_row(FormRow("Words", field))
    with qtbot.waitActive(dialog):
        dialog.show()
    told: list[int] = []
    dialog.confirmed.connect(lambda: told.append(1))
    qtbot.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert (told, dialog.isVisible()) == ([1], False)


@pytest.mark.parametrize(
    ("text", "letter", "line"),
    [
        ("改派", "R", "改派(&R)"),
        ("Reassign", "R", "&Reassign"),
        ("Plan a visit", "V", "Plan a &visit"),
        ("A & B", "Z", "A && B(&Z)"),
    ],
)
def test_that_menu_lines_have_an_alt_letter(text: str, letter: str, line: str) -> None:
    assert keyed(text, letter) == line
