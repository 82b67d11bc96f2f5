"""Values of measures by their unit: one form for ticks, tiles, tooltips and tables."""

from supervisor.i18n import language, tr
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


MILLION_FEN = 100_000_000
"""From a million 元 on, summaries speak of 万元 in Chinese and of millions in English."""


def amount_parts(fen: float) -> tuple[str, str]:
    """An amount of a summary and its unit: ("482,360", "CNY"), ("22.7", "million CNY")."""
    if abs(fen) < MILLION_FEN:
        return whole_yuan(round(fen)), tr("CNY")
    if language() == "zh_CN":
        return _decimal(fen / 1_000_000, 1), tr("ten thousand CNY")
    return _decimal(fen / MILLION_FEN, 1), tr("million CNY")


def amount_text(fen: float) -> str:
    """The same in one: "482,360 CNY", "22.7 million CNY", 2,273.5 万元."""
    amount, unit = amount_parts(fen)
    return f"{amount} {unit}"
