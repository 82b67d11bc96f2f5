"""Mapped classes, one module per aggregate.

What the first page of the queue needs is mapped by importing this package, the others when
somebody asks for them: mapping costs the start more than anything else of ours. Who needs every
table, whoever asked before, takes `metadata()`.
"""

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import MetaData

from supervisor import late
from supervisor.models.base import Base
from supervisor.models.tables.borrower import Borrower, BorrowerName
from supervisor.models.tables.case import Case, CaseContract
from supervisor.models.tables.contract import Contract, Instalment, Payment
from supervisor.models.tables.directory import Branch, Staff, Team
from supervisor.models.tables.flag import Flag
from supervisor.models.tables.machinery import (
    AuditEvent,
    AuditHead,
    CommandLog,
    IdCounter,
    Parameter,
    Revision,
    SavedView,
    UndoEntry,
)
from supervisor.models.tables.visit import Visit, VisitPlan

if TYPE_CHECKING:
    from supervisor.models.tables.contact import Complaint, ContactAttempt, Promise
    from supervisor.models.tables.custody import Assignment, CaseNote, Hold
    from supervisor.models.tables.finding import Finding, FollowUp
    from supervisor.models.tables.intake import ImportBatch, ImportBefore, ImportMapping, Inbox
    from supervisor.models.tables.private import BorrowerPrivate
    from supervisor.models.tables.reading import (
        NoteReading,
        RuleChangeRow,
        UnknownRules,
    )
    from supervisor.models.tables.report import (
        ReportCopy,
        ReportRun,
    )
    from supervisor.models.tables.review import (
        Appeal,
        FlagEvent,
        Review,
    )
    from supervisor.models.tables.roster import Absence, Device, Pair
    from supervisor.models.tables.summary import (
        CaseColumnsDirty,
        CaseColumnsKept,
        CasePeriodKept,
        SummaryArea,
        SummaryDirty,
        SummaryHouse,
        SummaryHouseArea,
        SummaryHouseTally,
        SummaryTally,
        SummaryVisit,
    )
    from supervisor.models.tables.training import (
        QualityReview,
        TeachingCase,
        TrainingAssignment,
        TrainingCourse,
        VisitQuestion,
    )

LATE: Mapping[str, tuple[str, ...]] = {
    "supervisor.models.tables.contact": ("Complaint", "ContactAttempt", "Promise"),
    "supervisor.models.tables.custody": ("Assignment", "CaseNote", "Hold"),
    "supervisor.models.tables.finding": ("Finding", "FollowUp"),
    "supervisor.models.tables.intake": ("ImportBatch", "ImportBefore", "ImportMapping", "Inbox"),
    "supervisor.models.tables.private": ("BorrowerPrivate",),
    "supervisor.models.tables.roster": ("Absence", "Device", "Pair"),
    "supervisor.models.tables.reading": ("NoteReading", "RuleChangeRow", "UnknownRules"),
    "supervisor.models.tables.report": ("ReportCopy", "ReportRun"),
    "supervisor.models.tables.review": ("Appeal", "FlagEvent", "Review"),
    "supervisor.models.tables.summary": (
        "CaseColumnsDirty",
        "CaseColumnsKept",
        "CasePeriodKept",
        "SummaryArea",
        "SummaryDirty",
        "SummaryHouse",
        "SummaryHouseArea",
        "SummaryHouseTally",
        "SummaryTally",
        "SummaryVisit",
    ),
    "supervisor.models.tables.training": (
        "QualityReview",
        "TeachingCase",
        "TrainingAssignment",
        "TrainingCourse",
        "VisitQuestion",
    ),
}

__getattr__ = late.names(__name__, LATE)


def metadata() -> MetaData:
    """Every table of the schema, those included that nobody has asked for yet."""
    for module in LATE:
        importlib.import_module(module)
    return Base.metadata


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
    "CaseColumnsDirty",
    "CaseColumnsKept",
    "CaseContract",
    "CaseNote",
    "CasePeriodKept",
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
    "ReportCopy",
    "ReportRun",
    "Review",
    "Revision",
    "RuleChangeRow",
    "SavedView",
    "Staff",
    "SummaryArea",
    "SummaryDirty",
    "SummaryHouse",
    "SummaryHouseArea",
    "SummaryHouseTally",
    "SummaryTally",
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
    "metadata",
]
