"""How wide columns are: figures as wide as their widest, what is left goes to words.

Everything is measured once, in widths of the type size, and then tried from the best look to the
tightest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from supervisor.reports import breaking, fonts

SMALLEST = 7.5
PAD, TIGHT = 4.0, 2.0
SHORT, NAME = 13.0, 26.0
"""Words up to SHORT wide stay in one line if it can be helped, up to NAME in two."""
INSET = 9.0
_LONE, _UNBROKEN, _START = 4.6, 14.0, 3.0
"""Heads up to the first stay in one line; words longer than the second may be cut; the third is the
least room for words."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        head: may take two lines.
        figures: right-aligned and never broken; else words, which may take several lines.
        share: how much of the room that is left words get, relatively.
        left: unbroken as figures are, but from the left: dates and numbers that name something.
    """

    head: str
    figures: bool = True
    share: float = 1.0
    left: bool = False

    @property
    def align(self) -> str:
        """To which side cells go."""
        return "right" if self.figures and not self.left else "left"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells.

    Attributes:
        total: sums of a group or of all; printed bold and kept with the line before.
        title: the head of a group; kept with the line after.
        inset: indented, as a member of a group.
        quiet: explains the line before: grey, no rule between them, never apart from it.
        link: where a click on the first cell leads.
    """

    cells: tuple[str, ...]
    total: bool = False
    title: bool = False
    inset: bool = False
    quiet: bool = False
    link: str = ""


class Breaks(Enum):
    """How much words are broken: short ones not at all, all in two lines, as often as it takes."""

    LITTLE = 0
    ONCE = 1
    MUCH = 2


@dataclass(frozen=True, slots=True)
class Fit:
    """A look that fits. `loose`: words are broken more than one likes."""

    size: float
    pad: float
    widths: list[float]
    loose: bool


@dataclass(frozen=True, slots=True)
class _Need:
    """What a column needs, in widths of the type size.

    Attributes:
        full: the widest cell. narrow: the widest piece that is never broken.
        name: the widest cell of at most NAME.
    """

    head: float
    head_narrow: float
    full: float
    narrow: float
    name: float


def fit(columns: Sequence[Column], rows: Sequence[Line], width: float, size: float) -> Fit | None:
    """The best look that fits; None: none does."""
    needs = [_need(columns, rows, number) for number in range(len(columns))]
    for one, pad, breaks in _attempts(size):
        widths = _tried(columns, needs, width, one, pad, breaks)
        if widths is not None:
            return Fit(one, pad, widths, loose=breaks is not Breaks.LITTLE)
    return None


def _attempts(size: float) -> Iterator[tuple[float, float, Breaks]]:
    """Sizes and room beside cells, best first; words are broken much only when all else fails."""
    steps = int((size - SMALLEST) * 2) + 1
    for breaks in Breaks:
        for step in range(steps):
            for pad in (PAD, TIGHT):
                yield size - 0.5 * step, pad, breaks


def _need(columns: Sequence[Column], rows: Sequence[Line], number: int) -> _Need:
    column = columns[number]
    cells = [(fonts.shown(row.cells[number]), row.total or row.title) for row in rows]
    insets = [INSET / SMALLEST if row.inset and not number else 0.0 for row in rows]
    widths = [fonts.width(text, 1.0, bold=bold) + inset
              for (text, bold), inset in zip(cells, insets, strict=True)]  # fmt: skip
    narrow = 0.0
    if not column.figures:
        narrow = max(
            (breaking.narrowest(text, lambda t, b=bold: fonts.width(t, 1.0, bold=b)) + inset  # type: ignore[misc]
             for (text, bold), inset in zip(cells, insets, strict=True)), default=0.0)  # fmt: skip
    return _Need(
        head=fonts.width(column.head, 1.0, bold=True),
        head_narrow=breaking.narrowest(column.head, lambda t: fonts.width(t, 1.0, bold=True)),
        full=max(widths, default=0.0),
        narrow=min(narrow, _UNBROKEN),
        name=max((one for one in widths if one <= NAME), default=0.0),
    )


def _tried(
    columns: Sequence[Column], needs: Sequence[_Need], width: float, size: float, pad: float,
    breaks: Breaks,
) -> list[float] | None:  # fmt: skip
    """What each column gets; None: it does not fit."""
    least, wanted = [], []
    tall = breaks is not Breaks.LITTLE or any(one.head > max(_LONE, one.full) for one in needs)
    for column, need in zip(columns, needs, strict=True):
        head = need.head_narrow if breaks is Breaks.MUCH else _head(need, tall=tall)
        cells = need.full if column.figures else _words(need, breaks)
        least.append(max(head, cells) * size + 2 * pad)
        wanted.append(max(need.full * size + 2 * pad, least[-1]))
    left = width - sum(least)
    return None if left < 0 else _shared_out(columns, least, wanted, left)


def _head(need: _Need, *, tall: bool) -> float:
    """A short head stays in one line, a longer one takes two that are about equal.

    `tall`: the heads take two lines anyway, so all may.
    """
    lone = 0.0 if tall else _LONE
    return max(need.head_narrow, need.head if need.head <= lone else need.head / 2 + 1)


def _words(need: _Need, breaks: Breaks) -> float:
    kept = 0.0
    if breaks is not Breaks.MUCH:
        whole = need.name <= SHORT and breaks is Breaks.LITTLE
        kept = need.name if whole else need.name / 2 + 1
    return max(need.narrow, kept, min(need.full, _START))


def _shared_out(
    columns: Sequence[Column], least: list[float], wanted: list[float], left: float
) -> list[float]:
    """Words get what they want first, by share; what is left then widens every column."""
    got = list(least)
    while left > 0.5:
        hungry = [i for i, c in enumerate(columns) if not c.figures and wanted[i] - got[i] > 0.1]
        if not hungry:
            return [one + left / len(got) for one in got]
        whole = sum(columns[i].share for i in hungry)
        given = 0.0
        for i in hungry:
            more = min(left * columns[i].share / whole, wanted[i] - got[i])
            got[i] += more
            given += more
        left -= given
    return got
