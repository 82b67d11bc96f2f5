"""A report leaves the program: printed, saved as PDF, saved as workbook; each copy is registered.

A file is registered before it is written: a line too many in the register is harmless, a copy
nobody knows of is not. Where writing fails the bytes are kept, and another place takes the same
copy. What a printer took is registered when it took it, also where it stopped half-way; if the
database is away just then, as soon as it answers again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from supervisor.errors import ExpectedError
from supervisor.i18n import language, tr
from supervisor.models.changes import Changes
from supervisor.models.database import Database
from supervisor.models.enums_reports import CopyForm
from supervisor.models.orders_reports import RegisterCopy, ReportRef
from supervisor.models.rows.reports import Stamp, StoredRun
from supervisor.ui.look import memory
from supervisor.ui.look.memory import remember
from supervisor.ui.pages.reports import printing, questions
from supervisor.ui.pages.reports.presenter import ReportsPresenter
from supervisor.words.of_reports_screen import file_name

FOLDER = "reports/folder"
"""Where the person saved last."""
STEPS = 3
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy on its way out. `order`: how it is registered; its data are the bytes."""

    run: StoredRun
    form: CopyForm
    order: RegisterCopy


class Output(QObject):
    """Lives as long as the page.

    Signals:
        began: a job runs (what it is called). advanced: (done, of). ended: it is over.
        saved: a file was written (Path). sent: paper went to a printer (printing.Printed).
        refused: (Exception, what can be done: "elsewhere" or "").
    """

    began = Signal(str)
    advanced = Signal(int, int)
    ended = Signal()
    saved = Signal(object)
    sent = Signal(object)
    refused = Signal(object, str)

    def __init__(self, presenter: ReportsPresenter, page: QWidget) -> None:
        super().__init__(page)
        self._ask, self._page = presenter, page
        self._stop: Event | None = None
        self._printer: QPrinter | None = None
        self._kept: Copy | None = None
        self._owed: list[RegisterCopy] = []
        presenter.listed.connect(self._pay)

    @property
    def busy(self) -> bool:
        """Whether something is on its way out."""
        return self._stop is not None

    def stop(self) -> None:
        """Stop what runs; what the printer has it has."""
        if self._stop is not None:
            self._stop.set()

    # Files

    def save(self, form: CopyForm, *, issued: bool = False) -> None:
        """Ask where, then write; `issued`: the copy that was kept, not a new one."""
        run = self._ask.run
        if run is None or self.busy:
            return
        kind = {CopyForm.PDF: tr("PDF file (*.pdf)"), CopyForm.WORKBOOK: tr("Workbook (*.xlsx)")}
        wanted = folder() / f"{file_name(run.row, run.snapshot)}.{form.value}"
        name, _ = QFileDialog.getSaveFileName(
            self._page, tr("Save the report"), str(wanted), kind[form]
        )
        if name:
            self.save_to(run, form, Path(name), issued=issued)

    def save_to(self, run: StoredRun, form: CopyForm, path: Path, *, issued: bool = False) -> None:
        """Make a copy, or take the one that was kept; register it, write it."""
        self._kept = None
        job = partial(self._saving, run, form, path, issued=issued)
        self._toil(tr("Saving"), job, partial(self._on_saved, path))

    def save_elsewhere(self) -> None:
        """The copy that could not be written, to another place; it is registered already."""
        kept = self._kept
        if kept is None or self.busy:
            return
        wanted = folder() / f"{file_name(kept.run.row, kept.run.snapshot)}.{kept.form.value}"
        name, _ = QFileDialog.getSaveFileName(self._page, tr("Save the report"), str(wanted))
        if name:
            self.write_kept(Path(name))

    def write_kept(self, path: Path) -> None:
        """The same to a known place."""
        kept = self._kept
        if kept is None:
            return

        def job(_tell: Tell, _stop: Event) -> Path:
            questions.write(path, kept.order.data)
            return path

        self._toil(tr("Saving"), job, partial(self._on_saved, path))

    def _saving(
        self, run: StoredRun, form: CopyForm, path: Path, tell: Tell, stop: Event, *, issued: bool
    ) -> Changes | None:
        """Work for the toiler."""
        tell(0, STEPS)
        order = self._issued(run) if issued else self._copy(run, form)
        if stop.is_set():
            return None
        tell(1, STEPS)
        changes = _register(self._ask.desk.database, order)
        self._kept = Copy(run, form, order)
        tell(2, STEPS)
        questions.write(path, order.data)
        return changes

    def _on_saved(self, path: Path, result: object) -> None:
        self._end()
        if result is None:  # stopped before anything left
            return
        self._kept = None
        remember(FOLDER, str(path.parent))
        self.saved.emit(path)

    # Printer

    def print(self, *, booklets: bool = False) -> QPrintDialog | None:
        """The system's dialog, then the printer; a comparison may take its booklets along."""
        run = self._ask.run
        if run is None or self.busy:
            return None
        printer = printing.a_printer(file_name(run.row, run.snapshot))
        dialog = QPrintDialog(printer, self._page)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setWindowTitle(tr("Print the report"))
        dialog.accepted.connect(lambda *_: self.print_on(run, printer, booklets=booklets))
        dialog.setModal(True)
        dialog.show()  # its own `open` asks for a receiver
        return dialog

    def print_on(self, run: StoredRun, printer: QPrinter, *, booklets: bool = False) -> None:
        """Print; the printer lives until the job is over."""
        self._printer = printer
        job = partial(self._printing, run, printer, booklets=booklets)
        self._toil(tr("Printing"), job, self._on_printed)

    def _printing(
        self, run: StoredRun, printer: QPrinter, tell: Tell, stop: Event, *, booklets: bool
    ) -> printing.Printed:
        """Work for the toiler; what any page went out of is registered."""
        tell(0, 0)
        desk = self._ask.desk
        more = questions.booklets_of(desk.database, desk.actor, run) if booklets else ()
        orders = [self._copy(one, CopyForm.PRINT) for one in (run, *more) if not stop.is_set()]
        gone = 0
        try:
            done = printing.send([one.data for one in orders], printer, tell, stop)
            gone = done.pages
        except ExpectedError as error:
            gone = int(error.facts.get("done", 0))
            raise
        finally:
            if gone:
                self._register_all(orders)
        return done

    def _register_all(self, orders: list[RegisterCopy]) -> None:
        """Paper is out, whatever the database says: what it cannot take now is owed to it."""
        for order in orders:
            try:
                _register(self._ask.desk.database, order)
            except ExpectedError:
                self._owed.append(order)

    def _on_printed(self, done: printing.Printed) -> None:
        self._end()
        self.sent.emit(done)
        if self._owed:
            self.refused.emit(ExpectedError("print_not_registered"), "")

    def _pay(self) -> None:
        """The database answers: lines owed to the register go there."""
        owed, self._owed = self._owed, []
        for order in owed:
            self._ask.desk.runner.do(
                questions.COMMANDS[RegisterCopy],
                order,
                initiator=self,
                then=lambda _changes: None,
                failed=partial(self._owe, order),
            )

    def _owe(self, order: RegisterCopy, _error: Exception) -> None:
        """Not yet."""
        self._owed.append(order)

    # Folder

    def open_folder(self) -> bool:
        """The folder saved to last, in the system's own window; False: there is none to show."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder())))

    # Jobs

    def _copy(self, run: StoredRun, form: CopyForm) -> RegisterCopy:
        stamp, lang = self._ask.stamp(), language()
        data = questions.copy_of(run.snapshot, form, lang, stamp)
        return self._line(run, form, lang, stamp, data)

    def _issued(self, run: StoredRun) -> RegisterCopy:
        desk, lang = self._ask.desk, language()
        copy, data = questions.issued(desk.database, desk.actor, run.row.id, lang)
        return self._line(run, CopyForm.PDF, lang, copy.stamp, data)

    def _line(
        self, run: StoredRun, form: CopyForm, lang: str, stamp: Stamp, data: bytes
    ) -> RegisterCopy:
        return RegisterCopy(
            actor=self._ask.desk.actor,
            report=ReportRef(run.row.id),
            form=form,
            language=lang,
            stamp=stamp,
            data=data,
        )

    def _toil(
        self, what: str, job: Callable[[Tell, Event], object], then: Callable[..., object]
    ) -> None:
        self._stop = Event()
        self.began.emit(what)
        stop = self._ask.desk.runner.toil(
            job,
            owner=self,
            key="output",
            progress=self.advanced.emit,
            then=then,
            failed=self._on_failed,
        )
        if self._stop is not None:  # an instant runner has ended already
            self._stop = stop

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self.refused.emit(error, "elsewhere" if self._kept is not None else "")

    def _end(self) -> None:
        self._stop = self._printer = None
        self.ended.emit()
        self._ask.refresh()


def folder() -> Path:
    """Where reports are saved: where it was done last, else among the documents."""
    return memory.folder(FOLDER)


def _register(database: Database, order: RegisterCopy) -> Changes:
    return database.write(questions.COMMANDS[RegisterCopy], order)
