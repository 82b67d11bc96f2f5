"""One incident in full: facts, hold, note, rules, statements, what was before and came after."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from supervisor.i18n import ntr, tr
from supervisor.models.enums import Role
from supervisor.models.enums_incidents import AppealKind, FlagMove
from supervisor.models.rows.incident_detail import AppealRow, FlagHoldRow, IncidentDetail
from supervisor.ui.pages.incidents import detail_parts as tell
from supervisor.ui.pages.incidents.note_segments import segments
from supervisor.ui.pages.incidents.note_view import NoteView, legend
from supervisor.ui.pages.incidents.parts import SeverityTag, column, heading, rule_line, wrapped
from supervisor.ui.pages.incidents.questions import RuleBook
from supervisor.ui.pages.incidents.rule_cards import CardView, others_view
from supervisor.ui.widgets import Banner, Button, EmptyState, IconLabel, Label, Skeleton
from supervisor.words import formats, word


class DetailView(QFrame):
    """The middle of the page.

    Signals:
        case_wanted: open the case of this flag in the queue.
        lift_wanted: compliance lifts the hold.
        statement_wanted: AppealKind. answer_wanted: AppealRow.
        complaints_wanted: the ledger, on this case.
    """

    case_wanted = Signal()
    lift_wanted = Signal()
    statement_wanted = Signal(object)
    answer_wanted = Signal(object)
    complaints_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(tr("Flag"))
        self.nothing = EmptyState()
        self.waiting = Skeleton(8)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(tr("Flag in full"))
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 1, 1, 1)
        for part in (self.nothing, self.waiting, self.area):
            box.addWidget(part)
        self.note: NoteView | None = None
        self.cards: list[CardView] = []
        self.banner: Banner | None = None
        self.case_link: Button | None = None
        self.others: QWidget | None = None
        self._shown: tuple[int, int] | None = None
        self._whole_history = False
        self._others_open = False
        self.clear()

    def clear(self) -> None:
        """No flag is chosen."""
        self._shown = None
        self.waiting.stop()
        self.waiting.hide()
        self.area.hide()
        self.nothing.show_state(tr("Choose a flag"), tr("Its note, rules and steps stand here."),
                                (), "shield-alert")  # fmt: skip
        self.nothing.show()

    def wait(self) -> None:
        """Another flag was chosen; nobody's figures stand under another one's name."""
        self._shown = None
        self._whole_history = self._others_open = False
        self.nothing.hide()
        self.area.hide()
        self.waiting.show()
        self.waiting.start()

    def show_detail(self, detail: IncidentDetail, rules: RuleBook, today: date, role: Role) -> None:
        """Show a flag; the place stays where the same flag was shown before."""
        ref = detail.row.ref
        about = (int(ref.branch_id), int(ref.flag_id))
        bar = self.area.verticalScrollBar()
        place = bar.value() if about == self._shown else 0
        self._shown = about
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(16, 12, 16, 16)
        box.setSpacing(8)
        for part in self._parts(detail, rules, today, role):
            if isinstance(part, QWidget):
                box.addWidget(part)
            else:
                box.addLayout(part)
        box.addStretch(1)
        self.area.setWidget(holder)
        self.waiting.stop()
        self.waiting.hide()
        self.nothing.hide()
        self.area.show()
        QTimer.singleShot(0, self, lambda: bar.setValue(place))

    def _parts(
        self, detail: IncidentDetail, rules: RuleBook, today: date, role: Role
    ) -> list[QWidget | QHBoxLayout]:
        parts: list[QWidget | QHBoxLayout] = [
            self._head(detail, rules),
            wrapped(tell.facts_text(detail, today), "secondary"),
        ]
        parts.append(tell.evidence_chips(detail))
        self.banner = None
        if detail.hold is not None:
            parts.append(self._hold(detail.hold, detail, today))
        parts += self._note(detail, today)
        parts += self._rules(detail, rules, today)
        parts.append(rule_line())
        record: Callable[[AppealKind], object] = self.statement_wanted.emit
        answer: Callable[[AppealRow], object] = self.answer_wanted.emit
        parts.append(tell.statements(detail, today, role, record, answer))
        parts.append(heading(tr("Before")))
        parts.append(wrapped(tell.before(detail), "secondary"))
        effect = tell.after(detail, today)
        if effect:
            parts.append(heading(tr("Afterwards")))
            parts.append(wrapped(effect, "secondary"))
        parts += self._complaints(detail, today)
        parts += self._history(detail, today)
        return parts

    def _head(self, detail: IncidentDetail, rules: RuleBook) -> QWidget:
        row = detail.row
        title = rules.heading(row)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(SeverityTag(row.severity))
        line.addWidget(wrapped(title, "objectTitle"), 1)
        number = Label(tr("Flag {number}", number=row.flag_no), "secondary")
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line.addWidget(number)
        self.case_link = Button(tr("Open the case"), "link")
        self.case_link.clicked.connect(self.case_wanted)
        self.case_link.setVisible(not detail.deidentified)
        line.addWidget(self.case_link)
        return column([line])

    def _hold(self, hold: FlagHoldRow, detail: IncidentDetail, today: date) -> QWidget:
        self.banner = Banner()
        if hold.lifted_at is not None:
            said = tr("Lifted {at} by {who}.", at=formats.moment(hold.lifted_at, today),
                      who=hold.lifted_by)  # fmt: skip
            self.banner.show_news("ok", tr("The hold was lifted"), said)
            return self.banner
        planned = (
            tr("Planned for {at}.", at=formats.moment(hold.plan_at, today)) if hold.plan_at else ""
        )
        ends = tr("It ends once the review is submitted and the compliance officer lifts it. "
                  "Other cases are not affected.")  # fmt: skip
        may = FlagMove.LIFT_HOLD in detail.moves
        acts = [(word(FlagMove.LIFT_HOLD), self.lift_wanted.emit)] if may else []
        self.banner.show_news("crit", tr("The next visit is on hold"), f"{planned} {ends}".strip(),
                              acts)  # fmt: skip
        return self.banner

    def _note(self, detail: IncidentDetail, today: date) -> list[QWidget | QHBoxLayout]:
        visit = detail.visit
        if visit is None:
            return [wrapped(tr("This flag is about the case, not about one visit."), "secondary")]
        title = tr("Visit note, de-identified") if detail.deidentified else tr("Visit note")
        self.note = NoteView()
        self.note.show_note(visit.note or tr("No note was written."), detail.spans)
        pieces = segments(visit.note, detail.spans)
        return [heading(title, tell.note_head(visit, today), legend(pieces)), self.note]

    def _rules(
        self, detail: IncidentDetail, rules: RuleBook, today: date
    ) -> list[QWidget | QHBoxLayout]:
        self.cards = [CardView(card, rules, today) for card in detail.cards]
        self.others = None
        links = []
        if detail.other_cards:
            n = len(detail.other_cards)
            link = Button(ntr("See {n} that does not count", "See {n} that do not count", n),
                          "link")  # fmt: skip
            self.others = others_view(detail.other_cards, rules)
            self.others.setVisible(self._others_open)
            link.clicked.connect(self._toggle_others)
            links.append(link)
        about = tr("by the versions in force on the day of the visit")
        parts: list[QWidget | QHBoxLayout] = [rule_line()]
        parts.append(heading(tr("What the rules ask"), about, *links))
        info = QHBoxLayout()
        info.setSpacing(6)
        info.addWidget(IconLabel("info", "text3", 14))
        info.addWidget(wrapped(tr("A finding is only a prompt; people judge."), "hint"), 1)
        parts.append(info)
        parts += self.cards
        if not self.cards:
            parts.append(wrapped(tr("No finding stands any more."), "secondary"))
        if self.others is not None:
            parts.append(self.others)
        return parts

    def _toggle_others(self) -> None:
        self._others_open = not self._others_open
        if self.others is not None:
            self.others.setVisible(self._others_open)

    def _complaints(self, detail: IncidentDetail, today: date) -> list[QWidget | QHBoxLayout]:
        if not detail.complaints:
            return []
        link = Button(tr("In the ledger"), "link")
        link.clicked.connect(self.complaints_wanted)
        n = len(detail.complaints)
        said = ntr("{n} of this case", "{n} of this case", n)
        lines = [wrapped(tell.complaint_text(one, today), "secondary")
                 for one in detail.complaints]  # fmt: skip
        return [heading(tr("Complaints"), said, link), *lines]

    def _history(self, detail: IncidentDetail, today: date) -> list[QWidget | QHBoxLayout]:
        n = len(detail.events)
        if not n:
            return []
        links = []
        more = n > tell.EVENTS_SHOWN and not self._whole_history
        body = tell.history(detail.events, today, whole=not more)
        parts: list[QWidget | QHBoxLayout] = []
        holder = QVBoxLayout()
        holder.setContentsMargins(0, 0, 0, 0)
        frame = QWidget()
        frame.setLayout(holder)
        holder.addWidget(body)
        if more:
            link = Button(ntr("All {n}", "All {n}", n), "link")

            def show_all() -> None:
                self._whole_history = True
                holder.replaceWidget(body, tell.history(detail.events, today, whole=True))
                body.hide()
                body.deleteLater()
                link.hide()

            link.clicked.connect(show_all)
            links.append(link)
        parts.append(heading(tr("History"), "", *links))
        parts.append(frame)
        return parts
