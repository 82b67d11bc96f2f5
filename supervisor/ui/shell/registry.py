"""Which pages there are, in the order of the rail. A page that is not built is not shown."""

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from supervisor.i18n import mark, tr
from supervisor.models.enums import Role
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
        inside: the page it is reached from; it has no place of its own in the rail.
        number: the digit of Alt+digit (ui.md section 2), the same whatever else is built; 0: by
            its place in the rail.
    """

    page_id: str
    label: str
    icon: str
    module: str
    kind: str
    at_foot: bool = False
    inside: str = ""
    number: int = 0

    def title(self) -> str:
        """The label in the language in force."""
        return tr(self.label)

    @property
    def rail_id(self) -> str:
        """Which page of the rail is marked while this one is in front."""
        return self.inside or self.page_id

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
        "overview",
        mark("Overview"),
        "layout-dashboard",
        f"{_PAGES}.overview.page",
        "OverviewPage",
        number=1,
    ),
    PageEntry(
        "case_queue",
        mark("Case queue"),
        "list-checks",
        f"{_PAGES}.case_queue.page",
        "CaseQueuePage",
        number=2,
    ),
    PageEntry(
        "visit_schedule",
        mark("Scheduling"),
        "calendar-days",
        f"{_PAGES}.visit_schedule.page",
        "VisitSchedulePage",
        number=3,
    ),
    PageEntry(
        "workloads",
        mark("Workloads"),
        "users",
        f"{_PAGES}.workloads.page",
        "WorkloadsPage",
        number=4,
    ),
    PageEntry(
        "outcomes",
        mark("Outcomes"),
        "door-open",
        f"{_PAGES}.outcomes.page",
        "OutcomesPage",
        number=5,
    ),
    PageEntry(
        "efficiency",
        mark("Efficiency"),
        "trending-up",
        f"{_PAGES}.efficiency.page",
        "EfficiencyPage",
        number=6,
    ),
    PageEntry(
        "incidents",
        mark("Incidents"),
        "shield-alert",
        f"{_PAGES}.incidents.page",
        "IncidentsPage",
        number=7,
    ),
    PageEntry(
        "reports",
        mark("Reports"),
        "file-text",
        f"{_PAGES}.reports.page",
        "ReportsPage",
        number=8,
    ),
    PageEntry(
        "intake",
        mark("Import"),
        "file-input",
        f"{_PAGES}.intake.page",
        "IntakePage",
        number=9,
    ),
    PageEntry(
        "preferences",
        mark("Settings"),
        "settings",
        f"{_PAGES}.preferences.page",
        "PreferencesPage",
        at_foot=True,
    ),
    PageEntry(
        "rules",
        mark("Rules"),
        "scale",
        f"{_PAGES}.rules.page",
        "RulesPage",
        inside="preferences",
    ),
    PageEntry(
        "people",
        mark("Users and rights"),
        "users",
        f"{_PAGES}.people.page",
        "PeoplePage",
        inside="preferences",
    ),
)


def pages() -> tuple[PageEntry, ...]:
    """The pages that are built, in rail order."""
    return tuple(entry for entry in ENTRIES if entry.is_built)


_OF_LEADS = frozenset({"incidents", "reports", "rules", "preferences"})
"""What a training lead of an office works with; the server gives such a login no more figures."""


def seen_by(entries: tuple[PageEntry, ...], desk: Desk) -> tuple[PageEntry, ...]:
    """The pages a login may read: nobody begins at one that only says it was refused."""
    if desk.database.actor is None or desk.actor.role is not Role.TRAINING_LEAD:
        return entries
    return tuple(entry for entry in entries if entry.page_id in _OF_LEADS)


def numbered(entries: Sequence[PageEntry]) -> dict[int, PageEntry]:
    """Pages by the digit of their Alt+digit."""
    above = [entry for entry in entries if not (entry.at_foot or entry.inside)]
    return {entry.number or place: entry for place, entry in enumerate(above, start=1)}
