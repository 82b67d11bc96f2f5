"""The bulk orders: 改派, 停催, 指定同行."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLineEdit, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.enums import BY_HAND, HoldReason, Mark
from supervisor.models.orders import (
    CaseRef,
    HoldCases,
    MarkCases,
    Order,
    ReassignCases,
    RequestSecondPerson,
)
from supervisor.models.rows.directory import DirectoryRow, StaffRow
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.case_queue.dialogs.bulk import BulkDialog
from supervisor.ui.widgets import FormRow
from supervisor.ui.widgets.order_dialog import Send
from supervisor.words import word

HOLD_DAYS = 14


def collectors(directory: DirectoryRow | None, refs: Iterable[CaseRef]) -> list[StaffRow]:
    """Active people of the branches the cases belong to, by branch and number."""
    branches = {ref.branch_id for ref in refs}
    people = directory.staff if directory is not None else ()
    found = [one for one in people if one.active and one.branch_id in branches]
    return sorted(found, key=lambda one: (one.branch_id, one.staff_no))


def person_combo(people: Iterable[StaffRow], nobody: str, parent: QWidget) -> QComboBox:
    """People as choices with their load; the first line is nobody."""
    combo = QComboBox(parent)
    combo.setMaxVisibleItems(16)
    combo.addItem(nobody, None)
    for one in people:
        load = ntr("{n:,} case", "{n:,} cases", one.open_cases)
        combo.addItem(f"{one.name} {one.staff_no} · {load}", one.staff_id)
    return combo


class ReassignDialog(BulkDialog):
    """改派: another agent, and if wanted another second person."""

    def __init__(
        self,
        desk: Desk,
        directory: DirectoryRow | None,
        refs: tuple[CaseRef, ...],
        send: Send,
        parent: QWidget,
    ) -> None:
        super().__init__(
            desk,
            tr("Reassign"),
            lambda n: ntr("Reassign {n:,} case", "Reassign {n:,} cases", n),
            send,
            parent,
        )
        self._refs = refs
        people = collectors(directory, refs)
        self.agent = person_combo(people, tr("Choose a person"), self)
        self.second = person_combo(people, tr("Stays as it is"), self)
        self.reason = QLineEdit(self)
        self.reason.setMaxLength(200)
        self.add_row(FormRow(tr("New agent"), self.agent, check=self._check_agent))
        self.add_row(FormRow(tr("Second person"), self.second))
        self.add_row(FormRow(tr("Reason (optional)"), self.reason))
        self.agent.currentIndexChanged.connect(self.judge)
        self.second.currentIndexChanged.connect(self.judge)
        self.finish()

    def wanted(self) -> Order | None:
        """改派 as the fields stand."""
        agent_id = self.agent.currentData()
        if agent_id is None:
            return None
        return ReassignCases(
            actor=self._desk.actor,
            cases=self._refs,
            agent_id=agent_id,
            second_agent_id=self.second.currentData(),
            reason=self.reason.text().strip(),
        )

    def draft_fields(self) -> Mapping[str, QWidget]:
        """What is kept unsent."""
        return {"agent": self.agent, "second": self.second, "reason": self.reason}

    def _check_agent(self) -> str:
        return "" if self.agent.currentData() is not None else tr("Choose who takes the cases.")


class HoldDialog(BulkDialog):
    """停催: why, until when (or until somebody ends it)."""

    def __init__(
        self, desk: Desk, today: date, refs: tuple[CaseRef, ...], send: Send, parent: QWidget
    ) -> None:
        super().__init__(
            desk,
            tr("Hold"),
            lambda n: ntr("Hold {n:,} case", "Hold {n:,} cases", n),
            send,
            parent,
            careful=True,
        )
        self._refs, self._today = refs, today
        self.reason = QComboBox(self)
        self.reason.setMaxVisibleItems(17)
        # No reason stands there by itself: the first of the list would be a death.
        self.reason.addItem(tr("Choose a reason"), None)
        for reason in BY_HAND:
            self.reason.addItem(word(reason), reason)
        until = today + timedelta(days=HOLD_DAYS)
        self.until = QDateEdit(QDate(until.year, until.month, until.day), self)
        self.until.setDisplayFormat("yyyy-MM-dd")
        self.until.setCalendarPopup(True)
        self.until.setMinimumDate(QDate(today.year, today.month, today.day))
        self.endless = QCheckBox(tr("Until somebody ends it"), self)
        self.words = QLineEdit(self)
        self.words.setMaxLength(500)
        self.add_row(FormRow(tr("Why"), self.reason, check=self._check_reason))
        self.add_row(FormRow(tr("Until and including"), self.until))
        self.body.addWidget(self.endless)
        self.add_row(FormRow(tr("Words (optional)"), self.words))
        self.reason.currentIndexChanged.connect(self.judge)
        self.until.dateChanged.connect(self.judge)
        self.endless.toggled.connect(self._on_endless)
        self.finish()

    def wanted(self) -> Order | None:
        """停催 as the fields stand; None without a reason."""
        if self.reason.currentData() is None:
            return None
        day = self.until.date()
        until = None if self.endless.isChecked() else date(day.year(), day.month(), day.day())
        return HoldCases(
            actor=self._desk.actor,
            cases=self._refs,
            reason=HoldReason(self.reason.currentData()),
            until_on=until,
            words=self.words.text().strip(),
        )

    def draft_fields(self) -> Mapping[str, QWidget]:
        """What is kept unsent."""
        return {
            "reason": self.reason,
            "until": self.until,
            "endless": self.endless,
            "words": self.words,
        }

    def _check_reason(self) -> str:
        return "" if self.reason.currentData() is not None else tr("Choose a reason.")

    def _on_endless(self, endless: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.until.setEnabled(not endless)
        self.judge()


class SecondPersonDialog(BulkDialog):
    """指定同行: name the second person, or only ask for one."""

    def __init__(
        self,
        desk: Desk,
        directory: DirectoryRow | None,
        refs: tuple[CaseRef, ...],
        send: Send,
        parent: QWidget,
    ) -> None:
        super().__init__(
            desk,
            tr("Second person"),
            lambda n: ntr("Confirm for {n:,} case", "Confirm for {n:,} cases", n),
            send,
            parent,
        )
        self._refs = refs
        people = collectors(directory, refs)
        self.person = person_combo(people, tr("Ask for one, nobody named yet"), self)
        self.add_row(FormRow(tr("Second person"), self.person))
        self.person.currentIndexChanged.connect(self.judge)
        self.finish()

    def draft_fields(self) -> Mapping[str, QWidget]:
        """What is kept unsent."""
        return {"person": self.person}

    def wanted(self) -> Order | None:
        """指定同行 as the fields stand."""
        return RequestSecondPerson(
            actor=self._desk.actor,
            cases=self._refs,
            second_agent_id=self.person.currentData(),
        )


class MarkDialog(BulkDialog):
    """色标, where some of the cases refuse it."""

    def __init__(
        self, desk: Desk, mark: Mark | None, refs: tuple[CaseRef, ...], send: Send, parent: QWidget
    ) -> None:
        super().__init__(
            desk,
            tr("Mark"),
            lambda n: ntr("Mark {n:,} case", "Mark {n:,} cases", n),
            send,
            parent,
        )
        self._refs = refs
        self.mark = QComboBox(self)
        for one in Mark:
            self.mark.addItem(tr("Mark {letter}", letter=one.value), one)
        self.mark.addItem(tr("No mark"), None)
        self.mark.setCurrentIndex(self.mark.count() - 1 if mark is None else list(Mark).index(mark))
        self.add_row(FormRow(tr("Mark"), self.mark))
        self.mark.currentIndexChanged.connect(self.judge)
        self.finish()

    def draft_fields(self) -> Mapping[str, QWidget]:
        """What is kept unsent."""
        return {"mark": self.mark}

    def wanted(self) -> Order | None:
        """色标 as chosen."""
        chosen = self.mark.currentData()
        mark = None if chosen is None else Mark(chosen)
        return MarkCases(actor=self._desk.actor, cases=self._refs, mark=mark)
