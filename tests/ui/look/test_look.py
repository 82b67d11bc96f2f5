"""Contrast of every pair the interface uses; fonts, icons, style sheet, themes."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFontInfo, QRawFont
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from supervisor import paths
from supervisor.ui.look import fonts, icons, style
from supervisor.ui.look.tokens import DARK, LIGHT, Tokens, set_theme, tokens

TEXT, GRAPHIC = 4.5, 3.0


def _luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    """WCAG contrast ratio."""
    high, low = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


PAIRS = (
    *(("text", ground, TEXT) for ground in ("bg", "surface", "surface2", "sunken", "rail")),
    *(("text", ground, TEXT) for ground in ("accent_bg", "accent_bg2", "hl", "hl2", "hl_neg")),
    *(("text2", ground, TEXT) for ground in ("bg", "surface", "surface2", "accent_bg", "rail")),
    *(("text3", ground, TEXT) for ground in ("surface", "surface2", "rail", "accent_bg")),
    *((name, "surface", TEXT) for name in ("accent", "crit", "warn", "ok")),
    *((name, f"{name}_bg", TEXT) for name in ("crit", "warn", "ok")),
    ("on_accent", "accent", TEXT),
    ("on_accent", "accent_h", TEXT),
    ("on_warn_fill", "warn_fill", TEXT),
    ("on_bar", "bar", TEXT),
    *((name, "surface", GRAPHIC) for name in ("ctl", "focus", "crit_fill", "warn_fill", "ok_fill")),
    *((name, "surface", GRAPHIC) for name in ("c1", "c2", "c3", "c4", "c5", "c_prev", "bar")),
    *((f"mark_{letter}", "surface", TEXT) for letter in "abcde"),
    # Status bar, bulk bar, chips and badges; edges of controls on every ground they stand on.
    *((name, ground, TEXT) for name in ("crit", "warn", "ok") for ground in ("bg", "rail")),
    *(("accent", ground, TEXT) for ground in ("bg", "surface2", "sunken", "rail", "accent_bg")),
    *(("text2", ground, TEXT) for ground in ("sunken", "accent_bg2")),
    *(("text3", ground, TEXT) for ground in ("bg", "sunken")),
    *(("surface", ground, TEXT) for ground in ("crit_fill", "text3")),
    ("on_accent", "crit_fill", TEXT),
    *(("ctl", ground, GRAPHIC) for ground in ("bg", "surface2", "sunken", "rail", "accent_bg")),
    *(("focus", ground, GRAPHIC) for ground in ("bg", "sunken", "rail", "accent_bg", "accent_bg2")),
    # The ring of what is filled with the accent: on the page, and its inner line within the fill.
    *(("text", ground, GRAPHIC) for ground in ("bg", "surface", "surface2")),
    *(("on_accent", fill, GRAPHIC) for fill in ("accent", "accent_h", "text")),
    ("hatch", "surface", GRAPHIC),
)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_that_every_pair_is_readable(theme: Tokens, front: str, ground: str, least: float) -> None:
    assert contrast(getattr(theme, front), getattr(theme, ground)) >= least


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_that_numbers_are_readable_on_every_shade_of_a_grid(theme: Tokens) -> None:
    from supervisor.models.rows.charts_grid import Tone
    from supervisor.ui.charts.grid import number_on

    for tone, ramp in ((Tone.RAMP, theme.seq), (Tone.WORSE, theme.bad), (Tone.BETTER, theme.good)):
        for step, ground in enumerate(ramp):
            assert contrast(number_on(tone, step, theme), ground) >= TEXT, (tone, step)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_that_every_rule_of_the_style_sheet_is_readable(theme: Tokens) -> None:
    """Wherever a rule names text and ground both; what is disabled is exempt."""
    template = (paths.resources() / "themes" / "desk.qss").read_text("utf-8")
    checked = 0
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", template):
        front = re.search(r"(?<![-\w])color: \$(\w+)", body)
        ground = re.search(r"background(?:-color)?: \$(\w+)", body)
        if front and ground and "disabled" not in selector:
            checked += 1
            pair = getattr(theme, front[1]), getattr(theme, ground[1])
            assert contrast(*pair) >= TEXT, selector.strip()
    assert checked > 10


def test_that_nothing_moves() -> None:
    """Reduced motion is the only kind there is: nothing slides, fades or blinks."""
    root = Path(style.__file__).parents[1]
    moving = re.compile(r"QPropertyAnimation|QVariantAnimation|QTimeLine|setAnimated\(True|QMovie")
    assert [p.name for p in root.rglob("*.py") if moving.search(p.read_text("utf-8"))] == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_that_the_style_sheet_is_filled_and_its_pictures_exist(theme: Tokens) -> None:
    sheet = style.style_sheet(theme)
    assert "$" not in sheet
    assert theme.accent in sheet
    pictures = re.findall(r'url\("([^"]+)"\)', sheet)
    assert pictures
    assert all(Path(picture).is_file() for picture in pictures)


def test_that_colours_are_named_in_one_module_only() -> None:
    root = Path(style.__file__).parents[1]
    home = root / "look" / "tokens.py"
    literal = re.compile(r"#[0-9A-Fa-f]{6}\b")
    guilty = [
        p.name for p in root.rglob("*.py") if p != home and literal.search(p.read_text("utf-8"))
    ]
    template = (paths.resources() / "themes" / "desk.qss").read_text("utf-8")
    assert guilty == []
    assert not literal.search(template)


@pytest.mark.parametrize("weight", [400, 500, 700])
def test_that_the_bundled_face_is_used_and_has_rare_characters(weight: int) -> None:
    face = fonts.font(13, weight)
    assert QFontInfo(face).family() == fonts.FAMILY
    raw = QRawFont.fromFont(face)
    for character in "外访催收督导台㛃䶮龥¥…—“”（）①✓":
        assert raw.supportsCharacter(ord(character)), character
    assert raw.supportsCharacter(0x2CB78)  # 𬭸, a character of names above U+FFFF


def test_that_digits_have_one_width() -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(fonts.font(13))
    assert len({round(metrics.horizontalAdvance(digit), 3) for digit in "0123456789"}) == 1


def test_that_every_icon_draws_sharp_at_any_ratio() -> None:
    assert len(icons.names()) > 50
    for name in icons.names():
        image = icons.pixmap(name, "accent", 16, 1.5)
        assert (image.width(), image.devicePixelRatio()) == (24, 1.5)
        assert image.toImage().allGray() is False, name


def test_that_icons_on_buttons_and_in_menus_follow_the_theme(qtbot: QtBot) -> None:
    button, menu = QPushButton(icons.icon("x"), ""), QMenu()
    qtbot.addWidget(button)
    qtbot.addWidget(menu)
    action = menu.addAction(icons.icon("x", "accent"), "close")
    before = button.icon().pixmap(16).toImage(), action.icon().pixmap(16).toImage()
    set_theme("dark")
    assert button.icon().pixmap(16).toImage() != before[0]
    assert action.icon().pixmap(16).toImage() != before[1]
    set_theme("light")
    assert (button.icon().pixmap(16).toImage(), action.icon().pixmap(16).toImage()) == before


def test_that_an_icon_outlives_its_copies() -> None:
    # The program died when Qt let go of an icon that was drawn by Python.
    for _ in range(300):
        button = QPushButton(icons.icon("search"), "")
        button.setIcon(button.icon())
        button.setIcon(icons.icon("check"))
        button.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_that_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_that_the_theme_switches_while_running(qapp: QApplication) -> None:
    set_theme("dark")
    assert tokens() is DARK
    dark = qapp.styleSheet()
    assert qapp.palette().window().color().name().upper() == DARK.bg
    set_theme("light")
    assert qapp.styleSheet() != dark
    set_theme("dark")
    assert qapp.styleSheet() == dark
