"""The case panel's decisions: which case is open, what of it may be seen for how long."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from supervisor.models.changes import Changes
from supervisor.models.enums import Topic
from supervisor.models.orders import Order, RevealPrivate
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.presenter import Done, hears
from supervisor.ui.background.runner import Failed
from supervisor.ui.pages.case_queue import questions
from supervisor.ui.pages.case_queue.columns import id_of

if TYPE_CHECKING:
    from supervisor.models.rows.case_file import CaseFileRow, PrivateItems

DEPENDS_ON = frozenset(Topic) - {Topic.VIEWS, Topic.IMPORTS}


class CasePresenter(QObject):
    """Lives in the GUI thread.

    Signals:
        file_ready: everything of the open case (CaseFileRow).
        gone: the open case is no longer where it was.
        revealed: private items, for as long as preferences say. masked: they are to be hidden.
        failed: the world said no (Exception).
    """

    file_ready = Signal(object)
    gone = Signal()
    revealed = Signal(object)
    masked = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.row: CaseQueueRow | None = None
        self.file: CaseFileRow | None = None
        self.shows_private = False
        self._mask = QTimer(self)
        self._mask.setSingleShot(True)
        self._mask.timeout.connect(self.mask_again)

    def open(self, row: CaseQueueRow) -> None:
        """Open a case; what was revealed of another is masked."""
        if self.row is None or id_of(self.row) != id_of(row):
            self.mask_again()
        self.row = row
        self.refresh()

    def close(self) -> None:
        """No case is open."""
        self.mask_again()
        self.row = self.file = None

    def refresh(self) -> None:
        """Read the open case again."""
        if self.row is None:
            return
        self.desk.runner.ask(
            partial(self.desk.database.read, questions.case_file, self.row),
            owner=self,
            key="file",
            then=partial(self._on_file, id_of(self.row)),
            failed=self.failed.emit,
        )

    def reveal(
        self, order: RevealPrivate, then: Done | None = None, refused: Failed | None = None
    ) -> None:
        """Record why, and only then read what is to be shown."""

        def recorded(changes: Changes) -> None:
            if then is not None and hears(then):
                then(changes)
            self._on_recorded(order)

        def failed(error: Exception) -> None:
            (refused if refused is not None and hears(refused) else self.failed.emit)(error)

        self.desk.runner.do(
            questions.reveal_private, order, initiator=self, then=recorded, failed=failed
        )

    def reveal_from_dialog(
        self, _command: Callable[..., Changes], order: Order, then: Done, refused: Failed
    ) -> None:
        """The same in the shape dialogs ask with."""
        if isinstance(order, RevealPrivate):
            self.reveal(order, then, refused)

    def mask_again(self) -> None:
        """Hide what was revealed."""
        self._mask.stop()
        if self.shows_private:
            self.shows_private = False
            self.masked.emit()

    def _on_file(self, about: tuple[int, int], file: "CaseFileRow | None") -> None:
        if self.row is None or id_of(self.row) != about:
            return
        self.file = file
        if file is None:
            self.gone.emit()
        else:
            self.row = file.head
            self.file_ready.emit(file)

    def _on_recorded(self, order: RevealPrivate) -> None:
        about = (int(order.case.branch_id), int(order.case.case_id), order.items)
        self.desk.runner.ask(
            partial(self.desk.database.read, questions.private, about),
            owner=self,
            key="private",
            then=partial(self._on_private, about[:2]),
            failed=self.failed.emit,
        )

    def _on_private(self, about: tuple[int, int], items: "PrivateItems | None") -> None:
        if items is not None and self.row is not None and id_of(self.row) == about:
            self.shows_private = True
            self._mask.start(self.desk.preferences.reveal_seconds * 1_000)
            self.revealed.emit(items)
