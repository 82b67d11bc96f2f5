"""A funnel as a chart row: what is left after each step, and where the rest went."""

from dataclasses import dataclass

from supervisor.models.rows.charts import BarPart, ChartRow


@dataclass(frozen=True, slots=True)
class Step:
    """A step, as a bar from zero.

    Attributes:
        rate: the step rate with its n, behind the bar; empty for the first.
        lost: who did not take the step, below the bar.
        figures: what the bar is in cases and in money, at the right.
        apart: it is no step: a rule stands above it.
    """

    label: str
    parts: tuple[BarPart, ...]
    rate: str
    lost: str
    figures: tuple[str, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsRow(ChartRow):
    """Steps one below the other, all on one scale."""

    steps: tuple[Step, ...] = ()
