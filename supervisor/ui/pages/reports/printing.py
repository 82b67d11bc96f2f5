"""Documents on a printer: at 300 dpi, page by page, with progress and an end at any page."""

from collections.abc import Callable, Sequence
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


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of one of the documents of a job."""

    pdf: bytes
    page: int
    size: PageSize


def send(pdfs: Sequence[bytes], printer: QPrinter, progress: Progress, stop: Event) -> Printed:
    """Print documents as one job; work for the toiler, where Qt allows painting on a printer.

    Raises:
        ExpectedError: the printer refused the job, or failed on the way.
    """
    sheets = [Sheet(pdf, at, size) for pdf in pdfs for at, size in enumerate(paper.sizes(pdf))]
    asked = [sheets[at] for at in pages_asked(printer, len(sheets))]
    if not asked:
        raise ExpectedError("print_no_pages", of=len(sheets))
    printer.setPageOrientation(_orientation(asked[0].size))
    painter = QPainter()
    if not painter.begin(printer):
        raise ExpectedError("print_refused")
    try:
        return _print(asked, (printer, painter), (progress, stop))
    finally:
        if painter.isActive():
            painter.end()


def _print(
    sheets: list[Sheet], device: tuple[QPrinter, QPainter], job: tuple[Progress, Event]
) -> Printed:
    (printer, painter), (progress, stop) = device, job
    of = len(sheets)
    for done, sheet in enumerate(sheets):
        progress(done, of)
        if stop.is_set():
            printer.abort()
            return Printed(done, of)
        if done and not _turn(printer, sheet.size):
            raise ExpectedError("print_stopped", done=done, of=of)
        image = paper.print_picture(sheet.pdf, sheet.page, DPI)
        whole = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
        painter.drawImage(whole, image, QRectF(image.rect()))
        if printer.printerState() in {QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted}:
            raise ExpectedError("print_stopped", done=done, of=of)
    if not painter.end():
        raise ExpectedError("print_stopped", done=of - 1, of=of)
    progress(of, of)
    return Printed(of, of)


def _turn(printer: QPrinter, size: PageSize) -> bool:
    """The next sheet, standing or lying as its page does."""
    printer.setPageOrientation(_orientation(size))
    return printer.newPage()


def _orientation(size: PageSize) -> QPageLayout.Orientation:
    return LYING if size.width > size.height else STANDING
