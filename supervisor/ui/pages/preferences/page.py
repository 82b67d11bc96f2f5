"""The settings page, built from the metadata of `Preferences`; a change takes hold at once."""

from dataclasses import Field, fields, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from supervisor import settings
from supervisor.i18n import tr
from supervisor.settings import Address, Preferences, Source
from supervisor.ui.background.desk import Desk
from supervisor.ui.look.style import pad_fields
from supervisor.ui.pages.preferences.names_card import NamesLines
from supervisor.ui.pages.preferences.program_card import ProgramLines
from supervisor.ui.pages.preferences.working_days_card import WorkingDaysLines
from supervisor.ui.widgets import Label, Scroller
from supervisor.ui.widgets.page import Page
from supervisor.words import preferences as words

WIDTH = 680
ADDRESS_WIDTH = 420


class PreferencesPage(Page):
    """One line per preference; the data source below.

    Signals:
        changed: the new `Preferences`, already saved.
        source_wanted: the person wants to choose another data source.
        help_wanted, tour_wanted: the person wants the help, or to be shown round.
    """

    page_id = "preferences"

    changed = Signal(object)
    source_wanted = Signal()
    help_wanted = Signal()
    tour_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("pageGround")
        # The desk's own, where it has them: a picture in one language is not told in another.
        given = desk.preferences
        self._values = given if isinstance(given, Preferences) else settings.load().preferences
        self._editors: dict[str, QWidget] = {}
        self._trouble = Label()
        self._scroll: QScrollArea | None = None
        self._build()

    def title(self) -> str:
        """The page title."""
        return tr("Settings")

    def activate(self) -> None:
        """Put the focus on the first line."""
        first = next(iter(self._editors.values()), None)
        if first is not None:
            first.setFocus()

    def retranslate(self) -> None:
        """Words changed, or what is preferred did elsewhere: build the lines anew."""
        if isinstance(self.desk.preferences, Preferences):
            self._values = self.desk.preferences
        if self._scroll is not None:
            self._scroll.deleteLater()
        self._trouble = Label()
        self._editors = {}
        self._fill()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._fill()

    def _fill(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 12, 20, 20)
        column.setSpacing(12)
        column.addWidget(self._choices())
        column.addWidget(self._names_card())
        column.addWidget(self._rules())
        column.addWidget(self._working_days())
        column.addWidget(self._people())
        column.addWidget(self._source())
        column.addWidget(self._help())
        column.addWidget(self._program())
        column.addStretch()
        scroll = self._scroll = Scroller(tr("Settings"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(scroll)

    def _choices(self) -> QFrame:
        card, form = _card(tr("Personal choices"))
        by_login = self.desk.database.actor is not None
        for item in fields(Preferences):
            # On an office server the login decides the role.
            if not item.metadata.get("hidden") and not (by_login and item.name == "role"):
                self._line(form, item)
        self._trouble.setProperty("role", "error")
        self._trouble.setWordWrap(True)
        self._trouble.hide()
        form.addRow(self._trouble)
        return card

    def _line(self, form: QFormLayout, item: "Field[Any]") -> None:
        editor = self._editor(item)
        editor.setAccessibleName(words.title(item.name))
        label = Label(words.title(item.name))
        label.setBuddy(editor)
        form.addRow(label, editor)
        help_text = words.explanation(item.name)
        if help_text:
            hint = Label(help_text, "hint")
            hint.setWordWrap(True)
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)  # else one line takes the room of two
            hint.setSizePolicy(policy)
            editor.setAccessibleDescription(help_text)
            form.addRow("", hint)
        self._editors[item.name] = editor

    def _editor(self, item: "Field[Any]") -> QWidget:
        value = getattr(self._values, item.name)
        if "options" in item.metadata:
            box = QComboBox()
            for option in item.metadata["options"]:
                box.addItem(words.choice(item.name, option), option)
            box.setCurrentIndex(box.findData(value))
            box.currentIndexChanged.connect(lambda _i: self._set(item.name, box.currentData()))
            return box
        if "low" in item.metadata:
            spin = QSpinBox()
            spin.setRange(item.metadata["low"], item.metadata["high"])
            spin.setValue(value)
            pad_fields(spin)
            spin.valueChanged.connect(lambda number: self._set(item.name, number))
            return spin
        tick = QCheckBox()
        tick.setChecked(bool(value))
        tick.toggled.connect(lambda on: self._set(item.name, on))
        return tick

    def _set(self, name: str, value: object) -> None:
        wanted = replace(self._values, **{name: value})  # type: ignore[arg-type]
        if getattr(self.desk.preferences, "tour_seen", False):
            wanted = replace(wanted, tour_seen=True)
        try:
            settings.save(wanted)
        except OSError:
            self._trouble.setText(
                tr("The settings could not be saved; they hold until the program is closed.")
            )
            self._trouble.show()
        self._values = wanted
        self.changed.emit(wanted)

    def _names_card(self) -> QFrame:
        card, form = _card(tr("Names in lists"))
        self.names = NamesLines(self.desk, card, form)
        return card

    def _rules(self) -> QFrame:
        about = tr("What is asked of visits and plans, by which text, and how its findings stood "
                   "up. Administrators set and switch rules, the compliance officer confirms "
                   "them.")  # fmt: skip
        self.rules = QPushButton(tr("Open the rules"))
        return self._way_to("rules", tr("Rules and parameters"), about, self.rules)

    def _people(self) -> QFrame:
        about = tr("Who may sign in to the office, as what, and of which branches. Administrators "
                   "of every branch keep logins.")  # fmt: skip
        self.people = QPushButton(tr("Open users and rights"))
        return self._way_to("people", tr("Users and rights"), about, self.people)

    def _way_to(self, page_id: str, title: str, said: str, button: QPushButton) -> QFrame:
        """A card that leads to a page of its own."""
        card, form = _card(title)
        about = Label(said, "hint")
        about.setWordWrap(True)
        form.addRow(about)
        button.clicked.connect(lambda _checked=False: self.go_wanted.emit(page_id, None))
        line = QHBoxLayout()
        line.addWidget(button)
        line.addStretch(1)
        form.addRow(line)
        return card

    def _help(self) -> QFrame:
        card, form = _card(tr("Help"))
        line = QHBoxLayout()
        line.setSpacing(8)
        for text, wanted in (
            (tr("Open the help"), self.help_wanted),
            (tr("Show me round"), self.tour_wanted),
        ):
            button = QPushButton(text)
            button.clicked.connect(lambda _checked=False, ask=wanted: ask.emit())
            line.addWidget(button)
        line.addStretch(1)
        form.addRow(line)
        return card

    def _program(self) -> QFrame:
        card, form = _card(tr("This program"))
        self.program = ProgramLines(self.desk, card, form)
        return card

    def _working_days(self) -> QFrame:
        card, form = _card(tr("Working days and office hours"))
        self.working_days = WorkingDaysLines(self.desk, card, form)
        return card

    def prefer(self) -> None:
        """Another hat may see other cards and do other things."""
        self.names.follow()
        self.working_days.follow()
        self.program.follow()

    def _source(self) -> QFrame:
        card, form = _card(tr("Data source"))
        database = self.desk.database
        address = QLineEdit(database.url.database if database.is_sqlite else database.safe_url)
        address.setReadOnly(True)
        address.setCursorPosition(0)
        address.setMinimumWidth(ADDRESS_WIDTH)
        address.setAccessibleName(tr("Database in use"))
        form.addRow(tr("Database in use"), address)
        where = settings.database_address(None, self._values, settings.machine())
        note = Label(_said_by(where), "hint")
        note.setWordWrap(True)
        form.addRow("", note)
        button = QPushButton(tr("Choose another data source"))
        button.setEnabled(not where.locked)
        if where.locked:
            button.setToolTip(_said_by(where))
        button.clicked.connect(lambda _checked=False: self.source_wanted.emit())
        form.addRow("", button)
        return card


def _said_by(where: Address) -> str:
    """Who decided which database is open."""
    if where.locked:
        return tr("The administrator of this computer fixed the address.")
    if where.source is Source.ENVIRONMENT:
        return tr("The address comes from the environment variable SUPERVISOR_DATABASE.")
    return tr("A change takes hold when the program is started again.")


def _card(title: str) -> tuple[QFrame, QFormLayout]:
    card = QFrame()
    card.setObjectName("card")
    card.setMaximumWidth(WIDTH)
    form = QFormLayout(card)
    form.setContentsMargins(16, 12, 16, 16)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(8)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    heading = Label(title)
    heading.setProperty("role", "cardTitle")
    form.addRow(heading)
    return card, form
