"""Form rows: a label above its field, a hint, and the error in words beside it."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from supervisor.ui.look.style import polish
from supervisor.ui.widgets.labels import IconLabel, Label

Check = Callable[[], str]


class FormRow(QWidget):
    """`check` returns a sentence when the field is not in order, else an empty text."""

    def __init__(
        self,
        label: str,
        field: QWidget,
        *,
        hint: str = "",
        check: Check | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._check = check
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        self.label = Label(label, "secondary")
        self.label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(label)
        self._hint = Label(hint, "hint")
        self._hint.setWordWrap(True)
        self._hint.setVisible(bool(hint))
        self._wrong = QWidget()
        wrong = QHBoxLayout(self._wrong)
        wrong.setContentsMargins(0, 0, 0, 0)
        wrong.setSpacing(6)
        self._words = Label(role="error")
        self._words.setWordWrap(True)
        wrong.addWidget(IconLabel("circle-alert", "crit", 14))
        wrong.addWidget(self._words, 1)
        self._wrong.hide()
        for part in (self.label, field, self._hint, self._wrong):
            box.addWidget(part)

    @property
    def error(self) -> str:
        """The sentence beside the field; empty when it is in order."""
        return self._words.text()

    def check(self) -> bool:
        """Whether the field is in order; shows the sentence when not."""
        self.set_error(self._check() if self._check is not None else "")
        return not self.error

    def set_error(self, sentence: str) -> None:
        """Show or (empty) take away the error."""
        self._words.setText(sentence)
        self._wrong.setVisible(bool(sentence))
        self.field.setProperty("bad", bool(sentence))
        self.field.setAccessibleDescription(sentence)
        polish(self.field)
