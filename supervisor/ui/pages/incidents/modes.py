"""The views of the page beside handling: 培训, 外访核实, 投诉台账; made when first asked for."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from supervisor.errors import UnreachableError
from supervisor.models.changes import Changes
from supervisor.models.enums import Role
from supervisor.models.rows.incident_detail import RuleCard
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.incidents import other_views
from supervisor.ui.pages.incidents.answers import IncidentsAnswers
from supervisor.ui.pages.incidents.drilling import Past
from supervisor.words import word

if TYPE_CHECKING:
    from supervisor.ui.pages.incidents.training.view import TrainingView
    from supervisor.ui.pages.incidents.visits_asked import VisitsAsked


class IncidentsModes(IncidentsAnswers):
    """Chooses the view; the page connects the rest."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.training: TrainingView | None = None
        self.asked: VisitsAsked | None = None

    def offer_modes(self) -> None:
        """Complaints name customers: training leads are not offered them."""
        hidden = self.desk.actor.role is Role.TRAINING_LEAD
        self.modes.button("complaints").setVisible(not hidden)
        if hidden and self.mode == "complaints":
            self.show_mode("training")

    def show_mode(self, key: str) -> None:
        """Another view; the page says how."""
        raise LookupError(key)

    def show_past(self, card: RuleCard, which: Past) -> None:
        """The judged flags behind how a rule did before; the page says how."""
        raise LookupError(card.rule_id, which)

    def note_copied(self) -> None:
        """Words of a visit note went to the clipboard."""
        self.rows_left("visit_note", 1, copied=True)

    def view_of(self, key: str) -> QWidget:
        """The widget of a view."""
        if key == "training":
            return self._training()
        if key == "questions":
            return self._asked()
        return self.ledger if key == "complaints" else self.splitter

    def _training(self) -> "TrainingView":
        if self.training is None:
            self.training = other_views.TrainingView(self.desk, self.said.emit)
            self.training.counted.connect(self.status_changed)
            # It says so itself; the window is told whether the database is away.
            self.training.trouble.connect(
                lambda error: self.trouble.emit(isinstance(error, UnreachableError))
            )
            self.training.detail.past_wanted.connect(self.show_past)
            self.training.detail.note.copied.connect(self.note_copied)
            self.body.addWidget(self.training)
            self.training.show_segment(self.training.presenter.segment)
            self.training.start()
        else:
            self.training.presenter.refresh()
        return self.training

    def open_sheet(self) -> None:
        """质检单 of the visit of the flag that is open in handling."""
        detail = self.presenter.detail
        if detail is not None and detail.visit is not None:
            self._training().presenter.ask_sheet(detail.row.ref.branch_id, detail.visit.visit_id)

    def _asked(self) -> "VisitsAsked":
        if self.asked is None:
            self.asked = other_views.VisitsAsked(self.desk, lambda: self.presenter.today)
            self.asked.counted.connect(self.status_changed)
            self.asked.presenter.failed.connect(self._on_failed)
            self.asked.presenter.done.connect(self._explained)
            self.asked.case_wanted.connect(
                lambda number: self.go_wanted.emit("case_queue", {"open": number})
            )
            self.body.addWidget(self.asked)
        self.asked.presenter.refresh()
        return self.asked

    def _explained(self, changes: Changes) -> None:
        self.said.emit(word(changes.act), "ok", None)

    def refresh_other(self) -> None:
        """Read the view beside handling again where it is the one shown."""
        if self.mode == "training" and self.training is not None:
            self.training.presenter.refresh()
        if self.mode == "questions" and self.asked is not None:
            self.asked.presenter.refresh()

    def other_regions(self) -> list[QWidget]:
        """What F6 goes through in these views."""
        if self.mode == "training" and self.training is not None:
            return self.training.regions()
        if self.mode == "questions" and self.asked is not None:
            return [self.asked.table.view]
        return [self.ledger.search, self.ledger.table.view]

    def main_of(self, mode: str) -> QWidget:
        """What has the focus in a view."""
        if mode == "training" and self.training is not None:
            return self.training.lists.currentWidget() or self.training
        if mode == "questions" and self.asked is not None:
            return self.asked.table.view
        return super().main_of(mode)
