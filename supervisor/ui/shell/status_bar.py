"""The foot of the window: connection, masking, data age, rows, messages, who is at the desk."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.ui.look.icons import icon
from supervisor.ui.widgets import Button, Chip, ElidedLabel, IconButton, IconLabel, KeyHints

HEIGHT = 28


class StatusBar(QFrame):
    """28 px; hints give way first, then the rows, then every text a little.

    Signals:
        notices_wanted: the bell was clicked.
        program_wanted: somebody wants to know about the newer version.
    """

    notices_wanted = Signal()
    program_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(6)
        self._link_icon = IconLabel("circle-check", "ok", 14)
        self._link = ElidedLabel(snug=True)
        self._invented = Chip("", "warn")
        self._invented.setProperty("small", "true")
        self._invented.hide()
        self._mask_icon = IconLabel("lock", "text2", 14)
        self._mask = ElidedLabel(snug=True)
        self._reminders = ElidedLabel(snug=True)
        self._reminders.hide()
        self._age = ElidedLabel(snug=True)
        self._rows = ElidedLabel()
        self._hints = KeyHints()
        self._hints.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.bell = IconButton("bell", "", size=24)
        self.bell.clicked.connect(self.notices_wanted)
        self._person = ElidedLabel(snug=True)
        self._program: Button | None = None
        for part in (self._link_icon, self._link, self._invented):
            row.addWidget(part)
        row.addSpacing(8)
        for part in (self._mask_icon, self._mask):
            row.addWidget(part)
        row.addSpacing(8)
        row.addWidget(self._reminders)
        row.addSpacing(8)
        row.addWidget(self._age)
        row.addSpacing(8)
        row.addWidget(self._rows, 1)
        row.addWidget(self._hints, 2)
        row.addSpacing(8)
        row.addWidget(self.bell)
        row.addWidget(self._person)
        self.show_notices(0)

    def show_link(self, where: str, *, away: bool) -> None:
        """Which database, and whether it answers."""
        self._link_icon.set_icon("wifi-off" if away else "circle-check", "crit" if away else "ok")
        self._link.set_tone("crit" if away else "")
        words = tr("Not connected: {where}", where=where) if away else where
        self._link.setText(words)

    def show_invented(self, *, on: bool) -> None:
        """Whether the data are demo data: a sign that stays on every page."""
        self._invented.setText(tr("Invented data"))
        self._invented.setToolTip(tr("Every person, number and amount here is made up."))
        self._invented.setVisible(on)

    def show_masking(self, *, on: bool) -> None:
        """Whether personal information is masked."""
        self._mask_icon.set_icon("lock" if on else "lock-open", "text2" if on else "warn")
        self._mask.set_tone("" if on else "warn")
        masked = tr("Personal information masked")
        self._mask.setText(masked if on else tr("Personal information shown"))

    def show_age(self, words: str) -> None:
        """How old the page's data are."""
        self._age.setText(words)
        self._age.setVisible(bool(words))

    def show_reminders(self, words: str) -> None:
        """Counts of what waits: never names."""
        self._reminders.setText(words)
        self._reminders.setVisible(bool(words))

    def show_rows(self, words: str) -> None:
        """What the page says of rows and selection."""
        self._rows.setText(words)

    def show_notices(self, n: int) -> None:
        """How many messages of the last ten minutes can be read again."""
        words = ntr("{n} message", "{n} messages", n) if n else tr("No messages")
        self.bell.rename(tr("Messages of the last 10 minutes: {n}", n=words))
        self.bell.setVisible(n > 0)

    def show_person(self, name: str, role: str, branch: str) -> None:
        """Who is at the desk."""
        self._person.setText(" · ".join(part for part in (name, role, branch) if part))

    def show_program(self, words: str, *, too_old: bool) -> None:
        """A newer version of the program; made when there first is one."""
        if self._program is None:
            if not words:
                return
            self._program = Button("", "link", small=True)
            self._program.clicked.connect(lambda _checked=False: self.program_wanted.emit())
            row = self.layout()
            if isinstance(row, QHBoxLayout):
                row.insertWidget(row.indexOf(self.bell), self._program)
        self._program.setText(words)
        self._program.setIcon(icon(*(("circle-alert", "crit") if too_old else ("info", "accent"))))
        self._program.setVisible(bool(words))

    def show_hints(self, hints: list[tuple[str, str]]) -> None:
        """Keys of the page in front."""
        self._hints.show_hints(hints)
