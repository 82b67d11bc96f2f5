"""The roll-rate sheet of a month: where debt moved, in cases and in money, beside months before."""

from collections.abc import Sequence
from dataclasses import replace

from reportlab.platypus import Flowable

from supervisor.i18n import ptr, tr
from supervisor.models.enums import Bucket, Product
from supervisor.models.enums_measures import Basis
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.models.rows.report_roll_rate import RollRateContent
from supervisor.models.rows.reports import Snapshot
from supervisor.pictures.periods import Period
from supervisor.pictures.roll_rates import roll_matrix
from supervisor.reports import annex, figures, stages
from supervisor.reports.heads import Numbers, head_of, section, span
from supervisor.reports.shown import chart
from supervisor.reports.tables import Column, Line, table
from supervisor.reports.text import SMALL, Text, note
from supervisor.words import word
from supervisor.words.formats import MISSING, count, rate


def build(snapshot: Snapshot, content: RollRateContent, width: float) -> list[Flowable]:
    """Matrices of the month, what moved to a later stage month by month, products, stages."""
    numbers = Numbers.of(snapshot)
    month = span(content.head)
    story = head_of(snapshot, content.head, tr("Roll rates of the month"), numbers)
    for basis in (Basis.MONEY, Basis.NUMBER):
        row = roll_matrix(content.roll, month, basis, month.last)
        story.append(chart(row, numbers, f"roll-{basis.value}", title=_by(basis)))
    story += _course(content, numbers, width)
    story += stages.build(content.stages, numbers, width, need=170)
    story += _ended(content, numbers, width)
    story += _products(content.by_product, month, numbers)
    return [
        *story,
        annex.closing(snapshot, content.definitions, numbers),
    ]


def _by(basis: Basis) -> str:
    if basis is Basis.MONEY:
        return tr("Roll matrix by amount")
    return tr("Roll matrix by cases")


def _course(content: RollRateContent, numbers: Numbers, width: float) -> list[Flowable]:
    months = (*content.earlier, content.roll)
    columns = [
        Column(tr("To a later stage, by amount"), figures=False),
        *[Column(f"{one.first_on:%Y-%m}") for one in months],
    ]
    rows = [
        Line((tr("from {stage}", stage=word(bucket)), *(rolled(one, bucket) for one in months)))
        for bucket in list(Bucket)[:-1]
    ]
    title = numbers.next(tr("Month by month"))
    return [
        *section(title, tr("share of what was owed at the start"), key=numbers.key("months"),
                 need=170),
        table(columns, rows, width, SMALL, tight=True),
        note(tr("— : nobody started in the stage, or too few for a rate.")),
    ]  # fmt: skip


def rolled(report: MeasureReport, begin: Bucket) -> str:
    """The share of a stage that ended the month in a later one."""
    rows = [row for row in report.rows if row.basis is Basis.MONEY and not row.group
            and row.part.startswith(f"{begin.name}>")]  # fmt: skip
    if not rows or any(row.few for row in rows) or not rows[0].denominator:
        return MISSING
    later = sum(row.numerator for row in rows if _is_later(row, begin))
    return rate(later / rows[0].denominator)


def _is_later(row: MeasureRow, begin: Bucket) -> bool:
    end = row.part.split(">")[1]
    return end in Bucket.__members__ and Bucket[end] > begin


def _ended(content: RollRateContent, numbers: Numbers, width: float) -> list[Flowable]:
    columns = [
        Column(ptr("paper", "Figure"), figures=False),
        Column(tr("Cases")),
        Column(ptr("paper", "Of")),
        Column(ptr("paper", "Share")),
        Column(tr("95% interval")),
    ]
    rows = [
        Line((word(report.measure), count(round(row.numerator)),
              count(round(row.denominator or 0)), figures.share(row), figures.interval(row)))
        for report in (content.settled, content.improved)
        for row in report.rows
        if row.basis is Basis.NUMBER and not row.group and not row.part
    ]  # fmt: skip
    title = numbers.next(tr("Settled and improved"))
    story = section(title, key=numbers.key("ended"), need=80)
    return [*story, table(columns, rows, width, SMALL, tight=True) if rows else
            Text(tr("Nothing was counted."), SMALL)]  # fmt: skip


def _products(report: MeasureReport, month: Period, numbers: Numbers) -> list[Flowable]:
    story: list[Flowable] = []
    for product, rows in _split(report.rows):
        own = replace(report, by=(), rows=rows)
        row = roll_matrix(own, month, Basis.MONEY, month.last)
        if row.head.note:
            continue
        title = tr("Roll matrix: {product}", product=product)
        story.append(chart(row, numbers, f"roll-{product}", title=title))
    return story


def _split(rows: Sequence[MeasureRow]) -> list[tuple[str, tuple[MeasureRow, ...]]]:
    found: dict[object, list[MeasureRow]] = {}
    for row in rows:
        if row.group:
            found.setdefault(row.group[0], []).append(replace(row, group=()))
    return [(_product(key), tuple(own)) for key, own in found.items()]


def _product(key: object) -> str:
    if key is None:
        return tr("not known")
    known = isinstance(key, str) and key in Product._value2member_map_
    return word(Product(str(key))) if known else str(key)
