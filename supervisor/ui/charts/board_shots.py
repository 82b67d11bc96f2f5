"""States of a page of charts for pictures."""

from supervisor.errors import UnreachableError
from supervisor.ui.charts.board_page import BoardPage


def scrolled(page: BoardPage) -> None:
    """The cards below."""
    bar = page.body.verticalScrollBar()
    bar.setValue(bar.maximum())


def card_failed(page: BoardPage, card: str) -> None:
    """One card could not be read."""
    failed = page.board.cards[card]
    failed.show_trouble(UnreachableError("database_unreachable"), page.refresh)
    page.body.ensureWidgetVisible(failed)
