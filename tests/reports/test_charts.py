"""Every chart of the screens has a form on paper."""

import io
import sys

import pytest
from reportlab.platypus import Flowable

from supervisor.models.rows import charts
from supervisor.models.rows.charts import BarPart, ChartHead, ChartMark, ChartRow, Ink
from supervisor.models.rows.charts_people import LoadCell, LoadLine, LoadsRow
from supervisor.reports.charts import FORMS, Figure
from supervisor.reports.charts.pen import FILLS, STROKES
from supervisor.reports.page import Imprint, Paper
from tests.reports import reading, samples
from tests.ui.charts import rows

HEAD = ChartHead("k", "谁手上有多少？", "12 人")


def paper(*story: Flowable) -> bytes:
    target = io.BytesIO()
    Paper(target, Imprint("t", "s", "a", "f", "m", samples.STAMP.at, "en")).print_out(story)
    return target.getvalue()


def kinds_of_rows() -> list[type[ChartRow]]:
    found: list[type[ChartRow]] = []
    waiting = [ChartRow]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        # A class with slots is made twice; the first one stays about until it is collected.
        found += [one for one in below if vars(sys.modules[one.__module__])[one.__name__] is one]
    return found


def test_that_every_kind_has_a_form() -> None:
    assert [kind for kind in kinds_of_rows() if kind not in FORMS] == []


@pytest.mark.parametrize("kind", list(FORMS), ids=lambda kind: kind.__name__)
def test_that_a_row_without_marks_says_why(kind: type[ChartRow]) -> None:
    if kind is charts.TileRow:
        pytest.skip("a tile always has a figure")
    row = kind(head=ChartHead("k", "Title", note="No visit in this period", advice="Wait."))
    text = reading.text(paper(Figure(row)))
    assert "Novisitinthisperiod" in text


@pytest.mark.parametrize(
    "row",
    [rows.lines(), rows.control(), rows.bullets(), rows.bars(), rows.spark(), rows.tile()],
    ids=lambda row: type(row).__name__,
)
def test_that_a_row_is_drawn_with_its_words_on_the_page(row: ChartRow) -> None:
    data = paper(Figure(row))
    assert row.head.title.replace(" ", "") in reading.text(data)
    assert list(reading.outside(data)) == []
    assert all(reading.fonts(data).values())


def test_that_every_ink_is_a_grey_or_the_one_blue() -> None:
    for colour in [*FILLS.values(), *(one.colour for one in STROKES.values())]:
        red, green, blue = colour.rgb()
        spread = max(red, green, blue) - min(red, green, blue)
        assert spread < 0.2 or blue == max(red, green, blue)


def test_that_series_differ_by_more_than_colour() -> None:
    told = {(one.width, one.dash) for one in STROKES.values()}
    assert len({STROKES[i].dash for i in (Ink.MAIN, Ink.OTHER, Ink.THIRD)}) == 3
    assert len(told) >= 5


def test_that_a_long_chart_breaks_between_its_lines_on_one_scale() -> None:
    mark = ChartMark("")
    parts = [(BarPart(n, Ink.QUANTITY, str(n), mark),) for n in range(1, 121)]
    lines = tuple(
        LoadLine(f"第{n}人", "", (LoadCell(part, str(n), mark),), mark)
        for n, part in enumerate(parts, 1)
    )
    data = paper(Figure(LoadsRow(head=HEAD, columns=("案件",), widths=(1.0,), lines=lines)))
    pages = reading.texts(data)
    assert len(pages) > 2
    for n in range(1, 121):
        assert sum(f"第{n}人" in page for page in pages) == 1
    assert all("案件" in page for page in pages)
    assert list(reading.outside(data)) == []
