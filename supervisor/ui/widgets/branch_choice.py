"""Branches as a choice: every one, or some of a list; Space chooses."""

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.ui.widgets.row_list import ListRow, RowList

ROWS_SHOWN, ROW_HEIGHT = 5, 28


class BranchChoice(QWidget):
    """Branches by what they stand for and what they are called; `everyone`: all of them.

    Signals:
        changed: other branches are chosen.
    """

    changed = Signal()

    def __init__(
        self, choices: Sequence[tuple[Any, str]], everyone: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._known = tuple(key for key, _name in choices)
        self.everyone = QCheckBox(everyone)
        self.list = RowList()
        self.list.setAccessibleName(tr("Branches"))
        self.list.setSelectionMode(RowList.SelectionMode.MultiSelection)
        self.list.show_rows([ListRow(name, data=key) for key, name in choices])
        self.list.setFixedHeight(ROW_HEIGHT * min(ROWS_SHOWN, max(1, len(self._known))) + 4)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.everyone)
        box.addWidget(self.list)
        self.setFocusProxy(self.list)
        self.everyone.toggled.connect(self._on_everyone)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self.changed.emit())

    def _on_everyone(self, on: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.list.setDisabled(on)
        self.changed.emit()

    def offer_everyone(self, on: bool) -> None:  # noqa: FBT001 - as Qt's own
        """Whether all of them may be chosen in one."""
        self.everyone.setVisible(on)
        if not on:
            self.everyone.setChecked(False)

    def choose(self, keys: Collection[Any] | None) -> None:
        """Tick these; None: all."""
        self.everyone.setChecked(keys is None)
        self.list.clearSelection()
        select = self.list.selectionModel()
        for at, key in enumerate(self._known):
            if keys is not None and key in keys:
                select.select(self.list.list_model.index(at), select.SelectionFlag.Select)

    def marked(self) -> tuple[Any, ...]:
        """What is ticked in the list, in its order."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return tuple(self._known[row] for row in rows)
