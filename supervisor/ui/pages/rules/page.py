"""规则: what is asked of visits and plans, by which text, how it did; changed with a reason."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from supervisor.i18n import tr
from supervisor.models.changes import Changes
from supervisor.models.enums import Topic
from supervisor.models.rows.rule_register import PackLine, PackText
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.rules import later
from supervisor.ui.pages.rules.body import RulesBody
from supervisor.ui.pages.rules.presenter import Conditions, RulesPresenter
from supervisor.words import word

if TYPE_CHECKING:
    from supervisor.ui.pages.rules.changing import FromFile

_DIALOGS = {"set": "ParametersDialog", "switch": "SwitchDialog", "confirm": "ConfirmDialog"}


class RulesPage(RulesBody):
    """Paints four states: waiting, nothing found, rows, trouble. Decides nothing."""

    page_id: ClassVar[str] = "rules"
    depends_on: ClassVar[frozenset[Topic]] = RulesPresenter.depends_on

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._keys: list[QAction] = []
        ask = self.presenter
        ask.listed.connect(self._on_listed)
        ask.measured.connect(lambda: self._show_rule(self.table.current_row()))
        ask.done.connect(self._on_done)
        ask.failed.connect(self._on_failed)
        ask.exported.connect(self._on_exported)
        self.back.clicked.connect(lambda: self.go_wanted.emit("preferences", None))
        self.take.clicked.connect(self.choose_file)
        self.again.clicked.connect(self.judge_again)
        self.filters.chosen.connect(lambda only: ask.choose(**only))
        self.table.current_changed.connect(self._show_rule)
        self.table.opened.connect(lambda _row: self.act("set"))
        self.packs.switch_wanted.connect(self.switch_pack)
        self.packs.export_wanted.connect(self.export)
        for name, button in self.acts.items():
            button.clicked.connect(partial(self._on_act, name))
        self.desk.bus.changed.connect(self._on_bus)

    # What the shell asks

    def title(self) -> str:
        """规则."""
        return tr("Rules")

    def header_left(self) -> list[QWidget]:
        """The way back."""
        return [self.back]

    def header_right(self) -> list[QWidget]:
        """Packs from files; judging again."""
        return [self.again, self.take]

    def regions(self) -> list[QWidget]:
        """Packs, filters, list, rule."""
        switch = next(iter(self.packs.switches.values()), None)
        parts = (switch, self.filters.search, self.table.view, self.detail)
        return [part for part in parts if part is not None and part.isVisible()]

    def activate(self) -> None:
        """The first time, ask for everything; the list has the focus."""
        if not self._started:
            self._started = True
            self.waiting.start()
            self.refresh()
        self.table.setFocus()

    def hear(self, topics: frozenset[Topic], initiator: object) -> None:
        """The page listens to the bus itself."""

    def refresh(self) -> None:
        """Read the register again."""
        if self._started:
            self.busy_changed.emit(True)
            self.presenter.refresh()

    def prefer(self) -> None:
        """Another hat may do other things."""
        self._on_listed()

    def go_to(self, what: object) -> None:
        """A rule by {"rule": id}, or conditions."""
        if isinstance(what, Conditions):
            self.presenter.conditions = what
        elif isinstance(what, dict) and "rule" in what:
            self.presenter.conditions = Conditions(search=str(what["rule"]))
        self._on_listed()

    def place(self) -> object:
        """The conditions."""
        return self.presenter.conditions

    def step_back(self) -> bool:
        """Esc: take conditions off, else back to the settings."""
        if self.presenter.conditions != Conditions():
            self.clear()
        else:
            self.go_wanted.emit("preferences", None)
        return True

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def compact(self, on: bool) -> None:  # noqa: FBT001 - a state of the window
        """Rows of 28 px in a small window."""
        self.table.set_dense(on or self.desk.preferences.row_height == "compact")

    # Keys

    def keys(self) -> list[QAction]:
        """What keys do on this page; list and shell carry them out."""
        if not self._keys:
            for keys, words in (
                ("Return", tr("Change the parameters of the rule")),
                ("Alt+Left", tr("Rule before")),
                ("Alt+Right", tr("Rule after")),
                ("Ctrl+R", tr("Judge visits again")),
            ):
                action = QAction(words, self)
                action.setShortcut(QKeySequence(keys))
                action.setEnabled(False)  # told here only
                self._keys.append(action)
        return self._keys

    def key_previous_case(self) -> None:
        """Alt+Left: the rule before."""
        self.table.go_by(-1)

    def key_next_case(self) -> None:
        """Alt+Right: the rule after."""
        self.table.go_by(1)

    def key_reassign(self) -> None:
        """Ctrl+R: judge visits again."""
        if self.again.isEnabled():
            self.judge_again()

    # What the person does

    def act(self, name: str) -> QDialog | None:
        """Open the dialog of "set", "switch" or "confirm" for the current rule."""
        rule = self.table.current_row()
        if rule is None or not self.acts[name].isEnabled():
            return None
        dialog: QDialog = getattr(later, _DIALOGS[name])(rule, self.presenter, self)
        dialog.open()
        return dialog

    def _on_act(self, name: str, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - a Qt slot
        self.act(name)

    def switch_pack(self, pack: PackLine) -> QDialog:
        """A pack on or off."""
        dialog = later.PackDialog(pack, self.presenter, self)
        dialog.open()
        return dialog

    def judge_again(self) -> QDialog:
        """重新研判."""
        dialog = later.AgainDialog(self.presenter, self)
        dialog.open()
        return dialog

    def choose_file(self) -> None:
        """Ask which file, then read it."""
        path, _ = QFileDialog.getOpenFileName(
            self, tr("Import a rule pack"), str(Path.home()), tr("Rule pack (*.toml *.json)")
        )
        if path:
            self.open_file(Path(path))

    def open_file(self, path: Path) -> None:
        """Read a pack and say what taking it would do."""
        self.busy_changed.emit(True)
        self.presenter.open_file(path, self._on_file)

    def _on_file(self, file: "FromFile") -> None:
        self.busy_changed.emit(False)
        if file.trial.problems:
            later.ProblemsDialog(file.path.name, file.trial.problems, self).open()
        else:
            later.TakeDialog(file, self.presenter, self).open()

    def export(self, pack: PackLine) -> None:
        """Ask where, then write."""
        self.presenter.ask_text(pack.pack_id, self._on_text)

    def _on_text(self, pack: PackText) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Export"), str(Path.home() / pack.name), tr("Rule pack (*.toml *.json)")
        )
        if name:
            self.presenter.write(Path(name), pack)

    def _on_exported(self, path: Path) -> None:
        self.said.emit(tr("The pack was written: {name}", name=path.name), "ok", None)

    def _on_done(self, changes: Changes) -> None:
        self.said.emit(word(changes.act), "ok", None)

    def _on_bus(self, topics: frozenset[Topic], _initiator: object) -> None:
        if self._started and topics & self.depends_on and self.isVisible():
            self.presenter.refresh()

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        """States of the page for pictures."""
        return later.steps(self)
