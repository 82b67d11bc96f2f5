"""Targets and the cap of cases: entered by managers and administrators, for one branch or all."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from supervisor.i18n import tr
from supervisor.models.changes import Changes
from supervisor.models.commands.parameters import set_aims
from supervisor.models.ids import BranchId
from supervisor.models.orders import Order, SetAims
from supervisor.models.rows.aims import AimsSet
from supervisor.models.rules.parameters import (
    AIMS,
    CASE_CAP,
    EVERY_BRANCH,
    PARAMETERS,
    TARGET_RATES,
    TARGET_VISITS,
    VISIT_COST,
)
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.runner import Failed
from supervisor.ui.widgets import FormRow, Label
from supervisor.ui.widgets.order_dialog import Done, OrderDialog
from supervisor.words import word
from supervisor.words.typed import half_width

WIDE, LINE_HIGH = 600, 58


class AimsDialog(OrderDialog):
    """A line for each target; an empty one is no target, never zero."""

    help_topic = "for-managers"

    def __init__(self, desk: Desk, known: AimsSet, parent: QWidget) -> None:
        super().__init__(tr("Targets and case cap"), tr("Set"), self._carry_out, parent)
        self._desk, self._known = desk, known
        said = Label(
            tr(
                "Targets are kept for a month. An empty line is no target; a branch without one"
                " of its own has that of all branches. Each change is recorded."
            ),
            "secondary",
        )
        said.setWordWrap(True)
        self.body.addWidget(said)
        self.branch = QComboBox()
        if desk.actor.branches is None:
            self.branch.addItem(tr("All branches"), EVERY_BRANCH)
        for row in known.branches:
            self.branch.addItem(row.name, row.branch_id)
        chosen = desk.scope.branches[0] if len(desk.scope.branches) == 1 else None
        self.branch.setCurrentIndex(max(0, self.branch.findData(chosen)))
        self.branch.currentIndexChanged.connect(lambda _index: self.show_values())
        self.add_row(FormRow(tr("Branch"), self.branch))
        self.fields = {key: QLineEdit() for key in AIMS}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for number, (key, field) in enumerate(self.fields.items()):
            line = self.add_row(FormRow(_name(key), field, check=partial(self._check, key)))
            line.setMinimumHeight(LINE_HIGH)
            grid.addWidget(line, number // 2, number % 2)  # two beside each other: low windows
        self.body.addLayout(grid)
        self.setMinimumWidth(WIDE)
        self.show_values()

    @property
    def branch_id(self) -> int:
        """Whose targets; 0: all branches'."""
        return int(self.branch.currentData() or EVERY_BRANCH)

    def show_values(self) -> None:
        """What is set for the branch; what all branches have stands behind an empty line."""
        for key, field in self.fields.items():
            field.setText(self._own(key))
            shared = self._known.values.get((EVERY_BRANCH, key), PARAMETERS[key].default)
            none = tr("not known") if key == VISIT_COST else tr("no target")
            of_all = tr("as all branches: {value}", value=shared) if shared else none
            field.setPlaceholderText(of_all if self.branch_id else shared or none)

    def changed(self) -> dict[str, str]:
        """What was typed and is not set yet."""
        typed = {key: half_width(field.text()) for key, field in self.fields.items()}
        return {key: value for key, value in typed.items() if value != self._own(key)}

    def _own(self, key: str) -> str:
        return self._known.values.get((self.branch_id, key), "")

    def _check(self, key: str) -> str:
        value = self.changed().get(key)
        known = PARAMETERS[key]
        if value is None or known.accepts(value):
            return ""
        low, high = known.bounds or (0, 0)
        return tr("A whole number from {low} to {high}.", low=low, high=high)

    def command(self) -> Callable[..., Changes]:
        """What carries the order out."""
        return set_aims

    def order(self) -> Order:
        """The order as the fields stand."""
        branch = BranchId(self.branch_id) if self.branch_id else None
        values = tuple(self.changed().items())
        return SetAims(actor=self._desk.actor, values=values, branch_id=branch)

    def _carry_out(
        self, command: Callable[..., Changes], order: Order, then: Done, refused: Failed
    ) -> None:
        self._desk.runner.do(command, order, initiator=None, then=then, failed=refused)


def _name(key: str) -> str:
    if key == CASE_CAP:
        return tr("Cases a person should hold at most")
    if key == TARGET_VISITS:
        return tr("Completed visits of a branch in a month")
    if key == VISIT_COST:
        return tr("Cost of a visit, CNY")
    measure = next(one for one, name in TARGET_RATES.items() if name == key)
    return tr("{measure}, %", measure=word(measure))
