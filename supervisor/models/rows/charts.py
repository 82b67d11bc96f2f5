"""Charts as rows: what is drawn, said and copied, without knowing by whom.

`supervisor.pictures` makes them from measures, in the language in force; `ui.charts` draws them on
the screen and reports on paper, so that the two cannot disagree. More kinds stand in modules of
their own (`charts_*.py`); each is a `ChartRow`.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from supervisor.models.enums_measures import MeasureId, Unit


class Ink(StrEnum):
    """What a mark means; screen and paper each give it a colour, a grey, a marker and a dash."""

    MAIN = "main"  # the thing in question; round markers
    OTHER = "other"  # what it is compared with; square markers
    THIRD = "third"  # triangular markers
    REFERENCE = "reference"  # median, event; dashed
    EARLIER = "earlier"  # earlier periods, limits
    BAND = "band"  # a range, as an area
    QUANTITY = "quantity"  # bars
    WAITING = "waiting"  # serious and not begun
    LATE = "late"  # attention
    ENDED = "ended"  # only an outline
    DONE = "done"
    THIN = "thin"  # hatched: too few, or not known


@dataclass(frozen=True, slots=True)
class ChartMark:
    """One point, bar, cell or line end.

    Attributes:
        said: what tooltip and screen reader say: period, value, n, interval, unknown.
        behind: opaque key of the records behind it, handed back when it is opened; None: nothing.
    """

    said: str
    behind: Hashable = None


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The chart as text: shown as a table, copied, read by assistive technology."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What an ink stands for; `hollow`: only the outline."""

    ink: Ink
    label: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class ChartHead:
    """What every chart has.

    Attributes:
        key: stable name, for memory and file names.
        title: the question it answers.
        subtitle: period, unit, n.
        reading: one sentence in plain words.
        unit: of the values, for ticks.
        measures: whose definitions stand behind the information button.
        note, advice: why nothing is drawn, and what would help; empty: it is drawn.
    """

    key: str
    title: str
    subtitle: str = ""
    reading: str = ""
    unit: Unit = Unit.SHARE
    measures: tuple[MeasureId, ...] = ()
    legend: tuple[LegendEntry, ...] = ()
    note: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """The base of all kinds."""

    head: ChartHead
    table: ChartTable = field(default=ChartTable((), ()))


@dataclass(frozen=True, slots=True)
class LinePoint:
    """`y` None: nothing to draw there. `hollow`: not final yet, drawn open and reached dashed."""

    x: float
    y: float | None
    mark: ChartMark
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """A line. `label` stands at its end; `dots`: every point is marked, else only the last."""

    key: str
    label: str
    ink: Ink
    points: tuple[LinePoint, ...]
    dots: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A range, such as that of earlier periods: (x, low, high)."""

    label: str
    points: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesRow(ChartRow):
    """Lines over a common axis.

    Attributes:
        ticks: places on the lower axis and what they are called; empty: plain numbers.
        x_label: what the lower axis counts.
        known_until: the last day anybody knows; marked, nothing is drawn beyond it by MAIN.
    """

    series: tuple[Series, ...] = ()
    band: Band | None = None
    ticks: tuple[tuple[float, str], ...] = ()
    x_label: str = ""
    known_until: float | None = None


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """A period with limits that follow its size.

    Attributes:
        label: of the lower axis. value, low, high: None where nothing was counted.
        outside: beyond the limits. name: words beside a point that asks for a cause.
        hollow: the period is not over.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    mark: ChartMark
    outside: bool = False
    hollow: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlRow(ChartRow):
    """Periods around one centre. `events`: (place between periods, words) as dashed lines."""

    points: tuple[ControlPoint, ...] = ()
    centre: float | None = None
    centre_label: str = ""
    high_label: str = ""
    events: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Bullet:
    """What was reached against a target, on a track from 0 to `scale`.

    Attributes:
        value, target, pace: reached, wanted, and what the time gone would let expect; None: not
            known, then `figure` says so.
        figure, gap: words at the right: "204.3 / 320.0" and how far off.
    """

    label: str
    detail: str
    value: float | None
    target: float | None
    pace: float | None
    scale: float
    figure: str
    gap: str
    mark: ChartMark


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletsRow(ChartRow):
    """Bullets one below the other."""

    bullets: tuple[Bullet, ...] = ()


@dataclass(frozen=True, slots=True)
class BarPart:
    """A piece of a bar; `text` stands in it where it fits."""

    value: float
    ink: Ink
    text: str
    mark: ChartMark


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from zero. `figure` stands at its end, `aside` at the right edge; `cap`: a tick."""

    label: str
    parts: tuple[BarPart, ...]
    figure: str
    aside: str = ""
    detail: str = ""
    cap: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BarsRow(ChartRow):
    """Stacked bars on one scale, then facts: (name, words, mark) as lines below."""

    bars: tuple[Bar, ...] = ()
    facts: tuple[tuple[str, str, ChartMark], ...] = ()


@dataclass(frozen=True, slots=True)
class SparkPoint:
    """A period of a spark line; `hollow`: not over yet."""

    value: float | None
    mark: ChartMark
    hollow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SparkRow(ChartRow):
    """A line without axes, in its own range, the last point marked."""

    points: tuple[SparkPoint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TileRow(ChartRow):
    """A key figure.

    Attributes:
        figure, unit_word: "41.1" and "%"; figure "—" where there is none, and `comparison` why.
        n: what it rests on, in words. comparison: with the period before, in words.
        mark: the figure itself: what is said and what is behind it.
    """

    figure: str
    unit_word: str
    n: str
    comparison: str
    mark: ChartMark
    spark: SparkRow | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """Which records stand behind a mark; a page turns it into conditions of queue or incidents.

    Attributes:
        kind: "cases", "held", "team", "visits" (the last of a case), "visited" (any of a case),
            "promises", "placed", "untouched", "plans", "flags", "follow_ups" or "complaints".
        first, last: business dates, both included, by what `kind` happened on.
        only: more conditions as (name, value): ("bucket", 3), ("category", "refusal") ...
        title: of the chart it was opened in, once it was.
    """

    kind: str
    first: date | None = None
    last: date | None = None
    only: tuple[tuple[str, Hashable], ...] = ()
    title: str = ""
