"""Closed vocabularies of measures (product.md section 6); words are in `words.of_measures`."""

from enum import StrEnum


class MeasureId(StrEnum):
    """Every measure; ids are fixed, screens, paper and exports name them alike."""

    IN_HAND = "in_hand"
    RECOVERY_AMOUNT = "recovery_amount"
    RECOVERY_CASES = "recovery_cases"
    SETTLED = "settled"
    IMPROVED = "improved"
    ROLL_MATRIX = "roll_matrix"
    RECOVERY_CURVE = "recovery_curve"
    MET_RATE = "met_rate"
    MET_CASES = "met_cases"
    PROMISE_RATE = "promise_rate"
    KEPT_RATE = "kept_rate"
    PART_KEPT = "part_kept"
    BROKEN = "broken"
    FUNNEL = "funnel"
    YIELD_VISIT = "yield_visit"
    YIELD_DAY = "yield_day"
    UNTOUCHED = "untouched"
    COVERAGE = "coverage"
    INTENSITY = "intensity"
    FIRST_VISIT_DELAY = "first_visit_delay"
    REFUSAL_RATE = "refusal_rate"
    CONFLICT_RATE = "conflict_rate"
    LEGAL_RISK_RATE = "legal_risk_rate"
    COMPLAINT_RATE = "complaint_rate"
    COMPLIANCE_SHARES = "compliance_shares"
    QUIET_HOURS = "quiet_hours"
    FLAG_FIRST_LOOK = "flag_first_look"
    FOLLOW_UP_ON_TIME = "follow_up_on_time"
    PRECISION = "precision"
    CHANNEL_COMPARISON = "channel_comparison"
    REASONS = "reasons"
    FAIR_COMPARISON = "fair_comparison"
    WORKLOAD = "workload"
    NOTICE_EFFECT = "notice_effect"
    TRAINING_EFFECT = "training_effect"
    FAIRNESS = "fairness"
    TARGET_PROGRESS = "target_progress"
    DATA_QUALITY = "data_quality"


class Unit(StrEnum):
    """What the value of a measure is."""

    SHARE = "share"  # 0 to 1, shown as percent
    PER_100 = "per_100"
    PER_1000 = "per_1000"
    FEN = "fen"
    FEN_EACH = "fen_each"  # 分 for each of the denominator
    COUNT = "count"
    EACH = "each"  # so many for each of the denominator
    DAYS = "days"  # median
    RATIO = "ratio"  # reached / expected


class Interval(StrEnum):
    """How sure a value is said to be."""

    NONE = "none"
    WILSON = "wilson"
    EXACT = "exact"  # Clopper-Pearson, for what must be rare
    EXPECTED = "expected"  # of reached / expected, over-dispersion included


class Basis(StrEnum):
    """What a row counts."""

    NUMBER = "number"
    MONEY = "money"


class Dimension(StrEnum):
    """What a measure can be broken down by."""

    BRANCH = "branch"
    TEAM = "team"
    AGENT = "agent"
    BUCKET = "bucket"
    PRODUCT = "product"
    DAY = "day"
    WEEK = "week"  # its Monday
    MONTH = "month"  # its first day
    WEEKDAY = "weekday"  # 0 is Monday
    HOUR = "hour"  # Shanghai time of the start


class ReachedBy(StrEnum):
    """How a borrower was reached, for the comparison of channels."""

    VISIT = "visit"
    PHONE = "phone"
    LETTER = "letter"
    SMS = "sms"
