"""人员负荷: who needs help, who needs relief; nobody is ranked."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.changes import Changes
from supervisor.models.enums import Act, Topic
from supervisor.models.rows.charts import ChartRow, Records
from supervisor.models.rows.fair_split import Move, Proposal, Wishes
from supervisor.ui.background.desk import Desk
from supervisor.ui.charts.drill import target_of
from supervisor.ui.pages.workloads import pictures
from supervisor.ui.pages.workloads.body import LOADS, SPLIT, WorkloadsBody
from supervisor.ui.pages.workloads.presenter import WorkloadsPresenter
from supervisor.words import word


class WorkloadsPage(WorkloadsBody):
    """Paints four states: waiting, nobody, loads, trouble. Decides nothing."""

    page_id: ClassVar[str] = "workloads"
    depends_on: ClassVar[frozenset[Topic]] = WorkloadsPresenter.depends_on

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        ask = self.presenter
        ask.shown.connect(self._on_loads)
        ask.compared.connect(self._on_compared)
        ask.comparison_failed.connect(self._on_comparison_failed)
        ask.proposed.connect(self._on_proposed)
        ask.done.connect(self._on_done)
        self._connect_directory()
        self.views.chosen.connect(self.show_view)
        self.period.chosen.connect(ask.choose_period)
        self.propose.clicked.connect(lambda: self.show_view(SPLIT))
        self.split.asked.connect(self._on_wishes)
        self.split.shared.connect(self._on_shared)
        self.split.back_wanted.connect(lambda: self.show_view(LOADS))
        self.split.case_wanted.connect(self._open_case)
        for card in (self.loads, self.funnel):
            card.opened.connect(self._open_records)
            card.rows_left.connect(self.rows_left)
            card.told.connect(lambda text, tone: self.said.emit(text, tone, None))

    # What the shell asks

    def title(self) -> str:
        """人员负荷."""
        return tr("Workloads")

    def subtitle(self) -> str:
        """The branch."""
        return "" if self.presenter.row is None else self.presenter.row.branch

    def header_left(self) -> list[QWidget]:
        """Whose loads, and which view."""
        return [self.scope, self.views] if self.has_choice() else [self.views]

    def regions(self) -> list[QWidget]:
        """Loads and comparison, or moves and what they do."""
        if self.view == SPLIT:
            parts: list[QWidget | None] = [self.split.most, self.split.table.view, self.split.words]
        else:
            parts = [self.loads.plot, self.funnel.plot]
        return [part for part in parts if part is not None and part.isVisible()]

    def activate(self) -> None:
        """The first time, ask for everything; the table has the focus."""
        super().activate()
        if self.loads.plot is not None and self.view == LOADS:
            self.loads.plot.setFocus()

    def go_to(self, what: object) -> None:
        """A view by its name."""
        if what in {LOADS, SPLIT}:
            self.show_view(str(what))

    def place(self) -> object:
        """The view in front."""
        return self.view

    def step_back(self) -> bool:
        """Esc: from the split back to the loads."""
        if self.view == SPLIT:
            self.show_view(LOADS)
            return True
        return False

    def focus_filter(self) -> None:
        """Ctrl+F: wishes of the split, else which branch."""
        target = self.split.most if self.view == SPLIT else self.scope
        target.setFocus()

    def compact(self, on: bool) -> None:  # noqa: FBT001 - a state of the window
        """Rows of 28 px in a small window."""
        self.split.table.set_dense(on or self.desk.preferences.row_height == "compact")

    def keys(self) -> list[QAction]:
        """What keys do on this page; charts, list and shell carry them out."""
        return self._tell_keys(
            (
                ("Ctrl+R", tr("Propose a fairer split")),
                ("Space", tr("Choose or leave a move")),
                ("Ctrl+Return", tr("Confirm the chosen moves")),
            )
        )

    def key_reassign(self) -> None:
        """Ctrl+R: propose."""
        self.show_view(SPLIT)

    # What the person does

    def show_view(self, key: str) -> None:
        """Loads, or the split; the first time a proposal is asked for."""
        self.views.choose(key)
        if key == SPLIT:
            self.stack.setCurrentWidget(self.split)
            if self.presenter.wishes is None:
                self.split.ask()
            self.split.table.setFocus()
        else:
            self.stack.setCurrentWidget(self.sides)
            if self.loads.plot is not None:
                self.loads.plot.setFocus()

    def _on_wishes(self, wishes: Wishes) -> None:
        row = self.presenter.row
        if row is not None:
            self.busy_changed.emit(True)
            self.presenter.propose(replace(wishes, cap=row.cap))

    def _on_shared(self, moves: tuple[Move, ...], words: str) -> None:
        self.busy_changed.emit(True)
        self.presenter.share(moves, words)

    def _on_proposed(self, found: Proposal) -> None:
        self.busy_changed.emit(False)
        self.split.show_proposal(found)

    def _on_done(self, changes: Changes) -> None:
        self.busy_changed.emit(False)
        undo: Any = None
        undo_id = changes.undo_id
        if undo_id is not None and changes.act is not Act.UNDONE:
            undo = lambda: self.presenter.undo(undo_id)  # noqa: E731 - the toast keeps it
        n = changes.counts.get("cases")
        done = word(changes.act)
        text = done if n is None else ntr("{what}: {n:,} case", "{what}: {n:,} cases", n, what=done)
        self.said.emit(text, "warn" if changes.refused else "ok", undo)
        self.split.show_refused(changes.refused)
        if changes.act is not Act.UNDONE and not changes.refused:
            self.show_view(LOADS)

    def _on_compared(self, row: ChartRow) -> None:
        self.funnel.show_row(row, self.presenter.read_at)

    def _on_comparison_failed(self, error: Exception) -> None:
        self.funnel.show_trouble(error, self.refresh)

    def _open_records(self, behind: object) -> None:
        if isinstance(behind, Records):
            self.go_wanted.emit(*target_of(behind, self.presenter.about))

    def _open_case(self, case_no: str) -> None:
        self.go_wanted.emit("case_queue", {"open": case_no})

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        """States of the page for pictures."""
        return pictures.steps(self)
