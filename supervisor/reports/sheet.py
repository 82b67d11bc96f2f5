"""A sheet of a workbook: heads and rows of values that know what they are."""

from dataclasses import dataclass
from datetime import date, datetime

from supervisor.models.enums_measures import Unit
from supervisor.models.rows.measures import MeasureRow
from supervisor.models.rows.report_parts import Figure


@dataclass(frozen=True, slots=True)
class Share:
    """A share, shown as percent."""

    value: float | None


@dataclass(frozen=True, slots=True)
class Yuan:
    """An amount in 分, shown in 元."""

    fen: float | None


Value = str | int | float | date | datetime | Share | Yuan | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: heads and rows of values; `note`: what must be read with them, above the heads."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


def typed(value: float | None, unit: Unit) -> Value:
    """A value with its unit: a share, an amount, or a plain number."""
    if unit is Unit.SHARE:
        return Share(value)
    return Yuan(value) if unit in {Unit.FEN, Unit.FEN_EACH} else value


def value(one: Figure | None) -> float | None:
    """The number of a figure of the summary."""
    return one.value if one else None


def counts(row: MeasureRow | None) -> tuple[Value, Value, Value]:
    """Numerator, denominator and n of a row."""
    if row is None:
        return None, None, None
    if row.basis.value == "money":
        return Yuan(row.numerator), Yuan(row.denominator), row.n
    return row.numerator, row.denominator, row.n


def interval(row: MeasureRow | None) -> tuple[float | None, float | None]:
    """Both ends of the interval; none where there are too few."""
    if row is None or row.few:
        return None, None
    return row.low, row.high


def rate(row: MeasureRow | None) -> Share:
    """No percentage where there are too few."""
    return Share(None if row is None or row.few else row.value)
