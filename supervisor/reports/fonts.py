"""The printed typeface: Noto Sans SC in 400 and 700, embedded and subset by the writer.

Why these files: docs/adr/0013-printed-typeface.md. The writer knows no fallback and prints an empty
box for a character the face lacks, so every text passes through `shown` and what is missing is
looked for before anything is built (`missing`).
"""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFont

from supervisor import paths

REGULAR, BOLD = "NotoSansSC", "NotoSansSC-Bold"
FILES = {REGULAR: "NotoSansSC-Regular.ttf", BOLD: "NotoSansSC-Bold.ttf"}
STAND_IN = "〓"
"""Printed where a character is missing, as typesetters have always done."""


def folder() -> Path:
    """Where the faces lie."""
    return paths.resources() / "fonts"


@cache
def register() -> None:
    """Register both faces as one family, once for each process (about 0.1 s each)."""
    ttfonts.makeToUnicodeCMap = text_map
    rl_config.useA85 = 0  # binary streams: a fifth smaller, and quicker
    for name, file in FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder() / file)))
    pdfmetrics.registerFontFamily(REGULAR, REGULAR, BOLD, REGULAR, BOLD)


@cache
def _glyphs() -> tuple[Any, ...]:
    """Characters of each face; both have to know one for it to count."""
    register()
    faces: list[Any] = [pdfmetrics.getFont(name) for name in FILES]
    return tuple(one.face.charToGlyph for one in faces)


def text_map(fontname: str, subset: Sequence[int]) -> str:
    """Which characters the codes of a subset stand for, so that text can be copied and found.

    In place of the writer's own, which writes characters above U+FFFF with five digits (readers
    take the first four: 𬭚 was copied out as another character) and all of them in one block,
    where a hundred are allowed.
    """
    codes = [f"<{i:02X}> <{chr(v).encode('utf-16-be').hex().upper()}>"
             for i, v in enumerate(subset)]  # fmt: skip
    blocks = []
    for start in range(0, len(codes), 100):
        some = codes[start : start + 100]
        blocks += [f"{len(some)} beginbfchar", *some, "endbfchar"]
    return "\n".join([
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        f"/CIDSystemInfo << /Registry ({fontname}) /Ordering ({fontname}) /Supplement 0 >> def",
        f"/CMapName /{fontname} def", "/CMapType 2 def",
        "1 begincodespacerange", "<00> <FF>", "endcodespacerange",
        *blocks,
        "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end",
    ])  # fmt: skip


def face(*, bold: bool = False) -> str:
    """The registered name of a weight."""
    return BOLD if bold else REGULAR


def has(character: str) -> bool:
    """Whether both weights can print a character."""
    return all(ord(character) in known for known in _glyphs())


def missing(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters of some texts that cannot be printed, each once, by code point."""
    found = {one for text in texts for one in text if one.isprintable() and not has(one)}
    return tuple(sorted(found))


@cache
def _shown(character: str) -> str:
    if has(character):
        return character
    return STAND_IN if character.isprintable() else " "


def shown(text: str) -> str:
    """The text as it can be printed: control characters as spaces, missing ones as 〓."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is, in points."""
    register()
    return float(pdfmetrics.stringWidth(text, BOLD if bold else REGULAR, size))
