"""One file in hand: what it is, how it is read, what the check found, and the import itself."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

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
from supervisor.ui.pages.intake.mapping_box import MappingBox
from supervisor.ui.tables.panel import TablePanel
from supervisor.ui.tables.row_table_model import RowTableModel
from supervisor.words import sentence, word
from supervisor.words.formats import count

ENCODINGS = ("utf-8-sig", "utf-8", "gb18030", "big5", "utf-16")


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
        self._build()

    def _build(self) -> None:
        self._title, self._facts, self._notes = QLabel(), QLabel(), QLabel()
        self._title.setProperty("role", "cardTitle")
        self._facts.setProperty("role", "secondary")
        self._notes.setProperty("role", "hint")
        self._notes.setWordWrap(True)
        self._mapping = MappingBox()
        self._mapping.mapped.connect(self.mapped)
        self._errors: RowTableModel[CellError] = RowTableModel(error_columns())
        self._table = TablePanel(self._errors, "import_errors")
        self._table.setAccessibleName(tr("Refused rows"))
        self._middle = QStackedWidget()
        self._middle.addWidget(self._mapping)
        self._middle.addWidget(self._table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(self._head())
        layout.addWidget(self._facts)
        layout.addWidget(self._notes)
        layout.addLayout(self._figures())
        self._banner = self._refused_banner()
        layout.addWidget(self._banner)
        layout.addWidget(self._middle, 1)
        layout.addLayout(self._progress_line())
        layout.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._encoding, self._sheet = QComboBox(), QComboBox()
        self._encoding.setAccessibleName(tr("Encoding of the file"))
        self._sheet.setAccessibleName(tr("Sheet of the workbook"))
        self._encoding.activated.connect(self._on_reread)
        self._sheet.activated.connect(self._on_reread)
        row.addWidget(self._title)
        row.addStretch()
        row.addWidget(self._encoding)
        row.addWidget(self._sheet)
        return row

    def _figures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(40)
        self._numbers: dict[str, QLabel] = {}
        for key, title in (
            ("inserted", tr("New rows")),
            ("updated", tr("Changed rows")),
            ("unchanged", tr("Already there, skipped")),
            ("refused", tr("Cannot be imported")),
        ):
            column = QVBoxLayout()
            head, figure = QLabel(title), QLabel("—")
            head.setProperty("role", "secondary")
            figure.setProperty("role", "objectTitle")
            figure.setAccessibleName(title)
            column.addWidget(head)
            column.addWidget(figure)
            self._numbers[key] = figure
            row.addLayout(column)
        row.addStretch()
        return row

    def _refused_banner(self) -> QFrame:
        frame = QFrame()
        frame.setObjectName("banner")
        frame.setProperty("tone", "warn")
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 8, 12, 8)
        words = QVBoxLayout()
        self._refused_title, self._refused_text = QLabel(), QLabel()
        self._refused_title.setProperty("role", "strong")
        self._refused_title.setProperty("tone", "warn")
        self._refused_text.setWordWrap(True)
        words.addWidget(self._refused_title)
        words.addWidget(self._refused_text)
        self._save_errors = QPushButton()
        self._save_errors.clicked.connect(lambda _checked=False: self.errors_wanted.emit())
        row.addLayout(words, 1)
        row.addWidget(self._save_errors)
        return frame

    def _progress_line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._progress, self._progress_words = QProgressBar(), QLabel()
        self._progress.setTextVisible(False)
        self._progress_words.setProperty("role", "secondary")
        self._stop = QPushButton(tr("Stop"))
        self._stop.clicked.connect(lambda _checked=False: self.stop_wanted.emit())
        row.addWidget(self._progress, 1)
        row.addWidget(self._progress_words)
        row.addWidget(self._stop)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        promise = QLabel(tr("An import can be taken back as a whole within 24 hours."))
        promise.setProperty("role", "hint")
        self._check = QPushButton(tr("Check"))
        self._good = QPushButton()
        self._all = QPushButton()
        self._leave = QPushButton(tr("Cancel"))
        self._check.setProperty("kind", "primary")
        self._all.setProperty("kind", "primary")
        self._check.clicked.connect(lambda _checked=False: self.check_wanted.emit())
        self._good.clicked.connect(lambda _checked=False: self.import_wanted.emit(Accept.GOOD_ROWS))
        self._all.clicked.connect(
            lambda _checked=False: self.import_wanted.emit(Accept.ALL_OR_NOTHING)
        )
        self._leave.clicked.connect(lambda _checked=False: self.left.emit())
        row.addWidget(promise)
        row.addStretch()
        for button in (self._check, self._good, self._all, self._leave):
            row.addWidget(button)
        return row

    def show_file(self, preview: FilePreview, kind: KindRow) -> None:
        """A file was opened: show how it is read."""
        self._title.setText(
            tr("Import {kind}: {file}", kind=word(preview.kind), file=preview.path.name)
        )
        self._facts.setText(_file_facts(preview))
        missing = [field.heading for field in kind.fields if field.key in preview.missing]
        told = [sentence(note.code, note.facts) for note in preview.notes]
        if missing:
            told.append(tr("Required, but without a column: {fields}", fields=", ".join(missing)))
        self._notes.setText("\n".join(told))
        self._notes.setVisible(bool(told))
        self._fill_choices(preview)
        self._mapping.show_file(preview, kind)
        self._middle.setCurrentWidget(self._mapping)
        self.unchecked()

    def unchecked(self) -> None:
        """The mapping changed: what a check said no longer holds."""
        for figure in self._numbers.values():
            figure.setText("—")
        self._banner.hide()
        self._good.hide()
        self._all.hide()
        self._check.show()
        self._leave.setText(tr("Cancel"))
        self.show_busy(busy=False)

    def show_check(self, check: ImportCheck) -> None:
        """Show what the import would do."""
        self._show_counts(check)
        ready = check.inserted + check.updated + check.unchanged
        self._show_refused(check.errors, check.refused, ready)
        self._check.hide()
        self._all.setVisible(check.refused == 0)
        self._good.setVisible(check.refused > 0 and ready > 0)
        self._all.setText(ntr("Import {n} row", "Import {n} rows", ready))
        self._good.setText(ntr("Import the {n} good row", "Import the {n} good rows", ready))
        (self._all if check.refused == 0 else self._good).setFocus()

    def show_result(self, result: ImportResult) -> None:
        """Show what the import did."""
        self._show_counts(result)
        self._show_refused(
            result.errors, result.refused, result.inserted + result.updated + result.unchanged
        )
        for button in (self._check, self._good, self._all):
            button.hide()
        self._leave.setText(tr("Done"))
        self._leave.setFocus()

    def show_busy(self, *, busy: bool) -> None:
        """While a job runs only Stop can be pressed."""
        for widget in (self._progress, self._progress_words, self._stop):
            widget.setVisible(busy)
        for button in (self._check, self._good, self._all, self._leave, self._save_errors):
            button.setEnabled(not busy)
        self._mapping.setEnabled(not busy)
        if busy:
            self._progress.setRange(0, 0)
            self._progress_words.setText("")

    def show_progress(self, done: int, of: int) -> None:
        """Rows done so far, of how many (0: not known)."""
        self._progress.setRange(0, of)
        self._progress.setValue(done)
        self._progress_words.setText(
            tr("{done} / {of} rows", done=count(done), of=count(of))
            if of
            else tr("{done} rows", done=count(done))
        )

    def _show_counts(self, counted: ImportCheck | ImportResult) -> None:
        for key, figure in self._numbers.items():
            figure.setText(count(getattr(counted, key)))

    def _show_refused(self, errors: tuple[CellError, ...], refused: int, ready: int) -> None:
        self._errors.set_rows(errors)
        self._banner.setVisible(refused > 0)
        if refused == 0:
            return
        self._middle.setCurrentWidget(self._table)
        self._refused_title.setText(
            ntr(
                "{n} row cannot be imported; the other {ready} can",
                "{n} rows cannot be imported; the other {ready} can",
                refused,
                ready=count(ready),
            )
        )
        self._refused_text.setText(
            tr("They do not affect the others; mend them in the saved file and import only those.")
        )
        self._save_errors.setText(ntr("Save this {n} row", "Save these {n} rows", refused))

    def _fill_choices(self, preview: FilePreview) -> None:
        self._encoding.clear()
        self._encoding.setVisible(preview.encoding is not None)
        for name in dict.fromkeys((preview.encoding or "", *ENCODINGS)):
            self._encoding.addItem(name, name)
        self._sheet.clear()
        self._sheet.setVisible(len(preview.sheets) > 1)
        for name in preview.sheets:
            self._sheet.addItem(name, name)
        self._sheet.setCurrentIndex(max(0, self._sheet.findData(preview.sheet)))

    def _on_reread(self) -> None:
        encoding = self._encoding.currentData() if self._encoding.isVisible() else None
        sheet = self._sheet.currentData() if self._sheet.isVisible() else None
        self.reread.emit(encoding, sheet)


def _file_facts(preview: FilePreview) -> str:
    parts = [ntr("{n} column", "{n} columns", len(preview.columns))]
    if preview.sheet:
        parts.append(tr("sheet “{sheet}”", sheet=preview.sheet))
    if preview.encoding:
        parts.append(tr("encoding {encoding}", encoding=preview.encoding))
    parts.append(tr("headings in row {row}", row=preview.heading_row))
    return " · ".join(parts)
