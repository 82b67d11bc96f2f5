"""What a person can do with ticked cases, the current case, a view or the whole list."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from supervisor import clock
from supervisor.i18n import ntr, tr
from supervisor.models.changes import Changes
from supervisor.models.enums import Act, Mark, ViewScope
from supervisor.models.orders import (
    CaseRef,
    EndHolds,
    LogExport,
    MarkCases,
    Order,
    RemoveView,
    SaveView,
)
from supervisor.models.rows.case_queue import CaseQueueFilter, CaseQueueRow
from supervisor.models.rows.saved_view import SavedViewRow
from supervisor.ui.pages.case_queue import export, questions
from supervisor.ui.pages.case_queue.bulk import mark_menu
from supervisor.ui.pages.case_queue.case_panel import CasePanel
from supervisor.ui.pages.case_queue.case_presenter import CasePresenter
from supervisor.ui.pages.case_queue.columns import ref_of
from supervisor.ui.pages.case_queue.dialogs.orders import (
    HoldDialog,
    ReassignDialog,
    SecondPersonDialog,
)
from supervisor.ui.pages.case_queue.dialogs.reveal import RevealDialog
from supervisor.ui.pages.case_queue.dialogs.single import NameDialog, NoteDialog, PlanDialog
from supervisor.ui.pages.case_queue.presenter import QueuePresenter
from supervisor.ui.pages.case_queue.view_keys import view_name
from supervisor.ui.tables.panel import TablePanel
from supervisor.words import sentence, word

WINDOW = 2_000
"""Rows read at once for a workbook."""
Say = Callable[[str, str, object], object]


@dataclass(frozen=True, slots=True)
class Parts:
    """What acts need of the page."""

    page: QWidget
    presenter: QueuePresenter
    case: CasePresenter
    panel: CasePanel
    table: TablePanel
    say: Say


class Acts(QObject):
    """Lives as long as the page."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.page)
        self._parts = parts
        parts.presenter.done.connect(self._on_done)
        parts.table.copied.connect(self._on_copied)
        parts.panel.act_wanted.connect(self._on_panel_act)
        parts.panel.reveal_wanted.connect(self.reveal)

    def words(self) -> dict[str, str]:
        """Acts on cases, as menus say them."""
        return {
            "note": tr("Add a follow-up"),
            "plan": tr("Plan a visit"),
            "reassign": tr("Reassign"),
            "hold": tr("Hold"),
            "second_person": tr("Second person"),
        }

    def chosen(self) -> tuple[CaseQueueRow, ...]:
        """The ticked cases, else the open or current one."""
        ticked: tuple[CaseQueueRow, ...] = self._parts.table.model.ticked
        if ticked:
            return ticked
        row = self._parts.case.row or self._parts.table.current_row()
        return () if row is None else (row,)

    def do(self, act: str, rows: tuple[CaseQueueRow, ...] | None = None) -> None:
        """Open the dialog of an act for the chosen cases."""
        found = self.chosen() if rows is None else rows
        if act == "export":
            self.export_rows(found)
        elif not found:
            self._parts.say(tr("Choose a case first."), "info", None)
        elif act == "end_hold":
            self._end_holds(found)
        else:
            self._dialog(act, found).open()

    def menu(self, open_case: Callable[..., object], where: QPoint) -> None:
        """The context menu of a row."""
        table, menu = self._parts.table, QMenu(self._parts.page)
        menu.addAction(tr("Open"), open_case)
        menu.addAction(tr("Open as a page"), partial(open_case, full=True))
        menu.addAction(tr("Copy cell"), table.copy_cell)
        menu.addAction(tr("Copy rows"), table.copy)
        menu.addSeparator()
        for act, text in self.words().items():
            menu.addAction(text, partial(self.do, act))
        menu.addMenu(mark_menu(menu, self.mark))
        menu.popup(where)

    def mark(self, mark: Mark | None) -> None:
        """Set or take off the colour mark of the chosen cases."""
        refs = tuple(ref_of(row) for row in self.chosen())
        if refs:
            order = MarkCases(actor=self._actor, cases=refs, mark=mark)
            self._send(order)

    def reveal(self, item: str) -> None:
        """Ask why, then show an item of the open case."""
        file = self._parts.case.file
        if file is not None:
            dialog = RevealDialog(self._actor, file, item, self._parts.page)
            dialog.confirmed.connect(lambda: self._parts.case.reveal(dialog.order()))
            dialog.open()

    @property
    def _actor(self) -> Any:
        return self._parts.presenter.desk.actor

    def _dialog(self, act: str, rows: tuple[CaseQueueRow, ...]) -> Any:
        parts, presenter = self._parts, self._parts.presenter
        desk, people, page = presenter.desk, presenter.directory, parts.page
        refs: tuple[CaseRef, ...] = tuple(ref_of(row) for row in rows)
        today = presenter.now.today
        if act == "reassign":
            return ReassignDialog(desk, people, refs, self._send, page)
        if act == "hold":
            return HoldDialog(desk, today, refs, self._send, page)
        if act == "second_person":
            return SecondPersonDialog(desk, people, refs, self._send, page)
        if act == "plan":
            return PlanDialog(desk.actor, rows[0], people, today, presenter.send, page)
        return NoteDialog(desk.actor, rows[0], presenter.send, page)

    def _end_holds(self, rows: tuple[CaseQueueRow, ...]) -> None:
        order = EndHolds(actor=self._actor, cases=tuple(ref_of(row) for row in rows))
        self._parts.presenter.order(questions.end_holds, order)

    def _send(self, order: Order) -> None:
        self._parts.presenter.order(questions.BULK[type(order)][0], order)

    def _on_panel_act(self, act: str) -> None:
        row = self._parts.case.row
        if row is not None:
            self.do(act, (row,))

    def _on_done(self, changes: Changes) -> None:
        undo = self._parts.presenter.undo if changes.undo_id is not None else None
        text = result_text(changes)
        tone = "warn" if changes.refused else "ok"
        self._parts.say(text, tone, undo)
        if changes.act in {Act.REASSIGNED, Act.HELD, Act.SECOND_PERSON_REQUESTED}:
            self._parts.table.model.untick_all()

    # Views

    def save_view(self) -> None:
        """存为视图: keep the conditions, the order and the columns under a name."""
        dialog = NameDialog(tr("Save as view"), "", self._parts.page, may_share=True)
        dialog.confirmed.connect(
            lambda: self._keep_view(
                None,
                dialog.name.text(),
                self._parts.presenter.wanted,
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
            order = RemoveView(actor=self._actor, view_id=view.view_id)
            self._parts.presenter.order(questions.remove_view, order)

    def _ask_name(self, view: SavedViewRow | None, name: str, source: SavedViewRow) -> None:
        title = tr("Duplicate") if view is None else tr("Rename")
        scope = ViewScope.MINE if view is None else source.scope
        dialog = NameDialog(title, name, self._parts.page)
        dialog.confirmed.connect(
            lambda: self._keep_view(view, dialog.name.text(), source.wanted, scope)
        )
        dialog.open()

    def _hand_over(self, view: SavedViewRow) -> None:
        dialog = NameDialog(tr("Hand over to (user name)"), "", self._parts.page)
        dialog.confirmed.connect(
            lambda: self._keep_view(
                view, view.name, view.wanted, view.scope, owner=dialog.name.text().strip()
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
        pinned: bool | None = None,
        owner: str | None = None,
    ) -> None:
        keys = tuple(column.key for column in self._parts.table.shown_columns())
        order = SaveView(
            actor=self._actor,
            view_id=None if view is None else view.view_id,
            name=name.strip(),
            definition=questions.definition_of(wanted, keys if view is None else view.columns),
            scope=scope,
            pinned=(view.pinned if view else False) if pinned is None else pinned,
            owner=owner,
            version=None if view is None else view.version,
        )
        self._parts.presenter.order(questions.save_view, order)

    # Out of the program

    def export_rows(self, rows: tuple[CaseQueueRow, ...] = ()) -> None:
        """Write the given rows, or the whole list, into a workbook the person names."""
        name = tr("cases-{when}.xlsx", when=f"{clock.now().astimezone(clock.SHANGHAI):%Y%m%d-%H%M}")
        proposal = str(Path.home() / name)
        name, _ = QFileDialog.getSaveFileName(
            self._parts.page, tr("Export"), proposal, tr("Workbook (*.xlsx)")
        )
        if name:
            self.write(Path(name), rows)

    def write(self, path: Path, rows: tuple[CaseQueueRow, ...] = ()) -> None:
        """Write a workbook on the thread for long jobs; the audit learns of it."""
        parts, presenter = self._parts, self._parts.presenter
        fields = export.fields((c.key for c in parts.table.shown_columns()), presenter.now)
        presenter.desk.runner.toil(
            partial(_written, presenter, path, rows, fields, self._facts()),
            owner=self,
            key="export",
            progress=lambda _done, _of: None,
            then=partial(self._on_written, path),
            failed=presenter.failed.emit,
        )

    def _facts(self) -> list[str]:
        presenter = self._parts.presenter
        conditions = [one.text for one in presenter.conditions()]
        return [
            tr("Case queue"),
            tr("As of {day}", day=presenter.now.today.isoformat()),
            tr("Conditions: {what}", what=tr(", ").join(conditions) or tr("none")),
            tr("Exported by {who}", who=self._actor.name),
        ]

    def _on_written(self, path: Path, n: int) -> None:
        self._log(n, copied=False)
        text = ntr(
            "{n:,} case written to {name}", "{n:,} cases written to {name}", n, name=path.name
        )
        self._parts.say(text, "ok", None)

    def _on_copied(self, n: int) -> None:
        self._log(n, copied=True)
        self._parts.say(ntr("{n} row copied", "{n} rows copied", n), "ok", None)

    def _log(self, n: int, *, copied: bool) -> None:
        presenter = self._parts.presenter
        order = LogExport(actor=self._actor, what="case_queue", rows=n, copied=copied)
        presenter.desk.runner.do(
            questions.log_export,
            order,
            initiator=self,
            then=lambda _changes: None,
            failed=presenter.failed.emit,
        )


def result_text(changes: Changes) -> str:
    """What was done, to how many cases, and what stayed as it was."""
    n = changes.counts.get("cases")
    done = word(changes.act)
    text = done if n is None else ntr("{what}: {n:,} case", "{what}: {n:,} cases", n, what=done)
    if not changes.refused:
        return text
    first = changes.refused[0]
    why = sentence(first.code, first.facts)
    left = ntr("{n} left as it was", "{n} left as they were", len(changes.refused))
    return tr("{done}; {left} ({why})", done=text, left=left, why=why)


def _written(
    presenter: QueuePresenter,
    path: Path,
    rows: tuple[CaseQueueRow, ...],
    fields: tuple[export.Field, ...],
    facts: list[str],
    report: Callable[[int, int], None],
    stop: Event,
) -> int:
    """Read what is missing, then write; runs on the thread for long jobs."""
    found = list(rows)
    database, actor, wanted = presenter.desk.database, presenter.desk.actor, presenter.wanted
    while not rows and not stop.is_set() and len(found) < questions.MOST_EXPORTED:
        about = replace(questions.request(actor, wanted), offset=len(found), limit=WINDOW)
        page = database.read(questions.page, about)
        found += page.rows
        report(len(found), page.total or 0)
        if len(page.rows) < WINDOW:
            break
    return 0 if stop.is_set() else export.write_workbook(path, found, fields, facts)
