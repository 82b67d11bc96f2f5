"""Closed vocabularies of reports (product.md section 8); words are in `words.of_reports`."""

from enum import StrEnum


class ReportKind(StrEnum):
    """What is printed; each has a content of its own (`rows/report_*.py`)."""

    WEEKLY = "weekly"
    DIGEST = "digest"
    AGENT = "agent"
    INCIDENTS = "incidents"
    TRAINING = "training"
    VISIT_SHEET = "visit_sheet"
    EVIDENCE = "evidence"
    ROLL_RATE = "roll_rate"


class RunState(StrEnum):
    """How far a report has come."""

    DRAFT = "draft"
    CHECKED = "checked"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


class CopyForm(StrEnum):
    """What a copy of a report is."""

    PDF = "pdf"
    WORKBOOK = "xlsx"
    PRINT = "print"


class PaperStyle(StrEnum):
    """How paper is set: the house's plain look, or that of official papers (公文样式)."""

    PLAIN = "plain"
    FORMAL = "formal"


class FigureId(StrEnum):
    """A line of the one-page summary; each is read off one row of one measure."""

    RECEIVED = "received"
    RECOVERY_AMOUNT = "recovery_amount"
    CASES_OPEN = "cases_open"
    AMOUNT_OPEN = "amount_open"
    CASES_IN = "cases_in"
    CASES_OUT = "cases_out"
    SETTLED = "settled"
    IMPROVED = "improved"
    VISITS = "visits"
    MET_RATE = "met_rate"
    PROMISES = "promises"
    KEPT_RATE = "kept_rate"
    COVERAGE = "coverage"
    FLAGS = "flags"
    FOLLOW_UP_ON_TIME = "follow_up_on_time"
    COMPLAINTS = "complaints"


class Take(StrEnum):
    """Which number of a row of a measure a figure is."""

    VALUE = "value"
    NUMERATOR = "numerator"
    N = "n"
