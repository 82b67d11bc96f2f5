"""待安排: open cases without a visit to come, longest unvisited first."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.rows.schedule import PoolCase
from supervisor.ui.widgets import Button, EmptyState, Label, ListRow, RowList
from supervisor.words import formats


def case_text(case: PoolCase, today: date) -> str:
    """Two lines: who and where, how much and since when."""
    since = (
        ntr("{n} day since the last visit", "{n} days since the last visit",
            (today - case.last_visit_on).days)
        if case.last_visit_on is not None
        else tr("never visited")
    )  # fmt: skip
    door = tr("same door {n}", n=case.household_n) if case.household_n > 1 else ""
    first = (case.name, case.area, door)
    second = (formats.money(case.overdue_fen), since, case.agent)
    return "\n".join(" · ".join(part for part in line if part) for line in (first, second))


class Pool(QWidget):
    """Several can be chosen and planned together.

    Signals:
        plan_wanted: the chosen cases are to be planned (tuple of PoolCase).
        case_wanted: a case is to be opened (PoolCase).
    """

    plan_wanted = Signal(object)
    case_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cases: tuple[PoolCase, ...] = ()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self.about = Label(role="secondary")
        self.about.setWordWrap(True)
        self.list = RowList(self)
        self.list.setAccessibleName(tr("Cases without a visit to come"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.empty = EmptyState(self)
        self.empty.hide()
        self.plan = Button(tr("Plan visits"), "primary", "calendar-plus")
        self.plan.setToolTip("Ctrl+N")
        self.plan.clicked.connect(self.ask_plan)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._count())
        self.list.activated.connect(lambda index: self._open(index.row()))
        for part in (self.about, self.list, self.empty, self.plan):
            box.addWidget(part, 1 if part in {self.list, self.empty} else 0)
        self.may_plan = True

    def show_cases(self, cases: Sequence[PoolCase], total: int, today: date) -> None:
        """Other cases; those chosen stay chosen where they still are."""
        kept = {case.case_id for case in self.chosen}
        self._cases = tuple(cases)
        self.list.show_rows(
            [ListRow(text := case_text(case, today), case, tip=text) for case in cases]
        )
        model = self.list.selectionModel()
        for number, case in enumerate(self._cases):
            if case.case_id in kept:
                flag = QItemSelectionModel.SelectionFlag.Select
                model.select(self.list.list_model.index(number), flag)
        shown = ntr("{n:,} case without a visit to come", "{n:,} cases without a visit to come",
                    total)  # fmt: skip
        if total > len(cases):
            shown = " · ".join((shown, tr("the first {n} shown", n=len(cases))))
        self.about.setText(shown)
        self.list.setVisible(bool(cases))
        self.about.setVisible(bool(cases))
        self.empty.setVisible(not cases)
        if not cases:
            self.empty.show_state(tr("Every case has a visit to come"), "", (), "circle-check")
        self._count()

    @property
    def chosen(self) -> tuple[PoolCase, ...]:
        """The chosen cases in the order of the list."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return tuple(self._cases[row] for row in rows if row < len(self._cases))

    def ask_plan(self) -> None:
        """安排外访 for the chosen cases."""
        if self.chosen and self.may_plan:
            self.plan_wanted.emit(self.chosen)

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._cases):
            self.case_wanted.emit(self._cases[row])

    def _count(self) -> None:
        n = len(self.chosen)
        self.plan.setText(ntr("Plan {n} visit", "Plan {n} visits", n) if n else tr("Plan visits"))
        why = tr("Choose cases in the list") if self.may_plan else tr("Your role looks only")
        self.plan.set_enabled(bool(n) and self.may_plan, why)
