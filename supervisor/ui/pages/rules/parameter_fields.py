"""Fields for parameters: typed, with their limits, and a sentence for what cannot be."""

from datetime import date, time

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.models.rows.packs import Plain
from supervisor.models.rows.rule_register import Parameter
from supervisor.ui.widgets import FormRow
from supervisor.words.of_rules_screen import code_word, limits_text, parameter_word

DAYS_HEIGHT = 84
WIDTH = 160


class ParameterField:
    """One parameter as a row of a form; `wide`: nothing stands beside it."""

    wide = False

    def __init__(self, parameter: Parameter, parent: QWidget) -> None:
        self.parameter = parameter
        self.row = FormRow(
            parameter_word(parameter.key), self._widget(parent), hint=self._hint(),
            check=lambda: self.read()[1],
        )  # fmt: skip

    def _widget(self, parent: QWidget) -> QWidget:
        del parent
        raise LookupError(type(self).__name__)

    def _hint(self) -> str:
        found = limits_text(self.parameter)
        return tr("May be set: {limits}", limits=found) if found else ""

    def read(self) -> tuple[Plain, str]:
        """The value as typed, and what is wrong with it (empty when it is in order)."""
        raise LookupError(type(self).__name__)


class NumberField(ParameterField):
    """A whole number within its limits."""

    def _widget(self, parent: QWidget) -> QWidget:
        self.field = QLineEdit(str(self.parameter.value), parent)
        self.field.setMaximumWidth(WIDTH)
        return self.field

    def read(self) -> tuple[Plain, str]:
        text = self.field.text().strip()
        low, high = (int(str(one)) for one in self.parameter.limits)
        if not (text.isascii() and text.isdecimal() and len(text) < 10):
            return 0, tr("Write a whole number.")
        if not low <= int(text) <= high:
            return 0, tr("Write a number from {low} to {high}.", low=low, high=high)
        return int(text), ""


class TimeField(ParameterField):
    """A time of day within its limits."""

    def _widget(self, parent: QWidget) -> QWidget:
        self.field = QLineEdit(str(self.parameter.value), parent)
        self.field.setMaximumWidth(WIDTH)
        return self.field

    def read(self) -> tuple[Plain, str]:
        text = self.field.text().strip().replace("：", ":")
        low, high = map(str, self.parameter.limits)
        try:
            said = time.fromisoformat(text).strftime("%H:%M")
        except ValueError:
            said = ""
        if said != text or not said:
            return "", tr("Write a time of day as 08:00.")
        if not low <= said <= high:
            return "", tr("Write a time from {low} to {high}.", low=low, high=high)
        return said, ""


class CodesField(ParameterField):
    """Some of a closed list, by ticking."""

    wide = True

    def _widget(self, parent: QWidget) -> QWidget:
        holder = QWidget(parent)
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        chosen = self.parameter.value if isinstance(self.parameter.value, tuple) else ()
        self.ticks: dict[str, QCheckBox] = {}
        for code in map(str, self.parameter.limits):
            tick = self.ticks[code] = QCheckBox(code_word(code), holder)
            tick.setChecked(code in chosen)
            box.addWidget(tick)
        holder.setFocusProxy(next(iter(self.ticks.values())))
        return holder

    def _hint(self) -> str:
        return ""

    def read(self) -> tuple[Plain, str]:
        found = tuple(sorted(code for code, tick in self.ticks.items() if tick.isChecked()))
        return found, "" if found else tr("Choose at least one.")


class DaysField(ParameterField):
    """Days, one on each line."""

    wide = True

    def _widget(self, parent: QWidget) -> QWidget:
        days = self.parameter.value if isinstance(self.parameter.value, tuple) else ()
        self.field = QPlainTextEdit("\n".join(days), parent)
        self.field.setTabChangesFocus(True)
        self.field.setFixedHeight(DAYS_HEIGHT)
        return self.field

    def _hint(self) -> str:
        return tr("One day on each line, as 2026-10-01.")

    def read(self) -> tuple[Plain, str]:
        found: set[str] = set()
        for line in self.field.toPlainText().split():
            try:
                found.add(date.fromisoformat(line).isoformat())
            except ValueError:
                return (), tr("{line} is no day. Write it as 2026-10-01.", line=line[:40])
        return tuple(sorted(found)), "" if found else tr("Give at least one day.")


def field_of(parameter: Parameter, parent: QWidget) -> ParameterField:
    """The field that fits a parameter."""
    if isinstance(parameter.value, tuple):
        kind: type[ParameterField] = CodesField if parameter.limits else DaysField
    else:
        kind = TimeField if isinstance(parameter.value, str) else NumberField
    return kind(parameter, parent)
