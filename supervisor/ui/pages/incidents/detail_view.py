"""One incident in full: facts, hold, note, rules, statements, what was before and came after.

Every part is made once and told anew when another flag is chosen: building and laying out widgets
is what takes long.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.enums import Role, Severity
from supervisor.models.enums_incidents import AppealKind, FlagMove
from supervisor.models.rows.incident_detail import AppealRow, FlagHoldRow, IncidentDetail
from supervisor.ui.pages.incidents import detail_parts as tell_of
from supervisor.ui.pages.incidents.note_segments import segments
from supervisor.ui.pages.incidents.note_view import Legend, NoteView
from supervisor.ui.pages.incidents.painted import PaintedChips, Prose
from supervisor.ui.pages.incidents.parts import (
    Heading,
    SeverityTag,
    rule_line,
    show_if,
    tell,
)
from supervisor.ui.pages.incidents.questions import RuleBook
from supervisor.ui.pages.incidents.rule_cards import CardView
from supervisor.ui.pages.incidents.rule_texts import others_text
from supervisor.ui.widgets import Banner, Button, EmptyState, IconLabel, Label, Scroller, Skeleton
from supervisor.words import formats, word


class DetailView(QFrame):
    """The middle of the page.

    Signals:
        case_wanted: open the case of this flag in the queue.
        lift_wanted: compliance lifts the hold.
        statement_wanted: AppealKind. answer_wanted: AppealRow.
        complaints_wanted: the ledger, on this case.
        sheet_wanted: the quality sheet of the visit.
        past_wanted: (RuleCard, Past) the judged flags behind how a rule did before.
    """

    case_wanted = Signal()
    lift_wanted = Signal()
    statement_wanted = Signal(object)
    answer_wanted = Signal(object)
    complaints_wanted = Signal()
    sheet_wanted = Signal()
    past_wanted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(tr("Flag"))
        self.nothing = EmptyState()
        self.waiting = Skeleton(8)
        self.area = Scroller(tr("Flag in full"), region=True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        for part in (self.nothing, self.waiting, self.area):
            box.addWidget(part)
        self.cards: list[CardView] = []
        self._pool: list[CardView] = []
        self._detail: IncidentDetail | None = None
        self._today = date.min
        self._rules = RuleBook({})
        self._appeal: AppealRow | None = None
        self._stated = AppealKind.STATEMENT
        self._shown: tuple[int, int] | None = None
        self._whole_history = False
        self._others_open = False
        self._build()
        self.clear()

    # Built once

    def _build(self) -> None:
        holder = QWidget()
        self._box = QVBoxLayout(holder)
        self._box.setContentsMargins(16, 12, 16, 16)
        self._box.setSpacing(8)
        self._build_head()
        self._build_note()
        self._build_rules()
        self._build_rest()
        self._box.addStretch(1)
        self.area.setWidget(holder)

    def _build_head(self) -> None:
        self._tag = SeverityTag(Severity.INFO)
        self._title = prose("", "objectTitle")
        self._number = Label("", "secondary")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.case_link = _link(tr("Open the case"), self.case_wanted.emit)
        self.sheet_link = _link(tr("Quality sheet"), self.sheet_wanted.emit)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._tag)
        line.addWidget(self._number)
        line.addStretch(1)
        for part in (self.sheet_link, self.case_link):
            line.addWidget(part)
        self._facts = prose("", "secondary")
        self._evidence = PaintedChips()
        self.banner = Banner()
        self._box.addLayout(line)
        for below in (self._title, self._facts, self._evidence, self.banner):
            self._box.addWidget(below)

    def _build_note(self) -> None:
        self._note_head = Heading()
        self._legend = Legend()
        self.note = NoteView()
        self._no_visit = prose(tr("This flag is about the case, not about one visit."), "secondary")
        for part in (self._note_head, self._legend, self.note, self._no_visit):
            self._box.addWidget(part)

    def _build_rules(self) -> None:
        self._others_link = _link("", self._toggle_others)
        head = Heading(tr("What the rules ask"), self._others_link)
        head.about.setText(tr("by the versions in force on the day of the visit"))
        self._box.addWidget(rule_line())
        self._box.addWidget(head)
        info = QHBoxLayout()
        info.setSpacing(6)
        info.addWidget(IconLabel("info", "text3", 14))
        info.addWidget(prose(tr("A finding is only a prompt; people judge."), "hint"), 1)
        self._box.addLayout(info)
        self._card_box = QVBoxLayout()
        self._card_box.setSpacing(8)
        self._box.addLayout(self._card_box)
        self._no_card = prose(tr("No finding stands any more."), "secondary")
        self.others = prose("", "secondary")
        self._box.addWidget(self._no_card)
        self._box.addWidget(self.others)

    def _build_rest(self) -> None:
        self._state_link = _link("", lambda: self.statement_wanted.emit(self._stated))
        self._statement_head = Heading(tr("Statement of the person"), self._state_link)
        self._statements = prose("")
        self._answer_link = _link(tr("Answer the appeal"), self._answer)
        self._before = prose("", "secondary")
        self._after_head = Heading(tr("Afterwards"))
        self._after = prose("", "secondary")
        ledger = _link(tr("In the ledger"), self.complaints_wanted.emit)
        self._complaint_head = Heading(tr("Complaints"), ledger)
        self._complaints = prose("", "secondary")
        self._history_link = _link("", self._show_whole_history)
        self._history_head = Heading(tr("History"), self._history_link)
        self._history = prose("", "secondary")
        left = Qt.AlignmentFlag.AlignLeft
        for part in (rule_line(), self._statement_head, self._statements):
            self._box.addWidget(part)
        self._box.addWidget(self._answer_link, 0, left)
        for part in (Heading(tr("Before")), self._before, self._after_head, self._after,
                     self._complaint_head, self._complaints, self._history_head,
                     self._history):  # fmt: skip
            self._box.addWidget(part)

    # States

    def clear(self) -> None:
        """No flag is chosen."""
        self._shown = None
        self.area.setUpdatesEnabled(True)
        self.waiting.stop()
        self.waiting.hide()
        self.area.hide()
        self.nothing.show_state(tr("Choose a flag"), tr("Its note, rules and steps stand here."),
                                (), "shield-alert")  # fmt: skip
        self.nothing.show()

    def wait(self) -> None:
        """Another flag was chosen; nobody's figures stand under another one's name."""
        self._shown = None
        self.area.setUpdatesEnabled(True)
        self._whole_history = self._others_open = False
        self.nothing.hide()
        self.area.hide()
        self.waiting.show()
        self.waiting.start()

    def shows(self, detail: IncidentDetail) -> bool:
        """Whether this flag is the one that stands here."""
        return self._shown == _about(detail)

    def show_detail(self, detail: IncidentDetail, rules: RuleBook, today: date, role: Role) -> None:
        """Show a flag; the place stays where the same flag was shown before."""
        for part in self.parts_of(detail, rules, today, role):
            part()

    def parts_of(
        self, detail: IncidentDetail, rules: RuleBook, today: date, role: Role
    ) -> list[Callable[[], None]]:
        """What `show_detail` does, to be called one after the other within some frames.

        What stands there is painted anew only when the last one was called: nobody sees half of
        one flag and half of another.
        """
        same = _about(detail) == self._shown
        place = self.area.verticalScrollBar().value() if same else 0
        return [
            partial(self._begin, detail, rules, today),
            partial(self._tell_rules, detail, rules, today),
            partial(self._tell_rest, detail, today, role),
            partial(self._end, place),
        ]

    def _begin(self, detail: IncidentDetail, rules: RuleBook, today: date) -> None:
        if _about(detail) != self._shown:
            self._whole_history = self._others_open = False
        self._shown, self._detail, self._today = _about(detail), detail, today
        self.area.setUpdatesEnabled(False)
        self._tell_head(detail, rules, today)
        self._tell_note(detail, today)

    def _end(self, place: int) -> None:
        self.waiting.stop()
        for part in (self.waiting, self.nothing):
            show_if(part, False)
        show_if(self.area, True)
        self.area.setUpdatesEnabled(True)
        bar = self.area.verticalScrollBar()
        QTimer.singleShot(0, self, lambda: bar.setValue(place))

    # Told anew

    def _tell_head(self, detail: IncidentDetail, rules: RuleBook, today: date) -> None:
        row = detail.row
        self._tag.set_severity(row.severity)
        tell(self._title, rules.heading(row))
        tell(self._number, tr("Flag {number}", number=row.flag_no))
        show_if(self.case_link, not detail.deidentified)
        show_if(self.sheet_link, detail.visit is not None)
        tell(self._facts, tell_of.facts_text(detail, today))
        self._evidence.show_chips(tell_of.evidence_chips(detail))
        if detail.hold is None:
            show_if(self.banner, False)
        else:
            self._tell_hold(detail.hold, detail, today)

    def _tell_hold(self, hold: FlagHoldRow, detail: IncidentDetail, today: date) -> None:
        if hold.lifted_at is not None:
            said = tr("Lifted {at} by {who}.", at=formats.moment(hold.lifted_at, today),
                      who=hold.lifted_by)  # fmt: skip
            self.banner.show_news("ok", tr("The hold was lifted"), said)
            return
        planned = (
            tr("Planned for {at}.", at=formats.moment(hold.plan_at, today)) if hold.plan_at else ""
        )
        ends = tr("It ends once the review is submitted and the compliance officer lifts it. "
                  "Other cases are not affected.")  # fmt: skip
        may = FlagMove.LIFT_HOLD in detail.moves
        acts = [(word(FlagMove.LIFT_HOLD), self.lift_wanted.emit)] if may else []
        title = tr("The next visit is on hold")
        self.banner.show_news("crit", title, f"{planned} {ends}".strip(), acts)

    def _tell_note(self, detail: IncidentDetail, today: date) -> None:
        visit = detail.visit
        show_if(self._no_visit, visit is None)
        for part in (self._note_head, self.note):
            show_if(part, visit is not None)
        if visit is None:
            show_if(self._legend, False)
            return
        title = tr("Visit note, de-identified") if detail.deidentified else tr("Visit note")
        self._note_head.say(title, tell_of.note_head(visit, today))
        pieces = segments(visit.note, detail.spans)
        self._legend.show_pieces(pieces)
        show_if(self._legend, bool(self._legend.accessibleName()))
        self.note.show_note(visit.note or self._no_note(detail), detail.spans)

    def _no_note(self, detail: IncidentDetail) -> str:
        if detail.deidentified:
            return tr("There is no note that may be shown here.")
        return tr("No note was written.")

    def _tell_rules(self, detail: IncidentDetail, rules: RuleBook, today: date) -> None:
        while len(self._pool) < len(detail.cards):
            view = CardView()
            view.past_wanted.connect(self.past_wanted)
            self._pool.append(view)
            self._card_box.addWidget(view)
        self.cards = self._pool[: len(detail.cards)]
        for view, card in zip(self.cards, detail.cards, strict=True):
            view.show_card(card, rules, today)
        for place, view in enumerate(self._pool):
            show_if(view, place < len(detail.cards))
        show_if(self._no_card, not detail.cards)
        n = len(detail.other_cards)
        self._others_link.setText(
            ntr("See {n} that does not count", "See {n} that do not count", n)
        )
        show_if(self._others_link, bool(n))
        self._rules = rules
        self._tell_others(detail)

    def _tell_rest(self, detail: IncidentDetail, today: date, role: Role) -> None:
        stated = tell_of.may_state(detail)
        self._stated = stated or AppealKind.STATEMENT
        appeals = self._stated is AppealKind.APPEAL
        self._state_link.setText(tr("Record an appeal") if appeals else tr("Record a statement"))
        show_if(self._state_link, stated is not None)
        about = "" if detail.appeals else tr("None yet. It is kept with the review.")
        tell(self._statement_head.about, about)
        tell(self._statements, tell_of.statements_text(detail, today), hides=True)
        self._appeal = tell_of.to_answer(detail, role)
        show_if(self._answer_link, self._appeal is not None)
        tell(self._before, tell_of.before(detail))
        effect = tell_of.after(detail, today)
        show_if(self._after_head, bool(effect))
        tell(self._after, effect, hides=True)
        n = len(detail.complaints)
        tell(self._complaint_head.about, ntr("{n} of this case", "{n} of this case", n))
        show_if(self._complaint_head, bool(n))
        lines = [tell_of.complaint_text(one, today) for one in detail.complaints]
        tell(self._complaints, "\n".join(lines), hides=True)
        self._tell_history(detail, today)

    def _tell_history(self, detail: IncidentDetail, today: date) -> None:
        n = len(detail.events)
        more = n > tell_of.EVENTS_SHOWN and not self._whole_history
        self._history_link.setText(ntr("All {n}", "All {n}", n))
        show_if(self._history_link, more)
        show_if(self._history_head, bool(n))
        text = tell_of.history_text(detail.events, today, whole=not more)
        tell(self._history, text, hides=True)

    def _toggle_others(self) -> None:
        self._others_open = not self._others_open
        if self._detail is not None:
            self._tell_others(self._detail)

    def _tell_others(self, detail: IncidentDetail) -> None:
        """Only when it is asked for: there are often thirty."""
        shown = bool(detail.other_cards) and self._others_open
        if shown:
            tell(self.others, others_text(detail.other_cards, self._rules))
        show_if(self.others, shown)

    def _show_whole_history(self) -> None:
        self._whole_history = True
        if self._detail is not None:
            self._tell_history(self._detail, self._today)

    def _answer(self) -> None:
        if self._appeal is not None:
            self.answer_wanted.emit(self._appeal)


def _about(detail: IncidentDetail) -> tuple[int, int]:
    return int(detail.row.ref.branch_id), int(detail.row.ref.flag_id)


def prose(text: str, role: str = "") -> Prose:
    """A text in a role."""
    made = Prose(role)
    made.setText(text)
    return made


def _link(text: str, does: Callable[[], object]) -> Button:
    link = Button(text, "link")
    link.clicked.connect(lambda _on=False: does())
    return link
