"""数据导入: choose a kind and a file, or look at what came in and take it back."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from supervisor import clock
from supervisor.errors import SupervisorError, UnreachableError
from supervisor.i18n import ntr, tr
from supervisor.intake import api
from supervisor.models.changes import Changes
from supervisor.models.enums import Kind, Topic
from supervisor.models.rows.intake import FilePreview, ImportResult, IntakeRow
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.intake.file_view import FileView
from supervisor.ui.pages.intake.presenter import IntakePresenter
from supervisor.ui.pages.intake.start_view import StartView
from supervisor.ui.widgets import Banner, Page
from supervisor.words import sentence_of

SAMPLE = "网点,网点名称,工号,姓名,入职日期,星座\n" + "".join(
    f"CD,城东网点,{number},{name},{day},天秤\n"
    for number, name, day in (
        ("9001", "王小明", "2026-03-02"),
        ("9002", "李芳", "2026年4月1日"),
        ("9003", "", "2026-05-06"),
        ("9004", "赵强", "2026-13-02"),
        ("9005", "周敏", "２０２６－０６－０１"),
    )
)
"""An invented file for the picture of a check."""


class IntakePage(Page):
    """Two faces: what came in with the choice of a file, and the file in hand."""

    page_id = "intake"
    depends_on = frozenset({Topic.IMPORTS})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("pageGround")
        self.setAcceptDrops(True)
        self.presenter = IntakePresenter(desk, self)
        self._busy = False
        self._pictured: tempfile.TemporaryDirectory[str] | None = None
        self._build()
        self._connect()

    def title(self) -> str:
        """The page title."""
        return tr("Import")

    def regions(self) -> list[QWidget]:
        """What F6 cycles through."""
        if self._faces.currentWidget() is self.start:
            return [self.start.kind, self.start.table]
        return [self.file]

    def step_back(self) -> bool:
        """Esc: stop nothing that runs, else put the file away."""
        if self._faces.currentWidget() is self.start or self._busy:
            return False
        self._leave_file()
        return True

    def activate(self) -> None:
        """The page is shown: ask for the lists and put the focus on the kind."""
        self.refresh()
        self.start.kind.setFocus()

    def refresh(self) -> None:
        """Ask for what came in so far."""
        self.busy_changed.emit(True)
        self.start.wait()
        self.presenter.show_intake()

    def open_file(self, path: Path) -> None:
        """Look at a file as the kind and from the source that are chosen."""
        if self._busy:
            return
        self.banner.hide()
        self.presenter.open(path, *self.start.wanted)

    def _build(self) -> None:
        self.banner = Banner(self)
        self.start, self.file = StartView(), FileView()
        self._faces = QStackedWidget()
        self._faces.addWidget(self.start)
        self._faces.addWidget(self.file)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 0, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(self.banner)
        layout.addWidget(self._faces, 1)

    def _connect(self) -> None:
        told, file, start = self.presenter, self.file, self.start
        told.ready.connect(self._on_ready)
        told.opened.connect(self._on_opened)
        told.checked.connect(file.show_check)
        told.imported.connect(self._on_imported)
        told.saved.connect(self._on_saved)
        told.taken_back.connect(self._on_taken_back)
        told.settled.connect(self._on_settled)
        told.advanced.connect(file.show_progress)
        told.busy.connect(self._on_busy)
        told.failed.connect(self._on_failed)
        start.file_chosen.connect(self.open_file)
        start.template_wanted.connect(told.write_template)
        start.batches.undo_wanted.connect(told.take_back)
        start.arrivals.retry_wanted.connect(told.retry)
        start.arrivals.dismiss_wanted.connect(told.dismiss)
        file.mapped.connect(self._on_mapped)
        file.reread.connect(told.look_again)
        file.check_wanted.connect(told.check)
        file.import_wanted.connect(told.run)
        file.errors_wanted.connect(self._save_errors)
        file.stop_wanted.connect(self._stop)
        file.left.connect(self._leave_file)

    def _save_errors(self) -> None:
        request = self.presenter.request
        if request is None:
            return
        # Beside the file they come from.
        name = tr("{name} · refused rows.csv", name=request.path.stem)
        path, _filter = QFileDialog.getSaveFileName(
            self, tr("Save refused rows"), str(request.path.with_name(name)), tr("CSV (*.csv)")
        )
        if path:
            self.presenter.save_refused(Path(path))

    def _stop(self) -> None:
        self.file.show_stopping()
        self.presenter.stop()

    def _leave_file(self) -> None:
        self.presenter.forget_file()
        self.banner.hide()
        self._faces.setCurrentWidget(self.start)
        self.start.kind.setFocus()

    def _on_ready(self, row: IntakeRow) -> None:
        self.start.show_intake(row)
        self.busy_changed.emit(False)
        self.read_at_changed.emit(clock.now())
        self.trouble.emit(False)
        n = len(row.batches)
        self.status_changed.emit(ntr("{n:,} import", "{n:,} imports", n))

    def _on_opened(self, preview: FilePreview) -> None:
        self.file.show_file(preview, api.describe(preview.kind), self.presenter.kept_for)
        fresh = self._faces.currentWidget() is not self.file
        self._faces.setCurrentWidget(self.file)
        if fresh:
            self.file.focus_next()

    def _on_mapped(self, heading: str, field: str | None) -> None:
        self.presenter.map_column(heading, field)
        self.file.unchecked(self.presenter.missing)

    def _on_busy(self, busy: bool) -> None:  # noqa: FBT001 - a Qt signal
        self._busy = busy
        self.start.setEnabled(not busy)
        if busy and self._faces.currentWidget() is self.start:
            self.banner.show_news("info", tr("Under way; the lists follow."))
        self.file.show_busy(busy=busy)
        self.busy_changed.emit(busy)

    def _on_imported(self, result: ImportResult) -> None:
        self.file.show_result(result)
        if result.batch is None:
            self._say("warn", tr("Nothing was imported: some rows are refused."))
            return
        n = result.inserted + result.updated
        self._say("ok", ntr("{n:,} row was imported.", "{n:,} rows were imported.", n))

    def _on_saved(self, path: Path) -> None:
        self._say("ok", tr("Saved as {path}", path=path))

    def _on_taken_back(self, changes: Changes) -> None:
        n = sum(changes.counts.values())
        self._say(
            "ok",
            ntr(
                "The import was taken back: {n:,} record.",
                "The import was taken back: {n:,} records.",
                n,
            ),
        )

    def _on_settled(self, n: int, retried: bool) -> None:  # noqa: FBT001 - a Qt signal
        self._say(
            "info",
            ntr(
                "{n:,} arrival was tried again; what is refused still is listed.",
                "{n:,} arrivals were tried again; what is refused still is listed.",
                n,
            )
            if retried
            else ntr("{n:,} arrival was put aside.", "{n:,} arrivals were put aside.", n),
        )

    def _on_failed(self, error: Exception) -> None:
        self.busy_changed.emit(False)
        if not isinstance(error, SupervisorError):
            raise error
        away = isinstance(error, UnreachableError)
        again = [(tr("Try again"), self.refresh)] if away else []
        tone = "info" if error.code == "import_cancelled" else "warn"
        self.banner.show_news(tone, sentence_of(error), "", again, dismissable=not away)
        self.trouble.emit(away)

    def _say(self, tone: str, words: str) -> None:
        self.banner.show_news(tone, words, dismissable=True)

    def shots(self) -> list[tuple[str, Callable[[], None]]]:
        """States worth a picture: a file with its columns, and checked."""

        def show_file() -> None:
            self._pictured = tempfile.TemporaryDirectory()
            path = Path(self._pictured.name) / "人员_20261119.csv"
            path.write_text(SAMPLE, encoding="utf-8-sig")
            self.presenter.open(path, Kind.STAFF, "人事系统")

        return [("import-file", show_file), ("import-check", self.presenter.check)]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one local file."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the dropped file."""
        self.open_file(Path(event.mimeData().urls()[0].toLocalFile()))
