"""How the start page is laid out: today first, figures, then what needs somebody beside charts."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from supervisor.i18n import tr
from supervisor.pictures.whose import Whose, whose_name
from supervisor.ui.charts.card import ChartCard
from supervisor.ui.charts.tile import Tile
from supervisor.ui.pages.overview.cards import CompositionCard, NeedsCard, VisitsCard

WIDE, MIDDLE = 1180, 760
"""Page widths from which there are three columns, and two."""
TILES = ("in_hand", "received", "met", "kept", "untouched", "flags")
TILE_WIDE = 176
GAP = 12
CHART_HIGH = 300


class OverviewBody(QWidget):
    """Every part of the page, placed by width.

    Signals:
        opened: what is behind a mark (object). told: (text, tone) for a toast.
        stop_wanted: nobody wants to wait for a card any longer (its name).
        whose_chosen: whose flags are to be charted (Whose).
    """

    opened = Signal(object)
    told = Signal(str, str)
    rows_left = Signal(str, int, bool)
    stop_wanted = Signal(str)
    whose_chosen = Signal(object)

    def __init__(self, by: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = (0, 0)
        self._build(by)
        self._place(1, 3)

    def _build(self, by: str) -> None:
        self.needs, self.visits, self.composition = NeedsCard(), VisitsCard(), CompositionCard()
        names = {
            "in_hand": tr("Cases in hand"),
            "received": tr("Received this week"),
            "met": tr("Met rate"),
            "kept": tr("Kept rate"),
            "untouched": tr("No visit for over 7 days"),
            "flags": tr("Risk flags"),
        }
        self.tiles = {key: Tile(names[key]) for key in TILES}
        titles = {
            "intakes": tr("Recovered so far"),
            "targets": tr("Targets"),
            "flag_rates": tr("Are risk flags rising?"),
            "flags_raised": tr("Flags raised"),
            "met_change": tr("Why did the met rate move?"),
            "since_last": tr("Since you last looked"),
        }
        self.charts = {key: ChartCard(title, by=by) for key, title in titles.items()}
        self.whose = QComboBox()
        self.whose.setAccessibleName(tr("Who caused the flags"))
        for one in Whose:
            self.whose.addItem(whose_name(one), one)
        self.whose.activated.connect(
            lambda _index: self.whose_chosen.emit(Whose(self.whose.currentData()))
        )
        self.charts["flag_rates"].put_beside_title(self.whose)
        for key, card in self.charts.items():
            card.keep_least(high=CHART_HIGH)
            card.opened.connect(self.opened)
            card.told.connect(self.told)
            card.rows_left.connect(self.rows_left)
            card.waiting.stop_wanted.connect(partial(self.stop_wanted.emit, key))
        for tile in self.tiles.values():
            tile.opened.connect(self.opened)
            tile.rows_left.connect(self.rows_left)
        self._figures = QWidget()
        self._tiles = QGridLayout(self._figures)
        self._tiles.setContentsMargins(0, 0, 0, 0)
        self._tiles.setSpacing(GAP)
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 0, 20, 20)
        box.setSpacing(GAP)
        box.addWidget(self.visits)
        box.addLayout(self._grid)
        box.addStretch(1)

    def fit(self, wide: int) -> None:
        """As many columns as this width allows; the width of the window's, not of the body's.

        A body that is too wide for its window would never hear that it must become narrower.
        """
        columns = 3 if wide >= WIDE else 2 if wide >= MIDDLE else 1
        self._place(columns, {3: 6, 2: 2, 1: 3 if wide >= 3 * TILE_WIDE + 80 else 2}[columns])

    def _place(self, columns: int, tiles: int) -> None:
        """Put parts into their cells, when another number of columns fits."""
        if (columns, tiles) == self._columns:
            return
        self._columns = (columns, tiles)
        for number, tile in enumerate(self.tiles.values()):
            self._tiles.addWidget(tile, number // tiles, number % tiles)
        for column in range(6):
            self._tiles.setColumnStretch(column, 1 if column < tiles else 0)
        chart = self.charts
        if columns == 3:
            cells: tuple[tuple[QWidget, int, int, int, int], ...] = (
                (self._figures, 0, 0, 1, 3),
                (self.needs, 1, 0, 2, 1),
                (chart["intakes"], 1, 1, 1, 1),
                (chart["targets"], 1, 2, 1, 1),
                (chart["flag_rates"], 2, 1, 1, 1),
                (chart["flags_raised"], 2, 2, 1, 1),
                (self.composition, 3, 0, 1, 1),
                (chart["met_change"], 3, 1, 1, 1),
                (chart["since_last"], 3, 2, 1, 1),
            )
        elif columns == 2:
            cells = (
                (self.needs, 0, 0, 2, 1),
                (self._figures, 0, 1, 1, 1),
                (chart["targets"], 1, 1, 1, 1),
                (chart["flags_raised"], 2, 0, 1, 1),
                (chart["intakes"], 2, 1, 1, 1),
                (chart["met_change"], 3, 0, 1, 1),
                (chart["flag_rates"], 3, 1, 1, 1),
                (self.composition, 4, 0, 1, 1),
                (chart["since_last"], 4, 1, 1, 1),
            )
        else:
            order = (self.needs, self._figures, chart["targets"], chart["intakes"],
                     chart["flags_raised"], chart["flag_rates"], self.composition,
                     chart["met_change"], chart["since_last"])  # fmt: skip
            cells = tuple((part, row, 0, 1, 1) for row, part in enumerate(order))
        for part, row, column, rows, wide in cells:
            self._grid.addWidget(part, row, column, rows, wide)
        stretches = {3: (36, 40, 32), 2: (40, 52, 0), 1: (1, 0, 0)}[columns]
        for column, stretch in enumerate(stretches):
            self._grid.setColumnStretch(column, stretch)
