"""The review: first look, judgement with its reason, decision; moves of state."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from supervisor.i18n import ntr, tr
from supervisor.models.enums import FlagState, Role, Severity
from supervisor.models.enums_incidents import FlagMove, Verdict
from supervisor.models.rows.incident_detail import IncidentDetail, ReviewRow
from supervisor.ui.pages.incidents.dialogs import reason_problem, text_field
from supervisor.ui.pages.incidents.parts import wrapped
from supervisor.ui.widgets import Button, Card, FormRow
from supervisor.ui.widgets.composing import composing, typed
from supervisor.ui.widgets.flow import FlowLayout
from supervisor.words import formats, word

_PRIMARY = (FlagMove.LOOK, FlagMove.SEND_TO_REVIEW)
_MORE = (FlagMove.RETURN, FlagMove.MARK_DUPLICATE, FlagMove.ASSIGN, FlagMove.REOPEN)


class ReviewBox(Card):
    """What a person may do with the flag now; a half-written reason survives refreshes.

    Signals:
        judged: (verdict, reason, whether it is the decision).
        move_wanted: FlagMove.
        emptied: it had the focus, and nothing is left in it that could.
    """

    judged = Signal(object, str, bool)
    move_wanted = Signal(object)
    emptied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Review"), parent=parent)
        self._drafts: dict[tuple[int, int], tuple[str, str]] = {}
        self._about: tuple[int, int] | None = None
        self._content: QWidget | None = None
        self.verdicts: dict[Verdict, QRadioButton] = {}
        self.reason: QPlainTextEdit | None = None
        self.submit: Button | None = None
        self.buttons: dict[FlagMove, Button] = {}
        self._row: FormRow | None = None
        self._choice: FormRow | None = None
        self._decides = False
        self._waiting: IncidentDetail | None = None

    def show_detail(self, detail: IncidentDetail) -> None:
        """Offer what this person may do with this flag in its state.

        While a word of the reason is composed, news of the same flag waits for the end of it.
        """
        ref = detail.row.ref
        about = (int(ref.branch_id), int(ref.flag_id))
        self._waiting = None
        if about == self._about and self.reason is not None and composing(self.reason):
            self._waiting = detail
            return
        self._keep_draft()
        focused = self._focused()
        self._about = about
        self.verdicts, self.buttons = {}, {}
        self.reason = self.submit = self._row = self._choice = None
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self._say_state(box, detail)
        for review in detail.reviews:
            box.addWidget(wrapped(_review_text(review), "secondary"))
        self._decides = FlagMove.DECIDE in detail.moves
        if self._decides or FlagMove.REVIEW in detail.moves:
            self._build_form(box, detail)
        self._build_moves(box, detail.moves)
        if self._content is not None:
            self.body.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = holder
        self.body.addWidget(holder)
        self._take_focus(focused)

    def _say_state(self, box: QVBoxLayout, detail: IncidentDetail) -> None:
        title = tr("Decision") if FlagMove.DECIDE in detail.moves else tr("Review")
        self.title.setText(title)
        given = sum(one.current and not one.decides for one in detail.reviews)
        self.subtitle.setText(
            ntr("{given} of {n} review", "{given} of {n} reviews", detail.reviews_needed,
                given=given)
        )  # fmt: skip
        box.addWidget(wrapped(state_text(detail)))

    def _build_form(self, box: QVBoxLayout, detail: IncidentDetail) -> None:
        group, choices = QButtonGroup(self), QWidget()
        flow = FlowLayout(choices, gap=12)
        for verdict in detail.verdicts:
            button = QRadioButton(word(verdict))
            group.addButton(button)
            self.verdicts[verdict] = button
            flow.addWidget(button)
        choices.setFocusProxy(self.verdicts[detail.verdicts[0]])
        self.reason = text_field(self, 84)
        self.reason.textChanged.connect(lambda: QTimer.singleShot(0, self, self._catch_up))
        self.reason.setPlaceholderText(tr("What was heard or seen, and where in the recording"))
        self._choice = FormRow(tr("Judgement"), choices, check=self._check_choice)
        self._row = FormRow(tr("Reason (required)"), self.reason, check=self._check_reason)
        self.submit = Button(tr("Decide") if self._decides else tr("Submit the review"), "primary")
        self.submit.setToolTip("Ctrl+S")
        self.submit.clicked.connect(self.send)
        box.addWidget(self._choice)
        box.addWidget(self._row)
        line = QHBoxLayout()
        line.addWidget(wrapped(tr("Given independently; the person may appeal."), "hint"), 1)
        line.addWidget(self.submit)
        box.addLayout(line)
        self._take_draft()

    def _build_moves(self, box: QVBoxLayout, moves: frozenset[FlagMove]) -> None:
        offered = [move for move in (*_PRIMARY, *_MORE) if move in moves]
        if not offered:
            return
        holder = QWidget()
        flow = FlowLayout(holder, gap=6)
        for move in offered:
            primary = move in _PRIMARY and self.submit is None
            button = Button(word(move), "primary" if primary else "")
            button.clicked.connect(lambda _on=False, one=move: self.move_wanted.emit(one))
            self.buttons[move] = button
            flow.addWidget(button)
        box.addWidget(holder)

    def send(self) -> None:
        """Check the form and hand the judgement over (Ctrl+S)."""
        if self.reason is None or self._choice is None or self._row is None:
            return
        in_order = [row.check() for row in (self._choice, self._row)]
        if not all(in_order):
            wrong = self._choice if not in_order[0] else self._row
            wrong.field.setFocus()
            return
        verdict = next(one for one, button in self.verdicts.items() if button.isChecked())
        self.judged.emit(verdict, self.reason.toPlainText().strip(), self._decides)

    def sent(self) -> None:
        """The judgement is in: the draft is not needed any more."""
        if self.reason is not None:
            self.reason.clear()
        if self._about is not None:
            self._drafts.pop(self._about, None)

    def _check_choice(self) -> str:
        chosen = any(button.isChecked() for button in self.verdicts.values())
        return "" if chosen else tr("Choose a judgement.")

    def _check_reason(self) -> str:
        return reason_problem(self.reason.toPlainText()) if self.reason is not None else ""

    def _catch_up(self) -> None:
        if self._waiting is not None:
            self.show_detail(self._waiting)

    def _keep_draft(self) -> None:
        if self._about is None or self.reason is None:
            return
        chosen = next((one.value for one, b in self.verdicts.items() if b.isChecked()), "")
        text = typed(self.reason)
        if text.strip() or chosen:
            self._drafts[self._about] = (text, chosen)
        else:
            self._drafts.pop(self._about, None)

    def _take_draft(self) -> None:
        if self._about is None or self.reason is None:
            return
        text, chosen = self._drafts.get(self._about, ("", ""))
        self.reason.setPlainText(text)
        for verdict, button in self.verdicts.items():
            button.setChecked(verdict.value == chosen)

    def _focused(self) -> object:
        if self.reason is not None and self.reason.hasFocus():
            return "reason"
        holder = self.window().focusWidget()
        if holder is None or self._content is None or not self._content.isAncestorOf(holder):
            return None
        mine = (move for move, button in self.buttons.items() if button.hasFocus())
        return next(mine, "form")

    def _take_focus(self, what: object) -> None:
        if what is None:
            return
        if what == "reason" and self.reason is not None:
            self.reason.setFocus()
            return
        choices: list[QWidget] = [*self.verdicts.values(), *self.buttons.values()]
        target = self.buttons.get(what) if isinstance(what, FlagMove) else None
        if target is not None:
            target.setFocus()
        elif choices:
            choices[0].setFocus()
        else:
            self.emptied.emit()


def _review_text(review: ReviewRow) -> str:
    who = tr("{name} ({role})", name=review.reviewer, role=word(review.role))
    when = formats.full_moment(review.submitted_at)
    if review.hidden or review.verdict is None:
        return tr("{who} has submitted; shown once every review is in.", who=who)
    kind = tr("Decision") if review.decides else tr("Review")
    said = tr("{kind} by {who}, {when}: {verdict}. {reason}", kind=kind, who=who, when=when,
              verdict=word(review.verdict), reason=review.reason)  # fmt: skip
    return said if review.current else tr("Earlier round. {said}", said=said)


def state_text(detail: IncidentDetail) -> str:
    """Where the flag stands and what comes next, in a sentence."""
    row, waiting = detail.row, _still_needed(detail.reviews, detail.reviews_needed)
    if row.state is FlagState.NEW:
        if FlagMove.LOOK not in detail.moves:
            return tr("A prompt of the rules; a person decides. It awaits the first look.")
        return tr("A prompt of the rules; a person decides. Take a first look.")
    if row.state is FlagState.IN_FOLLOW_UP:
        return tr("In progress with {owner}. Send it to review when the facts are clear.",
                  owner=row.owner or tr("nobody yet"))  # fmt: skip
    if row.state is FlagState.AWAITING_REVIEW:
        given = [one.role for one in detail.reviews if one.current and not one.decides]
        if waiting == 1 and row.severity is Severity.CRITICAL and Role.COMPLIANCE not in given:
            return tr("The review of the compliance officer is still needed: the flag is serious.")
        return ntr("{n} review is still needed.", "{n} reviews are still needed.", waiting)
    if row.state is FlagState.AWAITING_DECISION:
        return tr("The reviews differ. Somebody who did not review decides.")
    verdict = word(row.verdict) if row.verdict else ""
    why = word(row.closing_reason) if row.closing_reason else ""
    return tr("Closed. {what}", what=" · ".join(part for part in (verdict, why) if part))


def _still_needed(reviews: Sequence[ReviewRow], needed: int) -> int:
    return max(0, needed - sum(one.current and not one.decides for one in reviews))
