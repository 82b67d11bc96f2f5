"""Paper on a printer: pages and their turn, ranges, copies, a stop on the way, failures."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter

from supervisor.errors import ExpectedError
from supervisor.ui.pages.reports import paper, printing
from tests.ui.pages.reports.papers import A4, TURNED, a_pdf

PDF = a_pdf(("first",), ("second",), ("third",), lying=frozenset({1}))


def file_printer(path: Path) -> QPrinter:
    """A printer whose paper is a file."""
    printer = printing.a_printer("Weekly report")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def send(printer: Any, stop: Event | None = None, told: Callable[..., Any] | None = None) -> Any:
    return printing.send([PDF], printer, told or (lambda _done, _of: None), stop or Event())


def test_that_every_page_comes_out_as_large_and_turned_as_it_is(tmp_path: Path) -> None:
    target, told = tmp_path / "out.pdf", []
    result = send(file_printer(target), told=lambda done, of: told.append((done, of)))
    assert result.whole
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    sizes = [(one.width, one.height) for one in paper.sizes(target.read_bytes())]
    assert sizes == [pytest.approx(size, abs=1.5) for size in (A4, TURNED, A4)]


def beside(cells: set[tuple[int, int]], others: set[tuple[int, int]]) -> bool:
    """Whether each of the cells has one of the others in its place or next to it."""
    steps = (-1, 0, 1)
    return all(any((x + i, y + j) in others for i in steps for j in steps) for x, y in cells)


def test_that_ink_lies_where_it_lies_in_the_document(tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    send(file_printer(target))
    for page in range(3):
        before, after = (paper.picture(pdf, page, 200) for pdf in (PDF, target.read_bytes()))
        dark = [
            {
                (x // 8, y // 8)
                for x in range(image.width())
                for y in range(image.height())
                if image.pixelColor(x, y).lightness() < 190
            }
            for image in (before, after)
        ]
        assert dark[0]
        assert beside(dark[0], dark[1])
        assert beside(dark[1], dark[0])


def test_that_a_range_and_copies_are_kept_to(tmp_path: Path) -> None:
    printer = file_printer(tmp_path / "out.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert printing.pages_asked(printer, 3) == [1, 2]
    assert printing.pages_asked(printer, 2) == [1]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert printing.pages_asked(printer, 3) == [2, 1]
    printer.setPageOrder(QPrinter.PageOrder.FirstPageFirst)
    printer.setCopyCount(2)
    if not printer.supportsMultipleCopies():
        printer.setCollateCopies(True)
        assert printing.pages_asked(printer, 3) == [1, 2, 1, 2]
        printer.setCollateCopies(False)
        assert printing.pages_asked(printer, 3) == [1, 1, 2, 2]
    printer.setFromTo(7, 9)
    with pytest.raises(ExpectedError, match="print_no_pages"):
        send(printer)


def test_that_a_job_is_stopped_between_pages(tmp_path: Path) -> None:
    stop = Event()

    def told(done: int, _of: int) -> None:
        if done == 1:
            stop.set()

    result = send(file_printer(tmp_path / "out.pdf"), stop, told)
    assert (result.pages, result.of, result.whole) == (1, 3, False)


class Broken(QPrinter):
    """A printer that stops at its second page, or says after some pages that it failed."""

    fails_at, state_after = 0, 0
    turned = 0

    def newPage(self) -> bool:
        self.turned += 1
        return False if self.turned == self.fails_at else super().newPage()

    def printerState(self) -> QPrinter.PrinterState:
        if self.state_after and self.turned >= self.state_after:
            return QPrinter.PrinterState.Error
        return super().printerState()


@pytest.mark.parametrize(("fails_at", "state_after", "done"), [(1, 0, 1), (0, 1, 1), (2, 0, 2)])
def test_that_a_failing_printer_is_said_with_the_pages_that_went_out(
    tmp_path: Path, fails_at: int, state_after: int, done: int
) -> None:
    printer = Broken(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.fails_at, printer.state_after = fails_at, state_after
    with pytest.raises(ExpectedError, match="print_stopped") as caught:
        send(printer)
    assert caught.value.facts == {"done": done, "of": 3}


@pytest.mark.qt_log_ignore("Returned false", extend=True)
def test_that_a_printer_that_takes_no_job_is_said(tmp_path: Path) -> None:
    with pytest.raises(ExpectedError, match="print_refused"):
        send(file_printer(tmp_path / "no-such-folder" / "out.pdf"))
