"""From measures to chart rows, with the words in them: the same picture for screen and paper.

Pure functions `MeasureReport(s) -> ChartRow`. No screen, no database, no clock.
"""
