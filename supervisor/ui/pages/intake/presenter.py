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

TOUCHED: dict[Kind, frozenset[Topic]] = {
    Kind.STAFF: frozenset({Topic.DIRECTORY}),
    Kind.CONTRACTS: frozenset({Topic.CASES}),
    Kind.INSTALMENTS: frozenset({Topic.CASES}),
    Kind.PAYMENTS: frozenset({Topic.PAYMENTS, Topic.PROMISES, Topic.CASES}),
    Kind.CASES: frozenset({Topic.CASES}),
    Kind.CONTACTS: frozenset({Topic.CONTACTS, Topic.CASES}),
    Kind.PLANS: frozenset({Topic.PLANS, Topic.CASES}),
    Kind.VISITS: frozenset({Topic.VISITS, Topic.CASES}),
    Kind.PROMISES: frozenset({Topic.PROMISES, Topic.CASES}),
    Kind.COMPLAINTS: frozenset({Topic.COMPLAINTS, Topic.CASES}),
}
"""What screens must ask for again after an import of each kind."""


class IntakePresenter(QObject):
    """Opens, checks and imports files through the runner.

    Signals:
        batches_ready: tuple[BatchRow, ...], newest first.
        opened: FilePreview of the file in hand.
        checked: ImportCheck of the file as it is mapped now.
        imported: ImportResult.
        taken_back: Changes of an import that was undone.
        advanced: (done, of) rows; `of` 0 while unknown.
        busy: True while a long job runs.
        failed: the exception, expected or not.
    """

    batches_ready = Signal(object)
    opened = Signal(object)
    checked = Signal(object)
    imported = Signal(object)
    taken_back = Signal(object)
    advanced = Signal(int, int)
    busy = Signal(bool)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._request: ImportRequest | None = None
        self._stop: Event | None = None

    @property
    def request(self) -> ImportRequest | None:
        """What would be imported now; None without a file."""
        return self._request

    def show_batches(self) -> None:
        """Ask for the imports done so far."""
        self._desk.runner.ask(
            partial(self._desk.database.read, imports.batches, None),
            owner=self,
            key="batches",
            then=self.batches_ready.emit,
            failed=self.failed.emit,
        )

    def open(self, path: Path, kind: Kind, source: str = "") -> None:
        """Look at a file; nothing is written."""
        self._request = ImportRequest(
            actor=self._desk.actor, kind=kind, path=path, source=source or path.stem
        )
        self.look_again()

    def look_again(self, encoding: str | None = None, sheet: str | None = None) -> None:
        """Read the file once more, with another encoding or sheet if the person chose one."""
        if self._request is None:
            return
        self._request = replace(self._request, encoding=encoding, sheet=sheet, mapping=None)
        work = partial(api.open_file, self._request.path, self._request.kind, encoding, sheet)
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
        self._request = replace(self._request, mapping=mapping)

    def check(self) -> None:
        """Judge every row without writing."""
        if self._request is not None:
            request = self._request

            def job(report: Report, stop: Event) -> ImportCheck:
                return api.check(self._desk.database, request, _reporting(report), stop.is_set)

            self._toil(job, self._on_checked)

    def run(self, accept: Accept, errors_to: Path | None = None) -> None:
        """Import the file in one transaction."""
        if self._request is not None:
            request = replace(self._request, accept=accept, errors_to=errors_to)

            def job(report: Report, stop: Event) -> ImportResult:
                return api.run_import(self._desk.database, request, _reporting(report), stop.is_set)

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
            then=lambda _none: None,
            failed=self.failed.emit,
        )

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

    def _on_opened(self, preview: FilePreview) -> None:
        if self._request is not None:
            mapping = {column.heading: column.field for column in preview.columns}
            self._request = replace(
                self._request, mapping=mapping, encoding=preview.encoding, sheet=preview.sheet
            )
        self.opened.emit(preview)

    def _on_checked(self, check: ImportCheck) -> None:
        self.busy.emit(False)
        self.checked.emit(check)

    def _on_imported(self, result: ImportResult) -> None:
        self.busy.emit(False)
        if result.batch is not None:
            self._desk.bus.tell(TOUCHED[result.kind] | {Topic.IMPORTS}, self)
        self.imported.emit(result)
        self.show_batches()

    def _on_taken_back(self, changes: Changes) -> None:
        self.busy.emit(False)
        self.taken_back.emit(changes)
        self.show_batches()

    def _on_failed(self, error: Exception) -> None:
        self.busy.emit(False)
        self.failed.emit(error)


def _reporting(report: Report) -> api.OnProgress:
    def on_progress(progress: Progress) -> None:
        report(progress.done, progress.total or 0)

    return on_progress
