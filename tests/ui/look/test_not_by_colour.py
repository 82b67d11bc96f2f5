"""Nothing by colour alone: what a colour says is said by a shape, a pattern or a word as well."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from supervisor.models.enums import Mark
from supervisor.models.rows.charts import Ink
from supervisor.ui.charts import brush
from supervisor.ui.look.tokens import DARK, LIGHT, Tokens
from supervisor.ui.pages.case_queue.case_parts import _TICKS
from supervisor.ui.pages.visit_schedule.card_painter import LOOKS
from supervisor.ui.tables.column import Shape
from supervisor.ui.tables.paint import paint_shape
from supervisor.ui.widgets import banner, toast

SIDE = 24
MIDDLE = QPointF(SIDE / 2, SIDE / 2)
WHOLE = QRectF(4, 4, SIDE - 8, SIDE - 8)
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def _silhouette(theme: Tokens, draw: Callable[[QPainter], None]) -> frozenset[tuple[int, int]]:
    """Where something clearly other than the ground was drawn."""
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32)
    ground = QColor(theme.surface)
    image.fill(ground)
    painter = QPainter(image)
    draw(painter)
    painter.end()
    return frozenset(
        (x, y)
        for x in range(SIDE)
        for y in range(SIDE)
        if abs(image.pixelColor(x, y).lightness() - ground.lightness()) > 40
    )


def _all_differ(found: Iterable[frozenset[tuple[int, int]]]) -> bool:
    shapes = list(found)
    pairs = [(a, b) for at, a in enumerate(shapes) for b in shapes[at + 1 :]]
    return all(shapes) and all(len(a ^ b) >= 6 for a, b in pairs)


@THEMES
def test_that_severities_have_shapes(qapp: QApplication, theme: Tokens) -> None:
    del qapp
    assert _all_differ(
        _silhouette(theme, lambda p, s=shape: paint_shape(p, MIDDLE, s, theme))  # type: ignore[misc]
        for shape in Shape
    )


@THEMES
def test_that_series_have_markers(qapp: QApplication, theme: Tokens) -> None:
    """This period, the one compared with, a third; and each again, hollow, while not final."""
    del qapp
    assert _all_differ(
        _silhouette(theme, lambda p, i=ink, h=hollow: brush.marker(p, MIDDLE, i, theme, hollow=h))  # type: ignore[misc]
        for ink in (Ink.MAIN, Ink.OTHER, Ink.THIRD)
        for hollow in (False, True)
    )
    assert brush.SYMBOLS[Ink.OTHER] != brush.SYMBOLS[Ink.THIRD]
    assert Ink.REFERENCE in brush.DASHED


@THEMES
def test_that_what_is_ended_or_thin_has_a_pattern(qapp: QApplication, theme: Tokens) -> None:
    del qapp
    assert _all_differ(
        _silhouette(theme, lambda p, i=ink: brush.fill(p, WHOLE, i, theme))  # type: ignore[misc]
        for ink in (Ink.DONE, Ink.ENDED, Ink.THIN)
    )


@THEMES
def test_that_pieces_of_a_bar_differ_without_their_colours(
    qapp: QApplication, theme: Tokens
) -> None:
    del qapp
    grey = replace(
        theme, bar=theme.bar, crit_fill=theme.bar, warn_fill=theme.bar, ok_fill=theme.bar
    )
    pictures = []
    for ink in (Ink.QUANTITY, Ink.LATE, Ink.WAITING, Ink.ENDED, Ink.THIN):
        image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32)
        image.fill(QColor(theme.surface))
        painter = QPainter(image)
        brush.fill(painter, WHOLE, ink, grey)
        painter.end()
        pictures.append(image)
    alike = [(a, b) for a in range(5) for b in range(a) if pictures[a] == pictures[b]]
    assert alike == []


def test_that_a_point_that_asks_for_a_cause_is_no_circle(qapp: QApplication) -> None:
    del qapp
    tint = QColor(LIGHT.crit_fill)
    assert _all_differ(
        (
            _silhouette(LIGHT, lambda p: brush.diamond(p, MIDDLE, tint)),
            _silhouette(LIGHT, lambda p: brush.marker(p, MIDDLE, Ink.MAIN, LIGHT, hollow=False)),
        )
    )


@pytest.mark.parametrize(
    "pictures",
    [
        [name for name, _ in banner._ICONS.values()],
        list(toast.TONES.values()),
        [name for name, _ in _TICKS.values()],
        [name for name, _ in LOOKS.values()],
    ],
    ids=["banners", "toasts", "preparation", "checks of a visit"],
)
def test_that_states_have_pictures_of_their_own(pictures: list[str]) -> None:
    assert len(set(pictures)) == len(pictures)


def test_that_marks_are_letters() -> None:
    assert len({mark.value for mark in Mark}) == len(Mark)
    assert all(len(mark.value) == 1 for mark in Mark)
