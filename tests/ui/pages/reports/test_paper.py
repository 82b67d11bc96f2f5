"""What is read of a document: sizes, pictures, places of words; from several threads at once."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from PySide6.QtGui import QColor, QImage

from supervisor.errors import ExpectedError
from supervisor.ui.pages.reports import paper
from tests.ui.pages.reports.papers import A4, TURNED, a_pdf

PDF = a_pdf(("Received 79.26",), ("Visits 402", "visits 803"), lying=frozenset({1}))


def ink_of(image: QImage) -> set[tuple[int, int]]:
    """Places that are dark, of a small picture."""
    return {
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if QColor(image.pixel(x, y)).lightness() < 160
    }


def test_that_pages_have_their_sizes_and_lie_or_stand() -> None:
    sizes = [(one.width, one.height) for one in paper.sizes(PDF)]
    assert sizes == [pytest.approx(A4, abs=0.1), pytest.approx(TURNED, abs=0.1)]


def test_that_a_picture_is_as_wide_as_asked_and_has_ink_where_the_text_is() -> None:
    image = paper.picture(PDF, 0, 300)
    assert image.width() == 300
    assert image.height() == pytest.approx(300 * A4[1] / A4[0], abs=1)
    scale = 300 / A4[0]
    ink = ink_of(image)
    assert ink
    assert min(x for x, _ in ink) == pytest.approx(72 * scale, abs=2)
    assert min(y for _, y in ink) == pytest.approx(90 * scale, abs=3)


def test_that_paper_for_a_printer_has_its_dots() -> None:
    image = paper.print_picture(PDF, 1, 300)
    assert (image.width(), image.height()) == (
        pytest.approx(TURNED[0] / 72 * 300, abs=1),
        pytest.approx(TURNED[1] / 72 * 300, abs=1),
    )


def test_that_words_are_found_in_any_case_and_width_where_they_stand() -> None:
    hits = paper.find(PDF, "ＶＩＳＩＴＳ ")
    assert [hit.page for hit in hits] == [1, 1]
    first, second = (hit.parts[0] for hit in hits)
    assert first.left() == pytest.approx(72, abs=2)
    assert first.bottom() == pytest.approx(100, abs=4)
    assert second.top() - first.top() == pytest.approx(20, abs=1)
    assert paper.find(PDF, "79.26")[0].page == 0
    assert paper.find(PDF, "none") == ()
    assert paper.find(PDF, "  ") == ()


def test_that_many_hits_end_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "MOST_HITS", 3)
    assert len(paper.find(a_pdf(*[("a a a",)] * 4), "a")) == 3


@pytest.mark.parametrize("work", [paper.sizes, partial(paper.find, words="a")])
def test_that_bytes_that_are_no_document_are_refused(work: object) -> None:
    with pytest.raises(ExpectedError, match="paper_not_readable"):
        work(b"%PDF-1.4 torn off")  # type: ignore[operator]


def test_that_threads_at_once_get_the_same_as_one_after_the_other() -> None:
    pages = a_pdf(*[(f"page {number}",) for number in range(6)])
    alone = [paper.picture(pages, at, 120) for at in range(6)]
    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(lambda at: paper.picture(pages, at % 6, 120), range(24)))
        found = list(pool.map(lambda at: paper.find(pages, f"page {at % 6}"), range(24)))
    assert all(image == alone[at % 6] for at, image in enumerate(together))
    assert all([hit.page for hit in hits] == [at % 6] for at, hits in enumerate(found))
