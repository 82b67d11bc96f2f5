"""Closed vocabularies of flags and follow-up; their words are in `words.of_incidents`."""

from enum import StrEnum


class Verdict(StrEnum):
    """What a person judged (product.md 5.5).

    Our conduct is upheld, partly upheld or not; what a customer did is true or a false alarm.
    """

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    TRUE = "true"
    FALSE_ALARM = "false_alarm"
    DUPLICATE = "duplicate"


class ClosingReason(StrEnum):
    """Why a flag is closed."""

    JUDGED = "judged"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"  # nobody had worked on it and a new reading finds nothing
    HISTORIC = "historic"  # the visit was old when it was first read


class FlagMove(StrEnum):
    """What can be done with a flag; `rules.incidents` says from which state and by whom."""

    LOOK = "look"
    ASSIGN = "assign"
    SEND_TO_REVIEW = "send_to_review"
    RETURN = "return"
    REVIEW = "review"
    DECIDE = "decide"
    MARK_DUPLICATE = "mark_duplicate"
    REOPEN = "reopen"
    LIFT_HOLD = "lift_hold"


class FlagEventKind(StrEnum):
    """What an entry in the history of a flag tells of."""

    RAISED = "raised"
    FINDINGS_CHANGED = "findings_changed"
    LOOKED = "looked"
    ASSIGNED = "assigned"
    SENT_TO_REVIEW = "sent_to_review"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    DISAGREED = "disagreed"
    DECIDED = "decided"
    CLOSED = "closed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    ESCALATED = "escalated"
    HELD = "held"
    HOLD_LIFTED = "hold_lifted"
    STEP_ADDED = "step_added"
    STEP_DONE = "step_done"
    STEP_DROPPED = "step_dropped"
    STEP_CHANGED = "step_changed"
    STATEMENT = "statement"
    APPEALED = "appealed"
    APPEAL_ANSWERED = "appeal_answered"
    TRAINING_ASSIGNED = "training_assigned"
    TRAINING_DONE = "training_done"


class StepFamily(StrEnum):
    """The three answers to trouble (article 6.2): 提前沟通, 专业培训, 遵循法律规定."""

    NOTICE = "notice"
    TRAINING = "training"
    LAWFULNESS = "lawfulness"


class Task(StrEnum):
    """Steps of the templates that no rule suggests; the others are `rows.packs.Step` codes."""

    FIRST_LOOK = "first_look"
    STATEMENT = "statement"
    AGREE_TIME = "agree_time"
    LETTER = "letter"
    FREQUENCY_CHECK = "frequency_check"
    MEDIATION_CHECK = "mediation_check"
    BOTH_STATEMENTS = "both_statements"
    STAFF_SAFETY = "staff_safety"
    OPENING_COURSE = "opening_course"
    DEESCALATION_COURSE = "deescalation_course"
    RULE_REFRESHER = "rule_refresher"


class StepOutcome(StrEnum):
    """How a step ended."""

    DONE = "done"
    DROPPED = "dropped"


class AppealKind(StrEnum):
    """What the person concerned gave to the record."""

    STATEMENT = "statement"  # 催收员陈述, before a verdict
    APPEAL = "appeal"  # 申诉, against a verdict


class AppealOutcome(StrEnum):
    """The answer to an appeal."""

    GRANTED = "granted"  # the flag is open again
    REJECTED = "rejected"


class ComplaintState(StrEnum):
    """Where a complaint stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class ComplaintOutcome(StrEnum):
    """What the answer said."""

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class NextVisit(StrEnum):
    """How the visit after a flag went (effect afterwards)."""

    NONE_YET = "none_yet"
    MET = "met"
    NOT_MET = "not_met"
    INCIDENT_AGAIN = "incident_again"
