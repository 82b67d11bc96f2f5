"""The bar of what can be done with the chosen visits."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.rows.schedule import Course, VisitCard
from supervisor.ui.look.icons import icon
from supervisor.ui.widgets import Button, Label

HEIGHT = 44
ICONS = {
    "reschedule": ("calendar-days", "on_accent"),
    "notice": ("bell", "text"),
    "equip": ("user-plus", "text"),
    "print": ("printer", "text"),
    "recall": ("undo-2", "crit"),
}
"""Icon and colour of each act."""


class ActsBar(QFrame):
    """Hidden while nothing is chosen; with one current card its acts stand in the menu.

    Signals:
        act_wanted: reschedule, notice, equip, recall, cancel or record.
        sheet_wanted: the sheet of the visit of a case (its number) is to be printed.
        cleared: the selection is to go.
    """

    act_wanted = Signal(str)
    sheet_wanted = Signal(str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bulkBar")
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(tr("Actions for chosen visits"))
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 0, 12, 0)
        box.setSpacing(8)
        self._case_no = ""
        self.count = Label(role="strong")
        box.addWidget(self.count)
        self.buttons = {
            "reschedule": Button(tr("Reschedule"), "primary"),
            "notice": Button(tr("Register notice")),
            "equip": Button(tr("Person, device")),
            "print": Button(tr("Print visit sheets")),
            "recall": Button(tr("Call back"), "careful"),
        }
        keys = {"reschedule": "Ctrl+R", "recall": "Del"}
        for act, button in self.buttons.items():
            button.setToolTip(keys.get(act, ""))
            if act == "print":
                button.clicked.connect(lambda: self.sheet_wanted.emit(self._case_no))
            else:
                button.clicked.connect(lambda _on=False, one=act: self.act_wanted.emit(one))
            box.addWidget(button)
        box.addStretch(1)
        clear = Button(tr("Clear selection"), "link")
        clear.setToolTip("Esc")
        clear.clicked.connect(self.cleared)
        box.addWidget(clear)
        self.hide()

    def set_slim(self, slim: bool) -> None:  # noqa: FBT001 - a state of the window
        """Where room is short: without icons, and without what can be done under Reports too."""
        for act, button in self.buttons.items():
            button.setIcon(QIcon() if slim else icon(*ICONS[act]))
        self.buttons["print"].setVisible(not slim)

    def show_cards(self, cards: Sequence[VisitCard], *, may_plan: bool) -> None:
        """Say what is chosen; nothing chosen hides the bar."""
        self.count.setText(ntr("{n} selected", "{n} selected", len(cards)))
        planned = any(card.course is Course.PLANNED for card in cards)
        standing = any(card.course is not Course.REPORTED for card in cards)
        for act, button in self.buttons.items():
            if act == "print":
                one = tr("Choose one visit; sheets of a whole day are made under Reports")
                button.set_enabled(may_plan and len(cards) == 1, one)
                continue
            able = standing if act == "recall" else planned
            why = (
                tr("Your role looks only") if not may_plan else tr("None of them is still to come")
            )
            button.set_enabled(may_plan and able, why)
        self._case_no = cards[0].case_no if cards else ""
        self.setVisible(bool(cards))
