"""The inner line of the focus on controls filled with the accent.

Their outer ring stands on the fill, which is as dark as the ring: the line between them, in the
colour of the words on the fill, is what can be told from both.
"""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from supervisor.ui.look.tokens import tokens

OUTER, INNER = 2, 2
"""Widths in px: of the ring the style sheet draws, of the line within it."""


def paint_inner_ring(control: QWidget) -> None:
    """Draw the line; called at the end of painting, while the control has the focus."""
    painter = QPainter(control)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens().on_accent), INNER))
    at = OUTER + INNER / 2
    painter.drawRoundedRect(QRectF(control.rect()).adjusted(at, at, -at, -at), 2, 2)
    painter.end()
