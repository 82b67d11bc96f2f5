"""Reports that were made: by period, with their days, branches and how far they have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from supervisor.i18n import tr
from supervisor.models.enums_reports import ReportKind, RunState
from supervisor.models.ids import ReportId
from supervisor.models.rows.reports import RunRow
from supervisor.ui.look import icons
from supervisor.ui.look.tokens import theme_changed, tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align
from supervisor.ui.widgets import ListRow, RowList
from supervisor.ui.widgets.row_list import EXTRA
from supervisor.words import formats
from supervisor.words.of_reports_screen import branches_text, run_state, run_title, span_text

HEIGHT, HEADING = 62, 28
LEFT, INDENT = 12, 36
Index = QModelIndex | QPersistentModelIndex
ICONS = {
    RunState.DRAFT: "file-text",
    RunState.CHECKED: "file-text",
    RunState.SIGNED: "file-check",
    RunState.WITHDRAWN: "file-x",
}
TONES = {RunState.DRAFT: "text2", RunState.CHECKED: "warn", RunState.SIGNED: "text2"}


@dataclass(frozen=True, slots=True)
class Line:
    """The texts of one row; a heading has no run."""

    title: str
    days: str = ""
    about: str = ""
    state: str = ""
    row: RunRow | None = None


def line_of(row: RunRow, today: date) -> Line:
    """A run in words."""
    return Line(
        run_title(row, today),
        span_text(row.from_on, row.to_on, today),
        branches_text(row.branches),
        run_state(row, today),
        row,
    )


def lines_of(rows: Sequence[RunRow], today: date) -> list[Line]:
    """Weekly reports by year, then the others; newest first."""
    weekly = [row for row in rows if row.kind is ReportKind.WEEKLY]
    lines: list[Line] = []
    for year, own in groupby(weekly, key=lambda row: row.from_on.isocalendar().year):
        lines.append(Line(tr("Weekly reports {year}", year=year)))
        lines += [line_of(row, today) for row in own]
    others = [row for row in rows if row.kind is not ReportKind.WEEKLY]
    if others:
        lines.append(Line(tr("Other reports")))
        lines += [line_of(row, today) for row in others]
    return lines


class _Painter(QStyledItemDelegate):
    """Three lines; the days go to the second where the first has no room for all of them."""

    def __init__(self, owner: "RunList") -> None:
        super().__init__(owner)
        self._list = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        line: Line = index.data(EXTRA)
        return QSize(160, HEADING if line.row is None else HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        line: Line = index.data(EXTRA)
        painter.save()
        if line.row is None:
            painter.fillRect(rect, paint.colour(tokens().surface2))
            _say(painter, rect.adjusted(LEFT, 0, -8, 0), line.title, "text2", size=12)
        else:
            self._paint_run(painter, rect, line, line.row, chosen=self._is_current(index))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, paint.colour(tokens().line))
        painter.restore()

    def _is_current(self, index: Index) -> bool:
        return self._list.currentIndex() == index

    def _paint_run(
        self, painter: QPainter, rect: QRect, line: Line, row: RunRow, *, chosen: bool
    ) -> None:
        colours = tokens()
        if chosen:
            painter.fillRect(rect, paint.colour(colours.accent_bg))
            edge = paint.colour(colours.accent)
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), edge)
        if chosen and self._list.hasFocus():
            pen = painter.pen()
            pen.setColor(paint.colour(colours.focus))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        icons.paint(painter, ICONS[row.state], QRect(rect.left() + LEFT, rect.top() + 10, 16, 16),
                    "accent" if chosen else "text2")  # fmt: skip
        room = rect.adjusted(INDENT, 5, -8, 0)
        first = QRect(room.left(), room.top(), room.width(), 20)
        left = _say(painter, first, line.title, "text", weight=500)
        days = QRect(left + 8, first.top(), first.right() - left - 7, 20)
        about = line.about
        if paint.advance(line.days, 12, 400) <= days.width():
            _say(painter, days, line.days, "text2", size=12)
        else:
            about = " · ".join(part for part in (line.days, about) if part)
        _say(painter, first.translated(0, 18), about, "text2", size=12)
        tone = "warn" if row.restated else TONES.get(row.state, "text3")
        _say(painter, first.translated(0, 35), line.state, tone, size=12)


def _say(
    painter: QPainter, room: QRect, text: str, tone: str, *, size: int = 13, weight: int = 400
) -> int:
    """Text at the left, cut where it must be; where it ends."""
    painter.setFont(paint.text_font(size, weight))
    painter.setPen(paint.colour(getattr(tokens(), tone)))
    shown = paint.elided(text, size, weight, max(0, room.width()))
    painter.drawText(room, Align.LEFT.number, shown)
    return room.left() + paint.advance(shown, size, weight)


class RunList(RowList):
    """The current run is kept over refreshes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Reports"))
        self.setUniformItemSizes(False)
        self.setItemDelegate(_Painter(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme_changed.connect(self.viewport().update)

    def show_runs(self, rows: Sequence[RunRow], today: date, chosen: ReportId | None) -> None:
        """Show these, and `chosen` as current; tells nobody."""
        blocked = self.blockSignals(True)
        self.show_rows([_list_row(line, today) for line in lines_of(rows, today)])
        self.make_current(self.place_of(chosen))
        self.blockSignals(blocked)

    def place_of(self, run: ReportId | None) -> int:
        """The number of a run's row, -1 when it is not here."""
        places = (at for at, one in enumerate(self.rows) if one.data and one.data.id == run)
        return next(places, -1)

    def run_at(self, number: int) -> RunRow | None:
        """A run by its row; None for headings."""
        found: RunRow | None = self.rows[number].data if 0 <= number < self.count() else None
        return found

    def step(self, by: int) -> None:
        """The next run, or the one before; headings are passed over."""
        at = self.current() + by
        while 0 <= at < self.count() and self.run_at(at) is None:
            at += by
        if 0 <= at < self.count():
            self.make_current(at)


def _list_row(line: Line, today: date) -> ListRow:
    row = line.row
    if row is None:
        return ListRow(line.title, extra=line, enabled=False)
    taken = tr("{number}, taken {at} by {name}", number=row.number,
               at=formats.moment(row.taken_at, today), name=row.taken_by)  # fmt: skip
    parts = [part for part in (line.title, line.days, line.about, line.state, taken) if part]
    return ListRow(
        line.title, data=row, extra=line, tip="\n".join(parts), spoken=tr(", ").join(parts)
    )
