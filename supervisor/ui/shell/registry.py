"""Which pages there are, in the order of the rail. A page that is not built is not shown."""

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from supervisor.i18n import mark, tr
from supervisor.ui.background.desk import Desk


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page of the rail.

    Attributes:
        page_id: stable name, also what drill-downs name.
        label: marked text of the rail.
        icon: icon name.
        module: where the page lives; `kind` is its class there.
        at_foot: stands at the foot of the rail and has no Alt+number.
    """

    page_id: str
    label: str
    icon: str
    module: str
    kind: str
    at_foot: bool = False

    def title(self) -> str:
        """The label in the language in force."""
        return tr(self.label)

    @property
    def is_built(self) -> bool:
        """Whether the page exists in this version."""
        try:
            return importlib.util.find_spec(self.module) is not None
        except ModuleNotFoundError:
            return False

    def make(self, desk: Desk) -> QWidget:
        """Build the page."""
        kind: Callable[[Desk], QWidget] = getattr(importlib.import_module(self.module), self.kind)
        return kind(desk)


_PAGES = "supervisor.ui.pages"
ENTRIES = (
    PageEntry(
        "overview", mark("Overview"), "layout-dashboard", f"{_PAGES}.overview.page", "OverviewPage"
    ),
    PageEntry(
        "case_queue",
        mark("Case queue"),
        "list-checks",
        f"{_PAGES}.case_queue.page",
        "CaseQueuePage",
    ),
    PageEntry("intake", mark("Import"), "file-input", f"{_PAGES}.intake.page", "IntakePage"),
    PageEntry(
        "preferences",
        mark("Settings"),
        "settings",
        f"{_PAGES}.preferences.page",
        "PreferencesPage",
        at_foot=True,
    ),
)


def pages() -> tuple[PageEntry, ...]:
    """The pages that are built, in rail order."""
    return tuple(entry for entry in ENTRIES if entry.is_built)
