"""Identifiers as distinct types, so that a swap is a type error."""

from typing import NewType
from uuid import uuid4

BranchId = NewType("BranchId", int)
TeamId = NewType("TeamId", int)
StaffId = NewType("StaffId", int)
BorrowerId = NewType("BorrowerId", int)
ContractId = NewType("ContractId", int)
CaseId = NewType("CaseId", int)
VisitId = NewType("VisitId", int)
PlanId = NewType("PlanId", int)
BatchId = NewType("BatchId", int)
FlagId = NewType("FlagId", int)
StepId = NewType("StepId", int)
AppealId = NewType("AppealId", int)
ComplaintId = NewType("ComplaintId", int)
ViewId = NewType("ViewId", int)
CourseId = NewType("CourseId", int)
TrainingId = NewType("TrainingId", int)
TeachingId = NewType("TeachingId", int)
SheetId = NewType("SheetId", int)
ReportId = NewType("ReportId", int)
CommandId = NewType("CommandId", str)
"""Unique per order; sending the same order twice does it once."""


def new_command_id() -> CommandId:
    """A fresh command id (UUID4 in hexadecimal)."""
    return CommandId(uuid4().hex)
