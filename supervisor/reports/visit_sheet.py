"""What a team takes along: preparation of each visit, masked, with lines to fill in."""

from reportlab.platypus import CondPageBreak, Flowable, PageBreak

from supervisor.clock import SHANGHAI
from supervisor.i18n import ntr, ptr, tr
from supervisor.models.rows.case_file import PreparationRow, TickState
from supervisor.models.rows.report_visit_sheet import Stop, VisitSheetContent
from supervisor.models.rows.reports import Snapshot
from supervisor.reports.case_parts import (
    amounts_table,
    contract_table,
    entry_table,
    hold_text,
    stage_text,
)
from supervisor.reports.heads import Numbers, head_of, section
from supervisor.reports.page import local
from supervisor.reports.parts import Blanks, Lines, facts
from supervisor.reports.tables import Column, Line, table
from supervisor.reports.text import HEAD, SMALL, Text, note
from supervisor.words import sentence, word
from supervisor.words.formats import MISSING, money
from supervisor.words.of_schedule import time_text

_SIGNS = {TickState.DONE: "✓", TickState.OPEN: "□", TickState.ADVICE: "△", TickState.BLOCKED: "■"}


def build(snapshot: Snapshot, content: VisitSheetContent, width: float) -> list[Flowable]:
    """An overview of the day, then a sheet for each visit."""
    numbers = Numbers.of(snapshot)
    story = [
        *head_of(snapshot, content.head, tr("Visit sheet"), numbers),
        note(tr("Data of {at}. Private items are masked; what is needed on the way is shown in "
                "the program and its showing is recorded.", at=local(content.made_at))),
    ]  # fmt: skip
    if not content.stops:
        return [*story, Text(tr("No visit is planned."), SMALL)]
    if len(content.stops) > 1:
        story += _overview(content, numbers, width)
    for number, stop in enumerate(content.stops, 1):
        if number > 1 or len(content.stops) > 1:
            story.append(PageBreak())
        story += _stop(stop, number, numbers, width)
    return story


def _overview(content: VisitSheetContent, numbers: Numbers, width: float) -> list[Flowable]:
    columns = [
        Column(ptr("paper", "No."), left=True),
        Column(ptr("paper", "Time"), left=True),
        Column(ptr("paper", "Case"), figures=False),
        Column(ptr("paper", "Customer"), figures=False),
        Column(ptr("paper", "Area"), figures=False, share=1.5),
        Column(ptr("paper", "Who goes"), figures=False, share=1.5),
        Column(ptr("paper", "Owed")),
    ]
    rows = [
        Line((str(number), _time(stop), stop.case.case_no, stop.case.name, stop.case.area,
              tr(", ").join(stop.people) or MISSING, money(stop.amounts.overdue_fen)),
             link=numbers.key(f"stop-{number}"))
        for number, stop in enumerate(content.stops, 1)
    ]  # fmt: skip
    title = numbers.next(tr("Visits in order"))
    return [*section(title, key=numbers.key("stops")), table(columns, rows, width, SMALL)]


def _time(stop: Stop) -> str:
    return time_text(stop.plan) if stop.plan else MISSING


def _stop(stop: Stop, number: int, numbers: Numbers, width: float) -> list[Flowable]:
    case, borrower, plan = stop.case, stop.borrower, stop.plan
    title = f"{number}. {_time(stop)} {case.case_no} {case.name}" if plan else (
        f"{case.case_no} {case.name}")  # fmt: skip
    day = f"{plan.window_from.astimezone(SHANGHAI):%Y-%m-%d} " if plan else ""
    told = [
        (tr("Window"), f"{day}{_time(stop)}"),
        (ptr("paper", "Who goes"), tr(", ").join(stop.people) or MISSING),
        (ptr("paper", "Customer"), f"{borrower.name} {borrower.id_number}"),
        (tr("Phone"), borrower.phone or MISSING),
        (tr("Address"), borrower.address or MISSING),
        (ptr("paper", "Stage"), stage_text(case)),
        (tr("Device"), plan.device or MISSING if plan else MISSING),
        (tr("Do not contact"), ntr("{n:,} person", "{n:,} people", borrower.do_not_contact)),
    ]
    return [
        *section(title, key=numbers.key(f"stop-{number}")),
        facts(told, width),
        amounts_table(stop.amounts, width),
        contract_table(stop.contracts, width),
        Text(tr("Preparation"), HEAD),
        _preparation(stop, width),
        *[Text(hold_text(one), SMALL, hang="■") for one in stop.holds if one.ended_at is None],
        CondPageBreak(120),
        Text(tr("What happened before"), HEAD),
        entry_table(stop.before, width),
        CondPageBreak(170),
        Text(tr("At the door"), HEAD),
        Blanks(_blanks()),
        Lines(3),
        note(tr("Asked to leave: leave at once, and write down when. No visit is worth a risk to "
                "anybody.")),
    ]  # fmt: skip


def _preparation(stop: Stop, width: float) -> Flowable:
    columns = [
        Column(""),
        Column(ptr("paper", "Item"), figures=False, share=0.4),
        Column(ptr("paper", "How it stands"), figures=False),
        Column(ptr("paper", "State"), figures=False, share=0.3),
    ]
    rows = [
        Line((_SIGNS[one.state], item_text(one), sentence(one.code, one.facts), word(one.state)))
        for one in stop.preparation
    ]
    return table(columns, rows, width, SMALL, tight=True)


def item_text(row: PreparationRow) -> str:
    """What a line of the preparation is about."""
    names = {
        "file": ptr("paper", "File"),
        "target": ptr("paper", "Target of the visit"),
        "moment": ptr("paper", "Moment"),
        "strategy": ptr("paper", "Strategy"),
        "notice": ptr("paper", "Notice"),
        "people": ptr("paper", "People and device"),
    }
    return names.get(row.item, row.item)


def _blanks() -> list[tuple[str, ...]]:
    return [
        (tr("Arrived at"), tr("Left at"), tr("Recording on")),
        (tr("Met whom"), tr("Identity shown"), tr("Consent to recording")),
        (ptr("paper", "Result"), tr("Promised amount"), tr("Promised by")),
        (tr("What was said"),),
        (tr("Signed by both"), tr("Date and time")),
    ]
