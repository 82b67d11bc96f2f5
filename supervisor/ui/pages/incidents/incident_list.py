"""The list of flags: severity by shape and word, whom it concerns, how much time is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from supervisor.i18n import tr
from supervisor.models.enums import FlagState
from supervisor.models.rows.incidents import FlagRef, IncidentRow
from supervisor.ui.look.tokens import Tokens, theme_changed, tokens
from supervisor.ui.pages.incidents.parts import SHAPES, TONES
from supervisor.ui.pages.incidents.questions import RuleBook
from supervisor.ui.tables import paint
from supervisor.ui.tables.column import Align
from supervisor.ui.widgets import ListRow, RowList
from supervisor.ui.widgets.row_list import EXTRA
from supervisor.words import formats, word
from supervisor.words.meanings import told
from supervisor.words.of_incidents_screen import due_text, people_text

HEIGHT = 68
EDGE = 12
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """The texts of one row; `due_tone` is a token name or empty."""

    row: IncidentRow
    title: str
    due: str
    due_tone: str
    customer: str
    state: str
    people: str
    cause: str

    @property
    def tip(self) -> str:
        """What may be cut in the row, and the due time in full."""
        due = formats.full_moment(self.row.due_at) if self.row.due_at is not None else ""
        row = self.row
        means = told((row.severity, row.category, row.caused_by, row.state))
        lines = (self.title, self.customer, self.people, due, means)
        return "\n".join(part for part in lines if part)

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        row = self.row
        name = row.borrower.replace("*", "") + tr(" (masked)") if row.borrower else ""
        held = tr("next visit on hold") if row.held else ""
        parts = (word(row.severity), self.title, self.cause, name, row.contract_no, self.people,
                 self.state, self.due, held)  # fmt: skip
        return tr(", ").join(part for part in parts if part)


def line_of(row: IncidentRow, rules: RuleBook, now: datetime, today: date) -> Line:
    """A row in words."""
    title = rules.heading(row)
    if row.state is FlagState.CLOSED:
        due, tone = (word(row.verdict) if row.verdict else ""), ""
        if not due and row.closing_reason is not None:
            due = word(row.closing_reason)
    else:
        due, tone = due_text(row.due_at, now, today)
        if row.late and tone != "crit":
            due, tone = tr("A step is late"), "crit"
    customer = " · ".join(part for part in (row.borrower, row.contract_no) if part)
    when = formats.moment(row.happened_at, today)
    people = people_text(row.agents, row.agent_nos)
    return Line(
        row=row,
        title=title,
        due=due,
        due_tone=tone,
        customer=customer or row.flag_no,
        state=word(row.state),
        people=" · ".join(part for part in (people, when) if part),
        cause=word(row.caused_by),
    )


class _Painter(QStyledItemDelegate):
    """Three lines; the chosen one has an edge, not only a ground."""

    def __init__(self, owner: "IncidentList") -> None:
        super().__init__(owner)
        self._list = owner

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        line: Line = index.data(EXTRA)
        colours = tokens()
        chosen = self._list.currentIndex() == index
        painter.save()
        if chosen:
            painter.fillRect(rect, paint.colour(colours.accent_bg))
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(),
                             paint.colour(colours.accent))  # fmt: skip
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, paint.colour(colours.line))
        if chosen and self._list.hasFocus():
            pen = painter.pen()
            pen.setColor(paint.colour(colours.focus))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        middle = QPointF(rect.left() + EDGE + 6, rect.top() + 16.5)
        paint.paint_shape(painter, middle, SHAPES[line.row.severity], colours)
        _write(painter, rect.adjusted(EDGE + 18, 6, -EDGE, 0), line, colours)
        painter.restore()


def _write(painter: QPainter, room: QRect, line: Line, colours: Tokens) -> None:
    severity = word(line.row.severity)
    tone = TONES.get(line.row.severity, "text2")
    first = QRect(room.left(), room.top(), room.width(), 20)
    right = _right(painter, first, line.due, line.due_tone or "text2", colours)
    left = _say(painter, first, severity, tone, colours, weight=500)
    rest = QRect(left + 6, first.top(), max(0, right - left - 14), 20)
    _say(painter, rest, line.title, "text", colours, weight=500)
    for number, (text, at_right) in enumerate(
        ((line.customer, line.state), (line.people, line.cause)), start=1
    ):
        row = QRect(room.left(), room.top() + 19 * number, room.width(), 19)
        end = _right(painter, row, at_right, "text2", colours)
        # A contract number is never cut: the masked name gives way first.
        tight = number == 1 and paint.advance(text, 12, 400) > end - row.left() - 8
        shown = (line.row.contract_no or text) if tight else text
        _say(painter, QRect(row.left(), row.top(), end - row.left() - 8, 19), shown, "text2",
             colours, size=12)  # fmt: skip


def _say(
    painter: QPainter,
    room: QRect,
    text: str,
    tone: str,
    colours: Tokens,
    *,
    size: int = 13,
    weight: int = 400,
) -> int:
    """Text at the left; where it ends."""
    painter.setFont(paint.text_font(size, weight))
    painter.setPen(paint.colour(getattr(colours, tone)))
    shown = paint.elided(text, size, weight, max(0, room.width()))
    painter.drawText(room, Align.LEFT.number, shown)
    return room.left() + paint.advance(shown, size, weight)


def _right(painter: QPainter, room: QRect, text: str, tone: str, colours: Tokens) -> int:
    """Text at the right edge, never cut; where it begins."""
    width = paint.advance(text, 12, 400) + 1 if text else 0
    painter.setFont(paint.text_font(12, 400))
    painter.setPen(paint.colour(getattr(colours, tone)))
    box = QRect(room.right() + 1 - width, room.top(), width, room.height())
    painter.drawText(box, Align.RIGHT.number, text)
    return box.left()


class IncidentList(RowList):
    """Flags, most pressing first; the current one is kept over refreshes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("incidentList")
        self.setAccessibleName(tr("Flags, most pressing first"))
        self.setItemDelegate(_Painter(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme_changed.connect(self.viewport().update)

    def show_incidents(
        self, rows: Sequence[IncidentRow], rules: RuleBook, now: datetime, today: date
    ) -> None:
        """Show these; the caller chooses which is current."""
        lines = [line_of(row, rules, now, today) for row in rows]
        blocked = self.blockSignals(True)
        self.show_rows(
            [
                ListRow(line.title, data=line.row, extra=line, tip=line.tip,
                        spoken=line.spoken)
                for line in lines
            ]
        )  # fmt: skip
        self.blockSignals(blocked)

    def place_of(self, ref: FlagRef | None) -> int:
        """The number of a flag's row, -1 when it is not here."""
        if ref is None:
            return -1
        for number, one in enumerate(self.rows):
            row: IncidentRow = one.data
            if (row.ref.branch_id, row.ref.flag_id) == (ref.branch_id, ref.flag_id):
                return number
        return -1

    def explain(self) -> str:
        """What severity, kind, cause and state of the current flag mean."""
        row = self.row_at(self.current())
        return told((row.severity, row.category, row.caused_by, row.state)) if row else ""

    def row_at(self, number: int) -> IncidentRow | None:
        """A row by its number."""
        return self.rows[number].data if 0 <= number < self.count() else None
