"""Where a case is shown, beside the list or alone; the panel itself is built for the first case."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.ui.widgets.scroller import Scroller, Squeezed
from supervisor.words import formats

if TYPE_CHECKING:
    from supervisor.models.rows.case_file import CaseFileRow, PrivateItems
    from supervisor.ui.pages.case_queue.case_panel import CasePanel

WIDTH, NARROWEST, WIDEST = 412, 360, 640


class CasePlace(QFrame):
    """Signals: those of `CasePanel`."""

    closed = Signal()
    full_wanted = Signal()
    stepped = Signal(int)
    act_wanted = Signal(str)
    reveal_wanted = Signal(str)
    copy_wanted = Signal(str, str)
    case_wanted = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._built: CasePanel | None = None
        self.setMinimumWidth(NARROWEST)
        self.setProperty("lies_over", True)  # the list, where there is no room beside it
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    @property
    def is_full(self) -> bool:
        """Whether the case fills the page."""
        return self._built is not None and self._built.is_full

    @property
    def view(self) -> "CasePanel":
        """The panel, built when the first case is opened."""
        if self._built is None:
            self._built = self._build()
        return self._built

    def _build(self) -> "CasePanel":
        from supervisor.ui.pages.case_queue.case_panel import (  # noqa: PLC0415 - for the first case
            CasePanel,
        )

        view = CasePanel(self._today, self)
        view.closed.connect(self.closed)
        view.full_wanted.connect(self.full_wanted)
        view.stepped.connect(self.stepped)
        view.act_wanted.connect(self.act_wanted)
        view.reveal_wanted.connect(self.reveal_wanted)
        view.copy_wanted.connect(self.copy_wanted)
        view.case_wanted.connect(self.case_wanted)
        low = Scroller(tr("Case details"), stops=False)
        low.setWidget(Squeezed(view))
        self._box.addWidget(low)
        return view

    def region(self) -> QWidget:
        """Where F6 puts the focus."""
        if self._built is None:
            return self
        return self._built.timeline.list if self.is_full else self._built.tabs

    def set_full(self, *, on: bool) -> None:
        """The case alone, or beside the list."""
        if on or self._built is not None:
            self.view.set_full(on)
        self.setMaximumWidth(16_777_215 if on else WIDEST)

    def show_row(self, row: CaseQueueRow, place: str) -> None:
        """What the queue knows at once; the file follows."""
        self.view.show_row(row, place)

    def show_file(self, file: "CaseFileRow", today: date) -> None:
        """The whole case."""
        self.view.show_file(file, today)

    def show_private(self, items: "PrivateItems | None", seconds: int = 0) -> None:
        """Show revealed items for so many seconds, or (None) mask them again."""
        if self._built is not None:
            self._built.show_private(items, seconds)


def place_text(number: int, total: int) -> str:
    """第 3 / 24 件."""
    return ntr("{at} / {n:,} case", "{at} / {n:,} cases", total, at=formats.count(number))
