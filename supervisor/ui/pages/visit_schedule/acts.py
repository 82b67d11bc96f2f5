"""What a person can do with the schedule: each act as a dialog over the page, with undo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from supervisor import clock
from supervisor.clock import SHANGHAI
from supervisor.i18n import ntr, tr
from supervisor.models.changes import Changes
from supervisor.models.enums import Act
from supervisor.models.ids import StaffId
from supervisor.models.rows.schedule import Course, PoolCase, VisitCard
from supervisor.ui.look.plain import keyed
from supervisor.ui.pages.visit_schedule.board import Board
from supervisor.ui.pages.visit_schedule.board_view import Draft
from supervisor.ui.pages.visit_schedule.paper_dialog import PaperDialog
from supervisor.ui.pages.visit_schedule.planning_dialog import PlanVisitsDialog, RescheduleDialog
from supervisor.ui.pages.visit_schedule.presenter import SchedulePresenter
from supervisor.ui.pages.visit_schedule.small_dialogs import EndDialog, EquipDialog, NoticeDialog
from supervisor.words import word
from supervisor.words.of_schedule import refusal_text

FIRST_VISIT = time(9)
Say = Callable[[str, str, object], object]


@dataclass(frozen=True, slots=True)
class Parts:
    """What the acts need of the page."""

    page: QWidget
    presenter: SchedulePresenter
    board: Board
    say: Say
    open_case: Callable[[str], object]


class Acts(QObject):
    """Lives as long as the page."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.page)
        self._parts, self._ask = parts, parts.presenter
        parts.presenter.done.connect(self._on_done)

    def cards(self) -> tuple[VisitCard, ...]:
        """The chosen visits, else the current one."""
        board = self._parts.board
        if board.selection:
            return board.selection
        return (board.current,) if board.current is not None else ()

    def do(self, act: str) -> QDialog | None:
        """Open the dialog of an act for the chosen visits."""
        made: dict[str, Callable[[Sequence[VisitCard]], QDialog | None]] = {
            "reschedule": self._reschedule,
            "notice": self._notice,
            "equip": self._equip,
            "recall": lambda cards: self._end(cards, recalled=True),
            "cancel": lambda cards: self._end(cards, recalled=False),
            "record": self._record,
        }
        cards = tuple(card for card in self.cards() if card.course is not Course.REPORTED)
        if not cards or not self._ask.may_plan or act not in made:
            return None
        return made[act](cards)

    def plan(self, cases: Sequence[PoolCase]) -> QDialog | None:
        """安排外访 on the day shown, for the pair the keyboard is on."""
        if not cases or not self._ask.may_plan:
            return None
        lane = self._lane_key()
        on = max(self._ask.on, self._ask.today)
        start = datetime.combine(on, FIRST_VISIT, SHANGHAI)
        if start <= clock.now():
            start = datetime.combine(self._ask.next_workday(), FIRST_VISIT, SHANGHAI)
        return self._open(
            PlanVisitsDialog(
                self._ask, cases, start, lane, self._ask.send_from_dialog, self._parts.page
            )
        )

    def move(self, draft: Draft) -> QDialog | None:
        """A card was put on another pair or time: the dialog says what the rules think of it."""
        if not self._ask.may_plan:
            return None
        lane = self._parts.board.lanes[draft.lane]
        home = (draft.card.agent_id, draft.card.second_agent_id)
        pair = lane.key if lane.key != home else None
        return self._open(
            RescheduleDialog(
                self._ask,
                (draft.card,),
                clock.business_date(draft.start),
                draft.start,
                pair,
                self._ask.send_from_dialog,
                self._parts.page,
            )
        )

    def _lane_key(self) -> tuple[StaffId | None, StaffId | None]:
        board = self._parts.board
        if 0 <= board.at.lane < len(board.lanes):
            return board.lanes[board.at.lane].key
        return (None, None)

    def _reschedule(self, cards: Sequence[VisitCard]) -> QDialog:
        first = min(card.window_from for card in cards)
        on = self._ask.next_workday(clock.business_date(first))
        first = datetime.combine(on, first.astimezone(SHANGHAI).time(), SHANGHAI)
        page, send = self._parts.page, self._ask.send_from_dialog
        return self._open(RescheduleDialog(self._ask, cards, on, first, None, send, page))

    def _notice(self, cards: Sequence[VisitCard]) -> QDialog:
        return self._open(NoticeDialog(self._ask, cards, clock.now(), self._parts.page))

    def _equip(self, cards: Sequence[VisitCard]) -> QDialog | None:
        day = self._ask.day
        return None if day is None else self._open(EquipDialog(self._ask, cards, day,
                                                               self._parts.page))  # fmt: skip

    def _end(self, cards: Sequence[VisitCard], *, recalled: bool) -> QDialog:
        return self._open(EndDialog(self._ask, cards, self._parts.page, recalled=recalled))

    def _record(self, cards: Sequence[VisitCard]) -> QDialog:
        return self._open(PaperDialog(self._ask, cards[0], clock.now(), self._parts.page))

    def menu(self, at: QPoint) -> QMenu:
        """The acts of the chosen visits at a place of the screen."""
        menu = QMenu(self._parts.page)
        cards = self.cards()
        open_ones = [card for card in cards if card.course is not Course.REPORTED]
        planned = [card for card in cards if card.course is Course.PLANNED]
        able = self._ask.may_plan

        def add(text: str, act: str, *, on: bool, keys: str = "") -> None:
            entry = menu.addAction(f"{text}\t{keys}" if keys else text)
            entry.setEnabled(on and able)
            entry.triggered.connect(lambda: self.do(act))

        add(keyed(tr("Reschedule"), "R"), "reschedule", on=bool(planned), keys="Ctrl+R")
        add(keyed(tr("Register notice"), "N"), "notice", on=bool(planned))
        add(keyed(tr("Person, device"), "P"), "equip", on=bool(planned))
        add(keyed(tr("Paper record"), "E"), "record", on=len(open_ones) == 1, keys="Ctrl+S")
        menu.addSeparator()
        add(keyed(tr("Cancel the visit"), "V"), "cancel", on=bool(planned))
        add(keyed(tr("Call back"), "B"), "recall", on=bool(open_ones), keys="Del")
        menu.addSeparator()
        entry = menu.addAction(keyed(tr("Open the case"), "O"))
        entry.setEnabled(len(cards) == 1)
        entry.triggered.connect(lambda: self._parts.open_case(cards[0].case_no))
        menu.popup(at)
        return menu

    def _open(self, dialog: QDialog) -> QDialog:
        dialog.open()
        return dialog

    def _on_done(self, changes: Changes) -> None:
        undo_id = changes.undo_id
        undo: Any = None
        if undo_id is not None and changes.act is not Act.UNDONE:
            undo = lambda: self._ask.undo(undo_id)  # noqa: E731 - the toast keeps it
        self._parts.say(result_text(changes), "warn" if changes.refused else "ok", undo)


def result_text(changes: Changes) -> str:
    """What was done, to how many visits, and what stayed as it was."""
    n = changes.counts.get("plans", changes.counts.get("visits"))
    done = word(changes.act)
    text = done if n is None else ntr("{what}: {n} visit", "{what}: {n} visits", n, what=done)
    if not changes.refused:
        return text
    why = refusal_text(changes.refused[0])
    left = ntr("{n} left as it was", "{n} left as they were", len(changes.refused))
    return tr("{done}; {left} ({why})", done=text, left=left, why=why)
