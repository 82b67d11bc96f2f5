"""Where Ctrl+K can go beside the pages: saved views and people, asked when first needed."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from supervisor import clock
from supervisor.i18n import tr
from supervisor.models.enums import Topic
from supervisor.models.queries.directory import directory
from supervisor.models.queries.saved_views import saved_views
from supervisor.models.rows.case_queue import CaseQueueFilter
from supervisor.models.rows.directory import DirectoryRow
from supervisor.models.rows.saved_view import SavedViewRow
from supervisor.ui.background.desk import Desk
from supervisor.ui.pages.case_queue.view_keys import view_name
from supervisor.ui.shell.go_to import Target

Show = Callable[[str, object], object]


class Places(QObject):
    """Lives in the GUI thread.

    Signals:
        found: more places are known than before.
    """

    found = Signal()

    def __init__(self, desk: Desk, show: Show, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._show = desk, show
        self._views: tuple[SavedViewRow, ...] | None = None
        self._people: DirectoryRow | None = None
        desk.bus.changed.connect(self._on_bus)

    def ask(self) -> None:
        """Ask for what is not known yet."""
        if self._views is None:
            self._question(saved_views, "views", self._on_views)
        if self._people is None:
            self._question(directory, "people", self._on_people)

    def targets(self) -> list[Target]:
        """Views, then people; choosing one opens the queue on it."""
        return [*self._of_views(), *self._of_people()]

    def _of_views(self) -> Iterable[Target]:
        for view in self._views or ():
            go = partial(self._show, "case_queue", view)
            yield Target(view_name(view), tr("View"), "bookmark", go)

    def _of_people(self) -> Iterable[Target]:
        for one in self._people.staff if self._people is not None else ():
            if one.active:
                wanted = CaseQueueFilter(clock.today(), clock.now(), agents=(one.staff_id,))
                go = partial(self._show, "case_queue", wanted)
                yield Target(f"{one.name} {one.staff_no}", tr("Agent"), "user", go)

    def _question(self, query: Callable[..., Any], key: str, then: Callable[[Any], Any]) -> None:
        self._desk.runner.ask(
            partial(self._desk.database.read, query, self._desk.actor),
            owner=self,
            key=key,
            then=then,
            # The pages say what is wrong with the database; here a place is only missing.
            failed=lambda _error: None,
        )

    def _on_views(self, views: tuple[SavedViewRow, ...]) -> None:
        self._views = views
        self.found.emit()

    def _on_people(self, people: DirectoryRow) -> None:
        self._people = people
        self.found.emit()

    def _on_bus(self, topics: frozenset[Topic], _initiator: object) -> None:
        if Topic.VIEWS in topics:
            self._views = None
        if Topic.DIRECTORY in topics:
            self._people = None
