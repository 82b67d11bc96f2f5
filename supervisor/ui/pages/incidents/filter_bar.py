"""Conditions of the list: states with counts, severity, category, who caused it, mine, late."""

from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.models.enums import CausedBy, FlagCategory, FlagState, Severity
from supervisor.models.rows.incidents import IncidentFilter, IncidentPage
from supervisor.ui.look.plain import tip
from supervisor.ui.widgets import Chip, clearable
from supervisor.ui.widgets.flow import FlowLayout
from supervisor.words import word
from supervisor.words.meanings import meaning

SEARCH_AFTER_MS = 250
STATES = tuple(FlagState)


class FilterBar(QFrame):
    """At the head of the list.

    Signals:
        chosen: conditions as keyword arguments of `IncidentFilter` (dict).
        origin_closed: what a figure brought is not wanted any more.
    """

    chosen = Signal(object)
    origin_closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterBar")
        self.chips: dict[FlagState | None, Chip] = {}
        self._state: FlagState | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SEARCH_AFTER_MS)
        self._soon.timeout.connect(self._on_search)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 10, 12, 8)
        box.setSpacing(6)
        box.addWidget(self._build_chips())
        box.addLayout(self._build_choices())
        box.addLayout(self._build_search())
        self.origin = Chip("", "filter")
        self.origin.clicked.connect(lambda _on=False: self.origin_closed.emit())
        self.origin.hide()
        # The chip runs from right to left, for its cross; the layout would mirror a mere "left".
        box.addWidget(self.origin, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)

    def _build_chips(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap=6)
        for state in (None, *STATES):
            chip = Chip("")
            chip.clicked.connect(partial(self._on_state, state))
            self.chips[state] = chip
            flow.addWidget(chip)
        return holder

    def _build_choices(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        self.severity = self._combo(tr("Severity"), tr("Level"), reversed(Severity))
        self.category = self._combo(tr("Category"), tr("Kind"), FlagCategory)
        self.cause = self._combo(tr("Who caused it"), tr("Who"), CausedBy)
        for combo, key in (
            (self.severity, "severities"),
            (self.category, "categories"),
            (self.cause, "caused_by"),
        ):
            combo.activated.connect(partial(self._on_combo, combo, key))
            line.addWidget(combo, 1)
        return line

    def _combo(self, name: str, every: str, members: Any) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setMinimumContentsLength(4)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.addItem(every, None)
        for member in members:
            combo.addItem(word(member), member.value)
            combo.setItemData(combo.count() - 1, meaning(member), Qt.ItemDataRole.ToolTipRole)
        return combo

    def _build_search(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Case, person or flag number"))
        self.search.setAccessibleName(tr("Search flags"))
        clearable(self.search)
        self.search.textChanged.connect(lambda _text: self._soon.start())
        self.search.returnPressed.connect(self._on_search)
        self.mine = self._toggle(tr("Mine"), self._on_mine)
        self.late = self._toggle(tr("Late"), self._on_late)
        line.addWidget(self.search, 1)
        line.addWidget(self.mine)
        line.addWidget(self.late)
        return line

    def _toggle(self, text: str, then: Callable[[bool], None]) -> Chip:
        chip = Chip(text)
        chip.setCheckable(True)
        chip.toggled.connect(lambda on: chip.set_look("on" if on else "outline"))
        chip.clicked.connect(then)
        return chip

    def show_counts(self, page: IncidentPage) -> None:
        """The numbers of the state chips; states without a flag cannot be chosen."""
        for state, chip in self.chips.items():
            n = page.total if state is None else page.by_state.get(state, 0)
            name = tr("All") if state is None else word(state)
            text = f"{name} {n:,}"
            chip.setText(text)
            chip.setToolTip(meaning(state) if state else "")
            chip.setVisible(state is None or n > 0 or state is self._state)
            chosen = state is self._state
            chip.set_look("on" if chosen else "outline")
            chip.setAccessibleName(tr("{text}, chosen", text=text) if chosen else text)

    def show_origin(self, text: str) -> None:
        """The figure the flags stand behind, as a chip that takes it off; empty: none."""
        self.origin.setText(tr("From: {origin}", origin=text))
        self.origin.setToolTip(tip(text))
        self.origin.setAccessibleName(tr("Remove condition {condition}", condition=text))
        self.origin.setVisible(bool(text))

    def show_conditions(self, wanted: IncidentFilter, origin: str = "") -> None:
        """Set every control to conditions that came from elsewhere."""
        self.show_origin(origin)
        one = next(iter(wanted.states), None) if len(wanted.states) == 1 else None
        self._state = one
        for combo, members in (
            (self.severity, wanted.severities),
            (self.category, wanted.categories),
            (self.cause, wanted.caused_by),
        ):
            chosen: Enum | None = next(iter(members), None) if len(members) == 1 else None
            combo.setCurrentIndex(max(0, combo.findData(chosen.value if chosen else None)))
        self.mine.setChecked(bool(wanted.mine))
        self.late.setChecked(wanted.late_only)
        if self.search.text().strip() != wanted.search.strip():
            blocked = self.search.blockSignals(True)
            self.search.setText(wanted.search)
            self.search.blockSignals(blocked)

    def focus_first(self) -> None:
        """Ctrl+F: into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def _on_state(self, state: FlagState | None, _on: bool = False) -> None:  # noqa: FBT001, FBT002
        self._state = state
        self.chosen.emit({"states": frozenset() if state is None else frozenset({state})})

    def _on_combo(self, combo: QComboBox, key: str, _index: int) -> None:
        kinds: dict[str, type[Enum]] = {
            "severities": Severity,
            "categories": FlagCategory,
            "caused_by": CausedBy,
        }
        value = combo.currentData()
        self.chosen.emit({key: frozenset() if value is None else frozenset({kinds[key](value)})})

    def _on_mine(self, on: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.chosen.emit({"mine": on})

    def _on_late(self, on: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.chosen.emit({"late_only": on})

    def _on_search(self) -> None:
        self._soon.stop()
        self.chosen.emit({"search": self.search.text().strip()})
