"""The pill in every page header: how old the data is; a click refreshes."""

from datetime import datetime, timedelta

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from supervisor import clock
from supervisor.i18n import ntr, tr
from supervisor.ui.look.icons import icon
from supervisor.ui.look.style import polish
from supervisor.words import formats

OLD_AFTER = timedelta(minutes=10)


class DataAgePill(QPushButton):
    """States: fresh, old, away (no link), busy. Old figures stay visible while refreshing.

    Signals:
        aged: the words changed.
    """

    aged = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dataAge")
        self.setAutoDefault(False)
        self.setIconSize(QSize(14, 14))
        self._read_at: datetime | None = None
        self._away = False
        self._busy = False
        self._timer = QTimer(self)
        self._timer.setInterval(60_000)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.tick()

    def set_read_at(self, moment: datetime | None) -> None:
        """When what is on screen was read."""
        self._read_at, self._busy = moment, False
        self.tick()

    def set_away(self, away: bool) -> None:  # noqa: FBT001 - a state, connected to signals
        """Whether the database is out of reach."""
        self._away = away
        self.tick()

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - as above
        """Whether a refresh runs."""
        self._busy = busy
        self.tick()

    def tick(self) -> None:
        """Say the age in words; called every minute and on language change."""
        state, text, picture = self._words()
        self.setText(text)
        token = {"fresh": "text2", "old": "warn", "away": "crit"}[state]
        self.setIcon(icon(picture, token))
        self.setProperty("state", state)
        self.setAccessibleName(tr("Refresh. {age}", age=text))
        self.setToolTip(tr("Refresh  F5"))
        polish(self)
        self.aged.emit(self.short())

    def short(self) -> str:
        """Only the time, for the foot of the window."""
        if self._read_at is None or self._away:
            return ""
        return tr("Data of {at}", at=formats.clock_time(self._read_at))

    def _words(self) -> tuple[str, str, str]:
        if self._away:
            return "away", tr("Not connected"), "wifi-off"
        if self._read_at is None:
            return "fresh", tr("Reading data"), "refresh-cw"
        at = formats.clock_time(self._read_at)
        if self._busy:
            return "fresh", tr("Refreshing · last {at}", at=at), "refresh-cw"
        age = max(timedelta(), clock.now() - self._read_at)
        minutes = int(age.total_seconds() // 60)
        ago = (
            tr("just now")
            if minutes < 1
            else ntr("{n} minute ago", "{n} minutes ago", minutes)
            if minutes < 60
            else ntr("{n} hour ago", "{n} hours ago", minutes // 60)
        )
        old = age > OLD_AFTER
        text = tr("Data of {at} · {ago}", at=at, ago=ago)
        return ("old", text, "clock") if old else ("fresh", text, "refresh-cw")
