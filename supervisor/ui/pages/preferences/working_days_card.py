"""工作日与办公时间: by which days and hours due times count; administrators set them."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QFormLayout, QFrame, QHBoxLayout, QPushButton

from supervisor.errors import SupervisorError
from supervisor.i18n import ntr, tr
from supervisor.models.enums import Role, Topic
from supervisor.models.rows.working_days import WorkingDays, YearLine
from supervisor.models.rules.workdays import YearDays
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.preferences.working_days_dialog import (
    OfficeHoursDialog,
    WorkingDaysDialog,
    YearsDialog,
)
from supervisor.ui.widgets import Label
from supervisor.words import sentence_of, word

LARGEST = 200_000
"""Bytes of a file of working days; a century has less."""


class WorkingDaysLines(QObject):
    """Fills a card; everybody reads it, administrators of all branches change it."""

    def __init__(self, desk: Desk, card: QFrame, form: QFormLayout) -> None:
        super().__init__(card)
        self._desk, self._card = desk, card
        self.known: WorkingDays | None = None
        self.said = _wrapped("")
        self.trouble = _wrapped("", "error")
        self.trouble.hide()
        form.addRow(_wrapped(tr("Due times of flags and steps count working hours only; schedule, "
                                "workloads and targets go by the same days."), "hint"))  # fmt: skip
        form.addRow(self.said)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.days = QPushButton(tr("Working days…"))
        self.hours = QPushButton(tr("Office hours…"))
        self.file = QPushButton(tr("From a file…"))
        for button, does in (
            (self.days, self.set_days),
            (self.hours, self.set_hours),
            (self.file, self.choose_file),
        ):
            button.clicked.connect(lambda _on=False, does=does: does())
            line.addWidget(button)
        line.addStretch(1)
        form.addRow(line)
        form.addRow(self.trouble)
        desk.bus.changed.connect(self._on_bus)
        self.follow()

    def follow(self) -> None:
        """Another hat may set them or not; ask how they stand."""
        actor = self._desk.actor
        mine = actor.role is Role.ADMIN and actor.branches is None
        why = "" if mine else tr("Administrators set working days and hours.")
        for button in (self.days, self.hours, self.file):
            button.setEnabled(mine)
            button.setToolTip(why)
        self.ask()

    def ask(self) -> None:
        """Ask for the years as they are now."""
        from supervisor.models.queries.working_days import working_days  # noqa: PLC0415 - when shown

        self._desk.runner.ask(
            partial(self._desk.database.read, working_days, None),
            owner=self,
            key="working_days",
            then=self._show,
            failed=self._on_failed,
        )

    def _show(self, known: WorkingDays) -> None:
        self.known = known
        opens, closes = known.opens.strftime("%H:%M"), known.closes.strftime("%H:%M")
        hours = tr("Office hours: {opens} to {closes}.", opens=opens, closes=closes)
        recent = known.years[-3:]
        self.said.setText("\n".join((hours, *(year_text(one) for one in recent))))

    def set_days(self) -> WorkingDaysDialog | None:
        """One year by hand."""
        if self.known is None:
            return None
        dialog = WorkingDaysDialog(self.known, self._desk, self._card.window())
        dialog.open()
        return dialog

    def set_hours(self) -> OfficeHoursDialog | None:
        """When offices open and close."""
        if self.known is None:
            return None
        dialog = OfficeHoursDialog(self.known, self._desk, self._card.window())
        dialog.open()
        return dialog

    def choose_file(self) -> None:
        """Ask which file, then read it."""
        path, _ = QFileDialog.getOpenFileName(
            self._card, tr("Working days from a file"), str(Path.home()), tr("Years (*.toml)")
        )
        if path:
            self.open_file(Path(path))

    def open_file(self, path: Path) -> None:
        """Read years and say what they are before they count."""
        self.trouble.hide()
        self._desk.runner.ask(
            partial(_years_of, path),
            owner=self,
            key="file",
            then=self._on_years,
            failed=self._on_failed,
        )

    def _on_years(self, years: dict[int, YearDays]) -> None:
        YearsDialog(years, self._desk, self._card.window()).open()

    def _on_bus(self, topics: frozenset[Topic], _initiator: object) -> None:
        if Topic.PARAMETERS in topics:
            self.ask()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, SupervisorError):
            raise error
        self.trouble.setText(sentence_of(error))
        self.trouble.show()


def year_text(one: YearLine) -> str:
    """A year in a line: who says so, and how many days differ from Monday to Friday."""
    rest = ntr("{n} day of rest", "{n} days of rest", len(one.rest))
    work = ntr("{n} make-up day", "{n} make-up days", len(one.work))
    return tr("{year}: {source}, {rest}, {work}", year=str(one.year), source=word(one.source),
              rest=rest, work=work)  # fmt: skip


def _years_of(path: Path) -> dict[int, YearDays]:
    """Work for a reader."""
    from supervisor.errors import BadInputError  # noqa: PLC0415
    from supervisor.models.rules.working_days import years_of_file  # noqa: PLC0415

    try:
        if path.stat().st_size > LARGEST:
            raise BadInputError("pack_too_large", path=str(path))
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BadInputError("file_missing", path=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError("file_not_readable", path=str(path)) from error
    return years_of_file(text)


def _wrapped(text: str, role: str = "") -> Label:
    label = Label(text)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label
