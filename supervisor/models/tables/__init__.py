"""Mapped classes, one module per aggregate. Importing this package maps them all."""

from supervisor.models.tables.borrower import Borrower, BorrowerName, BorrowerPrivate
from supervisor.models.tables.case import Assignment, Case, CaseContract, CaseNote, Hold
from supervisor.models.tables.contact import (
    Complaint,
    ContactAttempt,
    Promise,
    Visit,
    VisitPlan,
)
from supervisor.models.tables.contract import Contract, Instalment, Payment
from supervisor.models.tables.directory import Absence, Branch, Device, Pair, Staff, Team
from supervisor.models.tables.flag import Finding, Flag, FollowUp
from supervisor.models.tables.machinery import (
    AuditEvent,
    AuditHead,
    CommandLog,
    IdCounter,
    ImportBatch,
    ImportBefore,
    ImportMapping,
    Inbox,
    Parameter,
    Revision,
    SavedView,
    UndoEntry,
)
from supervisor.models.tables.reading import NoteReading, RuleChangeRow, UnknownRules
from supervisor.models.tables.review import Appeal, FlagEvent, Review
from supervisor.models.tables.summary import SummaryDirty, SummaryVisit
from supervisor.models.tables.training import (
    QualityReview,
    TeachingCase,
    TrainingAssignment,
    TrainingCourse,
    VisitQuestion,
)

__all__ = [
    "Absence",
    "Appeal",
    "Assignment",
    "AuditEvent",
    "AuditHead",
    "Borrower",
    "BorrowerName",
    "BorrowerPrivate",
    "Branch",
    "Case",
    "CaseContract",
    "CaseNote",
    "CommandLog",
    "Complaint",
    "ContactAttempt",
    "Contract",
    "Device",
    "Finding",
    "Flag",
    "FlagEvent",
    "FollowUp",
    "Hold",
    "IdCounter",
    "ImportBatch",
    "ImportBefore",
    "ImportMapping",
    "Inbox",
    "Instalment",
    "NoteReading",
    "Pair",
    "Parameter",
    "Payment",
    "Promise",
    "QualityReview",
    "Review",
    "Revision",
    "RuleChangeRow",
    "SavedView",
    "Staff",
    "SummaryDirty",
    "SummaryVisit",
    "TeachingCase",
    "Team",
    "TrainingAssignment",
    "TrainingCourse",
    "UndoEntry",
    "UnknownRules",
    "Visit",
    "VisitPlan",
    "VisitQuestion",
]
