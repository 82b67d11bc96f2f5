"""Orders about rules as dialogs: parameters, switches, confirmations, packs, reading again."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit, QGridLayout, QHBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.orders import Order
from supervisor.models.orders_incidents import ChangeRule, ReadAgain, SwitchPack, TakePack
from supervisor.models.rows.judging import RereadPreview
from supervisor.models.rows.rule_register import PackLine, RuleLine, Trial
from supervisor.ui.pages.rules.changing import FromFile
from supervisor.ui.pages.rules.parameter_fields import ParameterField, field_of
from supervisor.ui.pages.rules.presenter import TRIED_DAYS, RulesPresenter
from supervisor.ui.pages.rules.trial_dialog import TrialDialog
from supervisor.ui.widgets import FormRow
from supervisor.ui.widgets.order_dialog import Failed
from supervisor.words import formats
from supervisor.words.of_rules_screen import pack_name, reread_text, trial_text, words_of

ABREAST = 3
"""Short fields beside each other: a small window is not high."""


def day_field(day: date, parent: QWidget, least: date | None = None) -> QDateEdit:
    """A day, chosen from a calendar or typed."""
    field = QDateEdit(QDate(day.year, day.month, day.day), parent)
    field.setDisplayFormat("yyyy-MM-dd")
    field.setCalendarPopup(True)
    if least is not None:
        field.setMinimumDate(QDate(least.year, least.month, least.day))
    return field


def day_of(field: QDateEdit) -> date:
    """The day a field stands on."""
    day = field.date()
    return date(day.year(), day.month(), day.day())


class RuleDialog(TrialDialog):
    """A change of rules; tried on the visits of the last days."""

    def __init__(
        self, title: str, confirm_text: str, about: str, ask: RulesPresenter, parent: QWidget
    ) -> None:
        super().__init__(title, confirm_text, about, ask.send_from_dialog, parent)
        self._ask = ask

    def try_order(self, order: Order, then: Callable[[Any], object], refused: Failed) -> None:
        """On visits that were and plans to come."""
        if isinstance(order, ChangeRule | SwitchPack):
            self._ask.try_change(order, then, refused)

    def effect_text(self, found: Trial) -> tuple[str, str]:
        """What it would have found."""
        return (
            ntr("Had it been so in the last {n} day", "Had it been so in the last {n} days",
                TRIED_DAYS),
            "\n".join((trial_text(found), tr("Earlier visits keep their judgement; coming plans "
                                             "are checked again at once."))),
        )  # fmt: skip


class ChangeDialog(RuleDialog):
    """A new version of a rule from a day on: subclasses say what is in it."""

    def __init__(
        self,
        title: str,
        confirm_text: str,
        about: str,
        rule: RuleLine,
        ask: RulesPresenter,
        parent: QWidget,
    ) -> None:
        super().__init__(title, confirm_text, about, ask, parent)
        self.rule = rule
        self.add_fields()
        first = max(ask.today, rule.valid_from)
        self.day = day_field(first, self, ask.today)
        self.add_row(FormRow(tr("Counts from"), self.day, hint=self._hint(first)))
        self.add_reason()

    def _hint(self, first: date) -> str:
        days = [one.valid_from for one in self.rule.history if one.stands]
        later = [day for day in days if day > first]
        if later:
            return tr("Never backwards. A version from {day} on stands already and stays as it is.",
                      day=min(later).isoformat())  # fmt: skip
        return tr("Never backwards: the past stays as it was.")

    def add_fields(self) -> None:
        """Fields before the day."""

    def _order(self, **values: Any) -> Order:
        return ChangeRule(
            actor=self._ask.desk.actor,
            pack_id=self.rule.pack_id,
            rule_id=self.rule.rule_id,
            valid_from=day_of(self.day),
            reason=self.reason.toPlainText().strip(),
            **values,
        )


class ParametersDialog(ChangeDialog):
    """修改参数."""

    def __init__(self, rule: RuleLine, ask: RulesPresenter, parent: QWidget) -> None:
        self.fields: list[ParameterField] = []
        name = words_of(rule).name
        about = tr("{name} · {id} v{version}. A new version is made; the one in force ends the day "
                   "before.", name=name, id=rule.rule_id, version=rule.label)  # fmt: skip
        super().__init__(tr("Change parameters"), tr("Make the version"), about, rule, ask, parent)

    def add_fields(self) -> None:
        """One row for each parameter."""
        self.fields = [field_of(one, self) for one in self.rule.params]
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        for at, field in enumerate(self.fields):
            self._rows.append(field.row)
            line, place = divmod(at, ABREAST)
            if field.wide:
                grid.addWidget(field.row, line, 0, 1, ABREAST)
            else:
                grid.addWidget(field.row, line, place, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(grid)

    def order(self) -> Order:
        """Only what differs from now."""
        params = tuple(
            (field.parameter.key, field.read()[0])
            for field in self.fields
            if field.read()[0] != field.parameter.value
        )
        return self._order(params=params)


class SwitchDialog(ChangeDialog):
    """A rule on or off."""

    def __init__(self, rule: RuleLine, ask: RulesPresenter, parent: QWidget) -> None:
        name = words_of(rule).name
        title = tr("Switch the rule off") if rule.enabled else tr("Switch the rule on")
        about = (
            tr("{name}: from the day on nothing is asked of visits and plans by this rule.",
               name=name)
            if rule.enabled
            else tr("{name}: from the day on visits and plans are looked at by this rule.",
                    name=name)
        )  # fmt: skip
        super().__init__(title, title, about, rule, ask, parent)

    def order(self) -> Order:
        """The other way round."""
        return self._order(enabled=not self.rule.enabled)


class ConfirmDialog(ChangeDialog):
    """Compliance confirms a rule with its source, or takes that back."""

    def __init__(self, rule: RuleLine, ask: RulesPresenter, parent: QWidget) -> None:
        name = words_of(rule).name
        done = rule.confirmed_on is not None
        title = tr("Take the confirmation back") if done else tr("Confirm the rule")
        about = (
            tr("{name}: its findings are never more than attention again.", name=name)
            if done
            else tr("{name}: you have read its source. From the day on its findings count with the "
                    "severity it is written with.", name=name)
        )  # fmt: skip
        super().__init__(title, title, about, rule, ask, parent)

    def order(self) -> Order:
        """The other way round."""
        return self._order(confirmed=self.rule.confirmed_on is None)


class PackDialog(RuleDialog):
    """A whole pack on or off, from today on."""

    def __init__(self, pack: PackLine, ask: RulesPresenter, parent: QWidget) -> None:
        title = tr("Switch the pack off") if pack.enabled else tr("Switch the pack on")
        about = (
            tr("{name}: from now on none of its rules judges a visit or a plan.",
               name=pack_name(pack))
            if pack.enabled
            else tr("{name}: from now on its rules judge visits and plans.", name=pack_name(pack))
        )  # fmt: skip
        super().__init__(title, title, about, ask, parent)
        self._pack = pack
        self.add_reason()

    def order(self) -> Order:
        """The other way round."""
        return SwitchPack(
            actor=self._ask.desk.actor,
            pack_id=self._pack.pack_id,
            enabled=not self._pack.enabled,
            reason=self.reason.toPlainText().strip(),
        )


class TakeDialog(RuleDialog):
    """A pack from a file; the file was read and tried before."""

    def __init__(self, file: FromFile, ask: RulesPresenter, parent: QWidget) -> None:
        about = tr("{file}. A new pack is off until it is switched on; a new version of a known "
                   "pack counts at once. Confirmations in the file do not count.",
                   file=file.path.name)  # fmt: skip
        super().__init__(tr("Import a rule pack"), tr("Import the pack"), about, ask, parent)
        self._file = file
        self.add_reason()
        self.show_at_once(file.trial)

    def order(self) -> Order:
        """The text as it was tried."""
        return TakePack(
            actor=self._ask.desk.actor,
            text=self._file.text,
            reason=self.reason.toPlainText().strip(),
        )


class AgainDialog(TrialDialog):
    """重新研判: visits of some days wait once more; first what would change."""

    def __init__(self, ask: RulesPresenter, parent: QWidget) -> None:
        about = tr("Visits of these days are judged once more by the rules of their day. Flags "
                   "people worked on stay.")  # fmt: skip
        super().__init__(
            tr("Judge visits again"),
            tr("Let them be judged again"),
            about,
            ask.send_from_dialog,
            parent,
        )
        self._ask = ask
        self.first = day_field(ask.tried_from(), self)
        self.last = day_field(ask.today, self)
        line = QHBoxLayout()
        line.setSpacing(12)
        self.last_row = FormRow(tr("Last day"), self.last, check=self._check)
        line.addWidget(FormRow(tr("First day"), self.first), 1)
        line.addWidget(self.last_row, 1)
        self.body.addLayout(line)
        self._rows.append(self.last_row)
        self.body.addWidget(self.effect)

    def _check(self) -> str:
        late = day_of(self.last) < day_of(self.first)
        return tr("The last day lies before the first.") if late else ""

    def order(self) -> Order:
        """The days as they stand."""
        return ReadAgain(
            actor=self._ask.desk.actor,
            visited_from=day_of(self.first),
            visited_until=day_of(self.last),
        )

    def try_order(self, order: Order, then: Callable[[Any], object], refused: Failed) -> None:
        """What reading again would change."""
        if isinstance(order, ReadAgain):
            self._ask.try_reading(order, then, refused)

    def effect_text(self, found: RereadPreview) -> tuple[str, str]:
        """In flags."""
        day = formats.day(day_of(self.first), self._ask.today)
        return tr("What would change from {day} on", day=day), reread_text(found)
