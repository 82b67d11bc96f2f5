"""On whom do flagged visits fall? By product and by area, as far as it is recorded."""

from supervisor.i18n import ntr, tr
from supervisor.models.enums import Product
from supervisor.models.enums_measures import MeasureId
from supervisor.models.rows.charts import ChartHead, Ink, Records
from supervisor.models.rows.charts_intervals import IntervalGroup, IntervalsRow
from supervisor.models.rows.measures import MeasureReport, MeasureRow
from supervisor.pictures.periods import Period, period_text
from supervisor.pictures.points import point, scale, table_of
from supervisor.pictures.saying import joined, n_text
from supervisor.words import word

MOST_AREAS = 8


def fairness(report: MeasureReport, of: Period) -> IntervalsRow:
    """Flagged visits / visits by product and by area; areas of the most visits, in their order."""
    title, asked = tr("Do flags fall alike on everybody?"), (MeasureId.FAIRNESS,)
    products, areas = _rows(report, "product"), _rows(report, "area")
    visits = sum(row.n for row in products.values())
    if not visits:
        head = ChartHead("fairness", title, measures=asked, note=tr("No visit in this period"),
                         advice=tr("A longer period may have some."))  # fmt: skip
        return IntervalsRow(head=head)
    enough = sorted((name for name, row in areas.items() if not row.few), key=lambda a: -areas[a].n)
    drawn = sorted(enough[:MOST_AREAS])
    by_product, by_area = tr("Product"), tr("Area")
    groups = [
        IntervalGroup(
            by_product,
            tuple(
                point(word(Product(name)), row, _behind(of, "product", name), context=by_product)
                for name, row in products.items()
            ),
        )
    ]
    if drawn:
        groups.append(
            IntervalGroup(
                by_area,
                tuple(
                    point(
                        name, areas[name], _behind(of, "area", name), ink=Ink.OTHER, context=by_area
                    )
                    for name in drawn
                ),
            )
        )
    left = len(areas) - len(drawn)
    most, ticks = scale(groups)
    subtitle = joined(
        period_text(of.first, of.last),
        tr("visits with a flag, of completed visits"),
        n_text(visits),
        ntr("{n:,} area not drawn", "{n:,} areas not drawn", left) if left else "",
    )
    reading = tr(
        "Mixes differ: a gap asks for a look, it proves nothing."
        " Special groups are not drawn: the records do not say who belongs to one."
    )
    return IntervalsRow(
        head=ChartHead("fairness", title, subtitle, reading, measures=asked),
        table=table_of(groups, tr("Dimension"), tr("Group")),
        groups=tuple(groups),
        most=most,
        ticks=ticks,
    )


def _rows(report: MeasureReport, kind: str) -> dict[str, MeasureRow]:
    found = {}
    for row in report.rows:
        of, _, name = row.part.partition(":")
        if of == kind and name:
            found[name] = row
    return found


def _behind(of: Period, kind: str, name: str) -> Records:
    return Records("visits", of.first, of.last, ((kind, name),))
