"""The bar that appears when cases are ticked: how many, how much, and what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.enums import Mark
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.ui.widgets import Button, Label
from supervisor.words import formats

HEIGHT = 44


class BulkBar(QFrame):
    """Hidden while nothing is ticked; never covers the current row.

    Signals:
        act_wanted: reassign, hold, second_person or export.
        mark_wanted: a mark, or None to take it off.
        cleared: the ticks are to go.
    """

    act_wanted = Signal(str)
    mark_wanted = Signal(object)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bulkBar")
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(tr("Actions for selected cases"))
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 0, 12, 0)
        box.setSpacing(8)
        self.whole = Label(role="secondary")
        self.count = Label(role="strong")
        self.sum = Label(role="secondary")
        for label in (self.whole, self.count, self.sum):
            box.addWidget(label)
        self.buttons = {
            "reassign": Button(tr("Reassign"), "primary", "arrow-left-right"),
            "hold": Button(tr("Hold"), icon_name="circle-pause"),
            "second_person": Button(tr("Second person"), icon_name="user-plus"),
            "mark": Button(tr("Mark"), icon_name="tag"),
            "export": Button(tr("Export selected"), icon_name="download"),
        }
        keys = {"reassign": "Ctrl+R", "hold": "Ctrl+H"}
        for act, button in self.buttons.items():
            button.setToolTip(keys.get(act, ""))
            box.addWidget(button)
            if act != "mark":
                button.clicked.connect(lambda _on=False, one=act: self.act_wanted.emit(one))
        self._menu = mark_menu(self, self.mark_wanted.emit)
        self.buttons["mark"].setMenu(self._menu)
        box.addStretch(1)
        clear = Button(tr("Clear selection"), "link")
        clear.setToolTip("Esc")
        clear.clicked.connect(self.cleared)
        box.addWidget(clear)
        self.hide()

    def show_rows(self, rows: Sequence[CaseQueueRow]) -> None:
        """Say what is ticked; nothing ticked hides the bar."""
        self.count.setText(ntr("{n} selected", "{n} selected", len(rows)))
        overdue = sum(row.overdue_fen for row in rows)
        self.sum.setText(tr("overdue {amount} CNY", amount=formats.money(overdue)))
        self.setVisible(bool(rows))

    def show_whole(self, text: str) -> None:
        """In small windows the bar replaces the footer and says the total too."""
        self.whole.setText(text)
        self.whole.setVisible(bool(text))

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - a state of the window
        """Without icons where room is short."""
        self.setFixedHeight(40 if compact else HEIGHT)


def mark_menu(parent: QWidget, then: object) -> QMenu:
    """The marks to choose from, and taking the mark off."""
    menu = QMenu(tr("Mark"), parent)
    for mark in Mark:
        action = menu.addAction(tr("Mark {letter}", letter=mark.value))
        action.triggered.connect(lambda _on=False, one=mark: then(one))  # type: ignore[operator]
    menu.addSeparator()
    menu.addAction(tr("No mark")).triggered.connect(lambda: then(None))  # type: ignore[operator]
    return menu
