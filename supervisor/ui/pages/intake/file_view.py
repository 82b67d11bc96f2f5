"""One file in hand: what it is, how it is read, what the check found, and the import itself."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from supervisor.i18n import ntr, tr
from supervisor.models.rows.intake import (
    Accept,
    CellError,
    FilePreview,
    ImportCheck,
    ImportResult,
    KindRow,
)
from supervisor.ui.pages.intake.columns import error_columns
from supervisor.ui.pages.intake.figures import Figures
from supervisor.ui.pages.intake.mapping_box import MappingBox
from supervisor.ui.pages.intake.sample import Sample
from supervisor.ui.tables.panel import TablePanel
from supervisor.ui.tables.row_table_model import RowTableModel
from supervisor.ui.widgets import (
    Banner,
    Button,
    ElidedLabel,
    IconLabel,
    Label,
    SegmentedControl,
    ThinBar,
)
from supervisor.words import sentence, word
from supervisor.words.formats import count

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16")
VIEWS = ("mapping", "sample", "errors")


class FileView(QFrame):
    """The card of a file. It decides nothing; the presenter does.

    Signals:
        mapped: (heading, field or None). reread: (encoding or None, sheet or None).
        check_wanted. import_wanted: Accept. errors_wanted: save the refused rows. left.
        stop_wanted: end the running job.
    """

    mapped = Signal(str, object)
    reread = Signal(object, object)
    check_wanted = Signal()
    import_wanted = Signal(object)
    errors_wanted = Signal()
    stop_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._missing: tuple[str, ...] = ()
        self._is_done = False
        self._focused: QWidget | None = None
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        self._notes = Label(role="secondary")
        self._notes.setWordWrap(True)
        self._figures = Figures()
        self._banner = Banner()
        layout.addLayout(self._head())
        layout.addWidget(self._notes)
        layout.addWidget(self._figures)
        layout.addWidget(self._banner)
        layout.addLayout(self._switch())
        layout.addWidget(self._middle(), 1)
        layout.addWidget(self._progress_line())
        layout.addLayout(self._foot())

    def _head(self) -> QVBoxLayout:
        self._title, self._facts = Label(role="cardTitle"), ElidedLabel(role="secondary")
        self._step = Label(role="secondary")
        self._encoding, self._sheet = QComboBox(), QComboBox()
        self._encoding_words = Label(tr("Encoding"), "secondary")
        self._sheet_words = Label(tr("Sheet"), "secondary")
        self._encoding.setAccessibleName(tr("Encoding of the file"))
        self._sheet.setAccessibleName(tr("Sheet of the workbook"))
        self._encoding.activated.connect(self._on_reread)
        self._sheet.activated.connect(self._on_reread)
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self._title, 1)
        first.addWidget(self._step)
        second.setSpacing(8)
        second.addWidget(IconLabel("file-spreadsheet", "text2"))
        second.addWidget(self._facts, 1)
        for widget in (self._encoding_words, self._encoding, self._sheet_words, self._sheet):
            second.addWidget(widget)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addLayout(first)
        head.addLayout(second)
        return head

    def _switch(self) -> QHBoxLayout:
        self._views = SegmentedControl(
            (("mapping", tr("Column mapping")), ("sample", tr("First rows")), ("errors", "")),
            tr("What is shown of the file"),
        )
        self._views.chosen.connect(self.show_view)
        row = QHBoxLayout()
        row.addWidget(self._views)
        row.addStretch(1)
        return row

    def _middle(self) -> QStackedWidget:
        self._mapping, self._sample = MappingBox(), Sample()
        self._mapping.mapped.connect(self.mapped)
        self._errors: RowTableModel[CellError] = RowTableModel(
            error_columns(), row_id=lambda error: (error.row, error.column, error.code)
        )
        self._table = TablePanel(self._errors, "import_errors")
        self._table.setAccessibleName(tr("Refused rows"))
        self._stack = QStackedWidget()
        for part in (self._mapping, self._sample, self._table):
            self._stack.addWidget(part)
        return self._stack

    def _progress_line(self) -> QWidget:
        self._running = QWidget()
        row = QHBoxLayout(self._running)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._progress, self._progress_words = ThinBar(), Label(role="secondary")
        self._stop = Button(tr("Stop"))
        self._stop.clicked.connect(lambda _on=False: self.stop_wanted.emit())
        row.addWidget(self._progress, 1)
        row.addWidget(self._progress_words)
        row.addWidget(self._stop)
        return self._running

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._promise = ElidedLabel(role="hint")
        self._check = Button(tr("Check"), "primary")
        self._good, self._all = Button("", "primary"), Button("", "primary")
        self._leave = Button(tr("Cancel"))
        self._check.clicked.connect(lambda _on=False: self.check_wanted.emit())
        self._good.clicked.connect(lambda _on=False: self.import_wanted.emit(Accept.GOOD_ROWS))
        self._all.clicked.connect(lambda _on=False: self.import_wanted.emit(Accept.ALL_OR_NOTHING))
        self._leave.clicked.connect(lambda _on=False: self.left.emit())
        row.addWidget(self._promise, 1)
        for button in (self._check, self._good, self._all, self._leave):
            row.addWidget(button)
        return row

    def show_file(self, preview: FilePreview, kind: KindRow, kept_for: str = "") -> None:
        """A file was opened: show how it is read; `kept_for`: as kept for this source."""
        self._title.setText(tr("Import: {kind}", kind=word(preview.kind)))
        self._facts.setText(_file_facts(preview, kept_for))
        self._missing = preview.missing
        # What is said of single columns stands beside them.
        notes = [note for note in preview.notes if not note.code.startswith("column_")]
        told = [sentence(note.code, note.facts) for note in notes]
        self._notes.setText("\n".join(told))
        self._notes.setVisible(bool(told))
        self._fill_choices(preview)
        self._mapping.show_file(preview, kind)
        self._sample.show_file(preview)
        self._errors.set_rows(())
        self.unchecked()

    def unchecked(self, missing: tuple[str, ...] | None = None) -> None:
        """The mapping changed: what a check said no longer holds. `missing`: fields it lacks."""
        self._missing = self._missing if missing is None else missing
        self._is_done = False
        self._show_step(1)
        self._figures.hide()
        self._banner.hide()
        if self._missing:
            self._banner.show_news(
                "warn",
                tr("Columns are missing: {fields}", fields=tr(", ").join(self._missing)),
                tr("Say below which column holds them, or choose another file."),
            )
        self._good.hide()
        self._all.hide()
        self._check.show()
        self._leave.setText(tr("Cancel"))
        self._views.button("errors").hide()
        if self._views.current == "errors":
            self.show_view("mapping")
        self.show_busy(busy=False)

    def focus_next(self) -> None:
        """Where every column is known the next step is the check."""
        if not self._missing:
            self._check.setFocus()

    def show_view(self, name: str) -> None:
        """Show the columns, the first rows, or what is refused."""
        self._views.choose(name)
        self._stack.setCurrentIndex(VIEWS.index(name))

    def show_check(self, check: ImportCheck) -> None:
        """Show what the import would do."""
        self._show_step(2)
        self._show_counts(check)
        ready = check.inserted + check.updated + check.unchanged
        self._show_refused(check, ready)
        self._check.hide()
        self._all.setVisible(check.refused == 0 and ready > 0)
        self._good.setVisible(check.refused > 0 and ready > 0)
        self._all.setText(ntr("Import {n:,} row", "Import {n:,} rows", ready))
        self._good.setText(ntr("Import the {n:,} good row", "Import the {n:,} good rows", ready))
        (self._all if check.refused == 0 else self._good).setFocus()

    def show_result(self, result: ImportResult) -> None:
        """Show what the import did."""
        self._show_step(3)
        self._show_counts(result)
        self._show_refused(result, result.inserted + result.updated + result.unchanged)
        for button in (self._check, self._good, self._all):
            button.hide()
        for part in (self._mapping, self._encoding, self._sheet):
            part.setEnabled(False)
        self._is_done = True
        self._leave.setText(tr("Back to the list"))
        self._leave.setFocus()

    def show_busy(self, *, busy: bool) -> None:
        """While a job runs only Stop can be pressed; the focus comes back to where it was."""
        holder = self.window().focusWidget()
        inside = holder is not None and self.isAncestorOf(holder)
        if busy and inside:
            self._focused = holder
        self._running.setVisible(busy)
        for button in (self._check, self._good, self._all, self._leave, *self._banner.buttons):
            button.setEnabled(not busy)
        self._check.set_enabled(
            not busy and not self._missing, "" if busy else tr("Columns are missing.")
        )
        for part in (self._mapping, self._encoding, self._sheet):
            part.setEnabled(not busy and not self._is_done)
        if not busy and self._focused is not None:
            held, self._focused = self._focused, None
            if isValid(held) and held.isVisible() and held.isEnabled() and not inside:
                held.setFocus()
        if busy:
            self._progress.set_share(None)
            self._progress_words.setText("")
            self._stop.setEnabled(True)

    def show_stopping(self) -> None:
        """Stop was pressed; the job ends at its next look."""
        self._stop.setEnabled(False)
        self._progress_words.setText(tr("Stopping; nothing is written."))

    def show_progress(self, done: int, of: int) -> None:
        """Rows done so far, of how many (0: not known)."""
        if not self._stop.isEnabled():
            return
        self._progress.set_share(done / of if of else None)
        self._progress_words.setText(
            tr("{done} / {of} rows", done=count(done), of=count(of))
            if of
            else tr("{done} rows read", done=count(done))
        )

    def _show_step(self, step: int) -> None:
        names = {1: tr("columns"), 2: tr("check"), 3: tr("done")}
        self._step.setText(tr("Step {n} of 3: {what}", n=step, what=names[step]))
        self._promise.setText(
            tr("The check writes nothing.")
            if step == 1
            else tr("An import can be taken back as a whole within 24 hours.")
        )

    def _show_counts(self, counted: ImportCheck | ImportResult) -> None:
        self._figures.show_counts(counted)
        self._figures.show()

    def _show_refused(self, counted: ImportCheck | ImportResult, ready: int) -> None:
        refused = counted.refused
        self._errors.set_rows(counted.errors)
        self._banner.hide()
        self._views.button("errors").setVisible(refused > 0)
        if refused == 0:
            self.show_view("mapping" if self._views.current == "errors" else self._views.current)
            return
        self._views.button("errors").setText(
            ntr("{n:,} refused row", "{n:,} refused rows", refused)
        )
        self.show_view("errors")
        self._banner.show_news(
            "warn",
            ntr(
                "{n:,} row cannot be imported; the other {ready} can",
                "{n:,} rows cannot be imported; the other {ready} can",
                refused,
                ready=count(ready),
            ),
            _what_then(counted),
            [
                (
                    ntr("Save this {n:,} row", "Save these {n:,} rows", refused),
                    self.errors_wanted.emit,
                )
            ],
        )

    def _fill_choices(self, preview: FilePreview) -> None:
        self._encoding.clear()
        for part in (self._encoding, self._encoding_words):
            part.setVisible(preview.encoding is not None)
        for name in dict.fromkeys(map(_plain_name, (preview.encoding or "", *ENCODINGS))):
            self._encoding.addItem(name.upper(), name)
        self._sheet.clear()
        for part in (self._sheet, self._sheet_words):
            part.setVisible(len(preview.sheets) > 1)
        for name in preview.sheets:
            self._sheet.addItem(name, name)
        self._sheet.setCurrentIndex(max(0, self._sheet.findData(preview.sheet)))

    def _on_reread(self) -> None:
        encoding = self._encoding.currentData() if self._encoding.isVisible() else None
        sheet = self._sheet.currentData() if self._sheet.isVisible() else None
        self.reread.emit(encoding, sheet)


def _plain_name(encoding: str) -> str:
    return encoding.removesuffix("-sig")


def _what_then(counted: ImportCheck | ImportResult) -> str:
    mend = tr("They do not affect the others; mend them in the saved file and import only those.")
    listed = len(counted.errors)
    if listed < counted.refused:
        first = tr("The first {n:,} are listed; the saved file holds all.", n=listed)
        return f"{mend} {first}"
    return mend


def _file_facts(preview: FilePreview, kept_for: str) -> str:
    parts = [preview.path.name, ntr("{n} column", "{n} columns", len(preview.columns))]
    if preview.sheet:
        parts.append(tr("sheet “{sheet}”", sheet=preview.sheet))
    if kept_for:
        parts.append(tr("columns kept for “{source}”", source=kept_for))
    return " · ".join(parts)
