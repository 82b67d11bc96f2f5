"""Snapshots of every other kind, made of the same pieces as the weekly sample."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from supervisor.models.enums import (
    Bucket,
    CausedBy,
    FlagCategory,
    HoldReason,
    PlanGap,
    Product,
    QueueReason,
    Severity,
    Tick,
)
from supervisor.models.enums_incidents import Verdict
from supervisor.models.enums_measures import Basis, Dimension, MeasureId
from supervisor.models.enums_reports import ReportKind
from supervisor.models.enums_training import AssignmentState, Scale, SheetGroup
from supervisor.models.ids import BranchId, CaseId, CourseId, StaffId, TrainingId
from supervisor.models.orders_training import Discussion
from supervisor.models.rows.agreement import AgreementReport, AgreementRow, AppealCounts
from supervisor.models.rows.audit import AuditCheckRow
from supervisor.models.rows.case_file import (
    AmountsRow,
    AssignmentRow,
    BorrowerRow,
    ContractRow,
    EntryKind,
    EntryRow,
    HoldRow,
    InstalmentRow,
    InstalmentState,
    PreparationRow,
    TickState,
)
from supervisor.models.rows.case_queue import CaseQueueRow
from supervisor.models.rows.incident_detail import SpanRow
from supervisor.models.rows.incidents import BurnDownRow, RulePrecision
from supervisor.models.rows.measures import Counted
from supervisor.models.rows.quality import QualitySummary, Tally
from supervisor.models.rows.report_agent import AgentContent, PromiseLine
from supervisor.models.rows.report_digest import BranchLine, DigestContent
from supervisor.models.rows.report_evidence import AuditLine, EvidenceContent
from supervisor.models.rows.report_incidents import IncidentsContent
from supervisor.models.rows.report_parts import ReportBranch
from supervisor.models.rows.report_roll_rate import RollRateContent
from supervisor.models.rows.report_training import PackCase, TrainingContent
from supervisor.models.rows.report_visit_sheet import Stop, VisitSheetContent
from supervisor.models.rows.report_weekly import WeeklyContent
from supervisor.models.rows.reports import Snapshot
from supervisor.models.rows.training import CourseRow, TrainingRow
from tests.reports import samples

_M = MeasureId
DAY = timedelta(days=1)


def weekly_of(agents: int = 12) -> WeeklyContent:
    """The content of the weekly sample."""
    content = samples.weekly(agents).content
    assert isinstance(content, WeeklyContent)
    return content


def agent() -> Snapshot:
    """The sheet of the first of twelve people."""
    week = weekly_of()
    first, charts = week.teams[0].people[0], week.charts
    stages = samples.report(
        _M.IN_HAND,
        [
            Counted(20 * 249_000 if basis is Basis.MONEY else 20, None, 20, group=(int(bucket),),
                    part="open", basis=basis)
            for bucket in list(Bucket)[1:5]
            for basis in (Basis.NUMBER, Basis.MONEY)
        ],
        (Dimension.BUCKET,),
    )  # fmt: skip
    course = TrainingRow(
        TrainingId(1), 1, BranchId(1), "城东分部", StaffId(1), first.name, first.staff_no,
        CourseId(1), "离场时机", None, "", "新员工", date(2026, 11, 30), None, "周敏",
        AssignmentState.OPEN, 15,
    )  # fmt: skip
    content = AgentContent(
        head=week.head, team="外访一组", line=first, training_valid_until=date(2027, 3, 1),
        figures=week.figures,
        weeks=tuple(one for one in charts.visit_weeks
                    if one.measure in {_M.MET_RATE, _M.PROMISE_RATE, _M.KEPT_RATE}),
        hours=charts.hours, quiet=charts.quiet, compliance=charts.compliance, stages=stages,
        conduct=week.open_items[:1], training=(course,),
        promises=(PromiseLine(date(2026, 11, 18), "C2026010935", "宋**", 250_000, 50_000),),
        definitions=week.definitions,
    )  # fmt: skip
    return samples.snapshot(ReportKind.AGENT, content, subject=first.staff_no)


def incidents() -> Snapshot:
    """Flags of a week."""
    week = weekly_of()
    days = tuple(
        BurnDownRow(samples.FIRST + DAY * n, 3 - n % 3, n % 4, 9 - n // 2) for n in range(7)
    )
    rules = (
        RulePrecision("LEAVE-WHEN-ASKED", 47, 58, 0.69, 0.89, 64),
        RulePrecision("TWO-PEOPLE", 3, 4, 0.3, 0.95, 6),
    )
    pairs = AgreementRow(
        Scale.CONDUCT, (Verdict.UPHELD, Verdict.NOT_UPHELD), ((9, 2), (1, 8)), 20, 17,
        0.64, 0.95, 0.7, 0.4, 0.95, few=True, not_blind=1,
    )  # fmt: skip
    content = IncidentsContent(
        head=week.head, flags=week.flags, ageing=week.ageing, raised_items=week.open_items,
        raised_total=9, open_items=week.open_items, open_total=4, late_steps=week.late_steps,
        complaints=week.complaints,
        first_look=samples.report(_M.FLAG_FIRST_LOOK, [samples.share(14, 14)]),
        on_time=samples.report(_M.FOLLOW_UP_ON_TIME, [samples.share(31, 33)]),
        flag_rates=week.charts.flag_rates, raised=week.charts.raised, burn_down=days,
        precision=rules,
        agreement=AgreementReport((pairs,), AppealCounts(2, 1, 0, 1)),
        definitions=(_M.FLAG_FIRST_LOOK, _M.FOLLOW_UP_ON_TIME, _M.PRECISION),
    )  # fmt: skip
    return samples.snapshot(ReportKind.INCIDENTS, content)


TEXT = "客户打开门后情绪激动，说再不走就报警。催收员继续敲门约十分钟，邻居出来劝说后才离开。"


def training() -> Snapshot:
    """Two cases."""
    at = TEXT.index("再不走就报警")
    span = SpanRow(at, at + 6, 1, Severity.MAJOR, FlagCategory.REFUSAL, None)
    case = PackCase(
        1, "离场时机", "门口的十分钟", TEXT, (span,),
        (Discussion("什么时候应当离开？", "第一次要求离开时。"), Discussion("怎样重新约定时间？")),
        "先让学员复述经过，再讨论。", FlagCategory.REFUSAL, Severity.MAJOR, CausedBy.OUR_SIDE,
        Verdict.UPHELD, (("LEAVE-WHEN-ASKED", "2"),),
    )  # fmt: skip
    course = CourseRow(CourseId(1), 1, "LEAVE", "离场时机", 45, ("离场时机",), True, 3, 1, 9)
    sums = QualitySummary(12, 300, {group: Tally(20, 5, 2, 9) for group in SheetGroup})
    content = TrainingContent(
        samples.head(), (case, replace(case, number=2, title="未约定时间的再访", questions=())),
        (("离场时机", 2),), (course,), sums,
    )  # fmt: skip
    return samples.snapshot(ReportKind.TRAINING, content)


def case_row(number: int = 1) -> CaseQueueRow:
    """A case, masked."""
    return CaseQueueRow(
        CaseId(number), BranchId(1), "城东分部", f"C20260{10934 + number}", "HT2026010935",
        QueueReason.CRITICAL_FLAG, None, None, None, None, "王**", Bucket.M3, 74, 1_864_237,
        6_120_000, "东湖区", next(iter(Product)), "外访一组", StaffId(1), "何敏", "A0004",
        None, None, None, False, date(2026, 11, 2), None, 13, 2, None, None, None, None, None,
        PlanGap.NONE, None, None, None, date(2026, 8, 3), 1, 1, date(2026, 11, 15), None, 1,
    )  # fmt: skip


AMOUNTS = AmountsRow(
    date(2026, 11, 15), 1_864_237, 6_120_000, 420_000, 4_255_763, date(2026, 12, 1)
)
BORROWER = BorrowerRow(
    "B0001", "王**", "138****2041", "4************X", "东湖区民主路**号", ("home",), 2, 1
)
CONTRACTS = (
    ContractRow("HT2026010935", "装修贷", 8_000_000, 148_000, date(2025, 3, 1), 36, None,
                "normal", Tick.NO),
)  # fmt: skip
ENTRIES = (
    EntryRow(EntryKind.VISIT, samples.AS_OF - DAY * 14, date(2026, 11, 2),
             "entry_visit_MET_DEBTOR", {}, ("何敏", "邓𬭚"),
             "本人在家，说月底发工资后付 5,000 元；未提其他人。", 1),
    EntryRow(EntryKind.PROMISE, None, date(2026, 11, 2), "entry_promise_not_due",
             {"amount": "5,000.00", "due": "2026-11-30"}, (), "", 2),
    EntryRow(EntryKind.PAYMENT, None, date(2026, 10, 20), "entry_payment",
             {"amount": "1,200.00", "number": "HT2026010935"}, (), "", 3),
)  # fmt: skip
HOLDS = (
    HoldRow(1, next(iter(HoldReason)), "等待家属回电", date(2026, 10, 1), date(2026, 10, 8),
            "周敏", samples.AS_OF - DAY * 30),
    HoldRow(2, next(iter(HoldReason)), "", date(2026, 11, 14), None, "周敏", None),
)  # fmt: skip


def visit_sheet(stops: int = 2) -> Snapshot:
    """Visits of a day without a plan of their own."""
    lines = (
        PreparationRow("file", TickState.DONE, "prep_file_ready", {}),
        PreparationRow("target", TickState.ADVICE, "prep_target_advice", {"amount": "18,642.37"}),
        PreparationRow("people", TickState.OPEN, "prep_second_missing", {}),
    )
    made = tuple(
        Stop(None, ("何敏", "邓𬭚"), case_row(number), BORROWER, CONTRACTS, AMOUNTS, lines,
             HOLDS, ENTRIES)
        for number in range(1, stops + 1)
    )  # fmt: skip
    content = VisitSheetContent(samples.head(), made, samples.AS_OF)
    return samples.snapshot(ReportKind.VISIT_SHEET, content)


def evidence(entries: int = 40) -> Snapshot:
    """The bundle of a case without incidents."""
    schedule = tuple(
        InstalmentRow("HT2026010935", n, date(2026, n, 5), 222_222, 31_000, 0, 1_200,
                      222_222 if n < 8 else 0,
                      InstalmentState.PAID if n < 8 else InstalmentState.OVERDUE,
                      0 if n < 8 else 74)
        for n in range(1, 13)
    )  # fmt: skip
    audit = tuple(
        AuditLine(n, samples.AS_OF - DAY * n, "周敏", "supervisor", "revealed", {"items": 1})
        for n in range(1, 4)
    )
    content = EvidenceContent(
        samples.head(), case_row(), BORROWER, CONTRACTS, AMOUNTS, schedule,
        tuple(replace(ENTRIES[n % 3], source_id=n) for n in range(entries)), HOLDS,
        (AssignmentRow("何敏", "邓𬭚", samples.AS_OF - DAY * 100, None, "片区调整", "周敏"),),
        (), (), audit, AuditCheckRow(ok=True, count=18_402, head="ab" * 32, first_bad=None),
    )  # fmt: skip
    return samples.snapshot(ReportKind.EVIDENCE, content, subject="C2026010935")


def roll_rate() -> Snapshot:
    """A month beside three before, and two products."""
    random, week = Random(3), weekly_of()
    months = [samples.roll(random, 12, date(2026, month, 1)) for month in (8, 9, 10, 11)]
    both = [
        replace(row, group=(product.value,))
        for product in list(Product)[:2]
        for row in months[3].rows
    ]
    by_product = replace(months[3], by=(Dimension.PRODUCT,), rows=tuple(both))
    content = RollRateContent(
        week.head, months[3], tuple(months[:3]), by_product, week.stages,
        samples.report(_M.SETTLED, [samples.share(80, 900)]),
        samples.report(_M.IMPROVED, [samples.share(120, 900)]),
        (_M.ROLL_MATRIX, _M.SETTLED, _M.IMPROVED),
    )  # fmt: skip
    return samples.snapshot(ReportKind.ROLL_RATE, content)


def digest(branches: int = 12) -> Snapshot:
    """Branches beside each other."""
    week = weekly_of()
    parts = week.charts.compliance.rows
    known = [
        ReportBranch(BranchId(n), f"B{n:03d}", f"第{n}分部" if n % 5 else "经济技术开发区分部")
        for n in range(1, branches + 1)
    ]
    lines = tuple(BranchLine(one, week.figures, parts, 3, 1, 0) for one in known)
    gaps = [
        samples.share(4, 396, part=part, group=(one.branch_id,))
        for one in known
        for part in ("position_missing", "end_missing", "entered_late")
    ]
    content = DigestContent(
        samples.head(known), week.figures, lines, week.charts.compliance, week.flags,
        week.charts.targets[0], samples.report(_M.DATA_QUALITY, gaps, (Dimension.BRANCH,)),
        week.definitions,
    )  # fmt: skip
    return samples.snapshot(ReportKind.DIGEST, content)


def every_kind() -> dict[ReportKind, Snapshot]:
    """One of each."""
    return {
        ReportKind.WEEKLY: samples.weekly(),
        ReportKind.DIGEST: digest(),
        ReportKind.AGENT: agent(),
        ReportKind.INCIDENTS: incidents(),
        ReportKind.TRAINING: training(),
        ReportKind.VISIT_SHEET: visit_sheet(),
        ReportKind.EVIDENCE: evidence(),
        ReportKind.ROLL_RATE: roll_rate(),
    }
