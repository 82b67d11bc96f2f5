"""Text as Qt takes it: markup in tooltips, the sign & in menus."""

import html

from PySide6.QtGui import Qt


def tip(text: str) -> str:
    """A tooltip that shows exactly this text."""
    if not Qt.mightBeRichText(text):
        return text
    return f'<p style="white-space:pre-wrap">{html.escape(text)}</p>'


def literal(text: str) -> str:
    """Words of people on a button or in a menu: & is a letter like any other."""
    return text.replace("&", "&&")


def keyed(text: str, letter: str) -> str:
    """Words with their Alt letter: underlined in the word, or behind it, as 改派(R), 浏览(B)…."""
    plain = literal(text)
    at = plain.lower().find(letter.lower())
    if at >= 0:
        return f"{plain[:at]}&{plain[at:]}"
    words = plain.rstrip("….:：")
    return f"{words}(&{letter.upper()}){plain[len(words) :]}"
