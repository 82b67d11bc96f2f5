"""Risk and compliance: flags by kind, open items with masked names, shares with their unknowns."""

from collections.abc import Sequence
from datetime import datetime

from reportlab.platypus import Flowable

from supervisor.clock import SHANGHAI
from supervisor.i18n import ntr, ptr, tr
from supervisor.models.enums_measures import Unit
from supervisor.models.rows.incidents import AgeingRow, RulePrecision
from supervisor.models.rows.report_parts import ComplaintLine, FlagLine, LateStep, OpenItem
from supervisor.models.rows.report_weekly import ReviewCounts, WeeklyContent
from supervisor.pictures import periods
from supervisor.pictures.flag_rates import flag_rates
from supervisor.pictures.visit_results import compliance
from supervisor.reports import annex, figures
from supervisor.reports.charts import Figure as Drawing
from supervisor.reports.heads import Numbers, section
from supervisor.reports.parts import Beside, Box
from supervisor.reports.rule_names import rule_name
from supervisor.reports.tables import Column, Line, table
from supervisor.reports.text import SMALL, Text, note
from supervisor.words import word
from supervisor.words.figures import figure
from supervisor.words.formats import MISSING, count, rate
from supervisor.words.of_incidents import step_of

MOST_OPEN, MOST_LATE = 8, 4
"""Lines of the weekly paper; all of them stand in the workbook beside it and in the report on
incidents and follow-up."""
_LEAST = 20
"""Judged findings below which no percentage is printed."""


def build(content: WeeklyContent, numbers: Numbers, width: float) -> list[Flowable]:
    """The fourth page."""
    charts = content.charts
    week = periods.period(periods.WEEK, charts.today)
    rates = flag_rates(charts.flag_rates.flags, charts.flag_rates.visits, charts.today)
    shares = compliance(charts.compliance, week)
    few = tr("Small counts are counts: no rise or fall is read into them.")
    # That there is nothing late takes no section of its own on the weekly paper.
    steps = content.late_steps
    also = "" if steps else tr("No step of a follow-up is overdue.")
    return [
        *section(numbers.next(tr("Risk flags and follow-up")), few, key=numbers.key("risk"),
                 need=150),
        flag_table(content.flags, width),
        note(_reviews(content.reviews)),
        Beside([Drawing(rates, height=82)], [Drawing(shares)], shares=(1.0, 1.15)),
        *open_items(content.open_items[:MOST_OPEN], content.open_total, content.ageing, numbers,
                    width, also),
        *(late_steps(steps, numbers, width, most=MOST_LATE) if steps else ()),
        *complaints(content.complaints, numbers, width),
    ]  # fmt: skip


def flag_table(flags: Sequence[FlagLine], width: float) -> Flowable:
    """Flags by kind, with the rate of the week."""
    columns = [
        Column(ptr("paper", "Kind"), figures=False),
        Column(ptr("paper", "This week")),
        Column(tr("Per 100 visits (95% interval)")),
        Column(ptr("paper", "Last week")),
        Column(ptr("paper", "Month to date")),
        Column(tr("Looked at")),
        Column(tr("Upheld")),
    ]
    rows = [
        Line((
            word(one.category) if one.category else ptr("paper", "All"), count(one.this_week),
            _per_100(one), count(one.last_week), count(one.month), count(one.reviewed),
            count(one.upheld),
        ), total=one.category is None)
        for one in flags
    ]  # fmt: skip
    return table(columns, rows, width, SMALL, tight=True)


def _per_100(one: FlagLine) -> str:
    row = one.rate
    if row is None or row.few or row.value is None:
        return MISSING
    unit = Unit.PER_100
    value = figure(row.value, unit)
    if row.low is None or row.high is None:
        return value
    return f"{value} ({figure(row.low, unit)}–{figure(row.high, unit)})"


def _reviews(one: ReviewCounts) -> str:
    looked, followed = figures.share(one.looked_in_time), figures.share(one.followed_in_time)
    return tr(
        "Serious flags {serious}; safety events {safety}; first look in time {looked}; follow-up "
        "in time {followed}.",
        serious=one.serious, safety=one.safety, looked=looked, followed=followed,
    )  # fmt: skip


def open_items(
    items: Sequence[OpenItem], total: int, ageing: Sequence[AgeingRow], numbers: Numbers,
    width: float, also: str = "",
) -> list[Flowable]:  # fmt: skip
    """未结事项, oldest first; `also`: said below them."""
    days = [sum(one.counts[i] for one in ageing) for i in range(5)]
    ages = tr("open since 0 days {a}, 1–3 days {b}, 4–7 days {c}, 8–14 days {d}, longer {e}",
              a=days[0], b=days[1], c=days[2], d=days[3], e=days[4])  # fmt: skip
    about = tr("{n} open; {ages}; names are masked", n=total, ages=ages)
    story = section(numbers.next(tr("Open items")), about, key=numbers.key("open"))
    if not items:
        return [*story, Text(tr("Nothing is open."), SMALL)]
    story.append(item_table(items, width))
    left = total - len(items)
    said = [ntr("{n} more is open.", "{n} more are open.", left)] if left else []
    if also:
        said.append(also)
    return [*story, note(" ".join(said))] if said else story


def item_table(items: Sequence[OpenItem], width: float) -> Flowable:
    """Flags with what is to be done next, by whom and until when."""
    columns = [
        Column(ptr("paper", "Raised"), left=True),
        Column(ptr("paper", "Contract"), figures=False, share=0.2),
        Column(ptr("paper", "Customer"), figures=False, share=0.4),
        Column(ptr("paper", "Kind"), figures=False, share=30.0),
        Column(ptr("paper", "Next step"), figures=False, share=1.4),
        Column(ptr("paper", "Owner"), figures=False, share=0.7),
        Column(ptr("paper", "Due"), left=True),
        Column(ptr("paper", "State"), figures=False, share=0.7),
    ]
    rows = [
        Line((
            _day(one.opened_at), one.contract_no, one.borrower,
            f"{word(one.category)} · {word(one.severity)}", step_text(one.step), one.owner,
            _day(one.due_at), tr("▲ late") if one.late else word(one.state),
        ))
        for one in items
    ]  # fmt: skip
    return table(columns, rows, width, SMALL, tight=True)


def late_steps(
    steps: Sequence[LateStep], numbers: Numbers, width: float, *, most: int | None = None
) -> list[Flowable]:
    """Overdue follow-ups, all or the first `most`."""
    story = section(numbers.next(tr("Overdue follow-up")), key=numbers.key("late"), need=60)
    if not steps:
        return [*story, Text(tr("Nothing is overdue."), SMALL)]
    columns = [
        Column(ptr("paper", "Flag"), figures=False),
        Column(ptr("paper", "Case"), figures=False),
        Column(ptr("paper", "Customer"), figures=False),
        Column(ptr("paper", "Step"), figures=False, share=2.0),
        Column(ptr("paper", "Owner"), figures=False),
        Column(ptr("paper", "Due"), left=True),
    ]
    rows = [
        Line((one.flag_no, one.case_no, one.borrower, step_text(one.step), one.owner,
              _day(one.due_at)))
        for one in steps[:most]
    ]  # fmt: skip
    story.append(table(columns, rows, width, SMALL, tight=True))
    left = len(steps) - len(rows)
    if left:
        story.append(note(ntr("{n} more is overdue.", "{n} more are overdue.", left)))
    return story


def complaints(lines: Sequence[ComplaintLine], numbers: Numbers, width: float) -> list[Flowable]:
    """Complaints of the period, or still open."""
    title = numbers.next(ptr("paper", "Complaints"))
    story = section(title, key=numbers.key("complaints"), need=60)
    if not lines:
        return [*story, Text(tr("No complaint."), SMALL)]
    columns = [
        Column(ptr("paper", "Number"), figures=False),
        Column(ptr("paper", "Received on"), left=True),
        Column(ptr("paper", "Case"), figures=False),
        Column(ptr("paper", "Customer"), figures=False),
        Column(ptr("paper", "Channel"), figures=False),
        Column(ptr("paper", "State"), figures=False),
        Column(ptr("paper", "Due"), left=True),
    ]
    rows = [
        Line((
            one.complaint_no, one.received_on.isoformat(), one.case_no, one.borrower,
            word(one.channel), word(one.state),
            tr("▲ {day}", day=one.due_on.isoformat()) if one.late else one.due_on.isoformat(),
        ))
        for one in lines
    ]  # fmt: skip
    return [*story, table(columns, rows, width, SMALL, tight=True)]


def precision(rules: Sequence[RulePrecision], width: float) -> list[Flowable]:
    """For the annex: a share of those judged often enough, counts of the others in a line."""
    enough = [one for one in rules if one.judged >= _LEAST]
    few = [one for one in rules if one.judged < _LEAST]
    story: list[Flowable] = [annex.head(tr("How often rules were right"))]
    if enough or not few:
        story.append(precision_table(enough, width - 2 * Box.PAD))
    hint = tr("A finding is a hint; people decide.")
    if few:
        told = tr(", ").join(
            f"{rule_name(one.rule_id) or one.rule_id} {count(one.upheld)}/{count(one.judged)}"
            for one in few
        )  # fmt: skip
        hint = tr("Judged fewer than {n} times (upheld / judged): {rules}. {hint}", n=_LEAST,
                  rules=told, hint=hint)  # fmt: skip
    return [*story, note(hint)]


def precision_table(rules: Sequence[RulePrecision], width: float) -> Flowable:
    """Findings that stood up to a person's look."""
    if not rules:
        return Text(tr("No finding has been judged yet."), SMALL)
    columns = [
        Column(ptr("paper", "Rule"), left=True),
        Column(tr("What it is about"), figures=False),
        Column(ptr("paper", "Findings")),
        Column(ptr("paper", "Judged")),
        Column(tr("Upheld")),
        Column(tr("Share upheld (95% interval)")),
    ]
    rows = [
        Line((one.rule_id, rule_name(one.rule_id), count(one.hits), count(one.judged),
              count(one.upheld), _upheld(one)))
        for one in rules
    ]  # fmt: skip
    return table(columns, rows, width, SMALL, tight=True)


def _upheld(one: RulePrecision) -> str:
    if one.judged < _LEAST or one.share is None or one.low is None or one.high is None:
        return MISSING
    return f"{rate(one.share)} ({rate(one.low).removesuffix('%')}–{rate(one.high)})"


def step_text(code: str) -> str:
    """A follow-up step in words."""
    if not code:
        return MISSING
    member = step_of(code)
    return word(member) if member is not None else code


def _day(when: datetime | None) -> str:
    return MISSING if when is None else f"{when.astimezone(SHANGHAI):%m-%d}"
