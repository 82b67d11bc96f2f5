"""The base of all dialogs: title, body, foot; Ctrl+Enter or Ctrl+S confirms, Esc cancels, F1."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.ui.look.buttons import Button, press_focused
from supervisor.ui.look.room import bring_within, resize_within, room_on_screen
from supervisor.ui.look.style import pad_fields
from supervisor.ui.widgets.alt_letters import give_letters
from supervisor.ui.widgets.asking_help import help_key
from supervisor.ui.widgets.form import FormRow
from supervisor.ui.widgets.labels import Label
from supervisor.ui.widgets.scroller import Scroller

WIDTHS = (420, 640)
LOWEST = 80
"""So much of the body is seen on the smallest screen; the rest is scrolled to."""


class Dialog(QDialog):
    """Put content into `body`; override `confirm` or connect to `confirmed`.

    Title and body scroll where the screen is too low for them; the foot stays in sight.
    Enter confirms only where that is harmless: a careful dialog has no default button.

    Signals:
        confirmed: the primary button or Ctrl+Enter, after every row was in order.
    """

    confirmed = Signal()
    help_topic = ""
    """What F1 tells of; "": the topic of the page in front."""

    def __init__(
        self,
        title: str,
        confirm_text: str,
        *,
        careful: bool = False,
        width: int = WIDTHS[0],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._careful = careful
        self._rows: list[FormRow] = []
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(width)
        self.setMaximumWidth(max(width, WIDTHS[1]))
        self._build(title, confirm_text)

    def _build(self, title: str, confirm_text: str) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.inside = QWidget()
        inner = QVBoxLayout(self.inside)
        inner.setContentsMargins(20, 16, 20, 16)
        inner.setSpacing(12)
        self.heading = Label(title, "objectTitle")
        self.summary = Label(role="error")
        self.summary.setWordWrap(True)
        self.summary.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        inner.addWidget(self.heading)
        inner.addWidget(self.summary)
        inner.addLayout(self.body, 1)
        self._scroller = _Body(title, self.inside)
        outer.addWidget(self._scroller, 1)
        outer.addWidget(self._foot(confirm_text))
        self.inside.installEventFilter(self)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self, self.confirm)
        help_key(self)

    def _foot(self, confirm_text: str) -> QFrame:
        self._foot_frame = foot = QFrame()
        foot.setObjectName("dialogFoot")
        self.foot = QHBoxLayout(foot)
        self.foot.setContentsMargins(20, 10, 20, 10)
        self.foot.setSpacing(8)
        self.foot.addStretch(1)
        self.primary = Button(confirm_text, "careful" if self._careful else "primary")
        self.primary.setDefault(not self._careful)
        self.primary.clicked.connect(self.confirm)
        self.cancel = Button(tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.foot.addWidget(self.primary)
        self.foot.addWidget(self.cancel)
        return foot

    def add_row(self, row: FormRow) -> FormRow:
        """A field that is checked before confirming."""
        self._rows.append(row)
        self.body.addWidget(row)
        return row

    def draft_fields(self) -> Mapping[str, QWidget]:
        """What is kept when the dialog is closed unsent, by name; see `Drafting`."""
        return {}

    def problems(self) -> list[FormRow]:
        """Rows that are not in order; each shows its sentence."""
        return [row for row in self._rows if not row.check()]

    def confirm(self) -> None:
        """Check every row; focus goes to the first that is wrong, else `confirmed` and close."""
        if not self.primary.isEnabled():
            return
        wrong = self.problems()
        self.summary.setVisible(len(wrong) > 1)
        if wrong:
            self.summary.setText(" ".join(row.error for row in wrong))
            wrong[0].field.setFocus()
            return
        self.confirmed.emit()
        self.accept()

    def make_room(self) -> None:
        """As tall as what stands in it; Qt alone allows two thirds of the screen."""
        room = room_on_screen(self)
        wide = max(self.width(), self.minimumSizeHint().width())
        self.setMaximumWidth(max(self.maximumWidth(), wide))
        high = self._scroller.height_for(wide) + self._foot_frame.sizeHint().height()
        resize_within(self, min(wide, room.width()), max(self.height(), high))
        bring_within(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A sentence that appears below a field takes room of its own.
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            give_letters(self)
            self.make_room()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        pad_fields(self)
        give_letters(self)
        self.make_room()
        if self._rows:
            self._rows[0].field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter presses the button one stands on, not another; elsewhere it confirms, but nothing
        # that cannot be taken back.
        if press_focused(self, event):
            return
        if self._careful and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return
        super().keyPressEvent(event)


class _Body(Scroller):
    """Asks for the room of what stands in it, and is content with less."""

    def __init__(self, name: str, inside: QWidget) -> None:
        super().__init__(name)
        self._inside = inside
        self.setWidget(inside)

    def height_for(self, wide: int) -> int:
        """The height of everything at a width."""
        layout = self._inside.layout()
        if layout is None:
            return LOWEST
        flows = layout.hasHeightForWidth()
        return layout.totalHeightForWidth(wide) if flows else layout.totalSizeHint().height()

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self._inside.minimumSizeHint().width() + bar, LOWEST)
