"""No screen cuts or covers anything, leaves a control without a name or a word untranslated."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from supervisor import i18n
from supervisor.i18n import tr
from supervisor.ui.charts.bars import BarsPlot
from supervisor.ui.widgets import ElidedLabel, IconButton, Label, Scroller, spoken
from tests.screens import geometry, names, pseudo

ROOM = QSize(400, 300)


@pytest.fixture
def root(qtbot: QtBot) -> QWidget:
    """An empty window."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(ROOM)
    made.show()
    return made


def test_that_every_screen_passes(walked: str) -> None:
    found = [line for line in walked.splitlines() if line.endswith("x]")]
    # Signs without width upset Qt's measure of combo boxes; in English itself none is cut.
    assert [line for line in found if not (" cut " in line and " QComboBox " in line)] == []


# The checks can fail.


def _kinds(root: QWidget) -> set[str]:
    return {one.kind for one in geometry.findings(root, ROOM)}


@pytest.mark.parametrize("make", [QPushButton, QLabel, QCheckBox])
def test_that_a_cut_text_is_found(root: QWidget, make: type[QWidget]) -> None:
    part = make("Reassign twelve cases to somebody", root)  # type: ignore[call-arg]
    part.show()
    part.resize(400, 40)
    assert _kinds(root) == set()
    part.resize(90, 40)
    assert _kinds(root) == {"cut"}


def test_that_a_text_cut_on_purpose_needs_its_tooltip(root: QWidget) -> None:
    part = ElidedLabel("Reassign twelve cases to somebody", parent=root)
    part.resize(90, 20)
    part.show()
    assert _kinds(root) == set()
    part.setToolTip("")
    assert _kinds(root) == {"cut"}


def test_that_a_hint_too_long_for_its_field_is_found(root: QWidget) -> None:
    field = QLineEdit(root)
    field.setPlaceholderText("Number, name, initials or the tail of a telephone")
    field.resize(120, 28)
    field.show()
    assert _kinds(root) == {"cut"}


def test_that_an_overlap_is_found(root: QWidget) -> None:
    one, other = QPushButton("One", root), QPushButton("Other", root)
    one.setGeometry(0, 0, 100, 28)
    other.setGeometry(100, 0, 100, 28)
    one.show()
    other.show()
    assert _kinds(root) == set()
    other.move(60, 0)
    assert _kinds(root) == {"overlap"}


def test_that_what_reaches_out_is_found(root: QWidget) -> None:
    part = QPushButton("One", root)
    part.setGeometry(350, 0, 100, 28)
    part.show()
    assert _kinds(root) == {"outside"}


def test_that_what_scrolls_may_be_larger(root: QWidget) -> None:
    area = Scroller("Much", root)
    area.resize(200, 100)
    inside = Label("\n".join(["Line"] * 40))
    area.setWidget(inside)
    area.show()
    assert _kinds(root) == set()


def test_that_a_dialog_larger_than_the_screen_is_found(root: QWidget) -> None:
    root.resize(400, 400)
    assert _kinds(root) == {"too big"}


def test_that_a_control_without_a_name_is_found(root: QWidget) -> None:
    button, field = IconButton("x", "Close", parent=root), QLineEdit(root)
    field.setAccessibleName("Name")
    button.show()
    field.show()
    assert names.findings(root) == []
    button.rename("")
    field.setAccessibleName("")
    assert [one.kind for one in names.findings(root)] == ["unnamed", "unnamed"]


def test_that_a_chart_has_a_role_a_name_and_its_numbers(root: QWidget) -> None:
    from tests.ui.charts.rows import bars

    spoken.install()
    plot = BarsPlot(root)
    plot.show_row(bars())
    plot.show()
    face = QAccessible.queryAccessibleInterface(plot)
    assert face is not None
    assert face.role() is QAccessible.Role.Chart
    assert names.name_of(face) == bars().head.title
    told = face.text(QAccessible.Text.Value)
    assert all(cell in told for line in bars().table.rows for cell in line)
    assert names.findings(root) == []


def test_that_words_which_no_catalogue_knows_are_found(root: QWidget) -> None:
    before = i18n._Current.catalogue
    pseudo.speak()
    try:
        box = QVBoxLayout(root)
        box.addWidget(QLabel(tr("Reassign {n} cases", n=12)))
        assert pseudo.findings(root) == []
        box.addWidget(QLabel("Reassign cases"))
        assert [one.kind for one in pseudo.findings(root)] == []  # not shown yet
        root.layout().activate()  # type: ignore[union-attr]
        for part in root.findChildren(QLabel):
            part.show()
        assert [one.kind for one in pseudo.findings(root)] == ["foreign"]
    finally:
        i18n._Current.catalogue = before


def test_that_the_made_up_language_keeps_places_and_is_longer() -> None:
    text = pseudo.made_up("Reassign {n} cases")
    assert "{n}" in text
    assert len(text) >= 1.4 * len("Reassign cases")
