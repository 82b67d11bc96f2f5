"""What PDFium knows of a document: sizes, pictures of pages, places of words.

PDFium is not safe to use from two threads at once, so every call holds one lock, and nothing of it
outlives its call: an open document that Python's garbage collector closes on another thread would
break that rule. Opening one again costs well under a millisecond. Work for readers and toilers.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from supervisor.errors import ExpectedError

POINTS = 72.0
"""Points of a page in an inch."""
MOST_HITS = 500
_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class PageSize:
    """In points; a page that lies is wider than high."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One place of the words searched for.

    Attributes:
        page: from 0. parts: one rectangle for each line it runs over, in points from the top left.
    """

    page: int
    parts: tuple[QRectF, ...]


@contextmanager
def _document(pdf: bytes) -> Iterator[Any]:
    """The document, while nobody else uses PDFium.

    Raises:
        ExpectedError: these bytes are no PDF.
    """
    with _LOCK:
        import pypdfium2  # noqa: PLC0415 - 15 MB that only a preview needs

        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise ExpectedError("paper_not_readable") from error
        try:
            yield document
        finally:
            document.close()


def sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """The size of every page.

    Raises:
        ExpectedError: these bytes are no PDF.
    """
    with _document(pdf) as document:
        return tuple(PageSize(*document.get_page_size(at)) for at in range(len(document)))


def picture(pdf: bytes, page: int, width: int) -> QImage:
    """A page, so many pixels wide.

    Raises:
        ExpectedError: these bytes are no PDF.
    """
    with _document(pdf) as document:
        sheet = document[page]
        return _painted(sheet, width / sheet.get_width(), for_print=False)


def print_picture(pdf: bytes, page: int, dpi: int) -> QImage:
    """A page as a printer takes it.

    Raises:
        ExpectedError: these bytes are no PDF.
    """
    with _document(pdf) as document:
        return _painted(document[page], dpi / POINTS, for_print=True)


def _painted(sheet: Any, scale: float, *, for_print: bool) -> QImage:
    bitmap = sheet.render(
        scale=scale,
        may_draw_forms=False,
        prefer_bgrx=True,
        optimize_mode="print" if for_print else None,
    )
    try:
        # The bytes belong to the bitmap: the image needs its own before that is closed.
        shape = QImage(
            memoryview(bitmap.buffer).cast("B"),
            bitmap.width,
            bitmap.height,
            bitmap.stride,
            QImage.Format.Format_RGB32,
        )
        return shape.copy()
    finally:
        bitmap.close()


def find(pdf: bytes, words: str) -> tuple[Hit, ...]:
    """Where the words stand, in reading order, `MOST_HITS` at most; any case, any width of digits.

    Raises:
        ExpectedError: these bytes are no PDF.
    """
    wanted = unicodedata.normalize("NFKC", words).strip()
    if not wanted:
        return ()
    hits: list[Hit] = []
    with _document(pdf) as document:
        for at in range(len(document)):
            hits.extend(_hits_of(document[at], at, wanted))
            if len(hits) >= MOST_HITS:
                break
    return tuple(hits[:MOST_HITS])


def _hits_of(sheet: Any, at: int, wanted: str) -> Iterator[Hit]:
    height = sheet.get_height()
    text = sheet.get_textpage()
    found = text.search(wanted)
    while (place := found.get_next()) is not None:
        count = text.count_rects(*place)
        # Corners come from the bottom left, as PDF counts.
        corners = [text.get_rect(number) for number in range(count)]
        parts = tuple(QRectF(x, height - top, right - x, top - y) for x, y, right, top in corners)
        yield Hit(at, parts)
