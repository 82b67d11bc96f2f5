"""近 12 周: small lines in their own range, the last value written out."""

from collections.abc import Sequence
from dataclasses import replace

from reportlab.platypus import Flowable

from supervisor.i18n import tr
from supervisor.models.enums_measures import Basis, MeasureId, Unit
from supervisor.models.rows.charts import ChartHead, ChartMark, SparkPoint, SparkRow
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.models.rows.report_weekly import Charts
from supervisor.models.rules.report_figures import FLAG_RATES
from supervisor.pictures.saying import week_name
from supervisor.reports import figures
from supervisor.reports.charts import Figure as Drawing
from supervisor.reports.heads import Numbers, Section
from supervisor.reports.parts import Beside
from supervisor.reports.text import LABEL, Text, note
from supervisor.words import word
from supervisor.words.figures import figure

_SHARES = (MeasureId.MET_RATE, MeasureId.KEPT_RATE)
_DAY = ChartMark("")


def small(charts: Charts, numbers: Numbers) -> list[Flowable]:
    """Received, met, kept, flags: one below the other, words before the line."""
    by_measure = {one.measure: one for one in charts.visit_weeks}
    drawn = [_received(charts.received_weeks)]
    drawn += [_share(by_measure[one]) for one in _SHARES if one in by_measure]
    if all(one in by_measure for one in FLAG_RATES):
        drawn.append(_flags([by_measure[one] for one in FLAG_RATES]))
    title = numbers.next(tr("The last weeks"))
    about = tr("Each in its own range; weeks with too few visits are left out.")
    return [
        Section(title, about, key=numbers.key("weeks")),
        *(_line(one) for one in drawn),
    ]


def _line(row: SparkRow) -> Flowable:
    words = [Text(row.head.title, LABEL), note(row.head.note or row.head.subtitle)]
    line = replace(row, head=replace(row.head, title="", subtitle="", note=""))
    return Beside(words, [Drawing(line, height=20)], gap=8, shares=(1.6, 1.0))


def of_shares(reports: Sequence[MeasureReport]) -> Flowable:
    """Shares by week, side by side."""
    return Beside(*([Drawing(_share(one), height=34)] for one in reports), gap=14)


def _spark(key: str, title: str, weeks: Sequence[tuple[str, float | None]], unit: Unit,
           money: figures.Money | None = None) -> SparkRow:  # fmt: skip
    def told(value: float) -> str:
        return money.text(value) if money else figure(value, unit)

    known = [value for _, value in weeks if value is not None]
    last = weeks[-1][1] if weeks else None
    head = f"{title}　{told(last)}" if last is not None else title
    span = tr("{first}–{last}: {low} to {high}", first=weeks[0][0], last=weeks[-1][0],
              low=told(min(known)), high=told(max(known))) if known else ""  # fmt: skip
    note = "" if known else tr("Nothing was counted.")
    points = tuple(SparkPoint(value, _DAY) for _, value in weeks)
    return SparkRow(head=ChartHead(key, head, span, note=note), points=points)


def _received(weeks: Sequence[MeasureReport]) -> SparkRow:
    sums = [(week_name(one.first_on), one.rows[0].numerator if one.rows else None)
            for one in weeks]  # fmt: skip
    money = figures.money_of(*(value for _, value in sums))
    title = tr("Received, {unit}", unit=money.name)
    return _spark("received", title, sums, Unit.FEN, money)


def _week_rows(report: MeasureReport) -> dict[object, MeasureRow]:
    """By week; promises are counted in number and money: the share is that of the number."""
    return {
        row.group[0]: row
        for row in report.rows
        if row.group and not row.part and row.basis is Basis.NUMBER
    }


def _name(week: object) -> str:
    return week_name(week) if hasattr(week, "isocalendar") else str(week)  # type: ignore[arg-type]


def _share(report: MeasureReport) -> SparkRow:
    weeks = [(_name(week), None if row.few else row.value)
             for week, row in _week_rows(report).items()]  # fmt: skip
    return _spark(report.measure.value, word(report.measure), weeks, Unit.SHARE)


def _flags(reports: Sequence[MeasureReport]) -> SparkRow:
    """Flags of all kinds for 100 visits."""
    rows = [_week_rows(one) for one in reports]
    weeks: list[tuple[str, float | None]] = []
    for week, first in rows[0].items():
        hits = sum(one[week].numerator for one in rows if week in one)
        weeks.append((_name(week), hits / first.n * 100 if first.n and not first.few else None))
    return _spark("flags", tr("Flags per 100 visits"), weeks, Unit.PER_100)
