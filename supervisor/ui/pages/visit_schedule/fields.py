"""Fields several dialogs share: days, times, people, devices."""

from collections.abc import Iterable
from datetime import date, datetime

from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QTimeEdit, QWidget

from supervisor.clock import SHANGHAI
from supervisor.i18n import tr
from supervisor.models.rows.directory import DirectoryRow, StaffRow
from supervisor.models.rows.schedule import DeviceChoice


def day_field(on: date, parent: QWidget) -> QDateEdit:
    """A day; weeks begin on Monday."""
    field = QDateEdit(QDate(on.year, on.month, on.day), parent)
    field.setDisplayFormat("yyyy-MM-dd")
    field.setCalendarPopup(True)
    field.setAccessibleName(tr("Day"))
    return field


def time_field(at: datetime, name: str, parent: QWidget) -> QTimeEdit:
    """A time of day in Shanghai."""
    local = at.astimezone(SHANGHAI)
    field = QTimeEdit(QTime(local.hour, local.minute), parent)
    field.setDisplayFormat("HH:mm")
    field.setAccessibleName(name)
    return field


def day_of(field: QDateEdit) -> date:
    """The day as the field stands."""
    day = field.date()
    return date(day.year(), day.month(), day.day())


def moment_of(on: date, field: QTimeEdit) -> datetime:
    """A day and a time of day in Shanghai."""
    clock = field.time()
    return datetime(on.year, on.month, on.day, clock.hour(), clock.minute(), tzinfo=SHANGHAI)


def people_of(directory: DirectoryRow | None, branch_id: int) -> list[StaffRow]:
    """Active people of a branch by number."""
    staff = directory.staff if directory is not None else ()
    found = [one for one in staff if one.active and one.branch_id == branch_id]
    return sorted(found, key=lambda one: one.staff_no)


def person_field(people: Iterable[StaffRow], nobody: str, parent: QWidget) -> QComboBox:
    """People as choices; the first line is nobody."""
    combo = QComboBox(parent)
    combo.setMaxVisibleItems(16)
    combo.addItem(nobody, None)
    for one in people:
        combo.addItem(f"{one.name} {one.staff_no}", one.staff_id)
    return combo


def device_field(devices: Iterable[DeviceChoice], nothing: str, parent: QWidget) -> QComboBox:
    """Devices as choices; the first line is none."""
    combo = QComboBox(parent)
    combo.setMaxVisibleItems(16)
    combo.addItem(nothing, None)
    for one in devices:
        combo.addItem(one.code, one.device_id)
    return combo


def choose(combo: QComboBox, value: object) -> None:
    """Show a choice by what it stands for; what is not on offer leaves the first line."""
    combo.setCurrentIndex(max(0, combo.findData(value)))


def line(parent: QWidget, *parts: QWidget) -> QWidget:
    """Several fields beside each other; the first one takes the focus."""
    holder = QWidget(parent)
    box = QHBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(8)
    for part in parts:
        box.addWidget(part, 1)
    holder.setFocusProxy(parts[0])
    return holder
