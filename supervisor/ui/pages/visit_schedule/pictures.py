"""States of the visit schedule for pictures."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from supervisor.ui.pages.visit_schedule.page import VisitSchedulePage


def steps(page: "VisitSchedulePage") -> list[tuple[str, Callable[[], object]]]:
    """Name of the picture, and what brings the page there."""
    return [
        ("schedule-tomorrow", lambda: page.show_day(page.presenter.next_workday())),
        ("schedule-recall", lambda: _recall(page)),
        ("schedule-selected", lambda: _select(page)),
        ("schedule-reschedule", lambda: page.acts.do("reschedule")),
        ("schedule-notice", lambda: page.acts.do("notice")),
        ("schedule-equip", lambda: page.acts.do("equip")),
        ("schedule-call-back", lambda: page.acts.do("recall")),
        ("schedule-move", lambda: _move(page)),
        ("schedule-pool", lambda: _pool(page)),
        ("schedule-plan", lambda: _plan(page)),
        ("schedule-paper", lambda: _paper(page)),
        ("schedule-empty", lambda: page.show_day(date(2027, 2, 6))),
        ("schedule-today", lambda: page.show_day(page.presenter.today)),
    ]


def _recall(page: "VisitSchedulePage") -> None:
    for card in page.board.cards:
        check = page.presenter.check_of(card)
        if check is not None and check.blocked:
            page.board.make_current(card.plan_id)
            break
    page.show_half("visit")


def _select(page: "VisitSchedulePage") -> None:
    page.board.select_where({card.plan_id for card in page.board.cards[2:6]})


def _move(page: "VisitSchedulePage") -> None:
    page.board.clear_selection()
    page.board.setFocus()
    page.board.nudge(Qt.Key.Key_Right)
    page.board.nudge(Qt.Key.Key_Down)


def _pool(page: "VisitSchedulePage") -> None:
    page.board.cancel_move()
    if page.board.cards:
        page.board.make_current(page.board.cards[-1].plan_id)
    page.show_half("pool")
    select = page.pool.list.selectionModel()
    for row in range(1, 5):
        select.select(
            page.pool.list.list_model.index(row), QItemSelectionModel.SelectionFlag.Select
        )


def _plan(page: "VisitSchedulePage") -> QDialog | None:
    return page.acts.plan(page.pool.chosen)


def _paper(page: "VisitSchedulePage") -> QDialog | None:
    page.show_half("visit")
    return page.acts.do("record")
