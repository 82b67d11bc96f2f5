"""Orders about reports; each is carried out by the command named beside it."""

from dataclasses import dataclass
from datetime import date, datetime

from supervisor.models.enums_reports import CopyForm
from supervisor.models.ids import ReportId
from supervisor.models.orders import Order
from supervisor.models.rows.reports import (
    PLAIN_LOOK,
    Commentary,
    Content,
    Look,
    ReportRequest,
    Stamp,
)


@dataclass(frozen=True, slots=True)
class ReportRef:
    """A run as the person saw it; `version` None skips that check."""

    report_id: ReportId
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeReport(Order):
    """`take_report`: keep what a content query answered at the instant `as_of`."""

    request: ReportRequest
    content: Content
    as_of: datetime
    look: Look = PLAIN_LOOK


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentReport(Order):
    """`comment_report`: write the commentary; a checked report becomes a draft again."""

    report: ReportRef
    commentary: Commentary


@dataclass(frozen=True, slots=True, kw_only=True)
class LayOutReport(Order):
    """`lay_out_report`: set it in another way; a checked report becomes a draft again."""

    report: ReportRef
    look: Look


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport(Order):
    """`check_report`: 审核."""

    report: ReportRef


@dataclass(frozen=True, slots=True, kw_only=True)
class SignReport(Order):
    """`sign_report`: 签发; nothing of it changes afterwards."""

    report: ReportRef


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawReport(Order):
    """`withdraw_report`: it stays in the list and is not used any more; `reason` is asked for."""

    report: ReportRef
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCopy(Order):
    """`register_copy`: a copy has been printed or saved; `data` are its bytes."""

    report: ReportRef
    form: CopyForm
    language: str
    stamp: Stamp
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class TidyReports(Order):
    """`tidy_reports`: take away content and stored copies older than the house keeps them.

    What is signed or awaits a signature stays.
    """

    on: date
    limit: int = 500
