"""What a person can do with saved views: keep, rename, duplicate, pin, share, hand over, remove."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from supervisor.i18n import tr
from supervisor.models.enums_queue import ViewScope
from supervisor.models.orders import RemoveView, SaveView
from supervisor.models.rows.case_queue import CaseQueueFilter
from supervisor.models.rows.saved_view import SavedViewRow
from supervisor.ui.pages.case_queue import dialogs, questions
from supervisor.ui.pages.case_queue.presenter import QueuePresenter
from supervisor.ui.pages.case_queue.view_keys import view_name
from supervisor.ui.tables.panel import TablePanel


class ViewActs(QObject):
    """Lives as long as the page."""

    def __init__(self, page: QWidget, presenter: QueuePresenter, table: TablePanel) -> None:
        super().__init__(page)
        self._page, self._presenter, self._table = page, presenter, table

    def save_view(self) -> None:
        """存为视图: keep the conditions, the order and the columns under a name."""
        wanted = self._presenter.wanted

        def make(dialog: dialogs.NameDialog) -> SaveView:
            scope = ViewScope.SHARED if dialog.shared.isChecked() else ViewScope.MINE
            return self._kept(None, dialog.name.text(), wanted, scope)

        self._open(tr("Save as view"), "", make, may_share=True)

    def _open(
        self,
        title: str,
        name: str,
        make: Callable[[dialogs.NameDialog], SaveView],
        *,
        may_share: bool = False,
    ) -> None:
        send = self._presenter.send_from_dialog
        dialogs.NameDialog(title, name, make, send, self._page, may_share=may_share).open()

    def on_view(self, act: str, view: SavedViewRow) -> None:
        """An act of the context menu of a view."""
        if act == "rename":
            self._ask_name(view, view.name, view)
        elif act == "duplicate":
            self._ask_name(None, tr("{name} (copy)", name=view_name(view)), view)
        elif act == "pin":
            self._keep(self._kept(view, view.name, view.wanted, view.scope, pinned=not view.pinned))
        elif act == "share":
            shared = view.scope is ViewScope.SHARED
            scope = ViewScope.MINE if shared else ViewScope.SHARED
            self._keep(self._kept(view, view.name, view.wanted, scope))
        elif act == "hand_over":
            self._hand_over(view)
        elif view.view_id is not None:
            order = RemoveView(actor=self._presenter.desk.actor, view_id=view.view_id)
            self._presenter.do(questions.remove_view, order)

    def _ask_name(self, view: SavedViewRow | None, name: str, source: SavedViewRow) -> None:
        title = tr("Duplicate") if view is None else tr("Rename")
        scope = ViewScope.MINE if view is None else source.scope
        self._open(
            title,
            name,
            lambda dialog: self._kept(
                view, dialog.name.text(), source.wanted, scope, columns=source.columns
            ),
        )

    def _hand_over(self, view: SavedViewRow) -> None:
        self._open(
            tr("Hand over to (user name)"),
            "",
            lambda dialog: self._kept(
                view, view.name, view.wanted, view.scope, owner=dialog.name.text().strip()
            ),
        )

    def _keep(self, order: SaveView) -> None:
        self._presenter.do(questions.save_view, order)

    def _kept(
        self,
        view: SavedViewRow | None,
        name: str,
        wanted: CaseQueueFilter,
        scope: ViewScope,
        *,
        columns: tuple[str, ...] | None = None,
        pinned: bool | None = None,
        owner: str | None = None,
    ) -> SaveView:
        if columns is None:
            columns = self._table.wished_columns() if view is None else view.columns
        return SaveView(
            actor=self._presenter.desk.actor,
            view_id=None if view is None else view.view_id,
            name=name.strip(),
            definition=questions.definition_of(wanted, columns),
            scope=scope,
            pinned=(view.pinned if view else False) if pinned is None else pinned,
            owner=owner,
            version=None if view is None else view.version,
        )
