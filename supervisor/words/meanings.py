"""What kinds of flags, severities, states, verdicts and reasons of the queue mean, in a sentence.

One text for hovering, for Shift+F1 and for the help; measures have theirs in `of_measures`.
"""

from collections.abc import Iterable, Mapping
from enum import Enum

from supervisor.i18n import fill, mark, tr
from supervisor.models.enums import CausedBy, FlagCategory, FlagState, QueueReason, Severity
from supervisor.models.enums_incidents import ComplaintState, Verdict
from supervisor.models.enums_reports import RunState
from supervisor.models.rows.plan_checks import PlanMark
from supervisor.words import word

_MEANINGS: Mapping[Enum, str] = {
    FlagCategory.REFUSAL: mark(
        "The customer did not want to talk, or could not be talked to. Not paying while talking is "
        "no refusal. It says nothing about the collector's conduct."
    ),
    FlagCategory.CONFLICT: mark(
        "Anger, quarrel or distress during a visit. Who caused it is said apart; a customer's "
        "anger never counts against a collector."
    ),
    FlagCategory.LEGAL_RISK: mark(
        "What was recorded may go against a rule in force on the day of the visit. A person "
        "judges; the flag names the rule, its version and clause."
    ),
    Severity.INFO: mark("For knowledge; it has the longest due time and rests nothing."),
    Severity.MINOR: mark("To be looked at in the ordinary course of work."),
    Severity.MAJOR: mark(
        "Needs attention within its due time. A rule that compliance has not confirmed never goes "
        "higher."
    ),
    Severity.CRITICAL: mark(
        "To be looked at the same day. The next visit rests until the review is in and compliance "
        "lifts it."
    ),
    CausedBy.CUSTOMER: mark("It came from the customer's side; it counts against nobody here."),
    CausedBy.OUR_SIDE: mark(
        "It is about our own conduct; it counts for a person only after it was upheld."
    ),
    CausedBy.THIRD_PARTY: mark("It came from somebody else, such as a relative or a neighbour."),
    CausedBy.UNKNOWN: mark("The records do not say who caused it; it counts against nobody."),
    FlagState.NEW: mark("Nobody has looked at it yet; the first look has a due time."),
    FlagState.IN_FOLLOW_UP: mark("It was looked at; somebody owns it and works on its steps."),
    FlagState.AWAITING_REVIEW: mark(
        "The work is done; one or two people judge, without seeing each other's answer."
    ),
    FlagState.AWAITING_DECISION: mark("The two reviewers differ; somebody else decides."),
    FlagState.CLOSED: mark("Judged or otherwise ended; it can be opened again with a reason."),
    Verdict.UPHELD: mark("Our conduct was not in order, as the flag says."),
    Verdict.PARTLY_UPHELD: mark("Our conduct was not in order in part of what the flag says."),
    Verdict.NOT_UPHELD: mark("Our conduct was in order; it counts against nobody."),
    Verdict.TRUE: mark("What others did happened as the flag says."),
    Verdict.FALSE_ALARM: mark("It did not happen; the rule's shown precision falls."),
    Verdict.DUPLICATE: mark("The same thing is told by another flag; it counts once."),
    ComplaintState.OPEN: mark("It waits for an answer; the clock runs from the day it came."),
    ComplaintState.ANSWERED: mark("It was answered; it stays in the ledger until it is closed."),
    ComplaintState.CLOSED: mark("It is over; it stays in the ledger for good."),
    RunState.DRAFT: mark("Figures are fixed; words can still be written."),
    RunState.CHECKED: mark("A manager has checked it; new words make it a draft again."),
    RunState.SIGNED: mark("A manager has signed it; nothing in it changes any more."),
    RunState.WITHDRAWN: mark("It counts no more; it stays in the list with its reason."),
    PlanMark.BLOCKED: mark("The visit may not take place: reschedule it or call it back."),
    PlanMark.GAP: mark("It may not yet: what is missing can be got before departure."),
    PlanMark.WARN: mark("Nothing forbids it; somebody should think about it."),
    PlanMark.UNKNOWN: mark("A fact was not recorded; that is never a pass."),
    PlanMark.OK: mark("Everything the rule asks is there."),
    QueueReason.CRITICAL_FLAG: mark("A serious flag on this case waits for its first look."),
    QueueReason.RECALL: mark(
        "A visit is planned for today or tomorrow that may no longer take place: a payment, hold, "
        "complaint, “do not contact” or a rule came in between."
    ),
    QueueReason.FOLLOW_UP_OVERDUE: mark("A step of a flag is past its due time."),
    QueueReason.PROMISE_DUE_TODAY: mark("The customer promised a payment for today."),
    QueueReason.PROMISE_AWAITING_DATA: mark(
        "The promised day is over but payment data do not reach it yet: neither kept nor not kept."
    ),
    QueueReason.PROMISE_BROKEN: mark(
        "Payment data cover the promised day and the days of grace, and the money did not come."
    ),
    QueueReason.VISIT_NOT_READY: mark(
        "The visit of tomorrow has no second person, no notice or no recorder yet."
    ),
    QueueReason.HOLD_ENDING: mark("The hold on this case ends within days; decide what follows."),
    QueueReason.RETENTION_ENDING: mark(
        "The time for which the case is with this branch ends within days."
    ),
    QueueReason.VISIT_TODAY: mark("A visit is planned for today."),
    QueueReason.VISIT_UNREPORTED: mark(
        "A visit was planned for a day that is over, and nothing was reported about it."
    ),
    QueueReason.UNTOUCHED: mark("Nobody visited for more days than the house allows."),
    QueueReason.ON_HOLD: mark("The case rests; it stands at the end of the list."),
    QueueReason.DAYS_OVERDUE: mark("Nothing presses; cases stand by days overdue and amount."),
}


def meaning(member: Enum) -> str:
    """What a member means, in the language in force; "" where its word says it all."""
    known = _MEANINGS.get(member)
    return fill(known, {}) if known else ""


def told(members: Iterable[Enum]) -> str:
    """Words and meanings, one line each; members without a meaning are left out."""
    lines = (tr("{word}: {meaning}", word=word(one), meaning=meaning(one))
             for one in members if meaning(one))  # fmt: skip
    return "\n".join(lines)


def explained() -> tuple[type[Enum], ...]:
    """The vocabularies of which every member is explained."""
    return (
        FlagCategory,
        Severity,
        CausedBy,
        FlagState,
        Verdict,
        ComplaintState,
        RunState,
        PlanMark,
        QueueReason,
    )
