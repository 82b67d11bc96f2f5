"""Parts of the case panel: facts, preparation, holds, who held it when, the household."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from supervisor.i18n import mark, ntr, tr
from supervisor.models.rows.case_file import (
    AssignmentRow,
    CaseFileRow,
    ContractRow,
    HoldRow,
    PreparationRow,
    PrivateItems,
    TickState,
)
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.ui.pages.case_queue import cells
from supervisor.ui.widgets import Button, Card, Chip, ElidedLabel, IconButton, IconLabel, Label
from supervisor.words import formats, sentence, word

LABEL_WIDTH = 68
LINE_HEIGHT = 26
_TICKS = {
    TickState.DONE: ("check", "ok"),
    TickState.OPEN: ("circle", "text3"),
    TickState.ADVICE: ("triangle-alert", "warn"),
    TickState.BLOCKED: ("circle-pause", "crit"),
}
_ITEMS = {
    "file": mark("Documents"),
    "target": mark("Target"),
    "moment": mark("Moment"),
    "strategy": mark("Strategy"),
    "notice": mark("Advance notice"),
    "people": mark("Two people, device"),
}


def clear(layout: QHBoxLayout | QVBoxLayout | QGridLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QHBoxLayout | QVBoxLayout | QGridLayout):
            clear(inner)


class Facts(QWidget):
    """The borrower, masked, with links to reveal; contract and people.

    Signals:
        reveal_wanted: which item.
        copy_wanted: a revealed item's name, its values one in a line.
    """

    reveal_wanted = Signal(str)
    copy_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._file: CaseFileRow | None = None
        self._how_long = ""
        self._lines = 0

    def show_file(
        self, file: CaseFileRow, shown: PrivateItems | None = None, how_long: str = ""
    ) -> None:
        """Show a case; `shown` are items revealed, for `how_long`."""
        self._file, self._how_long = file, how_long
        clear(self._grid)
        self._lines = 0
        one, private = file.borrower, shown or PrivateItems()
        self._line(tr("Mobile"), one.phone, "phones", private.phones, "、")
        self._line(tr("Address"), one.address, "addresses", private.addresses, "；")
        number = (private.id_number,) if private.id_number else ()
        self._line(tr("ID number"), one.id_number, "id_number", number)
        head = file.head
        agent = cells.person_text(head.agent, head.agent_no)
        second = cells.second_text(head)
        self._line(tr("In charge"), tr("{agent} · second {second}", agent=agent, second=second))
        for contract in file.contracts:
            self._line(tr("Contract"), contract_text(contract))
        self._line(tr("Payment"), tr("App or company account; collectors take no cash"))
        contacts = ntr("{n} contact person", "{n} contact persons", one.contacts)
        if one.do_not_contact:
            barred = ntr("{n} not to be contacted", "{n} not to be contacted", one.do_not_contact)
            contacts = f"{contacts} · {barred}"
        self._line(tr("Contacts"), contacts)

    def _line(
        self,
        title: str,
        masked: str,
        item: str = "",
        revealed: Sequence[str] = (),
        between: str = "",
    ) -> None:
        # Not the grid's own count: it keeps the rows of the case before, each as high as a line.
        line, text = self._lines, between.join(revealed) or masked
        self._lines += 1
        self._grid.setRowMinimumHeight(line, LINE_HEIGHT)
        label = Label(title, "secondary")
        value = ElidedLabel(text or formats.MISSING)
        if not revealed:  # what was revealed is copied by its button alone: the audit learns of it
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(f"{title}: {value.text().replace('*', '')}")
        self._grid.addWidget(label, line, 0)
        self._grid.addWidget(value, line, 1)
        if item and text and not revealed:
            show = Button(tr("Show"), "link")
            show.setAccessibleName(tr("Show {what}", what=title))
            show.clicked.connect(lambda _on=False, one=item: self.reveal_wanted.emit(one))
            self._grid.addWidget(show, line, 2)
        elif revealed:
            self._grid.addWidget(Chip(self._how_long, "warn", "clock"), line, 2)
            copy = IconButton(
                "copy", tr("Copy {what}; the audit learns of it", what=title), size=24
            )
            values = "\n".join(revealed)
            copy.clicked.connect(lambda _on=False: self.copy_wanted.emit(item, values))
            self._grid.addWidget(copy, line, 3)


def contract_text(row: ContractRow) -> str:
    """HT2026…, product, sum, instalments, in one line."""
    parts = [
        row.contract_no,
        formats.money(row.principal_fen),
        ntr("{n} instalment", "{n} instalments", row.instalments),
    ]
    if row.accelerated_on is not None:
        parts.append(tr("called in on {day}", day=row.accelerated_on.isoformat()))
    return " · ".join(parts)


class Preparation(QWidget):
    """上门准备: six lines with state, fact and advice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)

    def show_file(self, file: CaseFileRow, today: date) -> None:
        """Show how the next visit is prepared."""
        clear(self._box)
        ready = sum(row.state is TickState.DONE for row in file.preparation)
        head = QHBoxLayout()
        head.addWidget(Label(tr("Preparation of the next visit"), "strong"))
        if file.head.next_plan_at is not None:
            head.addWidget(Label(cells.plan_text(file.head.next_plan_at, today), "secondary"))
        head.addStretch(1)
        whole = ready == len(file.preparation)
        text = tr("{n} of {all} ready", n=ready, all=len(file.preparation))
        head.addWidget(Chip(text, "ok" if whole else "warn"))
        self._box.addLayout(head)
        for row in file.preparation:
            self._box.addLayout(_prepared(row))


def _prepared(row: PreparationRow) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(IconLabel(*_TICKS[row.state]))
    title = Label(tr(_ITEMS[row.item]))
    title.setMinimumWidth(LABEL_WIDTH)
    line.addWidget(title)
    said = sentence(row.code, row.facts)
    fact = ElidedLabel(said)
    fact.set_tone({TickState.ADVICE: "warn", TickState.BLOCKED: "crit"}.get(row.state, ""))
    fact.setAccessibleName(f"{title.text()}, {word(row.state)}: {said}")
    line.addWidget(fact, 1)
    return line


class Circumstances(QWidget):
    """标记 tab: holds, who held the case when, other cases at the same door.

    Signals:
        case_wanted: a case of the household (CaseQueueRow).
        end_hold_wanted: the open hold is to end.
    """

    case_wanted = Signal(object)
    end_hold_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(6)

    def show_file(self, file: CaseFileRow, today: date) -> None:
        """Show a case."""
        clear(self._box)
        flags = file.head.flag_count
        self._title(tr("Flags"))
        self._text(
            ntr("{n} open flag, see the timeline", "{n} open flags, see the timeline", flags)
            if flags
            else tr("No open flag.")
        )
        self._holds(file.holds)
        self._assignments(file.assignments, today)
        self._household(file.household)
        self._box.addStretch(1)

    def _title(self, text: str) -> None:
        self._box.addWidget(Label(text, "strong"))

    def _text(self, text: str) -> None:
        label = Label(text, "secondary")
        label.setWordWrap(True)
        self._box.addWidget(label)

    def _holds(self, holds: Sequence[HoldRow]) -> None:
        self._title(tr("Holds"))
        if not holds:
            self._text(tr("Never on hold."))
        for hold in holds:
            until = hold.until_on.isoformat() if hold.until_on else tr("no end set")
            parts = [f"{hold.from_on.isoformat()}–{until}", word(hold.reason), hold.owner]
            parts.append(tr("ended") if hold.ended_at else "")
            self._text(" · ".join([part for part in (*parts, hold.words) if part]))
        if any(hold.ended_at is None for hold in holds):
            end = Button(tr("End the hold"), "careful", small=True)
            end.clicked.connect(self.end_hold_wanted)
            self._box.addWidget(end, 0, Qt.AlignmentFlag.AlignLeft)

    def _assignments(self, rows: Sequence[AssignmentRow], today: date) -> None:
        self._title(tr("Who held the case when"))
        for row in rows:
            until = formats.moment(row.until_at, today) if row.until_at else tr("today")
            who = " / ".join(name for name in (row.agent, row.second_agent) if name)
            when = f"{formats.moment(row.from_at, today)} – {until}"
            self._text(" · ".join(part for part in (when, who or tr("nobody"), row.reason) if part))

    def _household(self, rows: Sequence[CaseQueueRow]) -> None:
        if not rows:
            return
        self._title(ntr("{n} other case at this door", "{n} other cases at this door", len(rows)))
        for row in rows:
            text = f"{row.name} · {cells.number_text(row)} · {cells.stage_text(row)}"
            link = Button(text, "link")
            link.clicked.connect(lambda _on=False, one=row: self.case_wanted.emit(one))
            self._box.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)


def card(title: str, part: QWidget) -> Card:
    """A part as a card of the full page."""
    made = Card(title)
    made.body.addWidget(part, 1)
    return made
