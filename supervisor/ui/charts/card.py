"""A chart in its frame: question, definition, legend, plot, reading, and what it can be asked."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QPoint, QStandardPaths, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QWidget

from supervisor.errors import SupervisorError
from supervisor.i18n import tr
from supervisor.models.rows.charts import ChartRow, Ink, LegendEntry
from supervisor.ui.charts import brush, copying, offers
from supervisor.ui.charts.kinds import plot_for
from supervisor.ui.charts.plot import Plot
from supervisor.ui.charts.table_dialog import TableDialog
from supervisor.ui.look.plain import keyed
from supervisor.ui.look.tokens import theme_changed, tokens
from supervisor.ui.tables import paint
from supervisor.ui.widgets import Card, EmptyState, IconButton, Label, Skeleton
from supervisor.words import sentence_of


class ChartCard(Card):
    """Four states of its own: waiting, too little to draw, drawn, and "only this card failed".

    Signals:
        opened: the `behind` of a mark that was opened (object).
        told: (text, tone) for a toast: copied, saved, not saved.
        rows_left: (what, rows, copied) numbers left the program; False: as a picture.
    """

    opened = Signal(object)
    told = Signal(str, str)
    rows_left = Signal(str, int, bool)

    def __init__(self, title: str, *, by: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title or " ", parent=parent)
        self.row: ChartRow | None = None
        self.read_at: datetime | None = None
        self.plot: Plot[ChartRow] | None = None
        self._by = by
        self._build()
        self.wait()

    def _build(self) -> None:
        self.about = IconButton("info", tr("Show the definition"), size=24)
        self.about.clicked.connect(self.show_definition)
        self.more = IconButton("ellipsis", tr("Copy, show as a table or save"), size=24)
        self.more.clicked.connect(self._on_more)
        self.legend = Legend()
        self.head.setContentsMargins(16, 10, 12, 0)
        self.head.insertWidget(1, self.about)
        self.head.removeWidget(self.subtitle)
        self.head.addStretch(1)
        self.head.addWidget(self.more)
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 4)
        below.setSpacing(12)
        below.addWidget(self.subtitle, 1)
        below.addWidget(self.legend)
        self._below = below
        self._line = QHBoxLayout()
        self._line.addStretch(1)
        self.body.addLayout(below)
        self.body.addLayout(self._line)
        self.waiting = Skeleton(4, self)
        self.absent = EmptyState(self)
        self.reading = Label(role="secondary")
        self.reading.setWordWrap(True)
        self.body.setContentsMargins(16, 0, 16, 12)
        for part in (self.waiting, self.absent):
            self.body.addWidget(part, 1)
        self.body.addWidget(self.reading)

    def put_beside_title(self, control: QWidget) -> None:
        """A switch in the head."""
        self.head.insertWidget(self.head.count() - 1, control)

    def show_row(self, row: ChartRow, read_at: datetime | None = None) -> None:
        """Draw it, or say why it is not drawn."""
        self.row, self.read_at = row, read_at
        head = row.head
        self.title.setText(head.title)
        self.setAccessibleName(head.title)
        self.subtitle.setText(head.subtitle)
        self.reading.setText(head.reading)
        self.legend.show_entries(head.legend)
        self._place_legend()
        self.about.setVisible(bool(head.measures))
        if head.note:
            self.absent.show_state(head.note, head.advice, (), "clock")
            self._show(self.absent)
            return
        if self.plot is None or type(self.plot.row) is not type(row):
            self._take(plot_for(row))
        assert self.plot is not None  # noqa: S101 - just made
        self.plot.show_row(row)
        self._show(self.plot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_legend()

    def _place_legend(self) -> None:
        """Beside the subtitle, or below it where both do not fit."""
        need = paint.advance(self.subtitle.whole_text(), 12, 400) + self.legend.wide + 48
        home = self._below if need <= self.width() else self._line
        if home.indexOf(self.legend) < 0:
            home.insertWidget(0 if home is self._line else 1, self.legend)

    def wait(self) -> None:
        """Waiting begins; what is drawn stays while it is read again."""
        if self.row is None:
            self._show(self.waiting)
            self.waiting.start()

    def show_trouble(self, error: Exception, again: Callable[[], object]) -> None:
        """Only this card failed; the others do not care.

        Raises:
            Exception: the error, where it is a fault of ours.
        """
        if not isinstance(error, SupervisorError):
            raise error
        title = tr("This chart could not be worked out")
        self.absent.show_state(
            title, sentence_of(error), [(tr("Try again"), again)], "triangle-alert"
        )
        self.reading.setText("")
        self.legend.show_entries(())
        self._show(self.absent)

    def show_stopped(self, again: Callable[[], object]) -> None:
        """The person did not want to wait any longer."""
        self.absent.show_state(tr("Reading was stopped"), "", [(tr("Try again"), again)], "clock")
        self._show(self.absent)

    @property
    def is_drawn(self) -> bool:
        """Whether a plot is shown."""
        return self.plot is not None and not self.plot.isHidden()

    def _take(self, plot: Plot[ChartRow]) -> None:
        if self.plot is not None:
            self.plot.hide()
            self.plot.deleteLater()
        self.plot = plot
        plot.opened.connect(self.opened)
        plot.menu_wanted.connect(self.show_menu)
        self.body.insertWidget(2, plot, 1)

    def _show(self, wanted: QWidget) -> None:
        self.waiting.stop()
        for part in (self.waiting, self.absent, self.plot):
            if part is not None:
                part.setVisible(part is wanted)
        self.reading.setVisible(wanted is self.plot and bool(self.reading.text()))
        self.more.setEnabled(self.row is not None and wanted is self.plot)

    def show_definition(self) -> None:
        """The definition of every measure of the chart."""
        offers.show_definition(self.definition(), self.about)

    def explain(self) -> str:
        """The same, for Shift+F1."""
        return self.definition()

    def definition(self) -> str:
        """What the measures of the chart are made of, in words."""
        return offers.definition_of(self.row)

    def actions_offered(self) -> list[offers.Offer]:
        """What the menu offers."""
        return [
            (keyed(tr("Copy data"), "C"), self.copy),
            (keyed(tr("Show as a table"), "T"), self.show_table),
            (keyed(tr("Save as a picture"), "S"), self.save),
        ]

    def _on_more(self) -> None:
        self.show_menu(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def show_menu(self, at: QPoint) -> None:
        """复制数据 / 以表格查看 / 存为图片."""
        offers.show_menu(self.actions_offered(), at, self)

    def copy(self) -> None:
        """Numbers to the clipboard."""
        if self.row is not None:
            copying.copy_data(self.row)
            self._on_left(copied=True)
            self.told.emit(tr("The data were copied."), "ok")

    def _on_left(self, *, copied: bool) -> None:
        if self.row is not None:
            self.rows_left.emit(copying.what_of(self.row), len(self.row.table.rows), copied)

    def show_table(self) -> TableDialog | None:
        """Numbers as a table."""
        if self.row is None:
            return None
        dialog = TableDialog(self.row, self)
        dialog.confirmed.connect(self.copy)
        dialog.open()
        return dialog

    def save(self) -> None:
        """Ask where to, then write the picture."""
        if self.row is None or self.plot is None:
            return
        place = QStandardPaths.StandardLocation.PicturesLocation
        folder = Path(QStandardPaths.writableLocation(place))
        name = f"{self.row.head.key}.png"
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save as a picture"), str(folder / name), "PNG (*.png)"
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Write the picture, with title, period, n, data time and who took it."""
        if self.row is None or self.plot is None:
            return
        picture = copying.picture_of(self.row, self.plot, self.read_at, self._by)
        try:
            copying.save_picture(picture, path)
        except OSError:
            self.told.emit(tr("The picture was not saved: {path}", path=path.name), "crit")
        else:
            self._on_left(copied=False)
            self.told.emit(tr("The picture was saved: {path}", path=path.name), "ok")


class Legend(QWidget):
    """Swatches with their words, at the right of the head."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[LegendEntry, ...] = ()
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.hide()

    @property
    def wide(self) -> int:
        """How much room it takes."""
        return sum(paint.advance(one.label, 12, 400) + 36 for one in self._entries)

    def show_entries(self, entries: tuple[LegendEntry, ...]) -> None:
        """Show these."""
        self.setVisible(bool(entries))
        if entries == self._entries:
            return
        self._entries = entries
        while (item := self._box.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for entry in entries:
            self._box.addWidget(_Swatch(entry))
            self._box.addWidget(Label(entry.label, "secondary"))


class _Swatch(QWidget):
    def __init__(self, entry: LegendEntry) -> None:
        super().__init__()
        self._entry = entry
        self.setFixedSize(12, 12)
        theme_changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, colours = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, ink = self.rect().adjusted(1, 1, -1, -1), self._entry.ink
        if self._entry.hollow or ink is Ink.ENDED:
            token = "ctl" if ink is Ink.ENDED else brush.TOKENS[ink]
            painter.setPen(QPen(paint.colour(getattr(colours, token)), 1.5))
            painter.drawEllipse(box) if self._entry.hollow else painter.drawRect(box)
        else:
            brush.fill(painter, box.toRectF(), ink, colours)
        painter.end()
