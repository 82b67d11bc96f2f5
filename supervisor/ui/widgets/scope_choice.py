"""网点 · 小组 in the page header: whose work the page shows."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from supervisor.i18n import tr
from supervisor.models.rows.directory import BranchRow, TeamRow
from supervisor.ui.background.desk import Scope
from supervisor.ui.look.plain import tip

MOST_BRANCHES_WITH_TEAMS = 20
"""With more branches only the teams of the chosen one are listed."""
NARROWEST, WIDEST = 132, 240


class ScopeChoice(QComboBox):
    """Everything, a branch, or a team of it.

    Signals:
        chosen: a person chose another scope (Scope).
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: list[Scope] = []
        self.setAccessibleName(tr("Branch and team"))
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDEST)
        self.setMaxVisibleItems(20)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(self._on_activated)
        self.hide()

    def show_choices(
        self, branches: tuple[BranchRow, ...], teams: tuple[TeamRow, ...], current: Scope
    ) -> None:
        """Offer what the person may see; `current` is in force."""
        self.clear()
        self._known = []
        several = len(branches) != 1
        if several:
            self._add(tr("All branches"), Scope())
        for branch in branches:
            own = Scope((branch.branch_id,)) if several else Scope()
            self._add(tr("{branch} · all teams", branch=branch.name), own)
            if several and len(branches) > MOST_BRANCHES_WITH_TEAMS and current != own:
                continue
            for team in teams:
                if team.branch_id == branch.branch_id:
                    both = tr("{branch} · {team}", branch=branch.name, team=team.name)
                    self._add(both, Scope((), (team.team_id,)))
        self.show_scope(current)

    def show_scope(self, current: Scope) -> None:
        """Mark what is in force; what is not on the list is called custom."""
        custom = self.findData("custom")
        if custom >= 0:
            self.removeItem(custom)
        if current in self._known:
            self.setCurrentIndex(self._known.index(current))
        elif self._known:
            self.addItem(tr("custom"), "custom")
            self.setCurrentIndex(self.count() - 1)
        self.setToolTip(tip(self.currentText()))

    def _add(self, text: str, scope: Scope) -> None:
        self._known.append(scope)
        self.addItem(text)

    def _on_activated(self, index: int) -> None:
        if 0 <= index < len(self._known):
            self.chosen.emit(self._known[index])
