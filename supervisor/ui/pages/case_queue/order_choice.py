"""顺序: which order the list stands in, and every other one, without the mouse on a head."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from supervisor.i18n import tr
from supervisor.models.enums_queue import SortKey
from supervisor.models.rows.case_queue import Sort
from supervisor.words import word

ORDERS = {
    "overdue": (SortKey.OVERDUE, True),
    "settle": (SortKey.SETTLE, True),
    "stage": (SortKey.DAYS_PAST_DUE, True),
    "contract_no": (SortKey.CONTRACT_NO, False),
    "case_no": (SortKey.CASE_NO, False),
    "borrower": (SortKey.BORROWER, False),
    "mark": (SortKey.MARK, False),
    "area": (SortKey.AREA, False),
    "agent": (SortKey.AGENT, False),
    "second_agent": (SortKey.SECOND_AGENT, False),
    "team": (SortKey.TEAM, False),
    "last_visit": (SortKey.LAST_VISIT, False),
    "visit_count": (SortKey.VISIT_COUNT, True),
    "promise": (SortKey.PROMISE_DUE, False),
    "next_step": (SortKey.NEXT_PLAN, False),
    "placed_on": (SortKey.PLACED_ON, True),
    "product": (SortKey.PRODUCT, False),
    "branch": (SortKey.BRANCH, False),
}
"""Column key to what it sorts by and whether it starts with the largest."""


class OrderChoice(QPushButton):
    """A chip that says the order; its menu holds the others.

    Signals:
        sort_wanted: (column key, descending).
        reset: the order of reasons is wanted again.
    """

    sort_wanted = Signal(str, bool)
    reset = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.setProperty("look", "plain")
        self._sort = Sort()
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)
        self.show_sort(self._sort)

    def show_sort(self, sort: Sort) -> None:
        """Say the order in force."""
        self._sort = sort
        arrow = "↓" if sort.descending else "↑"
        text = (
            tr("Default: by reason")
            if sort == Sort()
            else tr("Custom: {column} {arrow}", column=word(sort.key), arrow=arrow)
        )
        self.setText(text)
        self.setAccessibleName(tr("Order: {order}", order=text))
        self.setToolTip(tr("Choose another order"))

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        plain = menu.addAction(tr("Default: by reason"), self.reset.emit)
        plain.setCheckable(True)
        plain.setChecked(self._sort == Sort())
        menu.addSeparator()
        for key, (sort, descending) in ORDERS.items():
            chosen = self._sort.key is sort
            # Choosing the order in force turns it round, as a click on its head does.
            wanted = not self._sort.descending if chosen else descending
            words = f"{word(sort)} {'↓' if wanted else '↑'}"
            action = menu.addAction(words, partial(self.sort_wanted.emit, key, wanted))
            action.setCheckable(True)
            action.setChecked(chosen)
