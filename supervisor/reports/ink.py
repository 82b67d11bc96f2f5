"""Colours of paper: black, greys and one deep blue that prints dark; meaning never by colour.

Values are shares of white (0 black, 1 white) or reportlab colours. See ui.md section 11.
"""

from reportlab.lib.colors import Color, HexColor

BLACK = HexColor("#1A1D21")
TEXT2 = HexColor("#48515C")
TEXT3 = HexColor("#606975")
BLUE = HexColor("#154C82")
RULE = HexColor("#9BA3AD")
HAIR = HexColor("#C9CED4")
HEAD_GROUND = HexColor("#F1F3F5")
SUM_GROUND = HexColor("#F1F3F5")
TRACK = HexColor("#E3E6EA")
BAND = HexColor("#E4E7EB")
BAND_EDGE = HexColor("#9BA3AD")
BAR = HexColor("#8FA6C0")
BAR_DARK = BLUE
HATCH = HexColor("#8A939E")
WHITE = HexColor("#FFFFFF")
WATERMARK = Color(0.95, 0.95, 0.95)
"""Five per cent of ink."""


def grey(strength: float) -> Color:
    """The grey of a cell on a ramp from 0 (almost white) to 1; black text stays readable on it."""
    share = 0.96 - 0.40 * max(0.0, min(1.0, strength))
    return Color(share, share, share)
