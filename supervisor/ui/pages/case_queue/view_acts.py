"""What a person can do with saved views: keep, rename, duplicate, pin, share, hand over, remove."""

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
        dialog = dialogs.NameDialog(tr("Save as view"), "", self._page, may_share=True)
        dialog.confirmed.connect(
            lambda: self._keep_view(
                None,
                dialog.name.text(),
                self._presenter.wanted,
                ViewScope.SHARED if dialog.shared.isChecked() else ViewScope.MINE,
            )
        )
        dialog.open()

    def on_view(self, act: str, view: SavedViewRow) -> None:
        """An act of the context menu of a view."""
        if act == "rename":
            self._ask_name(view, view.name, view)
        elif act == "duplicate":
            self._ask_name(None, tr("{name} (copy)", name=view_name(view)), view)
        elif act == "pin":
            self._keep_view(view, view.name, view.wanted, view.scope, pinned=not view.pinned)
        elif act == "share":
            shared = view.scope is ViewScope.SHARED
            scope = ViewScope.MINE if shared else ViewScope.SHARED
            self._keep_view(view, view.name, view.wanted, scope)
        elif act == "hand_over":
            self._hand_over(view)
        elif view.view_id is not None:
            order = RemoveView(actor=self._presenter.desk.actor, view_id=view.view_id)
            self._presenter.do(questions.remove_view, order)

    def _ask_name(self, view: SavedViewRow | None, name: str, source: SavedViewRow) -> None:
        title = tr("Duplicate") if view is None else tr("Rename")
        scope = ViewScope.MINE if view is None else source.scope
        dialog = dialogs.NameDialog(title, name, self._page)
        dialog.confirmed.connect(
            lambda: self._keep_view(
                view, dialog.name.text(), source.wanted, scope, columns=source.columns
            )
        )
        dialog.open()

    def _hand_over(self, view: SavedViewRow) -> None:
        dialog = dialogs.NameDialog(tr("Hand over to (user name)"), "", self._page)
        dialog.confirmed.connect(
            lambda: self._keep_view(
                view,
                view.name,
                view.wanted,
                view.scope,
                owner=dialog.name.text().strip(),
            )
        )
        dialog.open()

    def _keep_view(
        self,
        view: SavedViewRow | None,
        name: str,
        wanted: CaseQueueFilter,
        scope: ViewScope,
        *,
        columns: tuple[str, ...] | None = None,
        pinned: bool | None = None,
        owner: str | None = None,
    ) -> None:
        if columns is None:
            columns = self._table.wished_columns() if view is None else view.columns
        order = SaveView(
            actor=self._presenter.desk.actor,
            view_id=None if view is None else view.view_id,
            name=name.strip(),
            definition=questions.definition_of(wanted, columns),
            scope=scope,
            pinned=(view.pinned if view else False) if pinned is None else pinned,
            owner=owner,
            version=None if view is None else view.version,
        )
        self._presenter.do(questions.save_view, order)
