"""The weekly report of a branch (周报): a summary page, then course, people, risk and annex."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from supervisor.i18n import ptr, tr
from supervisor.models.enums_measures import Unit
from supervisor.models.enums_reports import FigureId
from supervisor.models.rows.report_parts import WeeklyFigure
from supervisor.models.rows.report_weekly import Charts, WeeklyContent
from supervisor.models.rows.reports import Snapshot
from supervisor.pictures import periods
from supervisor.pictures.targets import month_targets
from supervisor.reports import (
    annex,
    figures,
    ranks,
    trends,
    weekly_course,
    weekly_people,
    weekly_risk,
)
from supervisor.reports.charts import Figure as Drawing
from supervisor.reports.figures import Money
from supervisor.reports.heads import Numbers, Section, head_of, section
from supervisor.reports.parts import Beside, Signatures, numbered
from supervisor.reports.setting import body, is_formal
from supervisor.reports.tables import Column, Line, table
from supervisor.reports.text import HEAD, NOTE, SMALL, Text
from supervisor.words import word
from supervisor.words.figures import figure
from supervisor.words.formats import MISSING, rate

_F = FigureId
DETAIL = {
    _F.RECEIVED: "course", _F.RECOVERY_AMOUNT: "course", _F.SETTLED: "stages",
    _F.IMPROVED: "roll", _F.VISITS: "funnel", _F.MET_RATE: "hours", _F.PROMISES: "funnel",
    _F.KEPT_RATE: "funnel", _F.CASES_OPEN: "people", _F.AMOUNT_OPEN: "people",
    _F.COVERAGE: "people", _F.FLAGS: "risk", _F.FOLLOW_UP_ON_TIME: "open",
    _F.COMPLAINTS: "complaints",
}  # fmt: skip
"""Where a line of the summary leads."""


def build(snapshot: Snapshot, content: WeeklyContent, width: float) -> list[Flowable]:
    """Everything on the paper of a week."""
    numbers = Numbers.of(snapshot, *(one.code for one in content.head.branches))
    return [
        *head_of(snapshot, content.head, tr("Weekly report of field collection"), numbers),
        *_summary(content, numbers, width),
        Beside(_progress(content.charts, numbers), trends.small(content.charts, numbers),
               gap=20, shares=(1.35, 1.0)),
        *_words(snapshot, numbers),
        *weekly_course.build(content, numbers, width),
        *weekly_people.build(content, numbers, width),
        *weekly_risk.build(content, numbers, width),
        *_closing(snapshot, numbers),
        Signatures(annex.signatures(snapshot)),
        *(ranks.build(content, numbers, width) if snapshot.look.rank else ()),
        *annex.build(snapshot, content.definitions, numbers, content.quality,
                     weekly_risk.precision(content.precision, width)),
    ]  # fmt: skip


def summary_money(lines: Sequence[WeeklyFigure]) -> Money:
    """One unit for all amounts of a summary."""
    amounts = [
        one.value
        for line in lines
        if line.unit is Unit.FEN
        for one in (line.this_week, line.month_to_date)
        if one is not None
    ]
    return figures.money_of(*amounts)


def _summary(content: WeeklyContent, numbers: Numbers, width: float) -> list[Flowable]:
    money = summary_money(content.figures)
    note = tr(
        "Amounts in {unit}; ranges are 95 % intervals; points are differences of two percentages.",
        unit=money.name,
    )
    return [
        *section(numbers.next(tr("Main figures")), note, key=numbers.key("summary")),
        summary_table(content.figures, content.head.workdays_gone, content.head.workdays,
                      numbers, width),
    ]  # fmt: skip


def summary_table(
    lines: Sequence[WeeklyFigure],
    gone: int,
    workdays: int,
    numbers: Numbers,
    width: float,
    *,
    linked: bool = True,
) -> Flowable:
    """About fifteen figures; under each rate what it is made of and its interval.

    `linked`: a click on a name leads to where it is told in detail.
    """
    money = summary_money(lines)
    columns = [
        Column(ptr("paper", "Figure"), figures=False),
        Column(ptr("paper", "This week")),
        Column(ptr("paper", "Last week")),
        Column(ptr("paper", "Change")),
        Column(ptr("paper", "Same week last month")),
        Column(ptr("paper", "Month to date")),
        Column(ptr("paper", "Target")),
        Column(ptr("paper", "Reached")),
        Column(ptr("paper", "Time gone")),
    ]
    time = rate(gone / workdays) if workdays else MISSING
    rows = []
    for line in lines:
        four = (line.this_week, line.last_week, line.same_week_last_month, line.month_to_date)
        week, last, month_ago, month = (figures.value(one, line.unit, money) for one in four)
        target = _target(line, money)
        cells = (word(line.id), week, last, figures.change(line, money), month_ago, month,
                 target, rate(line.month_share),
                 MISSING if line.month_share is None else time)  # fmt: skip
        rows.append(
            Line(cells, link=numbers.key(DETAIL[line.id]) if linked and line.id in DETAIL else "")
        )
        if line.unit is Unit.SHARE:
            rows.append(_made_of(line, money))
        if line.unit is Unit.FEN and line.month_target and line.month_share is not None:
            rows.append(_on_targets(line.month_share * line.month_target, money))
    return table(columns, rows, width, SMALL, tight=True)


def _on_targets(fen: float, money: Money) -> Line:
    """Not every case has a target: what was received on those that do is what the target is for."""
    cells = (tr("with a target"), *[""] * 4, money.text(fen), "", "", "")
    return Line(cells, inset=True, quiet=True)


def _target(line: WeeklyFigure, money: Money) -> str:
    if line.month_target is None:
        return MISSING
    is_money = line.unit is Unit.FEN
    return money.text(line.month_target) if is_money else figure(line.month_target, line.unit)


def _made_of(line: WeeklyFigure, money: Money) -> Line:
    names = {
        _F.RECOVERY_AMOUNT: tr("received / owed"),
        _F.MET_RATE: tr("met / visits"),
        _F.KEPT_RATE: tr("kept / due"),
        _F.COVERAGE: tr("visited / open"),
        _F.FOLLOW_UP_ON_TIME: tr("in time / due"),
    }
    four = (line.this_week, line.last_week, line.same_week_last_month, line.month_to_date)
    week, last, month_ago, month = (figures.parts(one, money) for one in four)
    ranged = figures.interval(line.this_week.row) if line.this_week else ""
    cells = (names.get(line.id, tr("of which / of")), week, last, ranged, month_ago, month,
             "", "", "")  # fmt: skip
    return Line(cells, inset=True, quiet=True)


def _progress(charts: Charts, numbers: Numbers) -> list[Flowable]:
    month = periods.period(periods.MONTH, charts.today)
    target, *others = charts.targets
    row = month_targets(target, {one.measure: one for one in others}, month, charts.aims)
    note = tr("Thick line: target. Triangle: time gone. {subtitle}", subtitle=row.head.subtitle)
    title = numbers.next(tr("Progress of the month"))
    return [Section(title, note, key=numbers.key("progress")), Drawing(row, titled=False)]


def _words(snapshot: Snapshot, numbers: Numbers) -> list[Flowable]:
    said = snapshot.commentary
    measures = [annex.measure_text(one) for one in said.measures]
    return [
        *section(numbers.next(tr("Conclusions")), key=numbers.key("conclusions"), need=45),
        *numbered(said.conclusions, body()),
        *section(numbers.next(tr("Measures")), key=numbers.key("measures"), need=45),
        *numbered(measures, body()),
    ]


def _last_measures(snapshot: Snapshot, numbers: Numbers) -> list[Flowable]:
    """上周措施落实, before the problems and the plan it leads to."""
    said = snapshot.commentary
    story: list[Flowable] = []
    if said.last_measures:
        rows = [
            Line((one.text, one.owner, one.due_on.isoformat() if one.due_on else MISSING,
                  one.result or tr("not entered")))
            for one in said.last_measures
        ]  # fmt: skip
        columns = [
            Column(tr("Measure of last week"), figures=False, share=2.0),
            Column(ptr("paper", "By whom"), figures=False),
            Column(ptr("paper", "By when"), left=True),
            Column(ptr("paper", "What came of it"), figures=False, share=1.5),
        ]
        title = numbers.next(tr("What became of last week's measures"))
        story += section(title, key=numbers.key("last_measures"), need=70)
        story.append(table(columns, rows, numbers.width, SMALL, tight=True))
    return story


def _closing(snapshot: Snapshot, numbers: Numbers) -> list[Flowable]:
    """Problems, plan and what is needed from others, side by side where they are short."""
    said = snapshot.commentary
    three = (
        (tr("Problems and their causes"), said.problems),
        (tr("Plan for next week"), said.plan),
        (tr("What is needed from others"), said.support),
    )
    story = _last_measures(snapshot, numbers)
    if is_formal():
        for place, (title, texts) in enumerate(three):
            story += section(numbers.next(title), key=numbers.key(f"closing-{place}"), need=75)
            story += numbered(texts, body())
        return story
    columns = [[Text(numbers.next(title), HEAD), *numbered(texts, SMALL)] for title, texts in three]
    if sum(len(text) for _, texts in three for text in texts) < LONG:
        return [*story, Text("", NOTE), Beside(*columns, gap=18)]
    return [*story, *(one for column in columns for one in column)]


LONG = 600
"""Characters up to which the three lists stand side by side."""
