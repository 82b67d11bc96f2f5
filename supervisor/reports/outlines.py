"""Outlines of characters, for words that are drawn and not set: the watermark.

Set as text it would turn up in every search, copy and reading of a page. Only what our own faces
have is read: TrueType outlines, simple glyphs and those put together from others by shifting.
"""

import struct
from collections.abc import Iterator
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfmetrics

from supervisor.reports import fonts

Point = tuple[float, float]
Spot = tuple[float, float, bool]
"""A place, and whether the curve runs through it."""

_ON, _X_SHORT, _Y_SHORT, _REPEAT, _X_SAME, _Y_SAME = 1, 2, 4, 8, 16, 32
_WORDS, _MORE, _SCALE, _SCALES, _MATRIX = 1, 32, 8, 64, 128


@cache
def _tables() -> dict[str, tuple[int, int]]:
    data = _data()
    found = {}
    for place in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, start, size = struct.unpack_from(">4sLLL", data, 12 + 16 * place)
        found[tag.decode("latin-1")] = (start, size)
    return found


@cache
def _data() -> bytes:
    return (fonts.folder() / fonts.FILES[fonts.REGULAR]).read_bytes()


def _glyph_data(glyph: int) -> bytes:
    data, tables = _data(), _tables()
    long_form = struct.unpack_from(">h", data, tables["head"][0] + 50)[0]
    if long_form:
        start, end = struct.unpack_from(">LL", data, tables["loca"][0] + 4 * glyph)
    else:
        start, end = (2 * x for x in struct.unpack_from(">HH", data, tables["loca"][0] + 2 * glyph))
    base = tables["glyf"][0]
    return data[base + start : base + end]


@cache
def _contours(glyph: int) -> tuple[tuple[Spot, ...], ...]:
    data = _glyph_data(glyph)
    if not data:
        return ()
    count = struct.unpack_from(">h", data, 0)[0]
    return _simple(data, count) if count >= 0 else _joined(data)


def _simple(data: bytes, count: int) -> tuple[tuple[Spot, ...], ...]:
    ends = struct.unpack_from(f">{count}H", data, 10)
    at = 10 + 2 * count
    at += 2 + struct.unpack_from(">H", data, at)[0]
    flags: list[int] = []
    while len(flags) < ends[-1] + 1:
        flag = data[at]
        at += 1
        times = 1
        if flag & _REPEAT:
            times += data[at]
            at += 1
        flags += [flag] * times
    xs, at = _steps(data, at, flags, _X_SHORT, _X_SAME)
    ys, _ = _steps(data, at, flags, _Y_SHORT, _Y_SAME)
    spots = [(x, y, bool(flag & _ON)) for x, y, flag in zip(xs, ys, flags, strict=True)]
    starts = (0, *(end + 1 for end in ends[:-1]))
    return tuple(tuple(spots[start : end + 1]) for start, end in zip(starts, ends, strict=True))


def _steps(
    data: bytes, at: int, flags: list[int], short: int, same: int
) -> tuple[list[float], int]:
    """One coordinate of every point: each is told as the distance from the one before."""
    found: list[float] = []
    value = 0
    for flag in flags:
        if flag & short:
            value += data[at] if flag & same else -data[at]
            at += 1
        elif not flag & same:
            value += struct.unpack_from(">h", data, at)[0]
            at += 2
        found.append(value)
    return found, at


def _joined(data: bytes) -> tuple[tuple[Spot, ...], ...]:
    """Other glyphs, shifted."""
    found: list[tuple[Spot, ...]] = []
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, glyph = struct.unpack_from(">HH", data, at)
        form, size = (">hh", 4) if flags & _WORDS else (">bb", 2)
        dx, dy = struct.unpack_from(form, data, at + 4)
        at += 4 + size + (2 if flags & _SCALE else 4 if flags & _SCALES else 8
                          if flags & _MATRIX else 0)  # fmt: skip
        found += [
            tuple((x + dx, y + dy, on) for x, y, on in contour) for contour in _contours(glyph)
        ]
    return tuple(found)


def draw(path: Any, text: str, size: float) -> None:
    """Add the outlines of a text to a path of the writer, from its origin to the right."""
    face: Any = pdfmetrics.getFont(fonts.REGULAR)
    scale = size / face.face.unitsPerEm if hasattr(face.face, "unitsPerEm") else size / 1000
    x = 0.0
    for character in fonts.shown(text):
        for contour in _contours(face.face.charToGlyph.get(ord(character), 0)):
            _trace(path, [(x + sx * scale, sy * scale, on) for sx, sy, on in contour])
        x += fonts.width(character, size)


def _trace(path: Any, spots: list[Spot]) -> None:
    """A closed contour; quadratic curves become cubic ones."""
    whole = list(_with_middles(spots))
    first = next((i for i, spot in enumerate(whole) if spot[2]), None)
    if first is None or len(whole) < 3:
        return
    whole = whole[first:] + whole[: first + 1]
    path.moveTo(*whole[0][:2])
    at, bend = whole[0][:2], None
    for x, y, on in whole[1:]:
        if not on:
            bend = (x, y)
        elif bend is None:
            path.lineTo(x, y)
            at = (x, y)
        else:
            path.curveTo(*_third(at, bend), *_third((x, y), bend), x, y)
            at, bend = (x, y), None
    path.close()


def _third(end: Point, bend: Point) -> Point:
    return end[0] + 2 / 3 * (bend[0] - end[0]), end[1] + 2 / 3 * (bend[1] - end[1])


def _with_middles(spots: list[Spot]) -> Iterator[Spot]:
    """Between two bends lies a point that is left unsaid."""
    for before, here in zip([spots[-1], *spots[:-1]], spots, strict=True):
        if not before[2] and not here[2]:
            yield (before[0] + here[0]) / 2, (before[1] + here[1]) / 2, True
        yield here
