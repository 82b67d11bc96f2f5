"""The focus on controls filled with the accent: a ring, and a line within it one can tell."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from supervisor.ui.look.rings import INNER, OUTER
from supervisor.ui.look.tokens import set_theme, tokens
from supervisor.ui.widgets import Button, Chip
from tests.ui.look.test_look import GRAPHIC, contrast


def _edge(control: QPushButton) -> list[str]:
    """The colours from the left edge inwards, half way down, each once."""
    image = control.grab().toImage()
    row = [image.pixelColor(x, image.height() // 2).name().upper() for x in range(10)]
    return [colour for at, colour in enumerate(row) if at == 0 or row[at - 1] != colour]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("kind", ["button", "chip"])
def test_that_the_ring_differs_from_the_fill(qtbot: QtBot, theme: str, kind: str) -> None:
    set_theme(theme)
    window = QWidget()
    qtbot.addWidget(window)
    control: QPushButton = Button("Save", "primary") if kind == "button" else Chip("Late")
    other = QPushButton("Other")
    row = QHBoxLayout(window)
    row.addWidget(control)
    row.addWidget(other)
    if isinstance(control, Chip):
        control.set_look("on")
    window.show()
    window.activateWindow()
    control.setFocus()
    qtbot.waitUntil(control.hasFocus)
    colours = tokens()
    assert _edge(control)[:3] == [colours.text, colours.on_accent, colours.accent]
    assert contrast(colours.text, colours.bg) >= GRAPHIC
    assert contrast(colours.on_accent, colours.text) >= GRAPHIC
    assert contrast(colours.on_accent, colours.accent) >= GRAPHIC
    assert (OUTER, INNER) == (2, 2)
    other.setFocus()
    assert colours.on_accent not in _edge(control)[:2]


def test_that_a_chip_that_is_on_has_a_tick(qtbot: QtBot) -> None:
    chip = Chip("Late")
    qtbot.addWidget(chip)
    assert chip.icon().isNull()
    chip.set_look("on")
    assert not chip.icon().isNull()
    chip.set_look("outline")
    assert chip.icon().isNull()
