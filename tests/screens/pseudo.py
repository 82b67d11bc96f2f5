"""A made-up language: English with accents, two fifths longer, in brackets.

Words without brackets on a screen were never handed to the catalogue; words that are cut would be
cut in a longer language.
"""

import gettext
import re
from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)

from supervisor import i18n
from supervisor.ui.widgets import ElidedLabel
from tests.screens.finding import Finding, path_of, short
from tests.screens.geometry import seen

OPEN, CLOSE, MORE = "⟦", "⟧", "·"
SILENT = ("\u2060", "\u2063")
"""Brackets that take no room."""
LONGER = 0.4
ACCENTED = str.maketrans("aeiouyAEIOUYcns", "áéíóúýÁÉÍÓÚÝçñš")
_PLACE = re.compile(r"(\{[^{}]*\}|&)")
_WORD = re.compile(r"[A-Za-z]{2,}")


def marked(message: str) -> str:
    """The message itself between signs without width: as long as it is in English."""
    return f"{SILENT[0]}{message}{SILENT[1]}" if message.strip() else message


def made_up(message: str) -> str:
    """The message in the made-up language; its named places stay as they are.

    >>> made_up("Reassign {n} cases")
    '⟦Réáššígñ {n} çášéš·····⟧'
    """
    if not message.strip():
        return message
    parts = _PLACE.split(message)
    body = "".join(p if _PLACE.fullmatch(p) else p.translate(ACCENTED) for p in parts)
    letters = sum(len(part) for part in parts if not _PLACE.fullmatch(part))
    return f"{OPEN}{body}{MORE * int(letters * LONGER)}{CLOSE}"


class Catalogue(gettext.NullTranslations):
    """Answers every message in the way of `say`."""

    def __init__(self, say: Callable[[str], str]) -> None:
        super().__init__()
        self._say = say

    def gettext(self, message: str) -> str:
        return self._say(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._say(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self._say(message)


def speak(say: Callable[[str], str] = made_up) -> None:
    """From now on everything is said in the made-up language."""
    i18n._Current.catalogue = Catalogue(say)


def findings(root: QWidget) -> list[Finding]:
    """Words below `root` that never went through the catalogue."""
    found = []
    for widget in seen(root):
        if FIELDS_OF_FILES in _holders(widget):
            continue
        for text in _texts(widget):
            rest = _outside_brackets(text)
            words = set(_WORD.findall(rest)) - SAME_IN_ALL
            if words and not _DATA.search(rest):
                found.append(Finding("foreign", path_of(widget), short(text)))
    return sorted(set(found))


def _holders(widget: QWidget) -> set[str]:
    names, at = set(), widget.parentWidget()
    while at is not None:
        names.add(type(at).__name__)
        at = at.parentWidget()
    return names


def _outside_brackets(text: str) -> str:
    for first, last in ((OPEN, CLOSE), SILENT):
        while (shorter := re.sub(f"{first}[^{first}{last}]*{last}", " ", text)) != text:
            text = shorter
        text = re.sub(f"{first}.*", " ", text)  # the closing one was cut
    return text


def _texts(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield widget.accessibleName()
    if isinstance(widget, ElidedLabel):
        yield widget.whole_text()
    elif isinstance(widget, (QLabel, QAbstractButton)):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    if isinstance(widget, QTableView) and widget.model() is not None:
        yield from _heads(widget)
    for action in widget.actions():
        if isinstance(action, QAction):
            yield action.text()


def _heads(view: QTableView) -> Iterator[str]:
    model = view.model()
    for section in range(model.columnCount()):
        head = model.headerData(section, Qt.Orientation.Horizontal)
        yield head if isinstance(head, str) and not head.isdecimal() else ""


_KEYS = ("Ctrl", "Alt", "Shift", "Enter", "Esc", "Del", "Space", "Home", "End", "PgUp", "PgDn")
_OTHERS = ("PDF", "Excel", "WPS", "CSV", "English", "UTF", "GB", "BIG", "root", "Scroll", "Left")
SAME_IN_ALL = frozenset((*_KEYS, *_OTHERS, "Right"))
"""Written alike in every language: keys, formats, a language's own name; Qt's own words."""
_DATA = re.compile(
    r"(HT|AJ|F-|CD|BIG)\d+|[a-z_]+\.[a-z]+|GB18030|office|[0-9a-f]{8}|-[a-z]+ \d"
    r"|Mainland China|Regulation F|PRENOTICE|[A-Z]{3,} v\d"  # packs name themselves and rules
)
"""Numbers, logins, files and what packs and files say of themselves."""
FIELDS_OF_FILES = "MappingBox"
"""Its choices are the heads of files, which the language of the file gives."""
