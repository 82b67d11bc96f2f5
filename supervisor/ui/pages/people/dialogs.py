"""Adding a login, changing it, switching it off: each says what it means before it is done."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.models.enums import Role
from supervisor.models.rows.office_people import OfficePerson
from supervisor.ui.pages.people.presenter import PeoplePresenter
from supervisor.ui.pages.people.questions import Deed, PeopleDone, PeopleOrder
from supervisor.ui.widgets import Button, Dialog, FormRow, Label
from supervisor.ui.widgets.branch_choice import BranchChoice
from supervisor.ui.widgets.order_dialog import SendingDialog
from supervisor.words import word
from supervisor.words.of_office_people import preview_of_change, preview_of_end, preview_of_new

HOUSE_ROLES = frozenset({Role.INGEST, Role.AUDITOR, Role.WORKER})
"""What they do belongs to no branch: they are of every one."""
INSIDE = 420
"""Pixels a sentence has within the dialog."""
LONGEST_NAME = 63
"""Bytes of a login's name, as the server stores it."""


class _PeopleDialog(SendingDialog):
    """Sends its order through the presenter; a password that was made is shown afterwards."""

    help_topic = "people"

    def __init__(
        self, title: str, confirm_text: str, ask: PeoplePresenter, parent: QWidget,
        *, careful: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(title, confirm_text, parent, careful=careful)
        self._ask, self._page = ask, parent
        self.means = Label()
        self.means.setWordWrap(True)
        self.means.setAccessibleName(tr("What it means"))

    def add_means(self) -> None:
        """The preview, last of all."""
        box = QFrame()
        box.setObjectName("previewBox")
        inner = QVBoxLayout(box)
        inner.setContentsMargins(0, 4, 0, 0)
        inner.setSpacing(4)
        inner.addWidget(Label(tr("What it means"), "cardTitle"))
        inner.addWidget(self.means)
        self.body.addWidget(box)

    def say(self, lines: tuple[str, ...], nothing: str = "") -> None:
        """Show the preview; without any line nothing can be sent."""
        self.means.setText("\n".join(lines) or nothing)
        self.means.setMinimumHeight(self.means.heightForWidth(INSIDE))
        self.adjustSize()
        self.primary.set_enabled(bool(lines), nothing)

    def order(self) -> PeopleOrder:
        """The order as the fields stand."""
        raise LookupError(type(self).__name__)

    def send_off(self) -> None:
        """To the server."""
        self._ask.carry_out(self.order(), self._on_carried_out, self._on_refused)

    def _on_carried_out(self, done: PeopleDone) -> None:
        self._on_done(done)
        if done.password:
            PasswordDialog(done, self._page).open()


class _RoleDialog(_PeopleDialog):
    """Role and branches, with what they mean."""

    def __init__(
        self, title: str, confirm_text: str, ask: PeoplePresenter, parent: QWidget
    ) -> None:
        super().__init__(title, confirm_text, ask, parent)
        self.role = QComboBox()
        for role in ask.roles():
            self.role.addItem(word(role), role.value)
        known = ask.known.branches if ask.known is not None else ()
        self.branches = BranchChoice(
            [(code, f"{code}  {name}") for code, name in known],
            tr("Every branch, later ones included"),
        )
        self.role.currentIndexChanged.connect(lambda _at: self._on_role())
        self.branches.changed.connect(self.preview)

    def add_choices(self) -> None:
        """Role, then branches."""
        self.add_row(FormRow(tr("Role"), self.role))
        self.branch_row = FormRow(tr("Branches"), self.branches, check=self._check_branches)
        self.add_row(self.branch_row)

    def chosen_role(self) -> Role:
        """The role as chosen."""
        return Role(self.role.currentData())

    def _on_role(self) -> None:
        role = self.chosen_role()
        self.branch_row.setVisible(role not in HOUSE_ROLES)
        self.branches.offer_everyone(role is not Role.SUPERVISOR)
        self.preview()

    def everywhere(self) -> bool:
        """Whether it is of every branch."""
        return self.chosen_role() in HOUSE_ROLES or self.branches.everyone.isChecked()

    def codes(self) -> tuple[str, ...]:
        """The branches chosen; none where it is of every one."""
        return () if self.everywhere() else self.branches.marked()

    def _check_branches(self) -> str:
        if self.everywhere() or self.codes():
            return ""
        return tr("Choose at least one branch.")

    def preview(self) -> None:
        """Say what it means."""


class AddDialog(_RoleDialog):
    """A new login."""

    def __init__(self, ask: PeoplePresenter, parent: QWidget) -> None:
        super().__init__(tr("Add a login"), tr("Add"), ask, parent)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("For example zhou.min"))
        self.add_row(FormRow(
            tr("Login"), self.name, check=self._check_name,
            hint=tr("As the person signs in; the audit keeps it for good."),
        ))  # fmt: skip
        self.add_choices()
        self.password = QCheckBox(tr("Make a password; it is shown once"))
        self.password.setToolTip(tr("Without one the server's own sign-on decides (Windows)."))
        self.password.setChecked(True)
        self.body.addWidget(self.password)
        self.add_means()
        self._on_role()

    def _check_name(self) -> str:
        name = self.name.text().strip()
        if not name:
            return tr("Give the name to sign in with.")
        if len(name.encode()) > LONGEST_NAME or '"' in name:
            return tr("This cannot be a login: up to 63 signs (21 Chinese ones), no quotes.")
        known = self._ask.known.people if self._ask.known is not None else ()
        if any(one.login == name for one in known):
            return tr("There is such a login. Change that one.")
        return ""

    def order(self) -> PeopleOrder:
        """A new login."""
        return PeopleOrder(
            Deed.ADD, self.name.text().strip(), self.chosen_role(), self.codes(),
            self.everywhere(), self.password.isChecked(),
        )  # fmt: skip

    def preview(self) -> None:
        """Say what it means."""
        self.say(preview_of_new(self.chosen_role(), self.codes(), everywhere=self.everywhere()))


class ChangeDialog(_RoleDialog):
    """Another role, other branches, a new password; switches a login on again."""

    def __init__(self, person: OfficePerson, ask: PeoplePresenter, parent: QWidget) -> None:
        title = tr("Change {name}", name=person.login)
        if not person.may_sign_in:
            title = tr("Switch {name} on again", name=person.login)
        super().__init__(title, tr("Save"), ask, parent)
        self._person = person
        self.add_choices()
        self.password = QCheckBox(tr("Make a new password; it is shown once"))
        self.password.toggled.connect(lambda _on: self.preview())
        self.body.addWidget(self.password)
        self.add_means()
        self.role.setCurrentIndex(self.role.findData(person.role.value))
        self.branches.choose(None if person.everywhere else person.branches)
        self._on_role()

    def order(self) -> PeopleOrder:
        """What is different."""
        return PeopleOrder(
            Deed.CHANGE, self._person.login, self.chosen_role(), self.codes(),
            self.everywhere(), self.password.isChecked(),
        )  # fmt: skip

    def preview(self) -> None:
        """Say what becomes different."""
        lines = preview_of_change(
            self._person, self.chosen_role(), self.codes(),
            everywhere=self.everywhere(), password=self.password.isChecked(),
        )  # fmt: skip
        self.say(lines, tr("Nothing is different yet."))


class DisableDialog(_PeopleDialog):
    """Every right ends."""

    def __init__(self, person: OfficePerson, ask: PeoplePresenter, parent: QWidget) -> None:
        title = tr("Switch off {name}", name=person.login)
        super().__init__(title, tr("Switch off"), ask, parent, careful=True)
        self._person = person
        self.add_means()
        self.say(preview_of_end(person))

    def order(self) -> PeopleOrder:
        """The end of its rights."""
        return PeopleOrder(Deed.DISABLE, self._person.login)


class PasswordDialog(Dialog):
    """The one time a password is readable."""

    help_topic = "people"

    def __init__(self, done: PeopleDone, parent: QWidget) -> None:
        title = tr("Password of {name}", name=done.order.login)
        super().__init__(title, tr("Close"), width=460, parent=parent)
        said = Label(
            tr("It is shown this once and kept nowhere. Hand it over in person; whoever loses it "
               "is given a new one."),
            "secondary",
        )  # fmt: skip
        said.setWordWrap(True)
        self.body.addWidget(said)
        self.shown = QLineEdit(done.password)
        self.shown.setReadOnly(True)
        self.add_row(FormRow(tr("Password"), self.shown))
        self.cancel.hide()
        copy = Button(tr("Copy"), icon_name="copy")
        copy.clicked.connect(lambda _on=False: self.copy())
        self.foot.insertWidget(0, copy)

    def copy(self) -> None:
        """To the clipboard."""
        QGuiApplication.clipboard().setText(self.shown.text())


DIALOGS: dict[str, Callable[[OfficePerson, PeoplePresenter, QWidget], Dialog]] = {
    "change": ChangeDialog,
    "disable": DisableDialog,
}
