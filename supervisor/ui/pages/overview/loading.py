"""Measures, statistics and pictures, loaded on a reader after the first paint."""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supervisor.ui.pages.overview.charts_presenter import ChartsPresenter


def load_charts() -> "type[ChartsPresenter]":
    """The presenter of figures and charts, with everything it brings along."""
    module = importlib.import_module("supervisor.ui.pages.overview.charts_presenter")
    kind: type[ChartsPresenter] = module.ChartsPresenter
    return kind
