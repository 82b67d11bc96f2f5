"""质检单: what was heard in the recording, item by item."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from supervisor.i18n import ntr, tr
from supervisor.models.changes import Actor, Changes
from supervisor.models.enums_training import SheetAnswer, SheetItem
from supervisor.models.orders import Order
from supervisor.models.orders_training import SaveQualitySheet
from supervisor.models.rows.quality import SheetView
from supervisor.models.rules.quality_sheet import GROUPS
from supervisor.ui.pages.incidents.dialogs import FlagDialog, text_field
from supervisor.ui.pages.incidents.parts import wrapped
from supervisor.ui.pages.incidents.training.asking import COMMANDS
from supervisor.ui.tables import paint
from supervisor.ui.widgets import FormRow, Label
from supervisor.ui.widgets.merge_dialog import MergeField
from supervisor.ui.widgets.order_dialog import Failed, Reread, Send
from supervisor.words import formats, word

WIDTH = 960
COLUMN, BOX, TWO_LINES = 448, 36, 40
"""How wide a column of items is, what an answer takes beside its word, how high two lines are."""
FIRST_GROUPS = 2
"""Groups of the first column."""


class SheetDialog(FlagDialog):
    """Twelve items in three parts; every one is answered before it can be saved."""

    help_topic = "training"

    def __init__(
        self, actor: Actor, view: SheetView, send: Send, parent: QWidget, reread: Reread,
        *, may_write: bool,
    ) -> None:  # fmt: skip
        about = tr("From the recording, not from the outcome. {when} · {people}",
                   when=formats.full_moment(view.started_at),
                   people=tr(", ").join(view.agents))  # fmt: skip
        super().__init__(tr("Quality sheet"), tr("Save the sheet"), about, send, parent)
        self.setMaximumWidth(WIDTH)
        self.setMinimumWidth(WIDTH)
        self._actor, self._view, self._reread = actor, view, reread
        self.answers: dict[SheetItem, QButtonGroup] = {}
        self.grid = QWidget(self)
        self.text = text_field(self, 56)
        self._build_grid()
        self._answered = FormRow(tr("Items"), self.grid, check=self._check)
        self.add_row(self._answered)
        self._fill(self.values_of(view))
        if view.editions:
            n = len(view.editions)
            who = tr(", ").join(dict.fromkeys(one.reviewer for one in view.editions))
            said = ntr("{n} edition kept, by {who}.", "{n} editions kept, by {who}.", n, who=who)
            self.body.addWidget(wrapped(said, "hint"))
        if not may_write:
            why = tr("Sheets are filled in by the training lead.")
            self.primary.set_enabled(False, why)
            self.body.addWidget(wrapped(why, "hint"))

    def _build_grid(self) -> None:
        """Two columns: a small window is not high."""
        line = QHBoxLayout(self.grid)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(24)
        groups = list(GROUPS.items())
        for part in (groups[:FIRST_GROUPS], groups[FIRST_GROUPS:]):
            column = QVBoxLayout()
            grid = QGridLayout()
            grid.setVerticalSpacing(2)
            grid.setHorizontalSpacing(8)
            grid.setColumnStretch(0, 1)
            for group, items in part:
                grid.addWidget(Label(word(group), "strong"), grid.rowCount(), 0)
                for item in items:
                    self._add_item(grid, grid.rowCount(), item)
            column.addLayout(grid)
            column.addStretch(1)
            line.addLayout(column, 1)
        column.insertWidget(1, FormRow(tr("Words (optional)"), self.text))

    def _add_item(self, grid: QGridLayout, row: int, item: SheetItem) -> None:
        # A label that may wrap takes its share of spare height: only those that need it may.
        room = COLUMN - sum(BOX + _advance(word(answer)) for answer in SheetAnswer)
        is_long = _advance(word(item)) > room
        grid.addWidget(wrapped(word(item)) if is_long else Label(word(item)), row, 0)
        if is_long:
            grid.setRowMinimumHeight(row, TWO_LINES)
        choices = QButtonGroup(self)
        for place, answer in enumerate(SheetAnswer):
            button = QRadioButton(word(answer))
            button.setAccessibleName(tr("{what}: {answer}", what=word(item), answer=word(answer)))
            choices.addButton(button, place)
            grid.addWidget(button, row, place + 1)
        self.answers[item] = choices
        if self.grid.focusProxy() is None:
            self.grid.setFocusProxy(choices.button(0))

    def choose(self, item: SheetItem, answer: SheetAnswer) -> None:
        """Set an answer."""
        self.answers[item].button(list(SheetAnswer).index(answer)).setChecked(True)

    def command(self) -> Callable[..., Changes]:
        """What carries the order out."""
        return COMMANDS[SaveQualitySheet]

    def merge_fields(self) -> Mapping[str, MergeField]:
        """Every item and the words: the same reviewer may sit at two desks."""
        items = {item.value: MergeField(word(item), _answer_text) for item in self.answers}
        return {**items, "words": MergeField(tr("Words (optional)"), joins=True)}

    def values_of(self, record: SheetView | None) -> Mapping[str, Any]:
        """The newest sheet of this reviewer; None for an item without an answer."""
        mine = (record or self._view).mine
        known = mine.answers if mine is not None else {}
        answers = {item.value: known.get(item) for item in self.answers}
        return {**answers, "words": mine.words if mine is not None else ""}

    def typed(self) -> Mapping[str, Any]:
        """The answers as they stand."""
        every = list(SheetAnswer)
        answers = {
            item.value: every[choices.checkedId()] if choices.checkedId() >= 0 else None
            for item, choices in self.answers.items()
        }
        return {**answers, "words": self.text.toPlainText().strip()}

    def reread(self, then: Callable[[Any], object], failed: Failed) -> None:
        """Ask for the visit's sheets as they are now."""
        self._reread(then, failed)

    def rest_on(self, record: SheetView, values: Mapping[str, Any]) -> None:
        """These answers, after the sheet that was saved meanwhile."""
        self._view = record
        self._fill(values)

    def _fill(self, values: Mapping[str, Any]) -> None:
        for item in self.answers:
            if values[item.value] is not None:
                self.choose(item, values[item.value])
        self.text.setPlainText(values["words"])

    def order(self) -> Order:
        """The order as the answers stand."""
        typed = self.typed()
        answered = ((item, typed[item.value]) for item in self.answers)
        given = tuple((item, answer) for item, answer in answered if answer is not None)
        mine = self._view.mine
        return SaveQualitySheet(
            actor=self._actor,
            branch_id=self._view.branch_id,
            visit_id=self._view.visit_id,
            answers=given,
            words=self.text.toPlainText().strip(),
            replaces=None if mine is None else mine.sheet_id,
        )

    def _check(self) -> str:
        left = sum(choices.checkedId() < 0 for choices in self.answers.values())
        if not left:
            return ""
        return ntr("{n} item has no answer yet.", "{n} items have no answer yet.", left)


def _advance(text: str) -> float:
    return paint.advance(text, 13, 400)


def _answer_text(answer: SheetAnswer | None) -> str:
    return "" if answer is None else word(answer)
