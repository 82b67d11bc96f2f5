"""Charts on paper, from the same rows the screen draws; readable without colour."""

from supervisor.reports.charts.figure import FORMS, Figure

__all__ = ["FORMS", "Figure"]
