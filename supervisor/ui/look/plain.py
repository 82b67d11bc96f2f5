"""Text of people as it stands: Qt takes a tooltip that looks like markup for markup."""

import html

from PySide6.QtGui import Qt


def tip(text: str) -> str:
    """A tooltip that shows exactly this text."""
    if not Qt.mightBeRichText(text):
        return text
    return f'<p style="white-space:pre-wrap">{html.escape(text)}</p>'
