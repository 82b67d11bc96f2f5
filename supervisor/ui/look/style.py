"""The one style sheet, filled from the tokens, and the palette that goes with it."""

import hashlib
from functools import lru_cache
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QDateTimeEdit, QLineEdit, QWidget

from supervisor import paths
from supervisor.ui.look import icons
from supervisor.ui.look.tokens import Tokens, theme_changed, tokens

# Pictures a style sheet can only take from files: (icon, token, stroke).
_PICTURES = {
    "arrow_down": ("chevron-down", "text2", 2.0),
    "arrow_up": ("chevron-up", "text2", 2.0),
    "tick": ("check", "on_accent", 3.5),
    "dash": ("minus", "on_accent", 3.5),
    "dot": ("circle", "on_accent", 6.0),
}

FIELD_PADDING = 7
"""Pixels between the frame of a field and its text."""


def style_sheet(colours: Tokens) -> str:
    """The application's style sheet in these colours."""
    template = _template()
    values = {name: getattr(colours, name) for name in _plain_names(colours)}
    values.update({name: _picture(name, colours) for name in _PICTURES})
    return template.substitute(values)


def apply(application: QApplication) -> None:
    """Dress the application in the tokens in force, now and at every theme change."""
    if application.property("dressed") is None:
        application.setProperty("dressed", True)
        application.setStyle("Fusion")
        theme_changed.connect(lambda: _dress(application))
    _dress(application)


def polish(widget: QWidget) -> None:
    """Make the style see a changed dynamic property."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def pad_fields(within: QWidget) -> None:
    """Times and numbers begin where the words of other fields begin.

    Qt takes the side padding of a style sheet for fields without a stepper alone.
    """
    found = within.findChildren(QAbstractSpinBox)
    for field in [within, *found] if isinstance(within, QAbstractSpinBox) else found:
        edit = field.findChild(QLineEdit)
        has_steps = not (isinstance(field, QDateTimeEdit) and field.calendarPopup())
        if edit is not None and has_steps:
            edit.setTextMargins(FIELD_PADDING, 0, 0, 0)


def _dress(application: QApplication) -> None:
    colours = tokens()
    application.setPalette(palette(colours))
    application.setStyleSheet(style_sheet(colours))
    icons.redress()


def palette(colours: Tokens) -> QPalette:
    """Palette roles for what the style sheet does not reach."""
    made = QPalette()
    role = QPalette.ColorRole
    for where, colour in (
        (role.Window, colours.bg),
        (role.WindowText, colours.text),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.surface2),
        (role.Text, colours.text),
        (role.Button, colours.surface),
        (role.ButtonText, colours.text),
        (role.ToolTipBase, colours.surface),
        (role.ToolTipText, colours.text),
        (role.PlaceholderText, colours.text3),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Link, colours.accent),
        (role.Mid, colours.line2),
        (role.Light, colours.surface2),
        (role.Dark, colours.ctl),
    ):
        made.setColor(where, QColor(colour))
    for where in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours.disabled))
    return made


@lru_cache(maxsize=1)
def _template() -> Template:
    return Template((paths.resources() / "themes" / "desk.qss").read_text("utf-8"))


def _plain_names(colours: Tokens) -> list[str]:
    return [name for name in colours.__slots__ if isinstance(getattr(colours, name), str)]


def _picture(name: str, colours: Tokens) -> str:
    """Path of a tinted icon in the user folder: a style sheet takes pictures from files only."""
    icon, token, stroke = _PICTURES[name]
    svg = (paths.resources() / "icons" / f"{icon}.svg").read_text("utf-8")
    svg = svg.replace("currentColor", getattr(colours, token))
    svg = svg.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    if name == "dot":
        svg = svg.replace('r="10"', 'r="2"')  # the stroke makes it a full dot
    digest = hashlib.sha256(svg.encode()).hexdigest()[:12]
    path = _pictures() / f"{icon}-{digest}.svg"
    if not path.exists():
        path.write_text(svg, encoding="utf-8")
    return path.as_posix()


def _pictures() -> Path:
    folder = paths.config() / "tinted"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
