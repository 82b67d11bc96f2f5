"""A document on a printer: at 300 dpi, page by page, with progress and an end at any page."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from supervisor.errors import ExpectedError
from supervisor.ui.pages.reports import paper
from supervisor.ui.pages.reports.paper import PageSize

DPI = 300
Progress = Callable[[int, int], None]
STANDING, LYING = QPageLayout.Orientation.Portrait, QPageLayout.Orientation.Landscape


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of a job.

    Attributes:
        pages: how many were handed to the printer. of: how many were asked for.
    """

    pages: int
    of: int

    @property
    def whole(self) -> bool:
        """Whether nobody stopped it."""
        return self.pages == self.of


def a_printer(title: str) -> QPrinter:
    """The system's printer set up for A4; the document leaves its own margins."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
    return printer


def pages_asked(printer: QPrinter, count: int) -> list[int]:
    """Pages of the range chosen in the dialog, from 0, as often as copies are left to us."""
    first, last = 1, count
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage():
        first, last = printer.fromPage(), min(count, printer.toPage() or count)
    pages = list(range(first - 1, last))
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    if printer.collateCopies():
        return pages * copies
    return [page for page in pages for _ in range(copies)]


def send(pdf: bytes, printer: QPrinter, progress: Progress, stop: Event) -> Printed:
    """Print; work for the toiler, where Qt allows painting on a printer.

    Raises:
        ExpectedError: the printer refused the job, or failed on the way.
    """
    sizes = paper.sizes(pdf)
    pages = pages_asked(printer, len(sizes))
    if not pages:
        raise ExpectedError("print_no_pages", of=len(sizes))
    printer.setPageOrientation(_orientation(sizes[pages[0]]))
    painter = QPainter()
    if not painter.begin(printer):
        raise ExpectedError("print_refused")
    try:
        return _sheets(pdf, sizes, pages, (printer, painter), (progress, stop))
    finally:
        if painter.isActive():
            painter.end()


def _sheets(
    pdf: bytes,
    sizes: tuple[PageSize, ...],
    pages: list[int],
    device: tuple[QPrinter, QPainter],
    job: tuple[Progress, Event],
) -> Printed:
    (printer, painter), (progress, stop) = device, job
    for done, page in enumerate(pages):
        progress(done, len(pages))
        if stop.is_set():
            printer.abort()
            return Printed(done, len(pages))
        if done and not _turn(printer, sizes[page]):
            raise ExpectedError("print_stopped", done=done, of=len(pages))
        image = paper.print_picture(pdf, page, DPI)
        whole = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
        painter.drawImage(whole, image, QRectF(image.rect()))
        if printer.printerState() in {QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted}:
            raise ExpectedError("print_stopped", done=done, of=len(pages))
    if not painter.end():
        raise ExpectedError("print_stopped", done=len(pages) - 1, of=len(pages))
    progress(len(pages), len(pages))
    return Printed(len(pages), len(pages))


def _turn(printer: QPrinter, size: PageSize) -> bool:
    """The next sheet, standing or lying as its page does."""
    printer.setPageOrientation(_orientation(size))
    return printer.newPage()


def _orientation(size: PageSize) -> QPageLayout.Orientation:
    return LYING if size.width > size.height else STANDING
