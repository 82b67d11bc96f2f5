"""The folded conditions of the queue: ranges that accept one side, and lists of ticks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from supervisor.i18n import tr
from supervisor.models.enums import (
    ArrearsReason,
    FlagCategory,
    Product,
    QueueReason,
    VisitOutcome,
)
from supervisor.models.rows.case_queue import CaseQueueFilter
from supervisor.ui.pages.case_queue.choices import MultiChoice, restyle
from supervisor.ui.pages.case_queue.filters import read_number
from supervisor.words import word
from supervisor.words.days import hour_name, weekday_name
from supervisor.words.typed import read_yuan

COLUMNS = 3
ROOMY = 980
"""Width from which three conditions stand side by side."""


def read_day(text: str, today: date) -> date | None:
    """A day as typed: 2026-11-23, 2026/11/23, 20261123 or 11-23 of this year; None when empty.

    Raises:
        ValueError: this is no day.
    """
    plain = text.strip().replace("/", "-").replace(".", "-")
    if not plain:
        return None
    if plain.isdigit() and len(plain) == len("20261123"):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    parts = [int(part) for part in plain.split("-")]
    if len(parts) == 2:
        parts = [today.year, *parts]
    year, month, day = parts
    return date(year, month, day)


def _yuan_text(fen: int | None) -> str:
    if fen is None:
        return ""
    return str(fen // 100) if fen % 100 == 0 else f"{fen / 100:.2f}"


class RangeField(QWidget):
    """Two short lines, each of which may stay empty; what cannot be read is marked and left out.

    Signals:
        changed: editing of a side ended with another value; ask `low` and `high`.
    """

    changed = Signal()

    def __init__(
        self,
        title: str,
        read: Callable[[str], Any],
        show: Callable[[Any], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._read, self._show = read, show
        self.low: Any = None
        self.high: Any = None
        self._from, self._until = QLineEdit(self), QLineEdit(self)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for line, name in (
            (self._from, tr("{title}, from", title=title)),
            (self._until, tr("{title}, until", title=title)),
        ):
            line.setAccessibleName(name)
            line.setMinimumWidth(52)
            line.editingFinished.connect(self._on_edited)
        box.addWidget(self._from)
        box.addWidget(QLabel("–", self))
        box.addWidget(self._until)

    def show_values(self, low: object, high: object) -> None:
        """Show what is in force."""
        self.low, self.high = low, high
        for line, value in ((self._from, low), (self._until, high)):
            line.setText("" if value is None else self._show(value))
            restyle(line, bad=False)

    def _on_edited(self) -> None:
        low, high = self._value(self._from, self.low), self._value(self._until, self.high)
        if (low, high) != (self.low, self.high):
            self.low, self.high = low, high
            self.changed.emit()

    def _value(self, line: QLineEdit, before: object) -> object:
        try:
            value: object = self._read(line.text())
        except ValueError:
            restyle(line, bad=True)
            line.setToolTip(tr("Cannot be read; the condition before stays."))
            return before
        restyle(line, bad=False)
        line.setToolTip("")
        return value


class MoreFilters(QFrame):
    """All conditions that are not always visible.

    Signals:
        wanted_changed: the filter with a person's change in it.
    """

    wanted_changed = Signal(object)

    def __init__(self, wanted: CaseQueueFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "fold")
        self._wanted = wanted
        self._painters: list[Callable[[CaseQueueFilter], None]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 8, 12, 8)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._pairs: list[tuple[QLabel, QWidget]] = []
        self._across = COLUMNS
        self._build()
        self._stretch()

    def show_filter(self, wanted: CaseQueueFilter) -> None:
        """Show the conditions in force."""
        self._wanted = wanted
        for paint in self._painters:
            paint(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across = COLUMNS if event.size().width() >= ROOMY else COLUMNS - 1
        if across != self._across:
            self._across = across
            for place in range(len(self._pairs)):
                self._put(place)
            self._stretch()

    def _put(self, place: int) -> None:
        line, column = divmod(place, self._across)
        label, field = self._pairs[place]
        self._grid.addWidget(label, line, column * 2)
        self._grid.addWidget(field, line, column * 2 + 1)

    def _stretch(self) -> None:
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column * 2 + 1, 1 if column < self._across else 0)

    def _build(self) -> None:
        self._ticks("reasons", tr("Reason"), QueueReason)
        self._range(
            "overdue_min_fen", "overdue_max_fen", tr("Overdue (CNY)"), read_yuan, _yuan_text
        )
        self._range("dpd_min", "dpd_max", tr("Days past due"), read_number, str)
        self._areas()
        self._ticks("products", tr("Product"), Product)
        self._ticks("outcomes", tr("Last outcome"), VisitOutcome)
        self._dates("last_visit_from", "last_visit_until", tr("Last visit"))
        self._range(
            "untouched_days_min", "untouched_days_max", tr("Days since visit"), read_number, str
        )
        self._dates("next_plan_from", "next_plan_until", tr("Next visit"))
        self._dates("promise_due_from", "promise_due_until", tr("Promise due"))
        self._dates("placed_from", "placed_until", tr("Placed on"))
        self._ticks("flag_categories", tr("Flags"), FlagCategory)
        self._ticks("arrears_reasons", tr("Cause of arrears"), ArrearsReason)
        self._yes_no("held", tr("Hold"))
        self._yes_no("second_person_missing", tr("Second person missing"))
        self._yes_no("plan_requested", tr("Plan requested"))
        self._dates("visited_from", "visited_until", tr("Visited on"))
        self._ticks("visited_weekdays", tr("Visited, weekday"), range(7), weekday_name)
        self._ticks("visited_hours", tr("Visited, hour"), range(24), hour_name)
        self._ended()

    def _place(self, title: str, field: QWidget) -> None:
        label = QLabel(title, self)
        label.setProperty("role", "label")
        label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(title)
        self._pairs.append((label, field))
        self._put(len(self._pairs) - 1)

    def _tell(self, **values: Any) -> None:
        self._wanted = replace(self._wanted, **values)
        self.wanted_changed.emit(self._wanted)

    def _ticks(
        self, name: str, title: str, members: Any, called: Callable[[Any], str] = word
    ) -> None:
        choice: MultiChoice[Any] = MultiChoice(
            title, [(member, called(member)) for member in members], self
        )
        choice.chosen.connect(lambda: self._tell(**{name: frozenset(choice.values())}))
        self._painters.append(lambda wanted: choice.show_values(getattr(wanted, name)))
        self._place(title, choice)

    def _range(
        self,
        low: str,
        high: str,
        title: str,
        read: Callable[[str], Any],
        show: Callable[[Any], str],
    ) -> None:
        field = RangeField(title, read, show, self)
        field.changed.connect(lambda: self._tell(**{low: field.low, high: field.high}))
        self._painters.append(
            lambda wanted: field.show_values(getattr(wanted, low), getattr(wanted, high))
        )
        self._place(title, field)

    def _dates(self, low: str, high: str, title: str) -> None:
        today = self._wanted.as_of
        self._range(low, high, title, lambda text: read_day(text, today), date.isoformat)

    def _areas(self) -> None:
        line = QLineEdit(self)
        line.setToolTip(tr("Several areas are separated by commas"))

        def done() -> None:
            areas = tuple(
                part.strip() for part in line.text().replace("，", ",").split(",") if part.strip()
            )
            if areas != self._wanted.areas:
                self._tell(areas=areas)

        line.editingFinished.connect(done)
        self._painters.append(lambda wanted: line.setText(", ".join(wanted.areas)))
        self._place(tr("District"), line)

    def _yes_no(self, name: str, title: str) -> None:
        combo = QComboBox(self)
        for text, value in ((tr("All"), None), (tr("Yes"), True), (tr("No"), False)):
            combo.addItem(text, value)
        combo.activated.connect(lambda _index: self._tell(**{name: combo.currentData()}))
        self._painters.append(
            lambda wanted: combo.setCurrentIndex((None, True, False).index(getattr(wanted, name)))
        )
        self._place(title, combo)

    def _ended(self) -> None:
        box = QCheckBox(tr("Ended cases too"), self)
        box.clicked.connect(lambda ticked: self._tell(include_ended=ticked))
        self._painters.append(lambda wanted: box.setChecked(wanted.include_ended))
        self._place("", box)
