"""Words for flags and their follow-up."""

from enum import Enum

from supervisor.i18n import mark
from supervisor.models.enums_incidents import (
    AppealKind,
    AppealOutcome,
    ClosingReason,
    ComplaintOutcome,
    ComplaintState,
    FlagEventKind,
    FlagMove,
    NextVisit,
    StepFamily,
    StepOutcome,
    Task,
    Verdict,
)
from supervisor.models.rows.packs import Step

WORDS: dict[type[Enum], dict[Enum, str]] = {
    Verdict: {
        Verdict.UPHELD: mark("Upheld"),
        Verdict.PARTLY_UPHELD: mark("Partly upheld"),
        Verdict.NOT_UPHELD: mark("Not upheld"),
        Verdict.TRUE: mark("Confirmed as it happened"),
        Verdict.FALSE_ALARM: mark("False alarm"),
        Verdict.DUPLICATE: mark("Told twice"),
    },
    ClosingReason: {
        ClosingReason.JUDGED: mark("Judged"),
        ClosingReason.DUPLICATE: mark("Same event as another flag"),
        ClosingReason.WITHDRAWN: mark("A new reading no longer finds it"),
        ClosingReason.HISTORIC: mark("The visit was old when it was first read"),
    },
    FlagMove: {
        FlagMove.LOOK: mark("First look"),
        FlagMove.ASSIGN: mark("Give to another owner"),
        FlagMove.SEND_TO_REVIEW: mark("Send to review"),
        FlagMove.RETURN: mark("Return to follow-up"),
        FlagMove.REVIEW: mark("Submit a review"),
        FlagMove.DECIDE: mark("Decide"),
        FlagMove.MARK_DUPLICATE: mark("Mark as duplicate"),
        FlagMove.REOPEN: mark("Reopen"),
        FlagMove.LIFT_HOLD: mark("Lift the hold"),
    },
    FlagEventKind: {
        FlagEventKind.RAISED: mark("Flag raised"),
        FlagEventKind.FINDINGS_CHANGED: mark("Findings changed by a new reading"),
        FlagEventKind.LOOKED: mark("First look taken"),
        FlagEventKind.ASSIGNED: mark("Given to another owner"),
        FlagEventKind.SENT_TO_REVIEW: mark("Sent to review"),
        FlagEventKind.RETURNED: mark("Returned to follow-up"),
        FlagEventKind.REVIEWED: mark("Review submitted"),
        FlagEventKind.DISAGREED: mark("Reviews differ"),
        FlagEventKind.DECIDED: mark("Decision taken"),
        FlagEventKind.CLOSED: mark("Flag closed"),
        FlagEventKind.REOPENED: mark("Flag reopened"),
        FlagEventKind.WITHDRAWN: mark("Withdrawn by a new reading"),
        FlagEventKind.ESCALATED: mark("Overdue, manager told"),
        FlagEventKind.HELD: mark("Next visit put on hold"),
        FlagEventKind.HOLD_LIFTED: mark("Hold lifted"),
        FlagEventKind.STEP_ADDED: mark("Step added"),
        FlagEventKind.STEP_DONE: mark("Step done"),
        FlagEventKind.STEP_DROPPED: mark("Step dropped"),
        FlagEventKind.STEP_CHANGED: mark("Step changed"),
        FlagEventKind.STATEMENT: mark("Statement of the collector recorded"),
        FlagEventKind.APPEALED: mark("Appeal recorded"),
        FlagEventKind.APPEAL_ANSWERED: mark("Appeal answered"),
        FlagEventKind.TRAINING_ASSIGNED: mark("Course assigned"),
        FlagEventKind.TRAINING_DONE: mark("Course taken"),
    },
    StepFamily: {
        StepFamily.NOTICE: mark("Talk before the visit"),
        StepFamily.TRAINING: mark("Professional training"),
        StepFamily.LAWFULNESS: mark("Follow the law"),
    },
    Task: {
        Task.FIRST_LOOK: mark("Take a first look"),
        Task.STATEMENT: mark("Take the collector's statement"),
        Task.AGREE_TIME: mark("Agree on a time before the next visit"),
        Task.LETTER: mark("Write a letter"),
        Task.FREQUENCY_CHECK: mark("Check how often we have called"),
        Task.MEDIATION_CHECK: mark("Consider mediation or the legal route"),
        Task.BOTH_STATEMENTS: mark("Take statements of both sides"),
        Task.STAFF_SAFETY: mark("Check that our people are safe"),
        Task.OPENING_COURSE: mark("Course: opening a talk and leaving"),
        Task.DEESCALATION_COURSE: mark("Course: calming a conflict"),
        Task.RULE_REFRESHER: mark("Refresh the rules before the next visit"),
    },
    StepOutcome: {
        StepOutcome.DONE: mark("Step finished"),
        StepOutcome.DROPPED: mark("Not needed"),
    },
    AppealKind: {
        AppealKind.STATEMENT: mark("Statement of the collector"),
        AppealKind.APPEAL: mark("Appeal"),
    },
    AppealOutcome: {
        AppealOutcome.GRANTED: mark("Appeal granted"),
        AppealOutcome.REJECTED: mark("Appeal rejected"),
    },
    ComplaintState: {
        ComplaintState.OPEN: mark("To be answered"),
        ComplaintState.ANSWERED: mark("Answered"),
        ComplaintState.CLOSED: mark("Settled and closed"),
    },
    ComplaintOutcome: {
        ComplaintOutcome.UPHELD: mark("Complaint upheld"),
        ComplaintOutcome.PARTLY_UPHELD: mark("Complaint partly upheld"),
        ComplaintOutcome.NOT_UPHELD: mark("Complaint not upheld"),
        ComplaintOutcome.SETTLED: mark("Settled with the complainant"),
        ComplaintOutcome.WITHDRAWN: mark("Complaint withdrawn"),
    },
    NextVisit: {
        NextVisit.NONE_YET: mark("No visit since"),
        NextVisit.MET: mark("Next visit met the customer"),
        NextVisit.NOT_MET: mark("Next visit met nobody"),
        NextVisit.INCIDENT_AGAIN: mark("Incident again at the next visit"),
    },
}
"""English source words by enum class and member."""


def step_of(code: str) -> Enum | None:
    """The member of a step's code, whose word is shown; None for a code of a newer program."""
    for kind in (Task, Step):
        if code in kind._value2member_map_:
            return kind(code)
    return None
