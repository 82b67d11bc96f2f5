"""Tables: heads repeated, no row split, no sum alone, no figure broken, no word cut."""

from typing import Any

import pytest

from supervisor.reports import fonts
from supervisor.reports.tables import Column, Line, sits, table
from supervisor.reports.text import Text

COLUMNS = [Column("小组 / 催收员", figures=False), Column("在催"), Column("实际÷预期（95%）")]
WIDTH = 496.0


def people(count: int, name: str = "周敏") -> list[Line]:
    rows = [Line((f"{name} {n}", f"{n:,}", "1.04 (0.79–1.29)"), inset=True) for n in range(count)]
    return [*rows, Line(("外访一组 累计", "9,999", "—"), total=True)]


def first_words(part: Any) -> list[str]:
    """The first cell of every row."""
    cells = (row[0][0] if isinstance(row[0], tuple | list) else row[0] for row in part._cellvalues)
    return [cell._text if isinstance(cell, Text) else str(cell) for cell in cells]


@pytest.mark.parametrize("height", range(60, 420, 7))
def test_that_a_sum_is_never_alone_and_every_part_has_the_head(height: int) -> None:
    fonts.register()
    made = table(COLUMNS, people(24), WIDTH)
    made.wrap(WIDTH, 10_000)
    seen: list[str] = []
    rest: Any = made
    while rest is not None:
        rest.wrap(WIDTH, height)
        parts = rest.split(WIDTH, height) if rest._height > height else [rest]
        assert parts, "at least a row fits"
        words = first_words(parts[0])
        assert words[0] == "小组 / 催收员"
        assert "累计" not in words[1]
        seen += words[1:]
        rest = parts[1] if len(parts) > 1 else None
    assert seen == first_words(made)[1:]


@pytest.mark.parametrize("name", ["周", "周敏", "欧阳" * 10, "O'Brien-Smithson Alexandria the 3rd"])
def test_that_figures_keep_their_width_whatever_the_names(name: str) -> None:
    fonts.register()
    made: Any = table(COLUMNS, people(3, name), WIDTH)
    made.wrap(WIDTH, 10_000)
    widths = made._colWidths
    assert sum(widths) <= WIDTH + 0.1
    assert widths[2] >= fonts.width("1.04 (0.79–1.29)", 7.5)


def test_that_type_shrinks_before_words_are_broken() -> None:
    fonts.register()
    columns = [Column("指标", figures=False), *[Column(f"第{n}列") for n in range(9)]]
    rows = [Line(("期末在催金额", *["29,214,000.00"] * 9))]
    assert not sits(columns, rows, WIDTH)
    made: Any = table(columns, rows, WIDTH + 60)
    made.wrap(WIDTH + 60, 10_000)
    assert made._cellStyles[1][1].fontsize < 9


def test_that_a_head_is_broken_into_even_lines() -> None:
    fonts.register()
    columns = [Column("小组", figures=False), Column("每百次上门（95% 区间）")]
    made: Any = table(columns, [Line(("一", "2.0 (1.0–3.9)"))], 120)
    made.wrap(120, 10_000)
    head = made._cellvalues[0][1]
    head = head[0] if isinstance(head, tuple | list) else head
    head.wrap(made._colWidths[1] - 8, 100)
    assert min(map(len, head._lines)) >= 4


def test_that_a_name_takes_two_lines_before_it_is_broken_as_often_as_it_takes() -> None:
    fonts.register()
    columns = [Column("指标", figures=False), *[Column(f"第{n}列") for n in range(4)]]
    rows = [Line(("其中有目标的案件", *["2,274.76 / 9,860.40"] * 4), inset=True)]
    whole = [fonts.width(rows[0].cells[0], 7.5), fonts.width(rows[0].cells[1], 7.5)]
    room = 4 * (whole[1] + 4) + whole[0] * 0.75 + 9 + 4
    made: Any = table(columns, rows, room)
    made.wrap(room, 10_000)
    cell = made._cellvalues[1][0]
    cell = cell[0] if isinstance(cell, list | tuple) else cell
    cell.wrap(made._colWidths[0] - 9 - 4, 10_000)
    assert len(cell._lines) == 2
