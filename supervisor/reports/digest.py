"""The head-office digest: branches beside each other by code, without a rank."""

from collections.abc import Mapping, Sequence

from reportlab.platypus import Flowable, PageBreak

from supervisor.i18n import ntr, ptr, tr
from supervisor.models.enums_measures import Basis, Unit
from supervisor.models.enums_reports import FigureId
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.models.rows.report_digest import BranchLine, DigestContent
from supervisor.models.rows.report_parts import WeeklyFigure
from supervisor.models.rows.reports import Snapshot
from supervisor.pictures import periods
from supervisor.pictures.targets import month_targets
from supervisor.pictures.visit_results import compliance, compliance_name
from supervisor.reports import annex, figures
from supervisor.reports.figures import Money
from supervisor.reports.heads import Numbers, head_of, section, span
from supervisor.reports.page import Turn
from supervisor.reports.setting import margins
from supervisor.reports.shown import chart
from supervisor.reports.tables import Column, Line, table
from supervisor.reports.text import SMALL, Text, note
from supervisor.reports.weekly import summary_money, summary_table
from supervisor.reports.weekly_risk import flag_table
from supervisor.words import word
from supervisor.words.formats import MISSING, count

_F = FigureId
COMPARED = (
    _F.RECEIVED, _F.RECOVERY_AMOUNT, _F.CASES_OPEN, _F.VISITS, _F.MET_RATE, _F.KEPT_RATE,
    _F.COVERAGE, _F.FLAGS, _F.FOLLOW_UP_ON_TIME,
)  # fmt: skip
"""Figures of the comparison; all others stand in the sheet of the branch."""
GAPS = ("position_missing", "end_missing", "entered_late")
PARTS = ("lawful_hours", "two_people", "recorded", "id_shown", "position_matched")


def build(snapshot: Snapshot, content: DigestContent, width: float) -> list[Flowable]:
    """All of them together, then branch by branch, flags, compliance, data quality."""
    numbers = Numbers.of(snapshot)
    month = periods.period(periods.MONTH, content.head.to_on)
    target = month_targets(content.targets, {}, month, content.aims)
    shares = compliance(content.compliance, span(content.head))
    money = summary_money(content.total)
    about = tr("Amounts in {unit}; ranges are 95 % intervals; points are differences of two "
               "percentages.", unit=money.name)  # fmt: skip
    return [
        *head_of(snapshot, content.head, tr("Branches compared"), numbers),
        *section(numbers.next(tr("All branches together")), about, key=numbers.key("summary")),
        summary_table(content.total, content.head.workdays_gone, content.head.workdays, numbers,
                      width, linked=False),
        chart(target, numbers, "progress", title=tr("Progress of the month")),
        *section(numbers.next(tr("Risk flags by kind")), key=numbers.key("risk"), need=90),
        flag_table(content.flags, width),
        chart(shares, numbers, "compliance"),
        *_branches(content, money, numbers),
        annex.closing(snapshot, content.definitions, numbers),
    ]  # fmt: skip


def _branches(content: DigestContent, money: Money, numbers: Numbers) -> list[Flowable]:
    across = margins().across
    about = tr("By code, nobody is ranked: branches have different cases. Amounts in {unit}.",
               unit=money.name)  # fmt: skip
    return [
        Turn(wide=True), PageBreak(),
        *section(numbers.next(tr("Branch by branch")), about, key=numbers.key("branches")),
        branch_table(content.branches, content.total, money, across),
        note(tr("n in brackets: what a rate rests on. — : not known, or too few for a rate.")),
        *section(numbers.next(tr("Compliance and data by branch")), key=numbers.key("quality")),
        *_by_branch(content, across),
        Turn(wide=False), PageBreak(),
    ]  # fmt: skip


def branch_table(
    branches: Sequence[BranchLine], total: Sequence[WeeklyFigure], money: Money, width: float
) -> Flowable:
    """A line for each branch."""
    columns = [
        Column(ptr("paper", "Code"), left=True),
        Column(ptr("paper", "Branch"), figures=False),
        *[Column(word(one)) for one in COMPARED],
        Column(tr("Open flags")),
        Column(tr("Overdue flags")),
        Column(tr("Open complaints")),
    ]
    rows = [
        Line((one.branch.code, one.branch.name, *_figures(one.figures, money),
              count(one.open_flags), count(one.late_flags), count(one.open_complaints)))
        for one in branches
    ]  # fmt: skip
    sums = [sum(getattr(one, name) for one in branches)
            for name in ("open_flags", "late_flags", "open_complaints")]  # fmt: skip
    rows.append(Line((ptr("paper", "All"), "", *_figures(total, money), *map(count, sums)),
                     total=True))  # fmt: skip
    return table(columns, rows, width, SMALL, tight=True)


def _figures(lines: Sequence[WeeklyFigure], money: Money) -> list[str]:
    by_id = {one.id: one for one in lines}
    return [_one(by_id.get(one), money) for one in COMPARED]


def _one(line: WeeklyFigure | None, money: Money) -> str:
    if line is None:
        return MISSING
    shown = figures.value(line.this_week, line.unit, money)
    if line.unit is Unit.SHARE and line.this_week is not None and shown != MISSING:
        return f"{shown} ({count(line.this_week.row.n)})"
    return shown


def _by_branch(content: DigestContent, width: float) -> list[Flowable]:
    """Where nobody was visited there is nothing to say: those branches are only counted."""
    gaps = _gaps(content.quality)
    columns = [
        Column(ptr("paper", "Code"), left=True),
        Column(ptr("paper", "Branch"), figures=False),
        *[Column(compliance_name(part)) for part in PARTS],
        Column(tr("visits without a position")),
        Column(tr("visits without an end")),
        Column(tr("visits entered late")),
    ]
    rows = [
        Line((one.branch.code, one.branch.name, *cells))
        for one in content.branches
        if set(cells := _compliance_cells(one, gaps)) != {MISSING}
    ]
    left = len(content.branches) - len(rows)
    story: list[Flowable] = [table(columns, rows, width, SMALL, tight=True)] if rows else []
    if left:
        story.append(note(ntr("{n} branch without a visit in the period is left out.",
                              "{n} branches without a visit in the period are left out.",
                              left)))  # fmt: skip
    return story or [Text(tr("No branch."), SMALL)]


def _compliance_cells(
    line: BranchLine, gaps: Mapping[tuple[object, str], MeasureRow]
) -> tuple[str, ...]:
    known = (gaps.get((line.branch.branch_id, part)) for part in GAPS)
    return (*_shares(line.compliance), *map(figures.share, known))


def _shares(rows: Sequence[MeasureRow]) -> list[str]:
    by_part = {row.part: row for row in rows if row.basis is Basis.NUMBER}
    return [figures.share(by_part.get(part)) for part in PARTS]


def _gaps(report: MeasureReport) -> dict[tuple[object, str], MeasureRow]:
    return {(row.group[0], row.part): row for row in report.rows if row.group}
