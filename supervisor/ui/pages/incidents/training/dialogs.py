"""Orders about courses, assignments and teaching cases as dialogs."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from supervisor.i18n import tr
from supervisor.models.changes import Actor, Changes
from supervisor.models.enums import FlagCategory
from supervisor.models.ids import CourseId, StaffId
from supervisor.models.orders import Order
from supervisor.models.orders_training import (
    AssignTraining,
    ChangeTeachingCase,
    ChooseTeachingCase,
    Discussion,
    FinishTraining,
    SaveCourse,
    TrainingRef,
    WithdrawTraining,
)
from supervisor.models.rows.incident_detail import IncidentDetail
from supervisor.models.rows.incidents import FlagRef
from supervisor.models.rows.training import CourseRow, TeachingRow, TrainingRow
from supervisor.ui.pages.incidents.dialogs import FlagDialog, WordsDialog, text_field
from supervisor.ui.pages.incidents.training.asking import COMMANDS
from supervisor.ui.widgets import FormRow
from supervisor.ui.widgets.merge_dialog import MergeField
from supervisor.ui.widgets.order_dialog import Failed, Reread, Send
from supervisor.words import word

DUE_DAYS = 14
HINT = "|"


class TrainingDialog(FlagDialog):
    """An order of the training view."""

    help_topic = "training"

    def command(self) -> Callable[..., Changes]:
        """What carries the order out."""
        return COMMANDS[type(self.order())]


def day_field(day: date, parent: QWidget) -> QDateEdit:
    """A field for a day."""
    field = QDateEdit(QDate(day.year, day.month, day.day), parent)
    field.setDisplayFormat("yyyy-MM-dd")
    field.setCalendarPopup(True)
    return field


def day_of(field: QDateEdit) -> date:
    """The day in a field."""
    day = field.date()
    return date(day.year(), day.month(), day.day())


class SaveCourseDialog(TrainingDialog):
    """Add a course, or change one."""

    def __init__(
        self,
        actor: Actor,
        row: CourseRow | None,
        send: Send,
        parent: QWidget,
        reread: Reread | None = None,
    ) -> None:
        title = tr("Add a course") if row is None else tr("Change a course")
        about = tr("Courses are shared by all branches. One out of use is assigned no more.")
        super().__init__(title, tr("Save"), about, send, parent)
        self._actor, self._row, self._reread = actor, row, reread
        self.code, self.name = QLineEdit(self), QLineEdit(self)
        self.minutes = QSpinBox(self)
        self.minutes.setRange(1, 10_000)
        self.themes = {one: QCheckBox(word(one), self) for one in FlagCategory}
        holder = QWidget(self)
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for tick in self.themes.values():
            box.addWidget(tick)
        holder.setFocusProxy(next(iter(self.themes.values())))
        self.rules = QLineEdit(self)
        self.active = QCheckBox(tr("In use"), self)
        self._fill(self.values_of(row))
        self.add_row(FormRow(tr("Code"), self.code, check=lambda: _given(self.code)))
        self.add_row(FormRow(tr("Name"), self.name, check=lambda: _given(self.name)))
        self.add_row(FormRow(tr("Minutes"), self.minutes))
        self.add_row(FormRow(tr("Themes"), holder))
        self.add_row(FormRow(tr("Rules (ids, separated by commas)"), self.rules))
        self.body.addWidget(self.active)

    def order(self) -> Order:
        """The order as the fields stand."""
        row, typed = self._row, self.typed()
        return SaveCourse(
            actor=self._actor,
            course_id=None if row is None else row.course_id,
            code=typed["code"],
            name=typed["name"],
            minutes=typed["minutes"],
            themes=typed["themes"],
            active=typed["active"],
            version=None if row is None else row.version,
        )

    def merge_fields(self) -> Mapping[str, MergeField]:
        """All of a course that was there before."""
        if self._row is None or self._reread is None:
            return {}
        return course_fields()

    def values_of(self, record: CourseRow | None) -> Mapping[str, Any]:
        """A course's values; of the one that was opened, or of a new one."""
        row = record or self._row
        if row is None:
            return {"code": "", "name": "", "minutes": 30, "themes": (), "active": True}
        return {
            "code": row.code,
            "name": row.name,
            "minutes": row.minutes,
            "themes": row.themes,
            "active": row.active,
        }

    def typed(self) -> Mapping[str, Any]:
        """The values as the fields stand."""
        rules = [one.strip() for one in self.rules.text().replace("，", ",").split(",")]
        ticked = [one.value for one, tick in self.themes.items() if tick.isChecked()]
        return {
            "code": self.code.text().strip(),
            "name": self.name.text().strip(),
            "minutes": self.minutes.value(),
            "themes": tuple(one for one in (*ticked, *rules) if one),
            "active": self.active.isChecked(),
        }

    def reread(self, then: Callable[[Any], object], failed: Failed) -> None:
        """Ask for the course as it is now."""
        if self._reread is not None:
            self._reread(then, failed)

    def rest_on(self, record: CourseRow, values: Mapping[str, Any]) -> None:
        """These values, on the course as it is now."""
        self._row = record
        self._fill(values)

    def _fill(self, values: Mapping[str, Any]) -> None:
        self.code.setText(values["code"])
        self.name.setText(values["name"])
        self.minutes.setValue(values["minutes"])
        for one, tick in self.themes.items():
            tick.setChecked(one.value in values["themes"])
        own = set(FlagCategory)
        self.rules.setText(", ".join(one for one in values["themes"] if one not in own))
        self.active.setChecked(values["active"])


def course_fields() -> Mapping[str, MergeField]:
    """What two people may both have changed of a course."""
    return {
        "code": MergeField(tr("Code")),
        "name": MergeField(tr("Name")),
        "minutes": MergeField(tr("Minutes")),
        "themes": MergeField(tr("Themes"), _themes_text),
        "active": MergeField(tr("In use"), _yes_or_no),
    }


def _themes_text(themes: tuple[str, ...]) -> str:
    known = {one.value: word(one) for one in FlagCategory}
    return tr(", ").join(known.get(theme, theme) for theme in themes)


def _yes_or_no(yes: bool) -> str:  # noqa: FBT001 - a value, shown
    return tr("Yes") if yes else tr("No")


def _given(field: QLineEdit) -> str:
    return "" if field.text().strip() else tr("Fill this in.")


class AssignDialog(TrainingDialog):
    """指派培训: who is to take which course until when, and why."""

    def __init__(
        self,
        actor: Actor,
        people: Sequence[tuple[StaffId, str]],
        courses: Sequence[CourseRow],
        flag: FlagRef | None,
        today: date,
        send: Send,
        parent: QWidget,
    ) -> None:
        about = tr("Help for the next visits, no penalty. The person is told the reason.")
        super().__init__(tr("Assign a course"), tr("Assign it"), about, send, parent)
        self._actor, self._flag = actor, flag
        self.people = {person: QCheckBox(name, self) for person, name in people}
        holder = QWidget(self)
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for tick in self.people.values():
            tick.setChecked(flag is not None)
            box.addWidget(tick)
        if self.people:
            holder.setFocusProxy(next(iter(self.people.values())))
        self.course = QComboBox(self)
        for course in courses:
            if course.active:
                said = tr("{course} ({n} min)", course=course.name, n=course.minutes)
                self.course.addItem(said, int(course.course_id))
        self.due = day_field(today + timedelta(days=DUE_DAYS), self)
        self.why = text_field(self, 64)
        self.add_row(FormRow(tr("People"), holder, check=self._check_people))
        self.add_row(FormRow(tr("Training course"), self.course, check=self._check_course))
        self.add_row(FormRow(tr("Due"), self.due))
        self.add_row(FormRow(tr("Reason (optional)"), self.why))

    def order(self) -> Order:
        """The order as the fields stand."""
        return AssignTraining(
            actor=self._actor,
            staff=tuple(person for person, tick in self.people.items() if tick.isChecked()),
            course_id=CourseId(self.course.currentData() or 0),
            due_on=day_of(self.due),
            why=self.why.toPlainText().strip(),
            flag=self._flag,
        )

    def _check_people(self) -> str:
        any_one = any(tick.isChecked() for tick in self.people.values())
        return "" if any_one else tr("Choose at least one person.")

    def _check_course(self) -> str:
        if self.course.currentData() is not None:
            return ""
        return tr("There is no course in use yet. The training lead adds one.")


class FinishDialog(TrainingDialog):
    """The course was taken."""

    def __init__(
        self, actor: Actor, row: TrainingRow, today: date, send: Send, parent: QWidget
    ) -> None:
        about = tr("{person}: {course}", person=row.staff, course=row.course)
        super().__init__(tr("Course taken"), tr("Save"), about, send, parent)
        self._actor, self._row = actor, row
        self.day = day_field(today, self)
        self.add_row(FormRow(tr("Taken on"), self.day))

    def order(self) -> Order:
        """The order as the fields stand."""
        ref = TrainingRef(self._row.training_id, self._row.version)
        return FinishTraining(actor=self._actor, training=ref, done_on=day_of(self.day))


class WithdrawDialog(WordsDialog):
    """A course assigned by mistake."""

    help_topic = "training"

    def command(self) -> Callable[..., Changes]:
        """What carries the order out."""
        return COMMANDS[WithdrawTraining]


class TeachingDialog(TrainingDialog):
    """Choose a flag as a case to teach, or change a case of the library."""

    def __init__(
        self,
        actor: Actor,
        about: IncidentDetail | TeachingRow,
        title: str,
        send: Send,
        parent: QWidget,
        reread: Reread | None = None,
    ) -> None:
        said = tr("Names, numbers, places, days and sums are taken out of everything written here.")
        old = about if isinstance(about, TeachingRow) else None
        heading = tr("Into the case library") if old is None else tr("Change the case")
        super().__init__(heading, tr("Save"), said, send, parent)
        self._actor, self._about, self._reread = actor, about, reread
        self.title = QLineEdit(title, self)
        self.title.setMaxLength(200)
        self.questions = text_field(self, 112)
        self.notes = text_field(self, 64)
        self.retired = QCheckBox(tr("Out of the library"), self)
        self.retired.setVisible(old is not None)
        if old is not None:
            self._fill(self.values_of(old))
        hint = tr("One on each line; after a stroke | what to look out for.")
        self.add_row(FormRow(tr("Title"), self.title, check=lambda: _given(self.title)))
        self.add_row(FormRow(tr("Questions to discuss"), self.questions, hint=hint))
        self.add_row(FormRow(tr("Trainer's notes"), self.notes))
        self.body.addWidget(self.retired)

    def order(self) -> Order:
        """The order as the fields stand."""
        asked = tuple(_discussion(line) for line in self.questions.toPlainText().splitlines()
                      if line.strip())  # fmt: skip
        title, notes = self.title.text().strip(), self.notes.toPlainText().strip()
        old = self._about
        if isinstance(old, TeachingRow):
            return ChangeTeachingCase(
                actor=self._actor,
                branch_id=old.branch_id,
                teaching_id=old.teaching_id,
                version=old.version,
                title=title,
                questions=asked,
                trainer_notes=notes,
                retired=self.retired.isChecked(),
            )
        return ChooseTeachingCase(actor=self._actor, flag=old.row.ref, title=title,
                                  questions=asked, trainer_notes=notes)  # fmt: skip

    def merge_fields(self) -> Mapping[str, MergeField]:
        """All of a case that was in the library before."""
        if self._reread is None:
            return {}
        return {
            "title": MergeField(tr("Title")),
            "questions": MergeField(tr("Questions to discuss"), joins=True),
            "notes": MergeField(tr("Trainer's notes"), joins=True),
            "retired": MergeField(tr("Out of the library"), _yes_or_no),
        }

    def values_of(self, record: TeachingRow | None) -> Mapping[str, Any]:
        """A case's values; of the one that was opened when given None."""
        row = record or self._about
        if not isinstance(row, TeachingRow):
            raise TypeError(type(row).__name__)
        lines = (f"{one.question} {HINT} {one.hint}" if one.hint else one.question
                 for one in row.questions)  # fmt: skip
        return {
            "title": row.title,
            "questions": "\n".join(lines),
            "notes": row.trainer_notes,
            "retired": row.retired,
        }

    def typed(self) -> Mapping[str, Any]:
        """The values as the fields stand."""
        return {
            "title": self.title.text().strip(),
            "questions": self.questions.toPlainText().strip(),
            "notes": self.notes.toPlainText().strip(),
            "retired": self.retired.isChecked(),
        }

    def reread(self, then: Callable[[Any], object], failed: Failed) -> None:
        """Ask for the case as it is now."""
        if self._reread is not None:
            self._reread(then, failed)

    def rest_on(self, record: TeachingRow, values: Mapping[str, Any]) -> None:
        """These values, on the case as it is now."""
        self._about = record
        self._fill(values)

    def _fill(self, values: Mapping[str, Any]) -> None:
        self.title.setText(values["title"])
        self.questions.setPlainText(values["questions"])
        self.notes.setPlainText(values["notes"])
        self.retired.setChecked(values["retired"])


def _discussion(line: str) -> Discussion:
    question, _, hint = line.partition(HINT)
    return Discussion(question.strip(), hint.strip())
