"""The face without a file: what to import, what came in, what was refused, what can be imported."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from supervisor.i18n import ntr, tr
from supervisor.models.enums import Kind
from supervisor.models.rows.intake import IntakeRow
from supervisor.ui.look.memory import folder, remember
from supervisor.ui.pages.intake.arrival_list import ArrivalList
from supervisor.ui.pages.intake.batch_list import BatchList
from supervisor.ui.pages.intake.guide import Guide
from supervisor.ui.widgets import (
    Button,
    Card,
    ElidedLabel,
    Label,
    SegmentedControl,
    Skeleton,
    name_field,
)
from supervisor.words import word

VIEWS = ("batches", "arrivals", "guide")

FOLDER = "intake/folder"
"""Where files were opened or templates saved last."""


class StartView(QWidget):
    """The choice of a file above three lists. It decides nothing; the presenter does.

    Signals:
        file_chosen: (Path) to be read as the kind and source that are chosen.
        template_wanted: (Kind, Path).
    """

    file_chosen = Signal(object)
    template_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._choice())
        column.addWidget(self._records(), 1)

    @property
    def wanted(self) -> tuple[Kind, str]:
        """The kind and the source that are chosen."""
        return Kind(self.kind.currentData()), self.source.currentText().strip()

    def _choice(self) -> Card:
        card = Card(padding=12)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.kind, self.source = QComboBox(), QComboBox()
        for kind in Kind:
            self.kind.addItem(word(kind), kind.value)
        self.kind.setMinimumWidth(130)
        self.source.setEditable(True)
        self.source.setMinimumWidth(150)
        self.source.setToolTip(
            tr("The system the file comes from; how its columns are read is kept under this name.")
        )
        what, who = Label(tr("What does the file hold?")), Label(tr("Source"))
        what.setBuddy(self.kind)
        who.setBuddy(self.source)
        self.kind.setAccessibleName(what.text())
        name_field(self.source, who.text())
        choose = Button(tr("Choose a file"), "primary")
        choose.clicked.connect(lambda _on=False: self.choose_file())
        template = Button(tr("Save an empty template"))
        template.clicked.connect(lambda _on=False: self._save_template(self.wanted[0]))
        hint = ElidedLabel(tr("CSV or workbook; you can also drop a file here."), "hint")
        for widget in (what, self.kind, who, self.source, choose, template):
            row.addWidget(widget)
        row.addWidget(hint, 1)
        card.body.addLayout(row)
        return card

    def _records(self) -> Card:
        card = Card(padding=0)
        self._views = SegmentedControl(
            (("batches", ""), ("arrivals", ""), ("guide", tr("What can be imported"))),
            tr("Lists of this page"),
        )
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 4)
        head.addWidget(self._views)
        head.addStretch(1)
        self.batches, self.arrivals, self.guide = BatchList(), ArrivalList(), Guide()
        self._lists = QStackedWidget()
        self._waiting = Skeleton(6)
        for part in (self.batches, self.arrivals, self.guide, self._waiting):
            self._lists.addWidget(part)
        self._lists.setCurrentWidget(self._waiting)
        card.body.addLayout(head)
        card.body.addWidget(self._lists, 1)
        self._views.chosen.connect(self.show_list)
        self.batches.guide_wanted.connect(lambda: self.show_list("guide"))
        self.guide.file_wanted.connect(self._choose_file_of)
        self.guide.template_wanted.connect(self._save_template)
        self._name_views(0, 0)
        return card

    def wait(self) -> None:
        """The lists are asked for."""
        if not self._known:
            self._waiting.start()

    def show_intake(self, row: IntakeRow) -> None:
        """Show what came in; the first time the list that says most."""
        first, self._known = not self._known, True
        self._waiting.stop()
        self.batches.show_batches(row.batches)
        self.arrivals.show_arrivals(row.refused, row.refused_count)
        self.guide.say(first_time=not row.batches)
        self._name_views(len(row.batches), row.refused_count)
        typed = self.source.currentText()
        self.source.clear()
        self.source.addItems(list(row.sources))
        self.source.setEditText(typed)
        if first:
            self.show_list("batches" if row.batches else "guide")

    def show_list(self, name: str) -> None:
        """Show one of the three lists."""
        self._views.choose(name)
        self._lists.setCurrentIndex(VIEWS.index(name))

    @property
    def shown(self) -> str:
        """Which list is on screen."""
        return self._views.current

    @property
    def table(self) -> QWidget:
        """What F6 goes to in the lower half."""
        return self._lists.currentWidget() or self._lists

    def _name_views(self, batches: int, refused: int) -> None:
        self._views.button("batches").setText(ntr("{n:,} import", "{n:,} imports", batches))
        self._views.button("arrivals").setText(
            ntr("{n:,} refused arrival", "{n:,} refused arrivals", refused)
        )

    def choose_file(self) -> None:
        """Ask for a file of the chosen kind."""
        path, _filter = QFileDialog.getOpenFileName(
            self,
            tr("Choose a file to import"),
            str(folder(FOLDER)),
            tr("Tables (*.csv *.txt *.tsv *.xlsx *.xls *.xlsb *.ods);;All files (*)"),
        )
        if path:
            remember(FOLDER, str(Path(path).parent))
            self.file_chosen.emit(Path(path))

    def _choose_file_of(self, kind: Kind) -> None:
        self.kind.setCurrentIndex(self.kind.findData(kind.value))
        self.choose_file()

    def _save_template(self, kind: Kind) -> None:
        path, _filter = QFileDialog.getSaveFileName(
            self,
            tr("Save an empty template"),
            str(folder(FOLDER) / f"{word(kind)}.xlsx"),
            tr("Workbook (*.xlsx);;CSV (*.csv)"),
        )
        if path:
            remember(FOLDER, str(Path(path).parent))
            self.template_wanted.emit(kind, Path(path))
