"""A chart as a section: the heading asks its question, and both stay together."""

from reportlab.platypus import Flowable, KeepTogether

from supervisor.models.rows.charts import ChartRow
from supervisor.reports.charts import Figure
from supervisor.reports.heads import Numbers, Section


def chart(
    row: ChartRow, numbers: Numbers, key: str, *, title: str = "", note: str = ""
) -> Flowable:
    """The chart below its own question and subtitle, or those given."""
    head = Section(
        numbers.next(title or row.head.title), note or row.head.subtitle, key=numbers.key(key)
    )
    return KeepTogether([head, Figure(row, titled=False)])
