"""The side panel: what the login may do, and what can be done with it."""

from datetime import date

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.models.rows.office_people import OfficePerson
from supervisor.ui.widgets import Button, Label
from supervisor.ui.widgets.flow import FlowLayout
from supervisor.words import formats, word
from supervisor.words.of_office_people import branches_text, changes_text, sees_text, state_text


class Detail(QFrame):
    """Labels over the buttons; what it says can be selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(tr("Login"))
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(6)
        self.name = Label(role="objectTitle")
        self.about = Label(role="secondary")
        self.sees, self.changes, self.where = Label(), Label(), Label()
        self.history = Label(role="hint")
        for label in (self.name, self.about, self.where, self.sees, self.changes, self.history):
            label.setWordWrap(True)
            box.addWidget(label)
        box.addStretch(1)
        holder = QWidget()
        acts = FlowLayout(holder, gap=8)
        self.acts = {
            "change": Button(tr("Change…"), "primary"),
            "disable": Button(tr("Switch off…"), "careful"),
        }
        for button in self.acts.values():
            acts.addWidget(button)
        box.addWidget(holder)

    def show_person(
        self, person: OfficePerson | None, today: date, *, why_not: str, why_not_end: str
    ) -> None:
        """Another login, or none. `why_not`..: why it stays as it is; empty: it may be changed."""
        for part in (*self.acts.values(), self.where, self.sees, self.changes, self.history):
            part.setVisible(person is not None)
        if person is None:
            self.name.setText("")
            self.about.setText(tr("Choose a login to see what it may do."))
            return
        self.name.setText(person.login)
        self.about.setText(f"{word(person.role)} · {state_text(person)}")
        where = branches_text(person.branches, everywhere=person.everywhere)
        self.where.setText(tr("Branches: {which}", which=where))
        self.sees.setText(tr("Sees: {what}", what=sees_text(person.role)))
        self.changes.setText(tr("Changes: {what}", what=changes_text(person.role)))
        at = formats.moment(person.changed_at, today)
        self.history.setText(
            tr("Last change {moment} by {name}", moment=at, name=person.changed_by)
        )
        change, end = self.acts["change"], self.acts["disable"]
        change.setText(tr("Change…") if person.may_sign_in else tr("Switch on again…"))
        change.set_enabled(not why_not, why_not)
        end.setVisible(person.may_sign_in)
        end.set_enabled(not why_not_end, why_not_end)
