"""A plot on the screen."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from supervisor.models.rows.charts import ChartRow
from supervisor.ui.charts.kinds import plot_for
from supervisor.ui.charts.plot import Plot
from tests.ui.charts.rows import SIZE, Shown


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    """Shows a row in a plot of its kind."""

    def show(row: ChartRow, size: tuple[int, int] = SIZE) -> Plot[Any]:
        plot = plot_for(row)
        qtbot.addWidget(plot)
        plot.resize(*size)
        plot.show_row(row)
        plot.show()
        return plot

    return show
