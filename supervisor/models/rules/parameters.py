"""House parameters: what no rule text gives and each branch may set, with their defaults.

A value is kept as text. Kinds: a whole number within bounds, a time of day `HH:MM`, or what a
function of its own takes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from supervisor.models.enums_measures import MeasureId


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter's default and bounds; `bounds` None: a time of day.

    Attributes:
        optional: it may be empty, which is no value at all and not zero.
        fits: whether a text is a value, where it is neither number nor time.
    """

    key: str
    default: str
    bounds: tuple[int, int] | None = None
    optional: bool = False
    fits: Callable[[str], bool] | None = None

    def accepts(self, value: str) -> bool:
        """Whether a text is a value of this parameter."""
        if not value:
            return self.optional
        if self.fits is not None:
            return self.fits(value)
        if self.bounds is None:
            try:
                return time.fromisoformat(value).strftime("%H:%M") == value
            except ValueError:
                return False
        low, high = self.bounds
        return value.isascii() and value.isdecimal() and low <= int(value) <= high


EVERY_BRANCH = 0
"""`Parameter.branch_id` of what holds in every branch."""
QUIET_UNTIL = "quiet_until"
"""No visit before this time of day."""
QUIET_FROM = "quiet_from"
"""No visit from this time of day on."""
UNDO_MINUTES = "undo_minutes"
"""How long an act can be taken back."""
IMPORT_UNDO_HOURS = "import_undo_hours"
"""How long an import can be taken back."""
WORK_FROM = "work_from"
"""When the office opens: due times of follow-ups count office hours only."""
WORK_UNTIL = "work_until"
"""When the office closes."""
WORKING_DAYS = "working_days"
"""The house's own days of rest and make-up days; kept here, set by `commands.working_days`."""
FIRST_LOOK_HOURS = "first_look_hours"
"""Working hours until the first look at a flag; one parameter for each severity."""
FOLLOW_UP_HOURS = "follow_up_hours"
"""Working hours a flag may be followed up or wait for its review; one for each severity."""
BACKLOG_DAYS = "flag_backlog_days"
"""Visits older than this when they are first read give closed flags: nobody can act any more."""
SECOND_LOOK_PERCENT = "second_look_percent"
"""Share of flags drawn for a blind second review."""
EFFECT_DAYS = "effect_days"
"""How long after a flag another incident counts as a repeat."""
TRAINING_WINDOW_DAYS = "training_window_days"
"""Days before and after a course that are compared."""
TRAVEL_KMH = "travel_kmh"
"""Faster than this between two visits of one person: a question."""
SHORT_STAY_MINUTES = "short_stay_minutes"
"""A visit that met somebody and was over sooner: a question."""
BURST_VISITS = "burst_visits"
"""So many visits of one person entered within `burst_minutes`: a question."""
BURST_MINUTES = "burst_minutes"
COPIED_LETTERS = "copied_letters"
"""Equal notes of at least so many letters on different cases: a question."""
CASE_CAP = "case_cap"
"""Cases a collector should hold at most; more are shown and not given."""
REPORT_YEARS = "report_years"
"""How long the content of a report and its stored copies are kept; the line in the list stays."""

TARGET_RATES = {
    MeasureId.COVERAGE: "target_coverage",
    MeasureId.MET_RATE: "target_met_rate",
    MeasureId.KEPT_RATE: "target_kept_rate",
    MeasureId.FOLLOW_UP_ON_TIME: "target_follow_up_on_time",
}
"""Targets of shares in percent, each with its measure; empty: no target."""
TARGET_VISITS = "target_visits"
"""Completed visits a branch should make in a month; empty: no target."""
VISIT_COST = "visit_cost"
"""What a visit costs in yuan; empty: not known."""
AIMS = (*TARGET_RATES.values(), TARGET_VISITS, CASE_CAP, VISIT_COST)
"""What managers set: targets, the cap of cases, the cost of a visit."""

PROGRAM_NEWEST = "program_newest"
"""The version of this program there is; empty: nothing was published."""
PROGRAM_MINIMUM = "program_minimum"
"""Programs older than this may not write; empty: every one may."""
PROGRAM_PLACE = "program_place"
"""Where the installer of the newest version lies: a folder, a file or an address."""
PROGRAM = (PROGRAM_NEWEST, PROGRAM_MINIMUM, PROGRAM_PLACE)
"""Set together, by `commands.program` alone."""
LONGEST_PLACE = 400
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){1,3}")


def is_version(text: str) -> bool:
    """Whether a text is a version: two to four numbers with points between them."""
    return _VERSION.fullmatch(text) is not None


def is_place(text: str) -> bool:
    """Whether a text can be a folder, a file or an address, on one line."""
    return 0 < len(text) <= LONGEST_PLACE and text.isprintable()


_HOURS = {
    FIRST_LOOK_HOURS: {"critical": "4", "major": "9", "minor": "18", "info": "45"},
    FOLLOW_UP_HOURS: {"critical": "9", "major": "27", "minor": "45", "info": "90"},
}

PARAMETERS = {
    parameter.key: parameter
    for parameter in (
        Parameter("untouched_days", "7", (1, 60)),
        Parameter("hold_ending_days", "3", (0, 30)),
        Parameter(QUIET_UNTIL, "08:00"),
        Parameter(QUIET_FROM, "20:00"),
        Parameter(UNDO_MINUTES, "10", (1, 1440)),
        Parameter(IMPORT_UNDO_HOURS, "24", (1, 720)),
        Parameter(WORK_FROM, "09:00"),
        Parameter(WORK_UNTIL, "18:00"),
        Parameter(BACKLOG_DAYS, "180", (1, 3650)),
        Parameter(SECOND_LOOK_PERCENT, "20", (0, 100)),
        Parameter(EFFECT_DAYS, "30", (1, 365)),
        Parameter(TRAINING_WINDOW_DAYS, "90", (7, 365)),
        Parameter(TRAVEL_KMH, "100", (20, 500)),
        Parameter(SHORT_STAY_MINUTES, "2", (1, 60)),
        Parameter(BURST_VISITS, "5", (2, 50)),
        Parameter(BURST_MINUTES, "10", (1, 240)),
        Parameter(COPIED_LETTERS, "15", (5, 500)),
        Parameter(CASE_CAP, "110", (1, 2000)),
        *(Parameter(key, "", (1, 100), optional=True) for key in TARGET_RATES.values()),
        Parameter(TARGET_VISITS, "", (1, 1_000_000), optional=True),
        Parameter(VISIT_COST, "", (1, 100_000), optional=True),
        Parameter(REPORT_YEARS, "7", (1, 30)),
        Parameter(PROGRAM_NEWEST, "", optional=True, fits=is_version),
        Parameter(PROGRAM_MINIMUM, "", optional=True, fits=is_version),
        Parameter(PROGRAM_PLACE, "", optional=True, fits=is_place),
        *(
            Parameter(f"{key}_{severity}", hours, (1, 1000))
            for key, by_severity in _HOURS.items()
            for severity, hours in by_severity.items()
        ),
    )
}
"""Every known parameter by key."""
