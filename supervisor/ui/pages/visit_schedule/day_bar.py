"""Which day: a week from Monday with its workdays, how many visits, and what to call back."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.rows.schedule import WeekDay
from supervisor.ui.look.style import polish
from supervisor.ui.widgets import Button, ElidedLabel, IconButton
from supervisor.words.of_schedule import weekday_text


class DayBar(QFrame):
    """Above the board.

    Signals:
        chosen: a day (date).
        stepped: so many days on or back (int).
    """

    chosen = Signal(object)
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dayBar")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 8, 12, 6)
        outer.setSpacing(4)
        box = QHBoxLayout()
        box.setSpacing(3)
        outer.addLayout(box)
        self.back = IconButton("chevron-left", tr("Day before"), keys="Alt+←")
        self.on = IconButton("chevron-right", tr("Day after"), keys="Alt+→")
        self.today = Button(tr("Today"), small=True)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        self.progress = ElidedLabel(role="secondary")
        box.addWidget(self.back)
        self.days: list[QPushButton] = []
        self._week: tuple[WeekDay, ...] = ()
        for number in range(7):
            button = QPushButton()
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setProperty("kind", "choice")
            button.clicked.connect(lambda _on=False, n=number: self._on_day(n))
            self.days.append(button)
            box.addWidget(button)
        box.addWidget(self.on)
        box.addWidget(self.today)
        box.addStretch(1)
        outer.addWidget(self.progress)

    def show_week(self, week: tuple[WeekDay, ...], on: date, today: date, *, slim: bool) -> None:
        """The days of the week; the day shown is marked, so are today and days of rest."""
        self._week = week
        for button, day in zip(self.days, week, strict=True):
            name = weekday_text(day.on)
            # The header says the whole date; a week that crosses into a month says so once.
            said = f"{name} {day.on:%m-%d}" if day.on.day == 1 else f"{name} {day.on.day}"
            parts = [name if slim else said]
            if not day.is_workday:
                parts[0] = " ".join((parts[0], tr("rest")))
            if day.plans and not slim:
                parts.append(f"{day.plans:,}")
            recalls = f" ◆{day.recalls}" if day.recalls else ""
            button.setText(" · ".join(parts) + recalls)
            button.setChecked(day.on == on)
            button.setProperty("active", day.on == on)
            button.setProperty("tone", "crit" if day.recalls else "")
            polish(button)
            spoken = [f"{name} {day.on:%m-%d}", tr("today") if day.on == today else "",
                      "" if day.is_workday else tr("day of rest"),
                      ntr("{n} visit", "{n} visits", day.plans),
                      ntr("{n} to call back", "{n} to call back", day.recalls)
                      if day.recalls else ""]  # fmt: skip
            text = tr(", ").join(part for part in spoken if part)
            button.setAccessibleName(text)
            button.setToolTip(text)

    def show_progress(self, text: str) -> None:
        """Planned, under way, reported, not back."""
        self.progress.setText(text)

    def _on_day(self, number: int) -> None:
        if number < len(self._week):
            self.chosen.emit(self._week[number].on)
