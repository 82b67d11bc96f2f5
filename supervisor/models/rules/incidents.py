"""The course of a flag: which move from where and by whom, what is due when, which steps follow.

From product.md 5.5 to 5.8 and 9. Hours are house parameters; no rule text gives them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from supervisor.models.enums import CausedBy, FlagCategory, FlagState, Role, Severity
from supervisor.models.enums_incidents import FlagMove, StepFamily, Task, Verdict
from supervisor.models.rows.packs import Step
from supervisor.models.rules.workdays import OFFICE_HOURS, Calendar, Hours, after_working_hours

_SEVERITIES = (Severity.INFO, Severity.MINOR, Severity.MAJOR, Severity.CRITICAL)
WORKING_DAY = 9.0
"""Working hours of a day."""


def severity_rank(severity: Severity) -> int:
    """Counted up from information to serious."""
    return _SEVERITIES.index(severity)


@dataclass(frozen=True, slots=True)
class Rule:
    """A move: from which states, to which (None: it stays), and whose it is."""

    from_states: frozenset[FlagState]
    to_state: FlagState | None
    roles: frozenset[Role]


_HANDLERS = frozenset({Role.SUPERVISOR, Role.COMPLIANCE, Role.TRAINING_LEAD, Role.ADMIN})
_REVIEWERS = frozenset({Role.SUPERVISOR, Role.COMPLIANCE, Role.TRAINING_LEAD})
_DECIDERS = frozenset({Role.COMPLIANCE, Role.MANAGER})
_OPEN = frozenset(FlagState) - {FlagState.CLOSED}
_LOOKED = _OPEN - {FlagState.NEW}

MOVES: Mapping[FlagMove, Rule] = {
    FlagMove.LOOK: Rule(frozenset({FlagState.NEW}), FlagState.IN_FOLLOW_UP, _HANDLERS),
    FlagMove.ASSIGN: Rule(_OPEN, None, _HANDLERS),
    FlagMove.SEND_TO_REVIEW: Rule(
        frozenset({FlagState.IN_FOLLOW_UP}), FlagState.AWAITING_REVIEW, _HANDLERS
    ),
    FlagMove.RETURN: Rule(
        frozenset({FlagState.AWAITING_REVIEW, FlagState.AWAITING_DECISION}),
        FlagState.IN_FOLLOW_UP,
        _REVIEWERS | {Role.MANAGER},
    ),
    FlagMove.REVIEW: Rule(frozenset({FlagState.AWAITING_REVIEW}), None, _REVIEWERS),
    FlagMove.DECIDE: Rule(frozenset({FlagState.AWAITING_DECISION}), FlagState.CLOSED, _DECIDERS),
    FlagMove.MARK_DUPLICATE: Rule(_LOOKED, FlagState.CLOSED, _REVIEWERS),
    FlagMove.REOPEN: Rule(
        frozenset({FlagState.CLOSED}), FlagState.IN_FOLLOW_UP, _REVIEWERS | {Role.MANAGER}
    ),
    FlagMove.LIFT_HOLD: Rule(frozenset(FlagState), None, frozenset({Role.COMPLIANCE})),
}
"""Every allowed move; whatever is not here is refused.

A review leads on by itself: to closed when as many as are needed agree, to awaiting decision when
they differ; until then the state stays.
"""


def objection(move: FlagMove, state: FlagState, role: Role) -> str | None:
    """Why a move is refused (code of the sentence); None when it is allowed."""
    rule = MOVES[move]
    if role not in rule.roles:
        return "flag_move_not_yours"
    return None if state in rule.from_states else "flag_move_not_from_here"


def moves_for(state: FlagState, role: Role) -> frozenset[FlagMove]:
    """What somebody in this role may do with a flag in this state."""
    return frozenset(move for move in MOVES if objection(move, state, role) is None)


_OF_CONDUCT = (Verdict.UPHELD, Verdict.PARTLY_UPHELD, Verdict.NOT_UPHELD)
_OF_EVENTS = (Verdict.TRUE, Verdict.FALSE_ALARM)
STANDING = frozenset({Verdict.UPHELD, Verdict.PARTLY_UPHELD, Verdict.TRUE})
"""Verdicts that say there was something; they feed the shown precision of rules."""


def verdicts_for(caused_by: CausedBy) -> tuple[Verdict, ...]:
    """Our conduct is upheld or not; what others did is true or a false alarm (product.md 5.5)."""
    return _OF_CONDUCT if caused_by is CausedBy.OUR_SIDE else _OF_EVENTS


def reviews_needed(flag_id: int, severity: Severity, caused_by: CausedBy, percent: int) -> int:
    """Two for serious flags and for our conduct of attention; else two for a fixed sample.

    The sample is drawn by the flag's number, so that nobody chooses it.
    """
    ours = caused_by is CausedBy.OUR_SIDE and severity is Severity.MAJOR
    if severity is Severity.CRITICAL or ours:
        return 2
    drawn = int.from_bytes(sha256(str(flag_id).encode()).digest()[:4]) % 100
    return 2 if drawn < percent else 1


def lacks_compliance(severity: Severity, roles: Sequence[Role], needed: int) -> bool:
    """Whether the last review of a serious flag is missing compliance.

    `roles`: of every reviewer of the round, the one at hand included.
    """
    last = len(roles) >= needed
    return last and severity is Severity.CRITICAL and Role.COMPLIANCE not in roles


@dataclass(frozen=True, slots=True)
class DueHours:
    """Working hours a state or a kind of step may take, by severity: the house's parameters.

    `calendar` None: the announced working days.
    """

    office: Hours = OFFICE_HOURS
    calendar: Calendar | None = None
    first_look: Mapping[Severity, float] | None = None
    follow_up: Mapping[Severity, float] | None = None

    def due_at(self, state: FlagState, severity: Severity, since: datetime) -> datetime | None:
        """When a flag is to leave a state it entered at `since`; None for closed ones."""
        if state is FlagState.CLOSED:
            return None
        first = self.first_look or FIRST_LOOK
        follow = self.follow_up or FOLLOW_UP
        hours = {
            FlagState.NEW: first[severity],
            FlagState.IN_FOLLOW_UP: follow[severity],
            FlagState.AWAITING_REVIEW: follow[severity],
            FlagState.AWAITING_DECISION: WORKING_DAY * 2,
        }[state]
        return after_working_hours(since, hours, self.office, self.calendar)

    def after(self, hours: float, since: datetime) -> datetime:
        """So many working hours on."""
        return after_working_hours(since, hours, self.office, self.calendar)


FIRST_LOOK: Mapping[Severity, float] = {
    Severity.CRITICAL: 4,
    Severity.MAJOR: WORKING_DAY,
    Severity.MINOR: WORKING_DAY * 2,
    Severity.INFO: WORKING_DAY * 5,
}
FOLLOW_UP: Mapping[Severity, float] = {
    Severity.CRITICAL: WORKING_DAY,
    Severity.MAJOR: WORKING_DAY * 3,
    Severity.MINOR: WORKING_DAY * 5,
    Severity.INFO: WORKING_DAY * 10,
}


@dataclass(frozen=True, slots=True)
class StepTemplate:
    """A step that follows a flag of a category. `from_severity`: only from this severity on.

    `ours`: only when our side caused it. `hours`: working hours after the flag was raised; None:
    as the first look.
    """

    step: str
    family: StepFamily
    owner: Role
    hours: float | None
    from_severity: Severity = Severity.INFO
    ours: bool = False


_NOTICE, _TRAINING, _LAW = StepFamily.NOTICE, StepFamily.TRAINING, StepFamily.LAWFULNESS
_FIRST_LOOK = StepTemplate(Task.FIRST_LOOK, _LAW, Role.SUPERVISOR, None, Severity.MAJOR)
_RECORDINGS = StepTemplate(Step.KEEP_RECORDINGS, _LAW, Role.SUPERVISOR, 4, Severity.MAJOR)
_STATEMENT = StepTemplate(
    Task.STATEMENT, _LAW, Role.SUPERVISOR, WORKING_DAY * 2, Severity.MAJOR, ours=True
)
_COMPLIANCE = StepTemplate(
    Step.COMPLIANCE_REVIEW, _LAW, Role.COMPLIANCE, WORKING_DAY, Severity.CRITICAL
)

TEMPLATES: Mapping[FlagCategory, tuple[StepTemplate, ...]] = {
    FlagCategory.REFUSAL: (
        _FIRST_LOOK,
        _COMPLIANCE,
        StepTemplate(Step.OTHER_CHANNEL, _NOTICE, Role.SUPERVISOR, WORKING_DAY * 2, Severity.MAJOR),
        StepTemplate(Task.AGREE_TIME, _NOTICE, Role.SUPERVISOR, WORKING_DAY * 3, Severity.MAJOR),
        StepTemplate(Task.FREQUENCY_CHECK, _LAW, Role.SUPERVISOR, WORKING_DAY * 3, Severity.MAJOR),
        StepTemplate(
            Task.OPENING_COURSE,
            _TRAINING,
            Role.TRAINING_LEAD,
            WORKING_DAY * 5,
            Severity.MAJOR,
            ours=True,
        ),
    ),
    FlagCategory.CONFLICT: (
        _FIRST_LOOK,
        _RECORDINGS,
        _COMPLIANCE,
        StepTemplate(Step.COOLING_OFF, _NOTICE, Role.SUPERVISOR, WORKING_DAY, Severity.MAJOR),
        StepTemplate(Step.ADD_PERSON, _NOTICE, Role.SUPERVISOR, WORKING_DAY * 3, Severity.MAJOR),
        StepTemplate(Task.BOTH_STATEMENTS, _LAW, Role.SUPERVISOR, WORKING_DAY * 2, Severity.MAJOR),
        StepTemplate(Task.STAFF_SAFETY, _LAW, Role.SUPERVISOR, WORKING_DAY * 2, Severity.MAJOR),
        StepTemplate(
            Task.DEESCALATION_COURSE,
            _TRAINING,
            Role.TRAINING_LEAD,
            WORKING_DAY * 5,
            Severity.MAJOR,
        ),
    ),
    FlagCategory.LEGAL_RISK: (
        _FIRST_LOOK,
        _RECORDINGS,
        _COMPLIANCE,
        _STATEMENT,
        StepTemplate(Step.CALL_BACK, _NOTICE, Role.SUPERVISOR, WORKING_DAY * 2, Severity.MAJOR),
        StepTemplate(Step.LEGAL_DESK, _LAW, Role.COMPLIANCE, WORKING_DAY * 2, Severity.CRITICAL),
        StepTemplate(
            Task.RULE_REFRESHER,
            _TRAINING,
            Role.TRAINING_LEAD,
            WORKING_DAY * 5,
            Severity.MAJOR,
            ours=True,
        ),
    ),
}
"""Steps by category, grouped by the three answers (ui.md, 风险事件).

Minor flags get none by themselves: they would fill the queue with overdue steps. Whoever looks at
one adds the step it needs.
"""

_FAMILIES: Mapping[str, StepFamily] = {
    template.step: template.family for steps in TEMPLATES.values() for template in steps
} | {
    Step.BOOK_TRAINING: _TRAINING,
    Step.COACHING: _TRAINING,
    Step.SEND_NOTICE: _NOTICE,
    Step.RESCHEDULE: _NOTICE,
    Step.CONVERT_TO_CALL: _NOTICE,
    Step.APOLOGY_AFTER_REVIEW: _NOTICE,
    Step.WRITTEN_CORRECTION: _NOTICE,
    Task.LETTER: _NOTICE,
}


def family_of(step: str) -> StepFamily:
    """To which of the three answers a step belongs."""
    return _FAMILIES.get(step, StepFamily.LAWFULNESS)


STEPS: frozenset[str] = frozenset(Task) | frozenset(Step)
"""Every code a step may have."""


def steps_for(
    category: FlagCategory, severity: Severity, caused_by: CausedBy
) -> tuple[StepTemplate, ...]:
    """The steps a new flag gets."""
    rank, ours = severity_rank(severity), caused_by is CausedBy.OUR_SIDE
    return tuple(
        template
        for template in TEMPLATES[category]
        if severity_rank(template.from_severity) <= rank and (ours or not template.ours)
    )


COMPLAINT_CLOCK = (15, 30, 60)
"""Days for the answer: by itself, extended for complicated ones, extended once more."""


def complaint_due_on(received_on: date, clock_days: int) -> date:
    """The last business date for the answer, counted from the day after receipt."""
    return received_on + timedelta(days=clock_days)


def next_clock(clock_days: int) -> int | None:
    """What an extension gives; None when there is none left."""
    return next((days for days in COMPLAINT_CLOCK if days > clock_days), None)
