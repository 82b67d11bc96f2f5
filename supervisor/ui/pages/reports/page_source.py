"""The pages of one document as pictures: those in sight first, one at a time, some kept."""

from collections import OrderedDict
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from supervisor.ui.background.runner import TaskRunner
from supervisor.ui.pages.reports import paper
from supervisor.ui.pages.reports.paper import Hit, PageSize

MOST_BYTES = 96_000_000
"""Pictures kept: about a dozen pages on a large screen."""
Wish = tuple[int, int]
"""A page and how many pixels wide."""


class PageSource(QObject):
    """Lives in the GUI thread; PDFium works on a reader's.

    Signals:
        opened: another document, or none: sizes are known.
        painted: a picture of this page came.
        found: places of the words searched for are known.
        failed: the document cannot be read (Exception).
    """

    opened = Signal()
    painted = Signal(int)
    found = Signal()
    failed = Signal(object)

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.pdf = b""
        self.sizes: tuple[PageSize, ...] = ()
        self.hits: tuple[Hit, ...] = ()
        self.words = ""
        self._kept: OrderedDict[Wish, QImage] = OrderedDict()
        self._wishes: dict[QObject, Sequence[Wish]] = {}
        self._busy = False

    def show(self, pdf: bytes) -> None:
        """Another document; empty: none. Pages of the old one stay until sizes are known."""
        if not pdf:
            self._take(b"", ())
            return
        self._runner.ask(
            partial(paper.sizes, pdf),
            owner=self,
            key="sizes",
            then=lambda sizes: self._take(pdf, sizes),
            failed=self.failed.emit,
        )

    def picture(self, page: int, width: int) -> QImage | None:
        """The page at this width, else at any other; None: not painted yet."""
        exact = self._kept.get((page, width))
        if exact is not None:
            self._kept.move_to_end((page, width))
            return exact
        others = [image for (at, _), image in self._kept.items() if at == page]
        return max(others, key=lambda image: image.width(), default=None)

    def want(self, who: QObject, wishes: Sequence[Wish]) -> None:
        """What a view shows now, in the order it matters; its earlier wishes are void."""
        self._wishes[who] = wishes
        self._next()

    def search(self, words: str) -> None:
        """Look for words on every page; empty: for nothing."""
        self.words = words
        pdf = self.pdf
        if not words.strip() or not pdf:
            self._on_hits(pdf, ())
            return
        self._runner.ask(
            partial(paper.find, pdf, words),
            owner=self,
            key="search",
            then=partial(self._on_hits, pdf),
            failed=self.failed.emit,
        )

    def _take(self, pdf: bytes, sizes: tuple[PageSize, ...]) -> None:
        self.pdf, self.sizes, self.hits = pdf, sizes, ()
        self._kept.clear()
        self._wishes.clear()
        self.opened.emit()
        if self.words:
            self.search(self.words)

    def _on_hits(self, pdf: bytes, hits: tuple[Hit, ...]) -> None:
        if pdf is self.pdf:
            self.hits = hits
            self.found.emit()

    def _next(self) -> None:
        """The first wish not fulfilled; one at a time, so that a new one never waits long."""
        if self._busy:
            return
        wish = next(
            (one for wishes in self._wishes.values() for one in wishes if one not in self._kept),
            None,
        )
        if wish is None:
            return
        self._busy = True
        self._runner.ask(
            partial(paper.picture, self.pdf, *wish),
            owner=self,
            key="picture",
            then=partial(self._on_picture, self.pdf, wish),
            failed=self._on_failed,
        )

    def _on_picture(self, pdf: bytes, wish: Wish, image: QImage) -> None:
        self._busy = False
        if pdf is self.pdf:
            self._kept[wish] = image
            self._shed()
            self.painted.emit(wish[0])
        self._next()

    def _shed(self) -> None:
        wanted = {one for wishes in self._wishes.values() for one in wishes}
        held = sum(image.sizeInBytes() for image in self._kept.values())
        for key in [one for one in self._kept if one not in wanted]:
            if held <= MOST_BYTES:
                return
            held -= self._kept.pop(key).sizeInBytes()

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self.failed.emit(error)
