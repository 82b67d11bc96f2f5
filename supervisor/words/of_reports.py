"""Words for reports: kinds, states, forms of copies, lines of the summary."""

from enum import Enum

from supervisor.i18n import mark
from supervisor.models.enums_reports import CopyForm, FigureId, PaperStyle, ReportKind, RunState

WORDS: dict[type[Enum], dict[Enum, str]] = {
    ReportKind: {
        ReportKind.WEEKLY: mark("Weekly report"),
        ReportKind.DIGEST: mark("Branches compared"),
        ReportKind.AGENT: mark("Sheet of a collector"),
        ReportKind.INCIDENTS: mark("Incidents and follow-up"),
        ReportKind.TRAINING: mark("Training case pack"),
        ReportKind.VISIT_SHEET: mark("Visit sheet"),
        ReportKind.EVIDENCE: mark("Evidence of a case"),
        ReportKind.ROLL_RATE: mark("Roll rates of the month"),
    },
    RunState: {
        RunState.DRAFT: mark("Draft"),
        RunState.CHECKED: mark("Checked"),
        RunState.SIGNED: mark("Signed"),
        RunState.WITHDRAWN: mark("Withdrawn"),
    },
    CopyForm: {
        CopyForm.PDF: mark("PDF file"),
        CopyForm.WORKBOOK: mark("Workbook"),
        CopyForm.PRINT: mark("Printed"),
    },
    PaperStyle: {
        PaperStyle.PLAIN: mark("Plain"),
        PaperStyle.FORMAL: mark("Formal, as official papers"),
    },
    FigureId: {
        FigureId.RECEIVED: mark("Money received"),
        FigureId.RECOVERY_AMOUNT: mark("Recovery in money"),
        FigureId.CASES_OPEN: mark("Cases at the end"),
        FigureId.AMOUNT_OPEN: mark("Overdue at the end"),
        FigureId.CASES_IN: mark("Cases in"),
        FigureId.CASES_OUT: mark("Cases out"),
        FigureId.SETTLED: mark("Cases settled"),
        FigureId.IMPROVED: mark("Cases improved"),
        FigureId.VISITS: mark("Visits done"),
        FigureId.MET_RATE: mark("Customer met"),
        FigureId.PROMISES: mark("Visits with promise"),
        FigureId.KEPT_RATE: mark("Promises kept"),
        FigureId.COVERAGE: mark("Cases visited"),
        FigureId.FLAGS: mark("Flags on visits"),
        FigureId.FOLLOW_UP_ON_TIME: mark("Follow-up in time"),
        FigureId.COMPLAINTS: mark("Complaints received"),
    },
}
"""English source words by enum class and member."""
