"""What a person can do with the open flag: each move as a dialog over the page."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from supervisor.i18n import tr
from supervisor.models.changes import Changes
from supervisor.models.enums_incidents import AppealKind, FlagMove, Verdict
from supervisor.models.orders import Order
from supervisor.models.orders_incidents import (
    AssignFlag,
    DecideFlag,
    LiftHold,
    LookAtFlag,
    ReopenFlag,
    ReturnFlag,
    SendToReview,
    SubmitReview,
)
from supervisor.models.rows.complaints import ComplaintRow
from supervisor.models.rows.incident_detail import AppealRow, StepRow
from supervisor.models.rows.incidents import IncidentRow
from supervisor.ui.pages.incidents import dialogs
from supervisor.ui.pages.incidents.ledger_dialogs import AddDialog, dialog_of
from supervisor.ui.pages.incidents.presenter import IncidentsPresenter
from supervisor.ui.pages.incidents.step_dialogs import (
    AddStepDialog,
    ChangeStepDialog,
    EndStepDialog,
)
from supervisor.words import word

Say = Callable[[str, str, object], object]


class Acts(QObject):
    """Lives as long as the page."""

    def __init__(self, page: QWidget, presenter: IncidentsPresenter, say: Say) -> None:
        super().__init__(page)
        self._page, self._ask, self._say = page, presenter, say
        presenter.done.connect(self._on_done)

    @property
    def _row(self) -> IncidentRow | None:
        return self._ask.detail.row if self._ask.detail is not None else None

    def move(self, move: FlagMove) -> QDialog | None:
        """Open the dialog of a move of the open flag."""
        row = self._row
        if row is None:
            return None
        if move is FlagMove.ASSIGN:
            return self._assign(row)
        if move is FlagMove.MARK_DUPLICATE:
            return self._duplicate(row)
        return self._words(move, row)

    def _words(self, move: FlagMove, row: IncidentRow) -> QDialog:
        actor, ref = self._ask.desk.actor, row.ref
        made: dict[FlagMove, tuple[str, Callable[[str], Order], bool]] = {
            FlagMove.LOOK: (
                tr("You take the flag into follow-up; open steps of your role become yours."),
                lambda words: LookAtFlag(actor=actor, flag=ref, words=words),
                False,
            ),
            FlagMove.SEND_TO_REVIEW: (
                tr("Reviewers judge independently of each other."),
                lambda words: SendToReview(actor=actor, flag=ref, words=words),
                False,
            ),
            FlagMove.RETURN: (
                tr("Back to follow-up; reviews given so far stay on record as an earlier round."),
                lambda words: ReturnFlag(actor=actor, flag=ref, words=words),
                True,
            ),
            FlagMove.REOPEN: (
                tr("The flag is open again, with a new round of reviews. A serious flag holds the "
                   "next visit again."),
                lambda words: ReopenFlag(actor=actor, flag=ref, reason=words),
                True,
            ),
            FlagMove.LIFT_HOLD: (
                tr("The review is submitted; the compliance officer lifts the hold. Visits of "
                   "this case may be planned again."),
                lambda words: LiftHold(actor=actor, flag=ref, words=words),
                False,
            ),
        }  # fmt: skip
        about, make, required = made[move]
        return self._open(
            dialogs.WordsDialog(
                word(move),
                word(move),
                about,
                make,
                self._ask.send_from_dialog,
                self._page,
                required=required,
            )
        )

    def _assign(self, row: IncidentRow) -> QDialog:
        actor = self._ask.desk.actor

        def make(owner: str, words: str) -> Order:
            return AssignFlag(actor=actor, flag=row.ref, owner=owner, words=words)

        name = row.owner or actor.name
        send = self._ask.send_from_dialog
        return self._open(dialogs.OwnerDialog(name, make, send, self._page))

    def _duplicate(self, row: IncidentRow) -> QDialog:
        others = tuple(
            one
            for one in self._ask.page.rows
            if one.case_id == row.case_id and one.ref.flag_id != row.ref.flag_id
        )
        send = self._ask.send_from_dialog
        actor = self._ask.desk.actor
        return self._open(dialogs.DuplicateDialog(actor, row, others, send, self._page))

    def judge(
        self, verdict: Verdict, reason: str, then: Callable[[], object], *, decides: bool
    ) -> None:
        """Submit a review, or the decision."""
        row = self._row
        if row is None:
            return
        kind = DecideFlag if decides else SubmitReview
        order = kind(actor=self._ask.desk.actor, flag=row.ref, verdict=verdict, reason=reason)
        self._ask.send(order, lambda _changes: then())

    def add_step(self) -> QDialog | None:
        """加一步 (Ctrl+N)."""
        row = self._row
        if row is None:
            return None
        ask = self._ask
        actor, send = ask.desk.actor, ask.send_from_dialog
        return self._open(AddStepDialog(actor, row, ask.now, send, self._page))

    def step(self, what: str, step: StepRow) -> QDialog | None:
        """Finish, drop or change a step."""
        row = self._row
        if row is None:
            return None
        ask = self._ask
        actor, send = ask.desk.actor, ask.send_from_dialog
        of = (actor, row.ref.branch_id, step)
        reread = partial(ask.reread_step, row.ref, step.step_id)
        if what == "change":
            return self._open(ChangeStepDialog(of, ask.now, reread, send, self._page))
        return self._open(EndStepDialog(of, reread, send, self._page, dropped=what == "drop"))

    def statement(self, kind: AppealKind) -> QDialog | None:
        """Record what the person says."""
        detail, ask = self._ask.detail, self._ask
        if detail is None:
            return None
        send = ask.send_from_dialog
        return self._open(dialogs.StatementDialog(ask.desk.actor, detail, kind, send, self._page))

    def answer(self, appeal: AppealRow) -> QDialog | None:
        """Answer an appeal."""
        row, ask = self._row, self._ask
        if row is None:
            return None
        send = ask.send_from_dialog
        return self._open(dialogs.AnswerAppealDialog(ask.desk.actor, row, appeal, send, self._page))

    def complaint(self, act: str, row: ComplaintRow) -> QDialog:
        """Answer, extend, link or close a complaint."""
        ask = self._ask
        reread = partial(ask.reread_complaint, row)
        of = (ask.desk.actor, row, reread, ask.send_from_dialog)
        return self._open(dialog_of(act, of, ask.today, ask.directory, self._page))

    def add_complaint(self) -> QDialog:
        """Put a complaint down, of the open flag's case unless another is named."""
        ask, row = self._ask, self._row
        case_no = row.case_no if row is not None else ""
        send, actor = ask.send_from_dialog, ask.desk.actor
        return self._open(AddDialog(actor, ask.now, ask.directory, case_no, send, self._page))

    def _open(self, dialog: QDialog) -> QDialog:
        dialog.open()
        return dialog

    def _on_done(self, changes: Changes) -> None:
        self._say(word(changes.act), "ok", None)
