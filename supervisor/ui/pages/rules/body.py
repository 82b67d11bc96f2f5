"""What the rules page is made of, and what it makes of answers: four states."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from supervisor.errors import SupervisorError, UnreachableError
from supervisor.i18n import ntr, tr
from supervisor.models.rows.rule_register import RuleLine
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.rules.columns import columns
from supervisor.ui.pages.rules.detail import Detail
from supervisor.ui.pages.rules.filter_bar import FilterBar
from supervisor.ui.pages.rules.pack_strip import PackStrip
from supervisor.ui.pages.rules.presenter import Conditions, RulesPresenter
from supervisor.ui.tables import RowTableModel, TablePanel
from supervisor.ui.widgets import Banner, Button, EmptyState, Page, Skeleton
from supervisor.ui.widgets.flow import FlowLayout
from supervisor.words import formats, sentence_of

SIDE, SLIM_SIDE, SLIM = 412, 340, 1100


class RulesBody(Page):
    """Builds the parts and paints; the page connects them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.presenter = RulesPresenter(desk, self)
        self._started = False
        self._chosen: tuple[str, str] | None = None
        self.back = Button(tr("Settings"), "link", "arrow-left")
        self.back.setToolTip(tr("Back to the settings"))
        self.take = Button(tr("Import a rule pack"))
        self.again = Button(tr("Judge visits again"))
        self.banner = Banner(self)
        self.waiting = Skeleton(10, self)
        self.absent = EmptyState(self)
        self.packs = PackStrip()
        self.filters = FilterBar()
        self.model: RowTableModel[RuleLine] = RowTableModel(
            columns(self.presenter.today), row_id=lambda row: row.key
        )
        self.table = TablePanel(self.model, "rules")
        self.table.setAccessibleName(tr("Rules"))
        self.none = EmptyState()
        self.detail = Detail()
        self._lay_out()

    def _lay_out(self) -> None:
        # From the outside in: a part that is moved with its children is dressed again with them.
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 0, 20, 16)
        outer.setSpacing(12)
        self.body = QWidget()
        for part in (self.banner, self.waiting, self.absent, self.body):
            outer.addWidget(part, 0 if part is self.banner else 1)
        self.absent.hide()
        self.body.hide()
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(12)
        self.splitter.setObjectName("gaps")
        inner.addWidget(self.packs)
        inner.addWidget(self.splitter, 1)
        self._lay_out_list()
        self._lay_out_side()
        self.splitter.setStretchFactor(0, 1)

    def _lay_out_list(self) -> None:
        list_card = QFrame()
        list_card.setObjectName("card")
        self.splitter.addWidget(list_card)
        box = QVBoxLayout(list_card)
        box.setContentsMargins(1, 1, 1, 1)
        box.setSpacing(0)
        self.stack = QStackedWidget()
        box.addWidget(self.filters)
        box.addWidget(self.stack, 1)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.none)

    def _lay_out_side(self) -> None:
        self.side = QFrame()
        self.side.setObjectName("card")
        self.splitter.addWidget(self.side)
        box = QVBoxLayout(self.side)
        box.setContentsMargins(16, 12, 4, 8)
        box.setSpacing(8)
        box.addWidget(self.detail, 1)
        holder = QWidget()
        box.addWidget(holder)
        acts = FlowLayout(holder, gap=8)
        self.acts = {
            "set": Button(tr("Change parameters"), "primary"),
            "switch": Button(""),
            "confirm": Button(""),
        }
        for button in self.acts.values():
            acts.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = SLIM_SIDE if self.width() < SLIM else SIDE
        self.splitter.setSizes([max(300, self.width() - side - 52), side])

    # What answers become

    def _on_listed(self) -> None:
        ask = self.presenter
        register = ask.register
        if register is None:
            return
        self.waiting.stop()
        for part in (self.waiting, self.banner, self.absent):
            part.hide()
        self.body.show()
        self.packs.show_packs(register.packs, ask.today, may_set=ask.may_set, why_not=ask.why_not())
        self.filters.show_conditions(register.packs, register.rules, ask.conditions)
        self._show_rows(ask.rows())
        self.take.set_enabled(ask.may_set, ask.why_not())
        self.again.set_enabled(ask.may_read_again, ask.why_not())
        self.read_at_changed.emit(ask.read_at)
        self.busy_changed.emit(False)
        self.trouble.emit(False)

    def _show_rows(self, rows: tuple[RuleLine, ...]) -> None:
        chosen = self._chosen
        self.model.set_rows(rows)
        self.stack.setCurrentWidget(self.table if rows else self.none)
        if not rows:
            self.none.show_state(
                tr("No rule meets the conditions"),
                "",
                [(tr("Take all conditions off"), self.clear)],
                "scale",
            )
        at = self.model.index_of(chosen) if chosen is not None else None
        if rows:
            self.table.make_current(0 if at is None else at)
        self._show_rule(self.table.current_row() if rows else None)
        on = sum(rule.on for rule in rows)
        counted = ntr("{n:,} rule", "{n:,} rules", len(rows))
        judging = ntr("{n:,} on", "{n:,} on", on)
        self.status_changed.emit(f"{counted} · {judging}")

    def clear(self) -> None:
        """Every rule."""
        self.presenter.conditions = Conditions()
        self._on_listed()

    def _show_rule(self, rule: RuleLine | None) -> None:
        ask = self.presenter
        if rule is not None:
            self._chosen = rule.key
        precision = ask.precision.get(rule.rule_id) if rule is not None else None
        self.detail.show_rule(rule, precision, ask.today)
        for button in self.acts.values():
            button.setVisible(rule is not None)
        if rule is None:
            return
        switch, confirm = self.acts["switch"], self.acts["confirm"]
        switch.setText(tr("Switch the rule off") if rule.enabled else tr("Switch the rule on"))
        confirm.setText(
            tr("Take the confirmation back") if rule.confirmed_on else tr("Confirm the rule")
        )
        nothing = "" if rule.params else tr("The rule has nothing to set.")
        self.acts["set"].set_enabled(ask.may_set and bool(rule.params), nothing or ask.why_not())
        switch.set_enabled(ask.may_set, ask.why_not())
        confirm.set_enabled(ask.may_confirm, tr("Rules are confirmed by the compliance officer."))

    def _on_failed(self, error: Exception) -> None:
        self.busy_changed.emit(False)
        self.waiting.stop()
        if not isinstance(error, SupervisorError):
            raise error
        again = [(tr("Try again"), self.refresh)]
        if self.presenter.register is None:
            self.waiting.hide()
            title = tr("The rules could not be read")
            self.absent.show_state(title, sentence_of(error), again, "wifi-off")
            self.absent.show()
        else:
            at = formats.clock_time(self.presenter.read_at)
            said = tr("Shown is what was read at {at}.", at=at)
            self.banner.show_news("warn", sentence_of(error), said, again, dismissable=True)
        self.trouble.emit(isinstance(error, UnreachableError))
