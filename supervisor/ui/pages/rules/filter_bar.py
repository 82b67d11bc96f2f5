"""What narrows the list of rules: words, pack, category, and states as chips with counts."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.models.enums import FlagCategory
from supervisor.models.rows.rule_register import PackLine, RuleLine
from supervisor.ui.pages.rules.presenter import STATES, Conditions
from supervisor.ui.widgets import Chip, clearable
from supervisor.ui.widgets.flow import FlowLayout
from supervisor.words import word
from supervisor.words.of_rules_screen import pack_name


def state_name(state: str) -> str:
    """What a chip is called."""
    return {
        "": tr("All"),
        "on": tr("On"),
        "off": tr("Off"),
        "unconfirmed": tr("Not yet confirmed"),
        "house": tr("House parameter"),
        "changed": tr("Changed by the house"),
    }[state]


class FilterBar(QFrame):
    """At the head of the list.

    Signals:
        chosen: conditions as keyword arguments of `Conditions` (dict).
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterBar")
        self.chips: dict[str, Chip] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 10, 12, 8)
        box.setSpacing(6)
        line = QHBoxLayout()
        line.setSpacing(6)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Rule, id, document or clause"))
        self.search.setAccessibleName(tr("Search rules"))
        clearable(self.search)
        self.search.textChanged.connect(lambda text: self.chosen.emit({"search": text}))
        self.pack = QComboBox()
        self.pack.setAccessibleName(tr("Pack"))
        self.category = QComboBox()
        self.category.setAccessibleName(tr("Category"))
        self.category.addItem(tr("All categories"), None)
        for category in FlagCategory:
            self.category.addItem(word(category), category.value)
        self.pack.activated.connect(
            lambda _at: self.chosen.emit({"pack_id": self.pack.currentData() or ""})
        )
        self.category.activated.connect(lambda _at: self._on_category())
        line.addWidget(self.search, 3)
        for combo in (self.pack, self.category):
            combo.setMinimumContentsLength(6)
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            line.addWidget(combo, 2)
        box.addLayout(line)
        box.addWidget(self._states())

    def _states(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap=6)
        for state in ("", *STATES):
            chip = Chip(state_name(state))
            chip.clicked.connect(partial(self._on_state, state))
            self.chips[state] = chip
            flow.addWidget(chip)
        return holder

    def _on_category(self) -> None:
        value = self.category.currentData()
        self.chosen.emit({"category": None if value is None else FlagCategory(value)})

    def _on_state(self, state: str, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        self.chosen.emit({"state": state})

    def show_conditions(
        self, packs: Sequence[PackLine], rules: Sequence[RuleLine], wanted: Conditions
    ) -> None:
        """Every control as the conditions are; chips count what they would show."""
        self.pack.clear()
        self.pack.addItem(tr("All packs"), "")
        for pack in packs:
            self.pack.addItem(pack_name(pack), pack.pack_id)
        self.pack.setCurrentIndex(max(0, self.pack.findData(wanted.pack_id)))
        value = wanted.category.value if wanted.category is not None else None
        self.category.setCurrentIndex(max(0, self.category.findData(value)))
        for state, chip in self.chips.items():
            count = sum(replace(wanted, state=state).hold(rule) for rule in rules)
            chosen = state == wanted.state
            text = f"{state_name(state)} {count:,}"
            chip.setText(text)
            chip.set_look("on" if chosen else "outline")
            chip.setAccessibleName(tr("{text}, chosen", text=text) if chosen else text)
        if self.search.text().strip() != wanted.search.strip():
            blocked = self.search.blockSignals(True)
            self.search.setText(wanted.search)
            self.search.blockSignals(blocked)
