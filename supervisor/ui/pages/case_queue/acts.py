"""What a person can do with ticked cases, the current case, a view or the whole list."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QWidget

from supervisor import clock
from supervisor.i18n import ntr, tr
from supervisor.models.changes import Actor, Changes
from supervisor.models.database import Database
from supervisor.models.enums import Act, Mark
from supervisor.models.orders import (
    AddNote,
    AddPlan,
    CaseRef,
    EndHolds,
    HoldCases,
    MarkCases,
    Order,
    ReassignCases,
    RequestSecondPerson,
    RevealPrivate,
)
from supervisor.models.rows.case_queue import CaseQueueFilter, CaseQueueRow
from supervisor.models.rows.judged import Judged
from supervisor.ui.background.leaving import log_leaving
from supervisor.ui.look.plain import keyed
from supervisor.ui.pages.case_queue import dialogs, export, questions
from supervisor.ui.pages.case_queue.bulk import mark_menu
from supervisor.ui.pages.case_queue.case_place import CasePlace
from supervisor.ui.pages.case_queue.case_presenter import CasePresenter
from supervisor.ui.pages.case_queue.columns import id_of, ref_of
from supervisor.ui.pages.case_queue.presenter import QueuePresenter
from supervisor.ui.tables.panel import TablePanel
from supervisor.ui.widgets import Dialog
from supervisor.ui.widgets.drafting import Drafting
from supervisor.words import formats, sentence, word

LETTERS = {"note": "N", "plan": "P", "reassign": "R", "hold": "H", "second_person": "S"}
WINDOW = 2_000
"""Rows read at once for a workbook."""
GIVEN: dict[str, type[Order]] = {
    "note": AddNote,
    "plan": AddPlan,
    "reassign": ReassignCases,
    "hold": HoldCases,
    "end_hold": EndHolds,
    "second_person": RequestSecondPerson,
    "mark": MarkCases,
    "reveal": RevealPrivate,
}
"""The order behind an act; whose role may not give it is told so before anything is asked."""
Say = Callable[[str, str, object], object]


@dataclass(frozen=True, slots=True)
class Parts:
    """What acts need of the page."""

    page: QWidget
    presenter: QueuePresenter
    case: CasePresenter
    panel: CasePlace
    table: TablePanel
    say: Say


class Acts(QObject):
    """Lives as long as the page."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.page)
        self._parts = parts
        self.preview: QDialog | None = None
        parts.presenter.done.connect(self._on_done)
        parts.table.copied.connect(self._on_copied)
        parts.panel.act_wanted.connect(self._on_panel_act)
        parts.panel.reveal_wanted.connect(self.reveal)
        parts.panel.copy_wanted.connect(self.copy_private)

    def words(self) -> dict[str, str]:
        """Acts on cases that are this person's, as menus say them."""
        every = {
            "note": tr("Add a follow-up"),
            "plan": tr("Plan a visit"),
            "reassign": tr("Reassign"),
            "hold": tr("Hold"),
            "second_person": tr("Second person"),
        }
        return {act: text for act, text in every.items() if self.may(act)}

    def may(self, act: str) -> bool:
        """Whether somebody in this role may do it."""
        order = GIVEN.get(act)
        return order is None or self._actor.role in order.givers

    def _refused(self, act: str) -> bool:
        """Say that the act is not this person's; whether it is so."""
        if self.may(act):
            return False
        self._parts.say(sentence("act_not_yours"), "info", None)
        return True

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
        elif self._refused(act):
            return
        elif not found:
            self._parts.say(tr("Choose a case first."), "info", None)
        elif act == "end_hold":
            self._end_holds(found)
        else:
            self.show(act, found)

    def show(self, act: str, rows: tuple[CaseQueueRow, ...] | None = None) -> QDialog:
        """Open the dialog of an act; what was written in it and not sent stands there again."""
        found = self.chosen() if rows is None else rows
        dialog = self._dialog(act, found)
        self._keep_draft(act, dialog, tuple(id_of(row) for row in found))
        dialog.open()
        return dialog

    def menu(self, open_case: Callable[..., object], where: QPoint) -> None:
        """The context menu of a row."""
        table, menu = self._parts.table, QMenu(self._parts.page)
        menu.addAction(keyed(tr("Open"), "O"), open_case)
        menu.addAction(keyed(tr("Open as a page"), "F"), partial(open_case, full=True))
        menu.addAction(keyed(tr("Copy cell"), "C"), table.copy_cell)
        menu.addAction(keyed(tr("Copy rows"), "W"), table.copy)
        menu.addSeparator()
        for act, text in self.words().items():
            menu.addAction(keyed(text, LETTERS[act]), partial(self.do, act))
        if self.may("mark"):
            marks = mark_menu(menu, self.mark)
            marks.setTitle(keyed(marks.title(), "M"))
            menu.addMenu(marks)
        menu.popup(where)

    def mark(self, mark: Mark | None) -> None:
        """Set or take off the colour mark; only where some would refuse is there more to ask."""
        refs = tuple(ref_of(row) for row in self.chosen())
        if not refs or self._refused("mark"):
            return
        order = MarkCases(actor=self._actor, cases=refs, mark=mark)
        presenter = self._parts.presenter
        presenter.desk.runner.ask(
            partial(presenter.desk.database.read, questions.BULK[MarkCases][1], order),
            owner=self,
            key="mark",
            then=partial(self._on_mark_judged, order),
            failed=presenter.failed.emit,
        )

    def _on_mark_judged(self, order: MarkCases, judged: Judged) -> None:
        if judged.refused:
            desk, page = self._parts.presenter.desk, self._parts.page
            dialog = dialogs.MarkDialog(
                desk, order.mark, order.cases, self._parts.presenter.send_from_dialog, page
            )
            cases = tuple((int(ref.branch_id), int(ref.case_id)) for ref in order.cases)
            self._keep_draft(f"mark-{order.mark}", dialog, cases)
            dialog.open()
        else:
            self._send(order)

    def reveal(self, item: str) -> QDialog | None:
        """Ask why, then show an item of the open case."""
        file = self._parts.case.file
        if file is None or self._refused("reveal"):
            return None
        seconds = self._parts.presenter.desk.preferences.reveal_seconds
        dialog = dialogs.RevealDialog(
            self._actor, file, item, seconds, self._parts.case.reveal_from_dialog, self._parts.page
        )
        dialog.open()
        return dialog

    @property
    def _actor(self) -> Any:
        return self._parts.presenter.desk.actor

    def _dialog(self, act: str, rows: tuple[CaseQueueRow, ...]) -> Dialog:
        parts, presenter = self._parts, self._parts.presenter
        desk, people, page = presenter.desk, presenter.directory, parts.page
        refs: tuple[CaseRef, ...] = tuple(ref_of(row) for row in rows)
        today, send = presenter.now.today, presenter.send_from_dialog
        if act == "reassign":
            return dialogs.ReassignDialog(desk, people, refs, send, page)
        if act == "hold":
            return dialogs.HoldDialog(desk, today, refs, send, page)
        if act == "second_person":
            return dialogs.SecondPersonDialog(desk, people, refs, send, page)
        if act == "plan":
            return dialogs.PlanDialog(desk.actor, rows[0], people, today, send, page)
        return dialogs.NoteDialog(desk.actor, rows[0], send, page)

    def _keep_draft(self, act: str, dialog: Dialog, cases: tuple[tuple[int, int], ...]) -> None:
        desk = self._parts.presenter.desk
        named = "+".join(f"{branch}-{case}" for branch, case in sorted(cases))
        about = f"{desk.database.safe_url}/{act}/{named}"
        Drafting(dialog, desk.drafts, about, dialog.draft_fields(), self._save_drafts)

    def _save_drafts(self) -> None:
        desk = self._parts.presenter.desk
        desk.runner.keep(
            desk.drafts.save,
            owner=self,
            then=lambda _written: None,
            failed=self._parts.presenter.failed.emit,
        )

    def _end_holds(self, rows: tuple[CaseQueueRow, ...]) -> None:
        order = EndHolds(actor=self._actor, cases=tuple(ref_of(row) for row in rows))
        self._parts.presenter.do(questions.end_holds, order)

    def _send(self, order: Order) -> None:
        self._parts.presenter.do(questions.BULK[type(order)][0], order)

    def _on_panel_act(self, act: str) -> None:
        row = self._parts.case.row
        if row is not None:
            self.do(act, (row,))

    def _on_done(self, changes: Changes) -> None:
        undo_id = changes.undo_id
        undo = None if undo_id is None else partial(self._parts.presenter.undo, undo_id)
        text = result_text(changes)
        tone = "warn" if changes.refused else "ok"
        self._parts.say(text, tone, undo)
        if changes.act in {Act.REASSIGNED, Act.HELD, Act.SECOND_PERSON_REQUESTED}:
            self._parts.table.model.untick_all()

    # Out of the program

    def export_rows(self, rows: tuple[CaseQueueRow, ...] = ()) -> None:
        """Write the given rows, or the whole list, into a workbook the person names."""
        when = format(clock.now().astimezone(clock.SHANGHAI), "%Y%m%d-%H%M")
        name = tr("cases-{when}.xlsx", when=when)
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
        source = Source(presenter.desk.database, self._actor, presenter.wanted)
        presenter.desk.runner.toil(
            partial(
                _written, source, path, rows, fields, export.Taken(self._facts(), self._taken())
            ),
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
            self._taken(),
        ]

    def _taken(self) -> str:
        """Who takes it, and when: in the workbook and on every page printed from it."""
        when = formats.full_moment(clock.now())
        return tr("Exported by {who}, {when}", who=self._actor.name, when=when)

    def print_rows(self) -> None:
        """The ticked cases, else the screen, in the system's print preview."""
        # Nobody prints before the first page stands.
        from supervisor.ui.pages.case_queue import printing  # noqa: PLC0415

        parts = self._parts
        content = printing.sheet(parts.presenter, parts.table, tr("Case queue"))
        self.preview = printing.SheetPreview(content, parts.page)
        self.preview.accepted.connect(
            lambda: self._log(len(content.lines), copied=False, what="case_queue_print")
        )
        self.preview.open()

    def _on_written(self, path: Path, n: int) -> None:
        self._log(n, copied=False)
        text = ntr(
            "{n:,} case written to {name}", "{n:,} cases written to {name}", n, name=path.name
        )
        self._parts.say(text, "ok", None)

    def _on_copied(self, n: int) -> None:
        self._log(n, copied=True)
        self._parts.say(ntr("{n} row copied", "{n} rows copied", n), "ok", None)

    def _log(self, n: int, *, copied: bool, what: str = "case_queue") -> None:
        presenter = self._parts.presenter
        log_leaving(
            presenter.desk, what, n, copied=copied, owner=self, failed=presenter.failed.emit
        )

    def copy_private(self, item: str, values: str) -> None:
        """A revealed item to the clipboard, once the audit has learned of it."""
        case = self._parts.case
        if case.row is None or not case.shows_private:
            return

        def copied() -> None:
            QGuiApplication.clipboard().setText(values)
            self._parts.say(tr("Copied. The audit knows."), "ok", None)

        log_leaving(
            case.desk, item, values.count("\n") + 1, copied=True, owner=self,
            failed=self._parts.presenter.failed.emit, case_id=case.row.case_id, then=copied,
        )  # fmt: skip


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


@dataclass(frozen=True, slots=True)
class Source:
    """Where a workbook's rows come from; nothing of the interface crosses to the thread."""

    database: Database
    actor: Actor
    wanted: CaseQueueFilter


def _written(
    source: Source,
    path: Path,
    rows: tuple[CaseQueueRow, ...],
    fields: tuple[export.Field, ...],
    taken: export.Taken,
    report: Callable[[int, int], None],
    stop: Event,
) -> int:
    """Read what is missing, then write; runs on the thread for long jobs."""
    found = list(rows)
    while not rows and not stop.is_set() and len(found) < questions.MOST_EXPORTED:
        about = questions.request(source.actor, source.wanted, len(found), WINDOW)
        page = source.database.read(questions.page, about)
        found += page.rows
        report(len(found), page.total or 0)
        if len(page.rows) < WINDOW:
            break
    return 0 if stop.is_set() else export.write_workbook(path, found, fields, taken)
