"""上门结果: where visits leak, when somebody is met, what promises and channels come to."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from supervisor.i18n import tr
from supervisor.models.enums_measures import Basis
from supervisor.ui.background.desk import Desk
from supervisor.ui.charts.basis_switch import basis_switch
from supervisor.ui.charts.board import Board
from supervisor.ui.charts.board_page import BoardPage
from supervisor.ui.charts.board_shots import card_failed, scrolled
from supervisor.ui.pages.outcomes.questions import BASIS, questions


class OutcomesPage(BoardPage):
    """Seven cards."""

    page_id: ClassVar[str] = "outcomes"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        titles = {
            "funnel": tr("Where do visits leak?"),
            "met_hours": tr("When is the customer met?"),
            "trend": tr("Do visits come to more?"),
            "channels": tr("What follows a visit, a call, a letter?"),
            "promise_people": tr("Are promises kept, by collector?"),
            "promise_history": tr("Does a promise depend on those before it?"),
            "compliance": tr("Are visits done by the rules?"),
        }
        board = Board(titles, desk.actor.name, (46, 54), frozenset({"promise_people"}))
        super().__init__(desk, board, questions, parent)
        self.basis = basis_switch()
        self.basis.chosen.connect(partial(self.presenter.choose, BASIS))
        board.put_beside_title("funnel", self.basis)

    def title(self) -> str:
        """上门结果."""
        return tr("Visit outcomes")

    def shots(self) -> list[tuple[str, Callable[[], object]]]:
        """States for pictures."""
        return [
            ("outcomes-amounts", self._amounts),
            ("outcomes-below", partial(scrolled, self)),
            ("outcomes-table", self.board.cards["met_hours"].show_table),
            ("outcomes-card-failed", partial(card_failed, self, "met_hours")),
        ]

    def _amounts(self) -> None:
        self.basis.button(Basis.MONEY.value).click()
