"""Charts on the screen: `ChartCard` frames a chart row, a widget per kind draws it.

A new kind is added in four steps; nothing that exists is touched but two lists:

1. its rows in `supervisor/models/rows/charts_<kind>.py`: frozen, slotted, a `ChartRow` whose marks
   are `ChartMark`s (`said` in words, `behind` opaque) and whose `table` says the same as text;
2. its picture in `supervisor/pictures/<subject>.py`: a pure function `MeasureReport(s) -> row`,
   with the words (`saying.py` has the common ones) and a `note` where it must not be drawn;
3. its widget in `supervisor/ui/charts/<kind>.py`: a `Plot`. It draws `self.row` in `paintEvent`
   (QPainter, helpers in `brush.py`), or feeds a `Canvas` (pyqtgraph) in `show_row` with `setData`,
   made once; and it gives `places()`: where each mark lies, in which lane. Tooltip, keyboard
   cursor, Enter, accessible words and the signal come from `Plot`, colours from `tokens()`;
4. one line in `kinds.py`: row type -> module and class. The module is imported with the first row.

pyqtgraph is imported by `canvas.py` alone, and nothing imports that at module level but plots that
need it: it takes half a second. Pages ask `warm()` for it on a reader while data are read.
"""
