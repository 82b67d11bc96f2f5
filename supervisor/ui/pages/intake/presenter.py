"""Decisions of the import page; no widgets here.

Course: a file is opened (columns guessed), its mapping may be changed, it is checked without
writing, then imported in one transaction. Earlier imports are listed and can be taken back.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from supervisor.intake import api
from supervisor.models.changes import Changes
from supervisor.models.commands.importing import TOPICS
from supervisor.models.enums import Kind, Topic
from supervisor.models.ids import BatchId
from supervisor.models.queries import imports
from supervisor.models.rows.intake import (
    Accept,
    BatchRow,
    FilePreview,
    ImportCheck,
    ImportRequest,
    ImportResult,
    Progress,
)
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.runner import Job
from supervisor.ui.background.runner import Progress as Report

T = TypeVar("T")


class IntakePresenter(QObject):
    """Opens, checks and imports files through the runner.

    Signals:
        ready: IntakeRow, what came in so far.
        opened: FilePreview of the file in hand.
        checked: ImportCheck of the file as it is mapped now.
        imported: ImportResult.
        saved: Path of the refused rows, or of a template.
        taken_back: Changes of an import that was undone.
        settled: how many refused arrivals were tried again (retried True) or put aside.
        advanced: (done, of) rows; `of` 0 while unknown.
        busy: True while a long job runs.
        failed: the exception, expected or not.
    """

    ready = Signal(object)
    opened = Signal(object)
    checked = Signal(object)
    imported = Signal(object)
    saved = Signal(object)
    taken_back = Signal(object)
    settled = Signal(int, bool)
    advanced = Signal(int, int)
    busy = Signal(bool)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._request: ImportRequest | None = None
        self._stop: Event | None = None
        self._changed = False
        self.kept_for = ""  # the source whose kept mapping the file in hand is read with

    @property
    def request(self) -> ImportRequest | None:
        """What would be imported now; None without a file."""
        return self._request

    def show_intake(self) -> None:
        """Ask for what came in so far."""
        self._desk.runner.ask(
            partial(self._desk.database.read, imports.intake, None),
            owner=self,
            key="intake",
            then=self.ready.emit,
            failed=self.failed.emit,
        )

    def open(self, path: Path, kind: Kind, source: str = "") -> None:
        """Look at a file; nothing is written. Columns are read as kept for the source."""
        self._request = ImportRequest(actor=self._desk.actor, kind=kind, path=path, source=source)
        self._changed = False
        self.kept_for = ""
        self._look(kept=True)

    def look_again(self, encoding: str | None = None, sheet: str | None = None) -> None:
        """Read the file once more, with another encoding or sheet if the person chose one."""
        if self._request is not None:
            self._request = replace(self._request, encoding=encoding, sheet=sheet)
            self._look(kept=False)

    def _look(self, *, kept: bool) -> None:
        request = self._request
        if request is None:
            return

        chosen = request.mapping if self._changed else None

        def work() -> tuple[FilePreview, bool]:
            mapping = chosen
            if kept and request.source:
                wanted = (request.source, request.kind)
                mapping = self._desk.database.read(imports.mapping, wanted)
            read_as = (request.encoding, request.sheet, mapping)
            found = api.open_file(request.path, request.kind, *read_as)
            return found, mapping is not None and mapping is not chosen

        self._desk.runner.ask(
            work, owner=self, key="file", then=self._on_opened, failed=self.failed.emit
        )

    def map_column(self, heading: str, field: str | None) -> None:
        """Read a column as `field`, or leave it out (None)."""
        if self._request is None:
            return
        mapping = dict(self._request.mapping or {})
        if field is not None:  # one field, one column: the older one lets go
            mapping = {head: None if key == field else key for head, key in mapping.items()}
        mapping[heading] = field
        self._changed = True
        self._request = replace(self._request, mapping=mapping)

    @property
    def missing(self) -> tuple[str, ...]:
        """Headings of required fields that no column is read as."""
        if self._request is None:
            return ()
        have = set((self._request.mapping or {}).values())
        fields = api.describe(self._request.kind).fields
        return tuple(field.heading for field in fields if field.required and field.key not in have)

    def check(self) -> None:
        """Judge every row without writing."""
        if self._request is not None:
            request = self._request

            def job(report: Report, stop: Event) -> ImportCheck:
                return api.check(self._desk.database, request, _reporting(report), stop.is_set)

            self._toil(job, self._on_checked)

    def save_refused(self, path: Path) -> None:
        """Write the rows that are refused, with their reasons, into a file to be mended."""
        if self._request is not None:
            request = replace(self._request, errors_to=path)

            def job(report: Report, stop: Event) -> Path:
                api.check(self._desk.database, request, _reporting(report), stop.is_set)
                return path

            self._toil(job, self._on_saved)

    def run(self, accept: Accept) -> None:
        """Import the file in one transaction; how its columns are read is kept for the source."""
        if self._request is not None:
            request = replace(self._request, accept=accept)
            keep = self._changed and bool(request.source)
            desk = self._desk

            def job(report: Report, stop: Event) -> ImportResult:
                done = api.run_import(desk.database, request, _reporting(report), stop.is_set)
                if keep and done.batch is not None:
                    mapping = request.mapping or {}
                    api.keep_mapping(
                        desk.database, desk.actor, request.source, request.kind, mapping
                    )
                return done

            self._toil(job, self._on_imported)

    def stop(self) -> None:
        """Stop the running job; nothing of it stays."""
        if self._stop is not None:
            self._stop.set()

    def take_back(self, batch: BatchRow) -> None:
        """Undo an import."""
        undo = partial(
            api.undo_import, self._desk.database, self._desk.actor, BatchId(batch.batch_id)
        )

        def job(report: Report, stop: Event) -> Changes:
            del report, stop
            return undo()

        self._toil(job, self._on_taken_back)

    def write_template(self, kind: Kind, path: Path) -> None:
        """Write an empty file with the right headings."""
        self._desk.runner.ask(
            partial(api.template, kind, path),
            owner=self,
            key="template",
            then=lambda _none: self.saved.emit(path),
            failed=self.failed.emit,
        )

    def retry(self, arrivals: tuple[int, ...]) -> None:
        """Let refused arrivals wait again and take in what can be taken now."""
        desk = self._desk

        def job(report: Report, stop: Event) -> Changes:
            del report, stop
            changes = api.retry_arrivals(desk.database, desk.actor, arrivals)
            api.drain_inbox(desk.database, desk.actor)
            return replace(changes, topics=frozenset(Topic))  # the drain may touch any

        self._toil(job, lambda changes: self._on_settled(changes, retried=True))

    def dismiss(self, arrivals: tuple[int, ...]) -> None:
        """Put refused arrivals aside."""
        desk = self._desk

        def job(report: Report, stop: Event) -> Changes:
            del report, stop
            return api.dismiss_arrivals(desk.database, desk.actor, arrivals)

        self._toil(job, lambda changes: self._on_settled(changes, retried=False))

    def forget_file(self) -> None:
        """Put the file away."""
        self._request = None

    def _toil(self, job: Job[T], then: Callable[[T], object]) -> None:
        self.busy.emit(True)
        self._stop = self._desk.runner.toil(
            job,
            owner=self,
            key="job",
            progress=self.advanced.emit,
            then=then,
            failed=self._on_failed,
        )

    def _on_opened(self, answer: tuple[FilePreview, bool]) -> None:
        preview, kept = answer
        if self._request is not None:
            self.kept_for = self._request.source if kept else ""
            mapping = {column.heading: column.field for column in preview.columns}
            self._request = replace(
                self._request, mapping=mapping, encoding=preview.encoding, sheet=preview.sheet
            )
        self.opened.emit(preview)

    def _on_checked(self, check: ImportCheck) -> None:
        self.busy.emit(False)
        self.checked.emit(check)

    def _on_saved(self, path: Path) -> None:
        self.busy.emit(False)
        self.saved.emit(path)

    def _on_imported(self, result: ImportResult) -> None:
        self.busy.emit(False)
        if result.batch is not None:
            self._desk.bus.tell(TOPICS[result.kind] | {Topic.IMPORTS}, self)
        self.imported.emit(result)
        self.show_intake()

    def _on_taken_back(self, changes: Changes) -> None:
        self.busy.emit(False)
        self.taken_back.emit(changes)
        self.show_intake()

    def _on_settled(self, changes: Changes, *, retried: bool) -> None:
        self.busy.emit(False)
        self.settled.emit(changes.counts["arrivals"], retried)
        self.show_intake()

    def _on_failed(self, error: Exception) -> None:
        self.busy.emit(False)
        self.failed.emit(error)


def _reporting(report: Report) -> api.OnProgress:
    def on_progress(progress: Progress) -> None:
        report(progress.done, progress.total or 0)

    return on_progress
