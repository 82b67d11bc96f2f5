"""Incidents and their follow-up over a period."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from supervisor.i18n import ntr, ptr, tr
from supervisor.models.enums_measures import Unit
from supervisor.models.rows.charts import ChartHead, ChartMark, Ink, LinePoint, LinesRow, Series
from supervisor.models.rows.incidents import AgeingRow, BurnDownRow
from supervisor.models.rows.report_incidents import IncidentsContent
from supervisor.models.rows.reports import Snapshot
from supervisor.pictures.flag_rates import flag_rates
from supervisor.pictures.flags_raised import flags_raised
from supervisor.pictures.saying import one_row
from supervisor.reports import annex, figures
from supervisor.reports.charts import Figure as Drawing
from supervisor.reports.heads import Numbers, head_of, section, span
from supervisor.reports.parts import Beside
from supervisor.reports.tables import Column, Line, table
from supervisor.reports.text import SMALL, Text, note
from supervisor.reports.weekly_risk import (
    complaints,
    flag_table,
    item_table,
    late_steps,
    open_items,
    precision_table,
)
from supervisor.words import word
from supervisor.words.formats import count
from supervisor.words.of_training_screen import agreement_definition, agreement_text, appeals_text


def build(snapshot: Snapshot, content: IncidentsContent, width: float) -> list[Flowable]:
    """What was raised, how it was dealt with, what is open, how well rules and people judge."""
    numbers = Numbers.of(snapshot)
    rates, facts = content.flag_rates, content.raised
    control = flag_rates(rates.flags, rates.visits, content.head.to_on)
    raised = flags_raised(facts.now, facts.before, facts.visits, facts.first_look,
                          span(content.head))  # fmt: skip
    few = tr("Small counts are counts: no rise or fall is read into them.")
    return [
        *head_of(snapshot, content.head, tr("Incidents and follow-up"), numbers),
        *section(numbers.next(tr("Risk flags by kind")), few, key=numbers.key("risk")),
        flag_table(content.flags, width),
        note(_in_time(content)),
        Drawing(raised),
        Beside([Drawing(control, height=120)], [Drawing(burn_down(content.burn_down),
                                                        height=120)]),
        *_ageing(content.ageing, numbers, width),
        *_raised(content, numbers, width),
        *open_items(content.open_items, content.open_total, content.ageing, numbers, width),
        *late_steps(content.late_steps, numbers, width),
        *complaints(content.complaints, numbers, width),
        *section(numbers.next(tr("How often rules were right")),
                 tr("A finding is a hint; people decide."), key=numbers.key("precision")),
        precision_table(content.precision, width),
        *section(numbers.next(tr("How far reviewers agree")), key=numbers.key("agreement")),
        *[Text(agreement_text(one), SMALL) for one in content.agreement.rows],
        Text(appeals_text(content.agreement.appeals), SMALL),
        note(agreement_definition()),
        annex.closing(snapshot, content.definitions, numbers),
    ]  # fmt: skip


def _in_time(content: IncidentsContent) -> str:
    return tr(
        "First look in time {looked}; follow-up in time {followed}.",
        looked=figures.share(one_row(content.first_look)),
        followed=figures.share(one_row(content.on_time)),
    )


def burn_down(rows: Sequence[BurnDownRow]) -> LinesRow:
    """Raised, closed and open by day."""
    if not rows:
        head = ChartHead("burn_down", tr("Raised, closed, open"), note=tr("Nothing was counted."))
        return LinesRow(head=head)
    lines = (
        ("open", tr("open {n}", n=rows[-1].open_at_end), Ink.MAIN, [r.open_at_end for r in rows]),
        ("raised", tr("raised {n}", n=sum(r.raised for r in rows)), Ink.OTHER,
         [r.raised for r in rows]),
        ("closed", tr("closed {n}", n=sum(r.closed for r in rows)), Ink.THIRD,
         [r.closed for r in rows]),
    )  # fmt: skip
    mark = ChartMark("")
    series = tuple(
        Series(key, label, ink, tuple(LinePoint(x, y, mark) for x, y in enumerate(values)))
        for key, label, ink, values in lines
    )
    head = ChartHead("burn_down", tr("Raised, closed, open"), tr("by day"), unit=Unit.COUNT)
    ticks = tuple((float(x), f"{one.day:%m-%d}") for x, one in enumerate(rows))
    return LinesRow(head=head, series=series, ticks=ticks)


def _ageing(rows: Sequence[AgeingRow], numbers: Numbers, width: float) -> list[Flowable]:
    title = numbers.next(tr("How long open flags have been open"))
    story = section(title, key=numbers.key("ageing"), need=70)
    if not any(one.total for one in rows):
        return [*story, Text(tr("Nothing is open."), SMALL)]
    columns = [
        Column(ptr("paper", "Kind"), figures=False),
        Column(ptr("paper", "Caused by"), figures=False),
        Column(tr("Today")),
        *[Column(tr("{days} days", days=days)) for days in ("1–3", "4–7", "8–14", "15+")],
        Column(ptr("paper", "All")),
    ]
    lines = [
        Line((word(one.category), word(one.caused_by), *map(count, one.counts), count(one.total)))
        for one in rows
    ]
    return [*story, table(columns, lines, width, SMALL, tight=True)]


def _raised(content: IncidentsContent, numbers: Numbers, width: float) -> list[Flowable]:
    about = tr("{n} raised; names are masked", n=content.raised_total)
    title = numbers.next(tr("Raised in the period"))
    story = section(title, about, key=numbers.key("raised"))
    if not content.raised_items:
        return [*story, Text(tr("Nothing was raised."), SMALL)]
    story.append(item_table(content.raised_items, width))
    left = content.raised_total - len(content.raised_items)
    if left > 0:
        story.append(note(ntr("{n} more was raised.", "{n} more were raised.", left)))
    return story
