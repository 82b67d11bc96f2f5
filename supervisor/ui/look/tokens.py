"""Every colour of the screen, by meaning; light and dark. The only place with literal colours.

Names are those of the interface specification, section 3.1. Painters, delegates, charts and the
style sheet all read `tokens()`; `theme_changed` says when to read again.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from supervisor.models.enums import Mark

THEMES = ("light", "dark", "system")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as "#RRGGBB". `seq`, `bad`, `good` are ramps from weak to strong."""

    name: str
    bg: str
    surface: str
    surface2: str
    sunken: str
    rail: str
    line: str
    line2: str
    ctl: str
    text: str
    text2: str
    text3: str
    disabled: str
    accent: str
    accent_h: str
    on_accent: str
    accent_bg: str
    accent_bg2: str
    focus: str
    crit: str
    crit_bg: str
    crit_line: str
    crit_fill: str
    warn: str
    warn_bg: str
    warn_line: str
    warn_fill: str
    on_warn_fill: str
    ok: str
    ok_bg: str
    ok_line: str
    ok_fill: str
    hl: str
    hl2: str
    hl_neg: str
    c1: str
    c2: str
    c3: str
    c4: str
    c5: str
    c_prev: str
    c_band: str
    bar: str
    on_bar: str
    track: str
    hatch: str
    mark_a: str
    mark_b: str
    mark_c: str
    mark_d: str
    mark_e: str
    seq: tuple[str, ...]
    bad: tuple[str, ...]
    good: tuple[str, ...]

    @property
    def is_dark(self) -> bool:
        """Whether text is lighter than its ground."""
        return self.name == "dark"

    def mark(self, mark: Mark) -> str:
        """The colour of a personal mark."""
        colour: str = getattr(self, f"mark_{mark.value.lower()}")
        return colour


LIGHT = Tokens(
    name="light",
    bg="#F3F4F6",
    surface="#FFFFFF",
    surface2="#F8F9FA",
    sunken="#ECEEF1",
    rail="#E9EBEE",
    line="#E3E6EA",
    line2="#CBD1D8",
    ctl="#7F8792",
    text="#1A1D21",
    text2="#48515C",
    text3="#606975",
    disabled="#9BA3AD",
    accent="#1B5E9F",
    accent_h="#154C82",
    on_accent="#FFFFFF",
    accent_bg="#E8F0F8",
    accent_bg2="#D2E3F3",
    focus="#1B5E9F",
    crit="#AE2419",
    crit_bg="#FCEDEB",
    crit_line="#E9B5AF",
    crit_fill="#C8372B",
    warn="#855000",
    warn_bg="#FDF4E3",
    warn_line="#E8CE9B",
    warn_fill="#BE7A00",
    on_warn_fill="#1A1D21",
    ok="#0B6B53",
    ok_bg="#E6F4EF",
    ok_line="#A9D6C7",
    ok_fill="#17876A",
    hl="#FFE8A3",
    hl2="#FBD3CC",
    hl_neg="#E6E9ED",
    c1="#1B5E9F",
    c2="#C25700",
    c3="#3C9888",
    c4="#3B434C",
    c5="#6A7480",
    c_prev="#8A939E",
    c_band="#E4E9EF",
    bar="#5E93C8",
    on_bar="#0E1A26",
    track="#E6E9ED",
    hatch="#8A939E",
    mark_a="#B3261E",
    mark_b="#1B5E9F",
    mark_c="#B85400",
    mark_d="#7B3F98",
    mark_e="#6B4A2B",
    seq=("#F2F6FA", "#DCE8F3", "#BDD4E9", "#93B8DA", "#5F95C5", "#2F6FAC", "#124A82"),
    bad=("#FBF3EA", "#F6E0C8", "#EDC495", "#DF9F5B", "#C7752A", "#9E5310"),
    good=("#EAF4F1", "#C9E5DC", "#97CDBC", "#5BAE96"),
)

DARK = Tokens(
    name="dark",
    bg="#16181B",
    surface="#1E2124",
    surface2="#24272B",
    sunken="#191B1E",
    rail="#1A1C1F",
    line="#2E3338",
    line2="#434A52",
    ctl="#7C8691",
    text="#E8EAED",
    text2="#B4BCC5",
    text3="#98A2AD",
    disabled="#656D76",
    accent="#74B3EE",
    accent_h="#93C5F3",
    on_accent="#0E1A26",
    accent_bg="#1F3245",
    accent_bg2="#27425C",
    focus="#74B3EE",
    crit="#FF9486",
    crit_bg="#3A2321",
    crit_line="#6E3A34",
    crit_fill="#E8604F",
    warn="#F0B95A",
    warn_bg="#372C19",
    warn_line="#66512A",
    warn_fill="#E0A02E",
    on_warn_fill="#0E1A26",
    ok="#63C9A8",
    ok_bg="#1B322B",
    ok_line="#2F5B4D",
    ok_fill="#3FA888",
    hl="#5C4A14",
    hl2="#642F29",
    hl_neg="#34393F",
    c1="#74B3EE",
    c2="#E8863A",
    c3="#8FDCC8",
    c4="#D5DAE0",
    c5="#98A2AD",
    c_prev="#6C7682",
    c_band="#343B43",
    bar="#3F75A9",
    on_bar="#FFFFFF",
    track="#2C3136",
    hatch="#6C7682",
    mark_a="#FF9486",
    mark_b="#74B3EE",
    mark_c="#F29A4A",
    mark_d="#C99BDA",
    mark_e="#C9A27C",
    seq=("#1F2830", "#213648", "#234A69", "#285F8C", "#326A9B", "#64A0D2", "#9CCBF2"),
    bad=("#2C2620", "#45331F", "#664521", "#8C5C25", "#BC7E36", "#EFB067"),
    good=("#1C2B27", "#1F4237", "#26604E", "#2A755D"),
)


class _Theme(QObject):
    """The theme in force; one per process.

    Signals:
        changed: the tokens are others than before.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wanted = "light"
        self.current = LIGHT
        self.followed = False


_THEME = _Theme()
theme_changed = _THEME.changed


def tokens() -> Tokens:
    """The colours in force."""
    return _THEME.current


def theme_wanted() -> str:
    """The person's choice: "light", "dark" or "system"."""
    return _THEME.wanted


def set_theme(name: str) -> None:
    """Choose "light", "dark" or "system" (which follows the desktop from now on)."""
    _THEME.wanted = name if name in THEMES else "system"
    _follow_system()
    _apply()


def _follow_system() -> None:
    if _THEME.followed or QGuiApplication.instance() is None:
        return
    QGuiApplication.styleHints().colorSchemeChanged.connect(_apply)
    _THEME.followed = True


def _apply() -> None:
    chosen = _resolved()
    if chosen is not _THEME.current:
        _THEME.current = chosen
        _THEME.changed.emit()


def _resolved() -> Tokens:
    if _THEME.wanted != "system":
        return DARK if _THEME.wanted == "dark" else LIGHT
    if QGuiApplication.instance() is None:
        return LIGHT
    scheme = QGuiApplication.styleHints().colorScheme()
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
