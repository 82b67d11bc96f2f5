"""Values of measures by their unit: one form for ticks, tiles, tooltips and tables."""

from supervisor.models.enums_measures import Unit
from supervisor.words.formats import MINUS, MISSING, count, money, rate, whole_yuan

PER = frozenset({Unit.PER_100, Unit.PER_1000})


def figure(value: float | None, unit: Unit) -> str:
    """A value as people read it: "41.1%", "4.2", "18,642.37", "1,186"."""
    if value is None:
        return MISSING
    if unit is Unit.SHARE:
        return rate(value)
    if unit in {Unit.FEN, Unit.FEN_EACH}:
        return money(round(value))
    if unit is Unit.COUNT:
        return count(round(value))
    return _decimal(value, 2 if unit is Unit.RATIO else 1)


def tick(value: float, unit: Unit, step: float) -> str:
    """A value at an axis, with as many decimals as the distance of ticks asks for."""
    if unit is Unit.SHARE:
        return f"{_decimal(value * 100, 0 if step >= 0.01 else 1)}%"
    if unit in {Unit.FEN, Unit.FEN_EACH}:
        return whole_yuan(round(value))
    return _decimal(value, 0 if step >= 1 else 1 if step >= 0.1 else 2)


def _decimal(value: float, places: int) -> str:
    text = f"{abs(value):,.{places}f}"
    return MINUS + text if value < 0 and text.strip("0.,") else text
