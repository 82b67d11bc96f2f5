"""Orders about flags, follow-ups, reviews, complaints and rules.

Each is carried out by the command named beside it; one database write takes one order.
"""

from dataclasses import dataclass
from datetime import date, datetime

from supervisor.models.enums_incidents import (
    AppealKind,
    AppealOutcome,
    ComplaintOutcome,
    Verdict,
)
from supervisor.models.ids import AppealId, BranchId, ComplaintId, FlagId, StaffId, StepId
from supervisor.models.orders import Order
from supervisor.models.rows.incidents import FlagRef
from supervisor.models.rules.judgement import Judgement
from supervisor.models.rules.packs.model import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreJudgements(Order):
    """`commands.judging.store_judgements`: what judging some waiting visits gave.

    Visits changed or judged by somebody else since they were read are left out. Send it through
    `intake.judging.judge_waiting`, which reads and judges before it asks to write.
    """

    judgements: tuple[Judgement, ...]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAgain(Order):
    """`commands.rereading.read_again` (and `preview_read_again`, which writes nothing).

    Visits of these business dates wait once more, to be judged by the packs of their days and
    today's reader; the preview judges at most `limit` of them and says what would change.
    """

    branches: tuple[BranchId, ...] = ()
    visited_from: date | None = None
    visited_until: date | None = None
    limit: int = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtFlag(Order):
    """`commands.incidents.look_at_flag`: 初核. new > in_follow_up; the steps get their owners."""

    flag: FlagRef
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignFlag(Order):
    """`commands.incidents.assign_flag`: give it to another owner, with a reason."""

    flag: FlagRef
    owner: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendToReview(Order):
    """`commands.incidents.send_to_review`: in_follow_up > awaiting_review."""

    flag: FlagRef
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnFlag(Order):
    """`commands.incidents.return_flag`: awaiting_review or awaiting_decision > in_follow_up."""

    flag: FlagRef
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitReview(Order):
    """`commands.reviews.submit_review`: a judgement with its reason.

    The flag closes when as many reviews as it needs agree; when they differ it awaits a decision.
    """

    flag: FlagRef
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideFlag(Order):
    """`commands.reviews.decide_flag`: 裁定, by somebody who did not review it."""

    flag: FlagRef
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkDuplicate(Order):
    """`commands.incidents.mark_duplicate`: it tells of the same event as another flag."""

    flag: FlagRef
    duplicate_of: FlagId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenFlag(Order):
    """`commands.incidents.reopen_flag`: closed > in_follow_up."""

    flag: FlagRef
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftHold(Order):
    """`commands.incidents.lift_hold`: compliance ends the hold after the review is submitted."""

    flag: FlagRef
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddStep(Order):
    """`commands.follow_ups.add_step`. `due_at` None: by the house's hours for its severity."""

    flag: FlagRef
    step: str
    owner: str = ""
    due_at: datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class StepRef:
    """A step as the person saw it; `version` None skips the check."""

    branch_id: BranchId
    step_id: StepId
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishStep(Order):
    """`commands.follow_ups.finish_step`."""

    step: StepRef
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropStep(Order):
    """`commands.follow_ups.drop_step`: it is not needed; the reason stays with it."""

    step: StepRef
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeStep(Order):
    """`commands.follow_ups.change_step`: another owner or due time; None: as it was."""

    step: StepRef
    owner: str | None = None
    due_at: datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStatement(Order):
    """`commands.reviews.record_statement`: what the collector says, written by the supervisor."""

    flag: FlagRef
    staff_id: StaffId
    kind: AppealKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAppeal(Order):
    """`commands.reviews.answer_appeal`: granted reopens the flag."""

    branch_id: BranchId
    appeal_id: AppealId
    outcome: AppealOutcome
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalateFlags(Order):
    """`commands.follow_ups.escalate_flags`: mark what is overdue, once; housekeeping."""


@dataclass(frozen=True, slots=True)
class ComplaintRef:
    """A complaint as the person saw it; `version` None skips the check."""

    branch_id: BranchId
    complaint_id: ComplaintId
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendComplaint(Order):
    """`commands.complaints.extend_complaint`: 15 > 30 > 60 days, with a reason."""

    complaint: ComplaintRef
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerComplaint(Order):
    """`commands.complaints.answer_complaint`: the written answer went out on this day."""

    complaint: ComplaintRef
    outcome: ComplaintOutcome
    answered_on: date
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseComplaint(Order):
    """`commands.complaints.close_complaint`: only once it is answered."""

    complaint: ComplaintRef
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkComplaint(Order):
    """`commands.complaints.link_complaint`: which visit and person it is about."""

    complaint: ComplaintRef
    visit_no: str | None
    person_id: StaffId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRule(Order):
    """`commands.rule_changes.change_rule`: a new version of a rule from a day on.

    None leaves as it was. Compliance confirms; administrators set parameters and switch.
    """

    pack_id: str
    rule_id: str
    valid_from: date
    reason: str
    enabled: bool | None = None
    params: tuple[tuple[str, Value], ...] = ()
    confirmed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchPack(Order):
    """`commands.rule_changes.switch_pack`: a pack on or off as a whole."""

    pack_id: str
    enabled: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePack(Order):
    """`commands.rule_changes.take_pack`: a pack from a file, new or a new version of a known one.

    `text`: the file, TOML or JSON. A new pack is off until it is switched on.
    """

    text: str
    reason: str
