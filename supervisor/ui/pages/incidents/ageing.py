"""How old open flags are, and how the pile went over the last weeks."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.enums import CausedBy
from supervisor.models.rows.incidents import AgeingRow, BurnDownRow
from supervisor.ui.look.tokens import theme_changed, tokens
from supervisor.ui.tables import Align, Column, RowTableModel, TablePanel, paint
from supervisor.ui.widgets import Button, Dialog, ElidedLabel, Label
from supervisor.words import word

AGES = ("0", "1–3", "4–7", "8–14", "15+")
_SHADES = (1, 2, 3, 4, 5)


class _Stack(QWidget):
    """Five parts of one bar, darker with age; the numbers stand below in words."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: tuple[int, ...] = (0, 0, 0, 0, 0)
        self.setFixedHeight(8)
        theme_changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours, whole = tokens(), sum(self.counts)
        painter = QPainter(self)
        painter.fillRect(self.rect(), paint.colour(colours.track))
        left = 0.0
        for n, shade in zip(self.counts, _SHADES, strict=True):
            width = self.width() * n / whole if whole else 0.0
            painter.fillRect(QRectF(left, 0, max(0.0, width - 1), 8),
                             paint.colour(colours.seq[shade]))  # fmt: skip
            left += width
        painter.end()


class AgeingStrip(QWidget):
    """At the foot of the list: open flags by whole days since they were raised.

    Signals:
        course_wanted: how the pile went over the last weeks.
    """

    course_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self._compact = False
        self._whole = 0
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(4)
        head = QHBoxLayout()
        self.title = ElidedLabel(role="secondary")
        self.course = Button(tr("Last 4 weeks"), "link")
        self.course.clicked.connect(self.course_wanted)
        head.addWidget(self.title, 1)
        head.addWidget(self.course)
        self.stack = _Stack()
        self.words = Label(role="secondary")
        self.causes = Label(role="secondary")
        box.addLayout(head)
        box.addWidget(self.stack)
        for label in (self.words, self.causes):
            label.setWordWrap(True)
            box.addWidget(label)

    def set_compact(self, on: bool) -> None:  # noqa: FBT001 - a state of the window
        """Only the sum and the way to the rest."""
        for part in (self.stack, self.words, self.causes):
            part.setVisible(not on)
        self._compact = on
        self._say()

    def _say(self) -> None:
        """Where the ages stand below, what they are; in a low window the sum alone."""
        if self._compact:
            self.title.setText(ntr("{n:,} open flag", "{n:,} open flags", self._whole))
            return
        self.title.setText(
            ntr("{n:,} open flag, by days", "{n:,} open flags, by days", self._whole)
        )

    def show_rows(self, rows: Sequence[AgeingRow]) -> None:
        """Show open flags by age, and by who caused them."""
        counts = tuple(sum(row.counts[place] for row in rows) for place in range(len(AGES)))
        whole = sum(counts)
        self.stack.counts = counts
        self.stack.update()
        self._whole = whole
        self._say()
        parts = [tr("{days} d: {n:,}", days=age, n=n) for age, n in zip(AGES, counts, strict=True)]
        self.words.setText(" · ".join(parts))
        causes = [
            f"{word(cause)} {n:,}"
            for cause in CausedBy
            if (n := sum(row.total for row in rows if row.caused_by is cause))
        ]
        self.causes.setText(" · ".join(causes))
        self.causes.setVisible(bool(causes) and not self._compact)
        self.title.setToolTip(" · ".join((self.title.whole_text(), *parts, *causes)))
        self.setAccessibleName(" ".join((self.title.text(), *parts, *causes)))


class _Course(QWidget):
    """Open flags at the end of each day; steps from zero, the last figure written at its end."""

    def __init__(self, rows: Sequence[BurnDownRow]) -> None:
        super().__init__()
        self._rows = rows
        self.setMinimumSize(420, 150)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(36, 12, self.width() - 84, self.height() - 40)
        most = max([1, *(row.open_at_end for row in self._rows)])
        painter.setFont(paint.text_font(11, 400))
        for value in sorted({0, most}):
            y = area.bottom() - area.height() * value / most
            painter.setPen(paint.colour(colours.line))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(paint.colour(colours.text3))
            painter.drawText(QRectF(0, y - 8, 30, 16), Align.RIGHT.number, str(value))
        self._paint_line(painter, area, most)
        painter.end()

    def _paint_line(self, painter: QPainter, area: QRectF, most: int) -> None:
        if not self._rows:
            return
        colours = tokens()
        step = area.width() / max(1, len(self._rows) - 1)
        points = [
            QPointF(area.left() + step * place, area.bottom() - area.height() * row.open_at_end
                    / most)
            for place, row in enumerate(self._rows)
        ]  # fmt: skip
        painter.setPen(QPen(paint.colour(colours.c1), 2))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(paint.colour(colours.c1))
        painter.drawEllipse(points[-1], 3.5, 3.5)
        painter.setPen(paint.colour(colours.text))
        end = QRectF(points[-1].x() + 8, points[-1].y() - 9, 40, 18)
        painter.drawText(end, Align.LEFT.number, str(self._rows[-1].open_at_end))
        painter.setPen(paint.colour(colours.text3))
        below = QRectF(area.left() - 20, area.bottom() + 4, 60, 18)
        painter.drawText(below, Align.LEFT.number, f"{self._rows[0].day:%m-%d}")
        below.moveRight(area.right() + 22)
        painter.drawText(below, Align.RIGHT.number, f"{self._rows[-1].day:%m-%d}")


class CourseDialog(Dialog):
    """Burn-down: the picture, what it says in a sentence, and the same as a table."""

    help_topic = "incidents"

    def __init__(self, rows: Sequence[BurnDownRow], parent: QWidget) -> None:
        super().__init__(tr("Open flags, last 4 weeks"), tr("Close"), width=560, parent=parent)
        self.cancel.hide()
        raised = sum(row.raised for row in rows)
        closed = sum(row.closed for row in rows)
        now_open = rows[-1].open_at_end if rows else 0
        said = tr("{raised:,} raised, {closed:,} closed, {left:,} open now. Counts only.",
                  raised=raised, closed=closed, left=now_open)  # fmt: skip
        reading = Label(said)
        reading.setWordWrap(True)
        course = _Course(rows)
        course.setAccessibleName(said)
        self.body.addWidget(Label(tr("Open at the end of each day"), "secondary"))
        self.body.addWidget(course)
        self.body.addWidget(reading)
        model: RowTableModel[BurnDownRow] = RowTableModel(_columns(), row_id=lambda row: row.day)
        model.set_rows(tuple(reversed(rows)))
        self.table = TablePanel(model, "flags_by_day")
        self.table.setAccessibleName(tr("Flags by day"))
        self.table.setMinimumHeight(200)
        self.body.addWidget(self.table, 1)


def _columns() -> list[Column[BurnDownRow]]:
    right = Align.RIGHT
    return [
        Column("day", lambda: tr("Day"), lambda row: row.day.isoformat(), width=110),
        Column("raised", lambda: tr("Raised"), lambda row: str(row.raised), align=right, width=90),
        Column("closed", lambda: tr("Closed"), lambda row: str(row.closed), align=right, width=90),
        Column(
            "open",
            lambda: tr("Open at its end"),
            lambda row: str(row.open_at_end),
            align=right,
            width=120,
            grows=True,
        ),
    ]
