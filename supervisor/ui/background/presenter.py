"""The base of presenters: questions to readers, orders to the writer, one way of failing."""

from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import Any, ClassVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from supervisor import clock
from supervisor.models.changes import Changes
from supervisor.models.ids import BranchId, CommandId
from supervisor.models.orders import Order, Undo
from supervisor.models.queries.directory import directory
from supervisor.models.rows.directory import DirectoryRow
from supervisor.ui.background.desk import Desk, Scope
from supervisor.ui.background.runner import Failed

Done = Callable[[Changes], Any]


class Presenter(QObject):
    """Lives in the GUI thread; every answer comes from the runner's readers.

    Signals:
        failed: the world said no (Exception). done: an order was carried out (Changes).
    """

    failed = Signal(object)
    done = Signal(object)

    commands: ClassVar[Mapping[type[Order], Callable[..., Changes]]] = {}
    """What carries each order out."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.read_at = clock.now()

    def send(self, order: Order, then: Done | None = None, refused: Failed | None = None) -> None:
        """Carry an order out; what is shown follows by the bus."""
        self.do(self.command_of(order), order, then, refused)

    def do(
        self,
        command: Callable[..., Changes],
        order: Order,
        then: Done | None = None,
        refused: Failed | None = None,
    ) -> None:
        """The same by a command the caller names."""

        def told(changes: Changes) -> None:
            if then is not None and hears(then):
                then(changes)
            self.on_carried_out(changes)

        def failed(error: Exception) -> None:
            # A dialog that was closed meanwhile says nothing any more: its page does.
            (refused if refused is not None and hears(refused) else self.failed.emit)(error)

        self.desk.runner.do(command, order, initiator=self, then=told, failed=failed)

    def command_of(self, order: Order) -> Callable[..., Changes]:
        """What carries an order out."""
        return self.commands[type(order)]

    def on_carried_out(self, changes: Changes) -> None:
        """An order of this presenter was carried out."""
        self.done.emit(changes)

    def send_from_dialog(
        self, _command: Callable[..., Changes], order: Order, then: Done, refused: Failed
    ) -> None:
        """The same in the shape dialogs ask with."""
        self.send(order, then, refused)

    def undo(self, undo_id: CommandId) -> None:
        """撤销."""
        self.send(Undo(actor=self.desk.actor, undo_id=undo_id))

    def _ask(
        self,
        query: Callable[..., Any],
        about: object,
        key: Hashable,
        then: Callable[[Any], object],
        failed: Failed | None = None,
    ) -> None:
        """Ask the database; the newest question of a key wins."""
        self._work(partial(self.desk.database.read, query, about), key, then, failed)

    def _ask_aside(
        self,
        query: Callable[..., Any],
        about: object,
        key: Hashable,
        then: Callable[[Any], object],
        failed: Failed | None = None,
    ) -> None:
        """The same where sums are read: of the standby, if there is one.

        What this desk wrote is in the answer; `database.known_at` says of when the rest is.
        """
        self._work(partial(self.desk.database.read_aside, query, about), key, then, failed)

    def _work(
        self,
        work: Callable[[], Any],
        key: Hashable,
        then: Callable[[Any], object],
        failed: Failed | None = None,
    ) -> None:
        """Have something worked out away from the screen."""
        self.desk.runner.ask(
            work, owner=self, key=key, then=then, failed=failed or self.failed.emit
        )


def hears(listener: Callable[..., Any]) -> bool:
    """Whether the dialog or page that is to be told still stands."""
    owner = getattr(listener, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


class DirectoryPresenter(Presenter):
    """Knows branches, teams and people, and which of them are shown.

    Signals:
        directory_ready: branches, teams and people are known.
    """

    directory_ready = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.directory: DirectoryRow | None = None
        self.scope = desk.scope

    def start(self) -> None:
        """The directory first: it says which branch is shown."""
        self._ask(directory, self.desk.actor, "directory", self._on_directory)

    def refresh(self) -> None:
        """Read again what is shown."""

    def branch_id(self) -> BranchId | None:
        """The branch a page of one branch shows: the scope's, else the first one there is."""
        return self.desk.scope.branch_of(self.directory)

    def shown_scope(self) -> Scope:
        """The scope as such a page honours it: one branch, or teams of it."""
        return self.desk.scope.in_one_branch(self.directory)

    def use_scope(self, scope: Scope) -> None:
        """Other branches or teams, for all pages."""
        self.desk.scope = scope
        self.refresh()

    def _on_directory(self, rows: DirectoryRow) -> None:
        self.directory = rows
        self.directory_ready.emit()
        self.refresh()
