"""A dialog that keeps what was typed until it is sent: over closing, restart and other pages."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QObject, QTime, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QTimeEdit,
    QWidget,
)

from supervisor import clock
from supervisor.i18n import tr
from supervisor.models.ids import CommandId
from supervisor.ui.background.drafts import Drafts, Fields
from supervisor.ui.look.buttons import Button
from supervisor.ui.widgets.composing import typed
from supervisor.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from supervisor.ui.widgets.order_dialog import OrderDialog

EVERY_MS = 2_000
"""So much of what was typed is lost at most when the program is killed."""
_ORDER = "order"
"""The id under which what stands here is or was sent."""
_SENT = "sent"
"""There where it was."""
_DAY, _TIME = "yyyy-MM-dd", "HH:mm"


class Drafting(QObject):
    """Lives as long as its dialog.

    `save` is called when something changed that should reach the disk.
    """

    def __init__(
        self,
        dialog: Dialog,
        drafts: Drafts,
        about: str,
        fields: Mapping[str, QWidget],
        save: Callable[[], object],
    ) -> None:
        super().__init__(dialog)
        self._drafts, self._about, self._fields, self._save = drafts, about, dict(fields), save
        self._pristine = self.values()
        self._kept: Fields | None = None
        self._order = _order_dialog(dialog)
        self._restore(dialog)
        dialog.rejected.connect(self.keep)
        if self._order is not None:
            self._order.sending.connect(self.keep)
        dialog.confirmed.connect(self._sent)
        self._every = QTimer(self)
        self._every.setInterval(EVERY_MS)
        self._every.timeout.connect(self.keep)
        self._every.start()
        program = QCoreApplication.instance()
        if program is not None:  # the system ends the session with the dialog open
            program.aboutToQuit.connect(self.keep)

    def values(self) -> Fields:
        """What stands in the fields."""
        return {name: _value(field) for name, field in self._fields.items()}

    def keep(self) -> None:
        """Keep what differs from an untouched dialog."""
        now = self.values()
        if now == self._pristine:
            if self._kept is None:
                return
            self._drafts.drop(self._about)
            self._kept = None
        else:
            if self._order is not None:
                now[_ORDER] = self._order.command_id
                if self._order.was_sent:
                    now[_SENT] = True
            if now == self._kept:
                return
            self._drafts.put(self._about, now)
            self._kept = now
        self._save()

    def _restore(self, dialog: Dialog) -> None:
        self._kept = self._drafts.get(self._about)
        if self._kept is None:
            return
        self.put(self._kept)
        if self._order is not None and _ORDER in self._kept:
            known, restored = CommandId(str(self._kept[_ORDER])), self.values()
            sent = bool(self._kept.get(_SENT))
            self._order.adopt(known, lambda: self.values() == restored, sent=sent)
        self._anew = Button(tr("Start anew"), "link")
        self._anew.setToolTip(tr("What stands here was written before and not sent."))
        self._anew.clicked.connect(self._start_anew)
        dialog.foot.insertWidget(0, self._anew)

    def put(self, values: Fields) -> None:
        """Fill the fields; what does not fit them any more is left out."""
        for name, value in values.items():
            if name in self._fields:
                _fill(self._fields[name], value)

    def _start_anew(self) -> None:
        self.put(self._pristine)
        self._anew.hide()
        self.keep()

    def _sent(self) -> None:
        self._every.stop()
        self._drafts.drop(self._about)
        self._kept = None
        self._save()


def _order_dialog(dialog: Dialog) -> "OrderDialog | None":
    # The queue stands before its dialogs are loaded.
    from supervisor.ui.widgets.order_dialog import OrderDialog  # noqa: PLC0415

    return dialog if isinstance(dialog, OrderDialog) else None


def _value(field: QWidget) -> str | int | None:
    if isinstance(field, QPlainTextEdit):
        return typed(field)
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QCheckBox):
        return field.isChecked()
    if isinstance(field, QComboBox):
        return _plain(field.currentData())
    if isinstance(field, QTimeEdit):
        return str(field.time().toString(_TIME))
    if isinstance(field, QDateEdit):
        return str(field.date().toString(_DAY))
    raise TypeError(type(field).__name__)


def _fill(field: QWidget, value: str | int | None) -> None:
    if isinstance(field, QPlainTextEdit):
        field.setPlainText(str(value))
    elif isinstance(field, QLineEdit):
        field.setText(str(value))
    elif isinstance(field, QCheckBox):
        field.setChecked(bool(value))
    elif isinstance(field, QComboBox):
        known = [_plain(field.itemData(at)) for at in range(field.count())]
        if value in known:
            field.setCurrentIndex(known.index(value))
    elif isinstance(field, QTimeEdit):
        field.setTime(QTime.fromString(str(value), _TIME))
    elif isinstance(field, QDateEdit):
        day = QDate.fromString(str(value), _DAY)
        today = clock.today()
        if day >= QDate(today.year, today.month, today.day):  # a day that is over is no plan
            field.setDate(day)


def _plain(data: object) -> str | int | None:
    """An enum as its text, a number as it is."""
    if data is None:
        return None
    return int(data) if isinstance(data, int) else str(data)
