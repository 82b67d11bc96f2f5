"""The paper on the screen: only pages in sight are painted; zoom, keys, words found."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.reports import page_source, paper
from supervisor.ui.pages.reports.preview import Preview
from tests.ui.pages.reports.papers import a_pdf

LONG = a_pdf(*[(f"page {number}", "Received 79.26") for number in range(1, 41)])


@pytest.fixture
def preview(qtbot: QtBot, desk: Desk) -> Iterator[Preview]:
    made = Preview(desk.runner)
    qtbot.addWidget(made)
    made.resize(800, 700)
    made.show()
    made.show_pdf(LONG)
    made.grab()
    yield made
    made.close()


def painted(preview: Preview, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Pages PDFium is asked for from now on."""
    asked: list[int] = []
    real = paper.picture

    def noted(pdf: bytes, page: int, width: int) -> Any:
        asked.append(page)
        return real(pdf, page, width)

    monkeypatch.setattr(paper, "picture", noted)
    preview.source._kept.clear()
    preview.source._wishes.clear()
    return asked


def test_that_only_pages_in_sight_and_their_neighbours_are_painted(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = painted(preview, monkeypatch)
    preview.view.go_to_page(20)
    preview.grab()
    assert set(asked) >= {20}
    assert len(set(asked)) < 20
    large = {at for at, width in preview.source._kept if width > 300}
    assert large <= {18, 19, 20, 21, 22}
    assert preview.page.text() == "Page 21 of 40"
    assert preview.strip.current == 20


def test_that_pictures_out_of_sight_are_let_go(
    preview: Preview, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_source, "MOST_BYTES", 1)
    preview.view.go_to_page(30)
    preview.grab()
    preview.view.go_to_page(39)
    preview.grab()
    assert {at for at, _ in preview.source._kept if at < 25} == set()


def test_that_zoom_keeps_the_place_and_says_how_large(preview: Preview) -> None:
    preview.view.go_to_page(10)
    before = preview.view.boxes[0].width()
    preview.larger.click()
    assert preview.view.boxes[0].width() > before
    assert preview.view.current == 10
    assert preview.fit.text().endswith("%")
    preview.turn_fit()
    assert preview.fit.text() == "Full width"
    preview.turn_fit()
    assert preview.fit.text() == "Whole page"
    assert preview.view.boxes[0].height() <= preview.view.viewport().height()
    for _ in range(30):
        preview.view.zoom_by(1)
    assert preview.view.zoom == 4.0
    assert preview.view.horizontalScrollBar().maximum() > 0
    for _ in range(30):
        preview.view.zoom_by(-1)
    assert preview.view.zoom == 0.25


def test_that_words_are_found_and_gone_through_round_the_end(
    preview: Preview, qtbot: QtBot
) -> None:
    preview.search.setText("page 40")
    qtbot.keyClick(preview.search, Qt.Key.Key_Return)
    assert preview.found.text() == "1 of 1"
    assert preview.view.current == 39
    preview.search.setText("79.26")
    qtbot.keyClick(preview.search, Qt.Key.Key_Return)
    assert preview.found.text() == "40 of 40", "the search goes on from the page in front"
    qtbot.keyClick(preview.search, Qt.Key.Key_Return)
    assert (preview.found.text(), preview.view.current) == ("1 of 40", 0)
    modifier = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(preview.search, Qt.Key.Key_Return, modifier)
    assert preview.found.text() == "40 of 40"
    preview.search.setText("nowhere")
    assert preview.search.search_now()
    assert preview.found.text() == "not found"
    assert not preview.after.isEnabled()
    qtbot.keyClick(preview.search, Qt.Key.Key_Escape)
    assert (preview.search.text(), preview.found.text()) == ("", "")
    preview.grab()


def test_that_places_found_are_marked_on_the_page(preview: Preview) -> None:
    preview.view.set_fit("page")
    plain = preview.view.grab().toImage()
    preview.search.setText("Received")
    preview.search.search_now()
    marked = preview.view.grab().toImage()
    part = preview.view._on_screen(0, preview.source.hits[0].parts[0])
    inside = part.translated(-preview.view.offset().x(), -preview.view.offset().y()).toRect()

    def yellow(image: QImage) -> int:
        colours = (
            image.pixelColor(x, y)
            for x in range(inside.left(), inside.right())
            for y in range(inside.top(), inside.bottom())
        )
        return sum(colour.red() - colour.blue() > 60 for colour in colours)

    assert yellow(plain) == 0
    assert yellow(marked) > inside.width() * inside.height() / 4


def test_that_keys_go_through_the_pages(preview: Preview, qtbot: QtBot) -> None:
    view, bar = preview.view, preview.view.verticalScrollBar()
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert (view.current, bar.value()) == (39, bar.maximum())
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert (view.current, bar.value()) == (0, 0)
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert 0 < bar.value() <= bar.pageStep()
    qtbot.keyClick(preview.strip, Qt.Key.Key_Down)
    assert view.current == preview.strip.current == 1
    qtbot.keyClick(preview.strip, Qt.Key.Key_End)
    assert view.current == 39
    qtbot.mouseClick(preview.strip.viewport(), Qt.MouseButton.LeftButton,
                     pos=preview.strip.boxes[38].center() - preview.strip.offset())  # fmt: skip
    assert view.current == 38


def test_that_a_shorter_document_and_none_are_shown(preview: Preview) -> None:
    preview.view.go_to_page(30)
    preview.show_pdf(a_pdf(("one",), ("two",)))
    assert preview.page.text() == "Page 2 of 2"
    failures: list[Exception] = []
    preview.failed.connect(failures.append)
    preview.show_pdf(b"%PDF torn")
    assert len(failures) == 1
    preview.show_none("No report chosen")
    assert not preview.has_pages
    assert preview.tools.isHidden()
    preview.show_waiting()
    preview.show_pdf(LONG)
    assert preview.has_pages


def test_that_small_pages_make_room_in_a_small_window(preview: Preview) -> None:
    assert preview.strip.isVisible()
    preview.resize(420, 500)
    assert not preview.strip.isVisible()
