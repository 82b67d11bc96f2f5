"""A key figure with n, its last weeks and a comparison in words; one stop for the keyboard."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from supervisor.errors import SupervisorError
from supervisor.i18n import tr
from supervisor.models.rows.charts import TileRow
from supervisor.ui.charts import brush, offers
from supervisor.ui.charts.copying import copy_data, what_of
from supervisor.ui.charts.plot import Place, Plot
from supervisor.ui.charts.spark import paint_spark, spots
from supervisor.ui.charts.table_dialog import TableDialog
from supervisor.ui.look.plain import keyed
from supervisor.ui.look.tokens import Tokens, tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align
from supervisor.ui.widgets import IconButton
from supervisor.words import sentence_of

HIGH = 118
SIDE = 14
SPARK = (66, 26)
INFO = 20
BELOW = 72
"""Where the words below the figure begin."""
WRAPPED = int(Qt.TextFlag.TextWordWrap)


class Tile(Plot[TileRow]):
    """Shows its title while it waits, and why where it failed.

    Signals:
        rows_left: (what, rows, copied) numbers left the program.
    """

    rows_left = Signal(str, int, bool)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._trouble = title, ""
        self.setMinimumSize(150, HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(title)
        self.about = IconButton("info", tr("Show the definition"), size=INFO, parent=self)
        self.about.clicked.connect(self.show_definition)
        self.menu_wanted.connect(self.show_menu)

    def sizeHint(self) -> QSize:
        """As tall as the words below the figure ask for, at the width it has."""
        return QSize(190, max(HIGH, BELOW + self._words_high() + 10))

    def minimumSizeHint(self) -> QSize:
        return QSize(150, self.sizeHint().height())

    def _words(self) -> str:
        """The comparison; n goes before it where it does not fit beside the title."""
        row = self._row
        if row is None:
            return ""
        fits = self._n_left() + paint.advance(row.n, 12, 400) <= self.width() - SIDE
        return row.comparison if fits or not row.n else " · ".join((row.n, row.comparison))

    def _n_left(self) -> float:
        return float(SIDE + paint.advance(self._title, 12, 400) + INFO + 12)

    def _words_high(self) -> int:
        room = QRect(0, 0, self.width() - 2 * SIDE, 200)
        metrics = QFontMetrics(paint.text_font(12, 400))
        return metrics.boundingRect(room, WRAPPED, self._words()).height()

    def show_row(self, row: TileRow) -> None:
        self._title, self._trouble = row.head.title, ""
        super().show_row(row)
        self.setAccessibleName(row.mark.said)
        self._place_about()
        self.updateGeometry()

    def show_trouble(self, error: Exception) -> None:
        """Only this figure failed.

        Raises:
            Exception: the error, where it is a fault of ours.
        """
        if not isinstance(error, SupervisorError):
            raise error
        self._trouble, self._row = sentence_of(error), None
        self.setAccessibleName(f"{self._title}: {self._trouble}")
        self.update()

    def places(self) -> list[Place]:
        row = self._row
        if row is None:
            return []
        whole = QRectF(self.rect()).adjusted(5, 5, -5, -5)
        found = [Place(row.mark, whole)]
        if row.spark is not None:
            at = zip(row.spark.points, spots(row.spark, self._spark_room()), strict=True)
            found += [Place(p.mark, QRectF(s.x() - 4, s.y() - 6, 8, 12)) for p, s in at if s]
        return found

    def show_definition(self) -> None:
        """What the figure is made of."""
        offers.show_definition(offers.definition_of(self._row), self.about)

    def show_menu(self, at: QPoint) -> None:
        """复制数据 / 以表格查看."""
        if self._row is not None:
            known = [
                (keyed(tr("Copy data"), "C"), self.copy),
                (keyed(tr("Show as a table"), "T"), self.show_table),
            ]
            offers.show_menu(known, at, self)

    def copy(self) -> None:
        """Numbers to the clipboard."""
        if self._row is not None:
            copy_data(self._row)
            self.rows_left.emit(what_of(self._row), len(self._row.table.rows), True)

    def show_table(self) -> TableDialog | None:
        """Numbers as a table."""
        if self._row is None:
            return None
        dialog = TableDialog(self._row, self)
        dialog.confirmed.connect(self.copy)
        dialog.open()
        return dialog

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_about()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _place_about(self) -> None:
        wide = paint.advance(self._title, 12, 400)
        self.about.setVisible(self._row is not None and bool(self._row.head.measures))
        self.about.move(min(SIDE + wide + 4, self.width() - INFO - 4), 8)

    def _spark_room(self) -> QRectF:
        return QRectF(self.width() - SIDE - SPARK[0] - 4, 40, *SPARK)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter, colours = QPainter(self), tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(paint.colour(colours.line), 1))
        painter.setBrush(paint.colour(colours.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        title = QRectF(SIDE, 8, self.width() - 2 * SIDE, 20)
        brush.say(painter, title, self._title, colours.text2)
        if self._trouble:
            room = QRectF(SIDE, 36, self.width() - 2 * SIDE, self.height() - 44)
            painter.setPen(paint.colour(colours.text3))
            painter.setFont(paint.text_font(12, 400))
            painter.drawText(room, WRAPPED, self._trouble)
        elif self._row is not None:
            self._paint_row(painter, self._row, colours)
        painter.end()

    def _paint_row(self, painter: QPainter, row: TileRow, colours: Tokens) -> None:
        words = self._words()
        if words == row.comparison:
            n = QRectF(self._n_left(), 8, self.width() - self._n_left() - SIDE, 20)
            brush.say(painter, n, row.n, colours.text2, align=Align.RIGHT, whole=True)
        wide = paint.advance(row.figure, 24, 500)
        figure = QRectF(SIDE, 34, wide + 4, 34)
        brush.say(painter, figure, row.figure, colours.text, size=24, weight=500, whole=True)
        unit = QRectF(SIDE + wide + 5, 42, paint.advance(row.unit_word, 12, 400) + 4, 24)
        brush.say(painter, unit, row.unit_word, colours.text2, whole=True)
        room = self._spark_room()
        if row.spark is not None and room.left() > unit.right():
            paint_spark(painter, row.spark, room)
        below = QRectF(SIDE, BELOW, self.width() - 2 * SIDE, self.height() - BELOW)
        painter.setFont(paint.text_font(12, 400))
        painter.setPen(paint.colour(colours.text2))
        painter.drawText(below, WRAPPED, words)
