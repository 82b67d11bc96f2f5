"""Charts out of the window: their numbers to the clipboard, their picture to a file."""

import html
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from supervisor import clock
from supervisor.i18n import tr
from supervisor.models.rows.charts import ChartRow
from supervisor.ui.look.tokens import tokens
from supervisor.ui.tables import paint
from supervisor.ui.tables.clipboard import harmless
from supervisor.words import formats

MARGIN = 16
LINE = 20
WATERMARK_SIZE, WATERMARK_SHOWN, WATERMARK_TURN = 28, 0.06, -16.0


def data_of(row: ChartRow) -> QMimeData:
    """The chart's table, with its title and period, as text and as HTML."""
    lines = (row.table.heads, *row.table.rows)
    above = [part for part in (row.head.title, row.head.subtitle) if part]
    made = QMimeData()
    text = ["\t".join(harmless(cell) for cell in line) for line in lines]
    made.setText("\n".join([*above, *text]))
    cells = "".join(
        "<tr>" + "".join(f"<td>{html.escape(harmless(cell))}</td>" for cell in line) + "</tr>"
        for line in lines
    )
    titles = "".join(f"<p>{html.escape(part)}</p>" for part in above)
    made.setHtml(f'<meta charset="utf-8">{titles}<table>{cells}</table>')
    return made


def what_of(row: ChartRow) -> str:
    """What the audit calls it."""
    return f"chart_{row.head.key}"


def copy_data(row: ChartRow) -> None:
    """Put the numbers on the clipboard."""
    QGuiApplication.clipboard().setMimeData(data_of(row))


def picture_of(row: ChartRow, plot: QWidget, read_at: datetime | None, by: str) -> QPixmap:
    """The plot with title, period and n above it, reading and data time below."""
    ratio = plot.devicePixelRatioF()
    wide, high = plot.width() + 2 * MARGIN, plot.height() + 2 * MARGIN + 5 * LINE
    made = QPixmap(round(wide * ratio), round(high * ratio))
    made.setDevicePixelRatio(ratio)
    colours, taken = tokens(), formats.full_moment(clock.now())
    made.fill(paint.colour(colours.surface))
    painter = QPainter(made)
    top = MARGIN
    for text, size, weight, tint in (
        (row.head.title, 14, 500, colours.text),
        (row.head.subtitle, 12, 400, colours.text2),
    ):
        _line(painter, text, top, wide, (size, weight), tint)
        top += LINE
    plot.render(painter, QPoint(MARGIN, top + 4), renderFlags=QWidget.RenderFlag.DrawChildren)
    _watermark(painter, QRectF(MARGIN, top, plot.width(), plot.height()), f"{by} {taken}")
    top += plot.height() + 8
    data_of = formats.full_moment(read_at)
    at = tr("Data of {at} · saved by {who}, {taken}", at=data_of, who=by, taken=taken)
    for text, tint in ((row.head.reading, colours.text), (at, colours.text3)):
        _line(painter, text, top, wide, (12, 400), tint)
        top += LINE
    painter.end()
    return made


def _watermark(painter: QPainter, room: QRectF, said: str) -> None:
    """Who took it and when, across the plot, too faint to read figures through."""
    painter.save()
    painter.setOpacity(WATERMARK_SHOWN)
    painter.setPen(paint.colour(tokens().text))
    painter.setFont(paint.text_font(WATERMARK_SIZE, 500))
    painter.translate(room.center())
    painter.rotate(WATERMARK_TURN)
    place = QRectF(-room.width(), -LINE, 2 * room.width(), 2 * LINE)
    painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), said)
    painter.restore()


def _line(
    painter: QPainter, text: str, top: int, wide: int, face: tuple[int, int], tint: str
) -> None:
    painter.setFont(paint.text_font(*face))
    painter.setPen(paint.colour(tint))
    room = QRectF(MARGIN, top, wide - 2 * MARGIN, LINE)
    shown = paint.elided(text, *face, int(room.width()))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)


def save_picture(picture: QPixmap, path: Path) -> None:
    """Write a PNG.

    Raises:
        OSError: it could not be written.
    """
    if not picture.save(str(path), "PNG"):
        raise OSError(5, "picture not written", str(path))
