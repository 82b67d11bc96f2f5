"""Tables: declared columns, a virtual and a complete model, one panel."""

from supervisor.ui.tables.column import Align, Column, Look, Shape
from supervisor.ui.tables.model import ROW_ROLE, TableModel
from supervisor.ui.tables.panel import TablePanel
from supervisor.ui.tables.row_table_model import RowTableModel
from supervisor.ui.tables.windowed_model import WINDOW, WindowedModel

__all__ = [
    "ROW_ROLE",
    "WINDOW",
    "Align",
    "Column",
    "Look",
    "RowTableModel",
    "Shape",
    "TableModel",
    "TablePanel",
    "WindowedModel",
]
