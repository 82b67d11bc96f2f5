"""用户与权限: who may sign in to the office, as what, of which branches."""

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from supervisor.i18n import tr
from supervisor.models.rows.office_people import OfficePerson
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.people.columns import columns
from supervisor.ui.pages.people.detail import Detail
from supervisor.ui.pages.people.dialogs import DIALOGS, AddDialog
from supervisor.ui.pages.people.presenter import Conditions, PeoplePresenter
from supervisor.ui.pages.people.questions import Deed, PeopleDone
from supervisor.ui.tables import RowTableModel, TablePanel
from supervisor.ui.widgets import Button, Dialog, EmptyState, clearable
from supervisor.ui.widgets.scope_page import FourStatePage
from supervisor.words.of_office_people import count_text

SIDE, SLIM_SIDE, SLIM = 380, 320, 1100


class PeoplePage(FourStatePage):
    """Waiting, why there is nobody to keep, logins, trouble."""

    page_id: ClassVar[str] = "people"
    presenter: PeoplePresenter

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        ask = self.presenter = PeoplePresenter(desk, self)
        self._chosen: str | None = None
        self.back = Button(tr("Settings"), "link", "arrow-left")
        self.back.setToolTip(tr("Back to the settings"))
        self.add = Button(tr("Add a login"), "primary", "user-plus")
        self.add.set_enabled(False, "")
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Login, role or branch"))
        self.search.setAccessibleName(tr("Search logins"))
        clearable(self.search)
        self.ended = QCheckBox(tr("Switched off ones too"))
        self.model: RowTableModel[OfficePerson] = RowTableModel(
            columns(ask.today), row_id=lambda row: row.login
        )
        self.table = TablePanel(self.model, "people")
        self.table.setAccessibleName(tr("Logins"))
        self.none, self.detail = EmptyState(), Detail()
        self._lay_out(self._body())
        self._connect()

    def _body(self) -> QWidget:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.none)
        bar = QFrame()
        bar.setObjectName("filterBar")
        line = QHBoxLayout(bar)
        line.setContentsMargins(12, 10, 12, 8)
        line.setSpacing(12)
        line.addWidget(self.search, 1)
        line.addWidget(self.ended)
        card = QFrame()
        card.setObjectName("card")
        box = QVBoxLayout(card)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        box.addWidget(bar)
        box.addWidget(self.stack, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(12)
        self.splitter.setObjectName("gaps")
        self.splitter.addWidget(card)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 1)
        return self.splitter

    def _connect(self) -> None:
        ask = self.presenter
        ask.listed.connect(self._on_listed)
        ask.failed.connect(self._on_failed)
        ask.carried_out.connect(self._on_carried_out)
        self.back.clicked.connect(lambda: self.go_wanted.emit("preferences", None))
        self.add.clicked.connect(lambda _on=False: self.add_login())
        self.search.textChanged.connect(lambda text: ask.choose(search=text))
        self.ended.toggled.connect(lambda on: ask.choose(ended=on))
        self.table.current_changed.connect(self._show_person)
        self.table.opened.connect(lambda _row: self.act("change"))
        for name, button in self.detail.acts.items():
            button.clicked.connect(lambda _on=False, act=name: self.act(act))

    # What the shell asks

    def title(self) -> str:
        """用户与权限."""
        return tr("Users and rights")

    def title_of_trouble(self) -> str:
        """What could not be read."""
        return tr("The logins could not be read")

    def header_left(self) -> list[QWidget]:
        """The way back."""
        return [self.back]

    def header_right(self) -> list[QWidget]:
        """Adding."""
        return [self.add]

    def regions(self) -> list[QWidget]:
        """Filter, list, login."""
        parts = (self.search, self.table.view, self.detail.acts["change"])
        return [part for part in parts if part.isVisible()]

    def keys(self) -> list[QAction]:
        """What keys do on this page."""
        return self._tell_keys(
            (
                ("Return", tr("Change the login")),
                ("Ctrl+F", tr("Search logins")),
                ("Esc", tr("Take the search off, then back to the settings")),
            )
        )

    def activate(self) -> None:
        """Ask anew each time: what others changed here is told by nobody."""
        if not self._started:
            self._started = True
            self.waiting.start()
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read everybody again."""
        if self._started:
            self.busy_changed.emit(True)
            self.presenter.refresh()

    def place(self) -> object:
        """The conditions."""
        return self.presenter.conditions

    def go_to(self, what: object) -> None:
        """Conditions as `place` gave them."""
        if isinstance(what, Conditions):
            self.search.setText(what.search)
            self.ended.setChecked(what.ended)

    def step_back(self) -> bool:
        """Esc: take the search off, else back to the settings."""
        if self.search.text():
            self.search.clear()
        else:
            self.go_wanted.emit("preferences", None)
        return True

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.search.setFocus()
        self.search.selectAll()

    def compact(self, on: bool) -> None:  # noqa: FBT001 - a state of the window
        """Rows of 28 px in a small window."""
        self.table.set_dense(on or self.desk.preferences.row_height == "compact")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = SLIM_SIDE if self.width() < SLIM else SIDE
        self.splitter.setSizes([max(300, self.width() - side - 52), side])

    # What answers become

    def _on_listed(self) -> None:
        ask = self.presenter
        self.add.set_enabled(ask.keeps, ask.why_empty()[0])
        if ask.keeps:
            self._show_body()
            self._show_rows(ask.rows())
        else:
            self._show_nobody()
        self._tell_read()

    def _show_nobody(self) -> None:
        self.waiting.stop()
        for part in (self.waiting, self.banner, self.body):
            part.hide()
        title, said = self.presenter.why_empty()
        settings = [(tr("Settings"), lambda: self.go_wanted.emit("preferences", None))]
        self.absent.show_state(title, said, settings, "users")
        self.absent.show()
        self.status_changed.emit("")

    def _show_rows(self, rows: tuple[OfficePerson, ...]) -> None:
        chosen = self._chosen
        self.model.set_rows(rows)
        self.stack.setCurrentWidget(self.table if rows else self.none)
        if rows:
            at = self.model.index_of(chosen) if chosen is not None else None
            self.table.make_current(0 if at is None else at)
        else:
            clear = [(tr("Take all conditions off"), self.clear)]
            self.none.show_state(tr("No login meets the conditions"), "", clear, "users")
        self._show_person(self.table.current_row() if rows else None)
        self.status_changed.emit(count_text(rows))

    def clear(self) -> None:
        """Everybody who may sign in."""
        self.search.clear()
        self.ended.setChecked(False)

    def _show_person(self, person: OfficePerson | None) -> None:
        ask = self.presenter
        why = ask.why_not_change(person) if person is not None else ""
        why_end = ask.why_not_end(person) if person is not None else ""
        if person is not None:
            self._chosen = person.login
        self.detail.show_person(person, ask.today, why_not=why, why_not_end=why_end)

    def _on_carried_out(self, done: PeopleDone) -> None:
        name = done.order.login
        self._chosen = name
        said = {
            Deed.ADD: tr("{name} may sign in.", name=name),
            Deed.CHANGE: tr("{name} was changed; it holds from the next sign-in.", name=name),
            Deed.DISABLE: tr("{name} may not sign in any more.", name=name),
        }[done.order.deed]
        self.said.emit(said, "ok", None)

    # What the person does

    def add_login(self) -> Dialog | None:
        """The dialog of a new login."""
        if not self.presenter.keeps:
            return None
        dialog = AddDialog(self.presenter, self)
        dialog.open()
        return dialog

    def act(self, name: str) -> Dialog | None:
        """The dialog of "change" or "disable" for the current login."""
        person = self.table.current_row()
        if person is None or not self.detail.acts[name].isEnabled():
            return None
        dialog = DIALOGS[name](person, self.presenter, self)
        dialog.open()
        return dialog

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        """States of the page for pictures."""
        from supervisor.ui.pages.people.pictures import steps  # noqa: PLC0415 - for pictures only

        return steps(self)
