"""Closed vocabularies. Codes are stable English; words for people live in `supervisor.words`."""

from enum import IntEnum, IntFlag, StrEnum


class Role(StrEnum):
    """Who somebody is to this program (product.md section 9)."""

    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    TRAINING_LEAD = "training_lead"
    COMPLIANCE = "compliance"
    ADMIN = "admin"
    INGEST = "ingest"
    AUDITOR = "auditor"
    WORKER = "worker"


class Topic(StrEnum):
    """What a write touched; screens say which topics they depend on."""

    DIRECTORY = "directory"
    CASES = "cases"
    PAYMENTS = "payments"
    VISITS = "visits"
    PLANS = "plans"
    PROMISES = "promises"
    CONTACTS = "contacts"
    COMPLAINTS = "complaints"
    FLAGS = "flags"
    VIEWS = "views"
    IMPORTS = "imports"
    PARAMETERS = "parameters"
    REPORTS = "reports"


class Kind(StrEnum):
    """What a file, an inbox message or an export holds."""

    STAFF = "staff"
    CONTRACTS = "contracts"
    INSTALMENTS = "instalments"
    PAYMENTS = "payments"
    CASES = "cases"
    CONTACTS = "contacts"
    PLANS = "plans"
    VISITS = "visits"
    PROMISES = "promises"
    COMPLAINTS = "complaints"


class QueueLevel(IntEnum):
    """Why a case stands where it stands (product.md section 7), most pressing first."""

    CRITICAL_FLAG = 1
    RECALL = 2
    FOLLOW_UP_OVERDUE = 3
    PROMISE = 4
    VISIT_NOT_READY = 5
    HOLD_ENDING = 6
    VISIT_DUE = 7
    REST = 8


class QueueReason(StrEnum):
    """The reason (待办原因) written in the first column; each belongs to one level."""

    CRITICAL_FLAG = "critical_flag"  # 1
    RECALL = "recall"  # 2
    FOLLOW_UP_OVERDUE = "follow_up_overdue"  # 3
    PROMISE_DUE_TODAY = "promise_due_today"  # 4
    PROMISE_AWAITING_DATA = "promise_awaiting_data"  # 4: due, payment data not yet known
    PROMISE_BROKEN = "promise_broken"  # 4
    VISIT_NOT_READY = "visit_not_ready"  # 5
    HOLD_ENDING = "hold_ending"  # 6
    RETENTION_ENDING = "retention_ending"  # 6
    VISIT_TODAY = "visit_today"  # 7
    VISIT_UNREPORTED = "visit_unreported"  # 7: planned for a day that has passed
    UNTOUCHED = "untouched"  # 7: no visit for n days
    ON_HOLD = "on_hold"  # 8, at its end
    DAYS_OVERDUE = "days_overdue"  # 8


class Bucket(IntEnum):
    """Stage by days past due of the oldest unpaid instalment (product.md section 4)."""

    M0 = 0
    M1 = 1
    M2 = 2
    M3 = 3
    M4 = 4
    M5 = 5
    M6 = 6
    M6_PLUS = 7


class CaseEnd(StrEnum):
    """How a case left the queue."""

    SETTLED = "settled"
    RETURNED = "returned"
    PLACED = "placed"
    WRITTEN_OFF = "written_off"


class Mark(StrEnum):
    """Personal colour marks, free in meaning per branch, drawn with their letter."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


class Product(StrEnum):
    """What was lent."""

    CASH_LOAN = "cash_loan"
    INSTALMENT_GOODS = "instalment_goods"
    CAR_LOAN = "car_loan"
    RENOVATION = "renovation"
    EDUCATION = "education"
    OTHER = "other"


class ArrearsReason(StrEnum):
    """Why the borrower fell behind (逾期原因), learned at the door."""

    UNEMPLOYED = "unemployed"
    LESS_INCOME = "less_income"
    ILLNESS = "illness"
    BUSINESS_FAILED = "business_failed"
    FAMILY_CHANGE = "family_change"
    OTHER_DEBTS = "other_debts"
    FORGOT = "forgot"
    DISPUTE = "dispute"
    MISUSED = "misused"
    UNWILLING = "unwilling"
    OTHER = "other"


class VisitOutcome(StrEnum):
    """Who or what was found at the door, single choice (regulations.md 3.1)."""

    MET_DEBTOR = "MET_DEBTOR"
    MET_SPOUSE = "MET_SPOUSE"
    MET_FAMILY = "MET_FAMILY"
    MET_COLLEAGUE = "MET_COLLEAGUE"
    MET_NEIGHBOR = "MET_NEIGHBOR"
    NO_ONE = "NO_ONE"
    NO_ENTRY = "NO_ENTRY"
    DOOR_REFUSED = "DOOR_REFUSED"
    MOVED = "MOVED"
    UNKNOWN_PERSON = "UNKNOWN_PERSON"
    BAD_ADDRESS = "BAD_ADDRESS"
    DEMOLISHED = "DEMOLISHED"
    LOST = "LOST"
    DECEASED = "DECEASED"
    SERIOUS_ILL = "SERIOUS_ILL"
    DISABLED = "DISABLED"
    IN_PRISON = "IN_PRISON"
    ABROAD = "ABROAD"
    ABORTED = "ABORTED"
    NOT_DONE = "NOT_DONE"


class TalkResult(StrEnum):
    """What the talk brought, multiple choice (regulations.md 3.2)."""

    PAID_FULL = "PAID_FULL"
    PAID_PART = "PAID_PART"
    PTP = "PTP"
    PTP_THIRD = "PTP_THIRD"
    PLAN_REQ = "PLAN_REQ"
    REDUCE_REQ = "REDUCE_REQ"
    WILL_NO_ABILITY = "WILL_NO_ABILITY"
    ABLE_NO_WILL = "ABLE_NO_WILL"
    REFUSE_PAY = "REFUSE_PAY"
    REFUSE_TALK = "REFUSE_TALK"
    DISPUTE_AMT = "DISPUTE_AMT"
    DENY_DEBT = "DENY_DEBT"
    MISUSED = "MISUSED"
    INFO_GOT = "INFO_GOT"
    LETTER_LEFT = "LETTER_LEFT"
    COMPLAIN = "COMPLAIN"
    CONFLICT = "CONFLICT"
    POLICE = "POLICE"
    LAWYER = "LAWYER"
    ANTI_COLLECT = "ANTI_COLLECT"


class HoldReason(StrEnum):
    """Why collection rests (停催, regulations.md 3.4)."""

    DECEASED = "DECEASED"
    NO_CAPACITY = "NO_CAPACITY"
    SERIOUS_ILL = "SERIOUS_ILL"
    DISASTER = "DISASTER"
    SELF_HARM_RISK = "SELF_HARM_RISK"
    PLAN_ACTIVE = "PLAN_ACTIVE"
    DISPUTE_OPEN = "DISPUTE_OPEN"
    COMPLAINT_OPEN = "COMPLAINT_OPEN"
    REVIEW_OPEN = "REVIEW_OPEN"  # a critical flag; set and lifted with the flag, never by hand
    FRAUD_CHECK = "FRAUD_CHECK"
    POLICE_OPEN = "POLICE_OPEN"
    RESTRAINT_ORDER = "RESTRAINT_ORDER"
    IN_CUSTODY = "IN_CUSTODY"
    COURT_OR_BANKRUPTCY = "COURT_OR_BANKRUPTCY"
    COOLING_OFF = "COOLING_OFF"
    LEGAL_HOLD = "LEGAL_HOLD"
    SOLD = "SOLD"


BY_HAND = tuple(reason for reason in HoldReason if reason is not HoldReason.REVIEW_OPEN)
"""Reasons a person may give for a hold."""


class PlanState(StrEnum):
    """Course of a planned visit (regulations.md 3.5, the part this program moves)."""

    PLANNED = "planned"
    EN_ROUTE = "en_route"
    ON_SITE = "on_site"
    REPORTED = "reported"
    CANCELLED = "cancelled"
    RECALLED = "recalled"


class PlanGap(IntFlag):
    """What a planned visit still lacks; stored as a bit set."""

    NONE = 0
    SECOND_PERSON = 1
    NOTICE = 2
    DEVICE = 4
    FILE = 8


class RecallCause(StrEnum):
    """Why a planned visit must be called back (撤回)."""

    PAID = "paid"
    HOLD = "hold"
    COMPLAINT = "complaint"
    DO_NOT_CONTACT = "do_not_contact"
    RULE = "rule"
    CRITICAL_FLAG = "critical_flag"


class AddressKind(StrEnum):
    """Which address a visit goes to (现居 / 户籍 / 单位)."""

    HOME = "home"
    REGISTERED = "registered"
    WORK = "work"
    OTHER = "other"


class Channel(StrEnum):
    """How a borrower was reached without a visit."""

    PHONE = "phone"
    SMS = "sms"
    LETTER = "letter"


class ContactParty(StrEnum):
    """Who was reached."""

    DEBTOR = "debtor"
    SPOUSE = "spouse"
    FAMILY = "family"
    COLLEAGUE = "colleague"
    GUARANTOR = "guarantor"
    OTHER = "other"


class PaymentChannel(StrEnum):
    """How money came in; collectors take no cash."""

    APP = "app"
    BANK_TRANSFER = "bank_transfer"
    AUTO_DEBIT = "auto_debit"
    COUNTER = "counter"
    THIRD_PARTY = "third_party"
    OTHER = "other"


class ComplaintChannel(StrEnum):
    """Where a complaint arrived."""

    COMPANY = "company"
    REGULATOR = "regulator"
    ASSOCIATION = "association"
    COURT = "court"
    POLICE = "police"
    MEDIA = "media"


class FlagCategory(StrEnum):
    """The three challenges (product.md section 5)."""

    REFUSAL = "refusal"
    CONFLICT = "conflict"
    LEGAL_RISK = "legal_risk"


class Severity(StrEnum):
    """How serious a flag is."""

    INFO = "info"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class CausedBy(StrEnum):
    """Who caused what a flag tells of; never held against a person unless ours and confirmed."""

    CUSTOMER = "customer"
    OUR_SIDE = "our_side"
    THIRD_PARTY = "third_party"
    UNKNOWN = "unknown"


class FlagState(StrEnum):
    """Course of a flag (product.md 5.6)."""

    NEW = "new"
    IN_FOLLOW_UP = "in_follow_up"
    AWAITING_REVIEW = "awaiting_review"
    AWAITING_DECISION = "awaiting_decision"
    CLOSED = "closed"


class FlagSource(StrEnum):
    """Where a flag came from."""

    OUTCOME_CODE = "outcome_code"
    FIELD = "field"
    RULE = "rule"
    NOTE = "note"


class Tick(StrEnum):
    """A checked fact that may be unknown: unknown is neither yes nor no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Act(StrEnum):
    """What an audit event says was done."""

    DATABASE_CREATED = "database_created"
    DATABASE_UPGRADED = "database_upgraded"
    DEMO_CREATED = "demo_created"
    IMPORTED = "imported"
    IMPORT_UNDONE = "import_undone"
    ARRIVALS_DRAINED = "arrivals_drained"
    ARRIVALS_RETRIED = "arrivals_retried"
    ARRIVALS_DISMISSED = "arrivals_dismissed"
    REASSIGNED = "reassigned"
    HELD = "held"
    HOLD_ENDED = "hold_ended"
    MARKED = "marked"
    SECOND_PERSON_REQUESTED = "second_person_requested"
    NOTE_ADDED = "note_added"
    PLAN_ADDED = "plan_added"
    PLAN_CHANGED = "plan_changed"
    PLANS_CHECKED = "plans_checked"
    VISIT_RECORDED = "visit_recorded"
    CASE_MOVED = "case_moved"
    UNDONE = "undone"
    VIEW_SAVED = "view_saved"
    VIEW_REMOVED = "view_removed"
    PARAMETER_SET = "parameter_set"
    REVEALED = "revealed"
    EXPORTED = "exported"
    COPIED = "copied"
    BALANCES_ADVANCED = "balances_advanced"
    VISITS_JUDGED = "visits_judged"
    READ_AGAIN = "read_again"
    FLAG_MOVED = "flag_moved"
    FLAG_REVIEWED = "flag_reviewed"
    FLAG_HOLD_LIFTED = "flag_hold_lifted"
    STEP_CHANGED = "step_changed"
    STATEMENT_RECORDED = "statement_recorded"
    FLAGS_ESCALATED = "flags_escalated"
    COMPLAINT_CHANGED = "complaint_changed"
    RULE_CHANGED = "rule_changed"
    COMPLAINT_ADDED = "complaint_added"
    COURSE_CHANGED = "course_changed"
    TRAINING_ASSIGNED = "training_assigned"
    TRAINING_CHANGED = "training_changed"
    TEACHING_CASE_CHANGED = "teaching_case_changed"
    QUALITY_SHEET_SAVED = "quality_sheet_saved"
    VISIT_EXPLAINED = "visit_explained"
    SUMMARY_CLEANED = "summary_cleaned"
    REPORT_TAKEN = "report_taken"
    REPORT_COMMENTED = "report_commented"
    REPORT_LAID_OUT = "report_laid_out"
    REPORT_CHECKED = "report_checked"
    REPORT_SIGNED = "report_signed"
    REPORT_WITHDRAWN = "report_withdrawn"
    REPORT_COPIED = "report_copied"
    REPORTS_TIDIED = "reports_tidied"
    USER_ADDED = "user_added"
    USER_CHANGED = "user_changed"
    USER_DISABLED = "user_disabled"
    SIGNED_IN = "signed_in"
    ROWS_HANDED_OVER = "rows_handed_over"
