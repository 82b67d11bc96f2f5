"""Cut the bundled typefaces to the characters our languages need.

`python packaging/subset_fonts.py FOLDER` reads `NotoSansSC_*.ttf` (static, TrueType outlines)
below FOLDER and writes `resources/fonts/NotoSansSC-*.ttf`. Kept: all of Latin and punctuation the
face has, every ideograph of 4E00-9FFF, and all of the supplementary planes, where the rarer
characters of the national standard list (and of people's names) lie.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "fonts"
WEIGHTS = {"400Regular": "Regular", "500Medium": "Medium", "700Bold": "Bold"}
KEPT = (
    (0x0000, 0x03FF),  # Latin, Greek
    (0x1E00, 0x1EFF),
    (0x2000, 0x2BFF),  # punctuation, arrows, shapes, ticks
    (0x3000, 0x30FF),  # ideographic punctuation, kana
    (0x3200, 0x33FF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE10, 0xFE6F),
    (0xFF00, 0xFFEF),  # full-width forms
    (0x20000, 0x3FFFF),
)
# Extension A characters of the national standard list of 8,105.
STANDARD_EXTENSION_A = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖"
    "䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮"
)


def wanted(face: TTFont) -> set[int]:
    """The code points of `face` that are kept."""
    have = set(face.getBestCmap())
    extension = {ord(character) for character in STANDARD_EXTENSION_A}
    return {c for c in have if c in extension or any(low <= c <= high for low, high in KEPT)}


def cut(source: Path, target: Path) -> int:
    """Write the subset of `source`; its size in bytes."""
    options = subset.Options(
        hinting=False, layout_features=["kern"], name_IDs=["*"], notdef_outline=True,
        recalc_timestamp=False, glyph_names=False,
    )  # fmt: skip
    face = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted(face))
    cutter.subset(face)
    subset.save_font(face, str(target), options)
    return target.stat().st_size


def main(folder: Path) -> int:
    """Cut every weight found below `folder`."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for source_weight, weight in WEIGHTS.items():
        source = next(folder.rglob(f"NotoSansSC_{source_weight}.ttf"))
        size = cut(source, TARGET / f"NotoSansSC-{weight}.ttf")
        print(f"{weight}: {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
