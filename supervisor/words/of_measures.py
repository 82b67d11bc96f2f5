"""Names of measures, what they are made of in words, and what their rows are called.

The definition page of every report prints these; units and minimum n stand in
`rules.measures.definitions`.
"""

from collections.abc import Mapping
from enum import Enum

from supervisor.i18n import fill, mark
from supervisor.models.enums_measures import (
    Basis,
    Dimension,
    Interval,
    MeasureId,
    ReachedBy,
    Unit,
)

WORDS: dict[type[Enum], dict[Enum, str]] = {
    MeasureId: {
        MeasureId.IN_HAND: mark("In hand"),
        MeasureId.RECOVERY_AMOUNT: mark("Recovery rate (amount)"),
        MeasureId.RECOVERY_CASES: mark("Recovery rate (cases)"),
        MeasureId.SETTLED: mark("Settled cases"),
        MeasureId.IMPROVED: mark("Stage improved"),
        MeasureId.ROLL_MATRIX: mark("Roll rates"),
        MeasureId.RECOVERY_CURVE: mark("Recovery curve"),
        MeasureId.MET_RATE: mark("Met rate (by visit)"),
        MeasureId.MET_CASES: mark("Met the customer (by case)"),
        MeasureId.PROMISE_RATE: mark("Promise rate"),
        MeasureId.KEPT_RATE: mark("Kept rate"),
        MeasureId.PART_KEPT: mark("Part kept"),
        MeasureId.BROKEN: mark("Broken promises"),
        MeasureId.FUNNEL: mark("Visit funnel"),
        MeasureId.YIELD_VISIT: mark("Yield per visit"),
        MeasureId.YIELD_DAY: mark("Yield per agent-day"),
        MeasureId.UNTOUCHED: mark("Untouched ageing"),
        MeasureId.COVERAGE: mark("Coverage"),
        MeasureId.INTENSITY: mark("Intensity"),
        MeasureId.FIRST_VISIT_DELAY: mark("First-visit delay"),
        MeasureId.REFUSAL_RATE: mark("Refusal rate"),
        MeasureId.CONFLICT_RATE: mark("Conflict rate"),
        MeasureId.LEGAL_RISK_RATE: mark("Legal-risk rate"),
        MeasureId.COMPLAINT_RATE: mark("Complaint rate"),
        MeasureId.COMPLIANCE_SHARES: mark("Compliance shares"),
        MeasureId.QUIET_HOURS: mark("Visits in quiet hours"),
        MeasureId.FLAG_FIRST_LOOK: mark("First look in time"),
        MeasureId.FOLLOW_UP_ON_TIME: mark("Follow-up on time"),
        MeasureId.PRECISION: mark("Precision of rules"),
        MeasureId.CHANNEL_COMPARISON: mark("Comparison of channels"),
        MeasureId.REASONS: mark("Reasons for arrears"),
        MeasureId.FAIR_COMPARISON: mark("Like-for-like comparison"),
        MeasureId.WORKLOAD: mark("Workload"),
        MeasureId.NOTICE_EFFECT: mark("With and without notice"),
        MeasureId.TRAINING_EFFECT: mark("Before and after training"),
        MeasureId.FAIRNESS: mark("Fairness watch"),
        MeasureId.TARGET_PROGRESS: mark("Target progress"),
        MeasureId.DATA_QUALITY: mark("Data quality"),
    },
    Unit: {
        Unit.SHARE: mark("Percentage"),
        Unit.PER_100: mark("Per 100 visits"),
        Unit.PER_1000: mark("Per 1,000 visits"),
        Unit.FEN: mark("Amount"),
        Unit.FEN_EACH: mark("Amount each"),
        Unit.COUNT: mark("Count"),
        Unit.EACH: mark("Times each"),
        Unit.DAYS: mark("Days (median)"),
        Unit.RATIO: mark("Reached / expected"),
    },
    Interval: {
        Interval.NONE: mark("No interval"),
        Interval.WILSON: mark("Wilson, 95 %"),
        Interval.EXACT: mark("Clopper-Pearson, 95 %"),
        Interval.EXPECTED: mark("Around the expectation, 95 %"),
    },
    Basis: {
        Basis.NUMBER: mark("By number"),
        Basis.MONEY: mark("By amount"),
    },
    Dimension: {
        Dimension.BRANCH: mark("Branch"),
        Dimension.TEAM: mark("Team"),
        Dimension.AGENT: mark("Agent"),
        Dimension.BUCKET: mark("Bucket"),
        Dimension.PRODUCT: mark("Product"),
        Dimension.DAY: mark("By day"),
        Dimension.WEEK: mark("By week"),
        Dimension.MONTH: mark("By month"),
        Dimension.WEEKDAY: mark("Weekday"),
        Dimension.HOUR: mark("Hour"),
    },
    ReachedBy: {
        ReachedBy.VISIT: mark("By visit"),
        ReachedBy.PHONE: mark("Phone"),
        ReachedBy.LETTER: mark("Letter"),
        ReachedBy.SMS: mark("SMS"),
    },
}


def formula(measure: MeasureId) -> str:
    """What a measure is made of, in the language in force."""
    return fill(_FORMULAS[measure], {})


_FORMULAS: Mapping[MeasureId, str] = {
    MeasureId.IN_HAND: mark(
        "Cases open at the end of the period, with their overdue amount then; inflow: "
        "placed in the period; outflow: ended in it, with the overdue amount the period"
        " began with."
    ),
    MeasureId.RECOVERY_AMOUNT: mark(
        "Money valued in the period, after the case was placed and while it was in hand"
        " / overdue amount of the same cohort on the day each case was placed. Cohort: "
        "open when the period began, or placed in it."
    ),
    MeasureId.RECOVERY_CASES: mark(
        "Cases of the cohort that paid anything in the period / cases of the cohort."
    ),
    MeasureId.SETTLED: mark(
        "Cases ended in the period because everything was paid / cases of the cohort; "
        "in money, overdue at assignment."
    ),
    MeasureId.IMPROVED: mark(
        "Cases in hand at the end in a lower bucket than at the start / cases in hand at "
        "the end; in money, overdue at the start."
    ),
    MeasureId.ROLL_MATRIX: mark(
        "Tracked cases: of those in a bucket the day before the period, the share in "
        "each bucket at its end, settled, or moved out; in money, what was owed "
        "altogether at the beginning."
    ),
    MeasureId.RECOVERY_CURVE: mark(
        "Money received up to each day since assignment / overdue amount at assignment,"
        " one line for each intake, only as far as every case of it was observed and "
        "payment data reach. Beside it the share of cases that paid (Kaplan-Meier)."
    ),
    MeasureId.MET_RATE: mark("Visits that met the customer / completed visits."),
    MeasureId.MET_CASES: mark(
        "Cases whose customer was met at least once in the period / cases visited in it."
    ),
    MeasureId.PROMISE_RATE: mark("Met visits with a promise / met visits."),
    MeasureId.KEPT_RATE: mark(
        "Promises due in the period and fully paid by their date / promises due in the "
        "period whose outcome is known; undue and withdrawn ones do not count, waiting "
        "for payment data is unknown."
    ),
    MeasureId.PART_KEPT: mark(
        "Promises due in the period and paid in part / promises due in the period whose"
        " outcome is known."
    ),
    MeasureId.BROKEN: mark(
        "Promises due in the period and not paid at all / promises due in the period "
        "whose outcome is known (payment data cover the due date and a day of grace)."
    ),
    MeasureId.FUNNEL: mark(
        "Of the cohort without cases that rested throughout: visited, met, promised, "
        "kept, paid; each step / the step before. In money, overdue amounts at "
        "assignment."
    ),
    MeasureId.YIELD_VISIT: mark(
        "Money valued from the day of a completed visit to the seventh day after it, or"
        " until the next visit of the case / completed visits."
    ),
    MeasureId.YIELD_DAY: mark(
        "Money of visits (as yield per visit) / days on which a person made a visit; "
        "both partners count."
    ),
    MeasureId.UNTOUCHED: mark(
        "Cases in hand at the end of the period by days since their last completed "
        "visit, or since they were placed."
    ),
    MeasureId.COVERAGE: mark(
        "Cases visited at least once in the period / cohort without cases that rested throughout."
    ),
    MeasureId.INTENSITY: mark("Completed visits in the period / cases visited in it."),
    MeasureId.FIRST_VISIT_DELAY: mark(
        "Median days from assignment to the first completed visit, of cases placed in "
        "the period; those not visited yet are unknown."
    ),
    MeasureId.REFUSAL_RATE: mark(
        "Visits with a refusal flag that stands / completed visits, times 100."
    ),
    MeasureId.CONFLICT_RATE: mark(
        "Visits with a conflict flag that stands / completed visits, times 100."
    ),
    MeasureId.LEGAL_RISK_RATE: mark(
        "Visits with a legal-risk flag that stands / completed visits, times 100; "
        "breaches = flags + merged, unknown beside them."
    ),
    MeasureId.COMPLAINT_RATE: mark(
        "Complaints received in the period / completed visits, times 1,000."
    ),
    MeasureId.COMPLIANCE_SHARES: mark(
        "Lawful hours, two people, recorded, ID shown, position matched: visits where "
        "it was so / completed visits where it is known; unknown ones beside them."
    ),
    MeasureId.QUIET_HOURS: mark(
        "Completed visits that began or ended outside lawful hours; without an end it "
        "may be unknown."
    ),
    MeasureId.FLAG_FIRST_LOOK: mark(
        "Flags raised in the period and looked at within the working hours of their "
        "severity / flags raised; not yet due is unknown."
    ),
    MeasureId.FOLLOW_UP_ON_TIME: mark(
        "Steps that fell due in the period and were done by then / steps that fell due;"
        " dropped ones do not count."
    ),
    MeasureId.PRECISION: mark(
        "Findings of a rule that stood up to a review / findings reviewed, by rule; in "
        "flags closed in the period."
    ),
    MeasureId.CHANNEL_COMPARISON: mark(
        "Attempts after which money came in within seven days / attempts, by visit, "
        "phone, letter and SMS; as they are, and on the same mix of buckets. No effect "
        "of a channel is proven by it."
    ),
    MeasureId.REASONS: mark(
        "Cases in hand by reason for arrears / cases in hand whose reason is known."
    ),
    MeasureId.FAIR_COMPARISON: mark(
        "Cases that paid in the period / expected from bucket, amount band, product and"
        " earlier contact; limits of 95 % and 99.8 %, over-dispersion taken in. No "
        "ranks."
    ),
    MeasureId.WORKLOAD: mark(
        "Cases in hand at the end: number, overdue amount, weighted by bucket, and those "
        "without a visit for more than seven days."
    ),
    MeasureId.NOTICE_EFFECT: mark(
        "Met rate and refusal rate of notified, un-notified and unknown visits."
    ),
    MeasureId.TRAINING_EFFECT: mark(
        "Flagged visits of the themes of a course / completed visits, before and after "
        "it was taken, and of people who never took it on the same days."
    ),
    MeasureId.FAIRNESS: mark(
        "Visits with a flag that stands / completed visits, by product and by area."
    ),
    MeasureId.TARGET_PROGRESS: mark(
        "Money received in the period on cases that have a target / their targets, "
        "beside the working and calendar days gone."
    ),
    MeasureId.DATA_QUALITY: mark(
        "Completed visits without position, without end, or entered more than a day "
        "late / completed visits where it is known."
    ),
}
