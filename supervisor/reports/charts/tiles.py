"""A key figure on paper."""

from supervisor.models.rows.charts import TileRow
from supervisor.reports import ink
from supervisor.reports.charts.lines import draw_spark
from supervisor.reports.charts.pen import Pen, cut, wide

_HIGH, _SPARK = 34.0, 30.0


def tile_height(row: TileRow, _: float) -> float:
    """The figure, its words, and the spark where there is one."""
    return _HIGH + (_SPARK if row.spark else 0.0)


def draw_tile(pen: Pen, row: TileRow, width: float, height: float) -> None:
    """The figure with its unit, what it rests on, the comparison, and the line below."""
    pen.text(0, height - 9, row.figure, size=15, bold=True)
    pen.text(wide(row.figure, size=15, bold=True) + 3, height - 11, row.unit_word, size=8)
    pen.text(width, height - 11, row.n, colour=ink.TEXT2, align="right")
    pen.text(0, height - 26, cut(row.comparison, width), colour=ink.TEXT2)
    if row.spark:
        draw_spark(pen, row.spark, width, _SPARK)
