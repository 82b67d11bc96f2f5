"""Grids of cells as a chart row: an hour of a weekday, or from one stage to another."""

from dataclasses import dataclass
from enum import StrEnum

from supervisor.models.rows.charts import ChartMark, ChartRow


class Tone(StrEnum):
    """What the ground of a cell says; every tone but RAMP is also said by its text."""

    RAMP = "ramp"  # from weak to strong, without judgement
    WORSE = "worse"
    BETTER = "better"
    SAME = "same"
    THIN = "thin"  # hatched: too few for a rate
    EMPTY = "empty"  # nothing there


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell. `detail` stands below the text; `strength` is the place on the ramp, 0 to 1."""

    text: str
    tone: Tone
    mark: ChartMark
    detail: str = ""
    strength: float = 0.0


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line of cells, one for each column; `detail` stands beside the label."""

    label: str
    cells: tuple[GridCell, ...]
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow(ChartRow):
    """Cells in lines and columns.

    Attributes:
        corner: what the labels at the left are. across: what the columns are.
        facts: what belongs to no cell, as lines below: (words, mark).
    """

    columns: tuple[str, ...] = ()
    lines: tuple[GridLine, ...] = ()
    corner: str = ""
    across: str = ""
    facts: tuple[tuple[str, ChartMark], ...] = ()
