"""What the rules screen shows and why: every decision of the page, without widgets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from supervisor import clock
from supervisor.i18n import tr
from supervisor.models.changes import Changes
from supervisor.models.enums import FlagCategory, Role, Topic
from supervisor.models.orders import Order
from supervisor.models.orders_incidents import ChangeRule, ReadAgain, SwitchPack
from supervisor.models.rows.incidents import PrecisionFilter, RulePrecision
from supervisor.models.rows.rule_register import (
    PackAsk,
    PackText,
    Register,
    RegisterAsk,
    RuleLine,
)
from supervisor.ui.background.desk import Desk
from supervisor.ui.background.leaving import log_leaving
from supervisor.ui.background.presenter import Presenter
from supervisor.ui.background.runner import Failed
from supervisor.ui.pages.rules import questions

TRIED_DAYS = 30
"""How far back a change is tried."""
STATES = ("on", "off", "unconfirmed", "house", "changed")


@dataclass(frozen=True, slots=True)
class Conditions:
    """What narrows the list; empty: everything. `state`: one of STATES."""

    search: str = ""
    pack_id: str = ""
    category: FlagCategory | None = None
    state: str = ""

    def hold(self, rule: RuleLine) -> bool:
        """Whether a rule is meant."""
        return (
            self.pack_id in {"", rule.pack_id}
            and self.category in {None, rule.category}
            and self._in_state(rule)
            and self._found(rule)
        )

    def _in_state(self, rule: RuleLine) -> bool:
        return {
            "": True,
            "on": rule.on,
            "off": not rule.on,
            "unconfirmed": rule.confirmed_on is None,
            "house": rule.citation.policy,
            "changed": bool(rule.changed_by),
        }[self.state]

    def _found(self, rule: RuleLine) -> bool:
        wanted = self.search.strip().casefold()
        texts = (
            rule.rule_id, rule.zh.name, rule.en.name, rule.zh.question, rule.en.question,
            rule.citation.document, rule.citation.title_zh, rule.citation.title_en,
            rule.citation.clause,
        )  # fmt: skip
        return not wanted or any(wanted in text.casefold() for text in texts)


class RulesPresenter(Presenter):
    """Lives in the GUI thread; every answer comes from the runner's readers.

    Signals:
        listed: the register was read, or the conditions are others.
        measured: how findings stood up is known.
        exported: a pack was written (Path).
    """

    listed = Signal()
    measured = Signal()
    exported = Signal(object)

    depends_on = frozenset({Topic.PARAMETERS})

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.conditions = Conditions()
        self.register: Register | None = None
        self.precision: Mapping[str, RulePrecision] = {}

    def command_of(self, order: Order) -> Callable[..., Changes]:
        """What carries an order out; loaded when the first is given."""
        return questions.COMMANDS[type(order)]

    @property
    def today(self) -> date:
        """The business date."""
        return clock.today()

    @property
    def may_set(self) -> bool:
        """Administrators of all branches set parameters, switch, take packs from files."""
        actor = self.desk.actor
        return actor.role is Role.ADMIN and actor.branches is None

    @property
    def may_confirm(self) -> bool:
        """The compliance officer confirms."""
        actor = self.desk.actor
        return actor.role is Role.COMPLIANCE and actor.branches is None

    @property
    def may_read_again(self) -> bool:
        """Both let visits be judged once more."""
        return self.desk.actor.role in {Role.ADMIN, Role.COMPLIANCE}

    def why_not(self) -> str:
        """What this person cannot do here and who can; empty for administrators."""
        if self.may_set:
            return ""
        if self.may_confirm:
            return tr(
                "You confirm rules. Parameters, switches and packs are set by administrators."
            )
        if self.desk.actor.branches is not None and self.desk.actor.role in {
            Role.ADMIN,
            Role.COMPLIANCE,
        }:
            return tr("You look only: rules count for all branches, and you have some of them.")
        return tr(
            "You look only: administrators set and switch rules, the compliance officer "
            "confirms them."
        )

    def rows(self) -> tuple[RuleLine, ...]:
        """The rules the conditions mean."""
        known = self.register.rules if self.register is not None else ()
        return tuple(rule for rule in known if self.conditions.hold(rule))

    def rule(self, key: tuple[str, str] | None) -> RuleLine | None:
        """A rule by pack and id."""
        known = self.register.rules if self.register is not None else ()
        return next((rule for rule in known if rule.key == key), None)

    def choose(self, **changes: Any) -> None:
        """Other conditions."""
        self.conditions = replace(self.conditions, **changes)
        self.listed.emit()

    def refresh(self) -> None:
        """Read everything again."""
        ask = RegisterAsk(self.desk.actor, self.today)
        self._ask(questions.rule_register, ask, "register", self._on_register)
        wanted = PrecisionFilter(allowed=self.desk.actor.branches)
        self._ask(questions.rule_precision, wanted, "precision", self._on_precision)

    def tried_from(self) -> date:
        """The first day of a trial."""
        return self.today - timedelta(days=TRIED_DAYS - 1)

    def trial_of(self, order: ChangeRule | SwitchPack | str) -> "questions.TrialAsk":
        """A change tried on the visits of the last days."""
        return questions.TrialAsk(self.desk.actor, order, self.tried_from(), self.today)

    def try_change(
        self, order: ChangeRule | SwitchPack, then: Callable[[Any], object], refused: Failed
    ) -> None:
        """What the change would find."""
        self._ask(questions.rule_trial, self.trial_of(order), "trial", then, refused)

    def try_reading(self, order: ReadAgain, then: Callable[[Any], object], refused: Failed) -> None:
        """What reading again would change."""
        self._ask(questions.preview_read_again, order, "trial", then, refused)

    def open_file(self, path: Path, then: Callable[[Any], object]) -> None:
        """Read a pack and try it."""
        work = partial(questions.file_and_trial, self.desk.database, path, self.trial_of)
        self._work(work, "file", then)

    def ask_text(self, pack_id: str, then: Callable[[PackText], object]) -> None:
        """The text of a pack."""
        self._ask(questions.pack_text, PackAsk(self.desk.actor, pack_id), "text", then)

    def write(self, path: Path, pack: PackText) -> None:
        """Write a pack into a file; the audit learns of it."""

        def written(_pack: PackText) -> None:
            log_leaving(
                self.desk,
                "rule_pack",
                pack.rules,
                copied=False,
                owner=self,
                failed=self.failed.emit,
                then=partial(self.exported.emit, path),
            )

        work = partial(questions.write_file, path, pack)
        self._work(work, "write", written)

    def _on_register(self, register: Register) -> None:
        first = self.register is None
        self.register = register
        self.read_at = clock.now()
        self.listed.emit()
        if first:
            self._ask(questions.made_ready, None, "made_ready", lambda _ready: None)

    def _on_precision(self, found: tuple[RulePrecision, ...]) -> None:
        self.precision = {one.rule_id: one for one in found}
        self.measured.emit()
