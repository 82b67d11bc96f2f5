"""姓名显示: a tick for each branch, for administrators; the lists follow at once."""

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QFormLayout, QFrame

from supervisor.errors import SupervisorError
from supervisor.i18n import tr
from supervisor.models.changes import Changes
from supervisor.models.enums import Role
from supervisor.models.rows.directory import BranchRow
from supervisor.ui.background.desk import Desk
from supervisor.ui.look.plain import literal
from supervisor.ui.widgets import Label
from supervisor.words import sentence_of


class NamesLines(QObject):
    """Fills a card that only administrators see; asks for the branches itself."""

    def __init__(self, desk: Desk, card: QFrame, form: QFormLayout) -> None:
        super().__init__(card)
        self._desk, self._card, self._form = desk, card, form
        self._known: tuple[BranchRow, ...] = ()
        self.ticks: dict[int, QCheckBox] = {}
        note = Label(
            tr("Ticked: the lists of the branch show full names. Each change is recorded.")
        )
        note.setProperty("role", "hint")
        self.trouble = Label()
        self.trouble.setProperty("role", "error")
        self.trouble.hide()
        for label in (note, self.trouble):
            label.setWordWrap(True)
            form.addRow(label)
        self.follow()

    def follow(self) -> None:
        """Show it to an administrator; ask which branches there are."""
        mine = self._desk.actor.role is Role.ADMIN
        self._card.setVisible(mine)
        if mine:
            self.ask()

    def ask(self) -> None:
        """Ask for the branches as they are now."""
        from supervisor.models.queries.directory import branches  # noqa: PLC0415 - when shown

        self._desk.runner.ask(
            partial(self._desk.database.read, branches, self._desk.actor),
            owner=self,
            key="branches",
            then=self._show,
            failed=self._on_failed,
        )

    def _show(self, known: tuple[BranchRow, ...]) -> None:
        self._known = known
        for row in known:
            tick = self.ticks.get(row.branch_id)
            if tick is None:
                tick = self.ticks[row.branch_id] = QCheckBox(literal(row.name))
                tick.clicked.connect(lambda on, at=row.branch_id: self._on_clicked(at, shown=on))
                self._form.insertRow(self._form.rowCount() - 1, tick)
            tick.setChecked(row.shows_names)

    def _on_clicked(self, branch_id: int, *, shown: bool) -> None:
        from supervisor.models.commands.branches import show_names  # noqa: PLC0415 - when clicked
        from supervisor.models.ids import BranchId  # noqa: PLC0415
        from supervisor.models.orders import ShowNames  # noqa: PLC0415

        self.trouble.hide()
        self._desk.runner.do(
            show_names,
            ShowNames(actor=self._desk.actor, branch_id=BranchId(branch_id), shown=shown),
            initiator=self,
            then=self._on_done,
            failed=self._on_failed,
        )

    def _on_done(self, _changes: Changes) -> None:
        self.ask()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, SupervisorError):
            raise error
        self.trouble.setText(sentence_of(error))
        self.trouble.show()
        self._show(self._known)
