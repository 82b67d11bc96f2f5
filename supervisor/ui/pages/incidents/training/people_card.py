"""Who has which course to take, until when; and the courses there are."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.enums_training import AssignmentState
from supervisor.models.rows.training import CourseRow, TrainingPage, TrainingRow
from supervisor.ui.pages.incidents.painted import Prose
from supervisor.ui.pages.incidents.parts import show_if
from supervisor.ui.pages.incidents.training.lines import LineList, TwoLines
from supervisor.ui.widgets import Button, Card
from supervisor.ui.widgets.flow import FlowLayout
from supervisor.words import formats, word

SHOWN_HEIGHT = 210


def line_of(row: TrainingRow, today: date) -> TwoLines:
    """An assignment in words; expired ones say so."""
    if row.state is AssignmentState.DONE:
        right, tone = tr("taken {day}", day=formats.day(row.done_on, today)), "ok"
    elif row.state is AssignmentState.EXPIRED:
        late = -(row.days_left or 0)
        right, tone = ntr("{n} day late", "{n} days late", late), "crit"
    else:
        right, tone = tr("until {day}", day=formats.day(row.due_on, today)), "text2"
    why = " · ".join(part for part in (row.flag_no, row.why) if part)
    return TwoLines(f"{row.staff} {row.staff_no}", " · ".join(
        part for part in (row.course, why) if part), right, tone)  # fmt: skip


def course_line(row: CourseRow) -> TwoLines:
    """A course in words."""
    state = "" if row.active else tr("Out of use")
    below = tr("{n} min · to take {open}, due day passed {expired}, taken {done}", n=row.minutes,
               open=row.open, expired=row.expired, done=row.done)  # fmt: skip
    return TwoLines(row.name, below, state or row.code, "text3" if state else "text2")


class PeopleCard(Card):
    """Assignments: expired first.

    Signals:
        act_wanted: ("finish" or "withdraw", TrainingRow).
    """

    act_wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Courses to take"), parent=parent)
        self.list = LineList(tr("Courses to take"))
        self.list.setFixedHeight(SHOWN_HEIGHT)
        self.none = Prose("secondary")
        self.none.setText(tr("Nobody has a course to take."))
        holder = QWidget()
        flow = FlowLayout(holder, gap=6)
        self.finish = Button(tr("Taken"))
        self.withdraw = Button(tr("Withdraw"))
        for button, act in ((self.finish, "finish"), (self.withdraw, "withdraw")):
            button.clicked.connect(lambda _on=False, one=act: self._do(one))
            flow.addWidget(button)
        for part in (self.none, self.list, holder):
            self.body.addWidget(part)
        self._holder, self._may = holder, True
        self.list.moved.connect(lambda _at: self._offer())

    def show_page(self, page: TrainingPage, today: date, *, may: bool) -> None:
        """Show who has what."""
        self._may = may
        self.list.show_lines([(line_of(row, today), row) for row in page.rows],
                             lambda row: row.training_id)  # fmt: skip
        counts = [f"{word(state)} {n}" for state, n in page.by_state.items() if n]
        self.subtitle.setText(" · ".join(counts))
        show_if(self.list, bool(page.rows))
        show_if(self.none, not page.rows)
        self._offer()

    def _offer(self) -> None:
        row: TrainingRow | None = self.list.current_data()
        is_open = row is not None and row.state is not AssignmentState.DONE
        show_if(self._holder, is_open and self._may)

    def _do(self, act: str) -> None:
        row = self.list.current_data()
        if row is not None:
            self.act_wanted.emit(act, row)


class CoursesCard(Card):
    """The courses there are.

    Signals:
        save_wanted: CourseRow to change, or None for a new one.
    """

    save_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Courses"), parent=parent)
        self.add = Button(tr("Add a course"), "link")
        self.add.clicked.connect(lambda: self.save_wanted.emit(None))
        self.head.addWidget(self.add)
        self.list = LineList(tr("Courses"))
        self.list.setFixedHeight(SHOWN_HEIGHT)
        self.none = Prose("secondary")
        self.none.setText(tr("There is no course in use yet. The training lead adds one."))
        self.change = Button(tr("Change a course"))
        self.change.clicked.connect(lambda: self.save_wanted.emit(self.list.current_data()))
        self.list.activated.connect(lambda _index: self.change.click())
        for part in (self.none, self.list, self.change):
            self.body.addWidget(part)

    def show_courses(self, rows: tuple[CourseRow, ...], *, may: bool) -> None:
        """Show them, those in use first."""
        self.list.show_lines([(course_line(row), row) for row in rows], lambda row: row.course_id)
        show_if(self.list, bool(rows))
        show_if(self.none, not rows)
        show_if(self.add, may)
        show_if(self.change, may and bool(rows))
