"""F6: the focus goes from region to region, in reading order."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def step_region(regions: Sequence[QWidget], focus: QWidget | None, step: int) -> None:
    """Put the focus into the next (1) or previous (-1) visible region, round and round."""
    shown = [region for region in regions if region.isVisible()]
    if not shown:
        return
    at = next(
        (
            place
            for place, region in enumerate(shown)
            if focus is not None and _holds(region, focus)
        ),
        -1 if step > 0 else 0,
    )
    shown[(at + step) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)


def _holds(region: QWidget, focus: QWidget) -> bool:
    return region is focus or region.isAncestorOf(focus) or region.focusProxy() is focus
