"""Follow-up: how much time is left, and the steps by the three answers to trouble."""

from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.enums import FlagState
from supervisor.models.enums_incidents import FlagMove, StepFamily, StepOutcome, Task
from supervisor.models.rows.incident_detail import IncidentDetail, StepRow
from supervisor.ui.look.plain import keyed
from supervisor.ui.look.style import polish
from supervisor.ui.pages.incidents.parts import show_if, tell, wrapped
from supervisor.ui.pages.incidents.step_dialogs import step_word
from supervisor.ui.widgets import Button, Card, IconButton, IconLabel, Label, ThinBar
from supervisor.words import formats, word
from supervisor.words.of_incidents_screen import due_text

USUAL_STEPS = 4
"""Lines made beforehand for each of the three answers."""
FAMILIES = (StepFamily.NOTICE, StepFamily.TRAINING, StepFamily.LAWFULNESS)


class StepLine(QWidget):
    """One step: tick, name, whose, until when; a menu for the rest. It takes other steps.

    Signals:
        act_wanted: (what, StepRow); what is "finish", "drop", "change" or "look".
    """

    act_wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step: StepRow | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        self._tick = IconButton("circle", "", size=24)
        self._tick.clicked.connect(self._on_tick)
        self._state = IconLabel("circle", "text3")
        self._title = wrapped("")
        self._said = wrapped("", "hint")
        self._due = Label("", "secondary")
        self._more = IconButton("ellipsis", "", size=24)
        self._more.clicked.connect(self._menu)
        for act in (self._tick, self._more):  # without a step they have no name
            act.hide()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._said)
        line.addWidget(self._tick, 0, top)
        line.addWidget(self._state, 0, top)
        line.addLayout(words, 1)
        line.addWidget(self._due, 0, top)
        line.addWidget(self._more, 0, top)

    @property
    def step(self) -> StepRow:
        """The step shown."""
        if self._step is None:
            raise LookupError
        return self._step

    @property
    def tick(self) -> IconButton | None:
        """What finishes the step; None where that may not be done."""
        return None if self._tick.isHidden() else self._tick

    @property
    def more(self) -> IconButton | None:
        """What else can be done with it; None where nothing can."""
        return None if self._more.isHidden() else self._more

    def show_step(self, step: StepRow, now: datetime, today: date, *, may_work: bool) -> None:
        """Show a step."""
        self._step = step
        name = step_word(step.step)
        is_open = step.done_at is None
        works = is_open and may_work
        self._tick.rename(tr("Finish: {step}", step=name))
        self._more.rename(tr("More for: {step}", step=name))
        show_if(self._tick, works)
        show_if(self._state, not works)
        show_if(self._more, works and step.step != Task.FIRST_LOOK)
        done = step.outcome is StepOutcome.DONE
        icon = "circle-check" if done else "circle" if is_open else "minus"
        self._state.set_icon(icon, "ok" if done else "text3")
        tell(self._title, name)
        self._title.set_tone("" if is_open else "muted")
        owner = step.owner or word(step.owner_role)
        ended = tr("{who}: not needed", who=step.done_by)
        said = owner if is_open else step.done_by or owner
        said = ended if step.outcome is StepOutcome.DROPPED else said
        tell(self._said, " · ".join(part for part in (said, step.words) if part))
        text, tone = self._when(step, now, today)
        tell(self._due, text)
        self._due.set_tone(tone)
        self.setAccessibleName(tr(", ").join(part for part in (name, said, text) if part))

    def _when(self, step: StepRow, now: datetime, today: date) -> tuple[str, str]:
        if step.done_at is not None:
            at = formats.moment(step.done_at, today)
            return (at if step.outcome is StepOutcome.DROPPED else tr("{at} done", at=at)), ""
        return due_text(step.due_at, now, today)

    def _on_tick(self) -> None:
        look = self.step.step == Task.FIRST_LOOK
        self.act_wanted.emit("look" if look else "finish", self.step)

    def _menu(self) -> None:
        menu = QMenu(self)
        menu.addAction(keyed(tr("Change owner or due time"), "C"),
                       lambda: self.act_wanted.emit("change", self.step))  # fmt: skip
        menu.addAction(
            keyed(tr("Not needed"), "N"), lambda: self.act_wanted.emit("drop", self.step)
        )
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))


class FamilyPart(QWidget):
    """One of the three answers with its steps; more lines than usual are made when needed.

    Signals:
        act_wanted: as of its lines.
    """

    act_wanted = Signal(str, object)

    def __init__(self, family: StepFamily, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._family = family
        self._pool: list[StepLine] = []
        self._title = wrapped("", "secondary")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self._box.addWidget(self._title)
        for _ in range(USUAL_STEPS):
            self._add_line()

    def _add_line(self) -> None:
        line = StepLine()
        line.act_wanted.connect(self.act_wanted)
        self._pool.append(line)
        self._box.addWidget(line)

    def show_steps(
        self, detail: IncidentDetail, now: datetime, today: date, *, may_work: bool
    ) -> list[StepLine]:
        """Show the family's steps of a flag; the lines that show them."""
        steps = [step for step in detail.steps if step.family is self._family]
        name = word(self._family)
        tell(self._title, name if steps else tr("{family}: no step", family=name))
        while len(self._pool) < len(steps):
            self._add_line()
        shown = self._pool[: len(steps)]
        for line, step in zip(shown, steps, strict=True):
            line.show_step(step, now, today, may_work=may_work)
        for place, line in enumerate(self._pool):
            show_if(line, place < len(steps))
        return shown


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
        self._families = [FamilyPart(family) for family in FAMILIES]
        for part in self._families:
            part.act_wanted.connect(self._on_act)
            self.body.addWidget(part)
        self._shown: IncidentDetail | None = None

    def show_detail(self, detail: IncidentDetail, now: datetime, today: date, *,
                    may_work: bool) -> None:  # fmt: skip
        """Show the flag's time and steps; the focus stays on the step it was on.

        Steps outlive the judgement: training after a confirmed flag is still to be ended.
        """
        holder = self.focusWidget() or self
        focused = next((one.step.step_id for one in self.lines if one.isAncestorOf(holder)), None)
        self._shown = detail
        self.tick(now, today)
        show_if(self.add, may_work and detail.row.state is not FlagState.CLOSED)
        self.lines = []
        for part in self._families:
            self.lines += part.show_steps(detail, now, today, may_work=may_work)
        open_steps = sum(step.done_at is None for step in detail.steps)
        said = ntr("{n} step open", "{n} steps open", open_steps)
        tell(self.subtitle, said if detail.steps else "")
        again = next((one for one in self.lines if one.step.step_id == focused), None)
        if again is not None:
            (again.tick or again.more or self.add).setFocus()

    def tick(self, now: datetime, today: date) -> None:
        """Tell the time left anew; called every minute."""
        detail = self._shown
        if detail is None:
            return
        row = detail.row
        closed = row.state is FlagState.CLOSED
        for part in (self.bar, self.terms, self.left):
            show_if(part, not closed)
        if closed or row.due_at is None:
            return
        text, tone = due_text(row.due_at, now, today)
        since = _since(detail)
        tell(self.left, text)
        self.left.set_tone(tone)
        what = tr("{state} since {since} · due {due}", state=word(row.state),
                  since=formats.moment(since, today),
                  due=formats.moment(row.due_at, today))  # fmt: skip
        owner = tr("Owner: {name}", name=row.owner) if row.owner else tr("No owner yet")
        tell(self.terms, f"{what} · {owner}")
        whole = max(timedelta(minutes=1), row.due_at - since)
        share = (now - since) / whole
        self.bar.set_share(share)
        mark = "crit" if tone == "crit" else ""
        if self.bar.property("tone") != mark:
            self.bar.setProperty("tone", mark)
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
