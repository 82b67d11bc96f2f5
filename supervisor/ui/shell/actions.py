"""Every key of the window in one table: name, words, keys, what it asks of shell or page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from supervisor.i18n import mark, tr

Does = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the keyboard map.

    Attributes:
        name: stable name; a page that offers a method `key_<name>` is asked first.
        words: marked text for the key help.
        keys: portable key sequences; the first is shown.
        of_page: only a page can do it; without such a page in front the key is off.
    """

    name: str
    words: str
    keys: tuple[str, ...]
    of_page: bool = False


DEEDS = (
    Deed("help", mark("Help for this page"), ("F1",)),
    Deed("show_keys", mark("Keys of this page"), ("Ctrl+F1",)),
    Deed("explain", mark("What is this?"), ("Shift+F1",)),
    Deed("refresh", mark("Refresh"), ("F5",)),
    Deed("next_region", mark("Next region"), ("F6",)),
    Deed("previous_region", mark("Previous region"), ("Shift+F6",)),
    Deed("go_to", mark("Go to a case, person, page or view"), ("Ctrl+K",)),
    Deed("filter", mark("First filter of the page"), ("Ctrl+F",)),
    Deed("settings", mark("Settings"), ("Ctrl+,",)),
    Deed("back", mark("Clear the selection, close the panel, go back"), ("Esc",)),
    Deed("undo", mark("Undo the last action"), ("Ctrl+Z",)),
    Deed("previous_case", mark("Previous case"), ("Alt+Left",), of_page=True),
    Deed("next_case", mark("Next case"), ("Alt+Right",), of_page=True),
    Deed("follow_up", mark("Add a follow-up"), ("Ctrl+N",), of_page=True),
    Deed("reassign", mark("Reassign"), ("Ctrl+R",), of_page=True),
    Deed("hold", mark("Hold"), ("Ctrl+H",), of_page=True),
    Deed("print", mark("Print the page"), ("Ctrl+P",), of_page=True),
    Deed("save", mark("Save"), ("Ctrl+S",), of_page=True),
)
# Keys that lists and dialogs handle themselves; here for the key help only.
LIST_KEYS = (
    ("↑ ↓ PgUp PgDn Home End", mark("Move in the list")),
    ("Enter", mark("Open the panel")),
    ("Ctrl+Enter", mark("Full page; confirm a dialog")),
    ("Ctrl+S", mark("Save what stands in a dialog")),
    ("Space", mark("Select the row")),
    ("Shift+↑ ↓", mark("Select a range")),
    ("Ctrl+A", mark("Select all rows")),
    ("Ctrl+C", mark("Copy cells")),
    ("Ctrl+Shift+C", mark("Choose columns")),
    ("Alt+1 … Alt+9", mark("Pages 1 to 9")),
    ("Ctrl+1 … Ctrl+9", mark("Saved views 1 to 9")),
    ("Shift+F10", mark("Context menu")),
)

DIALOG_KEYS: tuple[tuple[str, str], ...] = (
    ("Ctrl+Enter", mark("Confirm the dialog, once all is in order")),
    ("Ctrl+S", mark("Confirm the dialog, once all is in order")),
    ("Esc", mark("Close the dialog without doing it")),
    ("Tab", mark("To the next field or button")),
    ("Alt+↓", mark("Open a list of choices")),
    ("F1", mark("Help for this dialog")),
)


class KeyMap:
    """The deeds as actions of a window."""

    def __init__(self, window: QWidget, act: Callable[[str], object]) -> None:
        self.actions: dict[str, QAction] = {}
        for deed in DEEDS:
            self._add(window, deed.name, deed.keys, partial(act, deed.name))
        for number in range(1, 10):
            name = f"page_{number}"
            self._add(window, name, (f"Alt+{number}",), partial(act, name))
            view = f"view_{number}"
            self._add(window, view, (f"Ctrl+{number}",), partial(act, view))
        self.retranslate()

    def _add(self, window: QWidget, name: str, keys: tuple[str, ...], does: Does) -> None:
        action = QAction(window)
        action.setObjectName(name)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _on=False: does())
        window.addAction(action)
        self.actions[name] = action

    def offer(self, page: QWidget | None) -> None:
        """Switch off the keys that the page in front does not know."""
        for deed in DEEDS:
            if deed.of_page:
                self.actions[deed.name].setEnabled(hasattr(page, f"key_{deed.name}"))

    def retranslate(self) -> None:
        """Words changed."""
        for deed in DEEDS:
            self.actions[deed.name].setText(tr(deed.words))


def _arrows(keys: str) -> str:
    for name, arrow in (("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓")):
        keys = keys.replace(name, arrow)
    return keys


def key_help(page: QWidget | None) -> list[tuple[str, str]]:
    """(keys, words) for the page in front, its own keys first; it may mean others by them."""
    own = [
        (action.shortcut().toString(), action.text())
        for action in getattr(page, "keys", list)()
        if action.shortcut().toString()
    ]
    taken = {keys for keys, _ in own}
    own = [(_arrows(keys), text) for keys, text in own]
    known = [
        (_arrows(deed.keys[0]), tr(deed.words))
        for deed in DEEDS
        if deed.keys[0] not in taken and (not deed.of_page or hasattr(page, f"key_{deed.name}"))
    ]
    return [*own, *known, *((keys, tr(words)) for keys, words in LIST_KEYS)]


def dialog_keys() -> list[tuple[str, str]]:
    """(keys, words) of every dialog."""
    return [(keys, tr(words)) for keys, words in DIALOG_KEYS]
