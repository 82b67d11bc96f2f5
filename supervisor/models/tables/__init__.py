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

if TYPE_CHECKING:
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
    from supervisor.models.tables.summary import (
        CaseColumnsDirty,
        CaseColumnsKept,
        CasePeriodKept,
        SummaryArea,
        SummaryDirty,
        SummaryHouse,
        SummaryHouseArea,
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
