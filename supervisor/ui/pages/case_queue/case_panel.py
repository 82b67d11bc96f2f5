"""One case: beside the queue (412 px) or as a full page, with the same content."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from supervisor.i18n import tr
from supervisor.models.enums import QueueReason
from supervisor.models.rows.case_file import CaseFileRow, PrivateItems
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.ui.look.style import polish
from supervisor.ui.look.tokens import tokens
from supervisor.ui.pages.case_queue import cells
from supervisor.ui.pages.case_queue.case_parts import Circumstances, Facts, Preparation, card
from supervisor.ui.pages.case_queue.columns import id_of
from supervisor.ui.pages.case_queue.dialogs.reveal import time_text
from supervisor.ui.pages.case_queue.schedule import Schedule
from supervisor.ui.pages.case_queue.timeline import Timeline
from supervisor.ui.tables import paint
from supervisor.ui.widgets import Banner, Button, ElidedLabel, IconButton, Label, Scroller, Skeleton
from supervisor.words import formats, word

LEAST_HEIGHT = 220
"""Room for the lower cards of the full page, in pixels."""


class MarkBox(QWidget):
    """The letter of a colour mark beside the name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(18, 18)
        self._row: CaseQueueRow | None = None

    def show_row(self, row: CaseQueueRow) -> None:
        """Show the row's mark, or nothing."""
        self._row = row
        self.setVisible(row.mark is not None)
        self.setAccessibleName(tr("Mark {letter}", letter=row.mark.value) if row.mark else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._row is not None and self._row.mark is not None:
            painter = QPainter(self)
            paint.paint_mark(painter, self.rect().adjusted(1, 1, -1, -1), self._row.mark, tokens())
            painter.end()


class Head(QWidget):
    """Name, number, stage; the three amounts and the day the case rolls on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Label(role="objectTitle")
        self.mark = MarkBox()
        self.number = Label(role="secondary")
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.stage = ElidedLabel(role="secondary")
        self.top = QHBoxLayout()
        self.top.setSpacing(8)
        for part in (self.name, self.mark, self.number):
            self.top.addWidget(part)
        self.top.addStretch(1)
        self.amounts = QGridLayout()
        self.amounts.setHorizontalSpacing(12)
        self.amounts.setVerticalSpacing(0)
        self._figures: dict[str, Label] = {}
        for column, (key, title) in enumerate(
            (
                ("overdue", tr("Overdue (CNY)")),
                ("settle", tr("To settle (CNY)")),
                ("lower", tr("To improve (CNY)")),
                ("rolls", tr("Rolls on")),
            )
        ):
            above = Label(title, "hint")
            above.setWordWrap(True)
            self.amounts.addWidget(above, 0, column, Qt.AlignmentFlag.AlignBottom)
            figure = Label(role="strong")
            self.amounts.addWidget(figure, 1, column)
            self._figures[key] = figure
        self.amounts.setColumnStretch(4, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(self.top)
        box.addWidget(self.stage)
        box.addLayout(self.amounts)

    def show_row(self, row: CaseQueueRow, today: date) -> None:
        """What the queue already knows, before the file is here."""
        self.name.setText(row.name)
        self.mark.show_row(row)
        self.number.setText(cells.number_text(row))
        parts = [cells.stage_text(row), word(row.product), cells.visit_turn(row)]
        if row.household_n > 1:
            parts.append(tr("household {n}", n=row.household_n))
        self.stage.setText(" · ".join(parts))
        self._say("overdue", formats.money(row.overdue_fen))
        self._say("settle", formats.money(row.settle_fen))
        self._say("lower", formats.MISSING)
        self._say("rolls", formats.MISSING)
        del today

    def show_file(self, file: CaseFileRow, today: date) -> None:
        """The amounts of the file, never mixed."""
        self.show_row(file.head, today)
        owed = file.amounts
        self._say("overdue", formats.money(owed.overdue_fen))
        self._say("settle", formats.money(owed.settle_fen))
        self._say("lower", formats.money(owed.to_lower_bucket_fen))
        self._say("rolls", formats.day(owed.rolls_on, today))
        self._figures["settle"].setToolTip(
            tr("Not yet due: {amount} CNY", amount=formats.money(owed.undue_fen))
        )

    def _say(self, key: str, text: str) -> None:
        self._figures[key].setText(text)


class CasePanel(QFrame):
    """The open case.

    Signals:
        closed, full_wanted: panel only. stepped: 1 next, -1 previous.
        act_wanted: note, plan, reassign, hold or end_hold. reveal_wanted: which item.
        copy_wanted: a revealed item's name, its values.
        case_wanted: another case of the household (CaseQueueRow).
    """

    closed = Signal()
    full_wanted = Signal()
    stepped = Signal(int)
    act_wanted = Signal(str)
    reveal_wanted = Signal(str)
    copy_wanted = Signal(str, str)
    case_wanted = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.setAccessibleName(tr("Case"))
        self._today = today
        self.is_full = False
        self._file: CaseFileRow | None = None
        self._build_parts()
        self._build_head()
        self._build_foot()
        self.body = QStackedWidget()
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("Case"))
        # Only the summary scrolls as a page; the others hold one part that scrolls itself.
        self._pages = [self._page(scrolls=number == 0) for number in range(4)]
        self._columns = QWidget()
        self._grid = QGridLayout(self._columns)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self.body.addWidget(self.tabs)
        self._whole = _scrolled(self._columns)
        self.body.addWidget(self._whole)
        self.waiting = Skeleton(10)
        self.body.addWidget(self.waiting)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._inner = QVBoxLayout()
        self._inner.setContentsMargins(16, 12, 16, 8)
        self._inner.setSpacing(8)
        for part in (self.head, self.banner, self.body):
            self._inner.addWidget(part, 1 if part is self.body else 0)
        outer.addLayout(self._inner, 1)
        outer.addWidget(self.foot)
        self._lay_beside()

    def _build_parts(self) -> None:
        self.head = Head()
        self.banner = Banner()
        self.facts = Facts()
        self.preparation = Preparation()
        self.timeline = Timeline(self._today)
        self.schedule = Schedule()
        self.circumstances = Circumstances()
        self._circumstances = _scrolled(self.circumstances)
        self.facts.reveal_wanted.connect(self.reveal_wanted)
        self.facts.copy_wanted.connect(self.copy_wanted)
        self.circumstances.case_wanted.connect(self.case_wanted)
        self.circumstances.end_hold_wanted.connect(lambda: self.act_wanted.emit("end_hold"))

    def _build_head(self) -> None:
        self.place = Label(role="hint")
        self.full = IconButton("maximize", tr("Full page"), keys="Ctrl+Enter")
        self.shut = IconButton("x", tr("Close the case"), keys="Esc")
        self.full.clicked.connect(self.full_wanted)
        self.shut.clicked.connect(self.closed)
        for part in (self.place, self.full, self.shut):
            self.head.top.addWidget(part)

    def _build_foot(self) -> None:
        self.foot = QFrame()
        self.foot.setObjectName("footer")
        box = QHBoxLayout(self.foot)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(4)
        self.buttons: dict[str, Button] = {}
        for act, text, kind, icon, keys in (
            ("note", tr("Follow-up"), "primary", "", "Ctrl+N"),
            ("plan", tr("Plan visit"), "", "", ""),
            ("reassign", tr("Reassign"), "", "", "Ctrl+R"),
            ("hold", tr("Hold"), "", "", "Ctrl+H"),
        ):
            button = Button(text, kind, icon)
            button.setToolTip(keys)
            button.clicked.connect(lambda _on=False, one=act: self.act_wanted.emit(one))
            self.buttons[act] = button
            box.addWidget(button)
        box.addStretch(1)
        back = IconButton("chevron-left", tr("Previous case"), keys="Alt+←")
        ahead = IconButton("chevron-right", tr("Next case"), keys="Alt+→")
        back.clicked.connect(lambda: self.stepped.emit(-1))
        ahead.clicked.connect(lambda: self.stepped.emit(1))
        self._steps = (back, ahead)
        for step in self._steps:
            box.addWidget(step)

    def _page(self, *, scrolls: bool) -> QVBoxLayout:
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 8, 0, 0)
        box.setSpacing(12)
        self.tabs.addTab(_scrolled(holder) if scrolls else holder, "")
        return box

    def _lay_beside(self) -> None:
        """Four tabs."""
        overview, plan, records, marks = self._pages
        overview.addWidget(self.facts)
        overview.addWidget(self.preparation)
        overview.addWidget(self.timeline, 1)
        self.timeline.show_whole(on=True, titled=True)
        plan.addWidget(self.schedule, 1)
        self._records = records
        marks.addWidget(self._circumstances)
        self.body.setCurrentWidget(self.tabs)
        self.tabs.currentChanged.connect(self._on_tab)
        self._title_tabs()

    def _on_tab(self, index: int) -> None:
        """The timeline stands below the overview, and alone under 全部记录."""
        if not isValid(self.tabs) or not isValid(self._pages[index]):
            return  # tabs that are taken down say once more which one is in front
        if not self.is_full and index in {0, 2}:
            self._pages[index].addWidget(self.timeline, 1)
            self.timeline.show_whole(on=index == 0, titled=index == 0)
            self.timeline.show()

    def set_full(self, full: bool) -> None:  # noqa: FBT001 - a state of the page
        """Three columns instead of tabs."""
        if full == self.is_full:
            return
        self.is_full = full
        # The page's own header says where the case stands and goes to its neighbours.
        for own in (self.full, self.place, *self._steps):
            own.setVisible(not full)
        self.setProperty("full", "true" if full else "false")
        polish(self)
        if full:
            for title, part, line, column, lines in (
                (tr("Borrower and contract"), self.facts, 0, 0, 1),
                (tr("Repayment schedule"), self.schedule, 1, 0, 1),
                (tr("Timeline"), self.timeline, 0, 1, 2),
                ("", self.preparation, 0, 2, 1),
                (tr("Flags and holds"), self._circumstances, 1, 2, 1),
            ):
                self._grid.addWidget(card(title, part), line, column, lines, 1)
                part.show()
            for column, share in enumerate((5, 6, 5)):
                self._grid.setColumnStretch(column, share)
            self._grid.setRowStretch(1, 1)
            # Parts that scroll themselves keep room for some lines; the page scrolls before that.
            self._grid.setRowMinimumHeight(1, LEAST_HEIGHT)
            self.timeline.show_whole(on=False, titled=False)
        else:
            self._pages[0].addWidget(self.facts)
            self._pages[0].addWidget(self.preparation)
            self._pages[1].addWidget(self.schedule, 1)
            self._pages[3].addWidget(self._circumstances)
            self._clear_cards()
            self._on_tab(2 if self.tabs.currentIndex() == 2 else 0)
        self._show_body()

    def _clear_cards(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()

    def show_row(self, row: CaseQueueRow, place: str) -> None:
        """What the queue knows at once; the file follows."""
        if self._file is None or id_of(self._file.head) != id_of(row):
            # Nobody's figures stand under another one's name, not even for a moment.
            self._file = None
            self.waiting.start()
            self.body.setCurrentWidget(self.waiting)
            self._title_tabs()
        self.head.show_row(row, self._today)
        self.place.setText(place)
        self._show_banner(row)

    def show_file(self, file: CaseFileRow, today: date) -> None:
        """The whole case."""
        self._file, self._today = file, today
        self.head.show_file(file, today)
        self.facts.show_file(file)
        self.preparation.show_file(file, today)
        self.timeline.show_entries(file.timeline)
        self.schedule.show_file(file)
        self.circumstances.show_file(file, today)
        self._show_banner(file.head)
        self._title_tabs()
        self.waiting.stop()
        self._show_body()

    def _show_body(self) -> None:
        if self._file is not None:
            self.body.setCurrentWidget(self._whole if self.is_full else self.tabs)

    def show_private(self, items: PrivateItems | None, seconds: int = 0) -> None:
        """Show revealed items for so many seconds, or (None) mask them again."""
        if self._file is not None:
            self.facts.show_file(self._file, items, time_text(seconds))

    def _title_tabs(self) -> None:
        entries = len(self._file.timeline) if self._file else 0
        flags = self._file.head.flag_count if self._file else 0
        for index, (text, n) in enumerate(
            (
                (tr("Summary"), 0),
                (tr("Schedule"), 0),
                (tr("All records"), entries),
                (tr("Flags and holds"), flags),
            )
        ):
            self.tabs.setTabText(index, f"{text} {n}" if n else text)

    def _show_banner(self, row: CaseQueueRow) -> None:
        if row.reason is QueueReason.CRITICAL_FLAG:
            self.banner.show_news(
                "crit",
                tr("The next visit is on hold"),
                tr(
                    "A serious flag awaits its first look. The hold ends once the review is "
                    "submitted and the compliance officer lifts it."
                ),
            )
        elif row.recall_cause is not None and row.next_plan_at is not None:
            when = cells.plan_text(row.next_plan_at, self._today)
            self.banner.show_news(
                "crit",
                tr("Recall the visit of {when}", when=when),
                tr("Because: {cause}.", cause=cells.recall_text(row)),
            )
        elif row.hold_reason is not None:
            self.banner.show_news(
                "warn",
                cells.hold_text(row, self._today),
                tr("Reason: {reason}.", reason=word(row.hold_reason)),
                icon_name="circle-pause",
            )
        else:
            self.banner.hide()


def _scrolled(part: QWidget) -> Scroller:
    area = Scroller(tr("Case"))
    area.setWidget(part)
    part.show()
    return area
