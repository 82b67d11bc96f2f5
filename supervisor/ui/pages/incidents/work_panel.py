"""Follow-up: how much time is left, and the steps by the three answers to trouble."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.enums import FlagState
from supervisor.models.enums_incidents import FlagMove, StepFamily, StepOutcome, Task
from supervisor.models.rows.incident_detail import IncidentDetail, StepRow
from supervisor.ui.look.style import polish
from supervisor.ui.pages.incidents.dialogs import step_word
from supervisor.ui.pages.incidents.parts import wrapped
from supervisor.ui.widgets import Button, Card, IconButton, IconLabel, Label, ThinBar
from supervisor.words import formats, word
from supervisor.words.of_incidents_screen import due_text

FAMILIES = (StepFamily.NOTICE, StepFamily.TRAINING, StepFamily.LAWFULNESS)


class StepLine(QWidget):
    """One step: tick, name, whose, until when; a menu for the rest.

    Signals:
        act_wanted: (what, StepRow); what is "finish", "drop", "change" or "look".
    """

    act_wanted = Signal(str, object)

    def __init__(
        self,
        step: StepRow,
        now: datetime,
        today: date,
        *,
        may_work: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.step = step
        name = step_word(step.step)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        is_open = step.done_at is None
        self.tick: IconButton | None = None
        self.more: IconButton | None = None
        if is_open and may_work:
            self.tick = IconButton("circle", tr("Finish: {step}", step=name), size=24)
            look = step.step == Task.FIRST_LOOK
            self.tick.clicked.connect(lambda: self.act_wanted.emit("look" if look else "finish",
                                                                   step))  # fmt: skip
            line.addWidget(self.tick, 0, top)
        else:
            done = step.outcome is StepOutcome.DONE
            icon = "circle-check" if done else "circle" if is_open else "minus"
            holder = IconLabel(icon, "ok" if done else "text3")
            line.addWidget(holder, 0, top)
        words = QVBoxLayout()
        words.setSpacing(0)
        title = wrapped(name, "" if is_open else "secondary")
        words.addWidget(title)
        owner = step.owner or word(step.owner_role)
        ended = tr("{who}: not needed", who=step.done_by)
        said = owner if is_open else step.done_by or owner
        said = ended if step.outcome is StepOutcome.DROPPED else said
        words.addWidget(wrapped(" · ".join(part for part in (said, step.words) if part), "hint"))
        line.addLayout(words, 1)
        text, tone = self._when(step, now, today)
        due = Label(text, "secondary", tone)
        line.addWidget(due, 0, top)
        if is_open and may_work and step.step != Task.FIRST_LOOK:
            self.more = IconButton("ellipsis", tr("More for: {step}", step=name), size=24)
            self.more.clicked.connect(self._menu)
            line.addWidget(self.more, 0, top)
        self.setAccessibleName(tr(", ").join(part for part in (name, said, text) if part))

    def _when(self, step: StepRow, now: datetime, today: date) -> tuple[str, str]:
        if step.done_at is not None:
            at = formats.moment(step.done_at, today)
            return (at if step.outcome is StepOutcome.DROPPED else tr("{at} done", at=at)), ""
        return due_text(step.due_at, now, today)

    def _menu(self) -> None:
        menu = QMenu(self)
        menu.addAction(tr("Change owner or due time"),
                       lambda: self.act_wanted.emit("change", self.step))  # fmt: skip
        menu.addAction(tr("Not needed"), lambda: self.act_wanted.emit("drop", self.step))
        if self.more is not None:
            menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


class WorkPanel(Card):
    """Steps and time.

    Signals:
        act_wanted: (what, StepRow). add_wanted: one more step. look_wanted: the first look.
    """

    act_wanted = Signal(str, object)
    add_wanted = Signal()
    look_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Follow-up steps"), parent=parent)
        self.add = Button(tr("Add a step"), "link")
        self.add.setToolTip("Ctrl+N")
        self.add.clicked.connect(self.add_wanted)
        self.head.addWidget(self.add)
        self.left = Label(role="objectTitle")
        self.terms = wrapped("", "secondary")
        self.bar = ThinBar()
        self.body.addWidget(self.left)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.terms)
        self.lines: list[StepLine] = []
        self._content: QWidget | None = None
        self._shown: IncidentDetail | None = None
        self._told = ""

    def show_detail(self, detail: IncidentDetail, now: datetime, today: date, *,
                    may_work: bool) -> None:  # fmt: skip
        """Show the flag's time and steps; the focus stays on the step it was on."""
        focused = next((one.step.step_id for one in self.lines if one.isAncestorOf(
            self.focusWidget() or self)), None)  # fmt: skip
        self._shown = detail
        self.tick(now, today)
        self.add.setVisible(may_work)
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(4)
        self.lines = []
        for family in FAMILIES:
            steps = [step for step in detail.steps if step.family is family]
            box.addWidget(self._family(family, steps))
            for step in steps:
                line = StepLine(step, now, today, may_work=may_work)
                line.act_wanted.connect(self._on_act)
                self.lines.append(line)
                box.addWidget(line)
        open_steps = sum(step.done_at is None for step in detail.steps)
        said = ntr("{n} step open", "{n} steps open", open_steps)
        self.subtitle.setText(said if detail.steps else "")
        if self._content is not None:
            self.body.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = holder
        self.body.addWidget(holder)
        again = next((one for one in self.lines if one.step.step_id == focused), None)
        if again is not None:
            (again.tick or again.more or self.add).setFocus()

    def _family(self, family: StepFamily, steps: list[StepRow]) -> Label:
        text = word(family) if steps else tr("{family}: no step", family=word(family))
        return wrapped(text, "secondary" if steps else "hint")

    def tick(self, now: datetime, today: date) -> None:
        """Tell the time left anew; called every minute."""
        detail = self._shown
        if detail is None:
            return
        row = detail.row
        closed = row.state is FlagState.CLOSED
        for part in (self.bar, self.terms, self.left):
            part.setVisible(not closed)
        if closed or row.due_at is None:
            return
        text, tone = due_text(row.due_at, now, today)
        since = _since(detail)
        self.left.setText(text)
        self.left.set_tone(tone)
        what = tr("{state} since {since} · due {due}", state=word(row.state),
                  since=formats.moment(since, today),
                  due=formats.moment(row.due_at, today))  # fmt: skip
        owner = tr("Owner: {name}", name=row.owner) if row.owner else tr("No owner yet")
        self.terms.setText(f"{what} · {owner}")
        whole = max(timedelta(minutes=1), row.due_at - since)
        share = (now - since) / whole
        self.bar.set_share(share)
        self.bar.setProperty("tone", "crit" if tone == "crit" else "")
        polish(self.bar)
        self.bar.setAccessibleName(tr("{text}. {what}", text=text, what=what))

    def _on_act(self, what: str, step: StepRow) -> None:
        if what == "look":
            self.look_wanted.emit()
        else:
            self.act_wanted.emit(what, step)


def _since(detail: IncidentDetail) -> datetime:
    """When the flag entered its present state."""
    entered = [one.at for one in detail.events if one.to_state is detail.row.state]
    return entered[-1] if entered else detail.row.raised_at


def may_look(detail: IncidentDetail) -> bool:
    """Whether the first look is this person's to take."""
    return FlagMove.LOOK in detail.moves
