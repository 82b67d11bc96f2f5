"""Which widget draws which row; a module is imported with its first row."""

import importlib
from collections.abc import Mapping
from typing import Any, cast

from supervisor.models.rows.charts import ChartRow
from supervisor.ui.charts.plot import Plot

_ROOM = "supervisor.ui.charts"
KINDS: Mapping[str, tuple[str, str]] = {
    "LinesRow": (f"{_ROOM}.lines", "LinesPlot"),
    "ControlRow": (f"{_ROOM}.control", "ControlPlot"),
    "BulletsRow": (f"{_ROOM}.bullets", "BulletsPlot"),
    "BarsRow": (f"{_ROOM}.bars", "BarsPlot"),
    "GridRow": (f"{_ROOM}.grid", "GridPlot"),
    "StepsRow": (f"{_ROOM}.steps", "StepsPlot"),
    "IntervalsRow": (f"{_ROOM}.intervals", "IntervalsPlot"),
    "SparkRow": (f"{_ROOM}.spark", "SparkPlot"),
    "LoadsRow": (f"{_ROOM}.loads", "LoadsPlot"),
    "PeopleFunnelRow": (f"{_ROOM}.funnel_plot", "PeopleFunnelPlot"),
}
"""Name of a row class -> module and class of its plot."""


ON_CANVAS = frozenset({"LinesRow", "ControlRow", "PeopleFunnelRow"})
"""Rows whose plot needs the plot library."""


def is_on_canvas(row: ChartRow) -> bool:
    """Whether a row can be drawn only once the plot library is there."""
    return type(row).__name__ in ON_CANVAS


def plot_for(row: ChartRow) -> Plot[Any]:
    """A new, empty plot for rows of this kind.

    Raises:
        KeyError: no plot is known for the kind.
    """
    module, kind = KINDS[type(row).__name__]
    made = getattr(importlib.import_module(module), kind)
    return cast(Plot[Any], made())


def warm() -> None:
    """Import the plot library, for a reader thread: the first chart need not wait for it."""
    importlib.import_module(f"{_ROOM}.canvas")
