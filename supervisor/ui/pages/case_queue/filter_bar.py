"""Conditions above the list: always visible ones, folded ones, one chip per active condition."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from supervisor.i18n import tr
from supervisor.models.enums import Bucket, Mark
from supervisor.models.ids import BranchId, StaffId, TeamId
from supervisor.models.rows.case_queue import CaseQueueFilter
from supervisor.models.rows.directory import DirectoryRow
from supervisor.ui.look.icons import icon
from supervisor.ui.pages.case_queue import cells, filters
from supervisor.ui.pages.case_queue.chip_line import ChipLine
from supervisor.ui.pages.case_queue.choices import (
    AGENT,
    BRANCH,
    NOBODY,
    TEAM,
    MultiChoice,
    PeopleChoice,
)
from supervisor.ui.pages.case_queue.order_choice import OrderChoice
from supervisor.ui.pages.case_queue.search_field import SearchField
from supervisor.ui.widgets import Button, Scroller

if TYPE_CHECKING:
    from supervisor.ui.pages.case_queue.more_filters import MoreFilters

LOWEST_FOLD = 120
ROOM_FOR_DUE = 900
TWO_CHIPS, ONE_CHIP = 1180, 960
"""Widths of the bar from which the promise date, and chips in the one row, have room."""


class FilterBar(QFrame):
    """Shows a filter and tells what a person makes of it.

    Signals:
        wanted_changed: the filter with a person's change in it.
        removed: the key of a condition whose chip was closed.
        sort_wanted: (column key, descending).
        cleared, save_wanted, order_reset, columns_wanted: as their buttons say.
    """

    wanted_changed = Signal(object)
    removed = Signal(str)
    sort_wanted = Signal(str, bool)
    cleared = Signal()
    save_wanted = Signal()
    order_reset = Signal()
    columns_wanted = Signal()

    def __init__(
        self,
        wanted: CaseQueueFilter,
        directory: Callable[[], DirectoryRow | None],
        parent: QWidget | None = None,
        *,
        conditions: Callable[[], Sequence[filters.Condition]],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("filterBar")
        self._conditions = conditions
        self._wanted = wanted
        self._directory = directory
        self._compact = False
        self._room_for_chips: int | None = None
        self._build()
        self._connect()
        self.show_filter(wanted)

    def _build(self) -> None:
        self.stage = MultiChoice[Bucket](
            tr("Stage"), [(one, cells.stage_word(one)) for one in Bucket], self
        )
        self.people = PeopleChoice(self._directory, self)
        self.mark = MultiChoice[Mark](tr("Mark"), [(one, one.value) for one in Mark], self)
        self.due = QComboBox(self)
        self.search = SearchField(self)
        self.search.setMinimumWidth(150)
        self.search.setMaximumWidth(340)
        self.more = QPushButton(icon("sliders-horizontal"), tr("More filters"), self)
        self.more.setCheckable(True)
        self._first = QHBoxLayout()
        self._first.setSpacing(8)
        for title, field in (
            (tr("Stage"), self.stage),
            (tr("People"), self.people),
            (tr("Mark"), self.mark),
            (tr("Promise due"), self.due),
        ):
            label = QLabel(title, self)
            label.setProperty("role", "secondary")
            label.setBuddy(field)
            self._first.addWidget(label)
            self._first.addWidget(field)
        self._due_label = label
        self.due.setAccessibleName(tr("Promise due"))
        self._first.addWidget(self.search, 1)
        self._inline = QHBoxLayout()
        self._first.addLayout(self._inline)
        self._first.addStretch(1)
        self._first.addWidget(self.more)
        self._chips = ChipLine(self)
        self._second = QHBoxLayout()
        self._second.setSpacing(8)
        self._second.addWidget(self._chips, 1)
        self._build_order()
        self._folded: MoreFilters | None = None
        self.fold = Scroller(tr("More conditions"), self)
        self.fold.hide()
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(8)
        box.addLayout(self._first)
        box.addLayout(self._second)
        box.addWidget(self.fold)

    def _build_order(self) -> None:
        self.order = OrderChoice(self)
        self.reset_order = Button(tr("Default order"), "link", parent=self)
        self.columns = QPushButton(icon("columns-3"), "", self)
        self.columns.setProperty("small", "true")
        self.columns.setFixedWidth(32)
        self.columns.setToolTip(tr("Choose columns (Ctrl+Shift+C)"))
        self.columns.setAccessibleName(tr("Choose columns"))
        self._order_label = QLabel(tr("Order"), self)
        self._order_label.setProperty("role", "secondary")
        for part in (self._order_label, self.order, self.reset_order, self.columns):
            self._second.addWidget(part)

    def _connect(self) -> None:
        self.stage.chosen.connect(lambda: self._tell(buckets=frozenset(self.stage.values())))
        self.mark.chosen.connect(lambda: self._tell(marks=frozenset(self.mark.values())))
        self.people.chosen.connect(self._on_people)
        self.due.activated.connect(self._on_due)
        self.search.searched.connect(lambda text: self._tell(search=text))
        self.more.toggled.connect(self._on_more)
        self.order.reset.connect(self.order_reset)
        self.order.sort_wanted.connect(self.sort_wanted)
        self._chips.removed.connect(self.removed)
        self._chips.cleared.connect(self.cleared)
        self._chips.save_wanted.connect(self.save_wanted)
        self.reset_order.clicked.connect(self.order_reset)
        self.columns.clicked.connect(self.columns_wanted)

    def show_filter(self, wanted: CaseQueueFilter) -> None:
        """Show conditions and order that are in force."""
        self._wanted = wanted
        self.stage.show_values(wanted.buckets)
        self.mark.show_values(wanted.marks)
        self._show_people(wanted)
        self._show_due(wanted)
        self.search.show_text(wanted.search)
        if self._folded is not None:
            self._folded.show_filter(wanted)
        self._show_chips()
        self._show_order()

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001
        """One row of filters in small windows; the chips stand in it."""
        if compact == self._compact:
            return
        self._compact = compact
        self.more.setText(tr("More") if compact else tr("More filters"))
        (self._inline if compact else self._second).insertWidget(0, self._chips, 1)
        self._order_label.setVisible(not compact)
        home = self._first if compact else self._second
        for part in (self.order, self.columns):
            home.addWidget(part)
        self._show_due_by_room()
        self.search.setMinimumWidth(150)
        self._box.setContentsMargins(12, 6, 12, 6 if compact else 8)
        self._show_chips()
        self._show_order()

    @property
    def folded(self) -> "MoreFilters":
        """The conditions that are not always visible, built when they are first unfolded."""
        if self._folded is None:
            from supervisor.ui.pages.case_queue.more_filters import (  # noqa: PLC0415 - rarely used
                MoreFilters,
            )

            self._folded = MoreFilters(self._wanted, self)
            self._folded.wanted_changed.connect(self.wanted_changed)
            self._folded.show_filter(self._wanted)
            self.fold.setWidget(self._folded)
        return self._folded

    def _on_more(self, on: bool) -> None:  # noqa: FBT001 - a Qt slot
        """The folded conditions, scrolling where the window is too low for all of them."""
        self.fold.setVisible(on)
        whole = self.folded.sizeHint().height()
        self.fold.setFixedHeight(min(whole, max(LOWEST_FOLD, self.window().height() * 2 // 5)))

    def focus_first(self) -> None:
        """Ctrl+F: the quick search, from which all other conditions are one tab away."""
        self.search.setFocus()
        self.search.selectAll()

    def _tell(self, **values: object) -> None:
        self.wanted_changed.emit(replace(self._wanted, **values))  # type: ignore[arg-type]

    def _on_people(
        self,
        branches: tuple[int, ...],
        teams: tuple[int, ...],
        agents: tuple[int, ...],
        nobody: bool,  # noqa: FBT001
    ) -> None:
        self._tell(
            branches=tuple(BranchId(one) for one in branches),
            teams=tuple(TeamId(one) for one in teams),
            agents=tuple(StaffId(one) for one in agents),
            unassigned=nobody,
        )

    def _show_people(self, wanted: CaseQueueFilter) -> None:
        ticked = [(BRANCH, int(one)) for one in wanted.branches]
        ticked += [(TEAM, int(one)) for one in wanted.teams]
        ticked += [(AGENT, int(one)) for one in wanted.agents]
        ticked += [(NOBODY, 0)] if wanted.unassigned else []
        self.people.show_ticks(ticked, filters.people_text(wanted, self._directory()))

    def _dues(self) -> list[tuple[str, date | None, date | None]]:
        today = self._wanted.as_of
        sunday = today + timedelta(days=6 - today.weekday())
        return [
            (tr("All"), None, None),
            (tr("today"), today, today),
            (tr("tomorrow"), today + timedelta(days=1), today + timedelta(days=1)),
            (tr("this week"), today, sunday),
            (tr("past"), None, today - timedelta(days=1)),
        ]

    def _show_due(self, wanted: CaseQueueFilter) -> None:
        dues = self._dues()
        asked = (wanted.promise_due_from, wanted.promise_due_until)
        known = [(low, high) for _, low, high in dues]
        self.due.clear()
        self.due.addItems([text for text, _, _ in dues])
        if asked not in known:
            self.due.addItem(tr("custom"))
        self.due.setCurrentIndex(known.index(asked) if asked in known else len(known))
        self.due.setProperty("active", "true" if asked != (None, None) else "false")

    def _on_due(self, index: int) -> None:
        dues = self._dues()
        if index < len(dues):
            _, low, high = dues[index]
            self._tell(promise_due_from=low, promise_due_until=high)

    def _show_chips(self) -> None:
        found = self._conditions()
        # Kept first: chips change the height of the bar, which asks again.
        self._room_for_chips = self._most_chips()
        self._chips.show_conditions(found, most=self._room_for_chips)

    def _most_chips(self) -> int | None:
        """As many as the one row of small windows has room for; a chip names how many more."""
        if not self._compact:
            return None
        return 2 if self.width() >= TWO_CHIPS else 1 if self.width() >= ONE_CHIP else 0

    def _show_order(self) -> None:
        default = filters.is_default_order(self._wanted)
        self.order.show_sort(self._wanted.sort)
        self.order.setVisible(not (self._compact and default))
        self.reset_order.setVisible(not default and not self._compact)

    def _show_due_by_room(self) -> None:
        """The promise date gives way first; it stands among the folded conditions too."""
        room = not self._compact and self.width() >= ROOM_FOR_DUE
        self.due.setVisible(room)
        self._due_label.setVisible(room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_due_by_room()
        if self._most_chips() != self._room_for_chips:
            self._show_chips()
