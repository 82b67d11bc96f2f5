"""报表: which report is printed, and can it be trusted; looked at, commented, signed, copied."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import shiboken6
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QWidget

from supervisor.errors import SupervisorError
from supervisor.i18n import ntr, tr
from supervisor.models.changes import Changes
from supervisor.models.enums import Topic
from supervisor.models.enums_reports import CopyForm, ReportKind
from supervisor.models.ids import ReportId
from supervisor.models.rows.reports import Look
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.reports import merging, pictures
from supervisor.ui.pages.reports.body import FACTS, WORDS, ReportsBody
from supervisor.ui.pages.reports.new_report_dialog import Making, NewReportDialog
from supervisor.ui.pages.reports.output import Output, folder
from supervisor.ui.pages.reports.presenter import ReportsPresenter
from supervisor.ui.pages.reports.printing import Printed
from supervisor.ui.pages.reports.signing_dialogs import SignDialog, WithdrawDialog
from supervisor.ui.widgets.merge_dialog import MergeDialog
from supervisor.words import sentence_of, word


class ReportsPage(ReportsBody):
    """Paints four states: waiting, no report yet, reports, trouble. Decides nothing."""

    page_id: ClassVar[str] = "reports"
    depends_on: ClassVar[frozenset[Topic]] = ReportsPresenter.depends_on

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.output = Output(self.presenter, self)
        self._wanted: object = None
        self.merge: MergeDialog | None = None
        self._connect_answers()
        self._connect_parts()
        self._connect_directory()

    def _connect_answers(self) -> None:
        ask, out = self.presenter, self.output
        ask.listed.connect(self._on_listed)
        ask.shown.connect(self._on_shown)
        ask.printed.connect(self._on_paper)
        ask.unprinted.connect(self._on_unprinted)
        ask.done.connect(self._on_done)
        ask.writing.told.connect(self._on_writing)
        ask.writing.told.connect(self._on_conflict)
        ask.writing.outdated.connect(lambda: ask.choose(ask.chosen))
        out.began.connect(self.facts.show_job)
        out.advanced.connect(self.facts.show_progress)
        out.ended.connect(lambda: self.facts.show_job(""))
        out.saved.connect(self._on_saved)
        out.sent.connect(self._on_sent)
        out.refused.connect(self._on_refused_output)

    def _connect_parts(self) -> None:
        self.new.clicked.connect(self.make_new)
        self.kinds.activated.connect(lambda _at: self._on_kind())
        self.runs.moved.connect(self._on_moved)
        self.runs.picked.connect(lambda _row: self.preview.view.setFocus())
        self.halves.chosen.connect(self.show_half)
        self.facts.act_wanted.connect(self.act)
        self.facts.stop_wanted.connect(self.output.stop)
        self.facts.layout_card.wanted.connect(self._lay_out_report)
        self.editor.compare_wanted.connect(self.compare)
        self.editor.edited.connect(lambda: self.presenter.writing.edit(self.editor.value()))
        self.preview.failed.connect(self._on_unprinted)

    # What the shell asks

    def title(self) -> str:
        """报表."""
        return tr("Reports")

    def header_left(self) -> list[QWidget]:
        """Whose reports."""
        return [self.scope] if self.has_choice() else []

    def regions(self) -> list[QWidget]:
        """List, paper, side."""
        side = (
            self.facts.acts["print"] if self.halves.current == FACTS else self.editor.first_field()
        )
        return [part for part in (self.runs, self.preview.view, side) if part.isVisible()]

    def activate(self) -> None:
        """The first time, ask for everything; the list has the focus."""
        super().activate()
        self.runs.setFocus()

    def go_to(self, what: object) -> None:
        """A run by its id, or {"kind": ..., "subject": ...}: the dialog of a new one."""
        if isinstance(what, int):
            self.presenter.chosen = ReportId(what)
            self.refresh()
        elif isinstance(what, dict) and "kind" in what:
            self._wanted = what
            if self.presenter.directory is not None:
                self._make_wanted()

    def place(self) -> object:
        """The run shown."""
        return None if self.presenter.chosen is None else int(self.presenter.chosen)

    def step_back(self) -> bool:
        """Esc: end the search, then from the commentary back to the report."""
        if self.preview.search.text():
            self.preview.search.clear()
            self.preview.search.search_now()
            return True
        if self.halves.current == WORDS:
            self.show_half(FACTS)
            self.runs.setFocus()
            return True
        return False

    def focus_filter(self) -> None:
        """Ctrl+F: words on the paper, else which reports."""
        if self.preview.has_pages:
            self.preview.focus_search()
        else:
            self.kinds.setFocus()

    def leave(self) -> None:
        """The window closes: what was typed is saved."""
        self.presenter.writing.flush()

    # Keys

    def keys(self) -> list[QAction]:
        """What keys do on this page; parts and shell carry them out."""
        return self._tell_keys(
            (
                ("Ctrl+N", tr("New report")),
                ("Ctrl+P", tr("Print")),
                ("Ctrl+S", tr("Save what was typed, else save as PDF")),
                ("Ctrl+F", tr("Find on the paper")),
                ("Ctrl++", tr("Larger")),
                ("Ctrl+-", tr("Smaller")),
                ("Ctrl+0", tr("Whole page or full width")),
                ("Alt+Left", tr("Report before")),
                ("Alt+Right", tr("Next report")),
            )
        )

    def key_follow_up(self) -> None:
        """Ctrl+N: a new report."""
        self.make_new()

    def key_print(self) -> None:
        """Ctrl+P."""
        self.act("print")

    def key_save(self) -> None:
        """Ctrl+S: what was typed, else a PDF."""
        if self.presenter.writing.pending:
            self.presenter.writing.flush()
        else:
            self.act("pdf")

    def key_previous_case(self) -> None:
        """Alt+Left: the report above."""
        self.runs.step(-1)

    def key_next_case(self) -> None:
        """Alt+Right: the report below."""
        self.runs.step(1)

    # What the person does

    def make_new(self) -> QDialog | None:
        """新建."""
        known = self.presenter.directory
        kinds = self.presenter.may_make()
        if known is None or not kinds:
            self.said.emit(tr("Your role makes no reports."), "warn", None)
            return None
        if not known.branches:
            self.said.emit(tr("There is no branch yet. Take data in first."), "warn", None)
            return None
        making = Making(
            self.presenter.make,
            kinds,
            known,
            self.presenter.shown_scope(),
            self.presenter.today,
            sees_all=self.desk.actor.branches is None,
            calendar=self.presenter.calendar,
        )
        dialog = NewReportDialog(making, self)
        if self.presenter.kind in kinds and self.presenter.kind is not None:
            dialog.fill(self.presenter.kind)
        dialog.open()
        return dialog

    def _make_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        dialog = self.make_new() if isinstance(wanted, dict) else None
        if isinstance(dialog, NewReportDialog) and isinstance(wanted, dict):
            dialog.fill(ReportKind(wanted["kind"]), str(wanted.get("subject", "")))

    def act(self, name: str) -> QDialog | None:
        """What a button or a key asks for."""
        if not self.facts.acts[name].isEnabled() or self.presenter.run is None:
            return None
        run = self.presenter.run
        if name in {"check", "sign"} and self.presenter.writing.pending:
            self.presenter.writing.flush()
        if name in {"print", "booklets"}:
            return self.output.print(booklets=name == "booklets")
        if name in {"pdf", "workbook"}:
            self.output.save(CopyForm.PDF if name == "pdf" else CopyForm.WORKBOOK)
        elif name == "issued":
            self.output.save(CopyForm.PDF, issued=True)
        elif name == "folder":
            self._open_folder()
        elif name == "check":
            self.presenter.check(self._on_refused)
        else:
            dialog = (SignDialog if name == "sign" else WithdrawDialog)(run, self.presenter, self)
            dialog.open()
            return dialog
        return None

    def _lay_out_report(self, look: Look) -> None:
        self.presenter.writing.flush()
        self.presenter.lay_out(look, self._on_refused)

    def _open_folder(self) -> None:
        if not self.output.open_folder():
            self.said.emit(tr("Reports are saved in {folder}", folder=str(folder())), "info", None)

    def _on_kind(self) -> None:
        chosen = self.kinds.currentData()
        self.presenter.choose_kind(ReportKind(chosen) if chosen else None)

    def _on_moved(self, at: int) -> None:
        row = self.runs.run_at(at)
        if row is not None and row.id != self.presenter.chosen:
            self.presenter.choose(row.id)  # what was typed is saved on the way

    # What answers become

    def _on_listed(self) -> None:
        super()._on_listed()
        if self._wanted is not None:
            self._make_wanted()

    def _on_done(self, changes: Changes) -> None:
        self.said.emit(word(changes.act), "ok", None)

    def _on_refused(self, error: Exception) -> None:
        """An order was refused: why, and nothing else changed."""
        if not isinstance(error, SupervisorError):
            raise error
        self.banner.show_news("warn", sentence_of(error), dismissable=True)
        self._show_layout()

    def _on_conflict(self, how: str, _error: Exception | None) -> None:
        """Two people wrote: both texts part by part."""
        if how == "conflict":
            self.compare()

    def compare(self) -> None:
        """What both wrote, part by part, with a choice for each."""
        open_still = self.merge is not None and shiboken6.isValid(self.merge)
        if self.merge is None or not open_still or not self.merge.isVisible():
            self.merge = merging.dialog(self.presenter.writing, self)
            self.merge.confirmed.connect(self._on_merged)
            self.merge.open()

    def _on_merged(self) -> None:
        run = self.presenter.run
        if self.merge is not None and run is not None:
            words = self.presenter.writing.settle(merging.chosen(self.merge))
            self.editor.show_commentary(words, run.row.to_on)
            self._show_conflict()

    def _on_saved(self, path: Path) -> None:
        self.banner.hide()
        self.said.emit(tr("Saved: {name}", name=path.name), "ok", None)

    def _on_sent(self, done: Printed) -> None:
        self.banner.hide()
        if done.whole:
            text = ntr("{n} page sent to the printer", "{n} pages sent to the printer", done.pages)
            self.said.emit(text, "ok", None)
        else:
            text = tr("Stopped after {n} of {of} pages", n=done.pages, of=done.of)
            self.said.emit(text, "warn", None)

    def _on_refused_output(self, error: Exception, what_next: str) -> None:
        if not isinstance(error, SupervisorError):
            raise error
        said, acts = "", []
        if what_next == "elsewhere":
            said = tr("The copy is in the register and waits here to be saved elsewhere.")
            acts = [(tr("Save elsewhere"), self.output.save_elsewhere)]
        self.banner.show_news("warn", sentence_of(error), said, acts, dismissable=True)

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        """States of the page for pictures."""
        return pictures.steps(self)
