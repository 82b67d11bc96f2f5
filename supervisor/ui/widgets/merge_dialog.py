"""Somebody else saved the same record: both values field by field, and a choice for each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QRadioButton, QWidget

from supervisor.i18n import tr
from supervisor.models.rules.merging import FieldMerge, Side
from supervisor.ui.look.buttons import Button
from supervisor.ui.widgets.dialog import Dialog
from supervisor.ui.widgets.labels import Label
from supervisor.ui.widgets.scroller import Scroller

WIDTH = 640
TALLEST = 420
ROWS, GAP = 5, 10
"""Lines a field takes: its name, up to three choices, and the gap below (pixels)."""


@dataclass(frozen=True, slots=True)
class MergeField:
    """What people call a field, how its values are shown, and whether two texts can be joined."""

    label: str
    show: Callable[[Any], str] = str
    joins: bool = False


class MergeDialog(Dialog):
    """Choose for every field; what only one of the two changed is chosen already.

    `values` are the chosen values once it was accepted. Nothing is saved here.
    """

    help_topic = "bad-link"

    def __init__(
        self, found: Sequence[FieldMerge], fields: Mapping[str, MergeField], parent: QWidget
    ) -> None:
        title = tr("Somebody else saved this meanwhile")
        super().__init__(title, tr("Take these values"), width=WIDTH, parent=parent)
        self._found, self._fields = tuple(found), fields
        self._groups: dict[str, dict[Side, QRadioButton]] = {}
        about = Label(
            tr(
                "Nothing you typed is lost. Choose for each field; afterwards you look once more "
                "and save."
            ),
            "secondary",
        )
        about.setWordWrap(True)
        self.body.addWidget(about)
        self.body.addWidget(self._table(), 1)
        self._add_shortcuts()
        self._on_chosen()

    def _table(self) -> QWidget:
        held = QFrame()
        grid = QGridLayout(held)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        for place, field in enumerate(self._found):
            self._add_field(grid, ROWS * place, field)
            grid.setRowMinimumHeight(ROWS * place + ROWS - 1, GAP)
        grid.setRowStretch(ROWS * len(self._found), 1)
        area = Scroller(self.windowTitle())
        area.setWidget(held)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(min(TALLEST, 120 * len(self._found)))
        return area

    def _add_field(self, grid: QGridLayout, row: int, field: FieldMerge) -> None:
        known = self._fields[field.name]
        grid.addWidget(Label(known.label, "cardTitle"), row, 0)
        group = QButtonGroup(self)
        choices: dict[Side, QRadioButton] = {}
        offered = {
            Side.MINE: tr("Mine: {value}", value=_shown(known, field.mine)),
            Side.THEIRS: tr("Theirs: {value}", value=_shown(known, field.theirs)),
        }
        if known.joins and field.can_join and field.side is None:
            offered[Side.BOTH] = tr("Both, one after the other")
        for place, (side, text) in enumerate(offered.items(), start=1):
            choice = QRadioButton(_without_mnemonic(text))
            choice.setAccessibleName(f"{known.label} {text}")
            choice.setToolTip(text)
            choice.setChecked(side is field.side)
            choice.toggled.connect(self._on_chosen)
            group.addButton(choice)
            choices[side] = choice
            grid.addWidget(choice, row + place, 0)
        self._groups[field.name] = choices

    def _add_shortcuts(self) -> None:
        for text, side in ((tr("Keep all mine"), Side.MINE), (tr("Take all theirs"), Side.THEIRS)):
            button = Button(text)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, chosen=side: self.choose_all(chosen))
            self.foot.insertWidget(0 if side is Side.MINE else 1, button)

    def choose(self, name: str, side: Side) -> None:
        """Choose a side for one field."""
        self._groups[name][side].setChecked(True)

    def choose_all(self, side: Side) -> None:
        """Choose the same side for every field."""
        for name in self._groups:
            self.choose(name, side)

    def _side(self, name: str) -> Side | None:
        found = (side for side, choice in self._groups[name].items() if choice.isChecked())
        return next(found, None)

    def _on_chosen(self) -> None:
        open_fields = sum(self._side(field.name) is None for field in self._found)
        why = tr("Choose for every field first.") if open_fields else ""
        self.primary.set_enabled(not open_fields, why)

    @property
    def values(self) -> dict[str, Any]:
        """The chosen value of each field that differed and was chosen for."""
        chosen = ((field, self._side(field.name)) for field in self._found)
        return {field.name: field.value(side) for field, side in chosen if side is not None}


def _shown(known: MergeField, value: Any) -> str:
    return known.show(value).strip() or tr("(empty)")


def _without_mnemonic(text: str) -> str:
    return text.replace("&", "&&")
