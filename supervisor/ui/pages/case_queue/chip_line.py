"""The chips above the list: one for each active condition, then 清除全部 and 存为视图."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from supervisor.i18n import ntr, tr
from supervisor.ui.look.icons import icon
from supervisor.ui.look.plain import literal, tip
from supervisor.ui.pages.case_queue.filters import Condition
from supervisor.ui.widgets import Button
from supervisor.ui.widgets.flow import FlowLayout


class ChipLine(QWidget):
    """Flows over several lines; in small windows one chip stands for those without room.

    Signals:
        removed: the key of a condition whose chip was closed.
        cleared, save_wanted: as their links say.
    """

    removed = Signal(str)
    cleared = Signal()
    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)

    def show_conditions(self, found: Sequence[Condition], *, most: int | None) -> None:
        """Show them; beyond `most` the rest is in the menu of the last chip."""
        self._clear()
        few = list(found) if most is None else list(found[:most])
        rest = list(found[len(few) :])
        for condition in few:
            chip = self._chip(condition.text)
            chip.setIcon(icon("x", "text3"))
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            chip.setToolTip(tr("Take this condition off"))
            chip.setAccessibleName(tr("Take off: {condition}", condition=condition.text))
            chip.clicked.connect(partial(self._remove, condition.key))
        if rest:
            self._rest(rest)
        if found:
            self._link(tr("Clear all") if most is None else tr("Clear")).clicked.connect(
                self.cleared
            )
            if most is None:
                self._link(tr("Save as view")).clicked.connect(self.save_wanted)
        self.updateGeometry()

    def chips(self) -> list[QPushButton]:
        """What stands here, in order."""
        parts = [self._flow.itemAt(place) for place in range(self._flow.count())]
        widgets = [part.widget() for part in parts if part is not None]
        return [one for one in widgets if isinstance(one, QPushButton)]

    def _rest(self, rest: Sequence[Condition]) -> None:
        more = bool(self.chips())
        n = len(rest)
        text = ntr("{n} more", "{n} more", n) if more else ntr("{n} condition", "{n} conditions", n)
        chip = self._chip(text)
        chip.setToolTip(tip("\n".join(one.text for one in rest)))
        menu = QMenu(chip)
        for one in rest:
            text = tr("Take off: {condition}", condition=one.text)
            menu.addAction(icon("x", "text3"), literal(text), partial(self.removed.emit, one.key))
        menu.addSeparator()
        menu.addAction(tr("Save as view"), self.save_wanted.emit)
        chip.setMenu(menu)

    def _remove(self, key: str, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - a Qt slot
        self.removed.emit(key)

    def _chip(self, text: str) -> QPushButton:
        chip = QPushButton(literal(text), self)
        chip.setObjectName("chip")
        chip.setProperty("look", "filter")
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def _link(self, text: str) -> Button:
        link = Button(text, "link", parent=self)
        self._flow.addWidget(link)
        link.show()
        return link

    def _clear(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
