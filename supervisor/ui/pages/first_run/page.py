"""The first start: demo data, a file on this computer, or the office server."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from supervisor import __version__, i18n
from supervisor.i18n import tr
from supervisor.ui.look import icons
from supervisor.ui.look.buttons import Button
from supervisor.words import preferences

CARD_WIDTH = 288
CARD_HEIGHT = 280


@dataclass(frozen=True, slots=True)
class Way:
    """One of the three ways to begin, as its card shows it."""

    key: str
    icon: str
    title: str
    badge: str
    text: str
    points: tuple[str, ...]
    action: str


def ways(demo_cases: str) -> tuple[Way, ...]:
    """The three ways in the language in force; `demo_cases` is a formatted count."""
    return (
        Way(
            "demo",
            "play",
            tr("Demo data"),
            tr("Takes a few seconds"),
            tr("See what every page looks like."),
            (
                tr("{n} invented cases", n=demo_cases),
                tr("Can be removed at any time"),
                tr("No network needed"),
            ),
            tr("Open the demo"),
        ),
        Way(
            "file",
            "hard-drive",
            tr("A file on this computer"),
            "",
            tr("For one desk; the data stay on this computer."),
            (
                tr("Import from Excel and CSV"),
                tr("Preview first, take back later"),
                tr("Only you can read the file"),
            ),
            tr("Choose where"),
        ),
        Way(
            "server",
            "server",
            tr("Office server"),
            "",
            tr("Shared by many desks."),
            (
                tr("Enter address and account"),
                tr("The server decides who sees what"),
                tr("The password is kept in the system's key store"),
            ),
            tr("Connect"),
        ),
    )


class FirstRunPage(QWidget):
    """Three equal choices; language and theme in the corner.

    Signals:
        demo_chosen: the person wants to look around first.
        file_chosen: path of a SQLite file, new or existing.
        server_chosen: address of an office server.
        language_chosen, theme_chosen: values of `Preferences`.
    """

    page_id = "first_run"

    demo_chosen = Signal()
    file_chosen = Signal(str)
    server_chosen = Signal(str)
    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    left = Signal()

    def __init__(
        self,
        *,
        demo_cases: str,
        default_file: str,
        language: str | None = None,
        theme: str = "system",
        may_leave: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("pageGround")
        self._demo_cases = demo_cases
        self._default_file = default_file
        self._language = language or i18n.language()
        self._theme = theme
        self._may_leave = may_leave
        self._server = QLineEdit()
        self._trouble = QLabel()
        self._build()

    def say(self, sentence: str) -> None:
        """Tell what did not work; empty clears it."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))

    def _build(self) -> None:
        title = QLabel(tr("Getting started"))
        title.setProperty("role", "figure")
        text = QLabel(tr("Choose where the data come from. You can change it later in Settings."))
        text.setProperty("role", "secondary")
        privacy = QLabel(
            tr("Personal information is masked; showing, printing and exporting are recorded.")
        )
        privacy.setProperty("role", "hint")
        self._trouble.setProperty("role", "error")
        self._trouble.setWordWrap(True)
        self._trouble.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._trouble.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(8)
        layout.addStretch(2)
        for label in (title, text):
            layout.addWidget(label, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(12)
        layout.addLayout(self._cards())
        layout.addSpacing(8)
        layout.addWidget(self._trouble)
        layout.addWidget(privacy, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        layout.addLayout(self._corner())

    def _cards(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addStretch()
        acts: dict[str, Callable[[], None]] = {
            "demo": self.demo_chosen.emit,
            "file": self._choose_file,
            "server": self._connect_server,
        }
        for way in ways(self._demo_cases):
            card = self._card(way, acts[way.key])
            row.addWidget(card)
        row.addStretch()
        return row

    def _card(self, way: Way, act: Callable[[], None]) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(CARD_WIDTH)
        card.setMinimumHeight(CARD_HEIGHT)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(20, 20, 20, 16)
        inside.setSpacing(6)
        picture = QLabel()
        picture.setPixmap(icons.pixmap(way.icon, "accent", 28, self.devicePixelRatioF()))
        inside.addWidget(picture)
        inside.addSpacing(6)
        inside.addLayout(_heading(way))
        line = QLabel(way.text)
        line.setProperty("role", "secondary")
        line.setWordWrap(True)
        inside.addWidget(line)
        for point in way.points:
            inside.addLayout(self._point(point))
        inside.addStretch()
        if way.key == "server":
            self._server.setPlaceholderText("postgresql://name@server/database")
            self._server.setAccessibleName(tr("Address of the office server"))
            self._server.returnPressed.connect(act)
            inside.addWidget(self._server)
        button = Button(way.action, "primary" if way.key == "demo" else "")
        button.setAccessibleDescription(way.text)
        button.clicked.connect(lambda _checked=False: act())
        inside.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        return card

    def _point(self, text: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        tick = QLabel()
        tick.setPixmap(icons.pixmap("check", "ok", 14, self.devicePixelRatioF()))
        label = QLabel(text)
        label.setWordWrap(True)
        row.addWidget(tick, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)
        return row

    def _corner(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        language = self._combo("language", i18n.LANGUAGES, self._language, tr("Language"))
        language.currentIndexChanged.connect(
            lambda _i: self.language_chosen.emit(language.currentData())
        )
        theme = self._combo("theme", ("system", "light", "dark"), self._theme, tr("Theme"))
        theme.currentIndexChanged.connect(lambda _i: self.theme_chosen.emit(theme.currentData()))
        version = QLabel(tr("F1 help    version {version}", version=__version__))
        version.setProperty("role", "hint")
        row.addWidget(language)
        row.addWidget(theme)
        row.addStretch()
        row.addWidget(version)
        if self._may_leave:
            cancel = Button(tr("Cancel"))
            cancel.setToolTip("Esc")
            cancel.clicked.connect(self.left)
            row.addWidget(cancel)
        return row

    def _combo(self, name: str, values: tuple[str, ...], current: str, title: str) -> QComboBox:
        box = QComboBox()
        for value in values:
            box.addItem(preferences.choice(name, value), value)
        box.setCurrentIndex(box.findData(current))
        box.setAccessibleName(title)
        box.setMinimumSize(QSize(112, 30))
        return box

    def _choose_file(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self,
            tr("Choose a file for the data"),
            self._default_file,
            tr("Database (*.db)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if path:
            self.file_chosen.emit(path)

    def _connect_server(self) -> None:
        address = self._server.text().strip()
        if address:
            self.server_chosen.emit(address)
        else:
            self.say(tr("Enter the address of the office server first."))
            self._server.setFocus()


def _heading(way: Way) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    title = QLabel(way.title)
    title.setProperty("role", "objectTitle")
    row.addWidget(title)
    if way.badge:
        badge = QLabel(way.badge)
        badge.setObjectName("chip")
        badge.setProperty("look", "plain")
        row.addWidget(badge)
    row.addStretch()
    return row
