"""Where a line may end: Chinese between any two characters, figures and Latin words never inside.

What the usual breakers get wrong for this kind of paper: they cut amounts ("18,642.|37") or part a
figure from its counter ("12 |件"). Punctuation that closes does not begin a line, one that opens
does not end it (GB/T 15834).
"""

import re
from collections.abc import Callable, Iterator

ROUNDING = 0.01
"""A line may be wider than its room by that much: widths are sums of floats."""
_COUNTERS = (
    "万元|百分点|个百分点|工作日|人日|小时|分钟|million CNY|CNY|points|cases|case|visits|visit|"
    "亿元|[元件次起项人户天日月年周时分秒个笔条页批组期版倍岁号]"
)
_HAN = "\u2e80-\u2fff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇〓"
_WIDE = f"{_HAN}\u3000-\u3020\uff00-\uffef“”‘’…—·"
_UNIT = re.compile(
    rf"[−+±▲▼↑↓]?\d[\d,.:/\-–−+%±]*(?:[ \u00a0]?(?:{_COUNTERS}))?"  # a figure and its counter
    r"|n = [\d,]+"  # how many a figure rests on
    rf"|[^\s{_WIDE}]+"  # a Latin word, a code, a contract number
    rf"|\s+"
    rf"|."
)
_CLOSING = frozenset("，。、；：？！）》」』】〉〕”’…—·％,.;:?!)]}%↑↓°")
_OPENING = frozenset("（《「『【〈〔“‘([{")


def units(text: str) -> Iterator[str]:
    """The pieces no line may break inside; a space is a piece of its own."""
    held = ""
    for found in _UNIT.finditer(text):
        piece = found.group()
        if piece.isspace():
            if held:
                yield held
            held = ""
            yield " "
        elif held and (piece[0] in _CLOSING or held[-1] in _OPENING):
            held += piece
        else:
            if held:
                yield held
            held = piece
    if held:
        yield held


def lines(text: str, room: float, measure: Callable[[str], float]) -> list[str]:
    """The text in lines no wider than `room`; a piece that is wider is cut as a last resort.

    Args:
        text: newlines in it are kept.
        room: width of a line, in the unit of `measure`.
        measure: how wide a text is.
    """
    found: list[str] = []
    for paragraph in text.split("\n"):
        found += _filled(paragraph, room, measure)
    return found


def _filled(text: str, room: float, measure: Callable[[str], float]) -> list[str]:
    room += ROUNDING
    if measure(text) <= room:
        return [text]
    done: list[str] = []
    line, wide = "", 0.0
    for unit in units(text):
        need = measure(unit)
        if line and wide + need > room and unit != " ":
            done.append(line.rstrip())
            line, wide = "", 0.0
        if not line and unit == " ":
            continue
        if need > room:
            *whole, line = _cut(unit, room, measure)
            done += whole
            wide = measure(line)
            continue
        line += unit
        wide += need
    return [*done, line.rstrip()] if line.strip() else done


def _cut(unit: str, room: float, measure: Callable[[str], float]) -> list[str]:
    parts = [""]
    for character in unit:
        if parts[-1] and measure(parts[-1] + character) > room:
            parts.append("")
        parts[-1] += character
    return parts


def narrowest(text: str, measure: Callable[[str], float]) -> float:
    """How wide the widest piece is: a column narrower than that would cut it."""
    return max((measure(unit) for unit in units(text)), default=0.0)
