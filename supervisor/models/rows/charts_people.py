"""Charts of people: what each one holds, and who differs by more than chance explains."""

from dataclasses import dataclass
from enum import StrEnum

from supervisor.models.rows.charts import BarPart, ChartMark, ChartRow


@dataclass(frozen=True, slots=True)
class LoadCell:
    """A bar in a column, on that column's scale.

    Attributes:
        figure: its number, always written. cap: a tick; what lies beyond is hatched.
        over: said with a sign beside the figure.
    """

    parts: tuple[BarPart, ...]
    figure: str
    mark: ChartMark
    cap: float | None = None
    over: bool = False


@dataclass(frozen=True, slots=True)
class LoadLine:
    """A person, or (`is_head`) a group with its sums as words.

    Attributes:
        detail: small words after the name, such as an absence. mark: the person.
    """

    label: str
    detail: str
    cells: tuple[LoadCell, ...]
    mark: ChartMark
    is_head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadsRow(ChartRow):
    """Lines under column heads; `widths`: how much room each column wants, relatively."""

    columns: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    lines: tuple[LoadLine, ...] = ()


class Side(StrEnum):
    """Where a point of a funnel lies."""

    INSIDE = "inside"  # not distinguishable
    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """A person: `x` how much is known, `y` actual / expected; `name` only outside the limits."""

    x: float
    y: float
    side: Side
    name: str
    mark: ChartMark


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """Limits at one place of the lower axis, of 95 % and of 99.8 %."""

    x: float
    low: float
    high: float
    far_low: float
    far_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFunnelRow(ChartRow):
    """Actual ÷ expected around 1; the zone inside the near limits is called `zone`."""

    points: tuple[FunnelPoint, ...] = ()
    limits: tuple[FunnelLimits, ...] = ()
    zone: str = ""
    near_label: str = ""
    far_label: str = ""
    x_label: str = ""
