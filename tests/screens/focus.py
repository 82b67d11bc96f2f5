"""Whether one can see where the keyboard is: a control looks otherwise while it has the focus."""

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from tests.screens.finding import Finding, path_of, short
from tests.screens.geometry import seen

LEAST = 24
"""So many pixels differ: less than the shortest edge of any control."""
AROUND = 3


def findings(window: QWidget) -> list[Finding]:
    """Every stop of Tab below the window that looks alike with and without the focus."""
    found = []
    for widget in list(seen(window)):
        stops = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not stops or not widget.isEnabled() or widget.focusProxy() is not None:
            continue
        if widget.visibleRegion().isEmpty():
            continue  # scrolled away: it comes into view with the focus
        without = _look(window, widget, focus=False)
        if differing(without, _look(window, widget, focus=True)) < LEAST:
            found.append(Finding("no focus", path_of(widget), short(widget.accessibleName())))
    return sorted(set(found))


def _look(window: QWidget, widget: QWidget, *, focus: bool) -> QImage:
    if focus:
        widget.setFocus(Qt.FocusReason.TabFocusReason)
    else:
        held = QApplication.focusWidget()
        if held is not None:
            held.clearFocus()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    room = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return (
        window.grab(room.adjusted(-AROUND, -AROUND, AROUND, AROUND))
        .toImage()
        .convertToFormat(QImage.Format.Format_ARGB32)
    )


def differing(one: QImage, other: QImage) -> int:
    """How many pixels differ."""
    if one.size() != other.size():
        return LEAST
    before, after = (np.frombuffer(image.constBits(), np.uint32) for image in (one, other))
    return int((before != after).sum())
