"""The sheet of one collector, for a talk between two people; beside nobody else."""

from reportlab.platypus import Flowable

from supervisor.i18n import ptr, tr
from supervisor.models.enums import Bucket
from supervisor.models.enums_measures import Basis
from supervisor.models.rows.measures import MeasureReport
from supervisor.models.rows.report_agent import AgentContent, PromiseLine
from supervisor.models.rows.reports import Snapshot
from supervisor.models.rows.training import TrainingRow
from supervisor.pictures import periods
from supervisor.pictures.visit_hours import met_by_hour
from supervisor.pictures.visit_results import compliance
from supervisor.reports import annex, figures, trends, weekly_people
from supervisor.reports.heads import Numbers, head_of, section, span
from supervisor.reports.parts import Lines, facts
from supervisor.reports.shown import chart
from supervisor.reports.tables import Column, Line, table
from supervisor.reports.text import SMALL, Text, note
from supervisor.reports.weekly import summary_table
from supervisor.reports.weekly_risk import item_table
from supervisor.words import word
from supervisor.words.formats import MISSING, count, money


def build(snapshot: Snapshot, content: AgentContent, width: float) -> list[Flowable]:
    """Loads, figures, when people are met, conduct, training, promises, what was agreed."""
    numbers = Numbers.of(snapshot)
    line = content.line
    name = f"{line.name} {line.staff_no}".strip()
    title = tr("Sheet of {name}", name=name)
    weeks = periods.period(periods.WEEKS, content.head.to_on)
    hours = met_by_hour(content.hours, content.quiet, weeks)
    about = tr("Amounts in {unit}", unit=figures.Money(large=False).name)
    return [
        *head_of(snapshot, content.head, title, numbers),
        *section(numbers.next(tr("In hand")), about, key=numbers.key("people")),
        facts(_facts(content), width),
        note(tr("The interval says how sure a figure is; where it holds 1.00 nothing differs.")),
        *section(numbers.next(tr("Main figures")), key=numbers.key("summary")),
        summary_table(content.figures, content.head.workdays_gone, content.head.workdays,
                      numbers, width, linked=False),
        *section(numbers.next(tr("The last weeks")), key=numbers.key("weeks"), need=90),
        trends.of_shares(content.weeks),
        chart(hours, numbers, "hours"),
        *section(numbers.next(tr("Stages in hand")), key=numbers.key("stages")),
        _stages(content.stages, width),
        *_compliance(content, numbers),
        *_conduct(content, numbers, width),
        *_training(content.training, numbers, width),
        *_promises(content.promises, numbers, width),
        *section(numbers.next(tr("What was talked about and agreed")), key=numbers.key("talk"),
                 need=120),
        Lines(4),
        annex.closing(snapshot, content.definitions, numbers,
                      lines=((tr("Collector:"), ""), (tr("Supervisor:"), ""), (tr("Date:"), ""))),
    ]  # fmt: skip


def _facts(content: AgentContent) -> list[tuple[str, str]]:
    line = content.line
    valid = content.training_valid_until
    return [
        (ptr("paper", "Team"), content.team or MISSING),
        (tr("Training valid until"), valid.isoformat() if valid else tr("not known")),
        (tr("Cases in hand"), count(line.cases)),
        (tr("Owed"), money(line.amount_fen)),
        (tr("Received in the period"), money(line.received_fen)),
        (tr("Target of the month"), money(line.target_fen)),
        (tr("Reached ÷ expected (95%)"), weekly_people.expected_text(line.expected)),
        (tr("8 days and more"), count(sum(line.idle[2:]))),
    ]


def _stages(report: MeasureReport, width: float) -> Flowable:
    by_number = {row.group[0]: row for row in report.rows
                 if row.group and row.part == "open" and row.basis is Basis.NUMBER}  # fmt: skip
    fen = {row.group[0]: row for row in report.rows
           if row.group and row.part == "open" and row.basis is Basis.MONEY}  # fmt: skip
    if not by_number:
        return Text(tr("Nobody holds cases here."), SMALL)
    columns = [
        Column(ptr("paper", "Stage"), figures=False),
        Column(tr("Cases in hand")),
        Column(ptr("paper", "Owed")),
    ]
    rows = [
        Line((_stage(key), count(round(row.numerator)),
              money(round(fen[key].numerator)) if key in fen else MISSING))
        for key, row in by_number.items()
    ]  # fmt: skip
    return table(columns, rows, width, SMALL, tight=True)


def _stage(key: object) -> str:
    return word(Bucket(key)) if isinstance(key, int) else str(key)


def _compliance(content: AgentContent, numbers: Numbers) -> list[Flowable]:
    shares = compliance(content.compliance, span(content.head))
    return [
        chart(shares, numbers, "compliance"),
    ]  # fmt: skip


def _conduct(content: AgentContent, numbers: Numbers, width: float) -> list[Flowable]:
    about = tr("Only what was confirmed, with what follows from it.")
    story = section(numbers.next(tr("Conduct upheld")), about, key=numbers.key("risk"), need=70)
    if not content.conduct:
        return [*story, Text(tr("Nothing was upheld in the period."), SMALL)]
    return [*story, item_table(content.conduct, width)]


def _training(rows: tuple[TrainingRow, ...], numbers: Numbers, width: float) -> list[Flowable]:
    story = section(numbers.next(ptr("paper", "Training")), key=numbers.key("training"), need=70)
    if not rows:
        return [*story, Text(tr("No course is assigned."), SMALL)]
    columns = [
        Column(ptr("paper", "Course"), figures=False, share=2.0),
        Column(ptr("paper", "Why"), figures=False, share=1.5),
        Column(ptr("paper", "Due"), left=True),
        Column(tr("Taken on")),
        Column(ptr("paper", "State"), figures=False),
    ]
    lines = [
        Line((one.course, one.flag_no or one.why, one.due_on.isoformat(),
              one.done_on.isoformat() if one.done_on else MISSING, word(one.state)))
        for one in rows
    ]  # fmt: skip
    return [*story, table(columns, lines, width, SMALL, tight=True)]


def _promises(rows: tuple[PromiseLine, ...], numbers: Numbers, width: float) -> list[Flowable]:
    about = tr("In the seven days after the period; names are masked")
    title = numbers.next(tr("Promises that fall due"))
    story = section(title, about, key=numbers.key("promises"), need=70)
    if not rows:
        return [*story, Text(tr("None."), SMALL)]
    columns = [
        Column(ptr("paper", "Due"), left=True),
        Column(ptr("paper", "Case"), figures=False),
        Column(ptr("paper", "Customer"), figures=False),
        Column(tr("Promised")),
        Column(tr("Paid so far")),
    ]
    lines = [
        Line((one.due_on.isoformat(), one.case_no, one.borrower, money(one.amount_fen),
              money(one.paid_fen)))
        for one in rows
    ]  # fmt: skip
    return [*story, table(columns, lines, width, SMALL, tight=True)]
