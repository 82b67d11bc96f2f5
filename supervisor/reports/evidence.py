"""The bundle of one case: everything that happened, on every channel, and who looked, masked."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from supervisor.i18n import ptr, tr
from supervisor.models.enums import Act, Role
from supervisor.models.rows.case_file import AssignmentRow
from supervisor.models.rows.complaints import ComplaintRow
from supervisor.models.rows.incident_detail import IncidentDetail
from supervisor.models.rows.report_evidence import EvidenceContent
from supervisor.models.rows.reports import Snapshot
from supervisor.reports.case_parts import (
    amounts_table,
    contract_table,
    entry_table,
    hold_text,
    schedule_table,
    stage_text,
)
from supervisor.reports.heads import Numbers, head_of, section
from supervisor.reports.page import local
from supervisor.reports.parts import Signatures, facts
from supervisor.reports.rule_names import rule_name
from supervisor.reports.tables import Column, Line, table
from supervisor.reports.text import SMALL, Text, note
from supervisor.reports.weekly_risk import step_text
from supervisor.words import word
from supervisor.words.counted import counted
from supervisor.words.formats import MISSING, count


def build(snapshot: Snapshot, content: EvidenceContent, width: float) -> list[Flowable]:
    """Case, contracts, money, course, incidents, complaints, audit."""
    numbers = Numbers.of(snapshot)
    case, borrower = content.case, content.borrower
    title = tr("Evidence of case {number}", number=case.case_no)
    told = [
        (ptr("paper", "Customer"), f"{borrower.name} {borrower.borrower_no}"),
        (tr("Identity number"), borrower.id_number or MISSING),
        (tr("Phone"), borrower.phone or MISSING),
        (tr("Address"), borrower.address or MISSING),
        (ptr("paper", "Stage"), stage_text(case)),
        (tr("Placed on"), case.placed_on.isoformat()),
        (tr("Held by"), f"{case.agent or MISSING} {case.agent_no or ''}".strip()),
        (tr("Visits so far"), count(case.visit_number)),
    ]
    story = [
        *head_of(snapshot, content.head, title, numbers),
        *section(numbers.next(tr("Case")), tr("masked"), key=numbers.key("case")),
        facts(told, width),
        amounts_table(content.amounts, width),
        *section(numbers.next(tr("Contracts and instalments")), key=numbers.key("contracts")),
        contract_table(content.contracts, width),
        schedule_table(content.schedule, width),
        *section(numbers.next(tr("Course of the case")), tr("all channels, oldest first"),
                 key=numbers.key("course")),
        entry_table(content.timeline, width),
        *_held(content.assignments, numbers, width),
    ]  # fmt: skip
    story += section(numbers.next(tr("Holds")), key=numbers.key("holds"), need=60)
    story += [Text(hold_text(one), SMALL, hang="·") for one in content.holds] or [
        Text(tr("None."), SMALL)
    ]
    story += section(numbers.next(tr("Incidents")), key=numbers.key("incidents"), need=60)
    if not content.incidents:
        story.append(Text(tr("None."), SMALL))
    for one in content.incidents:
        story += _incident(one, numbers, width)
    story += _complaints(content.complaints, numbers, width)
    story += _audit(content, numbers, width)
    return [*story, Signatures([(tr("Put together by:"), snapshot.taken_by), (tr("Date:"), "")])]


def _held(rows: Sequence[AssignmentRow], numbers: Numbers, width: float) -> list[Flowable]:
    columns = [
        Column(tr("From"), left=True),
        Column(tr("Until"), left=True),
        Column(tr("Held by"), figures=False),
        Column(tr("Second person"), figures=False),
        Column(ptr("paper", "Why"), figures=False, share=1.5),
        Column(tr("Assigned by"), figures=False),
    ]
    lines = [
        Line((local(one.from_at), local(one.until_at) if one.until_at else MISSING,
              one.agent or MISSING, one.second_agent or MISSING, one.reason, one.by))
        for one in rows
    ]  # fmt: skip
    title = numbers.next(tr("Who held the case"))
    return [*section(title, key=numbers.key("held")), table(columns, lines, width, SMALL,
                                                            tight=True)]  # fmt: skip


def _incident(one: IncidentDetail, numbers: Numbers, width: float) -> list[Flowable]:
    row = one.row
    name = f"{row.flag_no} {word(row.category)} · {word(row.severity)} · {word(row.state)}"
    verdict = word(row.verdict) if row.verdict else tr("not judged yet")
    story: list[Flowable] = [
        *section(name, key=numbers.key(row.flag_no), level=2, need=80),
        facts(
            [
                (tr("Happened at"), local(row.happened_at)),
                (tr("Raised at"), local(row.raised_at)),
                (tr("Who went"), tr(", ").join(row.agents) or MISSING),
                (ptr("paper", "Verdict"), verdict),
            ],
            width,
        ),
    ]
    if one.visit is not None and one.visit.note:
        story.append(Text(one.visit.note, SMALL))
    rules = [
        f"[{card.number}] {rule_name(card.rule_id)} {card.rule_id} v{card.rule_version}"
        for card in one.cards
    ]
    if rules:
        story.append(Text(tr("Findings: {rules}", rules=tr(", ").join(rules)), SMALL))
    events: list[tuple[str, str, str]] = [
        (local(event.at), f"{event.by} {role_text(event.role)}".strip(),
         " · ".join(part for part in (word(event.kind), event.words) if part))
        for event in one.events
    ]  # fmt: skip
    events += [
        (local(step.done_at or step.due_at), step.done_by or step.owner,
         " · ".join(part for part in (step_text(step.step),
                    tr("done") if step.done_at else tr("due"), step.words) if part))
        for step in one.steps
    ]  # fmt: skip
    columns = [
        Column(tr("When"), left=True),
        Column(ptr("paper", "Who"), figures=False, share=0.4),
        Column(tr("What"), figures=False),
    ]
    if events:
        lines = [Line(event) for event in sorted(events)]
        story.append(table(columns, lines, width, SMALL, tight=True))
    return story


def _complaints(rows: Sequence[ComplaintRow], numbers: Numbers, width: float) -> list[Flowable]:
    title = numbers.next(ptr("paper", "Complaints"))
    story = section(title, key=numbers.key("complaints"), need=60)
    if not rows:
        return [*story, Text(tr("No complaint."), SMALL)]
    columns = [
        Column(ptr("paper", "Number"), figures=False),
        Column(ptr("paper", "Received on"), left=True),
        Column(ptr("paper", "Channel"), figures=False),
        Column(tr("About"), figures=False, share=1.5),
        Column(ptr("paper", "Due"), left=True),
        Column(tr("Answer"), figures=False, share=1.5),
    ]
    lines = [
        Line((one.complaint_no, local(one.received_at), word(one.channel), one.about,
              one.due_on.isoformat(), one.answer or word(one.state)))
        for one in rows
    ]  # fmt: skip
    return [*story, table(columns, lines, width, SMALL, tight=True)]


def _audit(content: EvidenceContent, numbers: Numbers, width: float) -> list[Flowable]:
    chain = content.chain
    said = (
        tr("The audit is unbroken: {n} events, head {head}.", n=count(chain.count),
           head=chain.head[:16])
        if chain.ok
        else tr("The audit is broken at event {n}.", n=chain.first_bad or 0)
    )  # fmt: skip
    title = numbers.next(tr("Who looked and who changed"))
    story = section(title, key=numbers.key("audit"), need=70)
    if not content.audit:
        return [*story, Text(tr("Nobody looked or changed anything so far."), SMALL), note(said)]
    columns = [
        Column(ptr("paper", "No."), left=True),
        Column(tr("When"), left=True),
        Column(ptr("paper", "Who"), figures=False, share=0.6),
        Column(tr("What"), figures=False),
        Column(tr("How many"), figures=False),
    ]
    lines = [
        Line((str(one.seq), local(one.at), f"{one.actor} {role_text(one.role)}".strip(),
              act_text(one.act), counted(one.counts)))
        for one in content.audit
    ]  # fmt: skip
    return [*story, table(columns, lines, width, SMALL, tight=True), note(said)]


def role_text(code: str) -> str:
    """A role in words; what is none as it is."""
    return word(Role(code)) if code in Role._value2member_map_ else code


def act_text(code: str) -> str:
    """An act of the audit in words; a code of a newer program as it is."""
    return word(Act(code)) if code in Act._value2member_map_ else code
