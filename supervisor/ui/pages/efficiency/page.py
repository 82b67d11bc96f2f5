"""催收效率: what comes back, where debt slides, what a visit brings, whom it falls on."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QComboBox, QWidget

from supervisor.i18n import tr
from supervisor.models.enums_measures import Basis, Dimension
from supervisor.models.rows.charts import ChartRow, Ink, LinesRow
from supervisor.pictures.intake_lines import WEEKLY
from supervisor.pictures.intakes import intake_name
from supervisor.ui.background.desk import Desk
from supervisor.ui.charts.aims_button import AimsButton
from supervisor.ui.charts.basis_switch import basis_switch
from supervisor.ui.charts.board import Board
from supervisor.ui.charts.board_page import BoardPage
from supervisor.ui.charts.board_shots import card_failed, scrolled
from supervisor.ui.pages.efficiency.questions import AGAINST, BASIS, SIZE, questions
from supervisor.ui.widgets import SegmentedControl


class EfficiencyPage(BoardPage):
    """Seven cards."""

    page_id: ClassVar[str] = "efficiency"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        titles = {
            "intake_lines": tr("Which intake pays back sooner?"),
            "targets": tr("Targets"),
            "roll": tr("Where does debt slide?"),
            "yields": tr("What does a visit bring, by stage?"),
            "recovery": tr("How much comes back, by stage?"),
            "reach": tr("How many cases are visited, how often, how soon?"),
            "fairness": tr("Do flags fall alike on everybody?"),
        }
        board = Board(titles, desk.actor.name, (63, 37), wide=frozenset({"fairness"}))
        super().__init__(desk, board, questions, parent)
        self._add_switches()

    def _add_switches(self) -> None:
        self.basis = basis_switch()
        self.basis.choose(Basis.MONEY.value)
        self.basis.chosen.connect(partial(self.presenter.choose, BASIS))
        self.board.put_beside_title("roll", self.basis)
        self.aims = AimsButton(self.desk, partial(self._on_failed, ()))
        self.board.put_beside_title("targets", self.aims)
        sizes = [(Dimension.WEEK.value, tr("Weeks")), (Dimension.MONTH.value, tr("Months"))]
        self.intake_size = SegmentedControl(sizes, tr("Intakes by week or by month"))
        self.intake_size.chosen.connect(self._on_size)
        self.against = QComboBox()
        self.against.setAccessibleName(tr("Compare with"))
        self.against.hide()
        self.against.activated.connect(self._on_against)
        self.board.put_beside_title("intake_lines", self.intake_size)
        self.board.put_beside_title("intake_lines", self.against)

    def title(self) -> str:
        """催收效率."""
        return tr("Efficiency")

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        """States for pictures."""
        return [
            ("efficiency-cases", lambda: self.basis.button(Basis.NUMBER.value).click()),
            ("efficiency-months", lambda: self.intake_size.button(Dimension.MONTH.value).click()),
            ("efficiency-below", partial(scrolled, self)),
            ("efficiency-table", self.board.cards["roll"].show_table),
            ("efficiency-card-failed", partial(card_failed, self, "roll")),
        ]

    def _on_drawn(self, card: str, row: ChartRow) -> None:
        super()._on_drawn(card, row)
        if card == "intake_lines" and isinstance(row, LinesRow):
            self._offer(row)

    def _offer(self, row: LinesRow) -> None:
        """The intakes the latest can be compared with."""
        weekly = row.head.key == WEEKLY
        self.intake_size.choose((Dimension.WEEK if weekly else Dimension.MONTH).value)
        others = [one for one in row.series if one.ink is not Ink.MAIN]
        keys = sorted((one.key for one in others), reverse=True)
        self.against.clear()
        for key in keys:
            name = intake_name(date.fromisoformat(key), weekly=weekly)
            self.against.addItem(tr("against {intake}", intake=name), key)
        chosen = next((one.key for one in others if one.ink is Ink.OTHER), None)
        if chosen is not None:
            self.against.setCurrentIndex(keys.index(chosen))
        self.against.setVisible(bool(keys))

    def _on_size(self, size: str) -> None:
        self.presenter.choices[AGAINST] = ""
        self.presenter.choose(SIZE, size)

    def _on_against(self, _index: int) -> None:
        self.presenter.choose(AGAINST, str(self.against.currentData()))
